//! Taking back, to the byte.

use domain::patch::Code;

use super::event::{Event, Link, Put};
use super::files::Files;
use super::state::Fate;
use super::store::{Store, StoreError};
use crate::merge::{Edit, Piece, Stuck, take_back};

/// Why something was not taken back.
#[derive(Debug)]
pub enum NoUndo {
    /// There is no such change, or it is not this link's.
    Unknown,
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

impl<F: Files> Store<F> {
    /// Takes back one's own change, by its name. Gives back the edition without it.
    pub fn undo_own(&mut self, link: &Link, uuid: &str) -> Result<u64, NoUndo> {
        let hold = self.hold()?;
        let known = self.state.changes.get(uuid).filter(|known| known.station == link.station);
        let known = known.filter(|known| known.link == link.number).ok_or(NoUndo::Unknown)?;
        if known.fate == Fate::Undone {
            return Ok(known.edition);
        }
        self.undo_entry(known.seq)?;
        drop(hold);
        Ok(self.state.edition)
    }

    /// Takes back what an entry did, a change or what a review took. Gives back the new entry.
    pub fn undo(&mut self, seq: u64) -> Result<u64, NoUndo> {
        let hold = self.hold()?;
        let undone = self.undo_entry(seq)?;
        drop(hold);
        Ok(undone)
    }

    fn undo_entry(&mut self, seq: u64) -> Result<u64, NoUndo> {
        let lines = self.lines()?;
        let mut wanted = None;
        for line in lines.iter().filter(|line| line.seq >= seq) {
            if line.seq == seq {
                if line.body.is_none() {
                    return Err(NoUndo::Forgotten);
                }
                wanted = Some(super::event(line)?);
            } else if line.kind == "undone"
                && let Some(_) = line.body
                && matches!(super::event(line)?, Event::Undone { of, .. } if of == seq)
            {
                return Err(NoUndo::Already(line.seq));
            }
        }
        let (code, edits, station) = match wanted.ok_or(NoUndo::Unknown)? {
            Event::Change(change) => (change.code, change.edits, change.station),
            Event::Review(review) if review.accepted => {
                let Some(Event::Change(change)) = self.event(review.of)? else {
                    return Err(NoUndo::Forgotten);
                };
                (change.code, review.edits, change.station)
            }
            _ => return Err(NoUndo::NoChange),
        };
        let put = if edits.is_empty() { None } else { Some(self.put_back(&code, &edits, &station)?) };
        Ok(self.write(&Event::Undone { of: seq, put })?)
    }

    fn put_back(&self, code: &str, edits: &[Edit], id: &str) -> Result<Put, NoUndo> {
        let code = Code::parse(code).map_err(|_| NoUndo::Forgotten)?;
        let place = self.state.place(id);
        let json = place.and_then(|at| self.state.stations().get(at));
        let back = take_back(json, &code.patch, edits).map_err(|stuck| {
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
        Ok(Put { id: id.to_owned(), at, json: Some(back) })
    }
}
