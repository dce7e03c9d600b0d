//! `staff serve --data`, by its API and beside the commands of staff.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "live/house.rs"]
mod house;
#[path = "live/stalled.rs"]
mod stalled;
mod tool;

use std::fs;
use std::time::Duration;

use domain::now::Now;
use domain::wire::decode;
use house::{House, Server};
use serde_json::json;

const STATION: &str = "sy-yuetanshan";
const OTHER: &str = "dl-hengli";
/// Long for a machine that does other things, too; what is promised is printed and looked at by people.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_host_changes_their_station_by_link() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let untouched = house.list();
    let server = house.serve();
    let me = server.with("GET", "/api/me", &link.token);
    assert_eq!((me.status, me.json()["station"].as_str()), (200, Some(STATION)));
    assert_eq!((me.header("cache-control"), me.header("referrer-policy")), ("no-store", "no-referrer"));
    assert_eq!(house.index()["api"], json!(true));
    let seq = house.index()["seq"].as_u64().unwrap();

    let words =
        || house.index()["files"].as_array().unwrap().iter().find(|file| file["kind"] == "words").cloned();
    let same_words = words();
    assert!(same_words.is_some());
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
    assert_eq!(words(), same_words, "hours are no words");
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
    assert_ne!(words(), same_words);
    // The host takes back what they said, the name that staff took, too.
    let undone = server.ask(
        "POST",
        &format!("/api/undo/{uuid}"),
        &[("Authorization", &format!("Bearer {}", link.token))],
        "",
    );
    assert_eq!((undone.status, undone.json()["state"].as_str()), (200, Some("undone")));
    Server::until(LONG, || house.list()["stations"][0]["hours"] != json!("24小时")).unwrap();
    assert_eq!(house.list(), untouched);
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

/// Method, path, headers and body; the status and the word of the answer.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, u16, &'a str);

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
    let cases: &[Case<'_>] = &[
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
    let read = || -> serde_json::Value {
        let bytes = fs::read(house.path("public/data/reports.json")).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    };
    Server::until(LONG, || read()["reports"].is_array()).unwrap();
    assert_eq!(
        (read()["reports"].as_array().unwrap().len(), read()["reports"][0]["text"].as_str()),
        (1, Some("没水"))
    );
    let statuses: Vec<u16> = (2..40).map(|number| report(number, "")).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    let taken = statuses.iter().filter(|status| **status == 202).count() + 1;
    Server::until(LONG, || read()["reports"].as_array().unwrap().len() == taken).unwrap();
}

/// What riders say reaches the map, until the host changes something or staff answer; the emergency switch does, too.
#[test]
fn reports_and_the_emergency_reach_the_map() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let server = house.serve_with(&["--proxied"]);
    let now = || -> Option<Now> {
        let index = house.index();
        let files = index["files"].as_array()?;
        let path = files.iter().find(|file| file["kind"] == json!("now"))?["path"].as_str()?.to_owned();
        decode(&fs::read(house.path("dist/data").join(path)).ok()?)
    };
    let told = |id: &str| {
        let now = now().unwrap_or_default();
        now.heard.iter().find(|(station, _)| station.as_str() == id).map_or(0, |(_, heard)| heard.told.len())
    };
    let report = |number: u32, from: &str, station: &str| {
        let body = format!("uuid={number:032x}&station={station}&kind=closed&text=");
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("X-Forwarded-For", from)];
        assert_eq!(server.ask("POST", "/api/reports", &headers, &body).status, 202);
    };
    // One household is one rider, whatever its phones call themselves.
    let (one, other) = ("203.0.113.7", "198.51.100.7");
    for (number, from, station) in
        [(1, one, STATION), (2, one, STATION), (3, one, STATION), (4, one, OTHER), (5, other, OTHER)]
    {
        report(number, from, station);
    }
    Server::until(LONG, || told(OTHER) == 1).unwrap();
    assert_eq!(told(STATION), 0, "one alone warns nobody");
    report(6, other, STATION);
    Server::until(LONG, || told(STATION) == 1).unwrap();
    let listed = house.run(&["reports", "--station", STATION, "--lang", "en"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert_eq!(listed.matches("(again from one place that day, not counted)").count(), 2, "{listed}");
    assert!(listed.contains("2 riders say: shut"), "{listed}");
    for (path, bytes) in house::listing(&house.path("public")) {
        let bytes = bytes.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(one) && !text.contains(other), "{} has an address", path.display());
    }
    let code = house.code(STATION, &["--hours", "24小时"]);
    assert_eq!(server.patch(STATION, &link.token, &code).status, 200);
    Server::until(LONG, || told(STATION) == 0).unwrap();
    assert_eq!(told(OTHER), 1, "the host of one does not answer for another");
    let file = house.path("public/data/reports.json").display().to_string();
    let answered = house.run(&["reports", "answer", OTHER, "--from", &file]);
    assert!(answered.status.success(), "{answered:?}");
    Server::until(LONG, || told(OTHER) == 0).unwrap();
    let reports: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(reports["reports"].as_array().unwrap().len(), 6, "nothing that was said is lost");

    let site = house.path("public/data/site.json").display().to_string();
    let seq = house.index()["seq"].as_u64().unwrap();
    let on = house.run(&["emergency", "on", "暴雪，请到避险点", "--stations", OTHER, "--from", &site]);
    assert!(on.status.success(), "{on:?}");
    Server::until(LONG, || now().is_some_and(|now| now.shelters.is_some())).unwrap();
    assert!(house.index()["seq"].as_u64().unwrap() > seq);
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
