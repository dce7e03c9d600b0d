//! Changes into what is there.

use std::collections::BTreeMap;

use super::{Field, Op, Patch, Uuid, Value};

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
    /// It stays as it is, for somebody else changed it.
    Conflict(Conflict),
    /// Somebody else changed it, and a person decided for this change.
    Replaced(Conflict),
}

/// What would become of each field of a change, in its order.
pub fn preview(record: &impl Record, patch: &Patch) -> Vec<Settled> {
    patch.ops().iter().map(|op| judge(record, op)).collect()
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
    // Fields of one change do not overlap: judged one by one is judged at once.
    let one = |op: &Op| {
        let settled = match judge(record, op) {
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
    patch.ops().iter().map(one).collect()
}

/// The changes that were decided on, by name, each with its [print](Patch::print).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<Uuid, [u8; 16]>);

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
        match self.0.get(&patch.uuid()) {
            None => Seen::New,
            Some(print) if *print == patch.print() => Seen::Again,
            Some(_) => Seen::Clash,
        }
    }

    /// Notes that a change was decided on.
    pub fn note(&mut self, patch: &Patch) {
        self.insert(patch.uuid(), patch.print());
    }

    /// The same for a change known by name and print.
    pub fn insert(&mut self, uuid: Uuid, print: [u8; 16]) {
        self.0.entry(uuid).or_insert(print);
    }
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
        let clear = |index: &usize| {
            ledger.seen(&patches[*index]) != Seen::New
                || !preview(record, &patches[*index]).iter().any(|one| matches!(one, Settled::Conflict(_)))
        };
        // The first without a conflict; where every one has some, waiting does not help.
        let at = open.iter().position(clear).unwrap_or(0);
        let index = open.remove(at);
        let patch = &patches[index];
        let fate = match ledger.seen(patch) {
            Seen::Again => Fate::Again,
            Seen::Clash => Fate::Clash,
            Seen::New => {
                let ahead = preview(record, patch);
                let nothing = ahead.iter().all(|one| matches!(one, Settled::Same));
                let decision = if nothing { Decision::Take } else { decide(index, record, &ahead) };
                if decision != Decision::Later {
                    ledger.note(patch);
                }
                match decision {
                    Decision::Take => Fate::Merged(apply(record, patch, false)),
                    Decision::Replace => Fate::Merged(apply(record, patch, true)),
                    Decision::Decline => Fate::Declined,
                    Decision::Later => Fate::Waiting(ahead),
                }
            }
        };
        fates[index] = Some(fate);
    }
    fates.into_iter().flatten().collect()
}
