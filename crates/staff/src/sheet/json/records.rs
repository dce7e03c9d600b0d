//! The objects of a list, one after the other.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use serde_json::Value;

use super::node::Node;
use crate::sheet::{Format, SheetError};

/// One object, or one feature.
pub(super) struct Record {
    /// Its properties as written.
    pub(super) properties: Vec<(String, Node)>,
    /// A feature's point, east and north as written; none for other shapes and where there is none.
    pub(super) point: Option<[String; 2]>,
}

type Take<'a> = &'a mut dyn FnMut(Record) -> Result<(), SheetError>;

/// Hands every record of `text` to `take`, and says which of the two forms it is.
pub(super) fn walk(text: &str, take: Take<'_>) -> Result<Format, SheetError> {
    let mut failed = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let found = Top { take, failed: &mut failed }
        .deserialize(&mut deserializer)
        .and_then(|format| deserializer.end().map(|()| format));
    match (failed, found) {
        (Some(error), _) => Err(error),
        (None, Ok(Some(format))) => Ok(format),
        (None, Ok(None)) => Err(SheetError::NotRecords { item: None }),
        (None, Err(error)) => {
            let said = error.to_string();
            let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said).to_owned();
            Err(SheetError::Json { line: error.line() as u64, column: error.column() as u64, said })
        }
    }
}

/// The whole file: a list of objects, or an object with `features` or `stations`.
struct Top<'a, 'b> {
    take: Take<'a>,
    failed: &'b mut Option<SheetError>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = Option<Format>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = Option<Format>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects or a FeatureCollection")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        each(seq, Entries::Objects, self.take, self.failed)?;
        Ok(Some(Format::Json))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            let entries = match key.as_str() {
                "features" => Some((Entries::Features, Format::GeoJson)),
                "stations" => Some((Entries::Stations, Format::Json)),
                _ => None,
            };
            if let (Some((entries, format)), None) = (entries, found) {
                map.next_value_seed(List { entries, take: &mut *self.take, failed: &mut *self.failed })?;
                found = Some(format);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// What a list is of.
#[derive(Clone, Copy)]
enum Entries {
    /// Objects, whose keys are the columns.
    Objects,
    /// Features of `GeoJSON`.
    Features,
    /// Stations as `stations.json` has them, which become the columns of an export.
    Stations,
}

/// A list inside an object.
struct List<'a, 'b> {
    entries: Entries,
    take: Take<'a>,
    failed: &'b mut Option<SheetError>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        each(seq, self.entries, self.take, self.failed)
    }
}

fn each<'de, A: SeqAccess<'de>>(
    mut seq: A,
    entries: Entries,
    take: Take<'_>,
    failed: &mut Option<SheetError>,
) -> Result<(), A::Error> {
    let mut item = 0;
    loop {
        let record = match entries {
            Entries::Objects => seq.next_element::<Node>()?.map(object),
            Entries::Features => seq.next_element::<Node>()?.map(feature),
            Entries::Stations => seq.next_element::<Value>()?.as_ref().map(station),
        };
        let Some(record) = record else { return Ok(()) };
        item += 1;
        let taken = record.ok_or(SheetError::NotRecords { item: Some(item) }).and_then(&mut *take);
        if let Err(error) = taken {
            // Through serde's own error there would only come its words.
            *failed = Some(error);
            return Err(A::Error::custom("stopped"));
        }
    }
}

/// A station as a record of an export.
fn station(station: &Value) -> Option<Record> {
    let cells = crate::export::record(station.as_object()?);
    let properties = cells.into_iter().map(|(header, cell)| (header, Node::Text(cell))).collect();
    Some(Record { properties, point: None })
}

fn object(node: Node) -> Option<Record> {
    match node {
        Node::Object(properties) => Some(Record { properties, point: None }),
        _ => None,
    }
}

/// A feature: its properties, its id where they have none, and its point.
fn feature(node: Node) -> Option<Record> {
    let Node::Object(entries) = node else { return None };
    let (mut id, mut geometry, mut properties) = (None, None, Vec::new());
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("id", value) => id = Some(value),
            ("geometry", value) => geometry = Some(value),
            ("properties", Node::Object(entries)) => properties = entries,
            ("properties", Node::Null) => {}
            ("properties", _) => return None,
            _ => {}
        }
    }
    if let Some(id) = id
        && !properties.iter().any(|(key, _)| key == "id")
    {
        properties.insert(0, ("id".to_owned(), id));
    }
    Some(Record { properties, point: geometry.as_ref().and_then(point) })
}

fn point(geometry: &Node) -> Option<[String; 2]> {
    match (geometry.get("type"), geometry.get("coordinates")) {
        (Some(Node::Text(kind)), Some(Node::List(parts))) if kind == "Point" => match parts.as_slice() {
            [lng, lat, ..] => Some([lng.text(), lat.text()]),
            _ => None,
        },
        _ => None,
    }
}
