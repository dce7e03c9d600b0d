//! `staff reports` and `staff emergency`, as people run them, and what is published of both.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "reports/desk.rs"]
mod desk;
#[path = "reports/payloads.rs"]
mod payloads;
mod tool;

use std::fs;
use std::path::PathBuf;

use desk::{Desk, message};
use domain::patch::Uuid;
use domain::report::{Kind, Report};
use domain::station::StationId;
use serde_json::{Value, json};
use tool::{listing, replace, staff, told};

#[test]
fn help() {
    for command in ["reports", "emergency"] {
        insta::assert_snapshot!(
            format!("help_{command}"),
            told(&staff().args([command, "--help"]).output().unwrap(), &[])
        );
    }
    insta::assert_snapshot!(
        "help_emergency_on",
        told(&staff().args(["emergency", "on", "--help"]).output().unwrap(), &[])
    );
}

#[test]
fn from_the_chat_to_the_phone_and_answered() {
    let desk = Desk::new();
    let chat = [
        "王姐 08:30".to_owned(),
        message(1, "sy-yuetanshan", Kind::Closed, "门口贴了条子，\u{202e}改到\u{200b}下周"),
        "小李: 我也去过".to_owned(),
        message(2, "sy-yuetanshan", Kind::Closed, ""),
        message(2, "sy-yuetanshan", Kind::Closed, ""),
        message(3, "dl-hengli", Kind::Praise, "姜茶真好喝"),
        message(4, "sy-gone", Kind::NoWater, ""),
        "#LS closed sy-yuetanshan 0123".to_owned(),
    ]
    .join("\n");
    let mut said = String::new();
    let mut run = |args: &[&str], pasted: &str| said += &desk.told(args, pasted);
    run(&["reports", "--today", "2026-11-25"], "");
    run(&["reports", "add", "--at", "2026-11-24T09:00"], &chat);
    run(&["reports", "add", "--at", "2026-11-24T19:00"], &chat);
    run(&["reports", "--today", "2026-11-25"], "");
    run(&["reports", "--lang", "en", "--station", "dl-hengli"], "");
    run(&["reports", "--since", "2026-11-25"], "");
    run(&["reports", "--today", "2026-12-02", "--station", "sy-yuetanshan"], "");
    run(&["reports", "--json", "--station", "sy-yuetanshan", "--today", "2026-11-25"], "");
    run(&["reports", "--station", "nobody"], "");
    run(&["reports", "answer", "nobody"], "");
    run(&["reports", "answer", "dl-hengli"], "");
    insta::assert_snapshot!("reports_told", said);
    desk.built();
    let id = |id: &str| StationId::new(id).unwrap();
    let now = desk.now().unwrap();
    assert_eq!(
        now.heard.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
        ["dl-hengli", "sy-yuetanshan"]
    );
    assert_eq!((now.heard[0].1.praise, now.heard[1].1.told[0].riders), (1, 2));

    // Keys that nobody knows survive, the answer settles it, and a second one has nothing to settle.
    replace(&desk.reports(), "\"schema\": 1,", "\"schema\": 1, \"_note\": \"ours\",");
    let mut said = desk.told(&["reports", "answer", "sy-yuetanshan", "--at", "2026-11-24T20:00"], "");
    said += &desk.told(&["reports", "answer", "sy-yuetanshan", "--at", "2026-11-24T21:00"], "");
    said += &desk.told(&["reports", "answer", "sy-yuetanshan", "--json"], "");
    said += &desk.told(&["reports", "--station", "sy-yuetanshan", "--lang", "both"], "");
    insta::assert_snapshot!("reports_answered", said);
    insta::assert_snapshot!("reports_file", fs::read_to_string(desk.reports()).unwrap());
    desk.built();
    assert_eq!(
        desk.now().unwrap().heard.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(),
        [id("dl-hengli")]
    );
}

/// The pages that read without the app: beside the station's name wherever it is listed, as long as it is news.
#[test]
fn what_several_say_is_on_the_pages_as_text_until_the_host_answers() {
    const WORDS: &str = "<p class=\"said told\">有骑友反映没水（2 人，最近 2026-11-24） <span lang=\"en\">2 riders say: no \
                         water (last 2026-11-24)</span></p>";
    let desk = Desk::new();
    let text = "<b>王姐</b>说的";
    let two = |kind| [1, 2].map(|number| message(number, "sy-yuetanshan", kind, text)).join("\n");
    let chat = [two(Kind::NoWater), message(3, "sy-yuetanshan", Kind::Moved, text), two(Kind::Praise)];
    desk.say(&["reports", "add", "--at", "2026-11-24T09:00"], &chat.join("\n"));
    let out = desk.built();
    let district = listing(&out.join("list")).into_iter().find_map(|(path, bytes)| {
        let page = String::from_utf8(bytes?).ok()?;
        page.contains("id=\"s-sy-yuetanshan\"").then(|| out.join("list").join(path))
    });
    let own = out.join("s/sy-yuetanshan/index.html");
    let with = [own.clone(), out.join("list.html"), district.unwrap()];
    let said = |path: &PathBuf| fs::read_to_string(path).unwrap().matches("class=\"said told\"").count();
    for path in &with {
        let page = fs::read_to_string(path).unwrap();
        assert!(page.contains(WORDS) && !page.contains("王姐"), "{}", path.display());
        assert_eq!(
            said(path),
            1,
            "one rider alone warns nobody, and praise is no warning: {}",
            path.display()
        );
    }
    assert_eq!(said(&out.join("s/dl-hengli/index.html")), 0);
    // A week later it is no news, without anybody's word.
    let build = |today: &str| {
        let done = desk.run(&["build", "--today", today, "--no-pack", "--no-worker"]);
        assert!(done.status.success(), "{}", told(&done, &[]));
    };
    for (today, shown) in [("2026-12-01", 1), ("2026-12-02", 0), ("2026-11-25", 1)] {
        build(today);
        assert!(with.iter().all(|path| said(path) == shown), "{today}");
    }
    let answer = desk.run(&["reports", "answer", "sy-yuetanshan", "--at", "2026-11-24T20:00"]);
    assert!(answer.status.success(), "{}", told(&answer, &[]));
    build("2026-11-25");
    assert!(with.iter().all(|path| said(path) == 0));
}

#[test]
fn what_cannot_be_read_is_told_and_left_alone() {
    let desk = Desk::new();
    let bad = r#"{"schema": 1, "reports": [{"uuid": "01", "station": "sy-yuetanshan", "kind": "shut", "text": "a\u001b[2J\u202eb",
        "at": "2026-11-24T09:00", "lat": 41.8}], "answers": {"sy-yuetanshan": 7}}"#;
    fs::write(desk.reports(), bad).unwrap();
    let mut said = String::new();
    for args in [
        &["reports"][..],
        &["reports", "answer", "sy-yuetanshan"],
        &["reports", "add"],
        &["check", "--today", "2026-11-25"],
    ] {
        said += &desk.told(args, &message(1, "sy-yuetanshan", Kind::Closed, ""));
    }
    assert_eq!(fs::read_to_string(desk.reports()).unwrap(), bad);
    fs::write(desk.reports(), "[]").unwrap();
    said += &desk.told(&["reports", "--lang", "en"], "");
    fs::write(desk.reports(), "{").unwrap();
    said += &desk.told(&["reports"], "");
    // Worth a look, and published all the same.
    let uuid = "0123456789abcdef0123456789abcdef";
    let odd = json!({"schema": 1, "reports": [
        {"uuid": uuid, "station": "sy-gone", "kind": "closed", "text": "", "at": "2027-11-24T09:00", "by": "13800000000"}]});
    fs::write(desk.reports(), odd.to_string()).unwrap();
    said += &desk.told(&["check", "--today", "2026-11-25"], "");
    fs::remove_file(desk.reports()).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere.json", desk.reports()).unwrap();
        said += &desk.told(&["reports", "add"], &message(1, "sy-yuetanshan", Kind::Closed, ""));
        fs::remove_file(desk.reports()).unwrap();
    }
    insta::assert_snapshot!("reports_refusals", said);
    assert!(!desk.reports().exists() && !desk.path("public/data/elsewhere.json").exists());
}

#[test]
fn what_was_too_much_or_said_again_is_told() {
    let desk = Desk::new();
    let one = |number: u8, counted: bool| {
        let uuid = format!("{number:032x}");
        json!({"uuid": uuid, "station": "sy-yuetanshan", "kind": "closed", "text": "", "at": "2026-11-24T09:00", "counted": counted})
    };
    let dropped = json!({"sy-yuetanshan": {"count": 12, "last": "2026-11-24T08:30"}, "sy-gone": {"count": 1, "last": "2026-11-20"}});
    let file = json!({"schema": 1, "reports": [one(1, true), one(2, false)], "dropped": dropped});
    fs::write(desk.reports(), file.to_string()).unwrap();
    let mut said = desk.told(&["reports", "--today", "2026-11-25"], "");
    said += &desk.told(&["reports", "--lang", "en", "--station", "sy-yuetanshan"], "");
    said += &desk.told(&["reports", "answer", "sy-yuetanshan", "--lang", "en"], "");
    assert!(!String::from_utf8(desk.run(&["check"]).stdout).unwrap().contains("reports.json"));
    let bad = json!({"schema": 1, "dropped": {"sy-yuetanshan": {"count": -1, "lasts": "x"}, "A": null}});
    fs::write(desk.reports(), bad.to_string()).unwrap();
    said += &desk.told(&["reports", "--lang", "en"], "");
    insta::assert_snapshot!("reports_too_many", said);
}

#[test]
fn the_switch_goes_on_and_off() {
    let desk = Desk::new();
    let site = desk.path("public/data/site.json");
    replace(&site, "\"until\": \"2026-12-31\",", "\"until\": \"2026-12-31\", \"_by\": \"王姐\",");
    let mut said = String::new();
    let today = ["--today", "2026-11-25"];
    let mut run = |args: &[&str]| said += &desk.told(&[&["emergency"], args, &today].concat(), "");
    run(&["show"]);
    run(&["off"]);
    run(&["off"]);
    run(&["show", "--lang", "en"]);
    let on = [
        "on",
        "辽河洪水，低洼路段不要走",
        "--en",
        "Floods: keep off low roads",
        "--since",
        "2026-11-25T18:00",
    ];
    run(&on);
    run(&on);
    run(&[
        "on",
        "洪水退了一些",
        "--stations",
        "sy-yuetanshan，dl-hengli",
        "--contact",
        "防汛办/Flood office=024-00000009、119",
    ]);
    run(&["on", "洪水退了一些", "--until", "2026-11-30", "--json"]);
    run(&["on", "洪水退了一些", "--stations", "none"]);
    run(&["show", "--lang", "both"]);
    let before = fs::read(&site).unwrap();
    run(&["on", "x", "--stations", "sy-yuetanshan,sy-gone"]);
    run(&["on", ""]);
    run(&["on", "看\u{202e}不见"]);
    run(&["on", "x", "--stations", "A"]);
    run(&["on", "x", "--contact", "防汛办"]);
    run(&["on", "x", "--until", "soon"]);
    run(&["on", "x", "--until", "2026-11-24"]);
    assert_eq!(fs::read(&site).unwrap(), before, "what is refused writes nothing");
    insta::assert_snapshot!("emergency_told", said);
    insta::assert_snapshot!("emergency_file", desk.json("public/data/site.json")["emergency"].to_string());
    assert_eq!(desk.json("public/data/site.json")["tiles"][0]["name"], "开放街道图");
    replace(&site, "洪水退了一些", "洪水\\u001b[2J");
    assert!(!String::from_utf8(desk.run(&["emergency", "show"]).stdout).unwrap().contains('\u{1b}'));
}

/// Nothing of an emergency that is over is in the next one; none begins that is over.
#[test]
fn an_emergency_that_ended_by_itself_is_off() {
    let desk = Desk::new();
    let on = |args: &[&str]| desk.run(&[&["emergency", "on"], args].concat());
    let old = "洪水 --stations dl-hengli --contact 防汛办=024-00000009 --since 2026-11-24T18:00";
    let old = format!("{old} --until 2026-11-26 --today 2026-11-25");
    let old = on(&old.split(' ').collect::<Vec<_>>());
    let new = on(&["暴雪", "--since", "2026-11-28T08:00", "--today", "2026-11-28"]);
    assert!(old.status.success() && new.status.success(), "{}", told(&new, &[]));
    let expected =
        json!({"text": "暴雪", "since": "2026-11-28T08:00", "until": null, "stations": [], "contacts": []});
    assert_eq!(desk.json("public/data/site.json")["emergency"], expected);
    assert!(on(&["暴雪加大", "--today", "2026-11-28"]).status.success());
    assert_eq!(desk.json("public/data/site.json")["emergency"]["since"], "2026-11-28T08:00");
    let before = fs::read(desk.path("public/data/site.json")).unwrap();
    let past = on(&["冰雹", "--since", "2026-11-27T08:00", "--until", "2026-11-27", "--today", "2026-11-28"]);
    assert_eq!(past.status.code(), Some(1), "{}", told(&past, &[]));
    assert_eq!(fs::read(desk.path("public/data/site.json")).unwrap(), before);
}

#[test]
fn an_emergency_is_on_every_page_that_reads_without_the_app() {
    let desk = Desk::new();
    desk.built();
    let args = [
        "emergency",
        "on",
        "<b>洪水</b> & 暴雨",
        "--stations",
        "dl-hengli",
        "--contact",
        "防汛办=024-00000009",
        "--since",
    ];
    let out = desk.run(&[&args[..], &["2026-11-25T18:00", "--build", "--today", "2026-11-25"]].concat());
    assert!(out.status.success(), "{}", told(&out, &[]));
    let page = |path: &str| fs::read_to_string(desk.path("dist").join(path)).unwrap();
    for path in ["list.html", "s/sy-yuetanshan/index.html", "s/dl-hengli/index.html", "list/index.html"] {
        let page = page(path);
        let banner = page
            .split_once("<section class=\"banner emergency\">")
            .unwrap()
            .1
            .split_once("</section>")
            .unwrap()
            .0;
        assert!(banner.contains("&lt;b&gt;洪水&lt;/b&gt; &amp; 暴雨"), "{path}");
        assert!(banner.contains("<a href=\"tel:02400000009\">024-00000009</a>"), "{path}");
        assert!(banner.contains("2026-11-25 18:00 起"), "{path}");
    }
    let marked = |path: &str| page(path).matches("class=\"shelter\"").count();
    assert_eq!(marked("s/dl-hengli/index.html"), 1);
    assert_eq!(marked("s/sy-yuetanshan/index.html"), 0);
    assert_eq!(marked("list.html"), 1);
    assert!(page("list.html").contains("<li><a href=\"/s/dl-hengli/\">"));
    let now = desk.now().unwrap();
    assert_eq!(now.shelters.unwrap().len(), 1);
    let off = desk.run(&["emergency", "off", "--build", "--today", "2026-11-25"]);
    assert!(off.status.success());
    for (path, bytes) in listing(&desk.path("dist")) {
        let is_page = path.extension().is_some_and(|it| it == "html");
        if let (true, Some(bytes)) = (is_page, bytes) {
            assert!(
                !String::from_utf8(bytes).unwrap().contains("class=\"banner emergency\""),
                "{}",
                path.display()
            );
        }
    }
    assert_eq!(desk.now(), None);
}

/// Whatever a stranger types: the terminal stays a terminal, and none of it is in the published site.
#[test]
fn hostile_texts_stay_texts() {
    let desk = Desk::new();
    let payloads = payloads::payloads();
    assert!(payloads.len() >= 300);
    let uuid = |number: usize| Uuid((number as u128 + 1).to_be_bytes());
    let id = StationId::new("sy-yuetanshan").unwrap();
    let report =
        |(number, text): (usize, &String)| Report::typed(uuid(number), id.clone(), Kind::Suggestion, text);
    let reports: Vec<Report> = payloads.iter().enumerate().map(report).collect();
    let chat: Vec<String> = reports.iter().map(|report| report.message("某站")).collect();
    let added = desk.say(&["reports", "add", "--at", "2026-11-24T09:00"], &chat.join("\n"));
    let listed = desk.run(&["reports"]);
    let json = desk.run(&["reports", "--json"]);
    for output in [&added, &listed, &json] {
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let odd =
            |c: &char| *c != '\n' && domain::read::HIDDEN.iter().any(|&(from, to)| (from..=to).contains(c));
        assert_eq!(text.chars().find(odd), None);
        assert!(output.status.success() && output.stderr.is_empty());
    }
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let kept = json["stations"][0]["reports"].as_array().unwrap();
    assert_eq!(kept.len(), reports.len(), "none is lost");
    // As code in a pasted text, unfiltered: it is refused, or read as something that may stand.
    for payload in &payloads {
        let output =
            desk.say(&["reports", "add"], &format!("【驿站反馈】x\n{payload}\n#LS {payload} {payload}"));
        assert!(output.status.code().is_some_and(|code| code <= 1) && output.stderr.is_empty());
    }
    let out = desk.built();
    let own: Vec<&str> = reports.iter().map(Report::text).filter(|text| text.chars().count() > 9).collect();
    assert!(own.len() > 200);
    for (path, bytes) in listing(&out) {
        if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            assert_eq!(own.iter().find(|own| text.contains(**own)), None, "{}", path.display());
        }
    }
}
