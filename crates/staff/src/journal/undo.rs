//! Taking back, to the byte.

use domain::patch::Code;

use super::event::{Event, Link, Put};
use super::files::Files;
use super::known::Fate;
use super::line::Line;
use super::store::{Store, StoreError};
use crate::merge::{Edit, Piece, Stuck, take_back};

/// Why something was not taken back.
#[derive(Debug)]
pub enum NoUndo {
    /// There is no such change, or it is not this link's.
    Unknown,
    /// The link is none by now.
    NoLink,
    /// The entry is no change.
    NoChange,
    /// What it was is forgotten.
    Forgotten,
    /// It was taken back before.
    Already(u64),
    /// Something later stands on it: the field, where it is one.
    Stuck(Stuck, String),
    /// The journal.
    Store(StoreError),
}

impl From<StoreError> for NoUndo {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What an entry did: the change, what it takes to take it back, and the station.
struct Did {
    code: String,
    edits: Vec<Edit>,
    station: String,
}

impl<F: Files> Store<F> {
    /// Takes back one's own change, by its name: what went live at once and what staff took of it, all or nothing. Gives back the edition
    /// without it.
    pub fn undo_own(&mut self, link: &Link, uuid: &str) -> Result<u64, NoUndo> {
        let hold = self.hold()?;
        if !self.is_good(link) {
            return Err(NoUndo::NoLink);
        }
        let known = self.state.changes.get(uuid).filter(|known| known.station == link.station);
        let known = known.filter(|known| known.link == link.number).cloned().ok_or(NoUndo::Unknown)?;
        if known.fate == Fate::Undone {
            return Ok(known.edition);
        }
        let lines = self.lines()?;
        let mut all = Vec::new();
        // The last first, as one may stand on another.
        for (entry, ops) in known.stands.iter().rev() {
            let Did { code, mut edits, station } = self.did(&lines, *entry)?;
            edits.retain(|edit| edit.op.is_none_or(|op| ops.contains(&op)));
            all.push(Did { code, edits, station });
        }
        let put = self.put_back(&all)?;
        let with = known.stands.iter().map(|(entry, _)| *entry).filter(|entry| *entry != known.seq).collect();
        self.write(&Event::Undone { of: known.seq, with, put })?;
        drop(hold);
        Ok(self.state.edition)
    }

    /// Takes back what an entry did, a change or what a review took. Gives back the new entry.
    pub fn undo(&mut self, seq: u64) -> Result<u64, NoUndo> {
        let hold = self.hold()?;
        let lines = self.lines()?;
        let did = self.did(&lines, seq)?;
        if let Some(gone) = gone(&lines, seq)? {
            return Err(NoUndo::Already(gone));
        }
        let put = self.put_back(&[did])?;
        let undone = self.write(&Event::Undone { of: seq, with: Vec::new(), put })?;
        drop(hold);
        Ok(undone)
    }

    fn did(&self, lines: &[Line], seq: u64) -> Result<Did, NoUndo> {
        let line = lines.iter().find(|line| line.seq == seq).ok_or(NoUndo::Unknown)?;
        if line.body.is_none() {
            return Err(NoUndo::Forgotten);
        }
        match super::event(line)? {
            Event::Change(change) => {
                Ok(Did { code: change.code, edits: change.edits, station: change.station })
            }
            Event::Review(review) if review.accepted => {
                let Some(Event::Change(change)) = self.event(review.of)? else {
                    return Err(NoUndo::Forgotten);
                };
                Ok(Did { code: change.code, edits: review.edits, station: change.station })
            }
            _ => Err(NoUndo::NoChange),
        }
    }

    /// The station without what these entries of one change did; none where they did nothing to it.
    fn put_back(&self, all: &[Did]) -> Result<Option<Put>, NoUndo> {
        let mut put: Option<Put> = None;
        for Did { code, edits, station } in all.iter().filter(|did| !did.edits.is_empty()) {
            let code = Code::parse(code).map_err(|_| NoUndo::Forgotten)?;
            let place = self.state.place(station);
            let now = match &put {
                Some(put) => put.json.as_ref(),
                None => place.and_then(|at| self.state.stations().get(at)),
            };
            let back = take_back(now, &code.patch, edits).map_err(|stuck| {
                let op = match stuck {
                    Stuck::Changed(op) => code.patch.ops().get(op),
                    Stuck::Station => None,
                };
                NoUndo::Stuck(stuck, op.map(|op| op.field.path()).unwrap_or_default())
            })?;
            let removed = edits.iter().find_map(|edit| match edit.piece {
                Piece::Removed { at, .. } => Some(at),
                _ => None,
            });
            let at = place.or(removed).unwrap_or(self.state.stations().len());
            put = Some(Put { id: station.clone(), at, json: Some(back) });
        }
        Ok(put)
    }
}

/// The entry that took back what an entry did, unless a later one restored the list to before that.
fn gone(lines: &[Line], seq: u64) -> Result<Option<u64>, NoUndo> {
    // What became of it, by the entry since when.
    let mut told = vec![(seq, None)];
    let kinds = ["undone", "restored"];
    for line in lines.iter().filter(|line| line.seq > seq && line.body.is_some()) {
        if !kinds.contains(&line.kind.as_str()) {
            continue;
        }
        match super::event(line)? {
            Event::Undone { of, with, .. } if of == seq || with.contains(&seq) => {
                told.push((line.seq, Some(line.seq)));
            }
            Event::Restored { to, .. } => {
                let then = told.iter().rfind(|(since, _)| *since <= to);
                told.push((line.seq, then.map_or(Some(line.seq), |(_, gone)| *gone)));
            }
            _ => {}
        }
    }
    Ok(told.last().and_then(|(_, gone)| *gone))
}
