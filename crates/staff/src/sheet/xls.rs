//! Workbooks of Excel before 2007. Their parser keeps the whole rectangle around a sheet's cells, so that the
//! records are walked first.

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, SheetType, SheetVisible, Xls, XlsError, open_workbook_from_rs};

use super::limits::{AREA, UNPACKED};
use super::sink::{Line, Sink};
use super::{Format, NotASheet, SheetError, TooMuch, cell};

/// Sends the rows of all visible sheets.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), SheetError> {
    records(&stream(bytes)?)?;
    let mut workbook: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => SheetError::Encrypted,
        other => SheetError::Broken(other.to_string()),
    })?;
    sink.format(Format::Xls)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for name in sheets {
        sink.table(&name)?;
        let range = workbook.worksheet_range(&name).map_err(|error| SheetError::Broken(error.to_string()))?;
        let (top, left) = range.start().unwrap_or_default();
        for (number, cells) in (top + 1..).zip(range.rows()) {
            let mut line = Line::new(number);
            for (column, value) in (left as usize..).zip(cells) {
                line.put(column, cell::text(value))?;
            }
            sink.row(line)?;
        }
    }
    Ok(())
}

/// The stream that a compound file keeps its workbook in.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, SheetError> {
    // Looked for before the file is understood, so that one that is cut off is still known.
    if holds(bytes, "EncryptedPackage") {
        return Err(SheetError::Encrypted);
    }
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| SheetError::Broken(error.to_string()))?;
    let Some(name) = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].into_iter().find(|name| file.exists(name))
    else {
        return Err(SheetError::NotASheet(NotASheet::Office));
    };
    let stream = file.open_stream(name).map_err(|error| SheetError::Broken(error.to_string()))?;
    let mut content = Vec::new();
    stream.take(UNPACKED).read_to_end(&mut content).map_err(|error| SheetError::Broken(error.to_string()))?;
    Ok(content)
}

/// Whether a name stands in the file as compound files write names, in UTF-16.
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// Walks the records (type, length, data) of a workbook: is it encrypted, and how large are its sheets?
fn records(stream: &[u8]) -> Result<(), SheetError> {
    let pair = |at: usize| Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at + 1)?]));
    let mut at = 0;
    let mut area = Area::default();
    while let (Some(kind), Some(length)) = (pair(at), pair(at + 2)) {
        let (data, length) = (at + 4, usize::from(length));
        match kind {
            // FILEPASS: with a password. Zero is none in old files.
            0x002F => return Err(SheetError::Encrypted),
            // BOF: a sheet begins.
            0x0009 | 0x0209 | 0x0409 | 0x0809 => area = Area::default(),
            // FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING; MULRK with the last column at its end.
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00FD | 0x00D6 | 0x00BD => {
                if let (Some(row), Some(column)) = (pair(data), pair(data + 2)) {
                    let last = if kind == 0x00BD { pair((data + length).saturating_sub(2)) } else { None };
                    area.add(row, column);
                    area.add(row, last.unwrap_or(column));
                    if area.size() > AREA {
                        let at = Some((u32::from(row) + 1, usize::from(column)));
                        return Err(SheetError::TooMuch { what: TooMuch::Cells, limit: AREA, at });
                    }
                }
            }
            _ => {}
        }
        at = data + length;
    }
    Ok(())
}

/// The rectangle around cells.
#[derive(Default)]
struct Area {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Area {
    fn add(&mut self, row: u16, column: u16) {
        let grow = |span: Option<(u16, u16)>, at: u16| {
            Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        };
        self.rows = grow(self.rows, row);
        self.columns = grow(self.columns, column);
    }

    fn size(&self) -> u64 {
        let length = |span: Option<(u16, u16)>| span.map_or(0, |(first, last)| u64::from(last - first) + 1);
        length(self.rows) * length(self.columns)
    }
}
