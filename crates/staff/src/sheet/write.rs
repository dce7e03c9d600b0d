//! Writing workbooks.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::limits::CELL;
use super::{SheetError, Table, TooMuch};

/// The characters that a sheet's name cannot have.
const NO_NAME: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The longest name of a sheet, in the units of UTF-16 that Excel counts.
const NAME: usize = 31;

/// A workbook with all cells as text, so that nothing is a formula or loses its zeros. The same tables give the same
/// bytes. Rows follow each other, whatever their numbers; the first is kept in sight.
pub fn xlsx_bytes(tables: &[Table]) -> Result<Vec<u8>, SheetError> {
    let failed = |error: XlsxError| SheetError::Write(error.to_string());
    let mut workbook = Workbook::new();
    // Otherwise it would be the time of writing.
    let created = ExcelDateTime::from_ymd(2026, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let text = Format::new().set_num_format("@");
    let head = Format::new().set_num_format("@").set_bold();
    let mut names = HashSet::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(free_name(&table.name, &mut names)).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (row, cells) in (0_u32..).zip(table.rows.iter().map(|row| &row.cells)) {
            let format = if row == 0 { &head } else { &text };
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                // Excel counts units of UTF-16; text of an import never comes near.
                if cell.encode_utf16().count() as u64 > CELL {
                    let at = Some((row + 1, column));
                    return Err(SheetError::TooMuch { what: TooMuch::Cell, limit: CELL, at });
                }
                let place = u16::try_from(column)
                    .map_err(|_| SheetError::too_much(TooMuch::Columns, u64::from(u16::MAX)))?;
                sheet.write_string_with_format(row, place, cell, format).map_err(failed)?;
            }
        }
    }
    workbook.save_to_buffer().map_err(failed)
}

/// A name that Excel takes, near to the wanted one, and not taken yet whatever the case.
fn free_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let clean: String =
        wanted.chars().map(|c| if c.is_control() || NO_NAME.contains(&c) { '_' } else { c }).collect();
    let clean = clean.trim_matches('\'');
    let base = if clean.trim().is_empty() { "Sheet" } else { clean };
    for number in 1_u32.. {
        let tail = if number == 1 { String::new() } else { format!(" ({number})") };
        let name = cut(base, NAME - tail.len()) + &tail;
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    base.to_owned()
}

fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}
