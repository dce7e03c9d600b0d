//! What people do, at random, and what was confirmed to them.

use std::collections::BTreeMap;

use domain::amenity::{Amenity, AmenityState};
use domain::patch::{Code, Current, Field, Op, Patch, Record as _, Uuid, Value};
use domain::phone::Phone;
use domain::station::{Contact, Notice, NoticeKind, Role, StationId};
use domain::text::Text;
use domain::time::{Date, LocalDateTime};
use staff::journal::{NoUndo, Outcome, Refusal, Report, Store};
use staff::merge::Entry;

use crate::model::{Dice, Model};

pub fn list() -> Vec<u8> {
    let text = r#"{
  "schema": 1,
  "dataset": {"title": "示例", "sample": true, "revision": 3},
  "stations": [
    {"id": "a", "name": "甲站", "kind": "union",
     "location": {"lat": 41.8, "lng": 123.4, "city": "沈阳市", "district": "和平区"}, "hours": "24小时",
     "amenities": [{"id": "water", "state": "ok"}], "contacts": [{"role": "host", "phone": "024-00000001"}]},
    {"id": "b", "name": "乙站", "kind": "bank",
     "location": {"lat": 41.9, "lng": 123.5, "city": "沈阳市", "district": "和平区"}, "hours": "工作日 09:00-17:00", "my_key": [1]}
  ]
}
"#;
    text.as_bytes().to_vec()
}

pub fn clock() -> i64 {
    1_795_494_607
}

pub fn today() -> Date {
    Date::parse("2026-11-25").unwrap()
}

pub type Opened = Store<Model>;

pub fn open(model: &Model) -> Opened {
    Store::open_at(model.clone(), clock).unwrap()
}

/// A change as a phone would make it that sees the list as it is.
fn code(store: &Opened, id: &str, number: u128, dice: &mut Dice) -> Option<Code> {
    let at = store.state().place(id)?;
    let entry = Entry::new(at, &store.state().stations()[at]).ok()?;
    let mut wanted = vec![
        (Field::Hours, Some(Value::Hours(format!("工作日 {:02}:00-18:00", 6 + dice.below(5))))),
        (
            Field::AmenityState(Amenity::Water),
            Some(Value::State(if dice.below(2) == 0 { AmenityState::Out } else { AmenityState::Ok })),
        ),
    ];
    let notice = Notice {
        kind: NoticeKind::Info,
        text: Text::zh(format!("通知{}", dice.below(4))),
        from: None,
        until: None,
    };
    wanted.push((Field::notice(&notice), (dice.below(3) > 0).then_some(Value::Notice(notice))));
    wanted.push((Field::Name, Some(Value::Text(Text::zh(format!("站名{}", dice.below(4)))))));
    let person = ["张三", "李四"][usize::try_from(dice.below(2)).unwrap()];
    let phones = Phone::all("024-00000007");
    let contact = Contact {
        role: Role::Community,
        organisation: None,
        person: Some(person.into()),
        phones,
        hours: None,
    };
    wanted.push((Field::contact(&contact), Some(Value::Contact(contact))));
    let mut ops = Vec::new();
    for (field, after) in wanted {
        if dice.below(3) > 0 {
            continue;
        }
        if let Current::Is(before) = entry.current(&field)
            && before != after
        {
            ops.push(Op { field, before, after });
        }
    }
    let made = LocalDateTime::parse("2026-11-25T08:30").unwrap();
    let patch = Patch::new(Uuid(number.to_be_bytes()), StationId::new(id)?, 1, ops, None, made).ok()?;
    Some(Code { patch, signature: None })
}

/// What was confirmed to somebody.
#[derive(Default)]
pub struct Confirmed {
    /// The hash of each line.
    pub lines: BTreeMap<u64, String>,
    /// What became of each change.
    pub changes: Vec<(Code, Outcome)>,
    pub reports: Vec<String>,
    pub forgotten: Vec<&'static str>,
    pub edits: usize,
}

/// Does one thing; whether it was confirmed.
pub fn act(store: &mut Opened, done: &mut Confirmed, number: u128, dice: &mut Dice) -> bool {
    let id = ["a", "b"][usize::try_from(dice.below(2)).unwrap()];
    let ok = match dice.below(14) {
        0..=5 => {
            let Some(link) = store.state().links.values().find(|link| link.station == id).cloned() else {
                return store.make_link(id, "张三", i64::MAX).is_ok();
            };
            let Some(code) = code(store, id, number, dice) else { return false };
            match store.change(&link, &code, today()) {
                Ok(outcome) => {
                    done.changes.push((code, outcome));
                    true
                }
                Err(Refusal::Store(_)) => {
                    let known = store.state().changes.contains_key(&code.patch.uuid().to_string());
                    assert!(!known, "refused, and taken all the same");
                    false
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        6 => {
            let waiting = store.state().waiting.keys().next().copied();
            waiting.is_some_and(|seq| match dice.below(2) {
                0 => store.accept(seq, false, today()).is_ok(),
                _ => store.refuse(seq).is_ok(),
            })
        }
        7 => {
            let of = store
                .state()
                .changes
                .values()
                .map(|known| known.seq)
                .nth(usize::try_from(dice.below(5)).unwrap());
            of.is_some_and(|seq| match store.undo(seq) {
                Ok(_) => true,
                Err(NoUndo::Stuck(..) | NoUndo::Already(_) | NoUndo::Forgotten | NoUndo::Store(_)) => false,
                Err(error) => panic!("{error:?}"),
            })
        }
        8 => {
            let uuid = format!("{number:032x}");
            let text = ["没水了", "张三态度好"][usize::try_from(dice.below(2)).unwrap()];
            let report = Report {
                uuid: uuid.clone(),
                station: id.into(),
                kind: "no_water".into(),
                text: text.into(),
                at: "2026-11-25T08:30".into(),
                counted: true,
            };
            let ok = store.report(report).is_ok();
            if ok {
                done.reports.push(uuid);
            }
            ok
        }
        9 => store.show().is_ok(),
        10 => {
            let number = store.state().links.keys().next().copied();
            number.is_some_and(|number| store.rotate_link(number, i64::MAX).is_ok())
        }
        11 => store.restore(clock()).is_ok(),
        12 if dice.below(4) == 0 => {
            let text = ["张三", "李四"][usize::try_from(dice.below(2)).unwrap()];
            let ok = store.forget(text).is_ok();
            if ok {
                done.forgotten = vec![text];
            }
            ok
        }
        _ => {
            store.keep();
            true
        }
    };
    if ok {
        done.lines.extend(store.lines().unwrap().into_iter().map(|line| (line.seq, line.hash)));
    }
    ok
}

/// Hours as a change says them.
pub fn hours(text: &str) -> Value {
    Value::Hours(text.into())
}

/// A change of one field of station `a`, as a phone makes it at this minute by its own clock.
pub fn said(number: u8, at: &str, field: Field, before: Value, after: Value) -> Code {
    let ops = vec![Op { field, before: Some(before), after: Some(after) }];
    let made = LocalDateTime::parse(at).unwrap();
    let patch = Patch::new(Uuid([number; 16]), StationId::new("a").unwrap(), 1, ops, None, made).unwrap();
    Code { patch, signature: None }
}

/// A rider's report on station `a`.
pub fn report(number: u128, at: &str) -> Report {
    Report {
        uuid: format!("{number:032x}"),
        station: "a".into(),
        kind: "no_water".into(),
        text: format!("没水{number}"),
        at: at.into(),
        counted: true,
    }
}
