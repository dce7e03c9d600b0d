//! What is taken back is gone, what is restored is there, and each change says so.

use std::cell::Cell;

use domain::patch::{Field, Uuid, Value};
use domain::text::Text;
use serde_json::Value as Json;
use staff::journal::{Fate, LIST, Link, NoUndo, Store};

use crate::acts::{Opened, hours, list, open, said, today};
use crate::model::Model;

const MADE: &str = "2026-11-24T08:30";

fn name(text: &str) -> Value {
    Value::Text(Text::zh(text.to_owned()))
}

fn fate(store: &Opened, number: u8) -> Fate {
    store.state().changes[&uuid(number)].fate
}

fn uuid(number: u8) -> String {
    Uuid([number; 16]).to_string()
}

fn begun() -> (Model, Opened, Link) {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    (model, store, link)
}

/// A name waits, staff take it, and its author takes it back.
#[test]
fn who_takes_back_takes_back_what_staff_took_too() {
    let (_model, mut store, link) = begun();
    let before = store.state().stations().to_vec();
    let code = said(1, MADE, Field::Name, name("甲站"), name("新名字"));
    store.change(&link, &code, today()).unwrap();
    let waiting = *store.state().waiting.keys().next().unwrap();
    store.accept(waiting, false, today()).unwrap();
    assert_eq!(fate(&store, 1), Fate::Live);
    store.undo_own(&link, &uuid(1)).unwrap();
    assert_eq!(store.state().stations(), before);
    assert_eq!(fate(&store, 1), Fate::Undone);
    // Again, it is the same answer and nothing happens.
    let seq = store.seq();
    store.undo_own(&link, &uuid(1)).unwrap();
    assert_eq!(store.seq(), seq);
}

/// What stands on it is not torn down, and nobody is told that it was.
#[test]
fn what_something_stands_on_is_not_said_to_be_undone() {
    let (_model, mut store, link) = begun();
    for (number, from, to) in [(1, "甲站", "新名字"), (2, "新名字", "更新的名字")] {
        store.change(&link, &said(number, MADE, Field::Name, name(from), name(to)), today()).unwrap();
        let waiting = *store.state().waiting.keys().next().unwrap();
        store.accept(waiting, true, today()).unwrap();
        if number == 1 {
            continue;
        }
        assert!(matches!(store.undo_own(&link, &uuid(1)), Err(NoUndo::Stuck(..))));
    }
    assert_eq!(fate(&store, 1), Fate::Live);
    store.undo_own(&link, &uuid(2)).unwrap();
    store.undo_own(&link, &uuid(1)).unwrap();
    assert_eq!((fate(&store, 1), fate(&store, 2)), (Fate::Undone, Fate::Undone));
}

/// Staff take back what they took: its author learns it.
#[test]
fn a_review_that_is_taken_back_is_no_longer_live() {
    let (_model, mut store, link) = begun();
    store.change(&link, &said(1, MADE, Field::Name, name("甲站"), name("新名字")), today()).unwrap();
    let waiting = *store.state().waiting.keys().next().unwrap();
    let review = store.accept(waiting, false, today()).unwrap();
    store.undo(review).unwrap();
    assert_eq!(store.state().stations()[0]["name"], Json::from("甲站"));
    assert_eq!(fate(&store, 1), Fate::Undone);
    assert!(matches!(store.undo(review), Err(NoUndo::Already(_))));
}

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(1_795_494_607) };
}

/// A clock that goes on by a minute whenever somebody looks.
fn ticking() -> i64 {
    NOW.set(NOW.get() + 60);
    NOW.get()
}

fn minute(store: &Opened, seq: u64) -> i64 {
    store.lines().unwrap().into_iter().find(|line| line.seq == seq).unwrap().at
}

#[test]
fn what_is_restored_is_as_it_was() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = Store::open_at(model.clone(), ticking).unwrap();
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    // Live, taken back, and restored to before that.
    store
        .change(&link, &said(1, MADE, Field::Hours, hours("24小时"), hours("工作日 08:00-18:00")), today())
        .unwrap();
    let live = store.seq();
    store.undo(live).unwrap();
    assert_eq!(fate(&store, 1), Fate::Undone);
    store.restore(minute(&store, live)).unwrap();
    assert_eq!(store.state().stations()[0]["hours"], Json::from("工作日 08:00-18:00"));
    assert_eq!(fate(&store, 1), Fate::Live);
    store.undo(live).unwrap();
    assert_eq!(fate(&store, 1), Fate::Undone);
    assert!(matches!(store.undo(live), Err(NoUndo::Already(_))));
    // Waiting, taken, and restored to before that: it waits.
    store.change(&link, &said(2, MADE, Field::Name, name("甲站"), name("新名字")), today()).unwrap();
    let waits = store.seq();
    store.accept(waits, false, today()).unwrap();
    store.restore(minute(&store, waits)).unwrap();
    assert_eq!(store.state().stations()[0]["name"], Json::from("甲站"));
    assert_eq!((fate(&store, 2), store.state().waiting.contains_key(&waits)), (Fate::Review, true));
    store.accept(waits, false, today()).unwrap();
    assert_eq!(fate(&store, 2), Fate::Live);
    // Read anew, it is all the same.
    assert_eq!(open(&model).state().clone().save(), store.state().clone().save());
}
