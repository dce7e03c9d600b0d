//! A station of the list as a record that changes are merged into: its JSON is edited where a change says so and nowhere
//! else, so that keys nobody here knows, the order of keys, and the way things are written survive.

use domain::finding::Problem;
use domain::patch::{Current, Field, Patch, Record, Value};
use domain::station::Station;
use domain::time::{Date, LocalDateTime};
use serde_json::{Map, Value as Json};

use super::undo::{Edit, NoList, Piece};
use super::written::{entry, text};
use crate::import::{LOCATION, ORDER, understand};

/// A station of the list while it is changed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the list.
    at: usize,
    /// As it stands in the list; none once it was removed.
    json: Option<Map<String, Json>>,
    /// As it is understood.
    station: Option<Station>,
    /// Which change comes, by its number.
    number: usize,
    /// What was there before each edit, with the number of its change and its field, in their order.
    pieces: Vec<(usize, Option<Field>, Piece)>,
}

/// The list of a station that a field is an entry of.
pub(super) const fn list_of(field: &Field) -> Option<&'static str> {
    match field {
        Field::Amenity(_) | Field::AmenityState(_) | Field::AmenityNote(_) => Some("amenities"),
        Field::Notice(_) => Some("notices"),
        Field::Event(..) => Some("events"),
        Field::Contact(..) => Some("contacts"),
        _ => None,
    }
}

/// Whether an entry of a list, as written, is the one that a field names.
pub(super) fn is_entry(field: &Field, entry: &Json) -> bool {
    let zh = |key: &str| {
        let text = entry.get(key)?;
        text.as_str().or_else(|| text.get("zh")?.as_str())
    };
    match field {
        Field::Amenity(one) | Field::AmenityState(one) | Field::AmenityNote(one) => {
            zh("id") == Some(one.word())
        }
        Field::Notice(text) => zh("text") == Some(text),
        Field::Event(title, starts) => {
            let moment =
                |text| Date::parse(text).map(LocalDateTime::midnight).or_else(|| LocalDateTime::parse(text));
            zh("title") == Some(title) && zh("starts").and_then(moment) == Some(*starts)
        }
        Field::Contact(role, organisation, person) => {
            zh("role") == Some(role.word())
                && zh("organisation") == organisation.as_deref()
                && zh("person") == person.as_deref()
        }
        _ => false,
    }
}

/// Puts a value where its key stands; a new key comes before the first that stands after it in `order`, so that it does
/// not matter which of two new keys comes first. A null is written only over something.
pub(super) fn lay(fields: &mut Map<String, Json>, order: &[&str], key: &str, value: Json) {
    if fields.contains_key(key) || value.is_null() {
        if let Some(place) = fields.get_mut(key) {
            *place = value;
        }
        return;
    }
    let rank = |key: &str| order.iter().position(|one| *one == key);
    let own = rank(key);
    let at = fields.keys().position(|other| rank(other) > own && own.is_some());
    fields.shift_insert(at.unwrap_or(fields.len()), key.to_owned(), value);
}

impl Entry {
    /// The station at a place of the list, or the first rule that it breaks already.
    pub fn new(at: usize, json: &Json) -> Result<Self, (String, Problem)> {
        let station = understand(json)?;
        Ok(Self {
            at,
            json: json.as_object().cloned(),
            station: Some(station),
            number: 0,
            pieces: Vec::new(),
        })
    }

    /// As it is understood; none once it was removed.
    pub const fn station(&self) -> Option<&Station> {
        self.station.as_ref()
    }

    /// As it stands in the list; none once it was removed.
    pub fn json(&self) -> Option<Json> {
        self.json.clone().map(Json::Object)
    }

    /// Notes that what is put from now on is of this change.
    pub fn begin(&mut self, number: usize) {
        self.number = number;
    }

    /// Whether a change put anything.
    pub fn is_touched_by(&self, number: usize) -> bool {
        self.pieces.iter().any(|(of, ..)| *of == number)
    }

    /// What it takes to take a change back.
    pub fn edits_of(&self, number: usize, patch: &Patch) -> Vec<Edit> {
        let own = self.pieces.iter().filter(|(of, ..)| *of == number);
        own.map(|(_, field, piece)| {
            let op = patch.ops().iter().position(|op| Some(&op.field) == field.as_ref());
            Edit { op, piece: piece.clone() }
        })
        .collect()
    }

    /// Notes the day of the change that came last, unless the list knows a later one.
    pub fn date(&mut self, day: Date) {
        let Some((station, fields)) = self.station.as_mut().zip(self.json.as_mut()) else { return };
        if station.updated_at.is_none_or(|known| known < day) {
            let was = fields.get("updated_at").cloned();
            lay(fields, &ORDER, "updated_at", day.to_string().into());
            station.updated_at = Some(day);
            self.pieces.push((self.number, None, Piece::Dated { was, set: day.to_string() }));
        }
    }

    /// Whether the JSON still says what the program thinks it says.
    pub fn is_sound(&self) -> bool {
        match (self.json(), &self.station) {
            (None, None) => true,
            (Some(json), Some(station)) => understand(&json).as_ref() == Ok(station),
            _ => false,
        }
    }

    fn edit(&mut self, field: &Field, value: Option<&Value>) {
        let Some(fields) = &mut self.json else { return };
        let mut note = |piece| self.pieces.push((self.number, Some(field.clone()), piece));
        match field {
            Field::Station => {
                note(Piece::Removed { at: self.at, was: Json::Object(fields.clone()) });
                self.json = None;
            }
            Field::Name | Field::Hours | Field::Access => {
                let key = key(field);
                note(Piece::Key { object: None, key: key.into(), was: fields.get(key).cloned() });
                let value = plain(fields.get(key), value);
                lay(fields, &ORDER, key, value);
            }
            Field::Address | Field::Directions | Field::Position => {
                let Some(location) = fields.get_mut("location").and_then(Json::as_object_mut) else { return };
                let values = match (field, value) {
                    (Field::Position, Some(Value::Position(at))) => {
                        vec![("lat", at.lat().into()), ("lng", at.lng().into())]
                    }
                    (Field::Position, _) => vec![("lat", Json::Null), ("lng", Json::Null)],
                    _ => vec![(key(field), plain(location.get(key(field)), value))],
                };
                for (key, value) in values {
                    let was = location.get(key).cloned();
                    note(Piece::Key { object: Some("location".into()), key: key.into(), was });
                    lay(location, &LOCATION, key, value);
                }
            }
            Field::AmenityState(_) | Field::AmenityNote(_) => {
                let entries = fields.get_mut("amenities").and_then(Json::as_array_mut);
                let found = entries.and_then(|all| all.iter_mut().find(|one| is_entry(field, one)));
                let Some(found) = found.and_then(Json::as_object_mut) else { return };
                let key = key(field);
                note(Piece::Inner { key: key.into(), was: found.get(key).cloned() });
                let value = plain(found.get(key), value);
                lay(found, &["id", "state", "note", "access"], key, value);
            }
            Field::Amenity(_) | Field::Notice(_) | Field::Event(..) | Field::Contact(..) => {
                let before = match self.station.current(field) {
                    Current::Is(before) => before,
                    Current::Gone | Current::Several => None,
                };
                if let Some(piece) = edit_list(fields, field, before.as_ref(), value) {
                    note(piece);
                }
            }
        }
    }
}

/// Changes, adds or takes away the entry of a list that a field names; what was there before.
fn edit_list(
    fields: &mut Map<String, Json>,
    field: &Field,
    before: Option<&Value>,
    value: Option<&Value>,
) -> Option<Piece> {
    let list = list_of(field)?;
    let no_list = match fields.get(list) {
        Some(Json::Array(_)) => None,
        Some(_) => Some(NoList::Null),
        None => Some(NoList::Missing),
    };
    if no_list.is_some() {
        lay(fields, &ORDER, list, Json::Array(Vec::new()));
    }
    let entries = fields.get_mut(list)?.as_array_mut()?;
    let at = entries.iter().position(|one| is_entry(field, one));
    match (at, value) {
        (Some(at), Some(value)) => {
            let was = entries[at].clone();
            let known = entries[at].as_object_mut()?;
            entry(known, before, value);
            Some(Piece::Changed { was })
        }
        (Some(at), None) => Some(Piece::Gone { at, was: entries.remove(at) }),
        (None, Some(value)) => {
            let mut new = Map::new();
            entry(&mut new, None, value);
            entries.push(Json::Object(new));
            Some(Piece::Added { no_list })
        }
        (None, None) => None,
    }
}

/// The key that holds a field, in the station or in the entry.
fn key(field: &Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Hours => "hours",
        Field::Access => "access",
        Field::Address => "address",
        Field::Directions => "directions",
        Field::AmenityState(_) => "state",
        Field::AmenityNote(_) => "note",
        _ => "",
    }
}

/// A value of one key, written over what stands there.
fn plain(known: Option<&Json>, value: Option<&Value>) -> Json {
    match value {
        Some(Value::Text(value)) => text(known, value),
        Some(Value::Hours(value)) => value.as_str().into(),
        Some(Value::Access(value)) => value.word().into(),
        Some(Value::State(value)) => value.word().into(),
        _ => Json::Null,
    }
}

impl Record for Entry {
    fn current(&self, field: &Field) -> Current {
        self.station.current(field)
    }

    fn put(&mut self, field: &Field, value: Option<&Value>) {
        self.edit(field, value);
        self.station.put(field, value);
    }
}
