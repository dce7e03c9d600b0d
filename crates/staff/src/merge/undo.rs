//! What it takes to take a change back to the byte: beside each field's value, which the change holds, the way it was written.

use domain::patch::{Current, Patch, Record as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::entry::{is_entry, list_of};
use crate::import::understand;

/// What one edit put something else for. A value that is missing here was missing there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// A key of the station, or of an object in it.
    Key {
        /// The object; none for the station itself.
        object: Option<String>,
        /// The key.
        key: String,
        /// Its value.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "present")]
        was: Option<Json>,
    },
    /// A key of the entry that the field names.
    Inner {
        /// The key.
        key: String,
        /// Its value.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "present")]
        was: Option<Json>,
    },
    /// The entry that the field names, changed.
    Changed {
        /// The entry.
        was: Json,
    },
    /// The entry that the field names, taken away.
    Gone {
        /// Its place in the list.
        at: usize,
        /// The entry.
        was: Json,
    },
    /// The entry that the field names, added.
    Added {
        /// What stood in the place of the list, if there was none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        no_list: Option<NoList>,
    },
    /// The day of the last change.
    Dated {
        /// The day before.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "present")]
        was: Option<Json>,
        /// The day it became.
        set: String,
    },
    /// The whole station, removed.
    Removed {
        /// Its place in the list.
        at: usize,
        /// The station.
        was: Json,
    },
}

/// How a list is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoList {
    /// Without its key.
    Missing,
    /// With a null.
    Null,
}

/// Serde takes null for nothing; here null is a value and nothing is a missing key.
mod present {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    #[expect(clippy::ref_option, reason = "serde's own signature")]
    pub(super) fn serialize<S: Serializer>(value: &Option<Value>, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
        Value::deserialize(from).map(Some)
    }
}

/// One field's edit, or the day's, with the number of the field in its change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Which field of the change; none for the day.
    pub op: Option<usize>,
    /// What was there.
    pub piece: Piece,
}

/// Why a change cannot be taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum Stuck {
    /// A field has changed again since; by its number in the change.
    Changed(usize),
    /// The station is not as it was left: gone, there again, or broken.
    Station,
}

/// Takes a change back, all of it or nothing. `station` is none where the change removed it.
pub fn take_back(station: Option<&Json>, patch: &Patch, edits: &[Edit]) -> Result<Json, Stuck> {
    let removed = edits.iter().find_map(|edit| match &edit.piece {
        Piece::Removed { was, .. } => Some(was),
        _ => None,
    });
    let station = match (station, removed) {
        (None, Some(was)) => return Ok(was.clone()),
        (Some(station), None) => station,
        _ => return Err(Stuck::Station),
    };
    let now = Some(understand(station).map_err(|_| Stuck::Station)?);
    for op in edits.iter().filter_map(|edit| edit.op) {
        let Some(own) = patch.ops().get(op) else { return Err(Stuck::Changed(op)) };
        if now.current(&own.field) != Current::Is(own.after.clone()) {
            return Err(Stuck::Changed(op));
        }
    }
    let mut fields = station.as_object().cloned().ok_or(Stuck::Station)?;
    for edit in edits.iter().rev() {
        restore(&mut fields, patch, edit).ok_or_else(|| edit.op.map_or(Stuck::Station, Stuck::Changed))?;
    }
    let json = Json::Object(fields);
    understand(&json).map_err(|_| Stuck::Station)?;
    Ok(json)
}

fn restore(fields: &mut Map<String, Json>, patch: &Patch, edit: &Edit) -> Option<()> {
    let field = edit.op.and_then(|op| patch.ops().get(op)).map(|op| &op.field);
    match &edit.piece {
        Piece::Key { object: None, key, was } => set(fields, key, was.as_ref()),
        Piece::Key { object: Some(object), key, was } => {
            set(fields.get_mut(object)?.as_object_mut()?, key, was.as_ref());
        }
        Piece::Dated { was, set: day } => {
            if fields.get("updated_at").and_then(Json::as_str) == Some(day) {
                set(fields, "updated_at", was.as_ref());
            }
        }
        Piece::Removed { .. } => return None,
        Piece::Inner { key, was } => {
            let (field, list) = (field?, list_of(field?)?);
            let entries = fields.get_mut(list)?.as_array_mut()?;
            let entry = entries.iter_mut().find(|one| is_entry(field, one))?;
            set(entry.as_object_mut()?, key, was.as_ref());
        }
        Piece::Changed { was } => {
            let (field, list) = (field?, list_of(field?)?);
            let entries = fields.get_mut(list)?.as_array_mut()?;
            *entries.iter_mut().find(|one| is_entry(field, one))? = was.clone();
        }
        Piece::Gone { at, was } => {
            let entries = fields.get_mut(list_of(field?)?)?.as_array_mut()?;
            entries.insert((*at).min(entries.len()), was.clone());
        }
        Piece::Added { no_list } => {
            let (field, list) = (field?, list_of(field?)?);
            let entries = fields.get_mut(list)?.as_array_mut()?;
            let at = entries.iter().position(|one| is_entry(field, one))?;
            entries.remove(at);
            if let Some(was) = no_list
                && entries.is_empty()
            {
                set(fields, list, (*was == NoList::Null).then_some(&Json::Null));
            }
        }
    }
    Some(())
}

fn set(fields: &mut Map<String, Json>, key: &str, was: Option<&Json>) {
    match was {
        Some(was) => drop(fields.insert(key.to_owned(), was.clone())),
        None => drop(fields.shift_remove(key)),
    }
}
