//! Why a file could not be read, or a table not written.

use serde::{Deserialize, Serialize};

/// Why there is no book. [`crate::words::sheet`] says it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetError {
    /// There is no such file.
    Missing,
    /// The file could not be read, as the system said.
    Disk(String),
    /// A link to a file, which could lead anywhere.
    Link,
    /// A folder, a pipe or a device.
    NotAFile,
    /// Nothing in it.
    Empty,
    /// Something else than a sheet.
    NotASheet(NotASheet),
    /// A workbook behind a password.
    Encrypted,
    /// More of something than there may be.
    TooMuch {
        /// Of what.
        what: TooMuch,
        /// How much there may be.
        limit: u64,
        /// Where, if it has a place: a row and a column, the latter from 0.
        at: Option<(u32, usize)>,
    },
    /// A file in a workbook that unpacks to much more than any sheet does.
    Bomb {
        /// The file inside.
        part: String,
    },
    /// A workbook that says of itself what cannot be, to make a reader reserve memory.
    Lie {
        /// The file inside.
        part: String,
    },
    /// XML that declares entities or a document type, which no workbook does.
    Declaration {
        /// The file inside.
        part: String,
    },
    /// A name inside a workbook that leads out of it.
    Escape {
        /// The name.
        part: String,
    },
    /// A workbook that is not whole, as its parser said.
    Broken(String),
    /// Text in none of the encodings.
    Encoding {
        /// The first line that makes no sense as GB18030 either.
        line: u64,
    },
    /// A NUL character in text: this is no text, or it is broken.
    Nul {
        /// Its line.
        line: u64,
    },
    /// A quotation mark that is never closed, so that the rest of the file would be one cell.
    OpenQuote {
        /// Its line.
        line: u64,
    },
    /// No JSON.
    Json {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
        /// What the parser said, in English.
        said: String,
    },
    /// JSON, but no list of objects and no `FeatureCollection`.
    NotRecords {
        /// The entry of the list that is no object, from 1; none where there is no list.
        item: Option<u64>,
    },
    /// Parsing took too long.
    Time,
    /// Parsing took too much memory, or too much nesting.
    Memory,
    /// The parser failed on it.
    Crashed,
    /// The process that parses could not be started, as the system said.
    NoWorker(String),
    /// The sheet could not be written.
    Write(String),
}

/// What a file is that is no sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotASheet {
    /// A web page, perhaps with a table in it; many systems name it `.xls`.
    Html,
    /// XML, perhaps a workbook of 2003.
    Xml,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// A ZIP, RAR, 7-Zip or gzip archive without a workbook.
    Archive,
    /// A workbook in Excel's binary form, `.xlsb`.
    Xlsb,
    /// An `OpenDocument` workbook.
    Ods,
    /// A Word, `PowerPoint` or other Office file.
    Office,
    /// Something with bytes that no text has.
    Binary,
}

/// What there may be too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TooMuch {
    /// Bytes of the file.
    File,
    /// Files inside a workbook.
    Entries,
    /// Bytes that a workbook unpacks to.
    Unpacked,
    /// Sheets.
    Tables,
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Cells altogether.
    Cells,
    /// Characters in one cell.
    Cell,
    /// Bytes of text altogether.
    Text,
}

impl SheetError {
    /// More of `what` than `limit`, nowhere in particular.
    pub(super) const fn too_much(what: TooMuch, limit: u64) -> Self {
        Self::TooMuch { what, limit, at: None }
    }

    /// Whether the file could not be got at, or the system failed, so that nothing is known of what it holds.
    pub const fn is_system(&self) -> bool {
        matches!(self, Self::Missing | Self::Disk(_) | Self::NoWorker(_))
    }
}
