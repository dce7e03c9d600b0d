//! The list as it was at some time.

use super::event::Event;
use super::files::Files;
use super::state::State;
use super::store::{Store, StoreError};

/// Why the list did not become what it was.
#[derive(Debug)]
pub enum NoTime {
    /// The journal began later: when.
    Before(i64),
    /// What was then is forgotten: since when it is known again.
    Forgotten(i64),
    /// It is still as it was then.
    Same,
    /// The journal.
    Store(StoreError),
}

impl From<StoreError> for NoTime {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<F: Files> Store<F> {
    /// Makes the list what it was at a time (seconds since 1970 UTC), the last thing then included, and with it what became of the changes
    /// that were known then. Links, reports and what came later and waits stay as they are. Gives back the new entry and the last entry of that time.
    pub fn restore(&mut self, time: i64) -> Result<(u64, u64), NoTime> {
        let hold = self.hold()?;
        let (mut state, to) = self.state_at(time)?;
        if state.list.text() == self.state.list.text() {
            return Err(NoTime::Same);
        }
        let list = self.keep_blob(&state.save())?;
        let seq = self.write(&Event::Restored { to, list })?;
        drop(hold);
        Ok((seq, to))
    }

    fn state_at(&self, time: i64) -> Result<(State, u64), NoTime> {
        let lines = self.lines()?;
        // A clock may have been set back: the last thing then counts.
        let past = lines.iter().rposition(|line| line.at <= time).map_or(0, |last| last + 1);
        let (past, later) = lines.split_at(past);
        let Some(last) = past.last() else {
            return Err(NoTime::Before(lines.first().map_or(0, |line| line.at)));
        };
        let first = past.iter().rposition(|line| line.kind == "redacted").unwrap_or(0);
        let again = || later.iter().find(|line| line.kind == "redacted").map_or(i64::MAX, |line| line.at);
        let mut state = State::new();
        for line in &past[first..] {
            if line.body.is_none() {
                return Err(NoTime::Forgotten(again()));
            }
            let event = super::event(line)?;
            let blob = event.blob().map(|hash| self.blob(hash)).transpose()?;
            let blob = blob.map(|found| found.ok_or_else(|| NoTime::Forgotten(again()))).transpose()?;
            let done = state.apply(line.seq, &event, blob.as_deref());
            done.ok_or(StoreError::Senseless(line.seq))?;
        }
        Ok((state, last.seq))
    }
}
