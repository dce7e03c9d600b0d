//! The list of stations as a table or as points, for other programs and for people.
//!
//! The columns say what people read and edit; the last one, 原始数据, holds the station as `stations.json` has it, so that
//! importing what was exported gives the same list again (see `import::raw`).

use domain::amenity::Amenity;
use domain::station::Role;
use serde_json::{Map, Value, json};

use crate::import::{Field, raw};
use crate::sheet::{Row, Table};

/// The columns, in the order people read them.
fn columns() -> Vec<Field> {
    let mut columns = vec![
        Field::Id,
        Field::Name,
        Field::NameEn,
        Field::Kind,
        Field::City,
        Field::District,
        Field::Address,
        Field::AddressEn,
        Field::Directions,
        Field::Lng,
        Field::Lat,
        Field::Hours,
        Field::Access,
    ];
    for role in [Role::Host, Role::PartyBranch] {
        columns.extend([Field::Organisation(role), Field::Person(role), Field::Phone(role)]);
    }
    columns.extend(Amenity::ALL.iter().map(|&amenity| Field::Amenity(amenity)));
    columns.extend([Field::Verified, Field::Updated, Field::Source, Field::Raw]);
    columns
}

/// What a column says of a station.
fn cell(field: Field, station: &Map<String, Value>) -> String {
    if field == Field::Raw {
        return Value::Object(station.clone()).to_string();
    }
    raw::view(field, station).unwrap_or_default()
}

fn stations(list: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    list.get("stations").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A station as the columns of an export, each with its header.
pub(crate) fn record(station: &Map<String, Value>) -> Vec<(String, String)> {
    columns().into_iter().map(|field| (field.header().to_owned(), cell(field, station))).collect()
}

/// The stations of a list, the value of a whole `stations.json`, as a table.
pub fn table(list: &Value) -> Table {
    let columns = columns();
    let header = columns.iter().map(|field| field.header().to_owned()).collect();
    let mut rows = vec![Row { number: 1, cells: header }];
    for (number, station) in (2..).zip(stations(list)) {
        rows.push(Row { number, cells: columns.iter().map(|field| cell(*field, station)).collect() });
    }
    Table { name: "驿站".to_owned(), rows }
}

/// The stations as a `FeatureCollection` (RFC 7946): those without a position with a null geometry.
pub fn geojson(list: &Value) -> Value {
    let columns = columns();
    let feature = |station: &Map<String, Value>| {
        let location = station.get("location");
        let degrees = |key: &str| location.and_then(|location| location.get(key)).and_then(Value::as_f64);
        let geometry = match (degrees("lng"), degrees("lat")) {
            (Some(lng), Some(lat)) => json!({ "type": "Point", "coordinates": [lng, lat] }),
            _ => Value::Null,
        };
        let place = |field: &&Field| !matches!(field, Field::Lng | Field::Lat);
        let properties: Map<String, Value> = columns
            .iter()
            .filter(place)
            .map(|field| (field.header().to_owned(), cell(*field, station).into()))
            .collect();
        json!({ "type": "Feature", "geometry": geometry, "properties": properties })
    };
    json!({ "type": "FeatureCollection", "features": stations(list).map(feature).collect::<Vec<_>>() })
}
