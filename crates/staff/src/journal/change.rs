//! A host's change: judged against the list as it is, and in the journal before anybody is told that it was taken.

use domain::patch::{
    Code, Conflict, Current, Field, Ledger, Op, Patch, Settled, Tier, Value, apply, preview,
};
use domain::station::Offer;
use domain::time::{Date, LocalDateTime};

use super::event::{Change, Event, Link, Put};
use super::files::Files;
use super::known::{Fate, Same};
use super::state::State;
use super::store::{Store, StoreError};
use crate::hash::sha256_hex;
use crate::merge::{Edit, Entry};

/// Minutes that China is ahead of UTC: phones there say when a change was made.
const CHINA_MINUTES: i32 = 480;

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where it stands.
    pub fate: Fate,
    /// The edition that it is in.
    pub edition: u64,
    /// Its fields, by number, that are in the list.
    pub live: Vec<usize>,
    /// Those that wait for staff.
    pub review: Vec<usize>,
    /// Those that were so already.
    pub same: Vec<usize>,
}

/// Why a change was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// The list has no such station.
    NoStation,
    /// The station breaks a rule as it is: nobody could say what a change makes of it.
    Broken,
    /// The link is none by now.
    NoLink,
    /// It bears the name of another change.
    Clash,
    /// Somebody else changed what it changes. The same change as seen from now on; none where there is no such thing.
    Conflict(Option<Box<Patch>>),
    /// The station would not have become what it should have.
    Fault,
    /// The journal.
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<F: Files> Store<F> {
    /// Takes a change that came by a link, if nobody contradicts: what a host may say goes into the list, the rest waits for staff. A
    /// change that is known is told again what became of it. `today` bounds the day that the phone says.
    pub fn change(&mut self, link: &Link, code: &Code, today: Date) -> Result<Outcome, Refusal> {
        let text = code.text().ok_or(Refusal::Fault)?;
        let hold = self.hold()?;
        if !self.is_good(link) {
            return Err(Refusal::NoLink);
        }
        let patch = &code.patch;
        let uuid = patch.uuid().to_string();
        if let Some(known) = self.state.changes.get(&uuid) {
            let is_it = known.print.is_empty() || known.print == sha256_hex(text.as_bytes());
            if !is_it || known.station != patch.station().as_str() {
                return Err(Refusal::Clash);
            }
            let [live, review, same] = known.split.clone();
            return Ok(Outcome { fate: known.fate, edition: known.edition, live, review, same });
        }
        let ledger = ledger(&self.state, patch.made_at());
        let (at, mut entry) = self.entry(patch.station().as_str())?;
        let ahead = preview(&entry, patch, &ledger);
        if ahead.iter().any(|one| matches!(one, Settled::Conflict(_))) {
            return Err(Refusal::Conflict(rebased(patch, &ahead, self.state.edition).map(Box::new)));
        }
        let numbers = |wanted: &dyn Fn(&Op, &Settled) -> bool| -> Vec<usize> {
            let all = patch.ops().iter().zip(&ahead).enumerate();
            all.filter(|(_, (op, settled))| wanted(op, settled)).map(|(number, _)| number).collect()
        };
        let applies = |settled: &Settled| *settled == Settled::Applied;
        let live = numbers(&|op, settled| applies(settled) && op.field.tier() == Tier::Live);
        let same = numbers(&|_, settled| *settled == Settled::Same);
        // What somebody took back before it came is not in the list; whether it should be is for staff to say.
        let is_late = |settled: &Settled| *settled == Settled::Overtaken;
        let review =
            numbers(&|op, settled| is_late(settled) || applies(settled) && op.field.tier() == Tier::Staff);
        let (put, edits) = settle(&mut entry, at, patch, &live, false, today)?;
        let change = Change {
            uuid,
            station: patch.station().as_str().to_owned(),
            code: text,
            link: link.number,
            live: live.clone(),
            review: review.clone(),
            same: same.clone(),
            put,
            edits,
            at: patch.made_at().min(LocalDateTime::from_unix(self.now(), CHINA_MINUTES)).to_string(),
        };
        let name = change.uuid.clone();
        self.write(&Event::Change(Box::new(change)))?;
        drop(hold);
        let fate = self.state.changes.get(&name).map_or(Fate::Live, |known| known.fate);
        Ok(Outcome { fate, edition: self.state.edition, live, review, same })
    }

    /// A station of the list, to be changed, and its place.
    pub(super) fn entry(&self, id: &str) -> Result<(usize, Entry), Refusal> {
        let at = self.state.place(id).ok_or(Refusal::NoStation)?;
        let json = self.state.stations().get(at).ok_or(Refusal::NoStation)?;
        Ok((at, Entry::new(at, json).map_err(|_| Refusal::Broken)?))
    }
}

/// Puts some fields of a change into a station: the station with them, and what it takes to take them back.
pub(super) fn settle(
    entry: &mut Entry,
    at: usize,
    patch: &Patch,
    numbers: &[usize],
    replace: bool,
    today: Date,
) -> Result<(Option<Put>, Vec<Edit>), Refusal> {
    let ops: Vec<Op> = numbers.iter().filter_map(|&number| patch.ops().get(number).cloned()).collect();
    if ops.is_empty() {
        return Ok((None, Vec::new()));
    }
    let by = patch.by().map(str::to_owned);
    let own = Patch::new(patch.uuid(), patch.station().clone(), patch.base_rev(), ops, by, patch.made_at());
    let own = own.map_err(|_| Refusal::Fault)?;
    entry.begin(0);
    apply(entry, &own, replace);
    entry.date(patch.made_at().date().min(today));
    if !entry.is_sound() {
        return Err(Refusal::Fault);
    }
    let put = Put { id: patch.station().as_str().to_owned(), at, json: entry.json() };
    Ok((Some(put), entry.edits_of(0, patch)))
}

/// What was decided before, as far as it counts for a change that was made then. Of the same minute what comes later is later: phones
/// send in order.
pub(super) fn ledger(state: &State, made_at: LocalDateTime) -> Ledger {
    let mut ledger = Ledger::default();
    for Same { code, ops, at } in &state.same {
        if let Ok(Code { patch, .. }) = Code::parse(code) {
            let at = LocalDateTime::parse(at).unwrap_or(patch.made_at());
            let (own, by) = (patch.ops().to_vec(), patch.by().map(str::to_owned));
            let then = Patch::new(patch.uuid(), patch.station().clone(), patch.base_rev(), own, by, at);
            if let (true, Ok(then)) = (at > made_at, then) {
                ledger.note(&then, ops.iter().copied());
            }
        }
    }
    ledger
}

/// The same change as one that has seen what there is now.
fn rebased(patch: &Patch, ahead: &[Settled], edition: u64) -> Option<Patch> {
    let one = |(op, settled): (&Op, &Settled)| match settled {
        Settled::Conflict(Conflict { theirs: Current::Is(theirs), .. }) => {
            Some(Op { before: theirs.clone(), ..op.clone() })
        }
        // The amenity went: that it works is said of a new one.
        Settled::Conflict(Conflict { theirs: Current::Gone, .. }) => match (&op.field, &op.after) {
            (Field::AmenityState(amenity), Some(Value::State(state))) => {
                let offer = Offer { amenity: *amenity, state: *state, note: None, access: None };
                Some(Op { field: Field::Amenity(*amenity), before: None, after: Some(Value::Offer(offer)) })
            }
            _ => None,
        },
        Settled::Conflict(_) => None,
        _ => Some(op.clone()),
    };
    let ops = patch.ops().iter().zip(ahead).filter_map(one).collect();
    let by = patch.by().map(str::to_owned);
    Patch::new(patch.uuid(), patch.station().clone(), edition, ops, by, patch.made_at()).ok()
}
