//! The open data: the whole list for anybody to take, as GeoJSON, CSV and JSON, each with its licence.
//!
//! Leaves out whom a station names in person: a download is copied on and cannot be taken back.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use domain::dto::{ContactDto, StationDto};
use domain::read::Dataset;
use domain::station::Station;
use domain::text::{Lang, Text};
use serde_json::json;

use super::photos::Photos;
use super::publish::File;
use super::write::{DiskError, put, put_with};
use crate::source::{Written, filled};

/// The files, and what a link to each says.
pub(super) const DOWNLOADS: [(&str, &str); 3] =
    [("data/open/stations.csv", "CSV"), (GEOJSON, "GeoJSON"), (JSON, "JSON")];
/// What may be done with them.
pub(super) const LICENCE: &str = "data/open/LICENCE.txt";
const CSV: &str = DOWNLOADS[0].0;
const GEOJSON: &str = "data/open/stations.geojson";
const JSON: &str = "data/open/stations.json";

const COLUMNS: [&str; 16] = [
    "id",
    "name",
    "name_en",
    "kind",
    "city",
    "district",
    "address",
    "lat",
    "lng",
    "hours",
    "access",
    "amenities",
    "phone",
    "verified_at",
    "updated_at",
    "licence",
];

/// Puts all of them in place.
pub(super) fn write(
    out: &Path,
    dataset: &Dataset,
    stations: &[Station],
    written: &Written,
    photos: &Photos,
) -> Result<(), DiskError> {
    put_with(out, CSV, |to| csv(to, dataset, stations))?;
    put_with(out, GEOJSON, |to| geojson(to, dataset, stations))?;
    put_with(out, JSON, |to| json(to, written, photos))?;
    put(out, &File { path: LICENCE.into(), bytes: licence(dataset).into_bytes() })?;
    Ok(())
}

/// With a byte order mark, without which Excel takes UTF-8 for something else.
fn csv(to: &mut impl Write, dataset: &Dataset, stations: &[Station]) -> io::Result<()> {
    let licence = dataset.licence.as_deref().unwrap_or("");
    write!(to, "\u{feff}{}\r\n", COLUMNS.join(","))?;
    for station in stations {
        let Facts { city, district, address, hours, access, amenities, phone, .. } = Facts::of(station);
        let position = station.location.position;
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        let day = |day: Option<domain::time::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells: [&str; COLUMNS.len()] = [
            station.id.as_str(),
            station.name.get(Lang::Zh),
            station.name.english().unwrap_or(""),
            station.kind.word(),
            city,
            district,
            address.unwrap_or(""),
            &degrees(position.map(domain::coords::Wgs84::lat)),
            &degrees(position.map(domain::coords::Wgs84::lng)),
            hours.unwrap_or(""),
            access.unwrap_or(""),
            &amenities.join(" "),
            phone.unwrap_or(""),
            &day(station.verified_at),
            &day(station.updated_at),
            licence,
        ];
        for (index, text) in cells.into_iter().enumerate() {
            write!(to, "{}{}", if index == 0 { "" } else { "," }, cell(text))?;
        }
        to.write_all(b"\r\n")?;
    }
    Ok(())
}

/// A cell that a spreadsheet takes for text and never for a formula: what begins like one gets a `'` before it. Numbers,
/// as a longitude west of Greenwich, stay numbers.
fn cell(text: &str) -> Cow<'_, str> {
    let looks_like_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && text.parse::<f64>().is_err();
    if !looks_like_formula && !text.contains(['"', ',', '\r', '\n', '\'']) {
        return Cow::Borrowed(text);
    }
    let mark = if looks_like_formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
}

fn geojson(to: &mut impl Write, dataset: &Dataset, stations: &[Station]) -> io::Result<()> {
    let head = json!({
        "title": dataset.title.get(Lang::Zh),
        "attribution": dataset.publisher.as_ref().map(|text| text.get(Lang::Zh)),
        "licence": dataset.licence,
        "sample": dataset.sample,
    });
    write!(to, "{{\"type\":\"FeatureCollection\",\"metadata\":{head},\"features\":[")?;
    for (index, station) in stations.iter().enumerate() {
        let position = station.location.position;
        let point = position.map(|at| json!({"type": "Point", "coordinates": [at.lng(), at.lat()]}));
        let Facts { city, district, address, hours, access, amenities, phone } = Facts::of(station);
        let feature = json!({
            "type": "Feature",
            "id": station.id.as_str(),
            "geometry": point,
            "properties": {
                "name": station.name.get(Lang::Zh), "name_en": station.name.english(), "kind": station.kind.word(),
                "city": city, "district": district, "address": address, "hours": hours, "access": access,
                "amenities": amenities, "phone": phone,
                "verified_at": station.verified_at.map(|day| day.to_string()),
                "updated_at": station.updated_at.map(|day| day.to_string()),
            },
        });
        write!(to, "{}\n{feature}", if index == 0 { "" } else { "," })?;
    }
    to.write_all(b"\n]}\n")
}

/// What the flat forms say of a station.
struct Facts<'a> {
    city: &'a str,
    district: &'a str,
    address: Option<&'a str>,
    hours: Option<&'a str>,
    access: Option<&'a str>,
    amenities: Vec<&'a str>,
    phone: Option<&'a str>,
}

impl<'a> Facts<'a> {
    fn of(station: &'a Station) -> Self {
        Self {
            city: &station.location.city,
            district: &station.location.district,
            address: station.location.address.as_ref().map(|text| text.get(Lang::Zh)),
            hours: station.hours.as_ref().map(domain::station::WrittenHours::text),
            access: station.access.map(domain::station::Access::word),
            amenities: station.usable().iter().map(domain::amenity::Amenity::word).collect(),
            phone: station.first_call().map(|(_, phone)| phone.text()),
        }
    }
}

/// The form that staff write, as [`domain::dto`] has it, with the photos as they are published; without empty fields.
fn json(to: &mut impl Write, written: &Written, photos: &Photos) -> io::Result<()> {
    let dataset = filled(serde_json::to_value(&written.dataset)?);
    write!(to, "{{\"schema\":{},\"dataset\":{dataset},\"stations\":[", domain::SCHEMA)?;
    for (index, station) in written.stations().enumerate() {
        let station = filled(serde_json::to_value(published(station, photos))?);
        write!(to, "{}\n{station}", if index == 0 { "" } else { "," })?;
    }
    to.write_all(b"\n]}\n")
}

fn published(mut station: StationDto, photos: &Photos) -> StationDto {
    for photo in station.photos.iter_mut().flatten() {
        let base = photo.file.as_deref().and_then(|file| photos.base(file));
        photo.file = base.map(|base| format!("{base}_960.jpg"));
    }
    for contact in station.contacts.iter_mut().flatten() {
        *contact = ContactDto { person: None, ..std::mem::take(contact) };
    }
    station
}

fn licence(dataset: &Dataset) -> String {
    let or = |text: &Option<Text>, lang: Lang, other: &str| {
        text.as_ref().map_or(other, |text| text.get(lang)).to_owned()
    };
    let mut out = String::new();
    for (lang, title, publisher, contact, licence, none, sample) in [
        (
            Lang::Zh,
            "数据",
            "发布",
            "联系",
            "许可",
            "未注明，使用前请先联系发布者",
            "这是示例数据，不是真实的站点。\n",
        ),
        (
            Lang::En,
            "Data",
            "Published by",
            "Contact",
            "Licence",
            "not stated; ask the publisher first",
            "These are invented stations, for tests.\n",
        ),
    ] {
        let _ = write!(
            out,
            "{title}: {}\n{publisher}: {}\n{contact}: {}\n{licence}: {}\n{}\n",
            dataset.title.get(lang),
            or(&dataset.publisher, lang, "-"),
            or(&dataset.contact, lang, "-"),
            dataset.licence.as_deref().unwrap_or(none),
            if dataset.sample { sample } else { "" },
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("", ""),
            ("驿站", "驿站"),
            ("a,b", "\"a,b\""),
            ("a \"b\"\nc", "\"a \"\"b\"\"\nc\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+86 24", "\"'+86 24\""),
            ("-2+3", "\"'-2+3\""),
            ("-71.5", "-71.5"),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("\t=1", "\"'\t=1\""),
            ("＝1", "\"'＝1\""),
            ("'=1", "\"'=1\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
