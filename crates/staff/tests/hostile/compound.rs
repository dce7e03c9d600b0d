//! Workbooks of Excel before 2007, and what else comes in their container.

use std::io::{Cursor, Write as _};

use crate::case::Case;

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// A number in a row and a column.
fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let data = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &value.to_le_bytes()].concat();
    record(0x0203, &data)
}

fn begin(kind: u16) -> Vec<u8> {
    let data = [0x0600_u16, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0];
    record(0x0809, &data.iter().flat_map(|part| part.to_le_bytes()).collect::<Vec<_>>())
}

/// The stream of a workbook: a table of contents with `more` in it, and one sheet with these records.
fn stream(more: &[u8], cells: &[u8]) -> Vec<u8> {
    let head = |place: u32| {
        let sheet = [&place.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
        [begin(5), more.to_vec(), record(0x0085, &sheet), record(0x000A, &[])].concat()
    };
    let place = u32::try_from(head(0).len()).unwrap();
    [head(place), begin(0x10), cells.to_vec(), record(0x000A, &[])].concat()
}

/// A compound file with one stream.
fn compound(name: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(content).unwrap();
    file.into_inner().into_inner()
}

fn book(more: &[u8], cells: &[u8]) -> Vec<u8> {
    compound("/Workbook", &stream(more, cells))
}

/// A workbook with nothing wrong.
pub fn good() -> Vec<u8> {
    let cells: Vec<u8> = (0..60).flat_map(|row| number(row, row % 4, f64::from(row) / 8.0)).collect();
    book(&[], &cells)
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let corners = [number(0, 0, 1.0), number(65_535, 255, 2.0)].concat();
    let wide: Vec<u8> = (0..5_000).flat_map(|column| number(0, column, 1.0)).collect();
    let multiple = record(0x00BD, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let endless = record(0x0085, &[0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 1, 0, b'T']);
    let strings = record(0x00FC, &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]);
    let locked = record(0x002F, &[1, 0, 1, 0, 1, 0, 0, 0]);
    let mut package = compound("/EncryptedPackage", &[7; 9_000]);
    let cut = package[..package.len() / 2].to_vec();
    let mut loops = good();
    // The table of sectors points to itself.
    loops[512..1024].fill(0);
    let mut large = good();
    large[30] = 0x1F;
    let with = |bytes: Vec<u8>, at: usize, value: u8| {
        let mut bytes = bytes;
        bytes[at..at + 4].fill(value);
        bytes
    };
    package.truncate(package.len() - 100);
    vec![
        Case::refused("ole-encrypted.xlsx", package, "has a password"),
        Case::refused("ole-encrypted-cut.xls", cut, "has a password"),
        Case::refused("ole-filepass.xls", book(&locked, &number(0, 0, 1.0)), "has a password"),
        Case::refused("ole-corners.xls", book(&[], &corners), "more than 2000000 cells (at IV65536)"),
        Case::any("ole-lone.xls", book(&[], &number(65_535, 255, 2.0))),
        Case::refused("ole-wide.xls", book(&[], &wide), "more than 1000 columns"),
        Case::any("ole-multiple.xls", book(&[], &multiple)),
        Case::any("ole-sheet-nowhere.xls", book(&endless, &number(0, 0, 1.0))),
        Case::any("ole-strings.xls", book(&strings, &number(0, 0, 1.0))),
        Case::any("ole-empty-stream.xls", compound("/Workbook", &[])),
        Case::any("ole-half-record.xls", compound("/Workbook", &[0x09, 0x08, 0xFF])),
        Case::refused("ole-word.xls", compound("/WordDocument", b"x"), "another Office file"),
        Case::refused("ole-message.xls", compound("/__properties_version1.0", b"x"), "another Office file"),
        Case::any("ole-loops.xls", loops),
        Case::any("ole-sector-size.xls", large),
        Case::any("ole-many-sectors.xls", with(good(), 44, 0xFF)),
        Case::any("ole-directory-nowhere.xls", with(good(), 48, 0x7F)),
        Case::any("ole-mini-nowhere.xls", with(good(), 60, 0x11)),
        Case::any("ole-difat-nowhere.xls", with(good(), 68, 0x11)),
        Case::refused("ole-head-alone.xls", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], "not whole"),
    ]
}
