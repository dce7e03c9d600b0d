//! Text with separators. By hand, since rows must be numbered as an editor numbers them, blank ones counted, and a
//! quotation mark that is never closed must be found instead of swallowing the rest of the file.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::limits::CELL;
use super::sink::{Line, Sink};
use super::{Format, SheetError, Table};

/// What spreadsheets take for the start of a formula, also after a line break or a tab that they skip.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Sends the rows of the one table.
pub(super) fn read(bytes: Vec<u8>, name: &str, sink: &mut Sink<'_>) -> Result<(), SheetError> {
    let (text, format) = decode(bytes)?;
    if let Some(at) = text.find('\0') {
        return Err(SheetError::Nul { line: lines(&text[..at]) });
    }
    sink.format(format)?;
    sink.table(name)?;
    Rows { text: text.as_bytes(), at: 0, line: 1, separator: separator(&text) }.send(sink)
}

/// UTF-8 if it is, GB18030 otherwise; UTF-16 with its mark. The mark goes.
fn decode(bytes: Vec<u8>) -> Result<(String, Format), SheetError> {
    let wide = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[2..]);
        return text.map(|text| (text.into_owned(), Format::CsvUtf8)).ok_or(SheetError::Encoding { line: 1 });
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            Ok((text, Format::CsvUtf8))
        }
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..good].split(|&byte| byte == b'\n').count() as u64;
            // With the mark of UTF-8 it was meant to be that.
            if bytes.starts_with(b"\xEF\xBB\xBF") {
                return Err(SheetError::Encoding { line });
            }
            GB18030
                .decode_without_bom_handling_and_without_replacement(&bytes)
                .map(|text| (text.into_owned(), Format::CsvGb18030))
                .ok_or(SheetError::Encoding { line })
        }
    }
}

fn lines(text: &str) -> u64 {
    text.split('\n').count() as u64
}

/// The separator that the first line has most of, outside quotation marks.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (separator, count) in &mut counts {
                    *count += usize::from(byte == *separator);
                }
            }
        }
    }
    // The first of those with the most.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// Walks the rows.
struct Rows<'a> {
    text: &'a [u8],
    at: usize,
    /// The line of the file, which a row with line breaks in it has several of.
    line: u64,
    separator: u8,
}

impl Rows<'_> {
    fn send(mut self, sink: &mut Sink<'_>) -> Result<(), SheetError> {
        let mut number = 0_u32;
        while self.at < self.text.len() {
            number = number.saturating_add(1);
            let mut line = Line::new(number);
            let mut column = 0;
            loop {
                let cell = self.cell()?;
                line.put(column, restored(cell))?;
                column += 1;
                if !self.take(self.separator) {
                    break;
                }
            }
            // The end of the row: CR, LF, or both.
            self.take(b'\r');
            self.take(b'\n');
            self.line += 1;
            sink.row(line)?;
        }
        Ok(())
    }

    fn take(&mut self, wanted: u8) -> bool {
        let taken = self.text.get(self.at) == Some(&wanted);
        self.at += usize::from(taken);
        taken
    }

    /// A cell, up to the separator or the end of the row.
    fn cell(&mut self) -> Result<String, SheetError> {
        let mut cell = Vec::new();
        if self.take(b'"') {
            let opened = self.line;
            loop {
                match self.text.get(self.at) {
                    Some(b'"') if self.text.get(self.at + 1) == Some(&b'"') => {
                        cell.push(b'"');
                        self.at += 2;
                    }
                    Some(b'"') => {
                        self.at += 1;
                        break;
                    }
                    // What is longer than any cell is a row that swallowed others. Characters have 4 bytes at most.
                    Some(_) if cell.len() as u64 <= 4 * CELL => {
                        self.line += u64::from(self.text[self.at] == b'\n');
                        cell.push(self.text[self.at]);
                        self.at += 1;
                    }
                    _ => return Err(SheetError::OpenQuote { line: opened }),
                }
            }
        }
        // Without quotation marks, or what stands behind them against the rules.
        let rest = &self.text[self.at..];
        let is_end = |byte: &u8| *byte == self.separator || matches!(byte, b'\r' | b'\n');
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        cell.extend_from_slice(&rest[..length]);
        self.at += length;
        // The text was cut at ASCII characters.
        String::from_utf8(cell).map_err(|error| SheetError::Broken(error.to_string()))
    }
}

/// A table as CSV in UTF-8, with the mark that Excel needs to see that it is, and the line ends it writes. Rows
/// follow each other, whatever their numbers. A cell that a spreadsheet would take for a formula gets an apostrophe
/// before it, as do those that begin with one and such a character; reading takes it away again.
pub fn csv_bytes(table: &Table) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    for row in &table.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            if column > 0 {
                out.push(',');
            }
            let mark = if is_dangerous(cell) { "'" } else { "" };
            // The separators of others too, or reading could take them for this file's.
            if cell.contains(['"', ',', ';', '\t', '\r', '\n']) || cell.starts_with('\u{feff}') {
                out.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
            } else {
                out.extend([mark, cell]);
            }
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// Whether a cell is a formula to a spreadsheet, or one of these behind apostrophes.
fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// A cell without the apostrophe that [`csv_bytes`] put before it.
fn restored(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Message, Row};
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, SheetError> {
        let mut found = Vec::new();
        let mut send = |message: &Message| {
            if let Message::Row(number, cells) = message {
                found.push((*number, cells.clone()));
            }
            Ok(())
        };
        read(bytes.to_vec(), "t", &mut Sink::new(&mut send))?;
        Ok(found)
    }

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let found = rows(text.as_bytes()).unwrap();
        let found: Vec<(u32, Vec<&str>)> = found
            .iter()
            .map(|(number, cells)| (*number, cells.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<(u32, Vec<&str>)> =
            expected.iter().map(|(number, cells)| (*number, cells.to_vec())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn rows_are_numbered_as_an_editor_does() {
        check("", &[]);
        check("a,b\n1,2", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("a\r\n\r\n,,\r\nb\r\n", &[(1, &["a"]), (4, &["b"])]);
        check("a\rb\r", &[(1, &["a"]), (2, &["b"])]);
        check("\"a\nb\",c\nd", &[(1, &["a\nb", "c"]), (2, &["d"])]);
        check("a,,\n,b,\n", &[(1, &["a"]), (2, &["", "b"])]);
    }

    #[test]
    fn the_separator_is_seen() {
        check("a\tb,c\td\n1\t2\t3", &[(1, &["a", "b,c", "d"]), (2, &["1", "2", "3"])]);
        check("a;b\n1,5;2", &[(1, &["a", "b"]), (2, &["1,5", "2"])]);
        check("\"a;b;c\",d\n", &[(1, &["a;b;c", "d"])]);
    }

    #[test]
    fn quotation_marks() {
        check("\"a\"\"b\",\"\"\n", &[(1, &["a\"b"])]);
        check("a\"b\",\"c\"d\n", &[(1, &["a\"b\"", "cd"])]);
        assert_eq!(rows(b"a\n\"b\nc"), Err(SheetError::OpenQuote { line: 2 }));
        assert_eq!(rows(b"\"a\nb\"\n\"c"), Err(SheetError::OpenQuote { line: 3 }));
    }

    proptest! {
        /// What is written comes back: every cell, at its place.
        #[test]
        fn writing_and_reading_is_the_identity(
            cells in prop::collection::vec(prop::collection::vec("[a驿=+@'\",;\t\r\n -]{0,6}", 1..5), 0..6),
        ) {
            let row = |cells: &Vec<String>| Row { number: 0, cells: cells.clone() };
            let table = Table { name: "t".into(), rows: cells.iter().map(row).collect() };
            let mut expected = Vec::new();
            for (number, cells) in (1_u32..).zip(&cells) {
                let mut cells = cells.clone();
                while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                    cells.pop();
                }
                if !cells.is_empty() {
                    expected.push((number, cells));
                }
            }
            prop_assert_eq!(rows(&csv_bytes(&table)).unwrap(), expected);
        }

        /// Another reader finds the same cells, and none that a spreadsheet would run.
        #[test]
        fn others_read_the_same(cells in prop::collection::vec("[a驿=+@'\",;\t\r\n -]{0,6}", 1..5)) {
            prop_assume!(cells.iter().any(|cell| !cell.is_empty()));
            let table = Table { name: "t".into(), rows: vec![Row { number: 1, cells: cells.clone() }] };
            let bytes = csv_bytes(&table);
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
            let found: Vec<String> =
                reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
            prop_assert!(!found.iter().any(|cell| cell.starts_with(FORMULA)));
            prop_assert_eq!(found.into_iter().map(restored).collect::<Vec<_>>(), cells);
        }
    }
}
