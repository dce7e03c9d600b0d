//! The changes that a host made on this phone, in their order, and what became of each.
//!
//! They are kept before anything is sent. A line that cannot be read (a newer version of this page wrote it) is kept as it is.

use domain::patch::{Code, Current, Field, Op, Patch, Record, Uuid, Value, apply};
use domain::station::Station;

use crate::form::{escaped, unescaped};

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 待发送: not yet with the server.
    Waiting,
    /// 待合并: a code, to be handed to staff.
    ToMerge,
    /// 等确认: with the staff; what a host may change alone has happened.
    Review,
    /// 已生效: published.
    Live,
    /// 有冲突: somebody else changed the same.
    Conflict,
    /// 未通过: it will not happen.
    Refused,
    /// 已撤回: taken back.
    Undone,
}

const STATES: [(State, &str); 7] = [
    (State::Waiting, "waiting"),
    (State::ToMerge, "merge"),
    (State::Review, "review"),
    (State::Live, "live"),
    (State::Conflict, "conflict"),
    (State::Refused, "refused"),
    (State::Undone, "undone"),
];

impl State {
    fn word(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    /// Whether nothing more will come of it by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Live | Self::Refused | Self::Undone)
    }

    /// Whether its values will show, if all goes well.
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Waiting | Self::ToMerge | Self::Review)
    }
}

/// A change, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The change.
    pub patch: Patch,
    /// The same as one line.
    pub code: String,
    /// What became of it.
    pub state: State,
    /// How often it was sent without an answer that settled it: it may have arrived.
    pub tries: u32,
    /// In a conflict: the same change, with `before` as it is now where somebody else changed it.
    pub rebased: Option<Patch>,
    /// What the server said to it, in both languages.
    pub said: Option<(String, String)>,
}

impl Entry {
    /// A new one; none where the change is too long for a code.
    pub fn new(patch: Patch, state: State) -> Option<Self> {
        let code = text(&patch)?;
        Some(Self { patch, code, state, tries: 0, rebased: None, said: None })
    }

    /// Whether its code is signed.
    pub fn is_signed(&self) -> bool {
        Code::parse(&self.code).is_ok_and(|code| code.signature.is_some())
    }

    /// Its code is the signed one from now on, where that is not too long.
    pub fn sign(&mut self, signed: &Code) {
        if let Some(code) = signed.text().filter(|_| signed.patch == self.patch) {
            self.code = code;
        }
    }

    fn to_line(&self) -> String {
        let rebased = self.rebased.as_ref().and_then(text).unwrap_or_default();
        let (zh, en) = self.said.clone().unwrap_or_default();
        [self.state.word(), &self.tries.to_string(), &rebased, &escaped(&zh), &escaped(&en), &self.code]
            .join("\t")
    }

    fn from_line(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [state, tries, rebased, zh, en, code] = parts[..] else { return None };
        let state = STATES.iter().find(|(_, word)| *word == state)?.0;
        let said = (!zh.is_empty()).then(|| (unescaped(zh), unescaped(en)));
        Some(Self {
            patch: Code::parse(code).ok()?.patch,
            code: code.to_owned(),
            state,
            tries: tries.parse().ok()?,
            rebased: Code::parse(rebased).ok().map(|code| code.patch),
            said,
        })
    }
}

fn text(patch: &Patch) -> Option<String> {
    Code { patch: patch.clone(), signature: None }.text()
}

/// All changes of one station, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// The changes.
    pub entries: Vec<Entry>,
    unread: Vec<String>,
}

impl Queue {
    /// How many settled changes are remembered.
    const REMEMBERED: usize = 20;

    /// As it is kept, a line for each change.
    pub fn to_text(&self) -> String {
        let lines = self.entries.iter().map(Entry::to_line).chain(self.unread.iter().cloned());
        lines.map(|line| line + "\n").collect()
    }

    /// What was kept.
    pub fn from_text(text: &str) -> Self {
        let mut queue = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match Entry::from_line(line) {
                Some(entry) => queue.entries.push(entry),
                None => queue.unread.push(line.to_owned()),
            }
        }
        queue
    }

    /// Adds a change. Of those that are settled, the oldest are forgotten.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        let over = self.entries.iter().filter(|entry| entry.state.is_over()).count();
        let mut spare = over.saturating_sub(Self::REMEMBERED);
        self.entries.retain(|entry| {
            let gone = spare > 0 && entry.state.is_over();
            spare -= usize::from(gone);
            !gone
        });
    }

    /// The change of this name.
    pub fn get(&self, uuid: Uuid) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.patch.uuid() == uuid)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, uuid: Uuid) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.patch.uuid() == uuid)
    }

    /// The station as it will be once everything that is on its way has happened. What the server took is on its way until
    /// this phone has a later edition than `seq`, which it was made in.
    pub fn ahead(&self, published: &Station, seq: u64) -> Option<Station> {
        let mut station = Some(published.clone());
        let unseen = |entry: &Entry| entry.state == State::Live && entry.patch.base_rev() >= seq;
        for entry in self.entries.iter().filter(|entry| entry.state.is_ahead() || unseen(entry)) {
            apply(&mut station, &entry.patch, false);
        }
        station
    }

    /// Notes what the published edition `seq` shows of the changes that wait for staff; whether that is any news.
    pub fn look_at(&mut self, published: &Station, seq: u64) -> bool {
        let now = Some(published.clone());
        let mut ahead = now.clone();
        let mut news = false;
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            let is_waiting = matches!(entry.state, State::ToMerge | State::Review);
            let fates: Vec<Fate> =
                entry.patch.ops().iter().map(|op| self.fate(at, op, &now, &ahead)).collect();
            if entry.state.is_ahead() {
                apply(&mut ahead, &entry.patch, false);
            }
            if !is_waiting || fates.contains(&Fate::Waits) {
                continue;
            }
            if fates.iter().all(|fate| *fate == Fate::Shown) {
                self.entries[at].state = State::Live;
                news = true;
            } else if entry.state == State::ToMerge && seq > entry.patch.base_rev() {
                let rebased = rebased(&entry.patch, &fates, &now);
                let entry = &mut self.entries[at];
                (entry.state, entry.rebased) = (State::Conflict, rebased);
                news = true;
            }
        }
        news
    }

    /// What the published station says of one field of the change at a place. `ahead` has what went before it.
    fn fate(&self, at: usize, op: &Op, now: &impl Record, ahead: &impl Record) -> Fate {
        let is = |value: &Option<Value>| now.current(&op.field) == Current::Is(value.clone());
        if is(&op.after) {
            // Closed, and open again: what shows may be from before both.
            let mut earlier = self.entries[..at].iter().filter(|entry| entry.state == State::ToMerge);
            let from_before = earlier.any(|entry| {
                entry.patch.ops().iter().any(|other| other.field == op.field && is(&other.before))
            });
            return if from_before { Fate::Waits } else { Fate::Shown };
        }
        // A later word of the same host on the same thing counts.
        let counts = |entry: &Entry| entry.state.is_ahead() || entry.state == State::Live;
        let later = (at + 1..self.entries.len()).rev().filter(|&at| counts(&self.entries[at]));
        for later in later {
            let mut ops = self.entries[later].patch.ops().iter();
            if let Some(other) = ops.find(|other| other.field.overlaps(&op.field)) {
                let fate = self.fate(later, other, now, ahead);
                return if fate == Fate::Shown { Fate::Shown } else { Fate::Waits };
            }
        }
        if ahead.current(&op.field) == Current::Is(op.before.clone()) { Fate::Waits } else { Fate::Clashes }
    }
}

/// What a published station says of one field of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is so.
    Shown,
    /// It is not yet.
    Waits,
    /// It is something else.
    Clashes,
}

/// The same change with what there is now as `before`; none where it cannot be put that way.
fn rebased(patch: &Patch, fates: &[Fate], now: &impl Record) -> Option<Patch> {
    let ops = patch.ops().iter().zip(fates).filter(|(_, fate)| **fate != Fate::Shown);
    let ops = ops.map(|(op, _)| match now.current(&op.field) {
        Current::Is(before) => Some(Op { before, ..op.clone() }),
        Current::Gone | Current::Several => None,
    });
    let ops: Option<Vec<Op>> = ops.collect();
    let by = patch.by().map(str::to_owned);
    Patch::new(patch.uuid(), patch.station().clone(), patch.base_rev(), ops?, by, patch.made_at()).ok()
}

/// The fields of a change in conflict that somebody else changed: their numbers in `rebased`.
pub fn disputed(entry: &Entry) -> Vec<usize> {
    let Some(rebased) = &entry.rebased else { return Vec::new() };
    let before = |field: &Field| entry.patch.ops().iter().find(|op| op.field == *field).map(|op| &op.before);
    let differs = |op: &Op| before(&op.field) != Some(&op.before);
    rebased.ops().iter().enumerate().filter(|(_, op)| differs(op)).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests;
