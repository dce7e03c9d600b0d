//! The hosts' page: completed like the app's, in each station's folder, and kept by the worker apart from the rest.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use tool::{copy, data, listing, staff, told};

const GLUE: &str = "edit-0123456789abcdef.js";
const WASM: &str = "edit-0123456789abcdef_bg.wasm";

/// A source, and a folder with both pages as Trunk leaves them.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), &folder.path().join("public"));
    let dist = folder.path().join("dist");
    fs::create_dir_all(&dist).unwrap();
    fs::copy(data("page.html"), dist.join("index.html")).unwrap();
    fs::write(dist.join(GLUE), "const init = () => {};\nexport { init as default };").unwrap();
    fs::write(dist.join(WASM), "\0asm").unwrap();
    fs::write(
        dist.join("edit.html"),
        format!(
            "<!doctype html><html lang=\"zh-CN\"><head><script>early()</script><title>x</title><!--preload--><script \
             type=\"module\">import init from '/{GLUE}'; await init({{ module_or_path: '/{WASM}' }});</script></head><body \
             class=\"editor\"></body></html>"
        ),
    )
    .unwrap();
    folder
}

#[track_caller]
fn build(folder: &Path) -> PathBuf {
    let dist = folder.join("dist");
    let mut command = staff();
    command.args(["build", "--today", "2026-10-20", "--source"]).arg(folder.join("public"));
    let output = command.arg("--out").arg(&dist).output().unwrap();
    assert!(output.status.success(), "{}", told(&output, &[]));
    dist
}

/// The names of the stations' copies.
fn copies(dist: &Path) -> Vec<String> {
    let files =
        listing(&dist.join("s")).into_keys().map(|path| path.display().to_string().replace('\\', "/"));
    files.filter(|path| path.ends_with("/edit/index.html")).collect()
}

#[test]
fn the_page_runs_by_its_hashes_and_stands_in_every_stations_folder() {
    let folder = site();
    let dist = build(folder.path());
    let page = fs::read_to_string(dist.join("edit.html")).unwrap();
    assert!(page.contains("integrity=\"sha256-") && !page.contains("import init"), "{page}");
    assert!(page.contains("<title>更新驿站信息 - ") && page.contains("href=\"/data/index.json\""), "{page}");
    assert!(!page.contains("stations-"), "another edition is the same page: {page}");
    assert!(!dist.join(GLUE).exists() && !dist.join(WASM).exists(), "what it no longer names is gone");
    let list: Value =
        serde_json::from_slice(&fs::read(folder.path().join("public/data/stations.json")).unwrap()).unwrap();
    let copies = copies(&dist);
    assert_eq!(copies.len(), list["stations"].as_array().unwrap().len());
    for path in &copies {
        assert_eq!(fs::read_to_string(dist.join("s").join(path)).unwrap(), page, "{path}");
    }
    // Its first script is in the policy of every server.
    assert_eq!(fs::read_to_string(dist.join("_headers")).unwrap().matches("'sha256-").count(), 1);
    assert!(fs::read_to_string(dist.join("_redirects")).unwrap().contains("/s/:id/edit /edit.html 200"));
    let before = listing(folder.path());
    build(folder.path());
    assert!(before == listing(folder.path()), "a second build changes nothing");
}

#[test]
fn the_worker_keeps_it_apart() {
    let folder = site();
    let dist = build(folder.path());
    let worker = fs::read_to_string(dist.join("sw.js")).unwrap();
    let (shell, rest) = worker.split_once("const HOSTS = [").unwrap();
    let hosts = rest.split_once("];").unwrap().0;
    assert!(!shell.contains("edit-") && hosts.contains("edit-"), "{hosts}");
    assert!(hosts.trim().lines().last().unwrap().contains("\"/edit.html\""), "the page comes last: {hosts}");
    // A site without the page has a worker that knows of none.
    fs::remove_file(dist.join("edit.html")).unwrap();
    build(folder.path());
    assert!(fs::read_to_string(dist.join("sw.js")).unwrap().contains("const HOSTS = [\n];"));
}

#[test]
fn the_copy_of_a_station_that_is_gone_goes() {
    let folder = site();
    let dist = build(folder.path());
    let before = copies(&dist).len();
    let path = folder.path().join("public/data/stations.json");
    let mut list: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let gone = list["stations"].as_array_mut().unwrap().pop().unwrap();
    fs::write(&path, list.to_string()).unwrap();
    build(folder.path());
    assert_eq!(copies(&dist).len(), before - 1);
    let id = gone["id"].as_str().unwrap();
    assert!(dist.join(format!("s/{id}/index.html")).is_file(), "its own page says that it is gone");
    for ending in ["", ".br", ".gz"] {
        assert!(!dist.join(format!("s/{id}/edit/index.html{ending}")).exists());
    }
}
