//! Changes into what is there.

use std::collections::BTreeMap;

use super::{Field, Op, Patch, Uuid, Value};
use crate::station::StationId;
use crate::time::LocalDateTime;

/// Something that has a station's fields: the app's view of one, or its JSON in the list.
pub trait Record {
    /// What the field is now.
    fn current(&self, field: &Field) -> Current;
    /// Makes the field `value`, which [`Field::fits`]. Called only where [`Record::current`] gave [`Current::Is`].
    fn put(&mut self, field: &Field, value: Option<&Value>);
}

/// What a field is.
#[derive(Clone, Debug, PartialEq)]
pub enum Current {
    /// This, or nothing.
    Is(Option<Value>),
    /// What it belongs to is not there: the amenity of a note, the station itself.
    Gone,
    /// Several entries answer to it: a person must tell them apart.
    Several,
}

/// A field that is neither as its author saw it nor as they want it. Both are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What it was when the author looked.
    pub base: Option<Value>,
    /// What the author wants.
    pub mine: Option<Value>,
    /// What it is.
    pub theirs: Current,
}

/// What becomes of one field of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// It is as the author saw it, and becomes what they want.
    Applied,
    /// It is already what the author wants.
    Same,
    /// It stays as it is, for a later change that was merged before took this one back: closed, and open again.
    Overtaken,
    /// It stays as it is, for somebody else changed it.
    Conflict(Conflict),
    /// Somebody else changed it, and a person decided for this change.
    Replaced(Conflict),
}

/// What would become of each field of a change, in its order.
pub fn preview(record: &impl Record, patch: &Patch, ledger: &Ledger) -> Vec<Settled> {
    let one = |op| match judge(record, op) {
        Settled::Applied if ledger.overtook(patch, op) => Settled::Overtaken,
        settled => settled,
    };
    patch.ops().iter().map(one).collect()
}

fn judge(record: &impl Record, op: &Op) -> Settled {
    let theirs = record.current(&op.field);
    match &theirs {
        Current::Is(value) if *value == op.after => Settled::Same,
        Current::Is(value) if *value == op.before => Settled::Applied,
        _ => Settled::Conflict(Conflict { base: op.before.clone(), mine: op.after.clone(), theirs }),
    }
}

/// Applies a change. With `replace` it also wins where somebody else changed a field, if there is one to be told.
pub fn apply(record: &mut impl Record, patch: &Patch, replace: bool) -> Vec<Settled> {
    let ahead = preview(record, patch, &Ledger::default());
    enact(record, patch, ahead, replace)
}

/// Does what was seen ahead. Fields of one change do not overlap: judged at once is judged one by one.
fn enact(record: &mut impl Record, patch: &Patch, ahead: Vec<Settled>, replace: bool) -> Vec<Settled> {
    let one = |(op, settled): (&Op, Settled)| {
        let settled = match settled {
            Settled::Conflict(conflict) if replace && matches!(conflict.theirs, Current::Is(_)) => {
                Settled::Replaced(conflict)
            }
            settled => settled,
        };
        if matches!(settled, Settled::Applied | Settled::Replaced(_)) {
            record.put(&op.field, op.after.as_ref());
        }
        settled
    };
    patch.ops().iter().zip(ahead).map(one).collect()
}

/// The changes that were decided on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By name, each with its [print](Patch::print); none where only the name was kept.
    prints: BTreeMap<Uuid, Option<[u8; 16]>>,
    /// Fields that already were what a change wanted: whose, what it had seen there instead, and when.
    ///
    /// Somebody who says "open again" has seen "closed". Should "closed" come after it, it is no news.
    same: Vec<(StationId, Field, Option<Value>, LocalDateTime)>,
}

/// What a ledger knows of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    New,
    /// It was decided on.
    Again,
    /// Another change of the same name was.
    Clash,
}

impl Ledger {
    /// What is known of a change.
    pub fn seen(&self, patch: &Patch) -> Seen {
        match self.prints.get(&patch.uuid()) {
            None => Seen::New,
            Some(Some(print)) if *print != patch.print() => Seen::Clash,
            Some(_) => Seen::Again,
        }
    }

    /// Notes that a change was decided on, and which of its fields, by number, already were what it wanted.
    pub fn note(&mut self, patch: &Patch, same: impl IntoIterator<Item = usize>) {
        self.prints.entry(patch.uuid()).or_insert_with(|| Some(patch.print()));
        for op in same.into_iter().filter_map(|number| patch.ops().get(number)) {
            let seen = (patch.station().clone(), op.field.clone(), op.before.clone(), patch.made_at());
            self.same.push(seen);
        }
    }

    /// Notes that a change of this name was decided on, of which nothing else is known any more.
    pub fn note_name(&mut self, uuid: Uuid) {
        self.prints.entry(uuid).or_insert(None);
    }

    /// Whether a later change, merged before, was made by somebody who had seen what this one does.
    fn overtook(&self, patch: &Patch, op: &Op) -> bool {
        self.same.iter().any(|(station, field, seen, at)| {
            station == patch.station() && *field == op.field && *seen == op.after && *at >= patch.made_at()
        })
    }
}

/// The numbers of the fields that already are what a change wants.
pub fn same(settled: &[Settled]) -> impl Iterator<Item = usize> {
    settled.iter().enumerate().filter(|(_, one)| **one == Settled::Same).map(|(number, _)| number)
}

/// What a person says to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Take it; fields in conflict stay as they are.
    Take,
    /// Take it, fields in conflict too.
    Replace,
    /// Do not take it, now or later.
    Decline,
    /// Nothing yet.
    Later,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Decided for; what became of each field.
    Merged(Vec<Settled>),
    /// It had been decided on before.
    Again,
    /// Another change of the same name had been; this one is not taken.
    Clash,
    /// Decided against.
    Declined,
    /// Waits for a decision; what would become of each field.
    Waiting(Vec<Settled>),
}

/// Merges changes of one station into it. The order in which they are given does not matter: earlier ones come first, and
/// one that builds upon another waits for it. Each is shown to `decide` once, just before it is applied, unless there is
/// nothing to decide; the record is lent so that it can note which change comes.
/// The fates are in the order of `patches`.
pub fn merge<R: Record>(
    record: &mut R,
    patches: &[Patch],
    ledger: &mut Ledger,
    mut decide: impl FnMut(usize, &mut R, &[Settled]) -> Decision,
) -> Vec<Fate> {
    let mut fates: Vec<Option<Fate>> = patches.iter().map(|_| None).collect();
    let mut open: Vec<usize> = (0..patches.len()).collect();
    // The print at last, so that even two changes of one name have an order of their own.
    open.sort_by_cached_key(|&index| {
        let patch = &patches[index];
        (patch.made_at(), patch.uuid(), patch.print())
    });
    while !open.is_empty() {
        // The first that changes something and contradicts nothing. Where there is none, the first that changes nothing,
        // for it may have been made after one that is to come; where every one contradicts, waiting does not help.
        let rank = |index: usize| {
            let ahead = preview(record, &patches[index], ledger);
            let any = |what: fn(&Settled) -> bool| ahead.iter().any(what);
            match ledger.seen(&patches[index]) {
                Seen::New if any(|one| matches!(one, Settled::Conflict(_))) => 2,
                Seen::New if !any(|one| matches!(one, Settled::Applied)) => 1,
                _ => 0,
            }
        };
        let first = |wanted| open.iter().position(|&index| rank(index) == wanted);
        let at = first(0).or_else(|| first(1)).unwrap_or(0);
        let index = open.remove(at);
        let patch = &patches[index];
        let fate = match ledger.seen(patch) {
            Seen::Again => Fate::Again,
            Seen::Clash => Fate::Clash,
            Seen::New => {
                let ahead = preview(record, patch, ledger);
                let nothing = ahead.iter().all(|one| matches!(one, Settled::Same | Settled::Overtaken));
                let decision = if nothing { Decision::Take } else { decide(index, record, &ahead) };
                match decision {
                    Decision::Take | Decision::Replace => {
                        ledger.note(patch, same(&ahead));
                        Fate::Merged(enact(record, patch, ahead, decision == Decision::Replace))
                    }
                    Decision::Decline => {
                        ledger.note(patch, []);
                        Fate::Declined
                    }
                    Decision::Later => Fate::Waiting(ahead),
                }
            }
        };
        fates[index] = Some(fate);
    }
    fates.into_iter().flatten().collect()
}
