//! Three hundred texts that hope to be taken for something else, in every field: in every page that is built, and on the terminal of who
//! looks at them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "payloads/list.rs"]
mod list;
#[path = "reports/payloads.rs"]
mod payloads;
mod tool;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use domain::patch::{Code, Field, Op, Patch, Uuid, Value};
use domain::station::{Notice, NoticeKind, StationId};
use domain::text::Text;
use domain::time::{Date, LocalDateTime};
use scraper::Html;
use serde_json::{Value as Json, json};
use tool::{copy, data, listing, staff, told};

/// A folder with a source whose list is these stations.
fn source(stations: &[Json]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), &folder.path().join("public"));
    let path = folder.path().join("public/data/stations.json");
    let mut list: Json = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    list["stations"] = stations.into();
    list["dataset"]["publisher"] = stations[0]["name"].clone();
    fs::write(&path, list.to_string()).unwrap();
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = staff();
    command.current_dir(folder).args(args).stdin(std::process::Stdio::null());
    command
}

/// Every page of a site, parsed.
fn pages(folder: &Path) -> BTreeMap<PathBuf, Html> {
    fs::create_dir(folder.join("dist")).unwrap();
    fs::copy(data("page.html"), folder.join("dist/index.html")).unwrap();
    let args =
        ["build", "--no-pack", "--no-worker", "--today", "2026-11-25", "--source", "public", "--out", "dist"];
    let done = command(folder, &args).output().unwrap();
    assert!(done.status.success(), "{}", told(&done, &[]));
    let all = listing(&folder.join("dist")).into_iter();
    let html = all.filter(|(path, _)| path.extension().is_some_and(|it| it == "html"));
    html.map(|(path, bytes)| (path, Html::parse_document(&String::from_utf8(bytes.unwrap()).unwrap())))
        .collect()
}

/// What a page is made of: each kind of element, its attributes and where its links begin to lead, and how many there are.
fn shape(page: &Html) -> BTreeMap<String, usize> {
    let mut shape = BTreeMap::new();
    for element in page.tree.values().filter_map(|node| node.as_element()) {
        let attributes: BTreeSet<String> = element
            .attrs()
            .map(|(name, value)| {
                let leads = matches!(name, "href" | "src" | "action" | "srcset" | "http-equiv");
                let to =
                    if leads { value.split_inclusive([':', '/']).next().unwrap_or_default() } else { "" };
                format!("{name}={to}")
            })
            .collect();
        *shape.entry(format!("{} {attributes:?}", element.name())).or_default() += 1;
    }
    shape
}

fn words(page: &Html) -> String {
    page.root_element().text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page with hostile texts is made of what it is made of with harmless ones; the texts are all there, as texts.
#[test]
fn every_page_is_what_it_is_with_harmless_texts() {
    let texts = list::lines(&payloads::payloads());
    assert!(texts.len() >= 290);
    // As different from each other as those: places are put together by name.
    let harmless =
        texts.iter().map(|text| format!("安{}", texts.iter().position(|one| one == text).unwrap()));
    let harmless: Vec<String> = harmless.collect();
    let [hostile, plain] = [&texts, &harmless].map(|texts| source(&list::stations(texts)));
    let [hostile, plain] = [pages(hostile.path()), pages(plain.path())];
    let whole = |pages: &BTreeMap<PathBuf, Html>| {
        let mut whole = BTreeMap::new();
        for (kind, count) in pages.values().flat_map(shape) {
            *whole.entry(kind).or_default() += count;
        }
        whole
    };
    let (ours, theirs): (BTreeMap<String, usize>, BTreeMap<String, usize>) = (whole(&hostile), whole(&plain));
    let kinds = |shape: &BTreeMap<String, usize>| shape.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(kinds(&ours).difference(&kinds(&theirs)).collect::<Vec<_>>(), Vec::<&String>::new());
    let mut compared = 0;
    for (path, page) in &hostile {
        // Pages of places are named as their places are.
        if let Some(same) = plain.get(path) {
            assert_eq!(shape(page), shape(same), "{}", path.display());
            compared += 1;
        }
        for node in page.tree.values().filter_map(|node| node.as_element()) {
            assert!(!node.attrs().any(|(name, _)| name.starts_with("on")), "{}", path.display());
        }
    }
    assert!(compared > texts.len(), "{compared} pages have the same names");
    let of_places = hostile.keys().filter(|path| path.starts_with("list")).count();
    assert!(of_places > 200, "{of_places}");
    let areas: Vec<String> =
        hostile.iter().filter(|(path, _)| path.starts_with("list")).map(|(_, page)| words(page)).collect();
    let all = words(&hostile[Path::new("list.html")]);
    for (number, text) in texts.iter().enumerate() {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let own = words(&hostile[&PathBuf::from(format!("s/p-{number}/index.html"))]);
        // Name, address, way, hours, notice, notes, contact, event, link, in Chinese at least.
        assert!(own.matches(&text).count() >= 10, "{text}: {own}");
        assert!(all.contains(&text), "{text}");
        assert!(areas.iter().any(|words| words.contains(&text)), "{text}");
    }
    println!("{} pages, {compared} of them compared, {of_places} of places", hostile.len());
}

/// Nothing that a terminal takes for an order, and nothing that turns or hides what follows.
#[track_caller]
fn check(output: &Output, what: &str) -> String {
    for bytes in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(bytes).unwrap();
        let odd =
            |c: &char| *c != '\n' && domain::read::HIDDEN.iter().any(|(from, to)| (from..=to).contains(&c));
        assert_eq!(text.chars().find(odd), None, "{what}: {text:?}");
    }
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A change that says a text in every way that a change can; none where it cannot.
fn change(number: usize, text: &str) -> Option<Code> {
    let both = || Text::both(text, text);
    let notice = Notice { kind: NoticeKind::Info, text: both(), from: None, until: None };
    let op = |field: Field, before: Option<Value>, after: Value| Op { field, before, after: Some(after) };
    let ops = vec![
        op(Field::Hours, None, Value::Hours(text.into())),
        op(Field::notice(&notice), None, Value::Notice(notice.clone())),
        op(Field::Name, Some(Value::Text(Text::both("安0", "安0"))), Value::Text(both())),
        op(Field::Address, None, Value::Text(both())),
    ];
    let id = StationId::new("p-0").unwrap();
    let made = LocalDateTime::parse("2026-11-24T08:30").unwrap();
    let uuid = Uuid((number as u128 + 1).to_be_bytes());
    let patch = Patch::new(uuid, id, 1, ops, Some(text.to_owned()), made).ok()?;
    Some(Code { patch, signature: None })
}

/// `staff merge`, `review`, `audit`, `link` and `check`, whatever strangers sent and whoever edited the list.
#[test]
fn a_terminal_stays_a_terminal() {
    let raw = payloads::payloads();
    let texts = list::lines(&raw);
    let is_hidden = |text: &str| {
        text.chars().any(|c| domain::read::HIDDEN.iter().any(|(from, to)| (from..=to).contains(&&c)))
    };
    // No change says what is hidden.
    assert!(raw.iter().filter(|text| is_hidden(text)).all(|text| change(0, text).is_none()));
    let codes: Vec<Code> =
        texts.iter().enumerate().filter_map(|(number, text)| change(number, text)).collect();
    assert!(codes.len() >= 250, "{}", codes.len());
    let mut station = list::stations(&["安0".to_owned()]).remove(0);
    for field in ["hours", "notices"] {
        station.as_object_mut().unwrap().remove(field);
    }
    station["location"]["address"] = Json::Null;

    // A chat in which the texts stand around the codes, and as codes.
    let folder = source(&[station.clone()]);
    let mut chat = String::new();
    for (number, text) in raw.iter().enumerate() {
        let code = codes.get(number).and_then(Code::text).unwrap_or_default();
        writeln!(chat, "{text}\n{code}\n{text} RS1.{text}.0000\n#LS closed {text} {text}").unwrap();
    }
    fs::write(folder.path().join("chat.txt"), &chat).unwrap();
    for args in [&["merge", "chat.txt", "--dry-run"][..], &["merge", "chat.txt", "--dry-run", "--json"]] {
        let done = command(folder.path(), &[args, &["--today", "2026-11-25"]].concat()).output().unwrap();
        let said = check(&done, "merge");
        assert!(said.contains("<script") && said.contains("evil.example"), "{said}");
    }

    // The same sent by links, which are named so, too.
    let folder = source(&[station.clone()]);
    let mut store = staff::journal::open(&folder.path().join("public")).unwrap();
    for (number, name) in raw.iter().enumerate().step_by(7) {
        store.make_link("p-0", name, 4_000_000_000).unwrap().unwrap();
        store.make_link("p-0", &format!("{number}"), 4_000_000_000).unwrap().unwrap();
    }
    let links: Vec<_> = store.state().links.values().cloned().collect();
    let today = Date::parse("2026-11-25").unwrap();
    let mut sent = 0;
    for (code, link) in codes.iter().zip(links.iter().cycle()) {
        sent += usize::from(store.change(link, code, today).is_ok());
    }
    // The first has the hours; the others find them changed, and nothing of theirs is taken.
    assert!(sent > 0);
    for (number, code) in codes.iter().enumerate().skip(1) {
        let ops = code.patch.ops()[1..].to_vec();
        let (id, made) = (code.patch.station().clone(), code.patch.made_at());
        let uuid = Uuid((number as u128 + 10_000).to_be_bytes());
        let patch = Patch::new(uuid, id, 1, ops, code.patch.by().map(str::to_owned), made).unwrap();
        let code = Code { patch, signature: None };
        sent += usize::from(store.change(&links[number % links.len()], &code, today).is_ok());
    }
    assert!(sent > 250, "{sent}");
    drop(store);
    for args in ["review", "review --json", "audit", "audit --json", "link list", "link list --json"] {
        let args: Vec<&str> = args.split(' ').collect();
        let done = command(folder.path(), &args).output().unwrap();
        check(&done, &args.join(" "));
        assert!(!done.stdout.is_empty(), "{args:?} {}", told(&done, &[]));
    }
    let review = check(&command(folder.path(), &["review"]).output().unwrap(), "review");
    assert!(review.contains("<script"), "{review}");
    check(&command(folder.path(), &["redact", "安0", "--yes"]).output().unwrap(), "redact");

    // A list that somebody edited, with everything in it as it is, addresses among it.
    let mut stations: Vec<Json> = list::stations(&raw);
    for (station, text) in stations.iter_mut().zip(&raw) {
        station["links"][0]["url"] = text.as_str().into();
        station["kind"] = text.as_str().into();
        station[text.as_str()] = json!(1);
        station["photos"] = json!([{"file": text, "alt": text}]);
    }
    let folder = source(&stations);
    for args in [&["check", "--all"][..], &["check", "--json"], &["build"], &["export", "--to", "x.xlsx"]] {
        check(&command(folder.path(), args).output().unwrap(), args[0]);
    }
    println!(
        "{} texts, {} of them hidden ones, {sent} changes",
        raw.len(),
        raw.iter().filter(|text| is_hidden(text)).count()
    );
}
