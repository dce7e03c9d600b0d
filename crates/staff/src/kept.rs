//! A small file of the source folder that a command edits as JSON, so that keys nobody knows survive: `site.json`, `reports.json`.
//! One command at a time, and whoever reads meanwhile finds the old file or the new one.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::import::file::{replace_held, text};
use crate::journal::files::{Disk, Files as _, LOCK, home};
use crate::journal::{FOLDER, JOURNAL};

/// The server holds the lock for as long as it takes to write, and so do commands.
const PATIENCE: Duration = Duration::from_secs(3);
const STEP: Duration = Duration::from_millis(20);

/// A file, as it was when the command began.
#[derive(Debug)]
pub struct Kept {
    path: PathBuf,
    indent: usize,
    before: Vec<u8>,
    /// What it says.
    pub value: Value,
    _lock: Option<File>,
}

/// Why a file cannot be edited.
#[derive(Debug)]
pub enum KeptError {
    /// The disk.
    Disk(io::Error),
    /// No JSON, or no object; what the parser said.
    Json(String),
    /// It, or what is locked, is a symlink.
    Link,
    /// Another command is at it.
    Busy,
}

impl From<io::Error> for KeptError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// The source folder of a file like `public/data/site.json`.
pub fn source_of(file: &Path) -> &Path {
    let folder = file.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Whether a server keeps the folder of a file, so that what it was told is in a journal.
pub fn is_served(file: &Path) -> bool {
    home(file).join(JOURNAL).exists()
}

/// Holds the lock under which a file is written, by the server and by every command.
pub fn hold(file: &Path) -> Result<File, KeptError> {
    let disk = Disk::new(&home(file));
    if disk.symlink(&[FOLDER, LOCK]).is_some() {
        return Err(KeptError::Link);
    }
    disk.make_folder(FOLDER)?;
    let lock = disk.lock_file()?;
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => thread::sleep(STEP),
            Err(TryLockError::WouldBlock) => return Err(KeptError::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

impl Kept {
    /// Opens a file, to be written or only to be looked at. Where there is none, it says `empty`; without that, it must be there.
    pub fn open(path: &Path, empty: Option<Value>, writes: bool) -> Result<Self, KeptError> {
        Self::open_held(path, empty, writes, None)
    }

    /// The same for who holds the folder's lock already.
    pub fn open_held(
        path: &Path,
        empty: Option<Value>,
        writes: bool,
        held: Option<File>,
    ) -> Result<Self, KeptError> {
        if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            return Err(KeptError::Link);
        }
        let lock = if writes && held.is_none() { Some(hold(path)?) } else { held };
        let (before, value) = match (fs::read(path), empty) {
            (Err(error), Some(empty)) if error.kind() == io::ErrorKind::NotFound => (Vec::new(), empty),
            (read, _) => {
                let bytes = read?;
                let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
                let value =
                    serde_json::from_slice(json).map_err(|error| KeptError::Json(error.to_string()))?;
                (bytes, value)
            }
        };
        if !value.is_object() {
            return Err(KeptError::Json("{…}".to_owned()));
        }
        let line = before.split(|&byte| byte == b'\n').nth(1).unwrap_or(b"  ");
        let indent = line.iter().take_while(|&&byte| byte == b' ').count().clamp(1, 8);
        Ok(Self { path: path.to_owned(), indent, before, value, _lock: lock })
    }

    /// The file as it stands.
    pub fn bytes(&self) -> &[u8] {
        &self.before
    }

    /// The file as it would be written.
    pub fn text(&self) -> io::Result<Vec<u8>> {
        Ok(text(&self.value, self.indent)?)
    }

    /// Writes it, whole or not at all, where it says something else than before. False: it was changed by somebody else
    /// meanwhile, and nothing was written.
    pub fn write(&self) -> io::Result<bool> {
        let now = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        if now != self.before {
            return Ok(false);
        }
        let text = self.text()?;
        replace_held(&self.path, |to| to.write_all(&text)).map(|()| true)
    }
}
