//! Sheets, written and read back by the built binary, and the words of `staff sheet`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::Path;

use encoding_rs::GB18030;
use serde_json::Value;
use staff::sheet::{Row, Table, csv_bytes, xlsx_bytes};
use tool::{staff, told};

fn table(name: &str, rows: &[&[&str]]) -> Table {
    let row = |(number, cells): (u32, &&[&str])| Row {
        number,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    Table { name: name.to_owned(), rows: (1..).zip(rows).map(row).collect() }
}

/// A list as a city office has one.
fn list() -> Table {
    table(
        "示例数据",
        &[
            &["名称", "地址", "经度", "联系电话"],
            &["示例驿站一", "示例路 1 号", "123.4253306", "024-00000001"],
            &["示例驿站二", "", "", "024-00000002；138****0000"],
        ],
    )
}

fn show(folder: &Path, file: &str, more: &[&str]) -> String {
    let run = staff().arg("sheet").arg(folder.join(file)).args(more).output().unwrap();
    told(&run, &[(folder, "DIR")])
}

/// The rows of the first table as read by the binary.
fn rows(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let path = folder.join(file);
    let run = staff().args(["sheet", "--json", "--rows", "100000"]).arg(&path).output().unwrap();
    assert!(run.status.success(), "{}", told(&run, &[]));
    let value: Value = serde_json::from_slice(&run.stdout).unwrap();
    let rows = value["tables"][0]["first"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            row["cells"].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
        })
        .collect()
}

#[test]
fn a_workbook_and_text_in_two_encodings_show_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let list = list();
    let utf8 = csv_bytes(&list);
    let text = std::str::from_utf8(&utf8).unwrap().trim_start_matches('\u{feff}');
    fs::write(folder.path().join("list.xlsx"), xlsx_bytes(std::slice::from_ref(&list)).unwrap()).unwrap();
    fs::write(folder.path().join("list.csv"), &utf8).unwrap();
    fs::write(folder.path().join("gb.csv"), &GB18030.encode(text).0).unwrap();
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(folder.path().join("wide.csv"), wide).unwrap();
    let expected: Vec<Vec<String>> = list.rows.iter().map(|row| row.cells.clone()).collect();
    for file in ["list.xlsx", "list.csv", "gb.csv", "wide.csv"] {
        assert_eq!(rows(folder.path(), file), expected, "{file}");
    }
    insta::assert_snapshot!("sheet_xlsx", show(folder.path(), "list.xlsx", &["--rows", "2"]));
    insta::assert_snapshot!("sheet_gb", show(folder.path(), "gb.csv", &["--lang", "both"]));
    insta::assert_snapshot!("sheet_json", show(folder.path(), "list.csv", &["--json", "--rows", "1"]));
}

#[test]
fn geojson_and_json_become_tables() {
    let folder = tempfile::tempdir().unwrap();
    let points = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": {"名称": "示例一", "tags": {"a": [1, 2.50]}},
         "geometry": {"type": "Point", "coordinates": [123.40, 41.8]}},
        {"type": "Feature", "properties": {"open": true, "名称": "示例二"}, "geometry": null}]}"#;
    fs::write(folder.path().join("points.geojson"), points).unwrap();
    fs::write(folder.path().join("list.json"), r#"[{"b": "x", "a": null}, {"c": 1e2, "b": -0.10}]"#).unwrap();
    insta::assert_snapshot!("sheet_geojson", show(folder.path(), "points.geojson", &[]));
    insta::assert_snapshot!("sheet_list", show(folder.path(), "list.json", &[]));
}

/// What people get wrong most often, and the words they get for it.
#[test]
fn refusals() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>");
    write("empty.csv", b"");
    write("quote.csv", "名称,地址\n\"示例,1\n示例二,2\n".as_bytes());
    write("list.json", b"[{\"a\": 1}, 2]");
    write("broken.geojson", b"{\"features\": [{\"properties\": {\"a\": 1e999}}]}");
    write("scan.xlsx", b"%PDF-1.7");
    write("bytes.csv", b"\xFF\x80\x80\n");
    write("cut.xlsx", &xlsx_bytes(&[list()]).unwrap()[..900]);
    let files = [
        "page.xls",
        "empty.csv",
        "quote.csv",
        "list.json",
        "broken.geojson",
        "scan.xlsx",
        "bytes.csv",
        "cut.xlsx",
        "nowhere.xlsx",
        ".",
    ];
    let all: Vec<String> = files.iter().map(|file| show(folder.path(), file, &["--lang", "both"])).collect();
    insta::assert_snapshot!("sheet_refusals", all.join("\n"));
    insta::assert_snapshot!("sheet_refusal_json", show(folder.path(), "page.xls", &["--json"]));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list.csv"), "a,b\n").unwrap();
    std::os::unix::fs::symlink("list.csv", folder.path().join("link.csv")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.csv")).status().unwrap();
    assert!(made.success());
    let all = ["link.csv", "pipe.csv"].map(|file| show(folder.path(), file, &[])).concat();
    insta::assert_snapshot!("sheet_links", all);
}

#[test]
fn usage() {
    let run = staff().args(["sheet", "--help"]).output().unwrap();
    insta::assert_snapshot!("help_sheet", told(&run, &[]));
}

/// Cells that spreadsheets would run, alone and behind apostrophes that were really there.
#[test]
fn formulas_are_text_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let cells =
        ["=1+1", "'=1+1", "''@x", "+86", "-", "@a", "\tx", "\r=x", "'plain", "'", "a=b", "\"q\"", "a;b"];
    let rows_of: Vec<&[&str]> = cells.iter().map(std::slice::from_ref).collect();
    let table = table("t", &rows_of);
    let expected: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
    let bytes = csv_bytes(&table);
    fs::write(folder.path().join("t.csv"), &bytes).unwrap();
    assert_eq!(rows(folder.path(), "t.csv"), expected);
    // As any other reader sees it, no cell starts a formula.
    let mut others = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[3..]);
    for record in others.records() {
        assert!(!record.unwrap()[0].starts_with(['=', '+', '-', '@', '\t', '\r']));
    }
    fs::write(folder.path().join("t.xlsx"), xlsx_bytes(std::slice::from_ref(&table)).unwrap()).unwrap();
    assert_eq!(rows(folder.path(), "t.xlsx"), expected);
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    let first = xlsx_bytes(&[list()]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(first, xlsx_bytes(&[list()]).unwrap());
}
