//! What the commands around the journal say, in success and in refusal.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "live/house.rs"]
mod house;
mod tool;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use house::{House, Server, masked};

const STATION: &str = "sy-yuetanshan";

fn say(house: &House, runs: &[&[&str]]) -> String {
    runs.iter().map(|args| house.say(args)).collect::<Vec<_>>().join("\n")
}

#[test]
fn help() {
    let house = House::new();
    let runs: &[&[&str]] = &[
        &["link", "--help"],
        &["link", "create", "--help"],
        &["review", "--help"],
        &["undo", "--help"],
        &["restore", "--help"],
        &["redact", "--help"],
        &["audit", "--help"],
    ];
    insta::assert_snapshot!("journal_help", say(&house, runs));
}

#[test]
fn links() {
    let house = House::new();
    let said = say(
        &house,
        &[
            &["link", "list"],
            &["link", "create", STATION, "--for", "王姐", "--card", "card.svg"],
            &[
                "link",
                "create",
                "dl-hengli",
                "--for",
                "李哥",
                "--days",
                "30",
                "--url",
                "http://10.0.0.8:8080/",
                "--lang",
                "en",
            ],
            &["link", "create", STATION, "--for", "小赵", "--json"],
            &["link", "create", "nowhere", "--for", "王姐", "--lang", "both"],
            &["link", "create", STATION, "--for", " "],
            &["link", "create", STATION, "--for", "王姐", "--card", "card.png"],
            &["link", "create", STATION, "--for", "王姐", "--card", "none/card.html", "--lang", "en"],
            &["link", "create", STATION, "--for", "王姐", "--url", "ftp://x"],
            &["link", "revoke", "2"],
            &["link", "revoke", "2", "--json"],
            &["link", "rotate", "2", "--card", "card.html"],
            &["link", "revoke", "1", "--lang", "en"],
            &["link", "revoke", "9", "--lang", "both"],
            &["link", "rotate", "9"],
            &["link", "list"],
            &["link", "list", "--json"],
            &["link", "list", "--data", "nowhere", "--lang", "both"],
        ],
    );
    insta::assert_snapshot!("links", said);
    let site = fs::read_to_string(house.path("public/data/site.json")).unwrap();
    fs::write(house.path("public/data/site.json"), site.replace("https://stations.example.org/", ""))
        .unwrap();
    insta::assert_snapshot!(
        "link_no_url",
        house.say(&["link", "create", STATION, "--for", "王姐", "--lang", "both"])
    );
    // The card holds the very link, and only its owner may read it.
    let svg = fs::read_to_string(house.path("card.svg")).unwrap();
    let lines: Vec<String> = svg.lines().filter(|line| line.starts_with("<text")).map(masked).collect();
    insta::assert_snapshot!("card", lines.join("\n"));
    assert!(fs::read_to_string(house.path("card.html")).unwrap().contains("<path transform"));
    assert_eq!(fs::metadata(house.path("card.svg")).unwrap().permissions().mode() & 0o077, 0);
    assert_eq!(fs::metadata(house.path("public/.staff")).unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn decisions() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let fixed = ["--at", "2026-11-24T08:30", "--by", "王姐"];
    let code = |changes: &[&str]| house.code(STATION, &[changes, &fixed[..]].concat());
    let (first, second) =
        (code(&["--name", "新名字", "--hours", "24小时"]), code(&["--phone", "host=024-00000009"]));
    let third = code(&["--address", "示例路 2 号"]);
    let server = house.serve();
    for code in [&first, &second, &third] {
        assert_eq!(server.patch(STATION, &link.token, code).status, 200);
    }
    let report = format!("uuid={:032x}&station={STATION}&kind=praise&text=%E7%8E%8B%E5%A7%90%E5%A5%BD", 7);
    assert_eq!(server.ask("POST", "/api/reports", &[], &report).status, 202);
    drop(server);
    let today = ["--today", "2026-11-25"];
    let with = |args: &[&'static str]| [args, &today[..]].concat();
    let said = [
        &with(&["review"])[..],
        &with(&["review", "list", "--lang", "en"]),
        &with(&["review", "show", "3"]),
        &with(&["review", "show", "99"]),
        &with(&["review", "accept", "3"]),
        &with(&["review", "refuse", "4", "--lang", "en"]),
        &with(&["review", "accept", "4", "--lang", "both"]),
        &["undo", "3"],
        &["undo", "3", "--lang", "both"],
        &["undo", "1", "--lang", "en"],
        &["undo", "99"],
        &["undo", "7", "--json"],
        &["audit", "--station", STATION],
        &["audit", "--since", "2099-01-01", "--lang", "en"],
        &["restore", "--at", "1999-01-01T00:00", "--lang", "en"],
        &["restore", "--at", "2099-01-01T00:00"],
        &["restore", "--at", "soon"],
    ];
    insta::assert_snapshot!("decisions", say(&house, &said));
    tool::replace(&house.path("public/data/stations.json"), "示例路 1 号", "示例路 3 号");
    let said = [
        &with(&["review", "show", "5"])[..],
        &with(&["review", "accept", "5"]),
        &with(&["review", "accept", "5", "--lang", "en"]),
        &with(&["review", "accept", "5", "--replace"]),
        &["redact", "王姐"],
        &["redact", "王"],
        &["redact", "王姐", "--yes"],
        &["redact", "王姐", "--yes", "--lang", "en"],
        &["undo", "4"],
        &["restore", "--at", "2026-11-25T00:00", "--lang", "en"],
        &["audit"],
    ];
    insta::assert_snapshot!("redacted", say(&house, &said));
    for (path, bytes) in house::listing(&house.path("public")) {
        let bytes = bytes.unwrap_or_default();
        assert!(!bytes.windows(6).any(|six| six == "王姐".as_bytes()), "{}", path.display());
    }
    let log = house.path("public/.staff/journal/log");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replacen("LS1 4 ", "LS1 4  ", 1)).unwrap();
    insta::assert_snapshot!(
        "damaged",
        say(&house, &[&["audit", "--lang", "both"], &["link", "list", "--json"]])
    );
}

/// A server that has taken a notice about 张三.
fn with_notice(house: &House) -> Server {
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let notice = house.code(STATION, &["--notice", "张三丢了钥匙"]);
    assert_eq!(server.patch(STATION, &link.token, &notice).status, 200);
    server
}

/// Whether a file of the site says 张三.
fn is_published(house: &House) -> bool {
    let files = house::listing(&house.path("dist"));
    files.into_values().flatten().any(|bytes| bytes.windows(6).any(|six| six == "张三".as_bytes()))
}

/// What was published of somebody goes, too, at once, and not when nobody asks for it any more.
#[test]
fn what_was_published_is_forgotten() {
    let house = House::new();
    let _server = with_notice(&house);
    let find = || is_published(&house);
    let long = std::time::Duration::from_secs(30);
    Server::until(long, find).unwrap();
    assert!(house.run(&["redact", "张三", "--yes"]).status.success());
    Server::until(long, || !find()).unwrap();
}

/// A build that fails just then does not keep what was published of somebody: it is done again, and then it goes.
#[test]
fn what_was_published_is_forgotten_by_the_build_that_works() {
    let house = House::new();
    let server = with_notice(&house);
    let find = || is_published(&house);
    let page = || fs::read_to_string(house.path("dist/s/sy-yuetanshan/index.html")).unwrap_or_default();
    let long = std::time::Duration::from_mins(1);
    Server::until(long, || page().contains("张三")).unwrap();
    // Where a file should come stands a folder.
    let list = house.path("dist/list.html");
    let before = fs::read(&list).unwrap();
    fs::remove_file(&list).unwrap();
    fs::create_dir_all(list.join("in the way")).unwrap();
    assert!(house.run(&["redact", "张三", "--yes"]).status.success());
    Server::until(long, || server.log.lock().unwrap().contains("list.html")).unwrap();
    fs::remove_dir_all(&list).unwrap();
    fs::write(&list, before).unwrap();
    Server::until(long, || !find()).unwrap();
}

/// What another user wrote would be closed to the server: a command of theirs writes nothing.
#[test]
fn a_command_of_another_user_writes_nothing() {
    let house = House::new();
    house.link(STATION, "王姐");
    let folder = house.path("public/.staff");
    if std::os::unix::fs::chown(&folder, Some(54_321), None).is_err() {
        eprintln!("SKIPPED: only root can try what another user does");
        return;
    }
    let before = house::listing(&house.path("public"));
    let refused = house.run(&["link", "create", STATION, "--for", "李哥", "--lang", "en"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(tool::told(&refused, &[]).contains("54321"));
    assert_eq!(house::listing(&house.path("public")), before);
}
