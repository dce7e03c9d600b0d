//! Opening hours: what is written, and what it means.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::holidays::Holidays;
use domain::hours::{DayState, Hours, HoursError, OpenState, UnknownReason};
use domain::text::Text;
use domain::time::{Date, LocalDateTime};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

/// Autumn of 2026: National Day off, with a make-up Saturday and Sunday.
fn holidays() -> Holidays {
    let days = |list: &[&str]| list.iter().map(|day| (date(day), Text::zh("国庆节"))).collect();
    let off =
        ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"];
    Holidays::new(date("2026-01-01"), date("2026-12-31"), days(&off), days(&["2026-09-20", "2026-10-10"]))
        .unwrap()
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A state in one line.
fn told(state: OpenState) -> String {
    match state {
        OpenState::OpenAlways => "always".into(),
        OpenState::Open { until } => format!("until {until}"),
        OpenState::OpenUntilUnknown => "open, until ?".into(),
        OpenState::Closed { opens: Some(opens) } => format!("opens {opens}"),
        OpenState::Closed { opens: None } => "closed".into(),
        OpenState::Unknown(UnknownReason::HolidayTableEnds { date }) => format!("? is {date} a holiday"),
        OpenState::Unknown(UnknownReason::SchoolHolidays) => "? are there school holidays".into(),
        OpenState::Unknown(UnknownReason::TimesNotGiven) => "? times".into(),
    }
}

/// A week from Monday 2026-11-23 in one line, equal days together.
fn week(text: &str) -> String {
    let hours = Hours::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let day = |state: &DayState| match state {
        DayState::Open(spans) => {
            let spans: Vec<_> =
                spans.iter().map(|span| format!("{}-{}", clock(span.start()), clock(span.end()))).collect();
            spans.join(",")
        }
        DayState::AllDay => "all".into(),
        DayState::Closed => "-".into(),
        DayState::TimesUnknown => "?".into(),
        DayState::Unknown(reason) => format!("{reason:?}"),
    };
    let days = hours.week(date("2026-11-23"), &holidays()).map(|of| day(of.state()));
    let mut out: Vec<(char, char, &str)> = Vec::new();
    for (name, day) in "1234567".chars().zip(&days) {
        match out.last_mut() {
            Some(last) if last.2 == day => last.1 = name,
            _ => out.push((name, name, day)),
        }
    }
    let days =
        out.iter().map(
            |(from, to, day)| {
                if from == to { format!("{from} {day}") } else { format!("{from}-{to} {day}") }
            },
        );
    days.collect::<Vec<_>>().join(" | ")
}

#[test]
fn what_people_write() {
    let cases = [
        ("24小时", "1-7 all"),
        ("２４小时", "1-7 all"),
        ("24小时开放", "1-7 all"),
        ("全天", "1-7 all"),
        ("24/7", "1-7 all"),
        ("每日 24小时", "1-7 all"),
        ("00:00-24:00", "1-7 all"),
        ("07:30-22:30", "1-7 07:30-22:30"),
        ("开放时间：8：30－17：00", "1-7 08:30-17:00"),
        ("8:30~17:00", "1-7 08:30-17:00"),
        ("8点-17点", "1-7 08:00-17:00"),
        ("8点半至17点30分", "1-7 08:30-17:30"),
        ("上午8:30-11:30 下午1:30-5:00", "1-7 08:30-11:30,13:30-17:00"),
        ("上午8:30至下午5:00", "1-7 08:30-17:00"),
        ("早8点到晚8点", "1-7 08:00-20:00"),
        ("晚上10点至次日6点", "1-7 22:00-30:00"),
        ("18:00-02:00", "1-7 18:00-26:00"),
        ("20:00-次日06:00", "1-7 20:00-30:00"),
        ("20:00-26:00", "1-7 20:00-26:00"),
        ("08:00-08:00", "1-7 08:00-32:00"),
        ("每天 08:30-12:00、13:00-17:30", "1-7 08:30-12:00,13:00-17:30"),
        ("08:00-12:00,10:00-14:00,14:00-15:00", "1-7 08:00-15:00"),
        ("周一至周五 08:30-12:00,13:00-17:30", "1-5 08:30-12:00,13:00-17:30 | 6-7 -"),
        ("周一到周五 9:00-17:00", "1-5 09:00-17:00 | 6-7 -"),
        ("周一至五：9:00-17:00", "1-5 09:00-17:00 | 6-7 -"),
        ("星期一~星期六 9:00-17:00", "1-6 09:00-17:00 | 7 -"),
        ("周一、三、五 09:00-11:30", "1 09:00-11:30 | 2 - | 3 09:00-11:30 | 4 - | 5 09:00-11:30 | 6-7 -"),
        ("周一、周三、周五 09:00-11:30", "1 09:00-11:30 | 2 - | 3 09:00-11:30 | 4 - | 5 09:00-11:30 | 6-7 -"),
        ("每周三 13:30-16:30", "1-2 - | 3 13:30-16:30 | 4-7 -"),
        ("周六日 10:00-16:00", "1-5 - | 6-7 10:00-16:00"),
        ("周末 10:00-16:00", "1-5 - | 6-7 10:00-16:00"),
        ("周六、周日及节假日 10:00-16:00", "1-5 - | 6-7 10:00-16:00"),
        ("周五至周一 10:00-16:00", "1 10:00-16:00 | 2-4 - | 5-7 10:00-16:00"),
        ("周一至周五 08:30-17:30; 周六、周日 09:30-15:30", "1-5 08:30-17:30 | 6-7 09:30-15:30"),
        ("周一至周五 08:30-17:30，周六 09:30-15:30", "1-5 08:30-17:30 | 6 09:30-15:30 | 7 -"),
        ("周一至周五 08:30-17:30 周六 09:30-15:30", "1-5 08:30-17:30 | 6 09:30-15:30 | 7 -"),
        ("每日 09:00-17:00；周一闭馆", "1 - | 2-7 09:00-17:00"),
        ("每日 09:00-17:00（周一除外）", "1 - | 2-7 09:00-17:00"),
        ("工作日 08:30-17:00", "1-5 08:30-17:00 | 6-7 -"),
        ("工作日开放", "1-5 ? | 6-7 -"),
        ("工作日 08:30-17:00; 周末 10:00-15:00", "1-5 08:30-17:00 | 6-7 10:00-15:00"),
        ("冬季 11-1 至 3-31 07:30-17:30; 夏季 4-1 至 10-31 06:00-20:00", "1-7 07:30-17:30"),
        ("冬季（11月1日至次年3月31日）07:30-17:30", "1-7 07:30-17:30"),
        ("11月-3月 周一至周五 07:30-17:30", "1-5 07:30-17:30 | 6-7 -"),
        ("夏季 6-1 至 9-30 07:00-19:00; 10-1 至 5-31 08:00-16:00", "1-7 08:00-16:00"),
        ("7月 08:00-20:00", "1-7 -"),
        ("Mo-Fr 08:00-18:00; Sa,Su 09:00-16:00; PH off", "1-5 08:00-18:00 | 6-7 09:00-16:00"),
        ("Mon-Fri 08:00-18:00", "1-5 08:00-18:00 | 6-7 -"),
        ("Mo-Fr", "1-5 all | 6-7 -"),
        ("Nov-Mar Mo-Su 09:00-16:00", "1-7 09:00-16:00"),
        ("Nov 24-26 09:00-16:00", "1 - | 2-4 09:00-16:00 | 5-7 -"),
        (
            "Mo-Fr 08:00-12:00, We 14:00-18:00",
            "1-2 08:00-12:00 | 3 08:00-12:00,14:00-18:00 | 4-5 08:00-12:00 | 6-7 -",
        ),
        ("off", "1-7 -"),
    ];
    for (text, expected) in cases {
        assert_eq!(week(text), expected, "{text}");
    }
}

#[test]
fn what_makes_no_sense_is_pointed_at() {
    let cases = [
        ("", ""),
        ("   ", ""),
        ("随时", "随时"),
        ("8-17", "8-17"),
        ("08:30", ""),
        ("08:30-", ""),
        ("08:30-17", "17"),
        ("08:30-17:75", "17:75"),
        ("25:00-26:00", "-26:00"),
        ("08:00-49:00", "49:00"),
        ("08:00+", "+"),
        ("08:00-18:00+", "+"),
        ("周一至周五 08:30-17:00 凭卡", "凭卡"),
        ("夏季 06:00-20:00", "06:00-20:00"),
        ("13-1 至 3-31 08:00-16:00", "13-1 至 3-31 08:00-16:00"),
        ("2-30 至 3-31 08:00-16:00", "2-30 至 3-31 08:00-16:00"),
        ("SH Mo-Fr 10:00-12:00", "Mo-Fr 10:00-12:00"),
        ("08:00-18:00 休息", "休息"),
        ("Mo-Fr sunrise-sunset", "sunrise-sunset"),
        ("Mo-Fr 08:00-18:00; ", "!"),
    ];
    for (text, rest) in cases {
        let found = Hours::parse(text).map_or_else(|HoursError { at }| text[at..].to_owned(), |_| "!".into());
        assert_eq!(found.trim_start(), rest, "{text}");
    }
}

#[test]
fn what_it_means_at_an_instant() {
    let cases = [
        ("24小时", "2030-01-01T00:00", "always"),
        ("08:30-17:00", "2026-11-23T08:29", "opens 2026-11-23T08:30"),
        ("08:30-17:00", "2026-11-23T08:30", "until 2026-11-23T17:00"),
        ("08:30-17:00", "2026-11-23T16:59", "until 2026-11-23T17:00"),
        ("08:30-17:00", "2026-11-23T17:00", "opens 2026-11-24T08:30"),
        ("08:30-12:00,13:00-17:30", "2026-11-23T12:30", "opens 2026-11-23T13:00"),
        ("周一至周五 08:30-17:00", "2026-11-27T18:00", "opens 2026-11-30T08:30"),
        // Past midnight: the span belongs to the day on which it began.
        ("周五 20:00-06:00", "2026-11-28T05:59", "until 2026-11-28T06:00"),
        ("周五 20:00-06:00", "2026-11-28T06:00", "opens 2026-12-04T20:00"),
        ("18:00-02:00", "2026-11-23T01:00", "until 2026-11-23T02:00"),
        ("周一至周五 00:00-24:00", "2026-11-25T10:00", "until 2026-11-28T00:00"),
        ("周五 20:00-06:00; 周六 06:00-12:00", "2026-11-27T21:00", "until 2026-11-28T12:00"),
        // Workdays follow the table, Monday to Friday does not.
        ("工作日 08:30-17:00", "2026-10-01T10:00", "opens 2026-10-08T08:30"),
        ("周一至周五 08:30-17:00", "2026-10-01T10:00", "until 2026-10-01T17:00"),
        ("周一至周五 08:30-17:00; 节假日除外", "2026-10-01T10:00", "opens 2026-10-08T08:30"),
        ("工作日 08:30-17:00", "2026-10-10T10:00", "until 2026-10-10T17:00"),
        ("工作日 08:30-17:00; 周末 10:00-15:00", "2026-10-10T09:00", "until 2026-10-10T17:00"),
        ("周末 10:00-15:00", "2026-10-10T11:00", "until 2026-10-10T15:00"),
        ("节假日 10:00-15:00", "2026-10-01T11:00", "until 2026-10-01T15:00"),
        ("节假日 10:00-15:00", "2026-10-08T11:00", "closed"),
        ("Mo-Fr 08:00-18:00; PH 10:00-12:00", "2026-10-01T13:00", "opens 2026-10-02T10:00"),
        // The table ends with 2026: only what depends on it is unknown.
        ("工作日 08:30-17:00", "2027-01-04T10:00", "? is 2027-01-04 a holiday"),
        ("工作日 08:30-17:00", "2026-12-31T18:00", "closed"),
        ("08:30-17:00", "2027-01-04T10:00", "until 2027-01-04T17:00"),
        ("周六 08:30-17:00; PH off", "2027-01-04T10:00", "closed"),
        ("周一至周五 00:00-24:00; PH off", "2026-12-31T10:00", "open, until ?"),
        ("周四 20:00-24:00; 周五 08:00-12:00; PH off", "2026-12-31T21:00", "until 2027-01-01T00:00"),
        ("节假日 20:00-02:00", "2027-01-02T01:00", "? is 2027-01-01 a holiday"),
        // Times or school holidays nobody has told.
        ("工作日开放", "2026-11-23T10:00", "? times"),
        ("工作日开放", "2026-11-22T10:00", "closed"),
        ("Mo-Fr 08:00-18:00; SH off", "2026-11-23T10:00", "? are there school holidays"),
        ("Mo-Fr 08:00-18:00; SH off", "2026-11-22T10:00", "closed"),
        // Seasons, over New Year and at their edges.
        (
            "冬季 11-1 至 3-31 07:30-17:30; 夏季 4-1 至 10-31 06:00-20:00",
            "2026-10-31T21:00",
            "opens 2026-11-01T07:30",
        ),
        ("冬季 11-1 至 3-31 08:00-16:30", "2026-04-01T10:00", "opens 2026-11-01T08:00"),
        ("2月 08:00-16:30", "2028-02-29T10:00", "until 2028-02-29T16:30"),
        ("2-29 至 2-29 08:00-16:30", "2026-11-23T10:00", "closed"),
        ("off", "2026-11-23T10:00", "closed"),
    ];
    for (text, instant, expected) in cases {
        let hours = Hours::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(told(hours.state(at(instant), &holidays())), expected, "{text} at {instant}");
    }
}

#[test]
fn a_week_names_its_holidays() {
    let week = Hours::parse("工作日 08:30-17:00").unwrap().week(date("2026-10-05"), &holidays());
    let told: Vec<_> = week
        .iter()
        .map(|day| (day.date().day(), day.name().is_some(), *day.state() == DayState::Closed))
        .collect();
    let expected = [
        (5, true, true),
        (6, true, true),
        (7, true, true),
        (8, false, false),
        (9, false, false),
        (10, true, false),
        (11, false, true),
    ];
    assert_eq!(told, expected);
}

#[test]
fn no_text_at_all_makes_it_panic() {
    use proptest::prelude::*;
    let pieces = prop::sample::select(vec![
        "周",
        "一",
        "至",
        "-",
        "08:00",
        "24",
        ":",
        "点",
        "月",
        "11-1",
        "节假日",
        "off",
        ";",
        ",",
        " ",
        "Mo",
        "PH",
        "(",
        "次日",
        "下午",
        "冬季",
        "９",
        "　",
        "é",
        "半",
        "+",
        "2-30",
        "99:99",
    ]);
    let text = prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat());
    proptest!(ProptestConfig::with_cases(20_000), |(text in text, day in -40_000..40_000_i32, minute in 0..1440_u32)| {
        match Hours::parse(&text) {
            Ok(hours) => {
                let day = date("2026-11-23").add_days(day);
                hours.state(LocalDateTime::at(day, minute), &holidays());
                hours.week(day, &holidays());
            }
            Err(HoursError { at }) => prop_assert!(text.is_char_boundary(at)),
        }
    });
}

/// What can be said without a calendar; [`Hours::week`] says the same of every week.
#[test]
fn weeks_that_are_all_the_same() {
    for (text, expected) in [
        ("24小时", "00:00-24:00 x7"),
        ("07:30-22:30", "07:30-22:30 x7"),
        ("周一至周五 09:00-12:00,13:00-17:00", "09:00-12:00,13:00-17:00 x5; - x2"),
        ("周一至周五 08:00-17:00; 周五 08:00-12:00", "08:00-17:00 x4; 08:00-12:00 x1; - x2"),
        ("18:00-02:00", "18:00-26:00 x7"),
        ("周末 休息", "- x7"),
        ("工作日 09:00-17:00", "depends"),
        ("周一至周五 09:00-17:00; 节假日除外", "depends"),
        ("5月-10月 08:00-20:00", "depends"),
        ("周一至周五开放", "depends"),
    ] {
        let hours = Hours::parse(text).unwrap();
        let mut out: Vec<(String, usize)> = Vec::new();
        for spans in hours.weekly().iter().flatten() {
            let spans: Vec<_> =
                spans.iter().map(|span| format!("{}-{}", clock(span.start()), clock(span.end()))).collect();
            let day = if spans.is_empty() { "-".into() } else { spans.join(",") };
            match out.last_mut() {
                Some((last, count)) if *last == day => *count += 1,
                _ => out.push((day, 1)),
            }
        }
        let out: Vec<String> = out.into_iter().map(|(day, count)| format!("{day} x{count}")).collect();
        assert_eq!(if out.is_empty() { "depends".into() } else { out.join("; ") }, expected, "{text}");
        for start in ["2026-09-28", "2026-10-05", "2026-11-23", "2028-02-28"] {
            let week = hours.week(date(start), &holidays());
            for (day, weekly) in week.iter().zip(hours.weekly().into_iter().flatten()) {
                let same = match day.state() {
                    DayState::Open(spans) => *spans == weekly,
                    DayState::AllDay => weekly[0].start() == 0 && weekly[0].end() >= 1440,
                    DayState::Closed => weekly.is_empty(),
                    DayState::TimesUnknown | DayState::Unknown(_) => false,
                };
                assert!(same, "{text} on {}", day.date());
            }
        }
    }
}
