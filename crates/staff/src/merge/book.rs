//! The book of what was merged: beside the list, in `.staff/merged.jsonl`, a line for each merge, never published.
//!
//! It makes a second merge of the same chat change nothing, and lets a change be taken back to the byte. The book is written
//! before the list: a merge that was killed in between left a line whose list is still the one before it, and that line does not
//! count. So it is after somebody put the list of before back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::patch::{Code, Ledger, Patch, Uuid};
use serde::{Deserialize, Serialize};

use super::undo::Edit;
use crate::import::file::replace_held;

/// Where the book is, beside the list.
pub const BOOK: &str = ".staff/merged.jsonl";

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
    /// The change; empty where it was forgotten.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its name, where that is all that was kept of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten: Option<String>,
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

/// Whether the book or its folder is a symlink, through which nothing is written.
pub fn is_linked(list: &Path) -> bool {
    let is_link =
        |name| fs::symlink_metadata(list.with_file_name(name)).is_ok_and(|found| found.is_symlink());
    [".staff", BOOK].into_iter().any(is_link)
}

/// The book.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    /// Its bytes as they were read.
    was: Vec<u8>,
    batches: Vec<Batch>,
    noted: Vec<(Patch, Noted)>,
    /// What was decided last on changes of which only the name is kept.
    forgotten: BTreeMap<Uuid, Verdict>,
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
        let was = bytes(&path).map_err(BookError::Disk)?;
        let batches = batches(&was, list_hash).map_err(BookError::Line)?;
        let (noted, forgotten) = (Vec::new(), BTreeMap::new());
        let mut book = Self { path, was, batches: Vec::new(), noted, forgotten };
        for (number, batch) in (1..).zip(batches) {
            book.add(batch).ok_or(BookError::Line(number))?;
        }
        Ok(book)
    }

    /// Whether somebody else wrote it since it was read.
    pub fn is_overtaken(&self) -> io::Result<bool> {
        Ok(bytes(&self.path)? != self.was)
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
        for (uuid, verdict) in &self.forgotten {
            if *verdict == Verdict::Merged || !wanted(*uuid) {
                ledger.note_name(*uuid);
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
        let own = self.noted.iter().map(|(patch, _)| patch.uuid()).chain(self.forgotten.keys().copied());
        own.filter(|uuid| uuid.to_string().starts_with(start)).collect()
    }

    /// Whether only a change's name is kept, so that nobody can take it back.
    pub fn is_forgotten(&self, uuid: Uuid) -> bool {
        self.forgotten.contains_key(&uuid)
    }

    /// Adds a merge; none where one of its codes is none.
    pub fn add(&mut self, batch: Batch) -> Option<()> {
        for noted in &batch.changes {
            match &noted.forgotten {
                Some(name) => drop(self.forgotten.insert(Uuid::parse(name)?, noted.verdict)),
                None => self.noted.push((Code::parse(&noted.code).ok()?.patch, noted.clone())),
            }
        }
        self.batches.push(batch);
        Some(())
    }

    /// Writes it, whole or not at all.
    pub fn write(&self) -> io::Result<()> {
        let text = written(&self.batches)?;
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        replace_held(&self.path, |to| to.write_all(&text))
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

fn written(batches: &[Batch]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for batch in batches {
        serde_json::to_writer(&mut text, batch)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The merges in a book that count; or the line, from 1, that is none.
fn batches(book: &[u8], list_hash: &str) -> Result<Vec<Batch>, usize> {
    let lines = (1..).zip(book.split(|&byte| byte == b'\n')).filter(|(_, line)| !line.is_empty());
    let read = |(number, line)| serde_json::from_slice(line).map_err(|_| number);
    let mut batches = lines.map(read).collect::<Result<Vec<Batch>, usize>>()?;
    batches.pop_if(|last| last.before.as_deref() == Some(list_hash));
    Ok(batches)
}

/// A book without some changes' data: of these the names and what was decided are kept, so that nobody is asked about them
/// again, and nothing else. How many there were, and the book; or the line that is none.
pub fn without(
    book: &[u8],
    list_hash: &str,
    says: impl Fn(&Noted) -> bool,
) -> Result<(usize, Vec<u8>), usize> {
    let mut batches = batches(book, list_hash)?;
    let all = || {
        (1_usize..).zip(&batches).flat_map(|(line, batch)| batch.changes.iter().map(move |one| (line, one)))
    };
    let mut gone = BTreeSet::new();
    for (line, noted) in all().filter(|(_, noted)| noted.forgotten.is_none() && says(noted)) {
        gone.insert(Code::parse(&noted.code).map_err(|_| line)?.patch.uuid());
    }
    let mut count = 0;
    // Every word on such a change, as each holds the change.
    for noted in batches.iter_mut().flat_map(|batch| &mut batch.changes) {
        let uuid = Code::parse(&noted.code).map(|code| code.patch.uuid());
        if let Some(uuid) = uuid.ok().filter(|uuid| gone.contains(uuid)) {
            let (verdict, forgotten) = (noted.verdict, Some(uuid.to_string()));
            *noted = Noted { verdict, code: String::new(), forgotten, same: Vec::new(), edits: Vec::new() };
            count += 1;
        }
    }
    // What was read can be written.
    Ok((count, written(&batches).map_err(|_| batches.len())?))
}
