//! The list that is imported into: found by id, by name and district, or by a like name close by.

use std::collections::{HashMap, HashSet};

use domain::coords::Wgs84;
use domain::geodesy::distance_m;
use serde_json::Value;

use super::id;

/// Two stations of like names closer than this are the same one, in metres.
const SAME_M: f64 = 100.0;
/// Two stations of like names closer than this are perhaps the same one, in metres.
pub(super) const PERHAPS_M: f64 = 150.0;
/// A chain may have two shops of one name in a district: farther apart than this they are two, in metres.
const MOVED_M: f64 = 300.0;
/// Names at least this alike are the same name, written otherwise.
const SAME: f64 = 0.9;
/// Names at least this alike are like names.
pub(super) const ALIKE: f64 = 0.6;
/// Side of a grid cell, in degrees of latitude: above [`PERHAPS_M`] in both directions up to 60° N.
const CELL: f64 = 0.003;

/// A station's text in Chinese, at a path of keys.
pub(super) fn zh<'a>(station: &'a Value, path: &[&str]) -> &'a str {
    let value = path.iter().try_fold(station, |value, key| value.get(key));
    let text = value.and_then(|value| value.as_str().or_else(|| value.get("zh")?.as_str()));
    text.unwrap_or_default()
}

/// A station's position.
pub(super) fn position(station: &Value) -> Option<Wgs84> {
    let location = station.get("location")?;
    Wgs84::new(location.get("lat")?.as_f64()?, location.get("lng")?.as_f64()?).ok()
}

type Cell = (i32, i32);

/// What a station is found by.
struct Fact {
    /// The name as it is compared.
    name: String,
    at: Option<Wgs84>,
}

impl Fact {
    fn of(station: &Value) -> Self {
        Self { name: id::plain(zh(station, &["name"])), at: position(station) }
    }
}

/// Where the stations of a list are, for finding one.
#[derive(Default)]
pub(super) struct Lookup {
    /// By a station's place in the list.
    facts: Vec<Fact>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<(String, String), Vec<usize>>,
    by_cell: HashMap<Cell, Vec<usize>>,
    ids: HashSet<String>,
}

#[expect(clippy::cast_possible_truncation, reason = "degrees on Earth by a thousandth fit")]
fn cell(at: Wgs84) -> Cell {
    ((at.lat() / CELL).floor() as i32, (at.lng() / CELL / 2.0).floor() as i32)
}

impl Lookup {
    pub(super) fn of(stations: &[Value]) -> Self {
        let mut lookup = Self::default();
        for station in stations {
            lookup.add(station);
        }
        lookup
    }

    /// Takes in the next station of the list.
    pub(super) fn add(&mut self, station: &Value) {
        let index = self.facts.len();
        let fact = Fact::of(station);
        let own = zh(station, &["id"]).to_owned();
        self.ids.insert(own.clone());
        self.by_id.entry(own).or_insert(index);
        let name = (fact.name.clone(), zh(station, &["location", "district"]).to_owned());
        self.by_name.entry(name).or_default().push(index);
        if let Some(at) = fact.at {
            self.by_cell.entry(cell(at)).or_default().push(index);
        }
        self.facts.push(fact);
    }

    /// A station of the list has changed: it is still found where it was, but compared as it is.
    pub(super) fn change(&mut self, index: usize, station: &Value) {
        if let Some(fact) = self.facts.get_mut(index) {
            *fact = Fact::of(station);
        }
    }

    pub(super) fn ids(&self) -> &HashSet<String> {
        &self.ids
    }

    pub(super) fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The stations that a draft's part of one may be about, the likeliest first: of the same name in the same district,
    /// if not far apart; then of nearly the same name close by.
    pub(super) fn find(&self, part: &Value) -> Vec<usize> {
        let Fact { name, at } = Fact::of(part);
        let district = zh(part, &["location", "district"]).to_owned();
        let apart = |index: &usize| {
            let both = at.zip(self.facts.get(*index).and_then(|fact| fact.at));
            both.is_some_and(|(here, there)| distance_m(here, there) > MOVED_M)
        };
        let named = self.by_name.get(&(name, district)).into_iter().flatten().copied();
        let named = named.filter(|index| !apart(index));
        named.chain(self.near(part, SAME_M, SAME)).collect()
    }

    /// Stations of names so alike within so many metres, the closest first.
    pub(super) fn near(&self, station: &Value, metres: f64, alike: f64) -> Vec<usize> {
        let Fact { name, at: Some(at) } = Fact::of(station) else { return Vec::new() };
        let (row, column) = cell(at);
        let cells = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (row + dy, column + dx)));
        let mut found: Vec<(f64, usize)> = cells
            .filter_map(|cell| self.by_cell.get(&cell))
            .flatten()
            .filter_map(|&index| {
                let other = self.facts.get(index)?;
                let far = distance_m(at, other.at?);
                (far <= metres && id::likeness(&name, &other.name) >= alike).then_some((far, index))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, index)| index).collect()
    }
}
