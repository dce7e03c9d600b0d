//! Opening hours against the crate `opening-hours`, where both speak the same language: OpenStreetMap's, with the
//! same public holidays, and spans past midnight only where no other rule says something of the next day.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use std::fmt::Write;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use compact_calendar::CompactCalendar;
use domain::holidays::Holidays;
use domain::hours::{Hours, OpenState};
use domain::text::Text;
use domain::time::{Date, LocalDateTime};
use opening_hours::{Context, ContextHolidays, OpeningHours};
use proptest::prelude::*;

const HOLIDAYS: [(i32, u32, u32); 6] =
    [(2026, 1, 1), (2026, 5, 1), (2026, 10, 1), (2026, 10, 2), (2026, 10, 3), (2027, 1, 1)];
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn ours(date: NaiveDate) -> Date {
    Date::parse(&format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())).unwrap()
}

fn our_holidays() -> Holidays {
    let days = HOLIDAYS
        .map(|(year, month, day)| (ours(NaiveDate::from_ymd_opt(year, month, day).unwrap()), Text::zh("节")));
    let date = |text| Date::parse(text).unwrap();
    Holidays::new(date("2020-01-01"), date("2035-12-31"), days.to_vec(), Vec::new()).unwrap()
}

fn their_context() -> Context {
    let mut calendar = CompactCalendar::default();
    for (year, month, day) in HOLIDAYS {
        calendar.insert(NaiveDate::from_ymd_opt(year, month, day).unwrap());
    }
    let holidays = ContextHolidays::new(Arc::new(calendar), Arc::default());
    // Without a bound it looks for the next change as far as the year 9999.
    Context::default().with_holidays(holidays).approx_bound_interval_size(chrono::TimeDelta::days(400))
}

fn days() -> impl Strategy<Value = String> {
    let day = 0..DAYS.len();
    let some = prop::collection::vec((day.clone(), prop::option::of(day)), 1..3).prop_map(|ranges| {
        let names = ranges.iter().map(|(from, to)| match to {
            Some(to) if to != from => format!("{}-{}", DAYS[*from], DAYS[*to]),
            _ => DAYS[*from].to_owned(),
        });
        names.collect::<Vec<_>>().join(",")
    });
    prop_oneof![1 => Just(String::new()), 6 => some]
}

fn season() -> impl Strategy<Value = String> {
    let month = || prop::sample::select(&MONTHS[..]);
    prop_oneof![
        6 => Just(String::new()),
        2 => (month(), month()).prop_map(|(from, to)| if from == to { format!("{from} ") } else { format!("{from}-{to} ") }),
        1 => (month(), 1..29, month(), 1..29).prop_filter_map("one day is no range", |(a, x, b, y)| {
            ((a, x) != (b, y)).then(|| format!("{a} {x:02}-{b} {y:02} "))
        }),
    ]
}

/// Times within a day, in order and apart.
fn times() -> impl Strategy<Value = String> {
    prop::collection::btree_set(0..96_u32, 2..=6).prop_map(|marks| {
        let marks: Vec<_> = marks.into_iter().map(|mark| mark * 15).collect();
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let spans = marks.chunks_exact(2).map(|pair| format!("{}-{}", clock(pair[0]), clock(pair[1])));
        spans.collect::<Vec<_>>().join(",")
    })
}

fn rule() -> impl Strategy<Value = String> {
    let body = prop_oneof![5 => times(), 1 => Just("off".to_owned()), 1 => Just("00:00-24:00".to_owned())];
    (season(), days(), body).prop_map(|(season, days, times)| {
        let parts = [season.trim(), &days, &times];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    })
}

fn text() -> impl Strategy<Value = String> {
    let over = (days(), 64..95_u32, 1..40_u32).prop_map(|(days, from, to)| {
        let mut text = format!("{days} {:02}:{:02}-", from / 4, from % 4 * 15);
        write!(text, "{:02}:{:02}", to / 4, to % 4 * 15).unwrap();
        text.trim_start().to_owned()
    });
    let rules =
        (prop::collection::vec((rule(), prop::bool::weighted(0.2)), 1..4), prop::option::of(Just("PH off")));
    let rules = rules.prop_map(|(rules, ph)| {
        let mut text = String::new();
        for (rule, adds) in rules {
            // OSM's `, off` is a matter of dispute.
            let joint = if adds && !rule.ends_with("off") { ", " } else { "; " };
            text.push_str(if text.is_empty() { "" } else { joint });
            text.push_str(&rule);
        }
        ph.map_or(text.clone(), |ph| format!("{text}; {ph}"))
    });
    prop_oneof![1 => over, 5 => rules]
}

fn check(text: &str, instant: NaiveDateTime) -> Result<(), TestCaseError> {
    let theirs =
        OpeningHours::parse(text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
    let theirs = theirs.with_context(their_context());
    let hours = Hours::parse(text).map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
    let at = LocalDateTime::at(ours(instant.date()), instant.hour() * 60 + instant.minute());
    let change = theirs
        .next_change(instant)
        .map(|change| LocalDateTime::at(ours(change.date()), change.hour() * 60 + change.minute()));
    let near = change.filter(|change| at.minutes_until(*change) < 370 * 1440);
    let state = hours.state(at, &our_holidays());
    let (open, next) = match state {
        OpenState::OpenAlways | OpenState::OpenUntilUnknown => (true, None),
        OpenState::Open { until } => (true, Some(until)),
        OpenState::Closed { opens } => (false, opens),
        OpenState::Unknown(_) => return Err(TestCaseError::fail(format!("{text}: {state:?}"))),
    };
    prop_assert_eq!(open, theirs.is_open(instant), "{} at {}", text, instant);
    prop_assert_eq!(
        next.filter(|next| at.minutes_until(*next) < 370 * 1440),
        near,
        "{} at {}",
        text,
        instant
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn both_say_the_same(text in text(), day in 0..800_i64, minute in 0..1440_i64) {
        let start = NaiveDate::from_ymd_opt(2025, 6, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        check(&text, start + chrono::TimeDelta::minutes(day * 1440 + minute))?;
    }
}
