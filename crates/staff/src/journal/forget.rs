//! Taking somebody's data out of everything that is kept, the journal included.
//!
//! The entries that hold them lose their bodies and the salts of their hashes; numbers, times, kinds and hashes stay, so that
//! the chain is checked as before and shows that something was forgotten, but not what. A new entry holds the whole state without the data, and
//! the journal is read from there. It is written first: who is killed after it finds it and does the rest.

use domain::patch::Code;
use domain::patch::written_phones;
use domain::phone::Phone;
use domain::wire::encode;
use serde_json::Value as Json;

use super::event::Event;
use super::files::{Files, put};
use super::state::State;
use super::store::{JOURNAL, LOG, Store, StoreError, at, blob_path};
use super::views::is_good;
use super::{LIST, REPORTS};
use crate::hash::sha256_hex;
use crate::merge::book::{Noted, without};

/// The book of merged chats, below the source folder.
const BOOK: &str = "data/.staff/merged.jsonl";
/// What stands in a text for what was taken out.
const GAP: &str = "■";

/// What forgetting did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The new entry.
    pub seq: u64,
    /// The entries that were forgotten.
    pub entries: Vec<u64>,
    /// How many places of the list, the reports and the links had it.
    pub places: usize,
    /// How many changes in the book of merged chats had it.
    pub merged: usize,
}

impl<F: Files> Store<F> {
    /// Takes a text, a name or a number, out of everything; none where it is nowhere.
    pub fn forget(&mut self, text: &str) -> Result<Option<Forgotten>, StoreError> {
        let hold = self.hold()?;
        if let Some(path) = self.broken().first().copied().or_else(|| self.needed()) {
            return Err(StoreError::Broken(path));
        }
        let mut entries = Vec::new();
        for line in self.lines()?.iter().filter(|line| line.body.is_some()) {
            let event = super::event(line)?;
            let blob = event.blob().map(|hash| self.blob(hash)).transpose()?.flatten();
            if says(&event, text) || blob.is_some_and(|blob| blob_says(&blob, text)) {
                entries.push(line.seq);
            }
        }
        let mut state = self.state.clone();
        let places = clean(&mut state, text, &entries);
        let book = self.book_without(text)?;
        let merged = book.as_ref().map_or(0, |(count, _)| *count);
        if entries.is_empty() && places == 0 && merged == 0 {
            return Ok(None);
        }
        for (path, view) in [(LIST, Some(&state.list)), (REPORTS, state.reports.as_ref())] {
            if let Some(place) = view.and_then(|view| find(&view.value, text)) {
                return Err(StoreError::Kept(path, place));
            }
        }
        if !is_good(LIST, state.list.text()) {
            return Err(StoreError::BadList);
        }
        // The files as they are now are this tool's, whatever happens: nobody takes them in again.
        for path in [LIST, REPORTS] {
            if let Ok(bytes) = self.files.read(path, 0) {
                self.note(path, vec![sha256_hex(&bytes)])?;
            }
        }
        let kept = self.keep_blob(&state.save())?;
        let book = book.map(|(_, book)| self.keep_blob(&book)).transpose()?;
        let seq = self.write(&Event::Redacted { entries: entries.clone(), state: kept, book })?;
        self.is_clean = false;
        self.finish_redaction()?;
        self.show()?;
        drop(hold);
        Ok(Some(Forgotten { seq, entries, places, merged }))
    }

    /// The book of merged chats without a text, and how many of its changes said it; none where it can stay as it is.
    fn book_without(&self, text: &str) -> Result<Option<(usize, Vec<u8>)>, StoreError> {
        if at(BOOK, self.files.stat(BOOK))?.is_none() {
            return Ok(None);
        }
        let own = at(BOOK, self.files.read(BOOK, 0))?;
        let list = self.files.read(LIST, 0).map(|list| sha256_hex(&list)).unwrap_or_default();
        let says = |noted: &Noted| {
            code_says(&noted.code, text)
                || serde_json::to_value(noted).is_ok_and(|value| contains(&value, text))
        };
        // What a merge wrote that was killed before it wrote the list goes too: by another list it would count.
        let (count, book) = without(&own, &list, says).map_err(StoreError::BadBook)?;
        Ok((book != own).then_some((count, book)))
    }

    /// Does what a redaction says and somebody was killed before doing. The journal is held.
    pub(super) fn finish_redaction(&mut self) -> Result<(), StoreError> {
        if self.is_clean {
            return Ok(());
        }
        self.is_clean = true;
        let lines = self.lines()?;
        let Some(last) = lines.iter().rfind(|line| line.kind == "redacted") else { return Ok(()) };
        let Event::Redacted { entries, book, .. } = super::event(last)? else { return Ok(()) };
        let all = || lines.iter().filter(|line| entries.contains(&line.seq));
        let book = book.map(|hash| self.blob(&hash)).transpose()?.flatten();
        if all().all(|line| line.body.is_none()) && book.is_none() {
            return Ok(());
        }
        self.is_clean = false;
        // One that somebody moved away since is nobody's any more.
        if let (Some(book), Some(_)) = (book, at(BOOK, self.files.stat(BOOK))?) {
            at(BOOK, put(&self.files, BOOK, &book))?;
        }
        self.drop_kept()?;
        self.drop_settings()?;
        // What the rest of the lines names stays; what only forgotten ones named goes.
        let mut named = Vec::new();
        for line in lines.iter().filter(|line| line.body.is_some() && !entries.contains(&line.seq)) {
            named.extend(super::event(line)?.blob().map(blob_path));
        }
        for name in at(JOURNAL, self.files.list(JOURNAL))? {
            let path = format!("{JOURNAL}/{name}");
            if path != LOG && !named.contains(&path) {
                at(&path, self.files.remove(&path))?;
            }
        }
        at(JOURNAL, self.files.sync_folder(JOURNAL))?;
        let forget = |line: &super::Line| {
            if entries.contains(&line.seq) { line.clone().forgotten() } else { line.clone() }.to_string()
        };
        let text: String = lines.iter().map(forget).collect();
        at(LOG, put(&self.files, LOG, text.as_bytes()))?;
        self.is_clean = true;
        self.moved(text.len() as u64)
    }
}

/// Takes a text out of a state, and what entries that are forgotten leave there; how many places had it.
fn clean(state: &mut State, text: &str, entries: &[u64]) -> usize {
    let mut places = 0;
    let mut count = |found: bool| places += usize::from(found);
    count(state.list.rub(text));
    if let Some(reports) = &mut state.reports {
        count(reports.rub(text));
    }
    for link in state.links.values_mut().filter(|link| link.name.contains(text)) {
        link.name = link.name.replace(text, GAP);
        count(true);
    }
    let has = |code: &str| code_says(code, text);
    // Whoever has the hash of a change could try names until it fits.
    for known in state.changes.values_mut().filter(|known| entries.contains(&known.seq)) {
        known.print.clear();
    }
    state.same.retain(|one| !has(&one.code));
    state.recent.retain(|_, code| !has(code));
    let gone: Vec<u64> =
        state.waiting.iter().filter(|(_, one)| has(&one.code)).map(|(seq, _)| *seq).collect();
    for seq in gone {
        if let Some(waiting) = state.waiting.remove(&seq)
            && let Some(known) = state.changes.get_mut(&waiting.uuid)
        {
            known.fate = super::Fate::Refused;
        }
        count(true);
    }
    state.adopted = [None, None];
    state.edition += 1;
    places
}

/// Whether an event says a text.
fn says(event: &Event, text: &str) -> bool {
    let code = match event {
        Event::Change(change) => code_says(&change.code, text),
        _ => false,
    };
    code || serde_json::to_value(event).is_ok_and(|value| contains(&value, text))
}

/// Whether a change says a text: its words stand in its published form as they are.
fn code_says(code: &str, text: &str) -> bool {
    let words = Code::parse(code).map(|code| encode(&code.patch)).unwrap_or_default();
    words.windows(text.len().max(1)).any(|some| some == text.as_bytes())
}

/// Whether a kept list, or a kept state with its codes, says a text.
fn blob_says(blob: &[u8], text: &str) -> bool {
    if let Ok(value) = serde_json::from_slice::<Json>(blob)
        && contains(&value, text)
    {
        return true;
    }
    let Some(state) = State::load(blob) else { return false };
    let codes = state.same.iter().map(|one| &one.code);
    let codes = codes.chain(state.recent.values()).chain(state.waiting.values().map(|one| &one.code));
    let mut views = [Some(&state.list), state.reports.as_ref()].into_iter().flatten();
    codes.into_iter().any(|code| code_says(code, text)) || views.any(|view| contains(&view.value, text))
}

/// Whether a text stands anywhere in a value.
pub(super) fn contains(value: &Json, text: &str) -> bool {
    find(value, text).is_some()
}

/// The first place of a value at which a text stands, as a path.
fn find(value: &Json, text: &str) -> Option<String> {
    match value {
        Json::String(own) => own.contains(text).then(String::new),
        Json::Array(entries) => {
            let mut places = entries.iter().enumerate();
            places.find_map(|(at, one)| Some(format!("[{at}]{}", find(one, text)?)))
        }
        Json::Object(fields) => {
            fields.iter().find_map(|(key, one)| Some(format!(".{key}{}", find(one, text)?)))
        }
        _ => None,
    }
}

/// Takes a text out of a value: a person of that name is nobody, a number is none, anywhere else a gap stands for it.
pub(super) fn rub(value: &mut Json, text: &str) {
    match value {
        Json::Array(entries) => entries.iter_mut().for_each(|one| rub(one, text)),
        Json::Object(fields) => {
            for (key, one) in fields.iter_mut() {
                match (key.as_str(), one.as_str()) {
                    // What names something else is nobody's data, and nothing would find it again.
                    ("id" | "uuid" | "station" | "file" | "url" | "kind" | "role" | "at", _) => {}
                    ("person", Some(own)) if own.contains(text) => *one = Json::Null,
                    ("phone", Some(own)) if own.contains(text) => {
                        let mut phones = Phone::all(own);
                        phones.retain(|phone| !phone.text().contains(text));
                        *one = written_phones(&phones).into();
                    }
                    _ => rub(one, text),
                }
            }
        }
        Json::String(own) if own.contains(text) => *own = own.replace(text, GAP),
        _ => {}
    }
}
