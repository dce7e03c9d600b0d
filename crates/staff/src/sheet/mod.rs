//! Spreadsheets, read safely and written plainly.
//!
//! [`read`] takes a file that somebody sent: `.xlsx`, `.xls`, CSV in UTF-8, UTF-16 or GB18030, `GeoJSON`, JSON. It may be
//! broken or made to harm, so that it is parsed in a child process with little memory and little time, after a look
//! at its size, its shape and what it unpacks to. Whatever the file does to the parser, the tool goes on and says what
//! was wrong. Every cell comes as the text that a person sees.
//!
//! [`xlsx_bytes`] and [`csv_bytes`] write the same bytes for the same rows. No cell they write is a formula, whatever
//! it starts with, and reading gives back what was written.

mod archive;
mod book;
mod cell;
mod csv;
mod error;
mod json;
mod kind;
mod limits;
mod parent;
mod sink;
mod worker;
mod write;
mod xls;
mod xlsx;

use serde::{Deserialize, Serialize};

pub use self::csv::csv_bytes;
pub use book::{Book, Format, Row, Table, column_name};
pub use error::{NotASheet, SheetError, TooMuch};
pub use limits::{FILE_LIMIT, MEMORY_LIMIT, TIME_LIMIT};
pub(crate) use parent::WORKER;
pub use parent::read;
pub use worker::work;
pub use write::xlsx_bytes;

/// What the child process says, one to a line.
#[derive(Debug, Serialize, Deserialize)]
enum Message {
    /// What the file is.
    Format(Format),
    /// A table begins.
    Table(String),
    /// A row of it: its number and its cells.
    Row(u32, Vec<String>),
    /// It ended badly: what came before does not count.
    Error(SheetError),
    /// It ended well.
    End,
}
