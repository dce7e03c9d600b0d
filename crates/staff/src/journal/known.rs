//! What became of each change, and what waits.

use serde::{Deserialize, Serialize};

use super::event::{Change, Review};
use super::state::State;
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

    const fn of(stands: bool, waits: bool) -> Self {
        match (stands, waits) {
            (true, false) => Self::Live,
            (false, true) => Self::Review,
            (true, true) => Self::Both,
            (false, false) => Self::Undone,
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
    /// SHA-256 of its code: another change of the same name is not it. Empty where the change was forgotten.
    pub print: String,
    /// Its fields that went live at once, those that waited, those that were so already.
    pub split: [Vec<usize>; 3],
    /// What became of it.
    pub fate: Fate,
    /// The entries by which fields of it are in the list, each with these: its own, and those of reviews that took what waited.
    #[serde(default)]
    pub stands: Vec<(u64, Vec<usize>)>,
}

impl Known {
    /// Says what became of it by what stands and whether something waits.
    fn settle(&mut self, waits: bool) {
        self.fate = Fate::of(!self.stands.is_empty(), waits);
    }
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

/// A change some of whose fields were so already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Same {
    /// The change.
    pub code: String,
    /// Those fields, by number.
    pub ops: Vec<usize>,
    /// The minute it counts for; empty: when its author says it was made.
    #[serde(default)]
    pub at: String,
}

/// Changes whose authors had seen something that are remembered: what they overtake is at most days late.
const SAME: usize = 500;
/// Entries whose changes are looked for when somebody edits the list: editors are not open for longer.
const RECENT: usize = 500;

impl State {
    /// A host's change.
    pub(super) fn change(&mut self, seq: u64, change: &Change) {
        self.put(change.put.as_ref());
        let Change { uuid, station, code, link, live, review, same, at, .. } = change;
        if !review.is_empty() {
            let (uuid, code, ops) = (uuid.clone(), code.clone(), review.clone());
            self.waiting.insert(seq, Waiting { uuid, code, link: *link, ops, over: false });
        }
        if !same.is_empty() {
            self.same.push(Same { code: code.clone(), ops: same.clone(), at: at.clone() });
            if self.same.len() > SAME {
                self.same.remove(0);
            }
        }
        if !live.is_empty() {
            self.remember(seq, code);
            self.answer(station);
        }
        let own = [live.as_slice(), same].concat();
        let mut known = Known {
            seq,
            edition: self.edition,
            station: station.clone(),
            link: *link,
            print: sha256_hex(code.as_bytes()),
            split: [live.clone(), review.clone(), same.clone()],
            fate: Fate::Live,
            stands: if own.is_empty() { Vec::new() } else { vec![(seq, own)] },
        };
        known.settle(!review.is_empty());
        self.changes.insert(uuid.clone(), known);
    }

    /// What staff said to what waited; none where nothing waits there.
    pub(super) fn review(&mut self, seq: u64, review: &Review) -> Option<()> {
        let waiting = self.waiting.remove(&review.of)?;
        self.put(review.put.as_ref());
        if review.accepted {
            self.remember(seq, &waiting.code);
        }
        let Some(known) = self.changes.get_mut(&waiting.uuid) else { return Some(()) };
        known.edition = known.edition.max(self.edition);
        if !review.accepted {
            known.fate = Fate::Refused;
            return Some(());
        }
        known.stands.push((seq, review.live.clone()));
        known.settle(false);
        let station = known.station.clone();
        self.answer(&station);
        Some(())
    }

    /// What these entries did was taken back, and what waits under them does no more.
    pub(super) fn undone(&mut self, entries: &[u64]) {
        for entry in entries {
            self.waiting.remove(entry);
            self.recent.remove(entry);
        }
        for known in self.changes.values_mut() {
            let before = known.stands.len();
            known.stands.retain(|(entry, _)| !entries.contains(entry));
            if known.stands.len() < before || entries.contains(&known.seq) {
                known.settle(self.waiting.contains_key(&known.seq));
                known.edition = self.edition;
            }
        }
    }

    /// Changes that an edit of the file took out wait for a decision.
    pub(super) fn wait_again(&mut self, over: &[(u64, Vec<usize>)]) {
        for (seq, ops) in over {
            let Some((uuid, known)) = self.changes.iter_mut().find(|(_, known)| known.seq == *seq) else {
                continue;
            };
            let mut entries = known.stands.iter().map(|(entry, _)| entry).chain([seq]);
            let code = entries.find_map(|entry| self.recent.get(entry)).cloned();
            drop(entries);
            let Some(code) = code else { continue };
            for (_, standing) in &mut known.stands {
                standing.retain(|op| !ops.contains(op));
            }
            known.stands.retain(|(_, standing)| !standing.is_empty());
            known.settle(true);
            let (uuid, link) = (uuid.clone(), known.link);
            let waiting = self.waiting.entry(*seq);
            let waiting = waiting.or_insert(Waiting { uuid, code, link, ops: Vec::new(), over: true });
            waiting.ops.extend(ops.iter().copied());
            waiting.ops.sort_unstable();
            waiting.ops.dedup();
        }
    }

    /// The list became what it was after entry `to`: so did the changes that were known then. Of later ones nothing is in it; what
    /// of them waits goes on waiting.
    pub(super) fn go_back(&mut self, to: u64, then: Self) {
        let later = self.waiting.split_off(&(to + 1));
        self.waiting = then.waiting;
        self.waiting.extend(later);
        self.recent = then.recent;
        self.list = then.list;
        for (uuid, known) in &mut self.changes {
            if known.seq > to {
                known.stands.clear();
                if known.fate != Fate::Refused {
                    known.settle(self.waiting.contains_key(&known.seq));
                }
            } else if let Some(was) = then.changes.get(uuid) {
                (known.fate, known.stands) = (was.fate, was.stands.clone());
            }
        }
    }

    fn remember(&mut self, seq: u64, code: &str) {
        self.recent.insert(seq, code.to_owned());
        if self.recent.len() > RECENT {
            self.recent.pop_first();
        }
    }
}
