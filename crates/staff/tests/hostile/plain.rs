//! Text, and what is no sheet at all.

use crate::case::Case;

/// All of them.
pub fn cases() -> Vec<Case> {
    [others(), separated(), encodings(), json(), lists()].concat()
}

/// Other files, under the names of sheets.
fn others() -> Vec<Case> {
    let page = "<html><head><meta charset=gbk></head><table><tr><td>1</table></html>";
    let book_2003 =
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>";
    let mut cases = Vec::new();
    for extension in ["xlsx", "xls", "csv", "geojson", "json"] {
        let mut add = |name: &str, bytes: &[u8], expected| {
            cases.push(Case::refused(format!("{name}.{extension}"), bytes, expected));
        };
        add("empty", b"", "is empty");
        add("spaces", b" \r\n\r\n ", "is empty");
        add("png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "is a picture");
        add("pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "is a PDF");
        add("page", page.as_bytes(), "is a web page");
        add("book-2003", book_2003.as_bytes(), "is XML");
        add("laughs", laughs.as_bytes(), "is XML");
        add("program", b"\x7FELF\x02\x01\x01\0", "is no sheet");
        add("packed", b"\x1F\x8B\x08\0\0\0\0\0", "is an archive");
        add("zeros", &[0; 5_000], "NUL");
        add("head-of-zip", b"PK\x03\x04", "not whole");
    }
    cases
}

fn separated() -> Vec<Case> {
    let columns: Vec<String> = (0..5_000).map(|column| format!("c{column},")).collect();
    let commas = ",".repeat(20 << 20);
    let rows = "a\n".repeat(300_001);
    let mixed: Vec<String> = (0..50_000).map(|row| format!("{row}\r{row}\n\"{row}\"\r\n")).collect();
    let one_line = "长,短,".repeat(7 << 20);
    vec![
        Case::refused("columns.csv", columns.concat(), "more than 1000 columns (at ALM1)"),
        Case::any("commas.csv", commas),
        Case::refused("rows.csv", rows, "more than 300000 rows"),
        Case::refused("one-cell.csv", "x".repeat(60 << 20), "more than 32767 characters (at A1)"),
        Case::refused("one-line.csv", one_line, "more than 1000 columns"),
        Case::refused("quotes.csv", "a,b\n1,\"2\n3,4\n", "on line 2 is never closed"),
        Case::refused(
            "quotes-long.csv",
            format!("a\n\"{}", "x\n".repeat(400_000)),
            "on line 2 is never closed",
        ),
        Case::any("quotes-odd.csv", "a\"b,\"c\"d,\"\"\"\n\"e\"\" f\"g\n"),
        Case::any("quotes-many.csv", "\"".repeat(100_000)),
        Case::refused("nul.csv", "a,b\n1,\0\n", "line 2 has a NUL"),
        Case::any("mixed.csv", mixed.concat()),
        Case::any("blank.csv", "\n".repeat(2_000_000)),
        Case::any("control.csv", "a\u{1b}[2J\u{7},b\u{202e}c\n"),
        Case::any("formulas.csv", "=cmd|' /C calc'!A0,@SUM(1),+1,-1\n"),
    ]
}

fn encodings() -> Vec<Case> {
    let wide = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let mut cut = wide("名称\t地址\n一\t二\n");
    cut.pop();
    let mut alone = wide("a\n");
    alone.extend([0x00, 0xD8]);
    let wide32: Vec<u8> = "\u{feff}名称".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let unmarked: Vec<u8> = "a,b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let neither = "neither UTF-8 nor GB18030";
    vec![
        Case::any("utf16.csv", wide("名称\t地址\n一\t二\n")),
        Case::refused("utf16-cut.csv", cut, neither),
        Case::refused("utf16-alone.csv", alone, neither),
        Case::refused("utf16-unmarked.csv", unmarked, "NUL"),
        Case::refused("utf32.csv", wide32, "NUL"),
        Case::refused("latin.csv", &b"caf\xE9,1\n\xFF\xFF\n"[..], neither),
        Case::refused("marked-but-not.csv", &b"\xEF\xBB\xBFa\n\xC3\x28\n"[..], "from line 2 on"),
        Case::refused("overlong.csv", &b"\xC0\x80\xFF,\xFF\n"[..], neither),
        Case::any("mark-alone.csv", &b"\xEF\xBB\xBFa"[..]),
        Case::any("marks.csv", "\u{feff}\u{feff}\u{feff}a,b\n"),
    ]
}

fn json() -> Vec<Case> {
    let feature = |properties: &str, geometry: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{properties},"geometry":{geometry}}}]}}"#
        )
    };
    let point = |at: &str| feature("{\"a\":1}", &format!(r#"{{"type":"Point","coordinates":{at}}}"#));
    let keys: Vec<String> = (0..5_000).map(|key| format!("\"k{key}\":1")).collect();
    let no_json = "not JSON from line 1";
    let no_records = "holds no list of objects";
    let deep = 100_000;
    vec![
        Case::refused("deep-lists.json", "[".repeat(deep), no_json),
        Case::refused("deep-objects.json", "{\"a\":".repeat(deep), no_json),
        Case::refused("deep-both.json", "[{\"a\":".repeat(deep), no_json),
        Case::refused("deep-features.geojson", feature(&"[".repeat(deep), "null"), no_json),
        Case::refused("deep-ignored.geojson", format!("{{\"x\":{}", "[".repeat(deep)), no_json),
        Case::refused("deep-closed.json", ["[".repeat(deep), "]".repeat(deep)].concat(), no_json),
        Case::refused("nan.geojson", point("[NaN, 41]"), no_json),
        Case::refused("infinity.geojson", point("[-Infinity, 41]"), no_json),
        Case::refused("huge.geojson", point("[1e999, 41]"), no_json),
        Case::any("far.geojson", point("[1e300, -1e300]")),
        Case::any("words.geojson", point("[\"123.4\", null]")),
        Case::any("short.geojson", point("[123.4]")),
        Case::any("no-numbers.geojson", point("{}")),
        Case::any("line.geojson", feature("null", r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#)),
        Case::refused("no-properties.geojson", feature("[]", "null"), "entry 1 is no object"),
        Case::refused("no-feature.geojson", r#"{"features":[7]}"#, "entry 1 is no object"),
        Case::refused("no-features.geojson", r#"{"features":{}}"#, no_json),
        Case::refused("one-feature.geojson", r#"{"type":"Feature","properties":{}}"#, no_records),
        Case::refused("topology.json", r#"{"type":"Topology","objects":{}}"#, no_records),
        Case::refused("number.json", "[1,2]", "entry 1 is no object"),
        Case::refused("keys.json", format!("[{{{}}}]", keys.join(",")), "more than 1000 columns"),
        Case::refused("long.json", format!("[{{\"a\":\"{}\"}}]", "x".repeat(40_000)), "more than 32767"),
        Case::refused("tail.json", "[{}] []", no_json),
        Case::refused("comma.json", "[{},]", no_json),
        Case::refused("open.json", "[{\"a\":\"", no_json),
        Case::refused("bytes.json", &b"[{\"a\":\"\xFF\"}]"[..], "neither UTF-8"),
        Case::refused("surrogate.json", r#"[{"a":"\ud800"}]"#, no_json),
        Case::any("twice.json", r#"[{"a":1,"a":2}]"#),
        Case::any("nul.json", r#"[{"a\u0000":"b\u0000\u202e"}]"#),
        Case::any("nothing.json", "[]"),
        Case::any("empties.json", format!("[{}{{}}]", "{},".repeat(400_000))),
    ]
}

/// Lists of stations, as `staff import` takes them beside sheets.
fn lists() -> Vec<Case> {
    let list =
        |stations: &str| format!(r#"{{"schema":1,"dataset":{{"title":"x"}},"stations":[{stations}]}}"#);
    let station = |more: &str| list(&format!(r#"{{"id":"a","name":"驿站","kind":"union",{more}}}"#));
    let zeros = "0,".repeat(12 << 20);
    vec![
        Case::refused("stations-zeros.json", list(&format!("[{zeros}0]")), "too much memory"),
        Case::refused("station-of-zeros.json", station(&format!("\"x\":[{zeros}0]")), "too much memory"),
        Case::any("zeros-beside.json", format!(r#"{{"x":[{zeros}0],"stations":[]}}"#)),
        Case::refused("stations-deep.json", list(&"[".repeat(100_000)), "not JSON from line 1"),
        Case::refused(
            "station-deep.json",
            station(&format!("\"x\":{}", "{\"a\":".repeat(100_000))),
            "not JSON from line 1",
        ),
        Case::refused("stations-number.json", r#"{"stations":1}"#, "not JSON from line 1"),
        Case::refused("stations-object.json", r#"{"stations":{}}"#, "not JSON from line 1"),
        Case::refused("stations-open.json", r#"{"stations":[{"id":"a""#, "not JSON from line 1"),
        Case::refused("stations-nulls.json", list("null,null"), "entry 1 is no object"),
        Case::refused("stations-mixed.json", list(r#"{"id":"a"},[]"#), "entry 2 is no object"),
        Case::any("stations-empties.json", list(&format!("{}{{}}", "{},".repeat(5_000)))),
        Case::refused(
            "station-long.json",
            station(&format!("\"source\":\"{}\"", "x".repeat(40_000))),
            "more than 32767",
        ),
        Case::any("station-types.json", station(r#""location":7,"hours":[],"amenities":{},"contacts":"x""#)),
        Case::any(
            "station-ids.json",
            list(r#"{"id":"../../etc/passwd","name":"a"},{"id":"A B","name":"b"}"#),
        ),
        Case::any("station-twice.json", list(r#"{"id":"a","id":"b","stations":[]},{"id":"a"}"#)),
        Case::any("stations-twice.json", r#"{"stations":[],"stations":[{"id":"x"}]}"#),
    ]
}
