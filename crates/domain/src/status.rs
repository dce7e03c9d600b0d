//! Whether one can walk in: opening hours and notices together.

use crate::holidays::Holidays;
use crate::hours::{Hours, OpenState, UnknownReason};
use crate::station::{Notice, NoticeKind, Station, Until, WrittenHours};
use crate::time::LocalDateTime;

/// What a rider needs to know about a station's door at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Open day and night.
    OpenAlways,
    /// Open up to `until`, not including it.
    Open {
        /// When it shuts.
        until: LocalDateTime,
    },
    /// Open on this day, but nobody wrote at what times.
    OpenSomeTime,
    /// Shut by its hours.
    Closed {
        /// When it opens next, if it can be said.
        opens: Option<LocalDateTime>,
    },
    /// Shut by a notice, whatever its hours say.
    ClosedByNotice {
        /// When the notice ends, if it says so.
        until: Option<Until>,
    },
    /// Nobody wrote down the hours.
    NoHours,
    /// The hours are written in a way that this program does not understand: show them as written.
    Unreadable,
    /// The hours depend on something that is not known.
    Unknown(UnknownReason),
}

impl Status {
    /// True: one can walk in. False: one cannot. None: it cannot be said.
    pub const fn is_open(self) -> Option<bool> {
        match self {
            Self::OpenAlways | Self::Open { .. } => Some(true),
            Self::Closed { .. } | Self::ClosedByNotice { .. } => Some(false),
            Self::OpenSomeTime | Self::NoHours | Self::Unreadable | Self::Unknown(_) => None,
        }
    }

    /// Open first, then what cannot be said, then shut: the order in which they are worth walking to.
    pub const fn order(self) -> u8 {
        match self.is_open() {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        }
    }
}

/// The state of `station`'s door at `at`.
///
/// A notice that closes the station wins over its hours; one that begins while the station is open moves the
/// closing time forward, and one that covers the next opening moves that back.
pub fn status(station: &Station, at: LocalDateTime, holidays: &Holidays) -> Status {
    status_of(station.hours.as_ref(), &station.notices, at, holidays)
}

/// The same of what it depends on.
pub fn status_of(
    hours: Option<&WrittenHours>,
    notices: &[Notice],
    at: LocalDateTime,
    holidays: &Holidays,
) -> Status {
    if let Some(until) = closed_at(notices, at) {
        return Status::ClosedByNotice { until };
    }
    let Some(hours) = hours else {
        return Status::NoHours;
    };
    let Ok(rules) = hours.rules() else {
        return Status::Unreadable;
    };
    let next_closure = closures(notices).filter_map(|(from, _)| from).filter(|&from| from > at).min();
    match rules.state(at, holidays) {
        OpenState::OpenAlways => match next_closure {
            Some(until) => Status::Open { until },
            None => Status::OpenAlways,
        },
        OpenState::Open { until } => {
            Status::Open { until: next_closure.map_or(until, |closure| closure.min(until)) }
        }
        OpenState::OpenUntilUnknown => Status::OpenSomeTime,
        OpenState::Closed { opens } => {
            Status::Closed { opens: opens.and_then(|opens| first_open(rules, notices, opens, holidays)) }
        }
        OpenState::Unknown(reason) => Status::Unknown(reason),
    }
}

/// The first minute from `opens` on that no notice covers and the hours allow.
fn first_open(
    rules: &Hours,
    notices: &[Notice],
    opens: LocalDateTime,
    holidays: &Holidays,
) -> Option<LocalDateTime> {
    let mut at = opens;
    // Each round passes the end of one notice, so there are no more rounds than notices.
    for _ in 0..=notices.len() {
        let Some(until) = closed_at(notices, at) else {
            return Some(at);
        };
        at = until?.end();
        match rules.state(at, holidays) {
            OpenState::OpenAlways | OpenState::Open { .. } => {}
            OpenState::Closed { opens } => at = opens?,
            OpenState::OpenUntilUnknown | OpenState::Unknown(_) => return None,
        }
    }
    None
}

fn closures(notices: &[Notice]) -> impl Iterator<Item = (Option<LocalDateTime>, Option<Until>)> {
    let closing = notices.iter().filter(|notice| notice.kind == NoticeKind::Closed);
    closing.map(|notice| (notice.from, notice.until))
}

/// Some: a notice closes the station at `at`, up to the last of those that hold then (None: without end).
#[expect(
    clippy::option_option,
    reason = "the outer says whether it is closed, the inner whether the end is known"
)]
fn closed_at(notices: &[Notice], at: LocalDateTime) -> Option<Option<Until>> {
    let holding = notices.iter().filter(|notice| notice.kind == NoticeKind::Closed && notice.holds(at));
    let ends = holding.map(|notice| notice.until);
    // No end is later than any end; Option orders None first, so it needs a word of its own.
    ends.reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))
}
