//! Reading on: what others wrote, what was left half, what somebody edited.

use super::event::Event;
use super::files::{Files, Stat, put};
use super::line::{Line, Rest, read};
use super::store::{FOLDER, JOURNAL, LOG, Store, StoreError, at, event};

/// Where a writing ends: the lock goes when it is dropped.
pub type Hold<F> = <F as Files>::Lock;

impl<F: Files> Store<F> {
    /// Locks the journal for writing and reads on to its end. What others left half is put in order; what somebody edited in
    /// the files is taken in.
    pub fn hold(&mut self) -> Result<Hold<F>, StoreError> {
        let lock = at(FOLDER, self.files.lock())?;
        self.begin()?;
        self.recover()?;
        if self.unsure {
            // What was seen without the lock was perhaps taken back since.
            (self.log, self.unsure) = (None, false);
        }
        let known = (self.log, self.tip.hash.clone());
        let mut rest = self.read_on()?;
        if rest != Rest::Nothing {
            self.log = None;
            rest = self.read_on()?;
        }
        if let Rest::Damaged(line) = rest {
            return Err(StoreError::Damaged(line));
        }
        self.is_settled &= (self.log, &self.tip.hash) == (known.0, &known.1);
        if !self.is_settled {
            // What another wrote is believed once it is on the disk for sure, its name too.
            for folder in [JOURNAL, FOLDER, ""] {
                at(folder, self.files.sync_folder(folder))?;
            }
            at(LOG, self.files.sync(LOG))?;
            self.is_settled = true;
        }
        if let Rest::Torn(bytes) = rest {
            self.put_aside()?;
            self.write(&Event::Cut { bytes })?;
        }
        self.finish_redaction()?;
        self.take_in()?;
        Ok(lock)
    }

    /// Reads on without a lock, for who only looks. A line that is just being written is left for later. Whether there was
    /// something new.
    pub fn look(&mut self) -> Result<bool, StoreError> {
        if self.suspect {
            // What is behind the tip is perhaps a line that was refused and could not be taken away.
            return Ok(false);
        }
        let before = self.tip.hash.clone();
        if let Rest::Damaged(line) = self.read_on()? {
            return Err(StoreError::Damaged(line));
        }
        self.unsure |= self.tip.hash != before;
        Ok(self.tip.hash != before)
    }

    /// The folders and the empty journal, where there are none.
    fn begin(&mut self) -> Result<(), StoreError> {
        if at(LOG, self.files.stat(LOG))?.is_some() {
            return Ok(());
        }
        if self.tip.seq > 0 {
            // It was there, and somebody took it away: nothing is begun anew over what is left.
            return Err(StoreError::Damaged(1));
        }
        at(JOURNAL, self.files.make_folder(JOURNAL))?;
        if !at(JOURNAL, self.files.list(JOURNAL))?.is_empty() {
            return Err(StoreError::Damaged(1));
        }
        at(LOG, self.files.write(LOG, b""))
    }

    /// Reads what is behind the tip; all of it where the file is another one now.
    fn read_on(&mut self) -> Result<Rest, StoreError> {
        let Some(Stat { len, id, .. }) = at(LOG, self.files.stat(LOG))? else {
            return Err(StoreError::Damaged(self.tip.seq + 1));
        };
        if self.log != Some(id) || len < self.tip.offset {
            self.reload()?;
            self.log = Some(id);
        } else if len == self.tip.offset {
            return Ok(Rest::Nothing);
        }
        let bytes = at(LOG, self.files.read(LOG, self.tip.offset))?;
        let (lines, tip, rest) = read(&bytes, &self.tip);
        if matches!(rest, Rest::Damaged(_)) {
            return Ok(rest);
        }
        // A redaction holds the whole state: what is before it is not needed, and perhaps forgotten.
        let first = lines.iter().rposition(|line| line.kind == "redacted").unwrap_or(0);
        for line in &lines[first..] {
            self.enact(line)?;
        }
        self.tip = tip;
        Ok(rest)
    }

    /// Brings the state on by a line.
    fn enact(&mut self, line: &Line) -> Result<(), StoreError> {
        let event = event(line)?;
        let blob = event.blob().map(|hash| self.blob(hash)).transpose()?.flatten();
        self.state.apply(line.seq, &event, blob.as_deref()).ok_or(StoreError::Senseless(line.seq))
    }

    /// Cuts a torn end off, and keeps it beside the journal.
    fn put_aside(&mut self) -> Result<(), StoreError> {
        let torn = at(LOG, self.files.read(LOG, self.tip.offset))?;
        let path = format!("{JOURNAL}/torn-{}", self.tip.seq + 1);
        at(&path, put(&self.files, &path, &torn))?;
        at(LOG, self.files.cut(LOG, self.tip.offset))?;
        at(LOG, self.files.sync(LOG))
    }
}
