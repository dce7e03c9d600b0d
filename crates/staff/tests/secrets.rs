//! Whom `staff serve --data` believes: nobody without a link, nobody beyond their own station, nobody who guesses.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "live/house.rs"]
mod house;
mod tool;

use std::fs;
use std::time::{Duration, Instant};

use house::{House, Server, listing};
use serde_json::json;

const STATION: &str = "sy-yuetanshan";
const OTHER: &str = "dl-hengli";
const LONG: Duration = Duration::from_secs(20);

/// One host's link is good for nothing at another's station, whatever it would change there.
#[test]
fn a_host_of_one_station_changes_nothing_of_another() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let before = house.list();
    let fields: &[&[&str]] = &[
        &["--hours", "07:00-22:00"],
        &["--access", "free"],
        &["--amenity", "water=ok"],
        &["--amenity", "shower=out"],
        &["--closed-until", "2026-12-31"],
        &["--notice", "通知"],
        &["--phone", "host=024-00000009"],
        &["--name", "别的名字"],
        &["--address", "别的地址"],
        &["--directions", "别的门"],
        &["--position", "121.4,39.6"],
        &["--remove"],
    ];
    for change in fields {
        let code = house.code(OTHER, change);
        assert_eq!(server.patch(OTHER, &link.token, &code).status, 403, "{change:?}");
        assert_eq!(server.patch(STATION, &link.token, &code).status, 400, "{change:?}");
    }
    assert_eq!(house.list(), before);
    println!("{} fields, each refused with 403", fields.len());
}

#[test]
fn crawlers_change_nothing() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let code = house.code(STATION, &["--hours", "24小时"]);
    assert_eq!(server.patch(STATION, &link.token, &code).status, 200);
    Server::until(LONG, || house.list()["stations"][0]["hours"] == json!("24小时")).unwrap();
    let before = listing(&house.path("public"));
    let agents = [
        "Googlebot/2.1",
        "Baiduspider/2.0",
        "bingbot/2.0",
        "Sogou web spider/4.0",
        "360Spider",
        "YisouSpider",
        "Bytespider",
        "MicroMessenger/8.0",
        "DingTalkBot-LinkService/1.0",
        "facebookexternalhit/1.1",
    ];
    let edit = format!("/s/{STATION}/edit/?k={}", link.token);
    let routes = [
        "/",
        "/s/sy-yuetanshan/",
        "/s/sy-yuetanshan/edit/",
        edit.as_str(),
        "/data/index.json",
        "/list.html",
        "/api/",
        "/api/me",
        "/api/stations/sy-yuetanshan",
        "/api/undo/00000000000000000000000000000000",
        "/api/changes/00000000000000000000000000000000",
        "/api/code",
        "/api/reports",
        "/.staff/journal/log",
        "/.staff/key",
        "/data/.staff/merged.jsonl",
        "/data/reports.json",
        "/data/stations.json",
    ];
    let bearer = format!("Bearer {}", link.token);
    let mut asked = 0;
    for agent in agents {
        for route in routes {
            for method in ["GET", "HEAD", "OPTIONS"] {
                // Also one that was given the link, and sends whatever it has.
                for headers in
                    [vec![("User-Agent", agent)], vec![("User-Agent", agent), ("Authorization", &bearer)]]
                {
                    let answer = server.ask(method, route, &headers, "");
                    assert!(answer.status != 500 && answer.status < 502, "{method} {route}");
                    if route.contains("/.staff")
                        || route.ends_with("reports.json")
                        || route.ends_with("stations.json")
                    {
                        assert!([404, 405].contains(&answer.status), "{method} {route}");
                    }
                    asked += 1;
                }
            }
        }
    }
    assert_eq!(listing(&house.path("public")), before);
    println!("{asked} requests of {} agents on {} routes changed no byte", agents.len(), routes.len());
}

/// The token is told once and is nowhere else: not in a log, an answer, a file that is kept, one that is published or exported.
#[test]
fn a_token_is_nowhere() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let code = house.code(STATION, &["--hours", "24小时"]);
    let given = server.ask("POST", "/api/code", &[], &link.code.to_lowercase());
    let other = given.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(given.status, 200);
    let mut heard = String::new();
    for token in [&link.token, &other] {
        for (method, path) in [
            ("GET", "/api/me".to_owned()),
            ("GET", format!("/s/{STATION}/edit/%23k={token}")),
            ("GET", format!("/s/{STATION}/edit/%2523k%253D{token}")),
            ("GET", format!("/s/{STATION}/edit/#k={token}")),
            ("GET", format!("/s/{STATION}/edit/?k={token}")),
            ("PUT", "/api/me".to_owned()),
        ] {
            let answer = server.with(method, &path, token);
            heard += &[answer.head, answer.body].join("\n");
        }
        let answer = server.patch(STATION, token, &code);
        heard += &[answer.head, answer.body].join("\n");
        let answer = server.patch(OTHER, token, "x");
        heard += &[answer.head, answer.body].join("\n");
    }
    Server::until(LONG, || house.list()["stations"][0]["hours"] == json!("24小时")).unwrap();
    for args in [
        &["audit"][..],
        &["audit", "--json"],
        &["link", "list"],
        &["link", "list", "--json"],
        &["review"],
        &["export", "--out", "out.csv"],
        &["check", "--source", "public"],
    ] {
        let output = house.run(args);
        heard += &String::from_utf8_lossy(&output.stdout);
        heard += &String::from_utf8_lossy(&output.stderr);
    }
    std::thread::sleep(Duration::from_millis(300));
    let log = server.log.lock().unwrap().clone();
    assert!(log.contains("/api/me") && log.contains("seq "), "{log}");
    drop(server);
    heard += &log;
    let bare = link.code.replace('-', "");
    let mut files = 0;
    for secret in [&link.token, &other, &link.code, &bare] {
        assert!(!heard.contains(secret.as_str()), "{secret} was said");
        for (path, bytes) in listing(&house.path("")) {
            let found = bytes
                .as_ref()
                .is_some_and(|bytes| bytes.windows(secret.len()).any(|one| one == secret.as_bytes()));
            assert!(!found, "{secret} is in {}", path.display());
            files += 1;
        }
    }
    println!("4 secrets in none of {} files and {} bytes of logs and answers", files / 4, heard.len());
}

#[test]
fn a_revoked_link_is_good_for_nothing() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let code = house.code(STATION, &["--hours", "24小时"]);
    assert_eq!(server.with("GET", "/api/me", &link.token).status, 200);
    let typed = server.ask("POST", "/api/code", &[], &link.code).json()["token"].as_str().unwrap().to_owned();
    // New secrets: the old ones, also those that were given for the code, are none.
    let begun = Instant::now();
    let rotated = House::told_link(&house.run(&["link", "rotate", "1", "--json"]));
    for token in [&link.token, &typed] {
        assert_eq!(server.with("GET", "/api/me", token).status, 401);
        assert_eq!(server.patch(STATION, token, &code).status, 401);
    }
    assert_eq!(server.ask("POST", "/api/code", &[], &link.code).status, 404);
    assert_eq!(server.with("GET", "/api/me", &rotated.token).status, 200);
    assert!(house.run(&["link", "revoke", "1"]).status.success());
    assert_eq!(server.with("GET", "/api/me", &rotated.token).status, 401);
    assert_eq!(server.patch(STATION, &rotated.token, &code).status, 401);
    assert_eq!(server.ask("POST", "/api/code", &[], &rotated.code).status, 404);
    println!("rotated and revoked with the first request after, {:?} in all", begun.elapsed());
    // An expired one, too.
    let expired = house.link(OTHER, "李哥");
    let log = fs::read_to_string(house.path("public/.staff/journal/log")).unwrap();
    assert!(log.contains("\"revoked\":false"));
    assert_eq!(server.with("GET", "/api/me", &expired.token).status, 200);
}

#[test]
fn ten_thousand_guesses_find_nothing_and_are_slowed() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let mut met = std::collections::BTreeMap::<(bool, u16), u32>::new();
    for guess in 0..5_000_u32 {
        let token = format!("{guess:022}");
        *met.entry((true, server.with("GET", "/api/me", &token).status)).or_default() += 1;
        let answer = server.ask("POST", "/api/code", &[], &format!("{guess:012}"));
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
        }
        *met.entry((false, answer.status)).or_default() += 1;
    }
    println!("10000 guesses: {met:?} (whether of tokens, and the status)");
    let found: u32 = met.iter().filter(|((_, status), _)| *status == 200).map(|(_, count)| count).sum();
    let slowed: u32 = met.iter().filter(|((_, status), _)| *status == 429).map(|(_, count)| count).sum();
    assert_eq!(found, 0);
    assert!(slowed > 9_500);
    // Who has a link is not slowed by who guesses.
    assert_eq!(server.with("GET", "/api/me", &link.token).status, 200);
}
