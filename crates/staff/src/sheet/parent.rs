//! The side that asks: opens the file, starts the process that parses it, and listens for a while.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

use super::limits::{FILE_LIMIT, PATIENCE};
use super::{Book, Message, Row, SheetError, Table, TooMuch};

/// The command by which the tool runs itself to parse a file; not for people.
pub(crate) const WORKER: &str = "sheet-worker";

/// What a file holds, or what is wrong with it. The file is parsed by this same program in a process of its own, so
/// that the running program must know the command `sheet-worker`, as `staff` does.
pub fn read(path: &Path) -> Result<Book, SheetError> {
    let file = open(path)?;
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let program = std::env::current_exe().map_err(|error| SheetError::NoWorker(error.to_string()))?;
    let mut child = Command::new(program)
        .args([WORKER, "--stem", &part(path.file_stem()), "--extension", &part(path.extension())])
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        // What a failing parser prints is no help to anybody.
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| SheetError::NoWorker(error.to_string()))?;
    let heard = hear(&mut child);
    // Whatever it does now, it is no longer needed.
    let _ = child.kill();
    let ended = child.wait();
    match (heard, ended) {
        (Heard::Book(book), _) => Ok(book),
        (Heard::Refused(error), _) => Err(error),
        (Heard::Nothing, _) => Err(SheetError::Time),
        (Heard::Broke, Ok(status)) => Err(why(status)),
        (Heard::Broke, Err(error)) => Err(SheetError::NoWorker(error.to_string())),
    }
}

/// Opens a plain file. Of a link and a pipe nothing is read, not even by waiting for it to open.
fn open(path: &Path) -> Result<File, SheetError> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => SheetError::Missing,
        _ => SheetError::Disk(error.to_string()),
    };
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    if metadata.is_symlink() {
        return Err(SheetError::Link);
    }
    if !metadata.is_file() {
        return Err(SheetError::NotAFile);
    }
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // Between the look and the opening, the file may have become another.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(SheetError::NotAFile);
    }
    match metadata.len() {
        0 => Err(SheetError::Empty),
        size if size > FILE_LIMIT => Err(SheetError::too_much(TooMuch::File, FILE_LIMIT)),
        _ => Ok(file),
    }
}

/// What came from the child.
enum Heard {
    /// All of the file.
    Book(Book),
    /// Why not.
    Refused(SheetError),
    /// It ended in the middle.
    Broke,
    /// It took too long.
    Nothing,
}

fn hear(child: &mut Child) -> Heard {
    let Some(out) = child.stdout.take() else {
        return Heard::Broke;
    };
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::spawn(move || {
        // Nobody listens any more when the time is over.
        let _ = sender.send(collect(out));
    });
    receiver.recv_timeout(PATIENCE).unwrap_or(Heard::Nothing)
}

fn collect(out: impl Read) -> Heard {
    let mut out = BufReader::new(out);
    let mut line = Vec::new();
    let mut format = None;
    let mut tables: Vec<Table> = Vec::new();
    loop {
        line.clear();
        if !matches!(out.read_until(b'\n', &mut line), Ok(1..)) {
            return Heard::Broke;
        }
        match (serde_json::from_slice(&line), format, tables.last_mut()) {
            (Ok(Message::Format(found)), ..) => format = Some(found),
            (Ok(Message::Table(name)), ..) => tables.push(Table { name, rows: Vec::new() }),
            (Ok(Message::Row(number, cells)), _, Some(table)) => table.rows.push(Row { number, cells }),
            (Ok(Message::Error(error)), ..) => return Heard::Refused(error),
            (Ok(Message::End), Some(format), _) => return Heard::Book(Book { format, tables }),
            _ => return Heard::Broke,
        }
    }
}

/// Why the child ended without a word.
#[cfg(unix)]
fn why(status: ExitStatus) -> SheetError {
    use std::os::unix::process::ExitStatusExt as _;

    use rustix::process::Signal;
    match status.signal() {
        Some(signal) if signal == Signal::XCPU.as_raw() => SheetError::Time,
        // Rust aborts without memory, and at the end of its stack; the system kills without memory of its own.
        Some(signal)
            if [Signal::ABORT, Signal::KILL, Signal::SEGV].iter().any(|it| it.as_raw() == signal) =>
        {
            SheetError::Memory
        }
        _ => SheetError::Crashed,
    }
}

#[cfg(not(unix))]
fn why(_status: ExitStatus) -> SheetError {
    SheetError::Crashed
}
