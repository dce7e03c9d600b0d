//! One row: its cells, field by field, into a part of a station.

use domain::amenity::Amenity;
use domain::hours::Hours;
use domain::station::{Role, StationId};
use serde_json::{Map, Value, json};

use super::amenities::{self, Said};
use super::draft::{Draft, Header, Note, Place, Refused, Why};
use super::field::Field;
use super::place::{self, Degrees};
use super::raw;
use super::value;
use crate::sheet::Row;
use crate::words;

/// A row before its datum is known.
pub(super) struct Half {
    pub(super) draft: Draft,
    pub(super) point: Option<Degrees>,
}

/// A row while it is read.
pub(super) struct Reader<'a> {
    header: &'a Header,
    row: &'a Row,
    at: Place,
    notes: &'a mut Vec<Note>,
    /// Cells that say the same as the raw data beside them, which say it better.
    from_raw: Vec<Field>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(header: &'a Header, row: &'a Row, notes: &'a mut Vec<Note>) -> Self {
        let at = Place { row: row.number, column: None, ..header.at.clone() };
        Self { header, row, at, notes, from_raw: Vec::new() }
    }

    /// The row as a draft, or why it is none.
    pub(super) fn read(mut self) -> Result<Half, Box<Refused>> {
        let mut fields = Map::new();
        let raw = self.cell(Field::Raw);
        let whole = raw.is_some();
        if let Some(cell) = raw {
            fields = raw::parse(&cell).ok_or_else(|| self.refuse(Field::Raw, Why::BadRaw))?;
            let told = |field: &Field| raw::view(*field, &fields);
            let same = |field: &Field| told(field).is_some_and(|told| told == self.own(*field));
            self.from_raw = self.header.fields.iter().flatten().copied().filter(same).collect();
        }
        let id = match self.own(Field::Id).as_str() {
            "" => None,
            id => Some(StationId::new(id).ok_or_else(|| self.refuse(Field::Id, Why::BadId))?),
        };
        let name = self.own(Field::Name);
        if name.is_empty() {
            return Err(self.refuse(Field::Name, Why::NoName));
        }
        self.two_languages(&mut fields, "name", Field::Name, Field::NameEn);
        self.word(&mut fields, "kind", Field::Kind, |cell| {
            value::kind(cell).map(domain::station::Kind::word)
        });
        self.word(&mut fields, "access", Field::Access, |cell| {
            value::access(cell).map(domain::station::Access::word)
        });
        if let Some(hours) = self.cell(Field::Hours) {
            if Hours::parse(&hours).is_err() {
                self.note(Field::Hours, |at| Note::Hours(at, hours.clone()));
            }
            fields.insert("hours".into(), hours.into());
        }
        let mut location = self.location(&fields);
        let point = self.point()?;
        if !location.is_empty() {
            if let Some(Value::Object(known)) = fields.remove("location") {
                location = known.into_iter().chain(location).collect();
            }
            fields.insert("location".into(), Value::Object(location));
        }
        let absent = self.amenities(&mut fields);
        self.contacts(&mut fields);
        if let Some(notice) = self.cell(Field::Notice) {
            add_notice(&mut fields, &notice);
        }
        for (key, field) in [("verified_at", Field::Verified), ("updated_at", Field::Updated)] {
            if let Some(cell) = self.cell(field) {
                match value::date(&cell) {
                    Some(date) => drop(fields.insert(key.into(), date.to_string().into())),
                    None => self.note(field, |at| Note::BadDate(at, cell.clone())),
                }
            }
        }
        if let Some(source) = self.cell(Field::Source) {
            fields.insert("source".into(), source.into());
        }
        let updated = fields.get("updated_at").and_then(Value::as_str).and_then(domain::time::Date::parse);
        let mut defaults = Map::new();
        let kind = value::kind_in(&name).unwrap_or(domain::station::Kind::Other);
        defaults.insert("kind".into(), kind.word().into());
        let cells = self.row.cells.clone();
        Ok(Half { draft: Draft { at: self.at, id, fields, defaults, absent, whole, updated, cells }, point })
    }

    fn column(&self, field: Field) -> Option<usize> {
        self.header.fields.iter().position(|one| *one == Some(field))
    }

    /// A cell, trimmed and without invisible characters; empty where there is none.
    fn own(&self, field: Field) -> String {
        let cell = self.column(field).and_then(|column| self.row.cells.get(column));
        cell.map(|cell| clean(cell)).unwrap_or_default()
    }

    /// What a cell says that the raw data does not, if anything.
    fn cell(&mut self, field: Field) -> Option<String> {
        let cell = self.own(field);
        if cell.is_empty() || self.from_raw.contains(&field) {
            return None;
        }
        let written = self.column(field).and_then(|column| self.row.cells.get(column));
        if written.is_some_and(|written| written.trim() != cell) {
            self.note(field, |at| Note::Cleaned(at, cell.clone()));
        }
        Some(cell)
    }

    fn place(&self, field: Field) -> Place {
        Place { column: self.column(field), ..self.at.clone() }
    }

    fn note(&mut self, field: Field, note: impl FnOnce(Place) -> Note) {
        let note = note(self.place(field));
        self.notes.push(note);
    }

    fn refuse(&self, field: Field, why: Why) -> Box<Refused> {
        let at = self.place(field);
        let of = |list: &[String]| at.column.and_then(|column| list.get(column)).cloned().unwrap_or_default();
        Box::new(Refused {
            header: of(&self.header.words),
            value: of(&self.row.cells),
            why,
            cells: self.row.cells.clone(),
            at,
        })
    }

    fn word(
        &mut self,
        fields: &mut Map<String, Value>,
        key: &str,
        field: Field,
        read: fn(&str) -> Option<&'static str>,
    ) {
        if let Some(cell) = self.cell(field) {
            match read(&cell) {
                Some(word) => drop(fields.insert(key.into(), word.into())),
                None => self.note(field, |at| Note::Word(at, field, cell.clone())),
            }
        }
    }

    fn two_languages(&mut self, fields: &mut Map<String, Value>, key: &str, zh: Field, en: Field) {
        let (written, english) = (self.cell(zh), self.cell(en));
        if written.is_none() && english.is_none() {
            return;
        }
        let english = english.or_else(|| Some(self.own(en)));
        fields.insert(key.into(), value::text(&self.own(zh), english.as_deref()));
    }

    /// City, district, address and directions.
    fn location(&mut self, known: &Map<String, Value>) -> Map<String, Value> {
        let mut location = Map::new();
        let from_raw = known.contains_key("location");
        let address = self.own(Field::Address);
        let (mut city, mut district) = (self.cell(Field::City), self.cell(Field::District));
        // A district's cell often has the city before it.
        if let Some(both) = &district
            && let (Some(first), Some(second)) = place::area(both)
        {
            city = city.or(Some(first));
            district = Some(second);
        }
        if !from_raw && (city.is_none() || district.is_none()) {
            let (first, second) = place::area(&address);
            for (part, found) in [(&mut city, first), (&mut district, second)] {
                if part.is_none()
                    && let Some(found) = found
                {
                    self.note(Field::Address, |at| Note::Area(at, found.clone()));
                    *part = Some(found);
                }
            }
        }
        let parts = [("city", city), ("district", district), ("directions", self.cell(Field::Directions))];
        for (key, part) in parts {
            if let Some(part) = part {
                location.insert(key.into(), part.into());
            }
        }
        self.two_languages(&mut location, "address", Field::Address, Field::AddressEn);
        location
    }

    /// The two numbers, whatever columns they are in.
    fn point(&mut self) -> Result<Option<Degrees>, Box<Refused>> {
        let (lng, lat) = (self.cell(Field::Lng), self.cell(Field::Lat));
        let bad = |field| self.refuse(field, Why::BadPoint);
        let point = match (lng, lat) {
            (Some(lng), Some(lat)) => {
                let lng = place::degrees(&lng).ok_or_else(|| bad(Field::Lng))?;
                let lat = place::degrees(&lat).ok_or_else(|| bad(Field::Lat))?;
                Degrees { lng, lat }
            }
            (None, Some(_)) if !self.from_raw.contains(&Field::Lng) => {
                return Err(self.refuse(Field::Lng, Why::HalfPoint));
            }
            (Some(_), None) if !self.from_raw.contains(&Field::Lat) => {
                return Err(self.refuse(Field::Lat, Why::HalfPoint));
            }
            (Some(_), None) | (None, Some(_)) => {
                // One was edited, the other still says what the raw data does.
                let lng = place::degrees(&self.own(Field::Lng)).ok_or_else(|| bad(Field::Lng))?;
                let lat = place::degrees(&self.own(Field::Lat)).ok_or_else(|| bad(Field::Lat))?;
                Degrees { lng, lat }
            }
            (None, None) => match self.cell(Field::Point) {
                Some(cell) => place::point(&cell).ok_or_else(|| self.refuse(Field::Point, Why::BadPoint))?,
                None => return Ok(None),
            },
        };
        Ok(Some(point))
    }

    /// Amenities from their own columns and from the text; those that are said not to be there.
    fn amenities(&mut self, fields: &mut Map<String, Value>) -> Vec<Amenity> {
        let mut said: Vec<(Amenity, Said)> = Vec::new();
        if let Some(cell) = self.cell(Field::Amenities) {
            let (found, unknown) = amenities::read_text(&cell);
            said = found;
            if !unknown.is_empty() {
                add_notice(fields, &format!("另有：{}", unknown.join("、")));
                self.note(Field::Amenities, |at| Note::Amenities(at, unknown));
            }
        }
        for &amenity in Amenity::ALL {
            let field = Field::Amenity(amenity);
            if let Some(cell) = self.cell(field) {
                match amenities::read_cell(&cell) {
                    Some(word) => {
                        said.retain(|(one, _)| *one != amenity);
                        said.push((amenity, word));
                    }
                    None => self.note(field, |at| Note::Word(at, field, cell.clone())),
                }
            }
        }
        said.sort_by_key(|(amenity, _)| *amenity);
        let there = said.iter().filter_map(|(amenity, said)| match said {
            Said::There(state) => Some(json!({ "id": amenity.word(), "state": state.word() })),
            Said::Absent => None,
        });
        let there: Vec<Value> = there.collect();
        if !there.is_empty() {
            merge_list(fields, "amenities", "id", there);
        }
        said.iter().filter(|(_, said)| *said == Said::Absent).map(|(amenity, _)| *amenity).collect()
    }

    fn contacts(&mut self, fields: &mut Map<String, Value>) {
        for role in [Role::Host, Role::PartyBranch] {
            let parts = [
                ("organisation", Field::Organisation(role)),
                ("person", Field::Person(role)),
                ("phone", Field::Phone(role)),
            ];
            let parts: Vec<(&str, String)> =
                parts.into_iter().filter_map(|(key, field)| Some((key, self.cell(field)?))).collect();
            if parts.is_empty() {
                continue;
            }
            let mut contact = Map::new();
            contact.insert("role".into(), role.word().into());
            contact.extend(parts.into_iter().map(|(key, part)| (key.to_owned(), part.into())));
            merge_list(fields, "contacts", "role", vec![Value::Object(contact)]);
        }
    }
}

/// Puts entries into a list, into those that are there with the same `key`.
pub(super) fn merge_list(fields: &mut Map<String, Value>, list: &str, key: &str, entries: Vec<Value>) {
    let there = fields.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    if !there.is_array() {
        *there = Value::Array(Vec::new());
    }
    let Some(there) = there.as_array_mut() else { return };
    for entry in entries {
        let same = there.iter_mut().find(|one| one.get(key) == entry.get(key));
        match (same.and_then(Value::as_object_mut), entry) {
            (Some(known), Value::Object(entry)) => known.extend(entry),
            (_, entry) => there.push(entry),
        }
    }
}

/// Adds a notice, unless it is there.
fn add_notice(fields: &mut Map<String, Value>, text: &str) {
    merge_list(fields, "notices", "text", vec![json!({ "kind": "info", "text": text })]);
}

/// A cell without invisible characters and spaces at its ends; a line break becomes a space.
fn clean(cell: &str) -> String {
    let kept = cell.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    kept.filter(|c| !words::is_hidden(*c)).collect::<String>().trim().to_owned()
}
