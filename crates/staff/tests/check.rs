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
