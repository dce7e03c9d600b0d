//! Which stations a rider wants to see.

use crate::amenity::AmenitySet;
use crate::holidays::Holidays;
use crate::hours::Hours;
use crate::station::{Kind, Station};
use crate::status::{Status, status};
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

impl Filter {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `station`, whose status now is `now`, is what is asked for.
    pub fn admits(&self, station: &Station, now: Status, holidays: &Holidays) -> bool {
        let open = match self.open {
            OpenWhen::Any => true,
            OpenWhen::Now => now.is_open() == Some(true),
            OpenWhen::At(at) => status(station, at, holidays).is_open() == Some(true),
            OpenWhen::Always => {
                station.hours.as_ref().is_some_and(|hours| hours.rules().is_ok_and(Hours::is_always))
            }
        };
        open && self.kind.is_none_or(|kind| kind == station.kind) && station.usable().contains(self.amenities)
    }
}
