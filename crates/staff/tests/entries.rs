//! Changes on the list's JSON: to the byte what they say, and to the byte back; keys that nobody knows survive.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../domain/tests/patch/field.rs"]
mod field;

use std::cell::Cell;

use domain::patch::{
    Code, Decision, Fate, Field, Ledger, Op, Patch, Record as _, Settled, Uuid, Value, apply, fingerprint,
};
use domain::station::StationId;
use domain::time::{Date, LocalDateTime};
use field::{Dice, any_patch, at, station};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};
use staff::merge::book::{Noted, Verdict};
use staff::merge::chat::merge_into;
use staff::merge::{Entry, Heard, Known, Place, Stuck, take_back};

fn for_seeds(name: &str, count: u32, law: impl Fn(&mut Dice) -> Result<(), TestCaseError>) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(count), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = Cell::new(0);
    runner
        .run(&any::<u64>(), |seed| {
            cases.set(cases.get() + 1);
            law(&mut Dice::new(seed))
        })
        .unwrap();
    println!("{name}: {} cases", cases.get());
}

/// The list of one station, as people write it: keys in no order, some null, some missing, some nobody knows.
fn any_list(dice: &mut Dice) -> Json {
    let mut list: Json = serde_json::from_str(field::STATION).unwrap();
    let station = list["stations"][0].as_object_mut().unwrap();
    station.insert("x-door".into(), json!({"width": 90}));
    if dice.below(2) == 0 {
        station["name"] = json!({"x-said": "by phone", "zh": "樾檀山社区驿站", "en": "Yuetanshan"});
        station["notices"][1] = json!({"x": [1], "until": "2026-12-01", "text": "检修", "from": "2026-11-01T00:00", "kind": "limited"});
        station["amenities"][0] =
            json!({"note": {"zh": "矿泉水", "x": 1}, "id": "water", "x": null, "state": "ok"});
    }
    for key in ["notices", "events", "contacts", "hours", "access", "amenities"] {
        match dice.below(8) {
            0 => drop(station.insert(key.into(), Json::Null)),
            1 => drop(station.shift_remove(key)),
            _ => {}
        }
    }
    match dice.below(4) {
        0 => drop(station.insert("updated_at".into(), json!("2026-11-01"))),
        1 => drop(station.insert("updated_at".into(), Json::Null)),
        2 => drop(station.insert("updated_at".into(), json!("2027-01-01"))),
        _ => {}
    }
    let mut keys: Vec<String> = station.keys().cloned().collect();
    if dice.below(2) == 0 {
        dice.shuffle(&mut keys);
    }
    let shuffled = keys.iter().map(|key| (key.clone(), station[key].clone())).collect();
    list["stations"][0] = Json::Object(shuffled);
    list
}

fn heard(patch: &Patch) -> Heard {
    let code = Code { patch: patch.clone(), signature: None };
    Heard { at: Place { file: String::new(), line: 1 }, code, known: Known::Unsigned }
}

fn take(list: &mut Json, patches: &[Patch]) -> Vec<Noted> {
    let today = Date::parse("2026-11-24").unwrap();
    let heard: Vec<Heard> = patches.iter().map(heard).collect();
    let done = merge_into(list, &heard, &mut Ledger::default(), today, &mut |_, _, _| Decision::Take);
    assert!(done.refused.is_empty(), "{:?}", done.refused);
    done.noted
}

fn entry(list: &Json) -> Entry {
    Entry::new(0, &list["stations"][0]).unwrap()
}

/// Every key of the station that no program knows, with its value.
fn unknown(value: &Json, path: &str, out: &mut Vec<(String, Json)>) {
    match value {
        Json::Object(fields) => {
            for (key, value) in fields {
                if key.starts_with('x') {
                    out.push((format!("{path}.{key}"), value.clone()));
                } else {
                    unknown(value, &format!("{path}.{key}"), out);
                }
            }
        }
        Json::Array(entries) => {
            for entry in entries {
                let name = ["id", "text", "title", "role"].iter().find_map(|key| entry.get(key));
                let name = name.map(|name| name.get("zh").unwrap_or(name).to_string()).unwrap_or_default();
                unknown(entry, &format!("{path}[{name}]"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn what_is_taken_back_is_there_again_to_the_byte() {
    for_seeds("taken back to the byte", 8_000, |dice| {
        let mut list = any_list(dice);
        let mut steps = Vec::new();
        for day in 0..=dice.below(3) {
            let made_at =
                LocalDateTime::at(at("2026-11-21T08:00").date().add_days(i32::try_from(day).unwrap()), 0);
            let patch = any_patch(&entry(&list).station().cloned(), made_at, dice);
            let before = serde_json::to_vec_pretty(&list).unwrap();
            let noted = take(&mut list, std::slice::from_ref(&patch)).remove(0);
            // As it stands in the book.
            let noted: Noted = serde_json::from_str(&serde_json::to_string(&noted).unwrap()).unwrap();
            prop_assert_eq!(noted.verdict, Verdict::Merged);
            steps.push((patch, noted, before));
        }
        for (patch, noted, before) in steps.iter().rev() {
            let station = take_back(Some(&list["stations"][0]), patch, &noted.edits);
            list["stations"][0] =
                station.map_err(|stuck| TestCaseError::fail(format!("{stuck:?} {patch:?}")))?;
            let now = serde_json::to_vec_pretty(&list).unwrap();
            prop_assert!(
                now == *before,
                "{patch:?}\n{}\n{}",
                String::from_utf8_lossy(before),
                String::from_utf8_lossy(&now)
            );
        }
        Ok(())
    });
}

#[test]
fn the_list_says_what_the_program_thinks() {
    for_seeds("JSON and station agree, unknown keys stay", 5_000, |dice| {
        let mut list = any_list(dice);
        let mut model = entry(&list).station().cloned();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        unknown(&list["stations"][0], "", &mut before);
        for _ in 0..=dice.below(3) {
            let patch = any_patch(&model, at("2026-11-24T08:00"), dice);
            let settled = apply(&mut model, &patch, false);
            prop_assert!(settled.iter().all(|one| *one == Settled::Applied));
            take(&mut list, std::slice::from_ref(&patch));
            // Entries that were taken away or written anew take their unknown keys along.
            before.retain(|(path, _)| {
                let gone = |op: &Op| match (&op.field, &op.after) {
                    (Field::Notice(text), None) => path.contains(text.as_str()),
                    (Field::Amenity(one), None) => path.contains(&format!("\"{}\"", one.word())),
                    (Field::AmenityNote(one), None) => path.contains(&format!("\"{}\"].note", one.word())),
                    (Field::Amenity(one), Some(Value::Offer(offer))) => {
                        offer.note.is_none() && path.contains(&format!("\"{}\"].note", one.word()))
                    }
                    _ => false,
                };
                !patch.ops().iter().any(gone)
            });
        }
        model.as_mut().unwrap().updated_at = entry(&list).station().unwrap().updated_at;
        let now = entry(&list);
        prop_assert_eq!(now.station(), model.as_ref());
        unknown(&list["stations"][0], "", &mut after);
        for own in &before {
            prop_assert!(after.contains(own), "{own:?} of {after:?}");
        }
        Ok(())
    });
}

#[test]
fn one_chat_makes_one_list_to_the_byte() {
    for_seeds("any order of a chat makes the same bytes", 3_000, |dice| {
        let start = any_list(dice);
        let seen = entry(&start).station().cloned();
        let patches: Vec<Patch> = (0..3).map(|_| any_patch(&seen, at("2026-11-24T08:00"), dice)).collect();
        let mut mixed = patches.clone();
        mixed.extend((0..dice.below(6)).map(|_| dice.one(&patches)));
        dice.shuffle(&mut mixed);
        let (mut plain, mut other) = (start.clone(), start);
        take(&mut plain, &patches);
        take(&mut other, &mixed);
        prop_assert_eq!(serde_json::to_string(&plain).unwrap(), serde_json::to_string(&other).unwrap());
        Ok(())
    });
}

/// Merged apart, in either order: the same keys in the same order, and the same entries, whichever came first.
#[test]
fn disjoint_changes_commute_in_the_list() {
    let told = Cell::new(0);
    for_seeds("disjoint changes commute in the list", 3_000, |dice| {
        let start = any_list(dice);
        let seen = entry(&start).station().cloned();
        let [one, two] = [(); 2].map(|()| any_patch(&seen, at("2026-11-24T08:00"), dice));
        if one.ops().iter().any(|op| two.ops().iter().any(|their| op.field.overlaps(&their.field))) {
            return Ok(());
        }
        told.set(told.get() + 1);
        let both = [[&one, &two], [&two, &one]].map(|order| {
            let mut list = start.clone();
            for patch in order {
                take(&mut list, std::slice::from_ref(patch));
            }
            for entries in
                list["stations"][0].as_object_mut().unwrap().values_mut().filter_map(Json::as_array_mut)
            {
                entries.sort_by_key(Json::to_string);
            }
            list.to_string()
        });
        prop_assert_eq!(&both[0], &both[1]);
        Ok(())
    });
    assert!(told.get() > 1_500, "{}", told.get());
}

#[test]
fn a_removed_station_comes_back_to_its_place() {
    let mut list: Json = serde_json::from_str(field::STATION).unwrap();
    let mut other = list["stations"][0].clone();
    other["id"] = json!("a");
    list["stations"] = json!([other, list["stations"][0], other]);
    list["stations"][2]["id"] = json!("b");
    let before = list.to_string();
    let own = entry(&json!({"stations": [list["stations"][1]]})).station().cloned().unwrap();
    let op = Op { field: Field::Station, before: Some(Value::Seen(fingerprint(&own))), after: None };
    let patch = |op: &Op| {
        Patch::new(
            Uuid([3; 16]),
            StationId::new("sy-yuetanshan").unwrap(),
            1,
            vec![op.clone()],
            None,
            at("2026-11-24T08:00"),
        )
        .unwrap()
    };
    let noted = take(&mut list, &[patch(&op)]).remove(0);
    assert_eq!(list["stations"].as_array().unwrap().len(), 2);
    let back = take_back(None, &patch(&op), &noted.edits).unwrap();
    list["stations"].as_array_mut().unwrap().insert(1, back);
    assert_eq!(list.to_string(), before);
    // Somebody corrected it meanwhile: the removal is told of and does not happen.
    list["stations"][1]["hours"] = json!("24小时");
    let today = Date::parse("2026-11-24").unwrap();
    let done =
        merge_into(&mut list, &[heard(&patch(&op))], &mut Ledger::default(), today, &mut |_, _, ahead| {
            assert!(matches!(ahead, [Settled::Conflict(_)]));
            Decision::Later
        });
    assert!(matches!(done.told[0].fate, Fate::Waiting(_)));
}

#[test]
fn what_changed_again_is_not_taken_back() {
    let mut list: Json = serde_json::from_str(field::STATION).unwrap();
    let hours = |before: &str, after: &str, number| {
        let value = |text: &str| Some(Value::Hours(text.into()));
        let op = Op { field: Field::Hours, before: value(before), after: value(after) };
        Patch::new(
            Uuid([number; 16]),
            StationId::new("sy-yuetanshan").unwrap(),
            1,
            vec![op],
            None,
            at("2026-11-24T08:00"),
        )
        .unwrap()
    };
    let (one, two) = (hours("工作日 08:30-17:00", "24小时", 1), hours("24小时", "看门口", 2));
    let noted = take(&mut list, &[two, one.clone()]);
    let edits = &noted.iter().find(|noted| Code::parse(&noted.code).unwrap().patch == one).unwrap().edits;
    assert_eq!(take_back(Some(&list["stations"][0]), &one, edits), Err(Stuck::Changed(0)));
    assert_eq!(take_back(None, &one, edits), Err(Stuck::Station));
    assert_eq!(list["stations"][0]["hours"], json!("看门口"));
}

/// Entries that read alike are for a person to tell apart.
#[test]
fn twins_are_left_alone() {
    let mut list: Json = serde_json::from_str(field::STATION).unwrap();
    let twin = list["stations"][0]["notices"][0].clone();
    list["stations"][0]["notices"].as_array_mut().unwrap().push(twin);
    let before = list.clone();
    let seen = Some(station());
    let field = Field::Notice("备有手套".into());
    let domain::patch::Current::Is(now) = seen.current(&field) else { unreachable!() };
    let op = Op { field, before: now, after: None };
    let patch = Patch::new(
        Uuid([4; 16]),
        StationId::new("sy-yuetanshan").unwrap(),
        1,
        vec![op],
        None,
        at("2026-11-24T08:00"),
    )
    .unwrap();
    for decision in [Decision::Take, Decision::Replace] {
        let today = Date::parse("2026-11-24").unwrap();
        let done =
            merge_into(&mut list, &[heard(&patch)], &mut Ledger::default(), today, &mut |_, _, _| decision);
        assert!(matches!(&done.told[0].fate, Fate::Merged(all) if matches!(all[..], [Settled::Conflict(_)])));
        assert_eq!(list, before);
    }
}
