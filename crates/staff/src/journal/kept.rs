//! The state as it was some lines ago, so that opening need not read all of them. It can be made again at any time.

use super::files::{Files, put};
use super::line::{Line, Tip};
use super::state::State;
use super::store::{LOG, Store, StoreError, at};
use crate::hash::sha256_hex;

/// Where it is.
const SNAPSHOT: &str = ".staff/journal/snapshot";
/// Lines after which it is made anew.
const KEPT: u64 = 200;

impl<F: Files> Store<F> {
    /// Begins anew with the state that was kept, if it is of this journal.
    pub(super) fn reload(&mut self) -> Result<(), StoreError> {
        (self.state, self.tip, self.kept) = (State::new(), Tip::default(), 0);
        self.is_clean = false;
        self.views.forget();
        let Ok(bytes) = self.files.read(SNAPSHOT, 0) else { return Ok(()) };
        if let Some((state, tip)) = open_snapshot(&bytes) {
            // The line that it ends with must be in the file, at its place.
            let before = at(LOG, self.files.read(LOG, 0))?;
            let line = usize::try_from(tip.offset).ok().and_then(|end| before.get(..end));
            let line = line.and_then(|bytes| bytes.strip_suffix(b"\n"));
            let last = line.and_then(|bytes| bytes.rsplit(|&byte| byte == b'\n').next());
            let last = last.and_then(|bytes| Line::parse(std::str::from_utf8(bytes).ok()?));
            if last.is_some_and(|line| line.hash == tip.hash && line.seq == tip.seq) {
                self.kept = tip.seq;
                (self.state, self.tip) = (state, tip);
            }
        }
        Ok(())
    }

    /// Keeps the state where that is due, so that opening stays quick. It can be made again: an error says nothing.
    pub fn keep(&mut self) {
        if self.tip.seq >= self.kept + KEPT {
            let bytes = snapshot(&mut self.state, &self.tip);
            if put(&self.files, SNAPSHOT, &bytes).is_ok() {
                self.kept = self.tip.seq;
            }
        }
    }

    /// Forgets the kept state.
    pub(super) fn drop_kept(&mut self) -> Result<(), StoreError> {
        self.kept = 0;
        at(SNAPSHOT, self.files.remove(SNAPSHOT))
    }
}

/// The state and the line it is of as a file, with a hash of its own.
fn snapshot(state: &mut State, tip: &Tip) -> Vec<u8> {
    let head = format!("{} {} {}\n", tip.seq, tip.hash, tip.offset);
    let rest = [head.as_bytes(), &state.save()].concat();
    [format!("{}\n", sha256_hex(&rest)).as_bytes(), &rest].concat()
}

fn open_snapshot(bytes: &[u8]) -> Option<(State, Tip)> {
    let (hash, rest) = bytes.split_at_checked(65)?;
    if hash.strip_suffix(b"\n")? != sha256_hex(rest).as_bytes() {
        return None;
    }
    let end = rest.iter().position(|&byte| byte == b'\n')?;
    let mut head = std::str::from_utf8(&rest[..end]).ok()?.split(' ');
    let (seq, hash, offset) =
        (head.next()?.parse().ok()?, head.next()?.to_owned(), head.next()?.parse().ok()?);
    Some((State::load(&rest[end + 1..])?, Tip { seq, hash, offset }))
}
