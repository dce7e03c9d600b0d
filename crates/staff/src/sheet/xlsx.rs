//! Workbooks of Excel since 2007, cell by cell: a lone cell in the last corner makes no rectangle.

use std::io::Cursor;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError, open_workbook_from_rs};

use super::sink::{Line, Sink};
use super::{Format, SheetError, archive, cell};

/// Sends the rows of all visible sheets.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), SheetError> {
    archive::scan(bytes)?;
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    sink.format(Format::Xlsx)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for name in sheets {
        sink.table(&name)?;
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
        let mut line = Line::new(1);
        while let Some(found) = cells.next_cell().map_err(|error| broken(&error))? {
            let (row, column) = found.get_position();
            let number = row.saturating_add(1);
            if number < line.number() {
                return Err(SheetError::Broken(format!("row {number} after row {}", line.number())));
            }
            if number > line.number() {
                sink.row(std::mem::replace(&mut line, Line::new(number)))?;
            }
            line.put(column as usize, cell::text(found.get_value()))?;
        }
        sink.row(line)?;
    }
    Ok(())
}

fn broken(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Encrypted,
        other => SheetError::Broken(other.to_string()),
    }
}
