//! The column that `staff export` adds for what no other column holds: the station as `stations.json` has it.
//!
//! Beside it the other columns say the same in words, for people. Where a cell still says what the raw data says, the
//! raw data counts, which has more; where somebody edited the cell, the cell does.

use domain::amenity::Amenity;
use domain::station::Role;
use serde_json::{Map, Value};

use super::field::Field;
use crate::words;

/// The station in a cell, without its id, which has a column of its own.
pub(super) fn parse(cell: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(cell).ok()? {
        Value::Object(mut station) => {
            station.remove("id");
            Some(station)
        }
        _ => None,
    }
}

/// What `staff export` writes into a column for a station; none for a column that it does not write.
pub fn view(field: Field, station: &Map<String, Value>) -> Option<String> {
    let location = || station.get("location");
    let plain = |value: Option<&Value>| match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let zh = |value: Option<&Value>| match value {
        Some(Value::Object(both)) => plain(both.get("zh")),
        other => plain(other),
    };
    let en = |value: Option<&Value>| plain(value.and_then(|value| value.get("en")));
    let part = |key: &str| location().and_then(|location| location.get(key));
    let contact = |role: Role, key: &str| {
        let contacts = station.get("contacts").and_then(Value::as_array);
        let one = contacts.into_iter().flatten().find(|one| one.get("role") == Some(&role.word().into()));
        zh(one.and_then(|one| one.get(key)))
    };
    let text = match field {
        Field::Id => plain(station.get("id")),
        Field::Name => zh(station.get("name")),
        Field::NameEn => en(station.get("name")),
        Field::Kind => plain(station.get("kind")),
        Field::City => plain(part("city")),
        Field::District => plain(part("district")),
        Field::Address => zh(part("address")),
        Field::AddressEn => en(part("address")),
        Field::Directions => zh(part("directions")),
        Field::Lng => plain(part("lng")),
        Field::Lat => plain(part("lat")),
        Field::Hours => plain(station.get("hours")),
        Field::Access => plain(station.get("access")),
        Field::Amenity(amenity) => state(station, amenity).to_owned(),
        Field::Organisation(role) => contact(role, "organisation"),
        Field::Person(role) => contact(role, "person"),
        Field::Phone(role) => contact(role, "phone"),
        Field::Verified => plain(station.get("verified_at")),
        Field::Updated => plain(station.get("updated_at")),
        Field::Source => plain(station.get("source")),
        Field::Point | Field::Amenities | Field::Notice | Field::Raw | Field::Nothing => return None,
    };
    // As a cell is read.
    Some(text.chars().filter(|c| !words::is_hidden(*c)).collect::<String>().trim().to_owned())
}

/// What is said of an amenity, as one word.
fn state(station: &Map<String, Value>, amenity: Amenity) -> &'static str {
    let list = station.get("amenities").and_then(Value::as_array);
    let one = list.into_iter().flatten().find(|one| one.get("id") == Some(&amenity.word().into()));
    match one.and_then(|one| one.get("state")).and_then(Value::as_str) {
        Some("ok") => "有",
        Some("out") => "故障",
        Some("unknown") => "不确定",
        _ => "",
    }
}
