//! What a file holds.

use serde::{Deserialize, Serialize};

/// A file's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// What the file is, by its content.
    pub format: Format,
    /// Its tables in order. Hidden sheets, which hold the lists behind drop-down cells, are left out.
    pub tables: Vec<Table>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Excel since 2007.
    Xlsx,
    /// Excel before.
    Xls,
    /// Text with commas, tabs or semicolons, in UTF-8 or, with its mark, in UTF-16.
    CsvUtf8,
    /// The same in GB18030, as Excel writes it in China.
    CsvGb18030,
    /// A `FeatureCollection`.
    GeoJson,
    /// A list of objects.
    Json,
}

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name, or the file's without its extension.
    pub name: String,
    /// Its rows, from the top; empty ones are left out.
    pub rows: Vec<Row>,
}

/// A row with something in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number as the editor shows it, from 1. In JSON, where the names of the properties are row 1, the first
    /// object is row 2.
    pub number: u32,
    /// Its cells from the first column; empty ones at the end are left out.
    pub cells: Vec<String>,
}

/// A column's letters, as an editor shows them: `A` for 0, `AB` for 27.
pub fn column_name(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index;
    loop {
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_editors_name_them() {
        for (index, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(column_name(index), name);
        }
    }
}
