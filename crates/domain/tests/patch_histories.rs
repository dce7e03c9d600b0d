//! Up to eight hosts who change one station, a chat that repeats, delays and reorders what they say, and somebody who merges it
//! now and then: against a sequential model, nothing anybody said is lost without a word.
//!
//! 3,000 histories in a plain test; `PATCH_HISTORIES=100000` for the whole form.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[path = "patch/field.rs"]
mod field;

use std::collections::BTreeMap;

use domain::amenity::Amenity;
use domain::patch::{
    Current, Decision, Fate, Field, Ledger, Op, Patch, Record, Settled, Uuid, Value, apply, merge,
};
use domain::time::LocalDateTime;
use field::{Dice, Kept, any_patch, at, facts, station};

/// What is where, as a table: nothing here knows how a station is made up.
#[derive(Clone, Default)]
struct Model {
    table: BTreeMap<Field, Value>,
    /// Every value each field had since the last merge began.
    had: Vec<(Field, Option<Value>)>,
    /// What others had seen who were told that it is so already, and when.
    seen: Vec<(Field, Option<Value>, LocalDateTime)>,
}

impl Model {
    fn of(station: &Kept) -> Self {
        let mut table = BTreeMap::new();
        let mut note = |field: Field| {
            if let Current::Is(Some(value)) = station.current(&field) {
                table.insert(field, value);
            }
        };
        for field in
            [Field::Name, Field::Position, Field::Address, Field::Directions, Field::Hours, Field::Access]
        {
            note(field);
        }
        for &one in Amenity::ALL {
            note(Field::Amenity(one));
        }
        let station = station.as_ref().unwrap();
        station.notices.iter().for_each(|one| note(Field::notice(one)));
        station.events.iter().for_each(|one| note(Field::event(one)));
        station.contacts.iter().for_each(|one| note(Field::contact(one)));
        Self { table, ..Self::default() }
    }

    /// None: there is nothing to which the field could belong.
    #[expect(clippy::option_option, reason = "the inner is the field's own")]
    fn get(&self, field: &Field) -> Option<Option<Value>> {
        let whole = field.amenity().and_then(|one| self.table.get(&Field::Amenity(one)));
        match (field, whole) {
            (Field::AmenityState(_), Some(Value::Offer(offer))) => Some(Some(Value::State(offer.state))),
            (Field::AmenityNote(_), Some(Value::Offer(offer))) => Some(offer.note.clone().map(Value::Text)),
            (Field::AmenityState(_) | Field::AmenityNote(_), _) => None,
            _ => Some(self.table.get(field).cloned()),
        }
    }

    fn set(&mut self, op: &Op) {
        self.had.push((op.field.clone(), self.get(&op.field).flatten()));
        match (&op.field, &op.after) {
            (Field::AmenityState(one) | Field::AmenityNote(one), after) => {
                let Some(Value::Offer(offer)) = self.table.get_mut(&Field::Amenity(*one)) else {
                    panic!("no amenity")
                };
                match after {
                    Some(Value::State(state)) => offer.state = *state,
                    Some(Value::Text(note)) => offer.note = Some(note.clone()),
                    _ => offer.note = None,
                }
            }
            (field, Some(value)) => drop(self.table.insert(field.clone(), value.clone())),
            (field, None) => drop(self.table.remove(field)),
        }
        self.had.push((op.field.clone(), op.after.clone()));
    }

    /// Whether what was told of an op is true, by the table alone.
    fn agrees(&self, op: &Op, settled: &Settled, made_at: LocalDateTime) -> bool {
        let now = self.get(&op.field);
        match settled {
            Settled::Applied => now.as_ref() == Some(&op.before),
            Settled::Same => now.as_ref() == Some(&op.after),
            Settled::Overtaken => {
                let told = |(field, seen, at): &(Field, Option<Value>, LocalDateTime)| {
                    *field == op.field && *seen == op.after && *at >= made_at
                };
                now.as_ref() == Some(&op.before) && self.seen.iter().any(told)
            }
            Settled::Conflict(told) | Settled::Replaced(told) => {
                let theirs = now.clone().map_or(Current::Gone, Current::Is);
                let open = now.as_ref() != Some(&op.before) && now.as_ref() != Some(&op.after);
                open && told.theirs == theirs && told.base == op.before && told.mine == op.after
            }
        }
    }
}

struct Host {
    /// What their phone shows: the last edition it saw and what they changed since.
    seen: Kept,
}

#[derive(Default)]
struct Told {
    histories: u32,
    changes: u32,
    conflicts: u32,
    lost: u32,
}

/// Merges a chat, following with the model; how many claims were false or missing.
fn merge_chat(
    chat: &[Patch],
    world: (&mut Kept, &mut Model, &mut Ledger),
    decided: &mut BTreeMap<Uuid, u32>,
    mut decision: impl FnMut() -> Decision,
    told: &mut Told,
) {
    let (kept, model, ledger) = world;
    model.had.clear();
    // Who is told within this merge that it is so already is not known before its end.
    let before = model.seen.len();
    let all = chat.iter().flat_map(|patch| {
        patch.ops().iter().map(|op| (op.field.clone(), op.before.clone(), patch.made_at()))
    });
    model.seen.extend(all);
    let mut false_claims = 0;
    let fates = merge(kept, chat, ledger, |index, _, ahead| {
        let decision = decision();
        for (op, settled) in chat[index].ops().iter().zip(ahead) {
            false_claims += u32::from(!model.agrees(op, settled, chat[index].made_at()));
            let wins = match settled {
                Settled::Applied => matches!(decision, Decision::Take | Decision::Replace),
                Settled::Conflict(it) => decision == Decision::Replace && it.theirs != Current::Gone,
                _ => false,
            };
            if wins {
                model.set(op);
            }
        }
        decision
    });
    model.seen.truncate(before);
    for (patch, fate) in chat.iter().zip(&fates) {
        match fate {
            Fate::Merged(all) => {
                *decided.entry(patch.uuid()).or_default() += 1;
                for (op, settled) in patch.ops().iter().zip(all) {
                    if *settled == Settled::Same {
                        model.seen.push((op.field.clone(), op.before.clone(), patch.made_at()));
                    }
                    told.conflicts += u32::from(matches!(settled, Settled::Conflict(_)));
                    // What was there already must have been there at some moment of this merge.
                    let there = model.get(&op.field) == Some(op.after.clone())
                        || model.had.contains(&(op.field.clone(), op.after.clone()))
                        || model.had.iter().any(|(field, _)| *field != op.field && field.overlaps(&op.field));
                    false_claims += u32::from(*settled == Settled::Same && !there);
                }
            }
            Fate::Declined => *decided.entry(patch.uuid()).or_default() += 1,
            Fate::Clash => false_claims += 1,
            Fate::Again | Fate::Waiting(_) => {}
        }
    }
    for (field, value) in &model.table {
        false_claims += u32::from(kept.current(field) != Current::Is(Some(value.clone())));
    }
    false_claims += u32::from(Model::of(kept).table != model.table);
    told.lost += false_claims;
}

fn history(dice: &mut Dice, told: &mut Told) {
    let start = Some(station());
    let (mut kept, mut model, mut ledger) = (start.clone(), Model::of(&start), Ledger::default());
    let mut hosts: Vec<Host> = (0..=dice.below(8)).map(|_| Host { seen: start.clone() }).collect();
    let mut said: Vec<Patch> = Vec::new();
    let mut chat: Vec<Patch> = Vec::new();
    let mut decided: BTreeMap<Uuid, u32> = BTreeMap::new();
    let mut minutes = 0;
    for _ in 0..6 + dice.below(20) {
        let at_host = dice.below(hosts.len());
        match dice.below(8) {
            0..4 => {
                minutes += dice.below(2);
                let now = LocalDateTime::at(at("2026-11-24T08:00").date(), u32::try_from(minutes).unwrap());
                let patch = any_patch(&hosts[at_host].seen, now, dice);
                apply(&mut hosts[at_host].seen, &patch, false);
                said.push(patch.clone());
                // Sent at once, later, or several times.
                for _ in 0..dice.below(4) {
                    chat.push(patch.clone());
                }
            }
            4 => hosts[at_host].seen.clone_from(&kept),
            5 => chat.extend(said.last().cloned()),
            _ => {
                dice.shuffle(&mut chat);
                let window = dice.below(chat.len() + 1);
                let mut mood = Dice::new(dice.roll());
                let decision = || match mood.below(8) {
                    0 => Decision::Later,
                    1 => Decision::Decline,
                    2 => Decision::Replace,
                    _ => Decision::Take,
                };
                merge_chat(
                    &chat[window..],
                    (&mut kept, &mut model, &mut ledger),
                    &mut decided,
                    decision,
                    told,
                );
            }
        }
    }
    // In the end everything arrives.
    let mut all = said.clone();
    all.extend(chat);
    dice.shuffle(&mut all);
    merge_chat(&all, (&mut kept, &mut model, &mut ledger), &mut decided, || Decision::Take, told);
    told.lost +=
        u32::try_from(said.iter().filter(|patch| decided.get(&patch.uuid()) != Some(&1)).count()).unwrap();
    let before = facts(&kept);
    merge(&mut kept, &all, &mut ledger, |_, _, _| Decision::Take);
    told.lost += u32::from(facts(&kept) != before);
    told.histories += 1;
    told.changes += u32::try_from(said.len()).unwrap();
}

#[test]
fn nothing_said_is_lost() {
    let count = std::env::var("PATCH_HISTORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(3000);
    let mut told = Told::default();
    for seed in 0..count {
        history(&mut Dice::new(seed), &mut told);
    }
    let Told { histories, changes, conflicts, lost } = told;
    println!("histories {histories}, lost {lost} ({changes} changes, {conflicts} conflicts told)");
    assert!(conflicts > histories, "few conflicts show little");
    assert_eq!(lost, 0);
}
