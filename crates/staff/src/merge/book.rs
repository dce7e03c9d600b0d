//! The book of what was merged: beside the list, in `.staff/merged.jsonl`, a line for each merge, never published.
//!
//! It makes a second merge of the same chat change nothing, and lets a change be taken back to the byte. The book is written
//! before the list: a merge that was killed in between left a line whose list is still the one before it, and that line does not
//! count. So it is after somebody put the list of before back.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::patch::{Code, Ledger, Patch, Uuid};
use serde::{Deserialize, Serialize};

use super::undo::Edit;

/// Where the book is, beside the list.
pub const BOOK: &str = ".staff/merged.jsonl";
/// What a merge holds while it lasts, so that there is one at a time.
pub const LOCK: &str = ".staff/lock";

/// What was decided on a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is in the list, as far as nobody contradicted.
    Merged,
    /// It was not taken.
    Declined,
    /// It was in the list and was taken back.
    TakenBack,
}

/// A change in the book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    /// What was decided.
    pub verdict: Verdict,
    /// The change.
    pub code: String,
    /// Its fields, by number, that already were what it wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<usize>,
    /// What it takes to take it back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// One merge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// The day.
    pub on: String,
    /// SHA-256 of the list that it changed; none where it changed none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The changes, in the order in which they were merged.
    pub changes: Vec<Noted>,
}

/// Whether the book, its lock or their folder is a symlink, through which nothing is written.
pub fn is_linked(list: &Path) -> bool {
    let is_link =
        |name| fs::symlink_metadata(list.with_file_name(name)).is_ok_and(|found| found.is_symlink());
    [".staff", BOOK, LOCK].into_iter().any(is_link)
}

/// The book.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    batches: Vec<Batch>,
    noted: Vec<(Patch, Noted)>,
}

/// Why there is no book.
#[derive(Debug)]
pub enum BookError {
    /// The disk.
    Disk(io::Error),
    /// This line, from 1, is none of a book.
    Line(usize),
    /// It or its folder is a symlink.
    Link,
}

impl Book {
    /// The book of a list whose hash this is; an empty one where there is none yet.
    pub fn read(list: &Path, list_hash: &str) -> Result<Self, BookError> {
        let path = list.with_file_name(BOOK);
        if is_linked(list) {
            return Err(BookError::Link);
        }
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text.map_err(BookError::Disk)?,
        };
        let mut batches: Vec<Batch> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            batches.push(serde_json::from_str(line).map_err(|_| BookError::Line(number))?);
        }
        batches.pop_if(|last| last.before.as_deref() == Some(list_hash));
        let mut book = Self { path, batches: Vec::new(), noted: Vec::new() };
        for (number, batch) in (1..).zip(batches) {
            book.add(batch).ok_or(BookError::Line(number))?;
        }
        Ok(book)
    }

    /// The changes that were decided on, but for those that are not in the list and that somebody wants after all.
    pub fn ledger(&self, wanted: impl Fn(Uuid) -> bool) -> Ledger {
        let mut ledger = Ledger::default();
        let last: HashMap<Uuid, Verdict> =
            self.noted.iter().map(|(patch, noted)| (patch.uuid(), noted.verdict)).collect();
        for (patch, noted) in &self.noted {
            let is_in = last.get(&patch.uuid()) == Some(&Verdict::Merged);
            if is_in || !wanted(patch.uuid()) {
                ledger.note(patch, noted.same.iter().copied().filter(|_| is_in));
            }
        }
        ledger
    }

    /// What was decided on a change last.
    pub fn of(&self, uuid: Uuid) -> Option<&(Patch, Noted)> {
        self.noted.iter().rev().find(|(patch, _)| patch.uuid() == uuid)
    }

    /// The changes whose number begins like this, each once.
    pub fn find(&self, start: &str) -> BTreeSet<Uuid> {
        let own = self.noted.iter().map(|(patch, _)| patch.uuid());
        own.filter(|uuid| uuid.to_string().starts_with(start)).collect()
    }

    /// Adds a merge; none where one of its codes is none.
    pub fn add(&mut self, batch: Batch) -> Option<()> {
        for noted in &batch.changes {
            self.noted.push((Code::parse(&noted.code).ok()?.patch, noted.clone()));
        }
        self.batches.push(batch);
        Some(())
    }

    /// Writes it, whole or not at all.
    pub fn write(&self) -> io::Result<()> {
        let mut text = Vec::new();
        for batch in &self.batches {
            serde_json::to_writer(&mut text, batch)?;
            text.push(b'\n');
        }
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        crate::import::file::replace(&self.path, &text)
    }
}
