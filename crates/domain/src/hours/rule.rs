//! One rule of a station's hours: on which days it speaks, and what it says.

use super::Span;
use crate::time::Date;

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    /// Parts of the year, none for the whole year.
    pub(super) seasons: Vec<Season>,
    pub(super) days: Days,
    pub(super) times: Times,
    /// Adds to what earlier rules say of a day, where others replace it.
    pub(super) adds: bool,
}

/// A part of every year, both ends included; it may go over New Year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Season {
    /// Month and day.
    pub(super) from: (u8, u8),
    /// Month and day; the 31st stands for the end of any month.
    pub(super) through: (u8, u8),
}

impl Season {
    fn has(self, date: Date) -> bool {
        let day = date.month_day();
        if self.from <= self.through {
            self.from <= day && day <= self.through
        } else {
            self.from <= day || day <= self.through
        }
    }
}

/// A set of days: bits 0 to 6 are Monday to Sunday, the others follow the holiday table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Days(pub(super) u16);

impl Days {
    /// Every day of the week.
    pub(super) const ALL: Self = Self(0b111_1111);
    /// Saturday and Sunday, even if they are make-up workdays.
    pub(super) const WEEKEND: Self = Self(0b110_0000);
    /// 工作日: Monday to Friday but for holidays, and make-up workdays.
    pub(super) const WORKDAYS: Self = Self(1 << 7);
    /// Saturdays and Sundays that are no make-up workdays.
    pub(super) const FREE_WEEKEND: Self = Self(1 << 8);
    /// Holidays by the table.
    pub(super) const HOLIDAYS: Self = Self(1 << 9);
    /// School holidays.
    pub(super) const SCHOOL: Self = Self(1 << 10);

    /// The days of the week from number `from` to number `to` (Monday 0), over the weekend if need be.
    pub(super) fn range(from: u16, to: u16) -> Self {
        let mut bits = 0;
        let mut day = from;
        loop {
            bits |= 1 << day;
            if day == to {
                return Self(bits);
            }
            day = (day + 1) % 7;
        }
    }

    /// These and those.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if the two have a kind of day in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a rule says of its days.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Times {
    /// Open in these spans, as [`joined`] has them.
    Spans(Vec<Span>),
    /// Closed.
    Off,
    /// Open, at times that are not given.
    NotGiven,
}

impl Rule {
    /// True if it says open at all times on all days.
    pub(super) fn is_always(&self) -> bool {
        let all_day = |span: &Span| span.start == 0 && span.end >= 1440;
        self.seasons.is_empty()
            && self.days == Days::ALL
            && matches!(&self.times, Times::Spans(spans) if spans.first().is_some_and(all_day))
    }

    /// True if it speaks on `date`, whose place in the week and in the tables is `kind`.
    pub(super) fn speaks(&self, date: Date, kind: Days) -> bool {
        self.days.meets(kind)
            && (self.seasons.is_empty() || self.seasons.iter().any(|season| season.has(date)))
    }

    /// The minute of the day until which it may be open; 0 if it is never.
    pub(super) fn last_end(&self) -> u32 {
        match &self.times {
            Times::Spans(spans) => spans.last().map_or(0, Span::end),
            Times::Off | Times::NotGiven => 0,
        }
    }

    /// The minute of the day from which it may be open; the day's last if it is never.
    pub(super) fn first_start(&self) -> u32 {
        match &self.times {
            Times::Spans(spans) => spans.first().map_or(1440, Span::start),
            Times::Off => 1440,
            Times::NotGiven => 0,
        }
    }
}

/// Spans in order, which neither touch nor overlap.
pub(super) fn joined(all: Vec<Span>) -> Vec<Span> {
    let mut spans = Vec::with_capacity(all.len());
    for span in all {
        insert(&mut spans, span);
    }
    spans
}

/// Puts `span` in its place and joins it with those it touches.
pub(super) fn insert(spans: &mut Vec<Span>, span: Span) {
    let mut span = span;
    spans.retain(|other| {
        let apart = other.end < span.start || span.end < other.start;
        if !apart {
            span = Span { start: span.start.min(other.start), end: span.end.max(other.end) };
        }
        apart
    });
    let place = spans.iter().take_while(|other| other.start < span.start).count();
    spans.insert(place, span);
}
