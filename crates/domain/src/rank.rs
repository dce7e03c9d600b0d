//! Which station comes first.

use core::cmp::Ordering;

use crate::amenity::{AmenitySet, AmenityState};
use crate::geodesy::Distance;
use crate::station::Station;
use crate::status::Status;

/// What decides a station's place in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankKey {
    /// Metres from the rider; none where either place is unknown.
    pub metres: Option<f64>,
    /// Its status.
    pub status: Status,
    /// How many of the wanted amenities nobody has said to work.
    pub unsure: u32,
}

impl RankKey {
    /// What decides the place of `station`, `metres` away, for a rider who wants `wanted`.
    pub fn new(station: &Station, metres: Option<f64>, status: Status, wanted: AmenitySet) -> Self {
        let works = |amenity| station.offer(amenity).is_some_and(|offer| offer.state == AmenityState::Ok);
        let unsure = wanted.iter().filter(|&amenity| !works(amenity)).count();
        Self { metres, status, unsure: u32::try_from(unsure).unwrap_or(u32::MAX) }
    }

    /// The order of the list: the nearer first; of those that a rider is shown as equally far, the open one,
    /// then the one whose amenities surely work, then the truly nearer. Unknown places come last, open ones first.
    /// A total order: the shown distance grows with the true one.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.metres, other.metres) {
            (Some(a), Some(b)) => Distance::rounded(a)
                .cmp(&Distance::rounded(b))
                .then_with(|| self.quality().cmp(&other.quality()))
                .then_with(|| a.total_cmp(&b)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.quality().cmp(&other.quality()),
        }
    }

    fn quality(&self) -> (u8, u32) {
        (self.status.order(), self.unsure)
    }
}
