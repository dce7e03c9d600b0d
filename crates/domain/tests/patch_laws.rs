//! The laws of changes, 100,000 cases: disjoint ones commute, deliveries do not count, what is undone is as it was, and
//! where two want one thing both are kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[path = "patch/field.rs"]
mod field;

use std::cell::Cell;

use domain::patch::{
    Conflict, Current, Decision, Fate, Field, Ledger, Op, Patch, Record, Settled, Uuid, Value, apply,
    fingerprint, merge,
};
use domain::station::StationId;
use domain::time::LocalDateTime;
use field::{Dice, Kept, any_field, any_op, any_patch, at, facts, station};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const CASES: u32 = 25_000;

/// Runs `law` on so many seeds, the same ones every time; more or fewer with `PROPTEST_CASES`. Prints how many it held for.
fn for_seeds(name: &str, law: impl Fn(&mut Dice) -> Result<bool, TestCaseError>) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(CASES), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (cases, told) = (Cell::new(0), Cell::new(0));
    runner
        .run(&any::<u64>(), |seed| {
            let telling = law(&mut Dice::new(seed))?;
            cases.set(cases.get() + 1);
            told.set(told.get() + u32::from(telling));
            Ok(())
        })
        .unwrap();
    println!("{name}: {} cases, {} of them telling", cases.get(), told.get());
    assert!(told.get() * 2 > cases.get(), "most cases show nothing");
}

/// Whether no field of the one can be a field of the other.
fn disjoint(one: &Patch, other: &Patch) -> bool {
    !one.ops().iter().any(|op| other.ops().iter().any(|their| op.field.overlaps(&their.field)))
}

fn minute(number: usize) -> LocalDateTime {
    LocalDateTime::at(at("2026-11-24T00:00").date(), u32::try_from(number).unwrap())
}

fn take(_: usize, _: &mut Kept, _: &[Settled]) -> Decision {
    Decision::Take
}

#[test]
fn disjoint_changes_commute() {
    let start = Some(station());
    for_seeds("disjoint changes commute", |dice| {
        let one = any_patch(&start, minute(1), dice);
        let other = any_patch(&start, minute(2), dice);
        if !disjoint(&one, &other) {
            return Ok(false);
        }
        let (mut here, mut there) = (start.clone(), start.clone());
        for (kept, order) in [(&mut here, [&one, &other]), (&mut there, [&other, &one])] {
            for patch in order {
                let settled = apply(kept, patch, false);
                prop_assert!(settled.iter().all(|one| *one == Settled::Applied), "{settled:?} {patch:?}");
            }
        }
        prop_assert_eq!(facts(&here), facts(&there), "{:?} {:?}", one, other);
        Ok(true)
    });
}

#[test]
fn order_and_repetition_do_not_count() {
    let start = Some(station());
    for_seeds("any order, 1 to 5 deliveries", |dice| {
        // Some build upon others, some do not know of each other and may contradict.
        let mut patches: Vec<Patch> = Vec::new();
        let mut seen = start.clone();
        for number in 0..2 + dice.below(3) {
            let patch = any_patch(&seen, minute(number / 2), dice);
            if dice.below(2) == 0 {
                apply(&mut seen, &patch, false);
            }
            patches.push(patch);
        }
        let mut deliveries = patches.clone();
        for _ in 0..dice.below(4 * patches.len() + 1) {
            deliveries.push(dice.one(&patches));
        }
        dice.shuffle(&mut deliveries);
        let (mut plain, mut mixed) = (start.clone(), start.clone());
        let fates = merge(&mut plain, &patches, &mut Ledger::default(), take);
        let mut ledger = Ledger::default();
        let again = merge(&mut mixed, &deliveries, &mut ledger, take);
        prop_assert_eq!(&plain, &mixed);
        prop_assert_eq!(
            again.iter().filter(|fate| **fate == Fate::Again).count(),
            deliveries.len() - patches.len()
        );
        for (patch, fate) in patches.iter().zip(fates) {
            let first =
                deliveries.iter().zip(&again).find(|(one, fate)| *one == patch && **fate != Fate::Again);
            prop_assert_eq!(first.map(|(_, fate)| fate), Some(&fate));
        }
        // Another day the same chat is merged again.
        let before = mixed.clone();
        let last = merge(&mut mixed, &deliveries, &mut ledger, take);
        prop_assert!(last.iter().all(|fate| *fate == Fate::Again) && mixed == before);
        // A change in a batch of its own finds its place too, where no other wants the same.
        let apart = patches
            .iter()
            .enumerate()
            .all(|(at, one)| patches[..at].iter().all(|other| disjoint(one, other)));
        if apart {
            let (mut single, mut ledger) = (start.clone(), Ledger::default());
            for patch in &deliveries {
                merge(&mut single, std::slice::from_ref(patch), &mut ledger, take);
            }
            prop_assert_eq!(facts(&single), facts(&plain));
        }
        Ok(deliveries.len() > patches.len())
    });
}

#[test]
fn what_is_taken_back_is_as_it_was() {
    let start = Some(station());
    for_seeds("the inverse takes back", |dice| {
        let mut kept = start.clone();
        let patches = [(); 2].map(|()| {
            let patch = any_patch(&kept, minute(0), dice);
            apply(&mut kept, &patch, false);
            patch
        });
        for patch in patches.iter().rev() {
            let inverse = patch.inverse(dice.uuid(), None, minute(9)).unwrap();
            let settled = apply(&mut kept, &inverse, false);
            prop_assert!(settled.iter().all(|one| *one == Settled::Applied), "{settled:?} {inverse:?}");
            prop_assert_eq!(
                &inverse.inverse(patch.uuid(), Some("甲".into()), patch.made_at()).unwrap(),
                patch
            );
        }
        prop_assert_eq!(facts(&kept), facts(&start));
        Ok(true)
    });
}

#[test]
fn of_two_that_want_one_thing_both_are_kept() {
    let start = Some(station());
    for_seeds("conflicts keep both", |dice| {
        let field = any_field(dice);
        let (Some(theirs), Some(mine)) =
            (any_op(&start, field.clone(), dice), any_op(&start, field.clone(), dice))
        else {
            return Ok(false);
        };
        let patch = |op: &Op, number, dice: &mut Dice| {
            let id = StationId::new("sy-yuetanshan").unwrap();
            Patch::new(dice.uuid(), id, 3, vec![op.clone()], None, minute(number)).unwrap()
        };
        let (first, second) = (patch(&theirs, 1, dice), patch(&mine, 2, dice));
        let mut kept = start.clone();
        let fates = merge(&mut kept, &[second.clone(), first], &mut Ledger::default(), take);
        prop_assert_eq!(&fates[1], &Fate::Merged(vec![Settled::Applied]));
        prop_assert_eq!(kept.current(&field), Current::Is(theirs.after.clone()));
        if mine.after == theirs.after {
            prop_assert_eq!(&fates[0], &Fate::Merged(vec![Settled::Same]));
            return Ok(true);
        }
        let conflict =
            Conflict { base: mine.before, mine: mine.after.clone(), theirs: Current::Is(theirs.after) };
        prop_assert_eq!(&fates[0], &Fate::Merged(vec![Settled::Conflict(conflict.clone())]));
        // A person may decide for the later one.
        prop_assert_eq!(apply(&mut kept, &second, true), vec![Settled::Replaced(conflict)]);
        prop_assert_eq!(kept.current(&field), Current::Is(mine.after));
        Ok(true)
    });
}

/// A host changes the same thing twice within a minute, and the second is named so that it would come first.
#[test]
fn what_builds_upon_another_waits_for_it() {
    let hours = |text: &str| Some(Value::Hours(text.into()));
    let patch = |number, before: &str, after: &str| {
        let op = Op { field: Field::Hours, before: hours(before), after: hours(after) };
        let id = StationId::new("sy-yuetanshan").unwrap();
        Patch::new(Uuid([number; 16]), id, 3, vec![op], None, minute(1)).unwrap()
    };
    let chain = [
        patch(9, "工作日 08:30-17:00", "甲"),
        patch(5, "甲", "乙"),
        patch(1, "乙", "工作日 08:30-17:00"),
        patch(0, "工作日 08:30-17:00", "丙"),
    ];
    let mut kept = Some(station());
    let fates = merge(&mut kept, &chain[..3], &mut Ledger::default(), take);
    assert!(fates.iter().all(|fate| *fate == Fate::Merged(vec![Settled::Applied])), "{fates:?}");
    // Where it cannot be told what came first, nothing is lost all the same: somebody is told.
    let mut kept = Some(station());
    let fates = merge(&mut kept, &chain, &mut Ledger::default(), take);
    let told = fates
        .iter()
        .filter(|fate| matches!(fate, Fate::Merged(all) if matches!(all[..], [Settled::Conflict(_)])));
    assert_eq!((kept.current(&Field::Hours), told.count()), (Current::Is(hours("丙")), 3));
}

/// Closed, and open again: merged apart and the wrong way round, the last word is still "open".
#[test]
fn what_was_taken_back_before_it_came_is_no_news() {
    let hours = |text: &str| Some(Value::Hours(text.into()));
    let patch = |number, before: &str, after: &str| {
        let op = Op { field: Field::Hours, before: hours(before), after: hours(after) };
        let id = StationId::new("sy-yuetanshan").unwrap();
        Patch::new(Uuid([number; 16]), id, 3, vec![op], None, minute(number.into())).unwrap()
    };
    let now = "工作日 08:30-17:00";
    let (shut, open) = (patch(1, now, "关"), patch(2, "关", now));
    for order in [[&shut, &open], [&open, &shut]] {
        let (mut kept, mut ledger) = (Some(station()), Ledger::default());
        for one in order {
            merge(&mut kept, std::slice::from_ref(one), &mut ledger, take);
        }
        assert_eq!(kept.current(&Field::Hours), Current::Is(hours(now)));
    }
    // Who says so later means it.
    let (mut kept, mut ledger) = (Some(station()), Ledger::default());
    let again = patch(3, now, "关");
    let fates = [&open, &shut, &again]
        .map(|one| merge(&mut kept, std::slice::from_ref(one), &mut ledger, take).remove(0));
    let settled = [Settled::Same, Settled::Overtaken, Settled::Applied];
    assert_eq!(fates, settled.map(|one| Fate::Merged(vec![one])));
}

#[test]
fn a_removal_meets_every_change() {
    let start = Some(station());
    let seen = Some(Value::Seen(fingerprint(start.as_ref().unwrap())));
    let removal = |before| {
        let ops = vec![Op { field: Field::Station, before, after: None }];
        Patch::new(Dice::new(1).uuid(), StationId::new("sy-yuetanshan").unwrap(), 3, ops, None, minute(5))
    };
    let patch = removal(seen.clone()).unwrap();
    assert_eq!(patch.inverse(patch.uuid(), None, minute(6)), None);
    assert!(removal(None).is_err());
    let mut dice = Dice::new(4);
    for _ in 0..500 {
        let other = any_patch(&start, minute(1), &mut dice);
        let mut kept = start.clone();
        apply(&mut kept, &other, false);
        let settled = apply(&mut kept, &patch, false);
        assert!(matches!(settled[..], [Settled::Conflict(_)]) && kept.is_some(), "{other:?}");
        let mut kept = start.clone();
        assert_eq!(apply(&mut kept, &patch, false), [Settled::Applied]);
        assert_eq!(apply(&mut kept, &patch, false), [Settled::Same]);
        let late = apply(&mut kept, &other, false);
        assert!(late.iter().all(|one| matches!(one, Settled::Conflict(it) if it.theirs == Current::Gone)));
        assert_eq!(kept, None);
    }
}

#[test]
fn a_borrowed_name_is_not_taken_for_the_change() {
    let start = Some(station());
    let mut dice = Dice::new(7);
    let one = any_patch(&start, minute(1), &mut dice);
    let forged = loop {
        let other = any_patch(&start, minute(2), &mut dice);
        if disjoint(&one, &other) {
            break Patch::new(one.uuid(), other.station().clone(), 3, other.ops().to_vec(), None, minute(2))
                .unwrap();
        }
    };
    let mut kept = start.clone();
    let fates = merge(&mut kept, &[forged, one.clone()], &mut Ledger::default(), take);
    assert_eq!(fates[0], Fate::Clash);
    let mut alone = start;
    apply(&mut alone, &one, false);
    assert_eq!(kept, alone);
}

#[test]
fn a_change_that_waits_is_asked_for_again_and_one_declined_is_not() {
    let start = Some(station());
    let patch = any_patch(&start, minute(1), &mut Dice::new(9));
    let (mut kept, mut ledger) = (start.clone(), Ledger::default());
    let merge_with = |kept: &mut Kept, ledger: &mut Ledger, decision| {
        merge(kept, std::slice::from_ref(&patch), ledger, |_, _, _| decision).remove(0)
    };
    assert!(matches!(merge_with(&mut kept, &mut ledger, Decision::Later), Fate::Waiting(_)));
    assert_eq!(kept, start);
    assert_eq!(merge_with(&mut kept, &mut ledger, Decision::Decline), Fate::Declined);
    assert_eq!(merge_with(&mut kept, &mut ledger, Decision::Take), Fate::Again);
    assert_eq!(kept, start);
}
