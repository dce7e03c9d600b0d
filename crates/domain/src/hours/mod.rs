//! Opening hours: what people write, and what it means at an instant.
//!
//! Two languages are read, mixed as they come: the field's Chinese (`工作日 08:30-12:00,13:00-17:00`,
//! `周六、周日 09:30-15:30; 节假日除外`, `冬季 11-1 至 3-31 07:30-17:30`, `24小时`) and a subset of
//! OpenStreetMap's `opening_hours` (`Mo-Fr 08:00-18:00; PH off`). As there, a rule after `;` replaces the rules
//! before it on the days it names, one after `,` adds to them, and a span belongs to the day on which it begins,
//! even past midnight. `工作日` follows the holiday table with its make-up workdays (调休); `周一至周五` does not.
//!
//! Nothing is guessed: past the end of the holiday table a day whose hours depend on it is unknown.
//!
//! ```
//! use domain::holidays::Holidays;
//! use domain::hours::{Hours, OpenState};
//! use domain::time::LocalDateTime;
//! let hours = Hours::parse("周一至周五 08:30-17:00")?;
//! let monday = LocalDateTime::parse("2026-11-23T10:00").unwrap();
//! let until = LocalDateTime::parse("2026-11-23T17:00").unwrap();
//! assert_eq!(hours.state(monday, &Holidays::default()), OpenState::Open { until });
//! # Ok::<(), domain::hours::HoursError>(())
//! ```

mod cursor;
mod day;
mod parse;
mod rule;
mod words;

use crate::holidays::Holidays;
use crate::text::Text;
use crate::time::{DAY_MINUTES, Date, LocalDateTime};
use day::Plan;
use rule::Rule;

/// How far ahead the next change is looked for: a year, and a week for a holiday on its edge.
const HORIZON: i32 = 373;

/// Opening hours that were understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    rules: Vec<Rule>,
}

/// Hours that make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// The byte of the text from which on it makes none; always at the edge of a character.
    pub at: usize,
}

/// Why it cannot be said whether a station is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnknownReason {
    /// It depends on whether `date` is a holiday, and the table does not reach it.
    HolidayTableEnds {
        /// The day in question.
        date: Date,
    },
    /// It depends on whether schools have holidays, of which there is no table.
    SchoolHolidays,
    /// The days are given, and no times.
    TimesNotGiven,
}

/// What hours say of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Open at all times.
    OpenAlways,
    /// Open.
    Open {
        /// The minute at which it closes.
        until: LocalDateTime,
    },
    /// Open, and what the following day brings is unknown.
    OpenUntilUnknown,
    /// Closed.
    Closed {
        /// The minute at which it opens again; None if that is unknown or not within a year.
        opens: Option<LocalDateTime>,
    },
    /// It cannot be said.
    Unknown(UnknownReason),
}

/// A time of a day in which a station is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    start: u16,
    end: u16,
}

impl Span {
    /// Minutes from midnight to the opening, below 1440.
    pub fn start(&self) -> u32 {
        u32::from(self.start)
    }

    /// Minutes from that midnight to the closing, up to 2880: past 1440 it is on the next day.
    pub fn end(&self) -> u32 {
        u32::from(self.end)
    }
}

/// What hours say of a whole day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayState {
    /// Open in these spans, in order, which neither touch nor overlap.
    Open(Vec<Span>),
    /// Open from midnight to midnight.
    AllDay,
    /// Closed all day, but for what a span of the day before brings past midnight.
    Closed,
    /// Open, at times that are not given.
    TimesUnknown,
    /// It cannot be said.
    Unknown(UnknownReason),
}

/// A day and its hours.
#[derive(Clone, Debug, PartialEq)]
pub struct DayHours {
    date: Date,
    name: Option<Text>,
    state: DayState,
}

impl DayHours {
    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The name of the holiday, or of the one for which this is a make-up workday.
    pub fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Its hours.
    pub fn state(&self) -> &DayState {
        &self.state
    }
}

impl Hours {
    /// Reads hours. The error points at the first thing that makes no sense.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        parse::rules(text).map(|rules| Self { rules })
    }

    /// True if it is open at all times, whatever the day.
    pub fn is_always(&self) -> bool {
        self.rules.iter().all(Rule::is_always)
    }

    /// What these hours say of the instant `at`.
    pub fn state(&self, at: LocalDateTime, holidays: &Holidays) -> OpenState {
        if self.is_always() {
            return OpenState::OpenAlways;
        }
        let (today, minute) = (at.date(), u32::from(at.minute()));
        // What yesterday brings past midnight, if any rule does.
        let early = minute + DAY_MINUTES;
        if self.rules.iter().any(|rule| early < rule.last_end()) {
            let yesterday = today.add_days(-1);
            match self.plan(yesterday, holidays) {
                Ok(Plan::Spans(spans)) => {
                    if let Some(span) = spans.iter().find(|span| early < span.end()) {
                        return self.open_until(yesterday, span.end(), holidays);
                    }
                }
                Err(reason) => return OpenState::Unknown(reason),
                Ok(Plan::TimesUnknown) => {}
            }
        }
        let spans = match self.plan(today, holidays) {
            Ok(Plan::Spans(spans)) => spans,
            Ok(Plan::TimesUnknown) => return OpenState::Unknown(UnknownReason::TimesNotGiven),
            Err(reason) => return OpenState::Unknown(reason),
        };
        match spans.iter().find(|span| minute < span.end()) {
            Some(span) if span.start() <= minute => self.open_until(today, span.end(), holidays),
            Some(span) => OpenState::Closed { opens: Some(LocalDateTime::at(today, span.start())) },
            None => OpenState::Closed { opens: self.next_opening(today, holidays) },
        }
    }

    /// The seven days from `from` on.
    pub fn week(&self, from: Date, holidays: &Holidays) -> [DayHours; 7] {
        [0, 1, 2, 3, 4, 5, 6].map(|days| {
            let date = from.add_days(days);
            let state = match self.plan(date, holidays) {
                Ok(Plan::Spans(spans)) if spans.is_empty() => DayState::Closed,
                Ok(Plan::Spans(spans)) if spans[0].start == 0 && spans[0].end() >= DAY_MINUTES => {
                    DayState::AllDay
                }
                Ok(Plan::Spans(spans)) => DayState::Open(spans.into_owned()),
                Ok(Plan::TimesUnknown) => DayState::TimesUnknown,
                Err(reason) => DayState::Unknown(reason),
            };
            DayHours { date, name: holidays.name(date).cloned(), state }
        })
    }

    /// Open since before, and until minute `end` of `date` at least: follows spans that go on at midnight.
    fn open_until(&self, date: Date, end: u32, holidays: &Holidays) -> OpenState {
        let (mut date, mut end) = (date, end);
        for _ in 0..HORIZON {
            if end < DAY_MINUTES {
                return OpenState::Open { until: LocalDateTime::at(date, end) };
            }
            date = date.add_days(1);
            end -= DAY_MINUTES;
            match self.plan(date, holidays) {
                Ok(Plan::Spans(spans)) => {
                    let on = spans.iter().find(|span| span.start() <= end && end < span.end());
                    let Some(span) = on else {
                        return OpenState::Open { until: LocalDateTime::at(date, end) };
                    };
                    end = span.end();
                }
                Ok(Plan::TimesUnknown) => return OpenState::OpenUntilUnknown,
                // What is unknown is whether it opens on that day; it closes before if nothing can go on.
                Err(_) if self.rules.iter().any(|rule| rule.first_start() <= end) => {
                    return OpenState::OpenUntilUnknown;
                }
                Err(_) => {
                    return OpenState::Open { until: LocalDateTime::at(date, end) };
                }
            }
        }
        OpenState::OpenUntilUnknown
    }

    /// The first opening after the day `date`.
    fn next_opening(&self, date: Date, holidays: &Holidays) -> Option<LocalDateTime> {
        for days in 1..HORIZON {
            let date = date.add_days(days);
            match self.plan(date, holidays) {
                Ok(Plan::Spans(spans)) => {
                    if let Some(span) = spans.first() {
                        return Some(LocalDateTime::at(date, span.start()));
                    }
                }
                Ok(Plan::TimesUnknown) | Err(_) => return None,
            }
        }
        None
    }
}
