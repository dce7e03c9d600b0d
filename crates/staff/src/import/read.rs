//! From books to drafts.

use domain::basemap::Basemap;
use domain::site::Datum;
use domain::text::Lang;
use serde_json::Value;

use super::datum::{self, Evidence};
use super::draft::{Note, Place, Refused, Rows, Why};
use super::field::Field;
use super::header::{self, Mapping};
use super::place::Degrees;
use super::row::{Half, Reader};
use super::value;
use crate::sheet::{Book, Table};

/// How to read.
#[derive(Debug, Default)]
pub struct Options<'a> {
    /// The datum of the points; none: found out.
    pub datum: Option<Datum>,
    /// Header words of the caller's own.
    pub mapping: Mapping,
    /// The city of rows that name none.
    pub city: Option<String>,
    /// The kind of rows that name none.
    pub kind: Option<domain::station::Kind>,
    /// The map that points are judged by.
    pub map: Option<&'a Basemap>,
}

/// Reads books, each with the name of its file.
pub fn read(books: &[(String, Book)], options: &Options<'_>) -> Rows {
    let mut out = Rows::default();
    let mut halves = Vec::new();
    for (file, book) in books {
        for table in &book.tables {
            read_table(file, table, options, &mut out, &mut halves);
        }
    }
    // GeoJSON is WGS-84 by its standard (RFC 7946, 4), but Chinese exports often are not: evidence decides there too.
    let evidence = options.map.map(|map| {
        let points = halves.iter().filter_map(|half| Some((half.point?, district(half)?)));
        datum::judge(map, points)
    });
    let declared = options.datum.unwrap_or(Datum::Wgs84);
    let taken = match (&evidence, options.datum) {
        (Some(evidence), None) => evidence.suggests(declared).unwrap_or(declared),
        _ => declared,
    };
    let swapped = evidence.as_ref().is_some_and(Evidence::is_swapped);
    if halves.iter().any(|half| half.point.is_some()) {
        out.datum = Some((taken, evidence.unwrap_or_default()));
    }
    for half in halves {
        match finish(half, taken, swapped, options) {
            Ok((draft, note)) => {
                out.drafts.push(draft);
                out.notes.extend(note);
            }
            Err(refused) => out.refused.push(*refused),
        }
    }
    out
}

fn district(half: &Half) -> Option<&str> {
    half.draft.fields.get("location")?.get("district")?.as_str()
}

fn read_table(file: &str, table: &Table, options: &Options<'_>, out: &mut Rows, halves: &mut Vec<Half>) {
    if table.rows.is_empty() {
        return;
    }
    let Some((index, header)) = header::find(file, table, &options.mapping) else {
        let at = Place { file: file.to_owned(), sheet: table.name.clone(), row: 0, column: None };
        out.notes.push(Note::NoHeader(at));
        return;
    };
    for (column, (field, word)) in header.fields.iter().zip(&header.words).enumerate() {
        if field.is_none() {
            let at = Place { column: Some(column), ..header.at.clone() };
            out.notes.push(Note::Column(at, word.clone()));
        }
    }
    for row in table.rows.iter().skip(index + 1) {
        out.read += 1;
        match Reader::new(&header, row, &mut out.notes).read() {
            Ok(half) => halves.push(half),
            Err(refused) => out.refused.push(*refused),
        }
    }
    out.headers.push(header);
}

/// Adds what needs the whole sheet: the position in WGS-84, and what options and map know better than nobody.
fn finish(
    half: Half,
    datum: Datum,
    swapped: bool,
    options: &Options<'_>,
) -> Result<(super::Draft, Option<Note>), Box<Refused>> {
    let Half { mut draft, point } = half;
    let mut note = None;
    let mut location = match draft.fields.remove("location") {
        Some(Value::Object(location)) => location,
        _ => serde_json::Map::new(),
    };
    if let Some(point) = point {
        let point = if swapped { Degrees { lng: point.lat, lat: point.lng } } else { point };
        let Some(at) = datum::to_wgs84(point, datum) else {
            return Err(Box::new(Refused {
                header: Field::Point.header().to_owned(),
                value: format!("{}, {}", point.lng, point.lat),
                why: Why::BadPoint,
                cells: draft.cells,
                at: draft.at,
            }));
        };
        location.insert("lat".into(), value::degrees(at.lat()));
        location.insert("lng".into(), value::degrees(at.lng()));
        if !location.contains_key("district")
            && let Some(name) = options.map.and_then(|map| map.district_at(at))
        {
            note = Some(Note::Area(draft.at.clone(), name.get(Lang::Zh).to_owned()));
            location.insert("district".into(), name.get(Lang::Zh).into());
        }
    }
    if !location.contains_key("city")
        && let Some(city) = &options.city
    {
        let mut guess = serde_json::Map::new();
        guess.insert("city".into(), city.as_str().into());
        draft.defaults.insert("location".into(), Value::Object(guess));
    }
    if let Some(kind) = options.kind {
        draft.defaults.insert("kind".into(), kind.word().into());
    }
    if !location.is_empty() {
        draft.fields.insert("location".into(), Value::Object(location));
    }
    Ok((draft, note))
}
