//! Edits by hand while hosts and riders go on: what was confirmed is there, or waits for a decision.

use domain::patch::{Field, Uuid, Value};
use domain::text::Text;
use serde_json::Value as Json;
use staff::journal::{Fate, LIST, REPORTS};

use crate::acts::{Opened, hours, list, open, report, said, today};
use crate::model::Model;

const MADE: &str = "2026-11-24T08:30";

fn reported(model: &Model) -> Vec<String> {
    let file: Json = serde_json::from_slice(&model.all()[REPORTS]).unwrap();
    let all = file["reports"].as_array().unwrap();
    all.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn reports_that_come_while_the_file_is_open_stay() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    store.report(report(1, MADE)).unwrap();
    store.report(report(2, MADE)).unwrap();
    store.show().unwrap();
    let editor = String::from_utf8(model.all()[REPORTS].clone()).unwrap();
    for number in 3..6 {
        store.report(report(number, MADE)).unwrap();
    }
    store.show().unwrap();
    let edited = editor.replace("\"schema\": 1,", "\"schema\": 1,\n  \"note\": \"看过\",");
    model.edit(REPORTS, edited.as_bytes());
    store.hold().unwrap();
    let seq = store.seq();
    // Whoever comes next finds it taken in, though the file is not yet written again.
    assert_eq!(open(&model).seq(), seq);
    store.show().unwrap();
    assert_eq!(reported(&model), ["没水1", "没水2", "没水3", "没水4", "没水5"]);
    assert!(String::from_utf8(model.all()[REPORTS].clone()).unwrap().contains("看过"));
    // One that is sent again is there once; one that staff take out before others that they saw stays out.
    store.report(report(4, MADE)).unwrap();
    assert_eq!(store.seq(), seq);
    let mut file: Json = serde_json::from_slice(&model.all()[REPORTS]).unwrap();
    file["reports"].as_array_mut().unwrap().remove(1);
    model.edit(REPORTS, file.to_string().as_bytes());
    store.hold().unwrap();
    store.show().unwrap();
    assert_eq!(reported(&model), ["没水1", "没水3", "没水4", "没水5"]);
}

fn now(store: &Opened) -> &str {
    store.state().stations()[0]["hours"].as_str().unwrap()
}

/// Two changes of one field, and an editor that has seen neither.
#[test]
fn an_old_list_swallows_no_row_of_changes() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let editor = model.all()[LIST].clone();
    let steps = ["24小时", "工作日 08:00-18:00", "工作日 09:00-17:00"];
    for (number, pair) in (1..).zip(steps.windows(2)) {
        let code = said(number, MADE, Field::Hours, hours(pair[0]), hours(pair[1]));
        assert_eq!(store.change(&link, &code, today()).unwrap().fate, Fate::Live);
    }
    store.show().unwrap();
    let edited = String::from_utf8(editor).unwrap().replace("乙站", "乙站新名");
    model.edit(LIST, edited.as_bytes());
    store.hold().unwrap();
    assert_eq!(now(&store), steps[0]);
    let waiting: Vec<_> = store.state().waiting.values().map(|one| (one.ops.clone(), one.over)).collect();
    assert_eq!(waiting, [(vec![0], true)]);
    let (seq, one) = store.state().waiting.iter().next().map(|(seq, one)| (*seq, one.clone())).unwrap();
    assert_eq!(one.uuid, Uuid([2; 16]).to_string());
    store.accept(seq, true, today()).unwrap();
    assert_eq!(now(&store), steps[2]);
}

/// An edit that has seen the change does not make the one after it that has not harmless.
#[test]
fn a_second_editor_swallows_nothing_either() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let first = model.all()[LIST].clone();
    let code = said(1, MADE, Field::Hours, hours("24小时"), hours("工作日 08:00-18:00"));
    store.change(&link, &code, today()).unwrap();
    store.show().unwrap();
    let second = String::from_utf8(model.all()[LIST].clone()).unwrap().replace("乙站", "乙站新名");
    model.edit(LIST, second.as_bytes());
    store.hold().unwrap();
    assert!(store.state().waiting.is_empty());
    model.edit(LIST, &first);
    store.hold().unwrap();
    assert_eq!(now(&store), "24小时");
    assert_eq!(store.state().waiting.len(), 1);
    // And one that means it, with another value, is no accident.
    let seq = *store.state().waiting.keys().next().unwrap();
    store.accept(seq, false, today()).unwrap();
    store.show().unwrap();
    let text = String::from_utf8(model.all()[LIST].clone()).unwrap();
    model.edit(LIST, text.replace("工作日 08:00-18:00", "工作日 10:00-16:00").as_bytes());
    store.hold().unwrap();
    assert!(store.state().waiting.is_empty());
}

/// What staff took is as safe as what went live by itself.
#[test]
fn an_old_list_swallows_nothing_that_staff_took() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let editor = model.all()[LIST].clone();
    let name = |text: &str| Value::Text(Text::zh(text.to_owned()));
    let code = said(1, MADE, Field::Name, name("甲站"), name("新名字"));
    assert_eq!(store.change(&link, &code, today()).unwrap().fate, Fate::Review);
    let seq = *store.state().waiting.keys().next().unwrap();
    store.accept(seq, false, today()).unwrap();
    store.show().unwrap();
    model.edit(LIST, &editor);
    store.hold().unwrap();
    assert_eq!(store.state().stations()[0]["name"], Json::from("甲站"));
    assert_eq!(store.state().waiting.len(), 1);
    let known = store.state().changes.values().next().unwrap();
    assert_eq!(known.fate, Fate::Review);
}
