//! `staff check`, run as people run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::Path;

use tool::{copy, data, replace, staff, told};

fn check(source: &Path, more: &[&str]) -> String {
    let run =
        staff().args(["check", "--today", "2026-10-20", "--source"]).arg(source).args(more).output().unwrap();
    told(&run, &[])
}

#[test]
fn good_data() {
    insta::assert_snapshot!(check(&data("good"), &[]));
}

#[test]
fn all_problems_at_once() {
    insta::assert_snapshot!(check(&data("bad"), &[]));
}

#[test]
fn all_problems_in_english() {
    insta::assert_snapshot!(check(&data("bad"), &["--lang", "en"]));
}

#[test]
fn both_languages() {
    let said = check(&data("bad"), &["--lang", "both"]);
    let line = said.lines().find(|line| line.contains("stations[1].location: ")).unwrap();
    insta::assert_snapshot!(line);
}

#[test]
fn as_json() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    replace(&folder.path().join("data/stations.json"), "41.742153", "\"41\"");
    insta::assert_snapshot!(check(folder.path(), &["--json"]));
}

#[test]
fn json_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    replace(&folder.path().join("data/stations.json"), "\"revision\": 7", "\"revision\": 7,");
    replace(&folder.path().join("data/site.json"), "\"schema\": 1", "\"schema\": １");
    fs::write(folder.path().join("data/holidays.json"), b"{\n\"source\": \"\xCA\xBE\xC0\xFD\"}").unwrap();
    insta::assert_snapshot!(check(folder.path(), &[]));
    insta::assert_snapshot!("json_that_is_none_as_json", check(folder.path(), &["--json"]));
}

#[test]
fn files_that_are_missing() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    fs::remove_file(folder.path().join("data/holidays.json")).unwrap();
    insta::assert_snapshot!(check(folder.path(), &[]));
    insta::assert_snapshot!("no_folder", check(Path::new("tests/data/nowhere"), &[]));
}

#[cfg(unix)]
#[test]
fn a_photo_behind_a_link_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    let door = folder.path().join("data/photos/door.webp");
    fs::remove_file(&door).unwrap();
    std::os::unix::fs::symlink(data("good/data/photos/door.webp"), &door).unwrap();
    insta::assert_snapshot!(check(folder.path(), &[]));
}

/// What a careful editor would want to know, and that it does not stop anything.
#[test]
fn warnings() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    let stations = folder.path().join("data/stations.json");
    replace(&stations, "周一至周五 08:30-17:00", "周一至周五 看情况");
    replace(&stations, "工作日 09:00-16:00", "有空就在");
    replace(&stations, "\"directions\"", "\"direktions\"");
    replace(&stations, "位置待定的驿站", "龘龘驿站☕");
    let site = folder.path().join("data/site.json");
    replace(&site, "\"boundaries\": false", "\"boundaries\": true");
    replace(&site, "\"https://stations.example.org/\"", "null");
    let run = staff()
        .args(["check", "--lang", "zh", "--today", "2027-01-01", "--source"])
        .arg(folder.path())
        .output()
        .unwrap();
    insta::assert_snapshot!(told(&run, &[]));
}

/// A list in which an editor would find something at every station, over the embedded map.
fn careless() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    fs::create_dir(folder.path().join("basemap")).unwrap();
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin");
    fs::copy(map, folder.path().join("basemap/liaoning.bin")).unwrap();
    let path = folder.path().join("data/stations.json");
    let mut file: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let station = |id: &str, lat: f64, lng: f64, district: &str, more: serde_json::Value| {
        let mut station = serde_json::json!({
            "id": id, "name": {"zh": "驿站", "en": "Station"}, "kind": "union",
            "location": {"lat": lat, "lng": lng, "city": "沈阳市", "district": district},
            "contacts": [{"role": "host", "phone": "024-00000001"}], "verified_at": "2026-10-01",
        });
        station.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        station
    };
    let none = serde_json::json!({});
    let mut stations = vec![
        station("in-its-place", 41.80, 123.35, "铁西区", none.clone()),
        station("nine-metres-on", 41.80008, 123.35, "铁西区", none.clone()),
        station("twenty-metres-further", 41.80026, 123.35, "铁西区", none.clone()),
        station("in-another-district", 41.72, 123.45, "铁西区", none.clone()),
        station("on-the-sea", 38.6, 122.6, "浑南区", none.clone()),
        station("in-a-zone-of-no-map", 41.60, 123.35, "示例经济区", none.clone()),
        station(
            "no-phone",
            41.79,
            123.330,
            "铁西区",
            serde_json::json!({"contacts": [{"role": "host", "person": "甲"}]}),
        ),
        station(
            "odd-phones",
            41.79,
            123.333,
            "铁西区",
            serde_json::json!({"contacts": [{"role": "host", "phone": "请到前台询问；138****5596、138xxxx5596/024-00000001转801"}]}),
        ),
        station("long-ago", 41.79, 123.336, "铁西区", serde_json::json!({"verified_at": "2026-04-22"})),
        station("180-days-ago", 41.79, 123.339, "铁西区", serde_json::json!({"verified_at": "2026-04-23"})),
        station("tomorrow", 41.79, 123.342, "铁西区", serde_json::json!({"verified_at": "2026-10-21"})),
        station(
            "past",
            41.79,
            123.345,
            "铁西区",
            serde_json::json!({
                "notices": [{"kind": "closed", "text": {"zh": "停水", "en": "No water"}, "until": "2026-10-19"}],
                "events": [
                    {"kind": "clinic", "title": {"zh": "义诊", "en": "Clinic"}, "starts": "2026-09-19T09:00"},
                    {"kind": "clinic", "title": {"zh": "义诊", "en": "Clinic"}, "starts": "2026-09-21T09:00"},
                ],
            }),
        ),
        station(
            "chinese-alone",
            41.79,
            123.348,
            "铁西区",
            serde_json::json!({
                "name": "驿站", "links": [{"title": "24h ATM", "url": "https://example.org/"}],
                "amenities": (0..7).map(|at| serde_json::json!({"id": domain::amenity::Amenity::WORDS[at], "state": "ok", "note": "在里间"})).collect::<Vec<_>>(),
            }),
        ),
    ];
    for number in 0..8 {
        stations.push(station(
            &format!("never-{number}"),
            41.9,
            123.3 + f64::from(number) / 100.0,
            "于洪区",
            serde_json::json!({"verified_at": null}),
        ));
    }
    file["stations"] = stations.into();
    fs::write(&path, format!("{file:#}")).unwrap();
    folder
}

#[test]
fn a_careful_editor_would_say() {
    let folder = careless();
    insta::assert_snapshot!("lints", check(folder.path(), &[]));
    insta::assert_snapshot!("lints_in_english", check(folder.path(), &["--lang", "en", "--all"]));
    let json = check(folder.path(), &["--json"]);
    let json: serde_json::Value = serde_json::from_str(json.split_once("stdout\n").unwrap().1).unwrap();
    let of =
        |kind: &str| json["findings"].as_array().unwrap().iter().filter(|one| one["kind"] == kind).count();
    assert_eq!(
        (&json["kinds"]["never_verified"], of("never_verified")),
        (&8.into(), 8),
        "JSON holds everything"
    );
    let mut findings = json["findings"].as_array().unwrap().iter();
    let untranslated = findings.find(|one| one["station"] == "chinese-alone").unwrap();
    assert_eq!(untranslated["fields"].as_array().unwrap().len(), 8);
    let sum: u64 = json["kinds"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    let levels = ["errors", "warnings", "advice"].map(|level| json[level].as_u64().unwrap());
    assert_eq!(sum, levels.iter().sum::<u64>());
    assert_eq!(sum, json["findings"].as_array().unwrap().len() as u64);
}

#[test]
fn the_level_that_fails_is_chosen() {
    let (careless, good) = (careless(), tempfile::tempdir().unwrap());
    copy(&data("good"), good.path());
    let code = |folder: &Path, level: &str| {
        let args = ["check", "--today", "2026-10-20", "--fail-on", level, "--json", "--source"];
        let run = staff().args(args).arg(folder).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(json["ok"], run.status.success());
        run.status.code().unwrap()
    };
    let codes = |folder: &Path| ["error", "warning", "advice"].map(|level| code(folder, level));
    assert_eq!(codes(careless.path()), [0, 1, 1]);
    assert_eq!(codes(&data("bad")), [1, 1, 1]);
    // A file that cannot be read is no finding in it.
    fs::remove_file(good.path().join("data/site.json")).unwrap();
    assert_eq!(codes(good.path()), [3, 3, 3]);
}

/// The data that is shipped has nothing to mend and little to say.
#[test]
fn the_sample_data() {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    let run = staff().args(["check", "--today", "2026-11-24", "--source"]).arg(public).output().unwrap();
    insta::assert_snapshot!("sample", told(&run, &[]));
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    let stations = folder.path().join("data/stations.json");
    let marked = [b"\xEF\xBB\xBF".to_vec(), fs::read(&stations).unwrap()].concat();
    fs::write(&stations, marked).unwrap();
    assert_eq!(check(folder.path(), &[]), check(&data("good"), &[]));
}

#[test]
fn usage() {
    let run = |args: &[&str]| told(&staff().args(args).output().unwrap(), &[]);
    insta::assert_snapshot!("help", run(&["--help"]));
    insta::assert_snapshot!("help_check", run(&["check", "--help"]));
    insta::assert_snapshot!("help_build", run(&["build", "--help"]));
    insta::assert_snapshot!("help_serve", run(&["serve", "--help"]));
    for wrong in [&["chekc"][..], &[], &["check", "--today", "tomorrow"], &["serve", "--listen", "here"]] {
        assert_eq!(staff().args(wrong).output().unwrap().status.code(), Some(2), "{wrong:?}");
    }
}
