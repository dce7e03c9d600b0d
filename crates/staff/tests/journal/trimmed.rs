//! Reports without end: what is kept of them, and that it is said what is not.

use serde_json::{Value as Json, json};
use staff::journal::{DAYS, LIST, OF_ALL, OF_ONE, REPORTS, Report};

use crate::acts::{Opened, hours, list, open, report, said, today};
use crate::model::Model;

fn file(store: &mut Opened, model: &Model) -> Json {
    let hold = store.hold();
    store.show().unwrap();
    drop(hold);
    serde_json::from_slice(&model.all()[REPORTS]).unwrap()
}

fn numbers(file: &Json) -> Vec<u128> {
    let uuid = |one: &Json| u128::from_str_radix(one["uuid"].as_str().unwrap(), 16).unwrap();
    file["reports"].as_array().unwrap().iter().map(uuid).collect()
}

/// Report `number`, `minutes` after eight o'clock.
fn after(number: u128, minutes: u128, counted: bool) -> Report {
    let at = format!("2026-11-24T{:02}:{:02}", 8 + minutes / 60, minutes % 60);
    Report { counted, ..report(number, &at) }
}

#[test]
fn of_one_station_the_last_are_kept_and_what_counts_for_nobody_goes_first() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let most = OF_ONE as u128;
    for number in 0..most {
        store.report(after(number, number, !(50..53).contains(&number))).unwrap();
    }
    let before = file(&mut store, &model);
    assert_eq!((numbers(&before).len(), before.get("dropped")), (OF_ONE, None));
    for number in most..most + 5 {
        store.report(after(number, number, true)).unwrap();
    }
    let now = file(&mut store, &model);
    let gone: Vec<u128> = (0..most + 5).filter(|number| !numbers(&now).contains(number)).collect();
    assert_eq!(gone, [0, 1, 50, 51, 52]);
    let last = after(0, most + 4, true).at;
    assert_eq!(now["dropped"], json!({"a": {"count": 5, "last": last}}));
    // The other station's are its own.
    store.report(Report { station: "b".into(), ..after(1000, most + 5, true) }).unwrap();
    assert_eq!(file(&mut store, &model)["dropped"]["a"]["count"], 5);
    // Whoever edits the file as it was takes back what they saw, and not that something is missing.
    let edited = before.to_string().replace("没水199", "");
    model.edit(REPORTS, edited.as_bytes());
    let now = file(&mut store, &model);
    assert_eq!(now["dropped"]["a"]["count"], 5);
    assert_eq!(numbers(&now).len(), OF_ONE + 6, "what came since is behind what was edited");
    store.report(after(2000, most + 6, true)).unwrap();
    let now = file(&mut store, &model);
    assert_eq!(now["dropped"]["a"]["count"], 5 + 6);
    // One that went may come again: it is news, once.
    let seq = store.seq();
    store.report(after(0, most + 7, true)).unwrap();
    store.report(after(0, most + 8, true)).unwrap();
    assert_eq!(store.seq(), seq + 2, "one that goes, one that comes");
    // Whoever reads the journal anew comes to the same.
    let now = file(&mut store, &model);
    assert!(open(&model).state().reports.as_ref().unwrap().value == now);
}

#[test]
fn of_all_stations_there_are_not_without_end() {
    let entry = |number: usize| {
        let (uuid, station) = (format!("{number:032x}"), format!("s-{}", number % 97));
        json!({"uuid": uuid, "station": station, "kind": "praise", "text": "", "at": "2026-11-23T08:00"})
    };
    let many: Vec<Json> = (1..=OF_ALL).map(entry).collect();
    let all = json!({"schema": 1, "reports": many});
    let model = Model::new(&[(LIST, &list()), (REPORTS, all.to_string().as_bytes())]);
    let mut store = open(&model);
    store.report(after(1 << 100, 0, true)).unwrap();
    let now = file(&mut store, &model);
    assert_eq!(numbers(&now).len(), OF_ALL);
    assert!(!numbers(&now).contains(&1) && numbers(&now).contains(&2));
    assert_eq!(now["dropped"], json!({"s-1": {"count": 1, "last": "2026-11-24T08:00"}}));
}

#[test]
fn a_report_is_kept_for_a_year() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    assert_eq!(DAYS, 365);
    store.report(report(1, "2026-11-23T23:59")).unwrap();
    store.report(report(2, "2026-11-24T00:00")).unwrap();
    store.report(report(3, "2027-11-23T23:59")).unwrap();
    assert_eq!(numbers(&file(&mut store, &model)), [1, 2, 3]);
    store.report(report(4, "2027-11-24T00:00")).unwrap();
    let now = file(&mut store, &model);
    assert_eq!((numbers(&now), now.get("dropped")), (vec![2, 3, 4], None));
    assert!(open(&model).state().reports.as_ref().unwrap().value == now);
    // A phone whose clock the server does not ask does not move it: a report's minute is the server's. One from before comes late.
    store.report(report(5, "2027-11-23T00:00")).unwrap();
    assert_eq!(numbers(&file(&mut store, &model)), [2, 3, 4, 5]);
}

/// One that staff took out of a chat and that the phone sends, too, is one.
#[test]
fn what_staff_took_from_a_chat_comes_once() {
    let entry = json!({"uuid": format!("{:032x}", 9), "station": "a", "kind": "closed", "text": "", "at": "2026-11-24T08:00"});
    let all = json!({"schema": 1, "reports": [entry]}).to_string();
    let model = Model::new(&[(LIST, &list()), (REPORTS, all.as_bytes())]);
    let mut store = open(&model);
    store.report(report(9, "2026-11-24T09:00")).unwrap();
    assert_eq!(numbers(&file(&mut store, &model)), [9]);
}

/// An answer settles warnings. Praise that is sent again is the same praise, whatever the host did meanwhile.
#[test]
fn praise_again_after_an_answer_is_the_same() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let praise = |at: &str, text: &str| Report { kind: "praise".into(), text: text.into(), ..report(7, at) };
    store.report(praise("2026-11-24T09:00", "")).unwrap();
    let code =
        said(1, "2026-11-24T10:00", domain::patch::Field::Hours, hours("24小时"), hours("08:00-18:00"));
    store.change(&link, &code, today()).unwrap();
    let now = file(&mut store, &model);
    assert_eq!(now["answers"]["a"], "2026-11-24T09:00");
    store.report(praise("2026-11-24T11:00", "真好")).unwrap();
    assert_eq!(numbers(&file(&mut store, &model)), [7]);
}
