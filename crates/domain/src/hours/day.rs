//! What rules say of one day, with the holiday table and where it ends.

use std::borrow::Cow;

use super::rule::{Days, Rule, Times, insert};
use super::{Hours, Span, UnknownReason};
use crate::holidays::{DayKind, Holidays};
use crate::time::Date;

/// What is said of a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plan<'a> {
    /// Open in these spans, in order, which neither touch nor overlap. Mostly they are those of one rule, and nothing is copied.
    Spans(Cow<'a, [Span]>),
    /// Open, at times that are not given.
    TimesUnknown,
}

impl Plan<'_> {
    /// Closed all day.
    const CLOSED: Self = Self::Spans(Cow::Borrowed(&[]));
}

impl Hours {
    /// The plan of `date`. What the day is in a table that does not reach it is tried both ways: only where that
    /// makes a difference the plan is unknown.
    pub(super) fn plan(&self, date: Date, holidays: &Holidays) -> Result<Plan<'_>, UnknownReason> {
        let week_bit = 1 << date.weekday() as u16;
        // Every kind of day that any rule asks for.
        let asked = self.rules.iter().fold(0, |asked, rule| asked | rule.days.0);
        let (work, weekend, holiday) = (Days::WORKDAYS.0, Days::FREE_WEEKEND.0, Days::HOLIDAYS.0);
        let free = if date.weekday().is_weekend() { weekend } else { 0 };
        // Each kind that the day may be, as bits of `Days`; mostly no rule asks.
        let kinds: &[u16] = if asked & (work | weekend | holiday) == 0 {
            &[0]
        } else {
            match holidays.day_kind(date) {
                DayKind::Workday | DayKind::MakeUpWorkday => &[work],
                DayKind::Weekend => &[weekend],
                DayKind::Holiday => &[holiday | free],
                DayKind::NotCovered if free == 0 => &[work, holiday],
                DayKind::NotCovered => &[weekend, holiday | free, work],
            }
        };
        let mut plans = kinds.iter().map(|kind| self.plan_as(date, Days(kind | week_bit)));
        let Some(plan) = plans.next() else {
            return Ok(Plan::CLOSED);
        };
        if plans.any(|other| other != plan) {
            return Err(UnknownReason::HolidayTableEnds { date });
        }
        let school = Days(kinds[0] | week_bit).and(Days::SCHOOL);
        if asked & Days::SCHOOL.0 != 0 && self.plan_as(date, school) != plan {
            return Err(UnknownReason::SchoolHolidays);
        }
        Ok(plan)
    }

    /// What is said of every Monday to Sunday, whatever the date; None where a date, a holiday or anything else makes a
    /// difference, or where no times are given.
    pub fn weekly(&self) -> Option<[Vec<Span>; 7]> {
        let depends = |rule: &Rule| !rule.seasons.is_empty() || rule.days.0 & !Days::ALL.0 != 0;
        if self.rules.iter().any(depends) {
            return None;
        }
        let mut week: [Vec<Span>; 7] = Default::default();
        for (day, spans) in week.iter_mut().enumerate() {
            // No rule asks for the date.
            match self.plan_as(Date::EPOCH, Days(1 << day)) {
                Plan::Spans(all) => *spans = all.into_owned(),
                Plan::TimesUnknown => return None,
            }
        }
        Some(week)
    }

    /// The plan of `date`, if it is of `kind`.
    fn plan_as(&self, date: Date, kind: Days) -> Plan<'_> {
        let mut plan = Plan::CLOSED;
        for rule in self.rules.iter().filter(|rule| rule.speaks(date, kind)) {
            match (&rule.times, &mut plan) {
                (Times::Off, _) => plan = Plan::CLOSED,
                (Times::NotGiven, _) => plan = Plan::TimesUnknown,
                (Times::Spans(more), Plan::Spans(spans)) if rule.adds && !spans.is_empty() => {
                    for &span in more {
                        insert(spans.to_mut(), span);
                    }
                }
                (Times::Spans(spans), _) => plan = Plan::Spans(Cow::Borrowed(spans)),
            }
        }
        plan
    }
}
