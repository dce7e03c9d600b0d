//! Finds a table's header: the row among the first with the most known words, a name among them.

use std::collections::BTreeMap;

use super::draft::{Header, Place};
use super::field::{Field, plain};
use crate::sheet::Table;

/// How many rows may stand above the header: titles, dates, who made it.
const ABOVE: usize = 12;

/// Header words of a mapping file and what they mean.
pub type Mapping = BTreeMap<String, Field>;

/// The header of a table and the index of its row; none where no row names stations.
pub fn find(file: &str, table: &Table, mapping: &Mapping) -> Option<(usize, Header)> {
    let mapped: BTreeMap<String, Field> = mapping.iter().map(|(word, field)| (plain(word), *field)).collect();
    let fields = |cells: &[String]| -> Vec<Option<Field>> {
        cells
            .iter()
            .map(|cell| mapped.get(&plain(cell)).copied().or_else(|| Field::of_header(cell)))
            .collect()
    };
    let (index, row, fields) = table
        .rows
        .iter()
        .take(ABOVE)
        .enumerate()
        .map(|(index, row)| (index, row, fields(&row.cells)))
        .filter(|(.., fields)| fields.contains(&Some(Field::Name)))
        // The first of the best: rows below may repeat words.
        .max_by_key(|(index, _, fields)| (fields.iter().flatten().count(), std::cmp::Reverse(*index)))?;
    let at = Place { file: file.to_owned(), sheet: table.name.clone(), row: row.number, column: None };
    // A second column of the same name would overwrite the first: only the first counts.
    let mut seen = Vec::new();
    let fields = fields
        .into_iter()
        .zip(&row.cells)
        .map(|(field, word)| match field {
            _ if word.trim().is_empty() => Some(Field::Nothing),
            Some(Field::Nothing) => Some(Field::Nothing),
            Some(field) if seen.contains(&field) => None,
            Some(field) => {
                seen.push(field);
                Some(field)
            }
            None => None,
        })
        .collect();
    Some((index, Header { at, words: row.cells.clone(), fields }))
}
