//! Somebody edits the settings and makes a mistake, while hosts and riders go on.

use std::fs;

use serde_json::json;

use crate::house::{House, Link, Server};
use crate::{LONG, STATION};

fn page(house: &House) -> String {
    fs::read_to_string(house.path("dist/s/sy-yuetanshan/index.html")).unwrap()
}

/// Changes the hours, and waits until everybody sees it, on the page, too.
#[track_caller]
fn change(house: &House, server: &Server, link: &Link, hours: &str) {
    let seq = house.index()["seq"].as_u64().unwrap();
    let done = server.patch(STATION, &link.token, &house.code(STATION, &["--hours", hours]));
    assert_eq!((done.status, &done.json()["state"]), (200, &json!("live")));
    let is_seen = || house.index()["seq"].as_u64().unwrap() > seq && page(house).contains(hours);
    let seen = Server::until(LONG, is_seen);
    assert!(seen.is_some(), "{hours} is called live and nobody sees it: {}", server.log.lock().unwrap());
    Server::until(LONG, || house.list()["stations"][0]["hours"] == json!(hours)).unwrap();
}

/// The place of the mistake is said in the log, in `staff review` and when the server starts; what is published is the last good copy.
#[test]
fn a_typo_in_the_settings_holds_up_nobody() {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let mut server = house.serve();
    let body = format!("uuid={:032x}&station={STATION}&kind=praise&text=", 1);
    assert_eq!(server.ask("POST", "/api/reports", &[], &body).status, 202);
    Server::until(LONG, || house.path("public/data/reports.json").exists()).unwrap();
    let cases = [
        ("site.json", "\"schema\": 1,", "\"schema\": 1,,", "data/site.json:2:15: ", "08:00-17:00"),
        (
            "site.json",
            "\"schema\": 1,",
            "\"schema\": 1, \"tiles\": 7,",
            "data/site.json: tiles: ",
            "08:00-17:10",
        ),
        ("holidays.json", "\"schema\": 1,", "\"schema\": 9,", "data/holidays.json: schema: ", "08:00-17:20"),
        (
            "reports.json",
            "\"praise\"",
            "\"prais\"",
            "data/reports.json: station sy-yuetanshan: reports[0].kind: ",
            "08:00-17:30",
        ),
        (
            "reports.json",
            "\"text\": \"\"",
            "\"text\": 7",
            "data/reports.json: reports[0].text: ",
            "08:00-17:40",
        ),
    ];
    for (file, good, bad, place, hours) in cases {
        let path = house.path("public/data").join(file);
        let before = fs::read_to_string(&path).unwrap();
        assert!(before.contains(good), "{before}");
        fs::write(&path, before.replacen(good, bad, 1)).unwrap();
        let logged = |server: &Server| {
            Server::until(LONG, || server.log.lock().unwrap().contains(place))
                .unwrap_or_else(|| panic!("{place}: {}", server.log.lock().unwrap()));
        };
        logged(&server);
        change(&house, &server, &link, hours);
        let review = house.say(&["review", "--lang", "en"]);
        assert!(review.contains("\n! published as it was") && review.contains(place), "{review}");
        let json = house.run(&["review", "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert!(json["stalled"][0]["en"].as_str().unwrap().starts_with(place), "{json}");
        // It holds over a restart.
        drop(server);
        server = house.serve();
        logged(&server);
        change(&house, &server, &link, &hours.replace("08:", "09:"));
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            before.replacen(good, bad, 1),
            "and the file is left alone"
        );
        fs::write(&path, &before).unwrap();
        assert!(!house.say(&["review"]).contains("\n!"));
    }
    // What is mended counts.
    assert!(page(&house).contains("爱心驿站地图"));
    crate::tool::replace(&house.path("public/data/site.json"), "爱心驿站地图", "新的标题");
    Server::until(LONG, || page(&house).contains("新的标题")).unwrap();
}
