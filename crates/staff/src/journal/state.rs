//! What the journal comes to: the list, the reports, the links, and what became of each change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::event::{Event, Link, Put};
use super::known::{Fate, Known, Same, Waiting};
use super::view::View;

/// The state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Counts up with every change of the list.
    pub edition: u64,
    /// The list of stations.
    pub list: View,
    /// The riders' reports; none before the first.
    pub reports: Option<View>,
    /// The links, by number.
    pub links: BTreeMap<u32, Link>,
    /// The changes, by name.
    pub changes: BTreeMap<String, Known>,
    /// What waits, by entry.
    pub waiting: BTreeMap<u64, Waiting>,
    /// Changes some of whose fields were so already: what their authors had seen counts for what comes after them.
    pub same: Vec<Same>,
    /// The codes of the changes that came into the list last, by the entry by which they did.
    pub recent: BTreeMap<u64, String>,
    /// The names of the reports that came.
    pub reported: BTreeSet<String>,
    /// The list and the reports as they were taken in last: by which entry, and their hash.
    pub adopted: [Option<(u64, String)>; 2],
    /// The last entry that took somebody's data out; 0 where none did.
    pub redacted: u64,
}

/// The state in a file.
#[derive(Serialize, Deserialize)]
struct Saved {
    edition: u64,
    list: String,
    reports: Option<String>,
    links: Vec<Link>,
    changes: BTreeMap<String, Known>,
    waiting: BTreeMap<u64, Waiting>,
    same: Vec<Same>,
    recent: BTreeMap<u64, String>,
    reported: BTreeSet<String>,
    adopted: [Option<(u64, String)>; 2],
    redacted: u64,
}

impl State {
    /// The state before anything happened.
    pub fn new() -> Self {
        Self {
            edition: 0,
            list: View::new(json!({"schema": domain::SCHEMA, "stations": []})),
            reports: None,
            links: BTreeMap::new(),
            changes: BTreeMap::new(),
            waiting: BTreeMap::new(),
            same: Vec::new(),
            recent: BTreeMap::new(),
            reported: BTreeSet::new(),
            adopted: [None, None],
            redacted: 0,
        }
    }

    /// The state as the text of a file.
    pub fn save(&mut self) -> Vec<u8> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let saved = Saved {
            edition: self.edition,
            list: text(self.list.text()),
            reports: self.reports.as_mut().map(|view| text(view.text())),
            links: self.links.values().cloned().collect(),
            changes: self.changes.clone(),
            waiting: self.waiting.clone(),
            same: self.same.clone(),
            recent: self.recent.clone(),
            reported: self.reported.clone(),
            adopted: self.adopted.clone(),
            redacted: self.redacted,
        };
        serde_json::to_vec(&saved).unwrap_or_default()
    }

    /// The state of such a text.
    pub fn load(bytes: &[u8]) -> Option<Self> {
        let saved: Saved = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            edition: saved.edition,
            list: View::of(saved.list.as_bytes())?,
            reports: match saved.reports {
                None => None,
                Some(text) => Some(View::of(text.as_bytes())?),
            },
            links: saved.links.into_iter().map(|link| (link.number, link)).collect(),
            changes: saved.changes,
            waiting: saved.waiting,
            same: saved.same,
            recent: saved.recent,
            reported: saved.reported,
            adopted: saved.adopted,
            redacted: saved.redacted,
        })
    }

    /// What an event comes to. `blob` is the file it names. None where the event makes no sense here.
    pub fn apply(&mut self, seq: u64, event: &Event, blob: Option<&[u8]>) -> Option<()> {
        match event {
            Event::Adopted { list, over } => {
                self.list = View::of(blob?)?;
                self.adopted[0] = Some((seq, list.clone()));
                let revision = self.list.value.pointer("/dataset/revision").and_then(Json::as_u64);
                self.edition = (self.edition + 1).max(revision.unwrap_or(0));
                self.wait_again(over);
            }
            Event::Reports { file, back } => {
                let mut view = View::of(blob?)?;
                if !back.is_empty() {
                    reports_of(&mut view)?.extend(back.iter().cloned());
                }
                self.keep_counts(&mut view);
                self.reports = Some(view);
                self.adopted[1] = Some((seq, file.clone()));
            }
            Event::Change(change) => self.change(seq, change),
            Event::Review(review) => self.review(seq, review)?,
            Event::Undone { of, with, put } => {
                self.put(put.as_ref());
                self.undone(&[&[*of][..], with].concat());
            }
            Event::Restored { to, list: _ } => {
                self.edition += 1;
                match Self::load(blob?) {
                    Some(then) => self.go_back(*to, then),
                    // As older versions wrote it: the list alone.
                    None => self.go_back_alone(*to, View::of(blob?)?),
                }
            }
            Event::Link(link) => drop(self.links.insert(link.number, link.clone())),
            Event::Rotated { number, token, code, until } => {
                let link = self.links.get_mut(number)?;
                link.tokens = vec![token.clone()];
                (link.code, link.until, link.revoked) = (code.clone(), *until, false);
            }
            Event::Revoked { number } => self.links.get_mut(number)?.revoked = true,
            Event::Used { number, token } => {
                let tokens = &mut self.links.get_mut(number)?.tokens;
                tokens.push(token.clone());
                // The link's own stays; of phones that typed the code, the last few.
                if tokens.len() > TOKENS {
                    tokens.remove(1);
                }
            }
            Event::Report(report) => {
                let view = self
                    .reports
                    .get_or_insert_with(|| View::new(json!({"schema": 1, "reports": [], "answers": {}})));
                reports_of(view)?.push(serde_json::to_value(report).ok()?);
                self.reported.insert(report.uuid.clone());
            }
            Event::Trimmed { over, dropped, at } => self.trimmed(over, dropped, at)?,
            Event::Redacted { .. } => {
                *self = Self::load(blob?)?;
                self.redacted = seq;
            }
            Event::Cut { .. } => {}
            Event::Raised { edition } => self.edition = self.edition.max(*edition),
        }
        Some(())
    }

    fn go_back_alone(&mut self, to: u64, list: View) {
        self.list = list;
        self.recent.clear();
        for known in self.changes.values_mut().filter(|known| known.seq > to) {
            known.fate = match known.fate {
                Fate::Live => Fate::Undone,
                Fate::Both => Fate::Review,
                fate => fate,
            };
        }
    }

    pub(super) fn put(&mut self, put: Option<&Put>) {
        let Some(put) = put else { return };
        self.edition += 1;
        let at = self.place(&put.id);
        let Some(stations) = self.list.change().get_mut("stations").and_then(Json::as_array_mut) else {
            return;
        };
        match (at, &put.json) {
            (Some(at), Some(json)) => stations[at] = json.clone(),
            (Some(at), None) => drop(stations.remove(at)),
            (None, Some(json)) => stations.insert(put.at.min(stations.len()), json.clone()),
            (None, None) => {}
        }
    }

    /// The stations of the list.
    pub fn stations(&self) -> &[Json] {
        self.list.value.get("stations").and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    /// Where a station stands in the list.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.stations().iter().position(|one| one.get("id").and_then(Json::as_str) == Some(id))
    }
}

/// Tokens that a link has at most.
const TOKENS: usize = 8;

/// The reports of their file, where more are put; an empty list where somebody wrote none.
pub(super) fn reports_of(view: &mut View) -> Option<&mut Vec<Json>> {
    let all = view.change().as_object_mut()?.entry("reports").or_insert(Json::Null);
    if all.is_null() {
        *all = json!([]);
    }
    all.as_array_mut()
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}
