//! What the journal comes to: the list, the reports, the links, and what became of each change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::event::{Change, Event, Link, Put};
use super::view::View;
use crate::hash::sha256_hex;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// All of it is in the list.
    Live,
    /// All of it waits for staff.
    Review,
    /// Some is in the list, some waits.
    Both,
    /// What waited was not taken.
    Refused,
    /// It was taken back.
    Undone,
}

impl Fate {
    /// Its word, as the API says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Review => "review",
            Self::Both => "live+review",
            Self::Refused => "refused",
            Self::Undone => "undone",
        }
    }

    const fn of(live: bool, waits: bool) -> Self {
        match (live, waits) {
            (_, false) => Self::Live,
            (false, true) => Self::Review,
            (true, true) => Self::Both,
        }
    }
}

/// A change that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Its entry.
    pub seq: u64,
    /// The edition it is in.
    pub edition: u64,
    /// The station.
    pub station: String,
    /// The link it came by.
    pub link: u32,
    /// SHA-256 of its code: another change of the same name is not it.
    pub print: String,
    /// Its fields that went live at once, those that waited, those that were so already.
    pub split: [Vec<usize>; 3],
    /// What became of it.
    pub fate: Fate,
}

/// A change that waits for staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The change's name.
    pub uuid: String,
    /// The change.
    pub code: String,
    /// The link it came by.
    pub link: u32,
    /// The fields that wait, by number.
    pub ops: Vec<usize>,
    /// Whether it was in the list and an edit of the file took it out.
    pub over: bool,
}

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
    pub same: Vec<(String, Vec<usize>)>,
    /// The codes that went live since the list was adopted last, by entry.
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
    same: Vec<(String, Vec<usize>)>,
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
                self.recent.clear();
            }
            Event::Reports { file } => {
                self.reports = Some(View::of(blob?)?);
                self.adopted[1] = Some((seq, file.clone()));
            }
            Event::Change(change) => self.change(seq, change),
            Event::Review(review) => {
                let waiting = self.waiting.remove(&review.of)?;
                self.put(review.put.as_ref());
                let edition = self.edition;
                let mut answered = None;
                if let Some(known) = self.changes.get_mut(&waiting.uuid) {
                    known.edition = known.edition.max(edition);
                    known.fate = if review.accepted { Fate::Live } else { Fate::Refused };
                    answered = review.accepted.then(|| known.station.clone());
                }
                if let Some(station) = answered {
                    self.answer(&station);
                }
            }
            Event::Undone { of, put } => {
                self.put(put.as_ref());
                self.waiting.remove(of);
                self.recent.remove(of);
                let edition = self.edition;
                for known in self.changes.values_mut().filter(|known| known.seq == *of) {
                    (known.fate, known.edition) = (Fate::Undone, edition);
                }
            }
            Event::Restored { to, list: _ } => {
                self.list = View::of(blob?)?;
                self.edition += 1;
                self.recent.clear();
                for known in self.changes.values_mut().filter(|known| known.seq > *to) {
                    if known.fate == Fate::Live {
                        known.fate = Fate::Undone;
                    } else if known.fate == Fate::Both {
                        known.fate = Fate::Review;
                    }
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
                let all = view.change().as_object_mut()?.entry("reports").or_insert_with(|| json!([]));
                all.as_array_mut()?.push(serde_json::to_value(report).ok()?);
                self.reported.insert(report.uuid.clone());
            }
            Event::Redacted { .. } => {
                *self = Self::load(blob?)?;
                self.redacted = seq;
            }
            Event::Cut { .. } => {}
            Event::Raised { edition } => self.edition = self.edition.max(*edition),
        }
        Some(())
    }

    fn change(&mut self, seq: u64, change: &Change) {
        self.put(change.put.as_ref());
        let Change { uuid, station, code, link, live, review, same, .. } = change;
        if !review.is_empty() {
            let (uuid, code, ops) = (uuid.clone(), code.clone(), review.clone());
            self.waiting.insert(seq, Waiting { uuid, code, link: *link, ops, over: false });
        }
        if !same.is_empty() {
            self.same.push((code.clone(), same.clone()));
            if self.same.len() > SAME {
                self.same.remove(0);
            }
        }
        if !live.is_empty() {
            self.recent.insert(seq, code.clone());
            self.answer(station);
        }
        let known = Known {
            seq,
            edition: self.edition,
            station: station.clone(),
            link: *link,
            print: sha256_hex(code.as_bytes()),
            split: [live.clone(), review.clone(), same.clone()],
            fate: Fate::of(!live.is_empty() || !same.is_empty(), !review.is_empty()),
        };
        self.changes.insert(uuid.clone(), known);
    }

    /// Changes that an edit of the file took out wait for a decision.
    fn wait_again(&mut self, over: &[(u64, Vec<usize>)]) {
        for (seq, ops) in over {
            let known = self.changes.iter_mut().find(|(_, known)| known.seq == *seq);
            let (Some((uuid, known)), Some(code)) = (known, self.recent.get(seq)) else { continue };
            known.fate = Fate::Review;
            let (uuid, code, link) = (uuid.clone(), code.clone(), known.link);
            let waiting = self.waiting.entry(*seq);
            let waiting = waiting.or_insert(Waiting { uuid, code, link, ops: Vec::new(), over: true });
            waiting.ops.extend(ops.iter().copied());
            waiting.ops.sort_unstable();
        }
    }

    fn put(&mut self, put: Option<&Put>) {
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

/// Changes whose authors had seen something that are remembered: what they overtake is at most days late.
const SAME: usize = 500;
/// Tokens that a link has at most.
const TOKENS: usize = 8;

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}
