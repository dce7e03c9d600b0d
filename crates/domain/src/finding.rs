//! What is wrong in the data, and where.

use std::fmt;

use crate::holidays::HolidayError;

/// One problem at one place. Carries facts; whoever shows it chooses the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The station it is about, by the id as written, where it has one.
    pub station: Option<String>,
    /// The field, as `stations[3].location.lat`.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required field is missing or null.
    Missing,
    /// The value is of another JSON type; holds what the reader said.
    WrongType(String),
    /// The text is empty or only spaces.
    Empty,
    /// The text is longer than `max` characters.
    TooLong {
        /// Most characters.
        max: usize,
    },
    /// A control, bidirectional or invisible character, by its code point.
    HiddenCharacter(char),
    /// Not a word this field knows.
    UnknownWord {
        /// As written.
        value: String,
        /// What it may be.
        allowed: &'static [&'static str],
    },
    /// Not `^[a-z0-9-]{1,40}$`.
    BadId(String),
    /// Not 32 hexadecimal digits.
    BadUuid(String),
    /// Another entry at `first` has the same value.
    Duplicate {
        /// Path of the first one.
        first: String,
    },
    /// Not a date `YYYY-MM-DD` that exists.
    BadDate(String),
    /// Not a minute `YYYY-MM-DDTHH:MM` that exists.
    BadMoment(String),
    /// Ends before it starts.
    EndsBeforeStart,
    /// One of latitude and longitude without the other.
    HalfPosition,
    /// Not a position on Earth.
    OffEarth,
    /// Not an `https://` address.
    BadUrl(String),
    /// Not a plain file below the data folder.
    BadPath(String),
    /// A schema this program does not know.
    UnknownSchema(u32),
    /// A number outside what the field can hold.
    OutOfRange,
    /// The holiday table contradicts itself.
    Table(HolidayError),
}

/// A place in the data while it is read: knows its own path.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(crate) const ROOT: Place<'static> = Place { parent: None, step: Step::Root };

    pub(crate) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { parent: Some(self), step: Step::Key(key) }
    }

    pub(crate) fn index(&'a self, index: usize) -> Place<'a> {
        Place { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) => {
                let inside = self.parent.is_some_and(|parent| !matches!(parent.step, Step::Root));
                write!(f, "{}{key}", if inside { "." } else { "" })
            }
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Collects findings, so that all are reported at once.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) station: Option<String>,
    pub(crate) list: Vec<Finding>,
}

impl Findings {
    /// Notes a problem and gives nothing, so that readers can `return findings.note(..)`.
    pub(crate) fn note<T>(&mut self, place: &Place<'_>, problem: Problem) -> Option<T> {
        self.list.push(Finding { station: self.station.clone(), path: place.to_string(), problem });
        None
    }

    /// The value, or a note that it is missing.
    pub(crate) fn require<T>(&mut self, place: &Place<'_>, value: Option<T>) -> Option<T> {
        match value {
            None => self.note(place, Problem::Missing),
            some => some,
        }
    }
}
