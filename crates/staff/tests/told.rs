//! What the commands say, in success and in refusal, as far as the tests of what they do have not shown it already.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use domain::coords::{Gcj02, Wgs84};
use serde_json::Value;
use tempfile::TempDir;
use tool::{copy, data, replace, staff, told};

/// A folder with a source and a page to build around, in which commands are run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        copy(&data("good"), &desk.path("public"));
        fs::create_dir(desk.path("dist")).unwrap();
        fs::copy(data("page.html"), desk.path("dist/index.html")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What each run of the tool says, one after the other.
    fn say(&self, runs: &[&[&str]]) -> String {
        let say = |args: &&[&str]| {
            let output =
                staff().args(*args).current_dir(self.0.path()).stdin(Stdio::null()).output().unwrap();
            format!("$ staff {}\n{}", args.join(" "), told(&output, &[(self.0.path(), "")]))
        };
        runs.iter().map(say).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn the_tool_itself() {
    let said =
        Desk::new().say(&[&[], &["chekc"], &["check", "--fail-on", "never"], &["check", "--lang", "fr"]]);
    insta::assert_snapshot!("usage", said);
    let version = staff().arg("--version").output().unwrap();
    assert_eq!(
        String::from_utf8(version.stdout).unwrap(),
        concat!("staff ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn build() {
    let desk = Desk::new();
    let today = "2026-10-20";
    // What is found is told as staff check tells it, for which it has its own tests.
    let json = || {
        let mut command = staff();
        let output = command.args(["build", "--today", today, "--json"]).current_dir(desk.0.path()).output();
        let output = output.unwrap();
        let mut told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!told["check"]["findings"].as_array().unwrap().is_empty());
        told["check"]["findings"] = "…".into();
        if let Some(files) = told.get_mut("files") {
            assert_eq!(files.as_array().unwrap().len(), 12);
            *files = "…".into();
            told["bytes"] = "…".into();
        }
        format!("$ staff build --json\nexit {}\n{told:#}\n", output.status.code().unwrap())
    };
    let mut said = vec![json(), desk.say(&[&["build", "--today", today, "--lang", "both"]])];
    replace(&desk.path("public/data/stations.json"), "\"kind\": \"company\"", "\"kind\": \"firm\"");
    said.push(json());
    said.push(desk.say(&[
        &["build", "--today", today, "--lang", "en"],
        &["build", "--today", today, "--source", "nowhere", "--lang", "en"],
    ]));
    replace(&desk.path("public/data/stations.json"), "\"kind\": \"firm\"", "\"kind\": \"company\"");
    fs::remove_file(desk.path("dist/data/index.json")).unwrap();
    fs::create_dir(desk.path("dist/data/index.json")).unwrap();
    said.push(desk.say(&[&["build", "--today", today], &["build", "--out", "none", "--json"]]));
    insta::assert_snapshot!("build", said.join("\n"));
}

#[cfg(unix)]
#[test]
fn links_are_refused_by_name() {
    let desk = Desk::new();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("dist/data")).unwrap();
    std::os::unix::fs::symlink(desk.path("public/data/stations.json"), desk.path("list.json")).unwrap();
    fs::write(desk.path("a.csv"), "名称,城市,区县\n甲驿站,沈阳市,沈河区\n").unwrap();
    let said = desk.say(&[
        &["build", "--today", "2026-10-20"],
        &["build", "--today", "2026-10-20", "--lang", "en"],
        &["import", "a.csv", "--into", "list.json"],
        &["import", "list.json", "--into", "new.json", "--lang", "en"],
        &["export", "--from", "list.json", "--to", "e.csv", "--lang", "both"],
    ]);
    insta::assert_snapshot!("links", said);
    assert!(!desk.path("new.json").exists() && fs::read_dir(desk.path("elsewhere")).unwrap().count() == 0);
}

#[test]
fn export() {
    let desk = Desk::new();
    copy(&data("bad"), &desk.path("bad"));
    fs::write(desk.path("none.json"), "[]").unwrap();
    let bad = "bad/data/stations.json";
    let said = desk.say(&[
        &["export", "--to", "e.xlsx"],
        &["export", "--to", "e.csv", "--lang", "en"],
        &["export", "--to", "e.geojson", "--lang", "both"],
        &["export", "--to", "e.kml", "--json"],
        &["export", "--to", "e.gpx"],
        &["export", "--to", "e.pdf"],
        &["export", "--to", "e.pdf", "--json"],
        &["export", "--to", "nowhere/e.csv"],
        &["export", "--from", "nowhere.json", "--to", "e.csv", "--lang", "both"],
        &["export", "--from", "none.json", "--to", "e.csv", "--lang", "both"],
        &["export", "--from", bad, "--to", "bad.kml", "--lang", "both"],
        &["export", "--from", bad, "--to", "bad.gpx", "--json"],
        &["export"],
    ]);
    insta::assert_snapshot!("export", said);
    assert!(!desk.path("bad.kml").exists() && !desk.path("e.pdf").exists());
}

#[test]
fn import() {
    let desk = Desk::new();
    let header = "编号,名称,城市,区县,开放时间,联系电话,更新日期\n";
    let row = |name: &str, hours: &str, day: &str| {
        let text = format!("{header}sy-1,北站驿站,沈阳市,沈河区,{hours},024-00000001,{day}\n");
        fs::write(desk.path(name), text).unwrap();
    };
    row("a.csv", "08:00-17:00", "2026-11-10");
    row("older.csv", "09:00-18:00", "2026-11-05");
    fs::write(desk.path("notes.csv"), "今天,下雨\n明天,晴\n").unwrap();
    let many: Vec<String> = (0..25).map(|number| format!("{number}号驿站,沈阳市,沈河区\n")).collect();
    fs::write(desk.path("many.csv"), format!("名称,城市,区县\n{}", many.concat())).unwrap();
    fs::write(desk.path("map.json"), r#"{"站": "没有这列"}"#).unwrap();
    fs::write(desk.path("broken.json"), "{").unwrap();
    let to = ["--into", "list.json", "--as-of", "2026-11-20"];
    let run = |args: &[&str]| desk.say(&[&[&["import"], args, &to].concat()]);
    let said = [
        run(&["a.csv"]),
        run(&["older.csv"]),
        run(&["older.csv", "--theirs", "--dry-run", "--lang", "en"]),
        run(&["older.csv", "--theirs", "--lang", "both"]),
        run(&["many.csv", "--lang", "en"]),
        run(&["many.csv", "--all"]),
        run(&["notes.csv"]),
        run(&["notes.csv", "--json"]),
        run(&["none.csv", "--json"]),
        run(&["a.csv", "--map", "map.json", "--lang", "both"]),
        run(&["a.csv", "--map", "broken.json"]),
        run(&["a.csv", "--refused", "nowhere/back.csv"]),
        desk.say(&[&["import", "a.csv", "--into", "nowhere/list.json"]]),
        desk.say(&[&["import", "a.csv", "--into", "broken.json", "--json"]]),
    ];
    insta::assert_snapshot!("import", said.join("\n"));
}

/// The list that is shipped, as a sheet of points that `shift` moves.
fn sheet(shift: impl Fn(Wgs84) -> (f64, f64)) -> String {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data/stations.json");
    let list: Value = serde_json::from_slice(&fs::read(list).unwrap()).unwrap();
    let rows = list["stations"].as_array().unwrap().iter().filter_map(|station| {
        let location = &station["location"];
        let at = Wgs84::new(location["lat"].as_f64()?, location["lng"].as_f64()?).ok()?;
        let (lng, lat) = shift(at);
        let (city, district) = (location["city"].as_str()?, location["district"].as_str()?);
        Some(format!("{},{city},{district},{lng:.6},{lat:.6}\n", station["id"].as_str()?))
    });
    ["名称,城市,区县,经度,纬度\n".to_owned()].into_iter().chain(rows).collect()
}

#[test]
fn what_an_import_says_of_the_datum() {
    let desk = Desk::new();
    let gcj02 = |at: Wgs84| (Gcj02::from(at).lng(), Gcj02::from(at).lat());
    fs::write(desk.path("gcj02.csv"), sheet(gcj02)).unwrap();
    fs::write(desk.path("swapped.csv"), sheet(|at| (at.lat(), at.lng()))).unwrap();
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin");
    let mut said = Vec::new();
    for (file, more) in [
        ("gcj02.csv", &[][..]),
        ("gcj02.csv", &["--crs", "gcj02"]),
        ("gcj02.csv", &["--crs", "wgs84"]),
        ("swapped.csv", &[]),
    ] {
        let mut command = staff();
        command.current_dir(desk.0.path()).args(["import", file, "--dry-run", "--lang", "both", "--basemap"]);
        let output = command.arg(&map).args(more).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // The second line; what was made of each station is not the matter here.
        said.push(format!("$ staff import {file} {}\n{}", more.join(" "), text.lines().nth(1).unwrap()));
    }
    insta::assert_snapshot!("datum", said.join("\n"));
}

#[test]
fn serve_says_where() {
    let desk = Desk::new();
    let mut command = staff();
    command.current_dir(desk.0.path()).args(["serve", "--listen", "127.0.0.1:0", "--lang", "both"]);
    let mut process = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    let port = line.split("127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().to_owned();
    insta::assert_snapshot!(line.replace(&port, "PORT").trim_end(), @"网站在 http://127.0.0.1:PORT/ ，按 Ctrl+C 停止 / serving at http://127.0.0.1:PORT/ until Ctrl+C");
}
