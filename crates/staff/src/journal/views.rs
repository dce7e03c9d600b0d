//! The files that people see: `data/stations.json` and `data/reports.json`, rebuilt from the journal whenever they differ from it,
//! and taken into it where somebody else wrote them.
//!
//! Which is which says a record beside the journal: the hash of each file that this tool wrote and of the one it is about to write.
//! A file of another hash is somebody's edit.

use std::collections::{BTreeMap, BTreeSet};

use domain::finding::Problem;
use domain::patch::{Code, Current, Field, Record as _, Value};
use domain::station::Station;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::event::Event;
use super::files::{Files, Stat, put, put_over};
use super::state::State;
use super::store::{Store, StoreError, at};
use super::view::View;
use super::{LIST, REPORTS};
use crate::hash::sha256_hex;
use crate::import::understand;
use crate::source;

/// Which hashes were written by this tool.
const RECORD: &str = ".staff/views.json";

/// What this tool wrote of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Written {
    /// The last entry of the state that it is of.
    seq: u64,
    /// The hash of what it wrote, or of what was there and of what it is writing.
    hashes: Vec<String>,
}

/// What is known of the files.
#[derive(Debug, Default)]
pub struct Views {
    /// The state of each file when it was last looked at.
    stamps: BTreeMap<&'static str, Option<Stat>>,
    /// The files that somebody edited and that are broken as they are: they are let be until they are mended.
    broken: BTreeMap<&'static str, bool>,
}

impl Views {
    /// Nothing is known any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

impl<F: Files> Store<F> {
    /// The files that somebody edited and that cannot be taken in as they are.
    pub fn broken(&self) -> Vec<&'static str> {
        self.views.broken.iter().filter(|(_, broken)| **broken).map(|(path, _)| *path).collect()
    }

    /// Takes in what somebody wrote into the files. The journal is held.
    pub(super) fn take_in(&mut self) -> Result<(), StoreError> {
        for path in [LIST, REPORTS] {
            self.take_in_one(path)?;
        }
        Ok(())
    }

    fn take_in_one(&mut self, path: &'static str) -> Result<(), StoreError> {
        let stamp = at(path, self.files.stat(path))?;
        if self.views.stamps.get(path) == Some(&stamp) {
            return Ok(());
        }
        let own = self.hash_of(path);
        let Some(_) = stamp else {
            if path == LIST && own.is_none() {
                return Err(StoreError::NoList);
            }
            self.views.stamps.insert(path, stamp);
            self.views.broken.insert(path, false);
            return Ok(());
        };
        let bytes = at(path, self.files.read(path, 0))?;
        let hash = sha256_hex(&bytes);
        let is_own = own.as_ref() == Some(&hash);
        let is_stale = !is_own && self.is_known(path, &hash);
        self.views.broken.insert(path, false);
        if !is_own && !is_stale {
            if is_good(path, &bytes) {
                let kept = self.keep_blob(&bytes)?;
                let event = if path == LIST {
                    let over = self.overwritten(&bytes);
                    Event::Adopted { list: kept, over }
                } else {
                    let back = self.unseen(&bytes);
                    Event::Reports { file: kept, back }
                };
                self.write(&event)?;
            } else if path == LIST && own.is_none() {
                return Err(StoreError::BadList);
            } else {
                self.views.broken.insert(path, true);
            }
        }
        self.views.stamps.insert(path, stamp);
        Ok(())
    }

    fn hash_of(&mut self, path: &str) -> Option<String> {
        match path {
            LIST if self.state.edition == 0 => None,
            LIST => Some(sha256_hex(self.state.list.text())),
            _ => self.state.reports.as_mut().map(|view| sha256_hex(view.text())),
        }
    }

    fn record(&self) -> BTreeMap<String, Written> {
        let bytes = self.files.read(RECORD, 0).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Notes that files of these hashes are this tool's.
    pub(super) fn note(&self, path: &str, hashes: Vec<String>) -> Result<(), StoreError> {
        let mut record = self.record();
        record.insert(path.to_owned(), Written { seq: self.tip.seq, hashes });
        let record = serde_json::to_vec(&record).unwrap_or_default();
        at(RECORD, put(&self.files, RECORD, &record))
    }

    /// Whether a file that is not what the journal comes to is what it came to before: written by this tool, or taken in by it
    /// and not yet written since.
    fn is_known(&self, path: &str, hash: &str) -> bool {
        let written = self.record().remove(path).unwrap_or_default();
        let adopted = self.state.adopted[usize::from(path != LIST)].as_ref();
        written.hashes.iter().any(|known| known == hash)
            || adopted.is_some_and(|(seq, known)| known == hash && written.seq < *seq)
    }

    /// Writes the files that the journal has come to differ from. The journal is held.
    pub fn show(&mut self) -> Result<(), StoreError> {
        for path in [LIST, REPORTS] {
            if self.views.broken.get(path) == Some(&true) {
                continue;
            }
            let Some(own) = self.hash_of(path) else { continue };
            let stamp = at(path, self.files.stat(path))?;
            let is_same = self.views.stamps.get(path) == Some(&stamp);
            let was = if stamp.is_some() {
                sha256_hex(&at(path, self.files.read(path, 0))?)
            } else {
                String::new()
            };
            if was == own || at(path, self.files.stat(path))? != stamp {
                // As it is to be; or somebody writes it just now.
                continue;
            }
            if !is_same && stamp.is_some() && !self.is_known(path, &was) {
                // Somebody wrote it since it was looked at; the next one who holds the journal takes it in.
                continue;
            }
            // Before, that both are this tool's; after, that only the new one is: whoever puts the old one back means it.
            let both = [was, own.clone()].into_iter().filter(|hash| !hash.is_empty()).collect();
            self.note(path, both)?;
            let view = if path == LIST { Some(&mut self.state.list) } else { self.state.reports.as_mut() };
            let text = view.map(View::text).unwrap_or_default();
            let put = at(path, put_over(&self.files, path, text, stamp))?;
            if let Some(stamp) = put {
                self.note(path, vec![own])?;
                self.views.stamps.insert(path, Some(stamp));
            }
        }
        Ok(())
    }

    /// Whether a file is no longer the one that was looked at last: somebody wrote it, or it was never looked at.
    pub fn is_edited(&self) -> Result<bool, StoreError> {
        for path in [LIST, REPORTS] {
            if self.views.stamps.get(path) != Some(&at(path, self.files.stat(path))?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The reports that stand behind the last one that a file knows: they came while somebody edited it.
    fn unseen(&self, bytes: &[u8]) -> Vec<Json> {
        let all = |value: &Json| value.get("reports").and_then(Json::as_array).cloned().unwrap_or_default();
        let name = |one: &Json| one.get("uuid").and_then(Json::as_str).map(str::to_owned);
        let own = self.state.reports.as_ref().map(|view| all(&view.value)).unwrap_or_default();
        let seen = View::of(bytes).map(|view| all(&view.value)).unwrap_or_default();
        let seen: BTreeSet<String> = seen.iter().filter_map(name).collect();
        let last = own.iter().rposition(|one| name(one).is_some_and(|name| seen.contains(&name)));
        own[last.map_or(0, |last| last + 1)..].to_vec()
    }

    /// The changes that are in the list and would be taken out of it unsaid by this text: by their own entry, and field by field. Of
    /// several of one field the last counts, and whatever was there before any of them is old.
    fn overwritten(&self, bytes: &[u8]) -> Vec<(u64, Vec<usize>)> {
        let mut over = BTreeMap::<u64, Vec<usize>>::new();
        let Some(new) = View::of(bytes) else { return Vec::new() };
        let mut next = State::new();
        next.list = new;
        let mut steps: Vec<(u64, u64, &[usize])> = Vec::new();
        for known in self.state.changes.values() {
            steps.extend(known.stands.iter().map(|(entry, ops)| (*entry, known.seq, ops.as_slice())));
        }
        steps.sort_unstable();
        let mut rows = BTreeMap::<(String, Field), Row>::new();
        for (entry, seq, ops) in steps {
            let code = self.state.recent.get(&entry).and_then(|code| Code::parse(code).ok());
            let Some(Code { patch, .. }) = code else { continue };
            let id = patch.station().as_str();
            let (Ok(was), Ok(is)) = (station(&self.state, id), station(&next, id)) else { continue };
            for (number, op) in ops.iter().filter_map(|&number| Some((number, patch.ops().get(number)?))) {
                let row = rows.entry((id.to_owned(), op.field.clone())).or_default();
                row.old.push(op.before.clone());
                if was.current(&op.field) == Current::Is(op.after.clone()) {
                    let is = is.current(&op.field);
                    let is_old = row.old.iter().any(|old| is == Current::Is(old.clone()));
                    row.last = (is_old && is != Current::Is(op.after.clone())).then_some((seq, number));
                }
            }
        }
        for (seq, number) in rows.into_values().filter_map(|row| row.last) {
            over.entry(seq).or_default().push(number);
        }
        over.into_iter().collect()
    }
}

/// The changes of one field.
#[derive(Default)]
struct Row {
    /// What was there before each.
    old: Vec<Option<Value>>,
    /// The last that is in the list, where a text shows something old instead: its entry and its field.
    last: Option<(u64, usize)>,
}

/// A station as it is understood, if there is one; the first rule that it breaks.
fn station(state: &State, id: &str) -> Result<Option<Station>, (String, Problem)> {
    state.place(id).and_then(|at| state.stations().get(at)).map(understand).transpose()
}

/// Whether a file that somebody wrote can be taken in: whether a build would take it.
pub(super) fn is_good(path: &'static str, bytes: &[u8]) -> bool {
    let Some(view) = View::of(bytes) else { return false };
    let is_list = || view.value.get("stations").is_some_and(Json::is_array);
    (path != LIST || is_list()) && source::wrong(path, Ok(bytes)).is_none()
}
