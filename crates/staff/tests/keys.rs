//! `staff key`: the hosts' keys, as their phones show them, into the file that `staff merge` reads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[path = "merge/desk.rs"]
#[allow(dead_code, reason = "each test file uses its own part of this module")]
mod desk;
mod tool;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::Desk;
use domain::patch::HostKey;
use ed25519_dalek::SigningKey;

/// A key, its secret put into a file of the desk.
fn key(desk: &Desk, file: &str, seed: u8) -> HostKey {
    let key = SigningKey::from_bytes(&[seed; 32]);
    desk.put(file, &STANDARD.encode(key.to_bytes()));
    HostKey(key.verifying_key().to_bytes())
}

#[test]
fn a_key_is_taken_in_listed_known_and_taken_out() {
    let desk = Desk::new();
    let (wang, li) = (key(&desk, "wang", 1), key(&desk, "li", 2));
    let mut said = String::new();
    let mut run = |args: &[&str]| {
        said += &["$ staff ", &args.join(" "), "\n", &desk.told(&desk.run(args))].concat();
    };
    run(&["key", "list"]);
    // As a chat hands it on: small, wide, in pieces.
    let chatted = wang.text().to_lowercase().replacen('.', "。", 1);
    let (first, second) = chatted.split_at(30);
    run(&["key", "add", first, second, "--for", "王姐", "--station", "sy-yuetanshan"]);
    run(&["key", "add", &li.text(), "--for", "李哥"]);
    run(&["key", "list", "--lang", "both"]);
    run(&["key", "list", "--json"]);
    desk.put("chat.txt", &desk.code('1', &["sy-yuetanshan", "--amenity", "water=out", "--sign", "wang"]));
    run(&["merge", "chat.txt", "--keys", "staff-keys.json", "--dry-run", "--today", "2026-11-25"]);
    run(&["key", "remove", "王姐"]);
    run(&["merge", "chat.txt", "--keys", "staff-keys.json", "--dry-run", "--today", "2026-11-25"]);
    run(&["key", "remove", &li.check()[..4].to_lowercase()]);
    run(&["key", "list"]);
    insta::assert_snapshot!("keys", said);
}

#[test]
fn what_is_no_key_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    let text = key(&desk, "wang", 1).text();
    let mut said = String::new();
    let mut run =
        |args: &[&str]| said += &desk.told(&desk.run(&[&["key"], args, &["--lang", "both"]].concat()));
    for line in [
        text[..40].to_owned(),
        text.replacen('A', "B", 1),
        text.replacen("RK1", "RS1", 1),
        text.clone() + "!",
        // Anybody's signature fits the key of small order.
        HostKey([[1].as_slice(), &[0; 31]].concat().try_into().unwrap()).text(),
    ] {
        run(&["add", &line, "--for", "王姐"]);
    }
    assert!(!desk.path("staff-keys.json").exists());
    run(&["remove", "王姐"]);
    run(&["add", &text, "--for", "王姐"]);
    run(&["add", &text, "--for", "李哥"]);
    desk.put("staff-keys.json", "{");
    run(&["add", &text, "--for", "李哥"]);
    run(&["list"]);
    assert_eq!(std::fs::read(desk.path("staff-keys.json")).unwrap(), b"{");
    insta::assert_snapshot!("refusals", said);
}

#[test]
fn the_help_says_all_of_it() {
    let desk = Desk::new();
    let mut said = String::new();
    for args in [&["key", "--help"][..], &["key", "add", "--help"]] {
        said += &desk.told(&desk.run(args));
    }
    insta::assert_snapshot!("help", said);
}
