//! Drafts into the list: what is new, what changed, what stays as a host had it.
//!
//! The list is changed as JSON, so that keys nobody here knows survive, and only where a draft says something else.

use std::collections::{HashMap, HashSet};

use domain::dto::{StationDto, StationsDto};
use domain::finding::Problem;
use domain::read::read_stations;
use domain::station::Station;
use domain::time::Date;
use serde_json::{Map, Value, json};

use super::draft::{Draft, Place, Refused, Why};
use super::id;
use super::list::{ALIKE, Lookup, PERHAPS_M, zh};
use super::row::merge_list;
use crate::progress::{Progress, Stage};

/// How to merge.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The day of a sheet whose rows name none.
    pub as_of: Date,
    /// Whether the sheet wins even over what changed later.
    pub theirs: bool,
}

/// One field that a sheet says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field, as `location.address`.
    pub path: String,
    /// What the list had; null for nothing.
    pub before: Value,
    /// What the sheet says.
    pub after: Value,
}

/// A station and what differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The row.
    pub at: Place,
    /// The station.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// What merging did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// New stations.
    pub created: Vec<Changed>,
    /// Stations that changed.
    pub updated: Vec<Changed>,
    /// Rows that say nothing new.
    pub unchanged: usize,
    /// Of those, what the sheet says otherwise, but the list learned later.
    pub kept: Vec<Changed>,
    /// Rows that are not taken.
    pub refused: Vec<Refused>,
    /// Ids of stations that may be the same.
    pub alike: Vec<(String, String)>,
    /// Ids of imported stations without a position.
    pub without_place: Vec<String>,
}

/// The keys of a station in the order they are written in.
pub(crate) const ORDER: [&str; 15] = [
    "id",
    "name",
    "kind",
    "location",
    "hours",
    "access",
    "notices",
    "amenities",
    "contacts",
    "events",
    "photos",
    "links",
    "verified_at",
    "updated_at",
    "source",
];

/// The keys of a location, likewise.
pub(crate) const LOCATION: [&str; 6] = ["lat", "lng", "city", "district", "address", "directions"];

/// Merges drafts into a list, the value of a whole `stations.json`. Each draft goes as it is merged, so that not all are in
/// memory twice.
pub fn merge(list: &mut Value, drafts: Vec<Draft>, rules: Rules, progress: Progress) -> Merged {
    let mut merged = Merged::default();
    let stations = list.as_object_mut().map(|list| list.entry("stations").or_insert_with(|| json!([])));
    let Some(stations) = stations.and_then(Value::as_array_mut) else { return merged };
    let mut lookup = Lookup::of(stations);
    let mut taken: HashMap<usize, Place> = HashMap::new();
    let mut touched = Vec::new();
    let bar = progress.stage(Stage::Rows, Some(drafts.len()));
    for draft in drafts {
        bar.step();
        let draft = &draft;
        let part = Value::Object(draft.fields.clone());
        let candidates = match &draft.id {
            Some(id) => lookup.with_id(id.as_str()).into_iter().collect(),
            None => lookup.find(&part),
        };
        let known = candidates.iter().copied().find(|index| !taken.contains_key(index));
        let again = candidates.first().filter(|index| {
            // Two rows of one sheet with addresses of their own are two stations, whatever their names.
            let address = |of: &Value| zh(of, &["location", "address"]).to_owned();
            let (own, other) = (address(&part), address(&stations[**index]));
            // One often begins with the city, the other with the street.
            draft.id.is_some() || own.ends_with(&other) || other.ends_with(&own)
        });
        if known.is_none()
            && let Some(first) = again.and_then(|index| taken.get(index))
        {
            merged.refused.push(refuse(draft, "", Why::Twice { first: first.clone() }));
            continue;
        }
        let before = known.and_then(|index| stations.get(index)).cloned();
        let (after, changes) = match &before {
            Some(before) => changed(before, draft),
            None => (created(draft, &lookup), Vec::new()),
        };
        let own = zh(&after, &["id"]).to_owned();
        let name = zh(&after, &["name"]).to_owned();
        let told = |changes| Changed { at: draft.at.clone(), id: own.clone(), name, changes };
        let as_of = draft.updated.unwrap_or(rules.as_of);
        if before.is_some() && changes.is_empty() {
            merged.unchanged += 1;
        } else if let Some(before) = &before
            && !rules.theirs
            && learned_after(before, as_of)
        {
            merged.unchanged += 1;
            merged.kept.push(told(changes));
        } else {
            let after = dated(after, draft, as_of);
            if let Err((path, problem)) = understand(&after) {
                let no_area = path.starts_with("location") && problem == Problem::Missing;
                let why = if no_area { Why::NoArea } else { Why::Rule { path, problem } };
                merged.refused.push(refuse(draft, "", why));
                continue;
            }
            if let Some(index) = known {
                lookup.change(index, &after);
                stations[index] = after;
                merged.updated.push(told(changes));
            } else {
                lookup.add(&after);
                stations.push(after);
                merged.created.push(told(Vec::new()));
            }
        }
        let index = known.unwrap_or(stations.len() - 1);
        taken.insert(index, draft.at.clone());
        touched.push(index);
    }
    look_over(&mut merged, stations, &touched);
    merged
}

/// What to tell of the stations that a sheet named: those alike, those without a place.
fn look_over(merged: &mut Merged, stations: &[Value], touched: &[usize]) {
    // Positions may have moved: look again.
    let lookup = Lookup::of(stations);
    let mut known = HashSet::new();
    for &index in touched {
        let station = &stations[index];
        let own = zh(station, &["id"]).to_owned();
        if super::list::position(station).is_none() {
            merged.without_place.push(own.clone());
        }
        let near = lookup.near(station, PERHAPS_M, ALIKE);
        let same_name = lookup.find(station);
        for other in near.into_iter().chain(same_name).filter(|other| *other != index) {
            let other = zh(&stations[other], &["id"]).to_owned();
            let pair = if own < other { (own.clone(), other) } else { (other, own.clone()) };
            if known.insert(pair.clone()) {
                merged.alike.push(pair);
            }
        }
    }
}

/// Whether the list learned something of a station after a day.
fn learned_after(station: &Value, day: Date) -> bool {
    Date::parse(zh(station, &["updated_at"])).is_some_and(|updated| updated > day)
}

/// A new station.
fn created(draft: &Draft, lookup: &Lookup) -> Value {
    let mut fields = draft.defaults.clone();
    for (key, value) in &draft.fields {
        match (fields.get_mut(key).and_then(Value::as_object_mut), value) {
            (Some(guess), Value::Object(known)) => guess.extend(known.clone()),
            _ => drop(fields.insert(key.clone(), value.clone())),
        }
    }
    let part = Value::Object(fields);
    let (city, district) = (zh(&part, &["location", "city"]), zh(&part, &["location", "district"]));
    let id = match &draft.id {
        Some(id) => id.as_str().to_owned(),
        None => id::new(zh(&part, &["name"]), city, district, lookup.ids()),
    };
    let Value::Object(mut fields) = part else { return Value::Null };
    let mut station = Map::new();
    station.insert("id".into(), id.into());
    if draft.whole {
        // In the order it was exported in.
        fields.clone_from(&draft.fields);
    }
    if let Some(location) = fields.get_mut("location").and_then(Value::as_object_mut)
        && !draft.whole
    {
        let mut ordered = Map::new();
        for key in LOCATION {
            ordered.extend(location.shift_remove_entry(key));
        }
        ordered.append(location);
        *location = ordered;
    }
    for key in ORDER {
        if !draft.whole
            && let Some(value) = fields.shift_remove(key)
        {
            station.insert(key.into(), value);
        }
    }
    station.extend(fields);
    Value::Object(station)
}

/// A station as the draft has it, and what differs.
fn changed(before: &Value, draft: &Draft) -> (Value, Vec<Change>) {
    let mut after = before.as_object().cloned().unwrap_or_default();
    for (key, value) in &draft.fields {
        match (after.get_mut(key), value) {
            (Some(Value::Object(known)), Value::Object(new)) if key == "location" => {
                for (key, value) in new {
                    put(known, key, value);
                }
            }
            (_, Value::Array(entries)) if !draft.whole => {
                let identity = match key.as_str() {
                    "amenities" => "id",
                    "contacts" => "role",
                    _ => "text",
                };
                merge_list(&mut after, key, identity, entries.clone());
            }
            _ => put(&mut after, key, value),
        }
    }
    if let Some(list) = after.get_mut("amenities").and_then(Value::as_array_mut) {
        let absent =
            |one: &Value| draft.absent.iter().any(|amenity| one.get("id") == Some(&amenity.word().into()));
        list.retain(|one| !absent(one));
    }
    let after = Value::Object(after);
    let mut changes = Vec::new();
    differences(before, &after, "", &mut changes);
    (after, changes)
}

/// Puts a value, unless it says the same: a text in Chinese alone does not take the English away from the same text.
fn put(fields: &mut Map<String, Value>, key: &str, value: &Value) {
    let same = fields.get(key).is_some_and(|known| {
        known == value || (value.is_string() && known.get("zh") == Some(value)) || close(known, value)
    });
    if !same {
        fields.insert(key.to_owned(), value.clone());
    }
}

/// Whether two numbers are the same to what is written of degrees.
fn close(a: &Value, b: &Value) -> bool {
    a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 1.5e-7)
}

/// Every field that differs, by its path.
fn differences(before: &Value, after: &Value, path: &str, out: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(one), Value::Object(other)) if path.is_empty() || path == "location" => {
            for key in other.keys() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                differences(one.get(key).unwrap_or(&Value::Null), &other[key], &path, out);
            }
        }
        _ => out.push(Change { path: path.to_owned(), before: before.clone(), after: after.clone() }),
    }
}

/// With the day it changed, unless the sheet says that itself.
fn dated(station: Value, draft: &Draft, day: Date) -> Value {
    let Value::Object(mut station) = station else { return station };
    if !draft.fields.contains_key("updated_at") {
        station.insert("updated_at".into(), day.to_string().into());
    }
    Value::Object(station)
}

/// A station as the data's rules have it, or the first rule it breaks and where.
pub(crate) fn understand(station: &Value) -> Result<Station, (String, Problem)> {
    let dto: StationDto = serde_json::from_value(station.clone())
        .map_err(|error| (String::new(), Problem::WrongType(error.to_string())))?;
    let file = StationsDto { schema: Some(domain::SCHEMA), dataset: None, stations: Some(vec![dto]) };
    let reading = read_stations(file);
    match reading.findings.into_iter().find(|finding| finding.path.starts_with("stations[")) {
        Some(own) => {
            let path = own.path.trim_start_matches("stations[0]").trim_start_matches('.').to_owned();
            Err((path, own.problem))
        }
        None => reading.stations.into_iter().next().ok_or((String::new(), Problem::Missing)),
    }
}

fn refuse(draft: &Draft, header: &str, why: Why) -> Refused {
    Refused {
        at: draft.at.clone(),
        header: header.to_owned(),
        value: String::new(),
        why,
        cells: draft.cells.clone(),
    }
}
