//! `staff serve --data`, by its API and beside the commands of staff.

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
/// Long for a machine that does other things, too; what is promised is printed and looked at by people.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_host_changes_their_station_by_link() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let me = server.with("GET", "/api/me", &link.token);
    assert_eq!((me.status, me.json()["station"].as_str()), (200, Some(STATION)));
    assert_eq!((me.header("cache-control"), me.header("referrer-policy")), ("no-store", "no-referrer"));
    assert_eq!(house.index()["api"], json!(true));
    let seq = house.index()["seq"].as_u64().unwrap();

    // Hours go live, the name waits; in the index, and then in the page and the list.
    let code = house.code(STATION, &["--hours", "24小时", "--name", "新名字", "--amenity", "water=out"]);
    let done = server.patch(STATION, &link.token, &code);
    let expected = json!({"state": "live+review", "seq": seq + 1, "live": [1, 2], "review": [0], "same": []});
    assert_eq!((done.status, done.json()), (200, expected.clone()));
    let took = Server::until(LONG, || house.index()["seq"] == json!(seq + 1)).unwrap();
    let page = || fs::read_to_string(house.path("dist/s/sy-yuetanshan/index.html")).unwrap();
    let around = Server::until(LONG, || page().contains("24小时")).unwrap();
    println!("in the index after {took:?}, in the pages after {around:?}");
    assert_eq!(house.list()["stations"][0]["hours"], json!("24小时"));
    let file = house.index()["files"][0]["path"].as_str().unwrap().to_owned();
    let sent = server.ask("GET", &format!("/data/{file}"), &[], "");
    assert_eq!(sent.status, 200);
    // The same again is the same answer, also by a server that was killed in between.
    assert_eq!(server.patch(STATION, &link.token, &code).json(), expected);
    drop(server);
    let server = house.serve();
    assert_eq!(server.patch(STATION, &link.token, &code).json(), expected);
    let uuid = house.run(&["review", "--json"]);
    let uuid: serde_json::Value = serde_json::from_slice(&uuid.stdout).unwrap();
    let uuid = uuid["waiting"][0]["uuid"].as_str().unwrap().to_owned();
    let state = |wanted: &str| {
        let known = server.with("GET", &format!("/api/changes/{uuid}"), &link.token);
        assert_eq!((known.status, known.json()["state"].as_str()), (200, Some(wanted)));
    };
    state("live+review");
    // Staff take the name by a command while the server runs.
    let number = house.run(&["review", "--json"]);
    let number = serde_json::from_slice::<serde_json::Value>(&number.stdout).unwrap()["waiting"][0]["number"]
        .to_string();
    assert!(house.run(&["review", "accept", &number]).status.success());
    state("live");
    Server::until(LONG, || page().contains("新名字")).unwrap();
    // The host takes back what they said; the name, which staff took, stays.
    let before = house.list()["stations"][0]["name"].clone();
    let undone = server.ask(
        "POST",
        &format!("/api/undo/{uuid}"),
        &[("Authorization", &format!("Bearer {}", link.token))],
        "",
    );
    assert_eq!((undone.status, undone.json()["state"].as_str()), (200, Some("undone")));
    Server::until(LONG, || house.list()["stations"][0]["hours"] != json!("24小时")).unwrap();
    assert_eq!(house.list()["stations"][0]["name"], before);
    state("undone");
}

#[test]
fn overlapping_changes_are_shown_to_their_author() {
    let house = House::new();
    let (first, second) = (house.link(STATION, "王姐"), house.link(STATION, "李哥"));
    let mine = house.code(STATION, &["--hours", "08:00-18:00", "--amenity", "water=out"]);
    let theirs = house.code(STATION, &["--hours", "24小时"]);
    let server = house.serve();
    assert_eq!(server.patch(STATION, &first.token, &theirs).status, 200);
    let seq = house.list();
    let conflict = server.patch(STATION, &second.token, &mine);
    assert_eq!((conflict.status, conflict.json()["error"].as_str()), (412, Some("conflict")));
    Server::until(LONG, || house.list()["stations"][0]["hours"] == json!("24小时")).unwrap();
    drop(seq);
    assert_eq!(
        house.list()["stations"][0]["amenities"][0]["state"],
        json!("ok"),
        "nothing of it was applied"
    );
    let code = domain::patch::Code::parse(conflict.json()["rebased"].as_str().unwrap()).unwrap();
    let hours = |text: &str| Some(domain::patch::Value::Hours(text.into()));
    let ops = code.patch.ops();
    assert_eq!((ops[0].before.clone(), ops[0].after.clone()), (hours("24小时"), hours("08:00-18:00")));
    assert_eq!(ops.len(), 2);
    // Sent as it came back, under a name of its own, it is taken.
    let again = domain::patch::Patch::new(
        domain::patch::Uuid([9; 16]),
        code.patch.station().clone(),
        code.patch.base_rev(),
        ops.to_vec(),
        None,
        code.patch.made_at(),
    );
    let again = domain::patch::Code { patch: again.unwrap(), signature: None }.text().unwrap();
    assert_eq!(server.patch(STATION, &second.token, &again).json()["state"], "live");
    // What somebody else built upon is not taken back.
    let own = domain::patch::Code::parse(&theirs).unwrap().patch.uuid();
    let undo = server.ask(
        "POST",
        &format!("/api/undo/{own}"),
        &[("Authorization", &format!("Bearer {}", first.token))],
        "",
    );
    assert_eq!((undo.status, undo.json()["error"].as_str()), (409, Some("stands")));
    // Nobody takes back what another said.
    let undo = server.ask(
        "POST",
        &format!("/api/undo/{own}"),
        &[("Authorization", &format!("Bearer {}", second.token))],
        "",
    );
    assert_eq!(undo.status, 404);
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let code = house.code(STATION, &["--hours", "24小时"]);
    let foreign = house.code(OTHER, &["--hours", "07:00-22:00"]);
    let server = house.serve();
    let bearer = format!("Bearer {}", link.token);
    let path = "/api/stations/sy-yuetanshan";
    let (token, match_7) = (("Authorization", bearer.as_str()), ("If-Match", "\"7\""));
    let long = "x".repeat(9000);
    let cases: &[(&str, &str, &[(&str, &str)], &str, u16, &str)] = &[
        ("PATCH", path, &[token], &code, 428, "no_edition"),
        ("PATCH", path, &[match_7], &code, 401, "token"),
        ("PATCH", path, &[match_7, ("Authorization", "Bearer AAAAAAAAAAAAAAAAAAAAAA")], &code, 401, "token"),
        ("PATCH", path, &[match_7, ("Authorization", "Basic eDp5")], &code, 401, "token"),
        ("PATCH", "/api/stations/dl-hengli", &[match_7, token], &foreign, 403, "other_station"),
        ("PATCH", "/api/stations/nowhere", &[match_7, token], &code, 403, "other_station"),
        ("PATCH", path, &[match_7, token], &foreign, 400, "code_of_other"),
        ("PATCH", path, &[match_7, token], "RS1.AAAA", 400, "code"),
        ("PATCH", path, &[match_7, token], "", 400, "code"),
        ("PATCH", path, &[("If-Match", "x"), token], &code, 400, "bad_edition"),
        ("PATCH", path, &[match_7, token], &long, 413, "too_long"),
        ("PUT", path, &[match_7, token], &code, 405, "method"),
        ("GET", path, &[token], "", 405, "method"),
        ("DELETE", "/api/me", &[token], "", 405, "method"),
        ("OPTIONS", "/api/reports", &[], "", 405, "method"),
        ("GET", "/api/me", &[], "", 401, "token"),
        ("GET", "/api/changes/00000000000000000000000000000000", &[token], "", 404, "no_change"),
        ("GET", "/api/changes/x", &[token], "", 404, "no_change"),
        ("POST", "/api/undo/00000000000000000000000000000000", &[token], "", 404, "no_change"),
        ("POST", "/api/code", &[], "ABCD-EFGH-JKMN", 404, "wrong_code"),
        ("POST", "/api/code", &[], "nonsense", 404, "wrong_code"),
        ("POST", "/api/reports", &[], "kind=closed", 400, "report"),
        ("POST", "/api/reports", &[("Sec-Fetch-Site", "cross-site")], "kind=closed", 403, "foreign"),
        ("GET", "/api/", &[], "", 404, "no_route"),
        ("GET", "/api/stations/../me", &[token], "", 404, "no_route"),
    ];
    for (method, path, headers, body, status, word) in cases {
        let answer = server.ask(method, path, headers, body);
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (*status, Some(*word)),
            "{method} {path} {headers:?}"
        );
        for language in ["zh", "en"] {
            assert!(!answer.json()[language].as_str().unwrap().is_empty());
        }
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(*status == 405, !answer.header("allow").is_empty());
        assert!(!answer.body.contains(&link.token));
    }
    assert_eq!(server.patch(STATION, &link.token, &code).status, 200);
    println!("{} wrong requests refused, each with its word", cases.len());
}

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
            ("GET", format!("/s/{STATION}/edit/#k={token}")),
            ("GET", format!("/s/{STATION}/edit/?k={token}")),
            ("PUT", "/api/me".to_owned()),
        ] {
            let answer = server.with(method, &path, token);
            heard += &format!("{}\n{}\n", answer.head, answer.body);
        }
        let answer = server.patch(STATION, token, &code);
        heard += &format!("{}\n{}\n", answer.head, answer.body);
        let answer = server.patch(OTHER, token, "x");
        heard += &format!("{}\n{}\n", answer.head, answer.body);
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

#[test]
fn riders_reports_are_taken_once_and_not_without_end() {
    let house = House::new();
    let server = house.serve();
    let report = |number: u32, text: &str| {
        let body = format!("uuid={number:032x}&station={STATION}&kind=no_water&text={text}");
        server
            .ask("POST", "/api/reports", &[("Content-Type", "application/x-www-form-urlencoded")], &body)
            .status
    };
    assert_eq!((report(1, "%E6%B2%A1%E6%B0%B4"), report(1, "%E6%B2%A1%E6%B0%B4")), (202, 202));
    Server::until(LONG, || house.path("public/data/reports.json").exists()).unwrap();
    let read = || -> serde_json::Value {
        serde_json::from_slice(&fs::read(house.path("public/data/reports.json")).unwrap()).unwrap()
    };
    assert_eq!(
        (read()["reports"].as_array().unwrap().len(), read()["reports"][0]["text"].as_str()),
        (1, Some("没水"))
    );
    let statuses: Vec<u16> = (2..40).map(|number| report(number, "")).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    let taken = statuses.iter().filter(|status| **status == 202).count() + 1;
    Server::until(LONG, || read()["reports"].as_array().unwrap().len() == taken).unwrap();
}

/// Somebody builds by hand into the folder that is served: the server says again what it publishes, and no number goes back.
#[test]
fn other_builds_and_edits_by_hand_are_taken_in() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve();
    let seq = house.index()["seq"].as_u64().unwrap();
    assert!(house.run(&["build", "--no-pack", "--no-worker"]).status.success());
    Server::until(LONG, || {
        house.index()["api"] == json!(true) && house.index()["seq"].as_u64().unwrap() > seq + 1
    })
    .unwrap();
    let seq = house.index()["seq"].as_u64().unwrap();
    tool::replace(
        &house.path("public/data/stations.json"),
        "周一至周五 08:30-17:00",
        "周一至周五 08:00-17:00",
    );
    Server::until(LONG, || house.index()["seq"].as_u64().unwrap() > seq).unwrap();
    let code = house.code(STATION, &["--hours", "24小时"]);
    assert_eq!(server.patch(STATION, &link.token, &code).status, 200);
    Server::until(LONG, || house.list()["stations"][0]["hours"] == json!("24小时")).unwrap();
    // A broken edit is not published, and not written over; hosts go on.
    tool::replace(&house.path("public/data/stations.json"), "\"schema\": 1", "\"schema\": 1,,");
    let code = domain::patch::Code::parse(&code).unwrap();
    let back = code.patch.inverse(domain::patch::Uuid([3; 16]), None, code.patch.made_at()).unwrap();
    let back = domain::patch::Code { patch: back, signature: None }.text().unwrap();
    let seq = house.index()["seq"].as_u64().unwrap();
    assert_eq!(server.patch(STATION, &link.token, &back).status, 200);
    Server::until(LONG, || house.index()["seq"].as_u64().unwrap() > seq).unwrap();
    assert!(fs::read_to_string(house.path("public/data/stations.json")).unwrap().contains(",,"));
}
