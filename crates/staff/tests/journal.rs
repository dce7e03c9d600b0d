//! The journal on a disk that forgets what was not synced: whatever was confirmed is kept, the rest is there whole or not at all, and
//! the files that people see are rebuilt the same.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "journal/acts.rs"]
mod acts;
#[path = "journal/back.rs"]
mod back;
#[path = "journal/disk.rs"]
mod disk;
#[path = "journal/doubt.rs"]
mod doubt;
#[path = "journal/forgotten.rs"]
mod forgotten;
#[path = "journal/hands.rs"]
mod hands;
#[path = "journal/model.rs"]
mod model;
#[path = "journal/trimmed.rs"]
mod trimmed;

use std::collections::BTreeMap;
use std::io::ErrorKind;

use acts::{Confirmed, Opened, act, clock, list, open, today};
use domain::patch::{Code, Field, Op, Patch, Uuid, Value};
use domain::station::StationId;
use domain::time::LocalDateTime;
use model::{Dice, Model};
use staff::journal::{Fate, LIST, Store};

const SEED: u64 = 20_261_125;

/// What must hold of a disk after the power came back.
fn check(model: &Model, done: &Confirmed, seed: u64) -> Opened {
    let mut store = open(model);
    let lines = store.lines().unwrap();
    let hashes: BTreeMap<u64, String> = lines.iter().map(|line| (line.seq, line.hash.clone())).collect();
    for (seq, hash) in &done.lines {
        assert_eq!(hashes.get(seq), Some(hash), "{seed}: line {seq} was confirmed");
    }
    let adopted = lines.iter().filter(|line| line.kind == "adopted").count();
    assert_eq!(adopted, 1 + done.edits, "{seed}: nobody edited the list");
    let own = store.seq();
    for (code, outcome) in &done.changes {
        let known = store.state().changes.get(&code.patch.uuid().to_string());
        let known = known.unwrap_or_else(|| panic!("{seed}: {} was confirmed", code.patch.uuid()));
        assert!(
            known.fate == outcome.fate || known.fate != Fate::Review || outcome.fate == Fate::Both,
            "{seed}"
        );
        // Sent again, it is the same answer and nothing happens.
        let link = store.state().links[&known.link].clone();
        let again = store.change(&link, code, today()).unwrap();
        assert_eq!(
            (again.live, again.review, again.same),
            (outcome.live.clone(), outcome.review.clone(), outcome.same.clone())
        );
    }
    assert_eq!(store.seq(), own);
    for uuid in &done.reports {
        assert!(store.state().reported.contains(uuid), "{seed}: report {uuid} was confirmed");
    }
    // Read anew from its beginning, without the kept state, it is the same; and so are the files.
    store.show().unwrap();
    let mut state = store.state().clone();
    let files = model.all();
    assert_eq!(files[LIST], state.list.text(), "{seed}");
    let other = Model::new(
        &files
            .iter()
            .filter(|(path, _)| !path.ends_with("snapshot"))
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
            .collect::<Vec<_>>(),
    );
    assert_eq!(open(&other).state().clone().save(), state.save(), "{seed}");
    store
}

#[test]
fn what_was_confirmed_survives_every_power_cut() {
    let wanted = std::env::var("JOURNAL_STATES").ok().and_then(|count| count.parse().ok()).unwrap_or(500_u64);
    let (mut states, mut confirmed, mut unsure, mut torn) = (0, 0, 0, 0);
    let mut seed = SEED;
    while states < wanted {
        seed += 1;
        let mut dice = Dice(seed);
        let model = Model::new(&[(LIST, &list())]);
        let mut done = Confirmed::default();
        let mut number = u128::from(seed) << 64;
        let mut begun = false;
        for _ in 0..4 {
            model.crash_in(1 + dice.below(if begun { 60 } else { 25 }), &dice);
            if let Ok(mut store) = Store::open_at(model.clone(), clock) {
                begun = true;
                for _ in 0..30 {
                    number += 1;
                    let ok = act(&mut store, &mut done, number, &mut dice);
                    confirmed += usize::from(ok);
                    unsure += usize::from(!ok && model.is_dead());
                    if model.is_dead() {
                        break;
                    }
                }
            }
            model.revive(&mut dice);
            let store = check(&model, &done, seed);
            torn += store.lines().unwrap().iter().filter(|line| line.kind == "cut").count();
            states += 1;
        }
    }
    println!(
        "{states} states after power cuts, {confirmed} confirmed, {unsure} unsure, {torn} torn lines put aside, 0 lost"
    );
    assert!(torn > 0 && unsure > 50);
}

#[test]
fn a_disk_that_fails_is_never_told_as_success() {
    let (mut failed, mut confirmed) = (0, 0);
    for seed in 0..1_500 {
        let mut dice = Dice(SEED ^ (seed << 20));
        let model = Model::new(&[(LIST, &list())]);
        let mut store = open(&model);
        let mut done = Confirmed::default();
        for round in 0..25_u64 {
            if dice.below(2) == 0 {
                let kind = if dice.below(2) == 0 { ErrorKind::StorageFull } else { ErrorKind::Other };
                model.fail_in(1 + dice.below(6), 1 + dice.below(4), kind);
            }
            let ok = act(&mut store, &mut done, u128::from((seed << 32) | (round + 1)), &mut dice);
            confirmed += usize::from(ok);
            failed += usize::from(!ok);
        }
        model.fail_in(0, 0, ErrorKind::Other);
        // With the disk well again the same process goes on, and so does another.
        store.hold().unwrap();
        assert!(!store.is_read_only());
        check(&model, &done, seed);
    }
    println!("{failed} failed or had nothing to do, {confirmed} confirmed, 0 false");
}

/// What staff write into the files by hand is taken in; what a host said in the meantime waits instead of vanishing.
#[test]
fn edits_by_hand_are_taken_in_and_swallow_nothing() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let link = store.make_link("a", "王姐", i64::MAX).unwrap().unwrap().link;
    let editor = model.all()[LIST].clone();
    let hours = |store: &Opened| store.state().stations()[0]["hours"].as_str().unwrap().to_owned();
    let before = Some(Value::Hours("24小时".into()));
    let ops =
        vec![Op { field: Field::Hours, before, after: Some(Value::Hours("工作日 08:00-18:00".into())) }];
    let made = LocalDateTime::parse("2026-11-25T08:30").unwrap();
    let patch = Patch::new(Uuid([1; 16]), StationId::new("a").unwrap(), 1, ops, None, made).unwrap();
    let outcome = store.change(&link, &Code { patch, signature: None }, today()).unwrap();
    assert_eq!((outcome.fate, outcome.edition), (Fate::Live, 4));
    store.show().unwrap();
    assert_eq!(hours(&store), "工作日 08:00-18:00");
    // An editor that was open all the while saves what it had, and something of its own.
    let edited = String::from_utf8(editor).unwrap().replace("乙站", "乙站新名");
    model.edit(LIST, edited.as_bytes());
    store.hold().unwrap();
    assert_eq!(
        (hours(&store).as_str(), store.state().stations()[1]["name"].as_str()),
        ("24小时", Some("乙站新名"))
    );
    let waiting: Vec<_> = store.state().waiting.values().cloned().collect();
    assert_eq!((waiting.len(), waiting[0].ops.clone(), waiting[0].over), (1, vec![0], true));
    let seq = *store.state().waiting.keys().next().unwrap();
    store.accept(seq, false, today()).unwrap();
    assert_eq!(hours(&store), "工作日 08:00-18:00");
    // A broken edit is let be until it is mended, and what hosts say is kept all the same.
    store.show().unwrap();
    model.edit(LIST, b"{\"stations\": [");
    store.hold().unwrap();
    assert_eq!(store.broken(), [LIST]);
    store.make_link("b", "李哥", i64::MAX).unwrap().unwrap();
    store.show().unwrap();
    assert_eq!(model.all()[LIST], b"{\"stations\": [");
    model.edit(LIST, &list());
    store.hold().unwrap();
    assert!(store.broken().is_empty());
    assert_eq!(hours(&store), "24小时");
}

/// A link is good until its time, for its token and its code.
#[test]
fn links_end() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    let good = store.make_link("a", "王姐", clock() + 1).unwrap().unwrap();
    let over = store.make_link("a", "李哥", clock()).unwrap().unwrap();
    assert_eq!(store.link_of(&good.keys.token).map(|link| link.number), Some(1));
    assert!(store.link_of(&over.keys.token).is_none());
    assert!(store.use_code(&over.keys.code).unwrap().is_none());
    let (typed, link) = store.use_code(&good.keys.code.to_lowercase()).unwrap().unwrap();
    assert_eq!((link.number, store.link_of(&typed).map(|link| link.number)), (1, Some(1)));
    // Of many phones that typed it, the last few; the link's own token stays.
    for _ in 0..20 {
        store.use_code(&good.keys.code).unwrap().unwrap();
    }
    assert!(store.link_of(&typed).is_none() && store.link_of(&good.keys.token).is_some());
    assert_eq!(store.state().links[&1].tokens.len(), 8);
}

/// A journal that somebody changed or damaged in its middle is refused with its place, and left as it is.
#[test]
fn a_damaged_middle_is_refused_and_never_cut() {
    let model = Model::new(&[(LIST, &list())]);
    let mut store = open(&model);
    for _ in 0..5 {
        store.make_link("a", "王姐", i64::MAX).unwrap().unwrap();
    }
    drop(store);
    let log = model.all()[staff::journal::LOG].clone();
    let lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    let mut flipped = log.clone();
    flipped[lines[0].len() + lines[1].len() + 30] ^= 1;
    let without = [lines[0], lines[1], lines[3], lines[4], lines[5]].concat();
    for (bytes, place) in [(flipped, 3), (without, 3), (log[10..].to_vec(), 1)] {
        model.edit(staff::journal::LOG, &bytes);
        let error = Store::open_at(model.clone(), clock).unwrap_err();
        assert!(matches!(error, staff::journal::StoreError::Damaged(line) if line == place), "{error:?}");
        assert_eq!(model.all()[staff::journal::LOG], bytes);
    }
}

const BOOK: &str = "data/.staff/merged.jsonl";

/// A book of merged chats: one change of 张三's, merged and taken back, and one of 李四's.
fn book() -> Vec<u8> {
    let made = LocalDateTime::parse("2026-11-24T08:30").unwrap();
    let code = |number: u8, by: &str| {
        let ops =
            vec![Op { field: Field::Hours, before: None, after: Some(Value::Hours("24小时".into())) }];
        let id = StationId::new("a").unwrap();
        let patch = Patch::new(Uuid([number; 16]), id, 1, ops, Some(by.to_owned()), made).unwrap();
        Code { patch, signature: None }.text().unwrap()
    };
    let line = |verdict: &str, code: String| {
        let noted = serde_json::json!({"verdict": verdict, "code": code});
        serde_json::json!({"on": "2026-11-24", "changes": [noted]}).to_string() + "\n"
    };
    let (one, other) = (code(1, "张三"), code(2, "李四"));
    [line("merged", one.clone()), line("taken_back", one), line("merged", other)].concat().into_bytes()
}

/// Whose the changes in a book are, as far as it still says what they are.
fn authors(book: &[u8]) -> Vec<Option<String>> {
    let lines = std::str::from_utf8(book).unwrap().lines();
    let changes =
        lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["changes"][0].clone());
    let author = |change: serde_json::Value| {
        Code::parse(change["code"].as_str()?).unwrap().patch.by().map(str::to_owned)
    };
    changes.map(author).collect()
}

/// Killed at every step, taking somebody's data out has happened everywhere or has not begun, and then it is done by whoever comes next.
#[test]
fn what_is_forgotten_is_nowhere() {
    let with_name = String::from_utf8(list())
        .unwrap()
        .replace("\"role\": \"host\"", "\"role\": \"host\", \"person\": \"张三\"");
    let (mut steps, mut forgotten) = (0, 0);
    for step in 1.. {
        let mut dice = Dice(SEED ^ step);
        let model = Model::new(&[(LIST, with_name.as_bytes()), (BOOK, b"")]);
        let mut store = open(&model);
        let mut done = Confirmed::default();
        store.make_link("a", "张三", i64::MAX).unwrap();
        store.make_link("b", "李四", i64::MAX).unwrap();
        for number in 1..40 {
            act(&mut store, &mut done, number, &mut dice);
        }
        store.make_link("a", "张三", i64::MAX).unwrap();
        store.show().unwrap();
        // By now: what was done at random has perhaps forgotten them before.
        model.edit(BOOK, &book());
        let before = store.seq();
        model.crash_in(step, &dice);
        let said = store.forget("张三").is_ok();
        assert_eq!(said, !model.is_dead());
        model.revive(&mut dice);
        let mut store = open(&model);
        store.show().unwrap();
        let is_done = store.lines().unwrap().iter().any(|line| line.kind == "redacted" && line.seq > before);
        assert!(is_done || !said);
        let files = model.all();
        let found = files.iter().any(|(_, bytes)| bytes.windows(6).any(|six| six == "张三".as_bytes()));
        assert!(found != is_done, "{step}: half forgotten");
        let merged = authors(&files[BOOK]);
        assert_eq!(merged.contains(&Some("张三".to_owned())), !is_done, "{step}: {merged:?}");
        assert_eq!(merged.last(), Some(&Some("李四".to_owned())), "what does not say it stays");
        // The chain is whole all the same, and what was forgotten says that it was.
        assert!(!is_done || store.lines().unwrap().iter().any(|line| line.body.is_none()));
        steps += 1;
        forgotten += u32::from(is_done);
        if said {
            break;
        }
    }
    println!("killed at each of {steps} steps: {forgotten} forgotten everywhere, the others not begun");
    assert!(forgotten > 5);
}
