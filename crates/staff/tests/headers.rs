//! What `staff build` writes down for other web servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tool::{copy, data, listing, replace, staff, told};

/// A source and a folder with the app's page, which has an inline script.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), &folder.path().join("public"));
    let dist = folder.path().join("dist");
    fs::create_dir(&dist).unwrap();
    let page = fs::read_to_string(data("page.html")).unwrap();
    fs::write(dist.join("index.html"), format!("{page}<script>alert(1)</script>")).unwrap();
    fs::write(dist.join("app-0123456789abcdef.js"), "let app;").unwrap();
    folder
}

fn build(folder: &Path, more: &[&str]) {
    let mut command = staff();
    command.args(["build", "--today", "2026-10-20", "--source"]).arg(folder.join("public"));
    let output = command.arg("--out").arg(folder.join("dist")).args(more).output().unwrap();
    assert!(output.status.success(), "{}", told(&output, &[]));
}

fn policy(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("dist/_headers")).unwrap();
    text.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap().to_owned()
}

#[test]
fn the_pieces() {
    let folder = folder();
    build(folder.path(), &[]);
    let read = |name: &str| fs::read_to_string(folder.path().join("dist").join(name)).unwrap();
    insta::assert_snapshot!("headers", read("_headers"));
    insta::assert_snapshot!("nginx", read(".deploy/nginx.conf"));
    insta::assert_snapshot!("caddy", read(".deploy/Caddyfile"));
    // A second build changes nothing: what was written does not count as part of the site.
    let before = listing(folder.path());
    build(folder.path(), &[]);
    assert_eq!(before, listing(folder.path()));
}

#[test]
fn they_go_where_staff_say() {
    let folder = folder();
    let conf = folder.path().join("etc/love");
    build(folder.path(), &["--conf", conf.to_str().unwrap()]);
    let names: Vec<_> = listing(&conf).into_keys().map(|name| name.display().to_string()).collect();
    assert_eq!(names, ["Caddyfile", "nginx.conf"]);
    assert!(!folder.path().join("dist/.deploy").exists());
}

#[test]
fn tile_hosts_and_scripts_are_those_of_the_site() {
    let folder = folder();
    let site = folder.path().join("public/data/site.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&site).unwrap()).unwrap();
    json["tiles"] = serde_json::json!([{
        "name": {"zh": "天地图"}, "url": "https://t{s}.tiles.example/{z}/{x}/{y}?tk=1", "subdomains": ["0", "1"],
        "datum": "wgs84", "attribution": "天地图",
    }]);
    fs::write(&site, json.to_string()).unwrap();
    build(folder.path(), &[]);
    let images = "img-src 'self' data: https://t0.tiles.example https://t1.tiles.example;";
    let before = policy(folder.path());
    assert!(before.contains(images), "{before}");
    let nginx = fs::read_to_string(folder.path().join("dist/.deploy/nginx.conf")).unwrap();
    assert!(nginx.contains(&before), "one policy everywhere");

    replace(&folder.path().join("dist/index.html"), "alert(1)", "alert(2)");
    build(folder.path(), &[]);
    let after = policy(folder.path());
    assert_ne!(before, after, "another script has another hash");
    assert!(after.contains(images), "{after}");
}
