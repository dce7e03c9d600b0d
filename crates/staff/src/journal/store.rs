//! The journal opened: everybody reads on from its end before writing, writes one line, and has it on the disk before saying so.

use std::io;

use super::event::Event;
use super::files::{Files, put};
use super::line::{Line, Rest, Tip, read};
use super::state::State;
use super::views::Views;
use crate::hash::sha256_hex;

/// The folder that is nobody's but this tool's.
pub const FOLDER: &str = ".staff";
/// The journal's folder.
pub const JOURNAL: &str = ".staff/journal";
/// The journal.
pub const LOG: &str = ".staff/journal/log";

/// Why something could not be read or written.
#[derive(Debug)]
pub enum StoreError {
    /// The disk: what was read or written, and why not.
    Disk(String, io::Error),
    /// There is no list of stations.
    NoList,
    /// The list is broken, so that nothing can begin with it.
    BadList,
    /// This line of the book of merged chats is none.
    BadBook(usize),
    /// This line of the journal is not what was written there.
    Damaged(u64),
    /// This line is whole, but what it needs is not there or it makes no sense to this program.
    Senseless(u64),
    /// A symlink is where something would be written.
    Link(std::path::PathBuf),
    /// The folder is another user's, by their numbers: its owner's, and who runs this. What this writes would be closed to its owner.
    Owner(u32, u32),
    /// Somebody edited this file, and it is broken as it is: what it says cannot be taken out.
    Broken(&'static str),
    /// What should be taken out stands here, too, where it names something else: in this file, at this place.
    Kept(&'static str, String),
}

impl StoreError {
    /// Whether the disk is full or takes nothing.
    pub fn is_full(&self) -> bool {
        let kinds = [
            io::ErrorKind::StorageFull,
            io::ErrorKind::QuotaExceeded,
            io::ErrorKind::FileTooLarge,
            io::ErrorKind::ReadOnlyFilesystem,
        ];
        matches!(self, Self::Disk(_, error) if kinds.contains(&error.kind()))
    }
}

/// Names the file in an error.
pub(super) fn at<T>(path: &str, result: io::Result<T>) -> Result<T, StoreError> {
    result.map_err(|error| StoreError::Disk(path.to_owned(), error))
}

/// Where the file of a hash is kept.
pub(super) fn blob_path(hash: &str) -> String {
    format!("{JOURNAL}/{hash}.json")
}

/// The journal and what it comes to.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that may be amiss by itself")]
pub struct Store<F> {
    pub(super) files: F,
    pub(super) state: State,
    pub(super) tip: Tip,
    /// Which file the tip is in.
    pub(super) log: Option<u64>,
    pub(super) views: Views,
    /// A write failed, and what is behind the tip could not be taken away: it may not be trusted.
    pub(super) suspect: bool,
    /// Something was read without the lock.
    pub(super) unsure: bool,
    /// All that was read is on the disk for sure.
    pub(super) is_settled: bool,
    /// What redactions say is done.
    pub(super) is_clean: bool,
    /// The number of the line that the kept state is of.
    pub(super) kept: u64,
    clock: fn() -> i64,
}

/// Seconds since 1970 UTC.
pub fn system_clock() -> i64 {
    let passed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    passed.map_or(0, |passed| passed.as_secs().cast_signed())
}

impl<F: Files> Store<F> {
    /// Opens the journal of a folder; where there is none, it begins with the list as it is.
    pub fn open(files: F) -> Result<Self, StoreError> {
        Self::open_at(files, system_clock)
    }

    /// The same by another clock.
    pub fn open_at(files: F, clock: fn() -> i64) -> Result<Self, StoreError> {
        if at(super::LIST, files.stat(super::LIST))?.is_none() && at(LOG, files.stat(LOG))?.is_none() {
            return Err(StoreError::NoList);
        }
        at(FOLDER, files.make_folder(FOLDER))?;
        let mut store = Self {
            files,
            state: State::new(),
            tip: Tip::default(),
            log: None,
            views: Views::default(),
            suspect: false,
            unsure: false,
            is_settled: false,
            is_clean: false,
            kept: 0,
            clock,
        };
        let hold = store.hold()?;
        drop(hold);
        Ok(store)
    }

    /// The state as far as it is read.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The text of the list.
    pub fn list(&mut self) -> Vec<u8> {
        self.state.list.text().to_vec()
    }

    /// Notes that what is published has this number already: the next edition counts from it. The journal is held.
    pub fn raise(&mut self, edition: u64) -> Result<u64, StoreError> {
        self.write(&Event::Raised { edition })
    }

    /// The number of the last line that is read.
    pub const fn seq(&self) -> u64 {
        self.tip.seq
    }

    /// The files.
    pub const fn files(&self) -> &F {
        &self.files
    }

    /// Now, in seconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// The file of a hash; none where it is not there or is not what it was.
    pub(super) fn blob(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = blob_path(hash);
        if at(&path, self.files.stat(&path))?.is_none() {
            return Ok(None);
        }
        let bytes = at(&path, self.files.read(&path, 0))?;
        Ok((sha256_hex(&bytes) == hash).then_some(bytes))
    }

    /// Keeps a file under its hash, before a line names it.
    pub(super) fn keep_blob(&mut self, bytes: &[u8]) -> Result<String, StoreError> {
        let hash = sha256_hex(bytes);
        if self.blob(&hash)?.is_none() {
            let path = blob_path(&hash);
            let done = put(&self.files, &path, bytes);
            // Where it failed, the file is perhaps there and its name is not on the disk: the next who holds the journal sees to that.
            self.is_settled &= done.is_ok();
            at(&path, done)?;
        }
        Ok(hash)
    }

    /// Writes an event, whole and on the disk, or not at all. The journal is held. Gives back its number.
    pub fn write(&mut self, event: &Event) -> Result<u64, StoreError> {
        self.recover()?;
        // Never a line that could not be read again.
        let blob = event.blob().map(|hash| self.blob(hash)).transpose()?.flatten();
        let seq = self.tip.seq + 1;
        let body = serde_json::to_string(event).map_err(|_| StoreError::Senseless(seq))?;
        let mut next = None;
        if event.blob().is_some() {
            let mut state = self.state.clone();
            state.apply(seq, event, blob.as_deref()).ok_or(StoreError::Senseless(seq))?;
            next = Some(state);
        }
        let line = Line::new(seq, self.now(), event.word(), &self.tip.hash, salt(), body);
        let text = line.to_string();
        let done = self.files.append(LOG, text.as_bytes()).and_then(|()| self.files.sync(LOG));
        if let Err(error) = done {
            // Whatever of it is in the file was not said to be: it goes at once, or nothing is written until it has.
            self.suspect = true;
            let _ = self.recover();
            return Err(StoreError::Disk(LOG.to_owned(), error));
        }
        let offset = self.tip.offset + text.len() as u64;
        self.tip = Tip { seq, hash: line.hash, offset };
        match next {
            Some(state) => self.state = state,
            None => self.state.apply(seq, event, blob.as_deref()).ok_or(StoreError::Senseless(seq))?,
        }
        Ok(seq)
    }

    /// Takes away what a failed write may have left.
    pub(super) fn recover(&mut self) -> Result<(), StoreError> {
        if self.suspect {
            let cut = self.files.cut(LOG, self.tip.offset).and_then(|()| self.files.sync(LOG));
            match cut {
                Ok(()) => self.suspect = false,
                Err(error) => return Err(StoreError::Disk(LOG.to_owned(), error)),
            }
        }
        Ok(())
    }

    /// Whether nothing is written until a write works again.
    pub const fn is_read_only(&self) -> bool {
        self.suspect
    }

    /// The whole journal, line by line, from its first; an error where it is not whole. The journal is held or nobody writes.
    pub fn lines(&self) -> Result<Vec<Line>, StoreError> {
        let bytes = at(LOG, self.files.read(LOG, 0))?;
        let (mut lines, tip, rest) = read(&bytes, &Tip::default());
        // What is behind the tip was not confirmed to anybody.
        lines.retain(|line| line.seq <= self.tip.seq);
        match rest {
            Rest::Damaged(line) => Err(StoreError::Damaged(line)),
            _ if tip.seq < self.tip.seq => Err(StoreError::Damaged(tip.seq + 1)),
            _ => Ok(lines),
        }
    }

    /// The event of an entry; none where there is no such entry or it was forgotten.
    pub fn event(&self, seq: u64) -> Result<Option<Event>, StoreError> {
        let lines = self.lines()?;
        let line = lines.iter().find(|line| line.seq == seq && line.body.is_some());
        line.map(event).transpose()
    }

    /// The journal was put in place anew with the same lines: the tip is in another file now.
    pub(super) fn moved(&mut self, offset: u64) -> Result<(), StoreError> {
        self.tip.offset = offset;
        self.log = None;
        self.log = at(LOG, self.files.stat(LOG))?.map(|stat| stat.id);
        Ok(())
    }
}

/// What a line says.
pub fn event(line: &Line) -> Result<Event, StoreError> {
    let (_, body) = line.body.as_ref().ok_or(StoreError::Damaged(line.seq))?;
    let event = serde_json::from_str::<Event>(body).ok();
    event.filter(|event| event.word() == line.kind).ok_or(StoreError::Senseless(line.seq))
}

/// 128 random bits in hexadecimal digits. Where the system has none to give, of the time: the salt only keeps what was
/// forgotten from being guessed.
fn salt() -> String {
    let mut bytes = [0_u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        let passed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        bytes = passed.as_nanos().to_be_bytes();
    }
    let mut hex = sha256_hex(&bytes);
    hex.truncate(32);
    hex
}
