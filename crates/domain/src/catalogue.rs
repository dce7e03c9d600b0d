//! The stations that are there, in parts that come one after the other, each built once and then only asked.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::coords::Wgs84;
use crate::filter::Filter;
use crate::geodesy::distance_m;
use crate::holidays::Holidays;
use crate::rank::RankKey;
use crate::read::Dataset;
use crate::readings::Readings;
use crate::search::{Match, Query, Words};
use crate::station::{Station, StationId};
use crate::status::{Status, status};
use crate::time::LocalDateTime;

/// Stations and what is known of their list. Answers are indexes, which [`Catalogue::station`] takes; an index stays
/// the same when a part is added. A copy costs a few pointers.
#[derive(Clone, Debug)]
pub struct Catalogue {
    dataset: Arc<Dataset>,
    /// Each with the index of its first station.
    parts: Vec<(u32, Arc<Part>)>,
    len: u32,
}

/// Some of the stations, ready to be asked.
#[derive(Debug)]
pub struct Part {
    stations: Vec<Station>,
    words: Vec<Words>,
    /// Places in `stations` in the order of the stations' ids.
    by_id: Vec<u32>,
}

impl Part {
    /// Of stations whose ids are all different.
    pub fn new(stations: Vec<Station>) -> Self {
        let words = stations.iter().map(Words::of).collect();
        let by_id = in_order(&stations, &|one, other| one.id.cmp(&other.id));
        Self { stations, words, by_id }
    }

    fn find(&self, id: &str) -> Option<u32> {
        let id_at = |&index: &u32| Some(self.stations.get(usize::try_from(index).ok()?)?.id.as_str());
        let at = self.by_id.binary_search_by(|index| id_at(index).cmp(&Some(id))).ok()?;
        self.by_id.get(at).copied()
    }
}

/// A question to the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What must hold.
    pub filter: Filter,
    /// What must occur in a station's words.
    pub query: Query,
    /// How these are read in pinyin; without it they are found as they are written.
    pub readings: Arc<Readings>,
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
    /// How well it fits the words.
    pub found: Match,
}

impl Catalogue {
    /// A catalogue of one part. An id must not occur twice (reading sees to that: a second one could not be reached by
    /// its id).
    pub fn new(dataset: Dataset, stations: Vec<Station>) -> Self {
        let mut catalogue = Self::empty(dataset);
        catalogue.add(Arc::new(Part::new(stations)));
        catalogue
    }

    /// A catalogue of a list of which nothing is there yet.
    pub fn empty(dataset: Dataset) -> Self {
        Self { dataset: Arc::new(dataset), parts: Vec::new(), len: 0 }
    }

    /// Adds a part, whose ids none of the others may have.
    pub fn add(&mut self, part: Arc<Part>) {
        let first = self.len;
        self.len = first.saturating_add(u32::try_from(part.stations.len()).unwrap_or(u32::MAX));
        self.parts.push((first, part));
    }

    /// What is known of the list.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// How many stations are there.
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether none is there.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All stations that are there.
    pub fn stations(&self) -> impl Iterator<Item = &Station> {
        self.parts.iter().flat_map(|(_, part)| &part.stations)
    }

    /// Metres from a position to the station that is the `rows`th nearest to it; none if there are fewer of known place.
    pub fn reach(&self, from: Wgs84, rows: usize) -> Option<f64> {
        // The nearest so far, in order. Few are wanted.
        let mut best: Vec<f64> = Vec::new();
        for place in self.stations().filter_map(|station| station.location.position) {
            let metres = distance_m(from, place);
            let at = best.iter().position(|other| *other > metres).unwrap_or(best.len());
            if at < rows {
                best.truncate(rows.saturating_sub(1));
                best.insert(at.min(best.len()), metres);
            }
        }
        best.get(rows.checked_sub(1)?).copied()
    }

    /// The station at an index that this catalogue gave.
    pub fn station(&self, index: u32) -> Option<&Station> {
        let after = self.parts.partition_point(|(first, _)| *first <= index);
        let (first, part) = self.parts.get(after.checked_sub(1)?)?;
        part.stations.get(usize::try_from(index - first).ok()?)
    }

    /// The index of the station with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.parts.iter().find_map(|(first, part)| Some(first + part.find(id)?))
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
        Some(Hit { index, metres, status: status(station, at, holidays), found: Match::Named })
    }

    /// The stations that `question` asks for, the best first, each with its status at `at`: those that fit its words better come
    /// before those that are nearer. Those that are equal in
    /// everything come in the order of their ids, so that the order is the same whatever came first.
    ///
    /// Takes O(n log n) for n stations; an empty catalogue gives an empty answer.
    pub fn ask(&self, question: &Question, at: LocalDateTime, holidays: &Holidays) -> Vec<Hit> {
        let Question { filter, query, readings, from, first } = question;
        let mut found: Vec<((Match, usize), RankKey, &StationId, Hit)> = Vec::new();
        let stations =
            self.parts.iter().flat_map(|(first, part)| (*first..).zip(&part.stations).zip(&part.words));
        for ((index, station), words) in stations {
            let Some(fit) = query.find(words, readings) else { continue };
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
            found.push(((fit, turn), key, &station.id, Hit { index, metres, status, found: fit }));
        }
        let order = in_order(&found, &|a, b| {
            a.0.cmp(&b.0).then_with(|| a.1.compare(&b.1)).then_with(|| a.2.cmp(b.2))
        });
        order
            .into_iter()
            .filter_map(|at| found.get(usize::try_from(at).ok()?))
            .map(|(.., hit)| *hit)
            .collect()
    }
}

/// The places in `all`, in the order of what stands there.
fn in_order<T>(all: &[T], compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<u32> {
    let at = |place: u32| all.get(usize::try_from(place).ok()?);
    let mut places: Vec<u32> = (0..).zip(all).map(|(place, _)| place).collect();
    sort(&mut places, &|one, other| {
        at(one).zip(at(other)).map_or(Ordering::Equal, |(one, other)| compare(one, other))
    });
    places
}

/// Sorts numbers by merging runs, each time twice as long; what is equal stays in order. The standard library's sort does the same for each
/// kind of data better, and is 2 KB of the app's download: this is the one, for whatever the numbers are places of.
fn sort(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut length = 1;
    while length < numbers.len() {
        let mut sorted = Vec::with_capacity(numbers.len());
        for runs in numbers.chunks(2 * length) {
            let (mut one, mut other) = runs.split_at(length.min(runs.len()));
            while let ([first, ones @ ..], [second, others @ ..]) = (one, other) {
                let is_first = compare(*first, *second).is_le();
                sorted.push(if is_first { *first } else { *second });
                *(if is_first { &mut one } else { &mut other }) = if is_first { ones } else { others };
            }
            sorted.extend_from_slice(one);
            sorted.extend_from_slice(other);
        }
        *numbers = sorted;
        length *= 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::in_order;

    proptest! {
        /// Of what is equal the first stays first, as the standard library has it.
        #[test]
        fn places_are_in_order(all in prop::collection::vec(0_u8..20, 0..200)) {
            let mut expected: Vec<u32> = (0..).zip(&all).map(|(place, _)| place).collect();
            expected.sort_by_key(|place| all[*place as usize]);
            prop_assert_eq!(in_order(&all, &u8::cmp), expected);
        }
    }
}
