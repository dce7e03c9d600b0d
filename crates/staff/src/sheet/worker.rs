//! The child process: reads the file from its input, parses it within its limits, and says what it finds.

use std::io::{self, BufWriter, Read, Write};

use super::kind::{Kind, detect};
use super::limits::{FILE_LIMIT, lower};
use super::sink::Sink;
use super::{Message, SheetError, TooMuch, csv, json, xls, xlsx};

/// Parses `input`, a file whose name without its extension is `stem`, and writes a message a line to `out`. Lowers
/// what the whole process may take: to be called by a process that does nothing else.
pub fn work(stem: &str, extension: &str, input: impl Read, out: impl Write) -> io::Result<()> {
    lower();
    let mut out = BufWriter::new(out);
    let end = match parse(stem, extension, input, &mut |message| {
        send(&mut out, message).map_err(|error| SheetError::Disk(error.to_string()))
    }) {
        Ok(()) => Message::End,
        Err(error) => Message::Error(error),
    };
    send(&mut out, &end)?;
    out.flush()
}

fn send(out: &mut impl Write, message: &Message) -> io::Result<()> {
    serde_json::to_writer(&mut *out, message)?;
    out.write_all(b"\n")
}

fn parse(
    stem: &str,
    extension: &str,
    input: impl Read,
    send: &mut dyn FnMut(&Message) -> Result<(), SheetError>,
) -> Result<(), SheetError> {
    let mut bytes = Vec::new();
    input
        .take(FILE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| SheetError::Disk(error.to_string()))?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SheetError::too_much(TooMuch::File, FILE_LIMIT));
    }
    let mut sink = Sink::new(send);
    match detect(&bytes, &extension.to_ascii_lowercase())? {
        Kind::Zip => xlsx::read(&bytes, &mut sink),
        Kind::Ole => xls::read(&bytes, &mut sink),
        Kind::Json => json::read(&bytes, stem, &mut sink),
        Kind::Text => csv::read(bytes, stem, &mut sink),
    }
}
