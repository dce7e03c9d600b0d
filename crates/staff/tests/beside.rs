//! The changes of a chat beside other people's, and beside a server that takes changes itself: one lock, and one redaction, for all.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "merge/desk.rs"]
#[allow(dead_code, reason = "another test uses more of it")]
mod desk;
#[path = "live/house.rs"]
mod house;
mod tool;

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Output, Stdio};
use std::time::Duration;

use desk::Desk;
use house::{House, Server, listing};
use serde_json::{Value, json};

const STATION: &str = "sy-yuetanshan";
const LONG: Duration = Duration::from_secs(20);

/// What was said, of a command that must have done what it should.
fn done(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The first digits of a code's number.
fn number(code: &str) -> String {
    domain::patch::Code::parse(code).unwrap().patch.uuid().to_string()[..8].to_owned()
}

/// A host is faster than the person who answers `staff merge`: neither waits for the other, and nobody's word is swallowed.
#[test]
fn a_merge_beside_the_server_swallows_nothing() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let pasted = house.code(STATION, &["--amenity", "water=out"]);
    fs::write(house.path("chat.txt"), format!("李哥 08:30\n{pasted}\n")).unwrap();
    let server = house.serve();
    let mut merge = house.command(&["merge", "chat.txt", "--lang", "en"]);
    let mut merge =
        merge.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It waits for an answer once it has asked.
    merge.stdout.as_mut().unwrap().read_exact(&mut [0; 40]).unwrap();
    let said = server.patch(STATION, &link.token, &house.code(STATION, &["--hours", "24小时"]));
    assert_eq!((said.status, said.json()["state"].as_str()), (200, Some("live")));
    merge.stdin.take().unwrap().write_all(b"y\n").unwrap();
    let overtaken = merge.wait_with_output().unwrap();
    assert_eq!(overtaken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&overtaken.stderr).contains("changed by somebody else meanwhile"));
    // The second time, at once after another host's word: it is in the list before the merge reads it.
    let said = server.patch(STATION, &link.token, &house.code(STATION, &["--access", "scan"]));
    assert_eq!(said.status, 200);
    done(&house.run(&["merge", "chat.txt", "--accept", &number(&pasted)]));
    let station = &house.list()["stations"][0];
    assert_eq!((&station["hours"], &station["access"]), (&json!("24小时"), &json!("scan")));
    assert_eq!(station["amenities"][0]["state"], "out");
    // The server takes it in, and finds nothing that was undone.
    let taken = || String::from_utf8_lossy(&house.run(&["audit"]).stdout).contains("收入手工改过的清单");
    Server::until(LONG, taken).unwrap();
    let review: Value = serde_json::from_slice(&house.run(&["review", "--json"]).stdout).unwrap();
    assert_eq!(review["waiting"], json!([]));
}

/// Whoever thinks about a merge holds nobody up; who is overtaken by another merge, or by an edit of the list, is told, and nothing
/// is lost.
#[test]
fn two_at_once() {
    let desk = Desk::new();
    desk.put("chat.txt", &desk.code('a', &["sy-yuetanshan", "--hours", "24小时"]));
    desk.put("other.txt", &desk.code('b', &["sy-yuetanshan", "--amenity", "water=out"]));
    let overtaken = |by: &dyn Fn()| {
        let mut first = desk.command(&["merge", "chat.txt", "--lang", "en"]);
        let mut first =
            first.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It waits for an answer once it has asked.
        let mut asked = [0; 40];
        first.stdout.as_mut().unwrap().read_exact(&mut asked).unwrap();
        by();
        let (list, book) = (desk.list(), fs::read(desk.path("public/data/.staff/merged.jsonl")).ok());
        first.stdin.take().unwrap().write_all(b"y\n").unwrap();
        let output = first.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains("changed by somebody else meanwhile"));
        assert_eq!(desk.list(), list);
        assert_eq!(fs::read(desk.path("public/data/.staff/merged.jsonl")).ok(), book);
    };
    overtaken(&|| tool::replace(&desk.path("public/data/stations.json"), "示例数据", "手工改的"));
    overtaken(&|| assert!(desk.merge(&["other.txt", "--accept", "bbbbbb"], "").status.success()));
    desk.put("none.txt", &desk.code('c', &["sy-yuetanshan", "--access", "scan"]));
    // The list is the same, and the book is not.
    overtaken(&|| assert!(desk.merge(&["none.txt", "--decline", "cccccc"], "").status.success()));
    // Who writes just now is waited for, and not for ever.
    let lock = fs::File::options().write(true).open(desk.path("public/.staff/lock")).unwrap();
    lock.lock().unwrap();
    let busy = desk.merge(&["chat.txt", "--accept", "aaaaaa", "--lang", "en"], "");
    insta::assert_snapshot!("busy", desk.told(&busy));
    drop(lock);
    let later = desk.merge(&["chat.txt", "--accept", "aaaaaa"], "");
    assert!(later.status.success());
    let list = String::from_utf8(desk.list()).unwrap();
    assert!(list.contains("手工改的") && list.contains("\"hours\": \"24小时\""));
}

/// A name goes out of the book of merged chats with everything else; what was decided stays, and nobody is asked again.
#[test]
fn who_is_forgotten_is_forgotten_by_the_book_of_merged_chats() {
    let house = House::new();
    let book = house.path("public/data/.staff/merged.jsonl");
    let own = house.code(STATION, &["--hours", "24小时", "--by", "张三"]);
    let phone = house.code(STATION, &["--phone", "legal_aid=024-00000077"]);
    let other = house.code(STATION, &["--amenity", "water=out", "--by", "李四"]);
    fs::write(house.path("chat.txt"), [own.as_str(), &phone, &other].join("\n\n")).unwrap();
    let numbers = [&own, &phone, &other].map(|code| number(code));
    let accept: Vec<&str> = numbers.iter().flat_map(|number| ["--accept", number.as_str()]).collect();
    done(&house.run(&[&["merge", "chat.txt"][..], &accept].concat()));
    let server = house.serve();
    for (text, merged) in [("张三", 1), ("024-00000077", 1)] {
        let json: Value =
            serde_json::from_str(&done(&house.run(&["redact", text, "--yes", "--json"]))).unwrap();
        assert_eq!(json["merged"], json!(merged), "{text}");
    }
    // Neither as text nor within a code.
    let kept = fs::read_to_string(&book).unwrap();
    assert!(!kept.contains(&own) && !kept.contains(&phone) && kept.contains(&other), "{kept}");
    for (path, bytes) in listing(&house.path("public")) {
        let bytes = bytes.unwrap_or_default();
        for text in ["张三", "024-00000077", &own, &phone] {
            let found = bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!found, "{text} in {}", path.display());
        }
    }
    drop(server);
    // The same chat again: nobody is asked, and nothing changes.
    let before = house.list();
    let again: Value = serde_json::from_str(&done(&house.run(&["merge", "chat.txt", "--json"]))).unwrap();
    let fates: Vec<_> = again["changes"].as_array().unwrap().iter().map(|one| one["fate"].clone()).collect();
    assert_eq!(fates, ["again", "again", "again"]);
    assert_eq!(house.list(), before);
    let undo = house.run(&["merge", "--undo", &numbers[0], "--lang", "en"]);
    assert_eq!(undo.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&undo.stderr).contains("taken out by staff redact"));
    done(&house.run(&["merge", "--undo", &numbers[2]]));
    // A book that cannot be read is left alone, and so is everything else.
    fs::write(&book, "{}\n").unwrap();
    let broken = house.run(&["redact", "李四", "--yes", "--lang", "en"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("line 1 of data/.staff/merged.jsonl is broken"));
    assert_eq!(fs::read_to_string(&book).unwrap(), "{}\n");
}
