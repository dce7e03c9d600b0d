//! What staff say to what waits.

use domain::patch::{Code, Conflict, Settled, preview};
use domain::time::Date;

use super::change::{Refusal, ledger, settle};
use super::event::{Event, Review};
use super::files::Files;
use super::known::Waiting;
use super::store::{Store, StoreError};

/// Why nothing was decided.
#[derive(Debug)]
pub enum NoReview {
    /// Nothing waits under this number.
    Nothing,
    /// The change cannot be read, or the station is not there or broken.
    Refused(Refusal),
    /// Somebody changed the same since: the fields, by number, each with what it was, shall be and is.
    Conflict(Vec<(usize, Conflict)>),
    /// The journal.
    Store(StoreError),
}

impl From<StoreError> for NoReview {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<F: Files> Store<F> {
    /// What would become now of the fields of a waiting change that wait.
    pub fn ahead(&self, waiting: &Waiting) -> Result<(Code, Vec<(usize, Settled)>), Refusal> {
        let code = Code::parse(&waiting.code).map_err(|_| Refusal::Fault)?;
        let (_, entry) = self.entry(code.patch.station().as_str())?;
        let all = preview(&entry, &code.patch, &ledger(&self.state, code.patch.made_at()));
        let own = waiting.ops.iter().filter_map(|&number| Some((number, all.get(number)?.clone()))).collect();
        Ok((code, own))
    }

    /// Takes what waits under a number; with `replace`, over what somebody changed since. Gives back the new entry.
    pub fn accept(&mut self, number: u64, replace: bool, today: Date) -> Result<u64, NoReview> {
        let hold = self.hold()?;
        let waiting = self.state.waiting.get(&number).cloned().ok_or(NoReview::Nothing)?;
        let (code, ahead) = self.ahead(&waiting).map_err(NoReview::Refused)?;
        let conflicts = ahead.iter().filter_map(|(number, settled)| match settled {
            Settled::Conflict(conflict) => Some((*number, conflict.clone())),
            _ => None,
        });
        let conflicts: Vec<_> = conflicts.collect();
        if !replace && !conflicts.is_empty() {
            return Err(NoReview::Conflict(conflicts));
        }
        let (at, mut entry) = self.entry(code.patch.station().as_str()).map_err(NoReview::Refused)?;
        let settled = settle(&mut entry, at, &code.patch, &waiting.ops, replace, today);
        let (put, edits) = settled.map_err(NoReview::Refused)?;
        // Where nothing of it changed anything, the list is as it was.
        let put = put.filter(|_| !edits.is_empty());
        let review = Review { of: number, accepted: true, live: waiting.ops, put, edits };
        let seq = self.write(&Event::Review(Box::new(review)))?;
        drop(hold);
        Ok(seq)
    }

    /// Does not take it.
    pub fn refuse(&mut self, number: u64) -> Result<u64, NoReview> {
        let hold = self.hold()?;
        if !self.state.waiting.contains_key(&number) {
            return Err(NoReview::Nothing);
        }
        let review = Review { of: number, accepted: false, live: Vec::new(), put: None, edits: Vec::new() };
        let seq = self.write(&Event::Review(Box::new(review)))?;
        drop(hold);
        Ok(seq)
    }
}
