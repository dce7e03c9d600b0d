//! Which stations a rider wants to see.

use crate::amenity::AmenitySet;
use crate::holidays::Holidays;
use crate::hours::Hours;
use crate::station::{Kind, Notice, Station, WrittenHours};
use crate::status::{Status, status_of};
use crate::time::LocalDateTime;

/// When the station has to be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenWhen {
    /// It need not be.
    #[default]
    Any,
    /// Now.
    Now,
    /// At a chosen time.
    At(LocalDateTime),
    /// Day and night.
    Always,
}

/// What a rider asks for. Everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The station must have all of these, none of them known to be broken.
    pub amenities: AmenitySet,
    /// When it must be open. A station of unknown hours is not shown as open.
    pub open: OpenWhen,
    /// What it must be.
    pub kind: Option<Kind>,
}

impl OpenWhen {
    /// Whether a station with these hours and notices, whose status now is `now`, is open when it has to be.
    pub fn admits(
        self,
        hours: Option<&WrittenHours>,
        notices: &[Notice],
        now: Status,
        holidays: &Holidays,
    ) -> bool {
        match self {
            Self::Any => true,
            Self::Now => now.is_open() == Some(true),
            Self::At(at) => status_of(hours, notices, at, holidays).is_open() == Some(true),
            Self::Always => hours.is_some_and(|hours| hours.rules().is_ok_and(Hours::is_always)),
        }
    }
}

impl Filter {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// When it must be open, if nothing else is asked for.
    pub fn only_open(&self) -> Option<OpenWhen> {
        (self.amenities == AmenitySet::default() && self.kind.is_none()).then_some(self.open)
    }

    /// Whether `station`, whose status now is `now`, is what is asked for.
    pub fn admits(&self, station: &Station, now: Status, holidays: &Holidays) -> bool {
        self.open.admits(station.hours.as_ref(), &station.notices, now, holidays)
            && self.kind.is_none_or(|kind| kind == station.kind)
            && station.usable().contains(self.amenities)
    }
}
