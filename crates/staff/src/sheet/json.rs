//! Lists of objects in JSON, and `GeoJSON`: the names of the properties are the first row; and lists of stations as
//! `stations.json` has them, with the columns of an export. The text is walked twice, first for the names, so that never
//! more than one object is in memory.

mod node;
mod records;

use std::collections::HashMap;

use super::limits::COLUMNS;
use super::sink::{Line, Sink};
use super::{Format, SheetError, TooMuch};
use records::{Record, walk};

/// The columns that a point becomes, after all others.
const POINT: [&str; 2] = ["经度", "纬度"];

/// Sends the rows of the one table.
pub(super) fn read(bytes: &[u8], name: &str, sink: &mut Sink<'_>) -> Result<(), SheetError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        SheetError::Encoding { line: good.split(|&byte| byte == b'\n').count() as u64 }
    })?;

    let mut columns = Columns::default();
    let format =
        walk(text, &mut |record| record.properties.iter().try_for_each(|(key, _)| columns.add(key)))?;
    let count = columns.order.len();
    sink.format(format)?;
    sink.table(name)?;
    let mut head = Line::new(1);
    let points: &[&str] = if format == Format::GeoJson { &POINT } else { &[] };
    let names = columns.order.iter().map(String::as_str).chain(points.iter().copied());
    for (column, key) in names.enumerate() {
        head.put(column, key.to_owned())?;
    }
    sink.row(head)?;

    let mut number = 1_u32;
    walk(text, &mut |Record { properties, point }| {
        number = number.saturating_add(1);
        let mut line = Line::new(number);
        for (key, node) in properties {
            if let Some(&column) = columns.places.get(key.as_str()) {
                line.put(column, node.text())?;
            }
        }
        for (column, degrees) in (count..).zip(point.into_iter().flatten()) {
            line.put(column, degrees)?;
        }
        sink.row(line)
    })?;
    Ok(())
}

/// The names of all properties, in the order they first appear in.
#[derive(Default)]
struct Columns {
    order: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    fn add(&mut self, key: &str) -> Result<(), SheetError> {
        if self.places.contains_key(key) {
            return Ok(());
        }
        if self.order.len() as u64 >= COLUMNS {
            return Err(SheetError::too_much(TooMuch::Columns, COLUMNS));
        }
        self.places.insert(key.to_owned(), self.order.len());
        self.order.push(key.to_owned());
        Ok(())
    }
}
