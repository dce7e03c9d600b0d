//! `staff merge` and `staff change`, as people run them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "merge/desk.rs"]
mod desk;
mod tool;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::{Desk, chat};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use tool::{data, staff, told};

#[test]
fn help() {
    for command in ["merge", "change"] {
        insta::assert_snapshot!(
            format!("help_{command}"),
            told(&staff().args([command, "--help"]).output().unwrap(), &[])
        );
    }
}

#[test]
fn a_change_in_words_and_as_a_code() {
    let desk = Desk::new();
    let fixed = ["--uuid", "0123456789abcdef0123456789abcdef", "--at", "2026-11-24T08:30", "--by", "王姐"];
    let all = [
        "change",
        "sy-yuetanshan",
        "--name",
        "樾檀山驿站",
        "--position",
        "123.4313,41.7422",
        "--address",
        "示例路 2 号",
        "--directions",
        "",
        "--hours",
        "24小时",
        "--access",
        "scan",
        "--amenity",
        "water=out",
        "--amenity",
        "wifi=ok",
        "--amenity",
        "charging=none",
        "--closed-until",
        "2026-12-01T18:00",
        "--notice",
        "有热姜茶",
        "--end-notice",
        "冬季备有手套",
        "--phone",
        "legal_aid=12348、024-00000008",
        "--lang",
        "both",
    ];
    insta::assert_snapshot!("change", told(&desk.run(&[&all[..], &fixed].concat()), &[]));
    let json = ["change", "sy-nowhere", "--remove", "--json"];
    insta::assert_snapshot!("change_json", told(&desk.run(&[&json[..], &fixed].concat()), &[]));
    let mut refusals = String::new();
    for args in [
        &["sy-yuetanshan"][..],
        &["nobody", "--hours", "24小时"],
        &["sy-yuetanshan", "--hours", "周一至周五 08:30-17:00"],
        &["sy-yuetanshan", "--hours", "24\u{202e}小时"],
        &["sy-yuetanshan", "--name", ""],
        &["sy-yuetanshan", "--name", "甲", "--remove"],
        &["sy-yuetanshan", "--amenity", "water"],
        &["sy-yuetanshan", "--amenity", "sauna=ok"],
        &["sy-yuetanshan", "--closed-until", "明天"],
        &["sy-yuetanshan", "--hours", "24小时", "--sign", "public/data/site.json"],
    ] {
        let args = [&["change"], args, &["--lang", "both"]].concat();
        writeln!(refusals, "{args:?}\n{}", desk.told(&desk.run(&args))).unwrap();
    }
    insta::assert_snapshot!("change_refusals", refusals);
}

#[test]
fn a_chat_is_merged_with_a_yes_for_each() {
    let desk = Desk::new();
    let chat = chat(&desk);
    desk.put("chat.txt", &chat);
    let before = desk.list();
    insta::assert_snapshot!(
        "merge_dry_run",
        desk.told(&desk.merge(&["chat.txt", "--dry-run", "--lang", "en"], ""))
    );
    assert_eq!(desk.list(), before);
    assert!(!desk.path("public/data/.staff").exists());
    // yes to the water, yes to the hours, nothing yet to the phone, no to the removal; then the other hours contradict.
    insta::assert_snapshot!(
        "merge_asked",
        desk.told(&desk.merge(&["chat.txt"], "y\ny\nvielleicht\n\n\nn\n"))
    );
    let after = desk.list();
    let changed: Vec<String> = similar(&before, &after);
    insta::assert_snapshot!("merge_list", changed.join("\n"));
    insta::assert_snapshot!("merge_again", desk.told(&desk.merge(&["chat.txt"], "")));
    assert_eq!(desk.list(), after);
    insta::assert_snapshot!("merge_conflict", desk.told(&desk.merge(&["chat.txt"], "r\n\n")));
    assert!(String::from_utf8(desk.list()).unwrap().contains("工作日 09:00-17:00"));
}

/// The lines of the one that the other does not have.
fn similar(before: &[u8], after: &[u8]) -> Vec<String> {
    let lines = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (before, after) = (lines(before), lines(after));
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("-{line}"));
    gone.chain(after.iter().filter(|line| !before.contains(line)).map(|line| format!("+{line}"))).collect()
}

#[test]
fn without_a_person_nothing_unknown_is_taken() {
    let desk = Desk::new();
    let chat = chat(&desk);
    let before = desk.list();
    // From the standard input, with nobody at a terminal.
    let output = desk.merge(&["--yes", "--lang", "both"], &chat);
    insta::assert_snapshot!("merge_waiting", desk.told(&output));
    assert_eq!(desk.list(), before);
    desk.put("chat.txt", &chat);
    let json: Value = serde_json::from_slice(
        &desk.merge(&["chat.txt", "--accept", "aaaaaa", "--decline", "bbbbbb", "--json"], "").stdout,
    )
    .unwrap();
    insta::assert_snapshot!("merge_json", format!("{json:#}"));
    assert_ne!(desk.list(), before);
}

#[test]
fn a_known_key_is_known_for_its_stations() {
    let desk = Desk::new();
    let mut keys = Vec::new();
    for (file, seed, name, stations) in [
        ("wang", 1_u8, "王姐", r#", "stations": ["sy-yuetanshan"]"#),
        ("li", 2, "李哥", ""),
        ("stranger", 3, "", ""),
    ] {
        let key = SigningKey::from_bytes(&[seed; 32]);
        desk.put(file, &STANDARD.encode(key.to_bytes()));
        if !name.is_empty() {
            let public = STANDARD.encode(key.verifying_key().to_bytes());
            keys.push(format!(r#"{{"name": "{name}", "key": "{public}"{stations}}}"#));
        }
    }
    desk.put("keys.json", &format!(r#"{{"keys": [{}]}}"#, keys.join(", ")));
    let codes = [
        desk.code('1', &["sy-yuetanshan", "--amenity", "water=out", "--sign", "wang"]),
        desk.code('2', &["dl-hengli", "--amenity", "shower=out", "--sign", "wang"]),
        desk.code('3', &["dl-hengli", "--hours", "07:00-22:00", "--sign", "li"]),
        desk.code('4', &["sy-yuetanshan", "--hours", "24小时", "--sign", "stranger"]),
        desk.code('5', &["sy-yuetanshan", "--name", "樾檀山驿站", "--sign", "wang"]),
    ];
    desk.put("chat.txt", &codes.join("\n"));
    insta::assert_snapshot!(
        "merge_keys",
        desk.told(&desk.merge(&["chat.txt", "--keys", "keys.json", "--yes"], ""))
    );
    let mut refusals = String::new();
    for text in [
        "",
        "{}",
        r#"{"keys": [{"name": "王姐", "key": "AAAA"}]}"#,
        r#"{"keys": [{"name": "甲", "key": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}"#,
    ] {
        desk.put("bad.json", text);
        refusals += &desk.told(&desk.merge(&["chat.txt", "--keys", "bad.json", "--lang", "both"], ""));
    }
    refusals += &desk.told(&desk.merge(&["chat.txt", "--keys", "none.json"], ""));
    insta::assert_snapshot!("merge_bad_keys", refusals);
}

#[test]
fn a_merged_change_is_taken_back_to_the_byte() {
    let desk = Desk::new();
    desk.put("chat.txt", &chat(&desk));
    let before = desk.list();
    desk.merge(&["chat.txt", "--accept", "aaaaaaaa", "--accept", "eeeeeeee"], "");
    assert_ne!(desk.list(), before);
    let mut said = String::new();
    for args in [
        &["--undo", "aaaaaa", "--dry-run"][..],
        &["--undo", "aaaaaa"],
        &["--undo", "eeeeee", "--lang", "en"],
        &["--undo", "aaaaaa"],
        &["--undo", "ffffff"],
    ] {
        writeln!(said, "{args:?}\n{}", desk.told(&desk.merge(args, ""))).unwrap();
    }
    insta::assert_snapshot!("merge_undo", said);
    assert_eq!(String::from_utf8(desk.list()).unwrap(), String::from_utf8(before.clone()).unwrap());
    // What was taken back does not come again from the same chat, unless somebody wants it by its number.
    for (args, fate) in
        [(&["chat.txt", "--json"][..], "again"), (&["chat.txt", "--json", "--accept", "aaaaaa"], "merged")]
    {
        let json: Value = serde_json::from_slice(&desk.merge(args, "").stdout).unwrap();
        assert_eq!(json["changes"][0]["fate"], fate);
    }
    desk.merge(&["--undo", "aaaaaa"], "");
    assert_eq!(desk.list(), before);
}

#[test]
fn refusals_have_a_reason_and_a_place() {
    let desk = Desk::new();
    let good = desk.code('a', &["sy-yuetanshan", "--hours", "24小时"]);
    let gone = desk.code('b', &["dl-hengli", "--hours", "07:00-22:00"]);
    let forged = desk.code('a', &["sy-yuetanshan", "--access", "scan"]);
    let nowhere = desk.code('c', &["sy-nowhere", "--hours", "24小时"]);
    tool::replace(&desk.path("public/data/stations.json"), "\"dl-hengli\"", "\"dl-hengli2\"");
    tool::replace(&desk.path("public/data/stations.json"), "\"铁西区\"", "\"\\u202e\"");
    let lines = [good.clone(), gone, forged, nowhere, good[..50].to_owned(), good.replace("RS1", "RS3")];
    desk.put("chat.txt", &lines.join("\n\n"));
    insta::assert_snapshot!(
        "merge_refusals",
        desk.told(&desk.merge(&["chat.txt", "--accept", "aaaaaa", "--lang", "both"], ""))
    );
    let mut said = String::new();
    desk.put("none.txt", "大家好，RS1 号驿站开门了\n");
    said += &desk.told(&desk.merge(&["none.txt"], ""));
    said += &desk.told(&desk.merge(&["missing.txt"], ""));
    said += &desk.told(&desk.merge(&["none.txt", "--into", "nowhere/stations.json"], ""));
    said += &desk.told(&desk.run(&["change", "a", "--from", "nowhere/stations.json"]));
    assert!(!desk.path("nowhere").exists());
    said += &desk.told(&desk.merge(&["none.txt", "--accept", "xyz"], ""));
    said += &desk.told(&desk.merge(&["none.txt", "--accept", "abcdef"], ""));
    desk.put("public/data/.staff/merged.jsonl", "{\"on\": 1}\n");
    said += &desk.told(&desk.merge(&["chat.txt"], ""));
    desk.put("public/data/stations.json", "[]");
    said += &desk.told(&desk.merge(&["chat.txt", "--json"], ""));
    insta::assert_snapshot!("merge_broken", said);
}

#[test]
fn links_are_not_followed() {
    let desk = Desk::new();
    desk.put("chat.txt", &desk.code('a', &["sy-yuetanshan", "--hours", "24小时"]));
    fs::create_dir(desk.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("public/data/.staff")).unwrap();
    let before = desk.list();
    let output = desk.merge(&["chat.txt", "--accept", "aaaaaa"], "");
    insta::assert_snapshot!("merge_link", desk.told(&output));
    assert_eq!(desk.list(), before);
    assert!(tool::listing(&desk.path("elsewhere")).is_empty());
}

/// Changed and changed back, merged on two days and the wrong way round: the last word stands, and the book knows it.
#[test]
fn the_last_word_stands() {
    let desk = Desk::new();
    let before = desk.list();
    desk.put("copy.json", std::str::from_utf8(&before).unwrap());
    desk.put("first.txt", &desk.code('a', &["sy-yuetanshan", "--hours", "24小时"]));
    assert!(desk.merge(&["first.txt", "--into", "copy.json", "--accept", "aaaaaa"], "").status.success());
    let back = ["sy-yuetanshan", "--from", "copy.json", "--hours", "周一至周五 08:30-17:00"];
    desk.put("second.txt", &desk.code('b', &back));
    let said = ["second.txt", "first.txt"].map(|chat| desk.told(&desk.merge(&[chat], "")));
    insta::assert_snapshot!("merge_overtaken", said.concat());
    assert_eq!(desk.list(), before);
}

/// Killed at any moment, a merge has happened or has not; merged again, it has happened once.
#[test]
fn a_merge_that_is_killed_is_whole_or_nothing() {
    let desk = Desk::new();
    let before = desk.list();
    desk.put("chat.txt", &chat(&desk));
    let args = ["merge", "chat.txt", "--today", "2026-11-25", "--accept", "aaaaaa", "--accept", "cccccc"];
    let started = Instant::now();
    desk.run(&args);
    let took = started.elapsed();
    let (after, book) = (desk.list(), fs::read(desk.path("public/data/.staff/merged.jsonl")).unwrap());
    let (mut old, mut new) = (0, 0);
    // Later and later, until it was killed both before and after the moment, however fast the machine is just now.
    for round in 0..400 {
        if round >= 60 && old > 0 && new > 0 {
            break;
        }
        fs::write(desk.path("public/data/stations.json"), &before).unwrap();
        let _ = fs::remove_file(desk.path("public/data/.staff/merged.jsonl"));
        let mut child = desk.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(took * round / 50);
        let _ = child.kill();
        child.wait().unwrap();
        match desk.list() {
            list if list == before => old += 1,
            list if list == after => new += 1,
            list => panic!("{}", String::from_utf8_lossy(&list)),
        }
        assert_eq!(desk.run(&args).status.code(), Some(1));
        assert_eq!(desk.list(), after);
        assert_eq!(fs::read(desk.path("public/data/.staff/merged.jsonl")).unwrap(), book);
    }
    println!("killed {} times: {old} before, {new} after, 0 between", old + new);
    assert!(old > 0 && new > 0, "kills that all come too early or too late show nothing");
    // Between the book and the list, which a kill rarely meets.
    fs::write(desk.path("public/data/stations.json"), &before).unwrap();
    desk.run(&args);
    assert_eq!((desk.list(), fs::read(desk.path("public/data/.staff/merged.jsonl")).unwrap()), (after, book));
}

#[test]
fn built_when_asked_for() {
    let desk = Desk::new();
    desk.put("chat.txt", &desk.code('a', &["sy-yuetanshan", "--hours", "24小时"]));
    fs::create_dir(desk.path("dist")).unwrap();
    fs::copy(data("page.html"), desk.path("dist/index.html")).unwrap();
    let basemap = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin");
    let _ = fs::create_dir(desk.path("public/basemap"));
    fs::copy(basemap, desk.path("public/basemap/liaoning.bin")).unwrap();
    let output = desk.merge(&["chat.txt", "--accept", "aaaaaa", "--build"], "");
    assert!(output.status.success(), "{}", desk.told(&output));
    let page = fs::read_to_string(desk.path("dist/s/sy-yuetanshan/index.html")).unwrap();
    assert!(page.contains("24小时"));
    let names: Vec<PathBuf> = tool::listing(&desk.path("dist")).into_keys().collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("merged")), "{names:?}");
}
