//! Clocks that are wrong, disks that fail, links that are gone: nobody is told what is not so.

use std::io::ErrorKind;

use domain::amenity::{Amenity, AmenityState};
use domain::patch::{Code, Field, Value};
use staff::journal::{Fate, LIST};

use crate::acts::{hours, list, open, report, said, today};
use crate::model::Model;

/// The store's clock stands at 12:30 of the 24th.
fn water(number: u8, at: &str, before: AmenityState, after: AmenityState) -> Code {
    let [before, after] = [before, after].map(Value::State);
    said(number, at, Field::AmenityState(Amenity::Water), before, after)
}

/// A phone whose clock is days ahead says nothing about what others say after it.
#[test]
fn a_fast_clock_overtakes_nothing_that_comes_later() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let (ok, out) = (AmenityState::Ok, AmenityState::Out);
    let fast = store.change(&link, &water(1, "2026-11-27T08:00", out, ok), today()).unwrap();
    assert_eq!(fast.same, [0]);
    let later = store.change(&link, &water(2, "2026-11-24T12:30", ok, out), today()).unwrap();
    assert_eq!((later.fate, later.live), (Fate::Live, vec![0]));
    assert_eq!(store.state().stations()[0]["amenities"][0]["state"], "out");
}

/// What comes late and was taken back by a later word that came before it is not in the list, and not said to be: staff decide.
#[test]
fn what_was_overtaken_is_not_called_live() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let (ok, out) = (AmenityState::Ok, AmenityState::Out);
    store.change(&link, &water(1, "2026-11-24T12:20", out, ok), today()).unwrap();
    let late = store.change(&link, &water(2, "2026-11-24T12:00", ok, out), today()).unwrap();
    assert_eq!((late.fate, late.live, late.review), (Fate::Review, vec![], vec![0]));
    assert_eq!(store.state().stations()[0]["amenities"][0]["state"], "ok");
}

/// A line that is in the file though its sync failed was refused: who only looks does not take it in.
#[test]
fn a_line_that_was_refused_is_not_looked_at() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    store.report(report(1, "2026-11-24T12:30")).unwrap();
    model.fail_in(2, 2, ErrorKind::Other);
    store.report(report(2, "2026-11-24T12:30")).unwrap_err();
    assert!(store.is_read_only());
    assert!(!store.look().unwrap());
    assert_eq!(store.state().reported.len(), 1);
    // With the disk well again it is taken as if it had never come.
    store.report(report(2, "2026-11-24T12:30")).unwrap();
    assert_eq!(open(&model).state().reported.len(), 2);
}

/// Who was let in a moment before the link was taken away changes nothing after.
#[test]
fn a_link_that_is_gone_by_now_changes_nothing() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let mut links = Vec::new();
    for _ in 0..3 {
        links.push(store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link);
    }
    let code =
        |number| said(number, "2026-11-24T08:30", Field::Hours, hours("24小时"), hours("工作日 08:00-18:00"));
    store.change(&links[2], &code(3), today()).unwrap();
    let before = store.list();
    store.revoke_link(1).unwrap();
    store.rotate_link(2, i64::MAX).unwrap();
    store.rotate_link(3, i64::MAX).unwrap();
    let seq = store.seq();
    for link in &links[..2] {
        store.change(link, &code(1), today()).unwrap_err();
    }
    store.undo_own(&links[2], &code(3).patch.uuid().to_string()).unwrap_err();
    assert_eq!((store.seq(), store.list()), (seq, before));
}

/// Somebody reports what their phone said before, after the host has answered: that is news, once.
#[test]
fn a_report_again_after_the_answer_counts_once_more() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let count = |store: &crate::acts::Opened| {
        let view = store.state().reports.clone().unwrap();
        view.value["reports"].as_array().unwrap().len()
    };
    store.report(report(1, "2026-11-24T09:00")).unwrap();
    store.report(report(1, "2026-11-24T09:10")).unwrap();
    assert_eq!(count(&store), 1);
    let code = said(1, "2026-11-24T10:00", Field::Hours, hours("24小时"), hours("工作日 08:00-18:00"));
    store.change(&link, &code, today()).unwrap();
    for minute in ["2026-11-24T11:00", "2026-11-24T11:05"] {
        store.report(report(1, minute)).unwrap();
        assert_eq!(count(&store), 2);
    }
}
