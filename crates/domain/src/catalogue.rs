//! All stations, built once and then only asked.

use crate::coords::Wgs84;
use crate::filter::Filter;
use crate::geodesy::distance_m;
use crate::holidays::Holidays;
use crate::rank::RankKey;
use crate::read::Dataset;
use crate::search::{Query, Words};
use crate::station::{Station, StationId};
use crate::status::{Status, status};
use crate::time::LocalDateTime;

/// All stations and what is known of the list. Answers are indexes into [`Catalogue::stations`].
#[derive(Debug)]
pub struct Catalogue {
    dataset: Dataset,
    stations: Vec<Station>,
    words: Vec<Words>,
    /// Indexes in the order of the stations' ids.
    by_id: Vec<u32>,
}

/// A question to the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What must hold.
    pub filter: Filter,
    /// What must occur in a station's words.
    pub query: Query,
    /// Where the rider is, or chose to look from.
    pub from: Option<Wgs84>,
    /// Without `from`: stations to put first, in this order (favourites, recent ones).
    pub first: Vec<StationId>,
}

/// One station of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which station.
    pub index: u32,
    /// Metres from the rider, great circle; none where either place is unknown.
    pub metres: Option<f64>,
    /// Its status at the question's time.
    pub status: Status,
}

impl Catalogue {
    /// Builds the catalogue. Stations keep their order; an id must not occur twice (reading sees to that: a
    /// second one could not be reached by its id).
    pub fn new(dataset: Dataset, stations: Vec<Station>) -> Self {
        let words = stations.iter().map(Words::of).collect();
        let mut by_id: Vec<(u32, &StationId)> =
            (0u32..).zip(stations.iter().map(|station| &station.id)).collect();
        by_id.sort_by_key(|(_, id)| *id);
        let by_id = by_id.into_iter().map(|(index, _)| index).collect();
        Self { dataset, stations, words, by_id }
    }

    /// What is known of the list.
    pub const fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// All stations, in the data's order.
    pub fn stations(&self) -> &[Station] {
        &self.stations
    }

    /// The station at an index that this catalogue gave.
    pub fn station(&self, index: u32) -> Option<&Station> {
        self.stations.get(usize::try_from(index).ok()?)
    }

    /// Where in [`Catalogue::stations`] the station with this id is.
    pub fn find(&self, id: &str) -> Option<u32> {
        let id_at = |&index: &u32| self.station(index).map(|station| station.id.as_str());
        let at = self.by_id.binary_search_by(|index| id_at(index).cmp(&Some(id))).ok()?;
        self.by_id.get(at).copied()
    }

    /// One station as a hit, seen from `from` at `at`.
    pub fn hit(
        &self,
        index: u32,
        from: Option<Wgs84>,
        at: LocalDateTime,
        holidays: &Holidays,
    ) -> Option<Hit> {
        let station = self.station(index)?;
        let metres = from.zip(station.location.position).map(|(a, b)| distance_m(a, b));
        Some(Hit { index, metres, status: status(station, at, holidays) })
    }

    /// The stations that `question` asks for, the best first, each with its status at `at`.
    ///
    /// Takes O(n log n) for n stations; an empty catalogue gives an empty answer.
    pub fn ask(&self, question: &Question, at: LocalDateTime, holidays: &Holidays) -> Vec<Hit> {
        let Question { filter, query, from, first } = question;
        let mut found: Vec<(Hit, RankKey, usize)> = Vec::new();
        for ((index, station), words) in (0u32..).zip(&self.stations).zip(&self.words) {
            if !query.matches(words) {
                continue;
            }
            let status = status(station, at, holidays);
            if !filter.admits(station, status, holidays) {
                continue;
            }
            let metres = from.zip(station.location.position).map(|(a, b)| distance_m(a, b));
            let key = RankKey::new(station, metres, status, filter.amenities);
            let turn = match from {
                Some(_) => 0,
                None => first.iter().position(|id| *id == station.id).unwrap_or(first.len()),
            };
            found.push((Hit { index, metres, status }, key, turn));
        }
        found.sort_by(|(a, a_key, a_turn), (b, b_key, b_turn)| {
            a_turn.cmp(b_turn).then_with(|| a_key.compare(b_key)).then_with(|| a.index.cmp(&b.index))
        });
        found.into_iter().map(|(hit, ..)| hit).collect()
    }
}
