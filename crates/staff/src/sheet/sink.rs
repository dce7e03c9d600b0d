//! Where rows go, counted on the way.

use super::limits::{CELL, CELLS, COLUMNS, ROWS, TABLES, TEXT};
use super::{Format, Message, SheetError, TooMuch};

/// Takes the rows of a file and sends them on, up to the limits.
pub(super) struct Sink<'a> {
    send: &'a mut dyn FnMut(&Message) -> Result<(), SheetError>,
    tables: u64,
    rows: u64,
    cells: u64,
    text: u64,
}

impl<'a> Sink<'a> {
    /// One that sends to `send`.
    pub(super) fn new(send: &'a mut dyn FnMut(&Message) -> Result<(), SheetError>) -> Self {
        Self { send, tables: 0, rows: 0, cells: 0, text: 0 }
    }

    /// Says what the file is.
    pub(super) fn format(&mut self, format: Format) -> Result<(), SheetError> {
        (self.send)(&Message::Format(format))
    }

    /// Begins a table.
    pub(super) fn table(&mut self, name: &str) -> Result<(), SheetError> {
        count(&mut self.tables, 1, TABLES, TooMuch::Tables, None)?;
        (self.send)(&Message::Table(name.to_owned()))
    }

    /// Sends a row on, if there is something in it that can be seen.
    pub(super) fn row(&mut self, line: Line) -> Result<(), SheetError> {
        let Line { number, mut cells } = line;
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        let at = Some((number, 0));
        count(&mut self.rows, 1, ROWS, TooMuch::Rows, at)?;
        count(&mut self.cells, cells.len() as u64, CELLS, TooMuch::Cells, at)?;
        let text: usize = cells.iter().map(String::len).sum();
        count(&mut self.text, text as u64, TEXT, TooMuch::Text, at)?;
        (self.send)(&Message::Row(number, cells))
    }
}

fn count(
    so_far: &mut u64,
    more: u64,
    limit: u64,
    what: TooMuch,
    at: Option<(u32, usize)>,
) -> Result<(), SheetError> {
    *so_far += more;
    if *so_far > limit { Err(SheetError::TooMuch { what, limit, at }) } else { Ok(()) }
}

/// A row being filled.
#[derive(Debug)]
pub(super) struct Line {
    number: u32,
    cells: Vec<String>,
}

impl Line {
    /// An empty one; `number` from 1.
    pub(super) fn new(number: u32) -> Self {
        Self { number, cells: Vec::new() }
    }

    /// Its number.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Puts text into a column, counted from 0. Nothing is no text and takes no room.
    pub(super) fn put(&mut self, column: usize, text: String) -> Result<(), SheetError> {
        if text.is_empty() {
            return Ok(());
        }
        let too_much =
            |what, limit| Err(SheetError::TooMuch { what, limit, at: Some((self.number, column)) });
        if column as u64 >= COLUMNS {
            return too_much(TooMuch::Columns, COLUMNS);
        }
        if text.len() as u64 > CELL && text.chars().count() as u64 > CELL {
            return too_much(TooMuch::Cell, CELL);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
        Ok(())
    }
}
