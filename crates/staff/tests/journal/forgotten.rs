//! Who says that something was forgotten is right.

use domain::patch::{Field, Op, Patch, Uuid, Value};
use domain::phone::Phone;
use domain::station::{Contact, Role, StationId};
use domain::time::LocalDateTime;
use staff::journal::{LIST, REPORTS};

use crate::acts::{list, open, report, said, today};
use crate::model::Model;

fn is_anywhere(model: &Model, text: &str) -> bool {
    model.all().values().any(|bytes| bytes.windows(text.len()).any(|some| some == text.as_bytes()))
}

/// A file that cannot be taken in may say anything: it is mended first.
#[test]
fn nothing_is_forgotten_beside_a_broken_file() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    store.make_link("a", "张三", i64::MAX).unwrap();
    store.report(report(1, "2026-11-24T09:00")).unwrap();
    store.show().unwrap();
    let broken = "{\"reports\": [ 张三";
    model.edit(REPORTS, broken.as_bytes());
    store.forget("张三").unwrap_err();
    assert_eq!(model.all()[REPORTS], broken.as_bytes());
    store.show().unwrap();
    assert_eq!(model.all()[REPORTS], broken.as_bytes());
}

/// What names something else cannot be rubbed out: that is said instead of success.
#[test]
fn what_cannot_be_taken_out_is_said() {
    let text = String::from_utf8(list()).unwrap().replace(
        "\"kind\": \"union\"",
        "\"kind\": \"union\", \"links\": [{\"title\": \"网页\", \"url\": \"https://example.org/zhangsan\"}]",
    );
    let model = Model::new(&[(LIST, text.as_bytes())]);
    let mut store = open(&model);
    let seq = store.seq();
    store.forget("zhangsan").unwrap_err();
    assert_eq!(store.seq(), seq);
    assert_eq!(model.all()[LIST], text.as_bytes());
}

/// Whatever letters a name has, and nothing that is left lets anybody try names against it.
#[test]
fn names_with_odd_letters_and_prints_are_forgotten() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let contact = Contact {
        role: Role::Community,
        organisation: None,
        person: Some("张\"三".into()),
        phones: Phone::all("024-00000007"),
        hours: None,
    };
    let ops =
        vec![Op { field: Field::contact(&contact), before: None, after: Some(Value::Contact(contact)) }];
    let made = LocalDateTime::parse("2026-11-24T08:30").unwrap();
    let patch = Patch::new(Uuid([1; 16]), StationId::new("a").unwrap(), 1, ops, None, made).unwrap();
    let code = domain::patch::Code { patch, signature: None };
    store.change(&link, &code, today()).unwrap();
    let text = code.text().unwrap();
    let print = store.state().changes[&code.patch.uuid().to_string()].print.clone();
    assert_eq!(print.len(), 64);
    let gone = store.forget("张\"三").unwrap().unwrap();
    assert!(gone.entries.contains(&known_seq(&store, &code)));
    store.show().unwrap();
    assert!(!is_anywhere(&model, &text) && !is_anywhere(&model, &print));
    // The phone that sends it again is told what became of it.
    store.change(&link, &code, today()).unwrap();
    // What nobody asked to forget is known as before.
    let other = said(
        2,
        "2026-11-24T08:30",
        Field::Hours,
        crate::acts::hours("24小时"),
        crate::acts::hours("工作日 08:00-18:00"),
    );
    store.change(&link, &other, today()).unwrap();
}

fn known_seq(store: &crate::acts::Opened, code: &domain::patch::Code) -> u64 {
    store.state().changes[&code.patch.uuid().to_string()].seq
}
