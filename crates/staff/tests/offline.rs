//! What `staff build` makes for opening without a network: the worker, its page, the manifest, and the app's hashes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tool::{copy, data, listing, replace, staff, told};

const GLUE: &str = "app-0123456789abcdef.js";
const WASM: &str = "app-0123456789abcdef_bg.wasm";

/// A source, and a folder with the app's page as Trunk leaves it.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        copy(&data("good"), &site.0.path().join("public"));
        fs::create_dir_all(site.path("icons")).unwrap();
        fs::write(site.path("icons/sprite.svg"), "<svg/>").unwrap();
        site.app("\0asm");
        site
    }

    /// The app as Trunk leaves it.
    fn app(&self, wasm: &str) {
        fs::write(self.path(GLUE), "const init = () => {};\nexport { init as default };").unwrap();
        fs::write(self.path(WASM), wasm).unwrap();
        let loader = format!(
            "<script type=\"module\">\nimport init, * as bindings from '/{GLUE}';\nconst wasm = await init({{ \
             module_or_path: '/{WASM}' }});\n</script><link rel=\"modulepreload\" href=\"/{GLUE}\"><link \
             rel=\"preload\" href=\"/{WASM}\" as=\"fetch\"><link rel=\"manifest\" href=\"/manifest.webmanifest\"></head>"
        );
        let page = fs::read_to_string(data("page.html")).unwrap().replace("</head>", &loader);
        fs::write(self.path("index.html"), page).unwrap();
    }

    /// A file of the site.
    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join("dist").join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, more: &[&str]) -> Output {
        let mut command = staff();
        command.args(["build", "--today", "2026-10-20", "--source"]).arg(self.0.path().join("public"));
        command.arg("--out").arg(self.path("")).args(more).output().unwrap()
    }

    #[track_caller]
    fn build(&self, more: &[&str]) {
        let output = self.run(more);
        assert!(output.status.success(), "{}", told(&output, &[]));
    }

    fn stations(&self) -> PathBuf {
        self.0.path().join("public/data/stations.json")
    }
}

/// The worker's list.
fn list(worker: &str) -> Vec<Value> {
    let rest = worker.split_once("const FILES = ").unwrap().1;
    let list = rest.split_once(";\n").unwrap().0.replace(",\n]", "]");
    serde_json::from_str(&list).unwrap()
}

fn sha256(path: &Path) -> String {
    Sha256::digest(fs::read(path).unwrap()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[test]
fn the_worker_lists_what_is_there() {
    let site = Site::new();
    site.build(&[]);
    let worker = site.text("sw.js");
    let list = list(&worker);
    let urls: Vec<&str> = list.iter().map(|file| file["url"].as_str().unwrap()).collect();
    for (start, end) in [
        ("/shell", ".html"),
        ("/manifest", ".webmanifest"),
        ("/icons/sprite", ".svg"),
        ("/app-", ".js"),
        ("/app-", "_bg.wasm"),
    ] {
        let found = urls.iter().filter(|url| url.starts_with(start) && url.ends_with(end)).count();
        assert_eq!(found, 1, "{start}…{end} in {urls:?}");
    }
    for file in &list {
        let path = site.path(file["url"].as_str().unwrap().trim_start_matches('/'));
        assert_eq!(file["sha256"], sha256(&path), "{file}");
        assert_eq!(file["len"], fs::metadata(&path).unwrap().len(), "{file}");
    }
    // Its page is answered with what the site itself sends.
    let policy = site.text("_headers");
    let policy =
        policy.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    assert!(worker.contains(&format!("\"Content-Security-Policy\": \"{policy}\"")), "{worker}");
    assert!(policy.contains("worker-src 'self'") && policy.contains("manifest-src 'self'"));
}

#[test]
fn new_data_make_no_new_version_of_the_app() {
    let site = Site::new();
    site.build(&[]);
    let (worker, page) = (site.text("sw.js"), site.text("index.html"));
    replace(&site.stations(), "北门进", "南门进");
    site.build(&[]);
    assert_ne!(site.text("index.html"), page, "the page names the new data");
    assert_eq!(site.text("sw.js"), worker);
    assert!(!site.text("shell.html").contains("stations-"));
    // Another app, or another place that tiles may come from, does.
    site.app("\0asm2");
    site.build(&[]);
    let other = site.text("sw.js");
    assert_ne!(other, worker);
    let settings = site.0.path().join("public/data/site.json");
    replace(&settings, "https://tiles.example.org", "https://tiles.example.com");
    site.build(&[]);
    assert_ne!(site.text("sw.js"), other);
}

#[test]
fn every_page_of_the_app_starts_it_by_its_hashes() {
    let site = Site::new();
    site.build(&[]);
    let loader = |path: &str| {
        let page = site.text(path);
        let from = page.find("<link rel=\"preload\" href=\"/app-").unwrap();
        page[from..from + page[from..].find("</script>").unwrap()].to_owned()
    };
    insta::assert_snapshot!("loader", loader("index.html"));
    for path in ["shell.html", "s/dl-hengli/index.html"] {
        assert_eq!(loader(path), loader("index.html"), "{path}");
        assert!(!site.text(path).contains("modulepreload") && !site.text(path).contains("import"));
    }
    // What Trunk made is gone; no script is inline, so that the policy names none.
    assert!(!site.path(GLUE).exists() && !site.path(WASM).exists());
    assert!(site.text("_headers").contains("script-src 'self' 'wasm-unsafe-eval';"));
    // Again over the completed page.
    let before = listing(&site.path(""));
    site.build(&[]);
    assert_eq!(before, listing(&site.path("")));
}

#[test]
fn an_app_that_is_not_whole_is_refused_before_anything_is_written() {
    let site = Site::new();
    fs::remove_file(site.path(WASM)).unwrap();
    let before = listing(&site.path(""));
    let output = site.run(&[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(told(&output, &[]).contains(WASM));
    assert_eq!(before, listing(&site.path("")));
}

#[test]
fn the_manifest() {
    let site = Site::new();
    site.build(&[]);
    insta::assert_snapshot!(site.text("manifest.webmanifest"));
    let manifest: Value = serde_json::from_str(&site.text("manifest.webmanifest")).unwrap();
    // Its icons are there and as large as it says.
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    for icon in manifest["icons"].as_array().unwrap() {
        let drawn = image::open(public.join(icon["src"].as_str().unwrap().trim_start_matches('/'))).unwrap();
        let pixels = format!("{}x{}", drawn.width(), drawn.height());
        assert_eq!(icon["sizes"], pixels, "{icon}");
        // One that is cut to a phone's own shape reaches to the edge.
        let corner = drawn.to_rgba8().get_pixel(0, 0).0[3];
        assert_eq!(corner == 255, icon["purpose"] == "maskable", "{icon}");
    }
}

#[test]
fn a_site_can_give_its_worker_up() {
    let site = Site::new();
    site.build(&[]);
    assert!(site.path("sw.js").exists() && site.path("sw.js.br").exists());
    site.build(&["--no-worker"]);
    for name in ["sw.js", "sw.js.br", "sw.js.gz"] {
        assert!(!site.path(name).exists(), "{name}");
    }
}
