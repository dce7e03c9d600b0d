//! From sheets to the list and back, through the built binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "import/office.rs"]
mod office;
mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use staff::import::{Options, Rules};
use staff::progress::Progress;
use staff::sheet::{Book, Format, Row, Table};
use tempfile::TempDir;
use tool::{staff, told};

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn list(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    /// `staff import`, from this folder, into `list.json`, on a fixed day.
    fn command(&self, args: &[&str]) -> Command {
        let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin");
        let mut command = staff();
        command.current_dir(self.0.path()).args(["import", "--as-of", "2026-11-20", "--basemap"]).arg(map);
        command.args(["--into", "list.json"]).args(args);
        command
    }

    fn import(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// The same, as JSON.
    fn told(&self, args: &[&str]) -> Value {
        let output = self.import(&[args, &["--json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

const ODD: &str = "铁西区驿站一览\n\
    序号,驿站名称,地址,经度,纬度,营业时间,联系人,联系电话,服务内容,核实日期,天气\n\
    1,盛京示例银行启工支行,沈阳市铁西区启工街1号,123.3522,41.8012,周一至周五 08:30-17:00,大堂,024-00000001;138****5596,饮水、热水（坏了）、棋牌,2026/11/2,晴\n\
    2,启工社区\u{200b}驿站,铁西区启工街2号,,,24小时,,,\"饮水,休息桌椅\",昨天,\n\
    3,,没有名字,,,,,,,,\n\
    4,宝工药店,沈阳市铁西区宝工街,123.36,,,,,,,\n\
    5,保工工会驿站,沈阳市铁西区保工街3号,一二三,41.79,早九晚五,张三,024-00000003,\"无空调,WiFi\",,\n\
    6,启工社区驿站,沈阳市铁西区启工街2号,,,,,,,,\n\
    7,某处驿站,某街1号,,,,,,,,\n\
    8,盛京示例银行启工分行,沈阳市铁西区启工街1号,123.3524,41.8012,07:30-22:30,,,饮水,,\n";

#[test]
fn odd_rows_are_told_of_one_by_one() {
    let desk = Desk::new();
    desk.put("odd.csv", ODD.as_bytes());
    insta::assert_snapshot!("odd", told(&desk.import(&["odd.csv", "--city", "沈阳市"]), &[]));
    insta::assert_snapshot!("odd_list", fs::read_to_string(desk.path("list.json")).unwrap());
    insta::assert_snapshot!(
        "odd_again",
        told(&desk.import(&["odd.csv", "--city", "沈阳市", "--lang", "en"]), &[])
    );
    insta::assert_snapshot!("odd_json", told(&desk.import(&["odd.csv", "--city", "沈阳市", "--json"]), &[]));
}

#[test]
fn refusals_before_anything_is_read() {
    let desk = Desk::new();
    desk.put("odd.csv", ODD.as_bytes());
    let mut said = String::new();
    for args in [
        &["none.xlsx"][..],
        &[],
        &["odd.csv", "--crs", "mars"],
        &["odd.csv", "--map", "none.json"],
        &["odd.csv", "--kind", "castle"],
    ] {
        said.extend(["$ staff import ", &args.join(" "), "\n", &told(&desk.import(args), &[])]);
    }
    desk.put("list.json", b"{\"stations\": 1}");
    said.push_str(&told(&desk.import(&["odd.csv"]), &[]));
    assert_eq!(fs::read(desk.path("list.json")).unwrap(), b"{\"stations\": 1}");
    insta::assert_snapshot!("refusals", said);
    insta::assert_snapshot!("help_import", told(&staff().args(["import", "--help"]).output().unwrap(), &[]));
    insta::assert_snapshot!("help_export", told(&staff().args(["export", "--help"]).output().unwrap(), &[]));
}

#[test]
fn a_dry_run_writes_nothing_and_refused_rows_go_back() {
    let desk = Desk::new();
    desk.put("odd.csv", ODD.as_bytes());
    let output = desk.import(&["odd.csv", "--city", "沈阳市", "--dry-run", "--refused", "back.csv"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("试导入，什么也没写"));
    assert!(!desk.path("list.json").exists());
    insta::assert_snapshot!("back", fs::read_to_string(desk.path("back.csv")).unwrap());
    // What was sent back, mended, goes in: the columns that were added are of no use and no harm.
    let mended =
        fs::read_to_string(desk.path("back.csv")).unwrap().replace("宝工街,123.36", "宝工街,123.36,41.8");
    desk.put("mended.csv", mended.as_bytes());
    let told = desk.told(&["mended.csv", "--city", "沈阳市"]);
    let names: Vec<&Value> = told["created"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["宝工药店", "启工社区驿站"]);
}

/// The three sheets of one office give the same stations, none is lost, the datum is found out, and nothing happens
/// the second time.
#[test]
fn ninety_stations_of_an_office() {
    let desk = Desk::new();
    let mut lists = Vec::new();
    for (name, bytes) in
        [("o.xlsx", office::xlsx()), ("o.csv", office::gb18030()), ("o.geojson", office::geojson())]
    {
        let _ = fs::remove_file(desk.path("list.json"));
        desk.put(name, &bytes);
        let first = desk.told(&[name]);
        assert_eq!((&first["ok"], &first["rows"]), (&true.into(), &90.into()), "{name}: {first:#}");
        assert_eq!(first["created"].as_array().unwrap().len(), 90, "{name}");
        assert_eq!(first["datum"], "gcj02", "{name}");
        assert_eq!(first["without_place"].as_array().unwrap().len(), 36, "two in five have no position");
        let before = fs::read(desk.path("list.json")).unwrap();
        let again = desk.told(&[name]);
        assert_eq!((&again["unchanged"], &again["kept"]), (&90.into(), &Value::Array(vec![])), "{name}");
        assert_eq!(
            fs::read(desk.path("list.json")).unwrap(),
            before,
            "{name} changes nothing the second time"
        );
        lists.push(desk.list("list.json"));
        let checked = domain::read::read_stations(serde_json::from_slice(&before).unwrap());
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }
    assert_eq!(lists[0], lists[1]);
    assert_eq!(lists[0], lists[2]);
}

#[test]
fn an_edited_sheet_updates_and_a_hosts_word_stays() {
    let desk = Desk::new();
    let header = "编号,名称,城市,区县,开放时间,联系电话,更新日期\n";
    desk.put(
        "a.csv",
        format!("{header}sy-1,北站驿站,沈阳市,沈河区,08:00-17:00,024-00000001,2026-11-01\n").as_bytes(),
    );
    assert_eq!(desk.told(&["a.csv"])["created"][0]["id"], "sy-1");
    // The host changed the hours and keeps a note the sheet knows nothing of.
    let mut list = desk.list("list.json");
    list["stations"][0]["hours"] = "24小时".into();
    list["stations"][0]["updated_at"] = "2026-11-10".into();
    list["stations"][0]["x_own"] = "stays".into();
    desk.put("list.json", list.to_string().as_bytes());
    desk.put(
        "b.csv",
        format!("{header}sy-1,北站驿站,沈阳市,沈河区,09:00-18:00,024-00000009,2026-11-05\n").as_bytes(),
    );
    let older = desk.told(&["b.csv"]);
    assert_eq!(older["unchanged"], 1);
    assert_eq!(older["kept"][0]["changes"][0]["path"], "hours", "{older:#}");
    assert_eq!(desk.list("list.json"), list);
    let theirs = desk.told(&["b.csv", "--theirs"]);
    assert_eq!(theirs["updated"][0]["id"], "sy-1");
    let now = desk.list("list.json");
    assert_eq!(now["stations"][0]["hours"], "09:00-18:00");
    assert_eq!(now["stations"][0]["contacts"][0]["phone"], "024-00000009");
    assert_eq!(now["stations"][0]["x_own"], "stays");
    // A cell that is empty says nothing.
    desk.put("c.csv", format!("{header}sy-1,北站驿站,,,,,2026-11-19\n").as_bytes());
    assert_eq!(desk.told(&["c.csv"])["unchanged"], 0);
    assert_eq!(desk.list("list.json")["stations"][0]["hours"], "09:00-18:00");
}

/// What was exported comes back the same, whatever the form; formulas in it are text all the way.
#[test]
fn export_then_import_is_the_identity() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data/stations.json");
    let mut list: Value = serde_json::from_slice(&fs::read(own).unwrap()).unwrap();
    for (number, text) in ["=1+1", "+86", "-1", "@SUM(A1)", "'=x", "'", "a\"b,c d", "  "].iter().enumerate() {
        list["stations"][number]["source"] = (*text).into();
        list["stations"][number]["x_own"] = serde_json::json!({ "deep": [text, null, 1.5] });
    }
    let desk = Desk::new();
    desk.put("own.json", list.to_string().as_bytes());
    for name in ["e.xlsx", "e.csv", "e.geojson"] {
        let _ = fs::remove_file(desk.path("list.json"));
        let export =
            staff().current_dir(desk.0.path()).args(["export", "--from", "own.json", "--to", name]).output();
        assert!(export.unwrap().status.success());
        let told = desk.told(&[name]);
        // Eight spaces are no source: the data's own rules refuse them.
        assert_eq!(told["refused"].as_array().unwrap().len(), 1, "{told:#}");
        let back = desk.list("list.json");
        let (before, after) = (list["stations"].as_array().unwrap(), back["stations"].as_array().unwrap());
        let kept: Vec<&Value> = before.iter().filter(|station| station["source"] != "  ").collect();
        assert_eq!(kept, after.iter().collect::<Vec<_>>(), "{name}");
    }
    let csv = fs::read_to_string(desk.path("e.csv")).unwrap();
    assert!(csv.contains(",'=1+1,") && !csv.contains(",=1+1"), "neutralised");
}

/// An edited cell counts more than the raw data beside it; a cell that was left alone does not take away what only
/// the raw data holds.
#[test]
fn an_edited_export_changes_what_was_edited() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data/stations.json");
    let desk = Desk::new();
    fs::copy(own, desk.path("list.json")).unwrap();
    let before = desk.list("list.json");
    let export = ["export", "--from", "list.json", "--to", "e.csv"];
    assert!(staff().current_dir(desk.0.path()).args(export).output().unwrap().status.success());
    let csv = fs::read_to_string(desk.path("e.csv")).unwrap();
    let id = before["stations"][3]["id"].as_str().unwrap();
    let hours = before["stations"][3]["hours"].as_str().unwrap();
    let line = csv.lines().find(|line| line.starts_with(id)).unwrap();
    // The first place is the column's, the second is in the raw data.
    desk.put("e.csv", csv.replace(line, &line.replacen(hours, "24小时", 1)).as_bytes());
    let told = desk.told(&["e.csv"]);
    assert_eq!((told["updated"].as_array().unwrap().len(), &told["unchanged"]), (1, &149.into()), "{told:#}");
    assert_eq!(told["updated"][0]["changes"][0]["after"], "24小时");
    let mut expected = before;
    expected["stations"][3]["hours"] = "24小时".into();
    assert_eq!(desk.list("list.json"), expected);
}

/// Whatever stands in a sheet, every row is told of, and the list that comes of it is valid.
#[test]
fn no_row_vanishes() {
    let cell = prop_oneof![
        3 => Just(String::new()),
        2 => "[甲乙丙]{1,3}驿站",
        1 => "\\PC{0,12}",
        1 => "1[0-9]{2}\\.[0-9]{1,6}",
        1 => "4[0-9]\\.[0-9]{1,6}",
        1 => Just("沈阳市".to_owned()),
        1 => Just("铁西区".to_owned()),
        1 => Just("\u{200b}\u{202e}".to_owned()),
        1 => Just("24小时".to_owned()),
        1 => Just("{\"name\":1}".to_owned()),
    ];
    let row = proptest::collection::vec(cell, 0..12);
    let header = [
        "名称",
        "城市",
        "区县",
        "地址",
        "经度",
        "纬度",
        "开放时间",
        "电话",
        "服务设施",
        "饮水",
        "原始数据",
        "编号",
    ];
    let mut runner = TestRunner::new(Config { cases: 500, failure_persistence: None, ..Config::default() });
    let law = |rows: Vec<Vec<String>>| {
        let all = std::iter::once(header.map(str::to_owned).to_vec()).chain(rows);
        let rows = (1..).zip(all).map(|(number, cells)| Row { number, cells }).collect::<Vec<_>>();
        let count = rows.len() - 1;
        let table = Table { name: "x".into(), rows };
        let book = Book { format: Format::Json, tables: vec![table] };
        let rows = staff::import::read(&[("x".to_owned(), book)], &Options::default());
        prop_assert_eq!((rows.read, rows.drafts.len() + rows.refused.len()), (count, count));
        let mut list = serde_json::json!({"schema": 1, "dataset": {"title": "x"}, "stations": []});
        let rules = Rules { as_of: domain::time::Date::parse("2026-11-20").unwrap(), theirs: false };
        let merged = staff::import::merge(&mut list, rows.drafts.clone(), rules, Progress::none());
        let told = merged.created.len() + merged.updated.len() + merged.unchanged + merged.refused.len();
        prop_assert_eq!(told, rows.drafts.len());
        let reading = domain::read::read_stations(serde_json::from_value(list.clone()).unwrap());
        prop_assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        prop_assert_eq!(reading.stations.len(), merged.created.len());
        let before = list.clone();
        let again = staff::import::merge(&mut list, rows.drafts.clone(), rules, Progress::none());
        prop_assert_eq!((again.created.len(), again.updated.len()), (0, 0), "{:?}", again);
        prop_assert_eq!(list, before);
        Ok(())
    };
    runner.run(&proptest::collection::vec(row, 0..8), law).unwrap();
}

/// Killed at any moment, the list is the old one or the new one.
#[test]
fn a_killed_import_leaves_a_whole_list() {
    let desk = Desk::new();
    desk.put("o.xlsx", &office::xlsx());
    desk.put("a.csv", "名称,城市,区县\n甲驿站,沈阳市,沈河区\n".as_bytes());
    desk.import(&["a.csv"]);
    let old = fs::read(desk.path("list.json")).unwrap();
    let mut news = 0;
    for step in 0..40 {
        desk.put("list.json", &old);
        let mut child = desk.command(&["o.xlsx"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(step * 4));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = fs::read(desk.path("list.json")).unwrap();
        if now != old {
            news += 1;
            assert_eq!(desk.list("list.json")["stations"].as_array().unwrap().len(), 91);
        }
    }
    println!("40 kills: {news} times the new list, otherwise the old one");
}
