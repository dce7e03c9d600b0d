//! `staff build`, run as people and Trunk run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use domain::holidays::Holidays;
use domain::published::{FileKind, Index, StationsFile};
use domain::site::Site as Settings;
use domain::wire::decode;
use tempfile::TempDir;
use tool::{copy, data, listing, replace, staff, told};

/// A source that may be changed, and a folder with the app's page in it.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        copy(&data("good"), &site.source());
        fs::create_dir(site.out()).unwrap();
        fs::copy(data("page.html"), site.out().join("index.html")).unwrap();
        site
    }

    fn source(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    fn stations(&self) -> PathBuf {
        self.source().join("data/stations.json")
    }

    fn command(&self) -> Command {
        let mut command = staff();
        command.args(["build", "--today", "2026-10-20", "--source"]).arg(self.source());
        command
    }

    fn run(&self, more: &[&str]) -> Output {
        self.command().arg("--out").arg(self.out()).args(more).output().unwrap()
    }

    fn told(&self, output: &Output) -> String {
        told(output, &[(self.folder.path(), "")])
    }

    /// Builds, and gives back the index.
    fn build(&self) -> Index {
        let output = self.run(&[]);
        assert!(output.status.success(), "{}", self.told(&output));
        index(&self.out())
    }

    fn page(&self) -> String {
        fs::read_to_string(self.out().join("index.html")).unwrap()
    }

    fn list(&self) -> String {
        fs::read_to_string(self.out().join("list.html")).unwrap()
    }
}

fn index(out: &Path) -> Index {
    serde_json::from_slice(&fs::read(out.join("data/index.json")).unwrap()).unwrap()
}

#[test]
fn good_data_is_published() {
    let site = Site::new();
    insta::assert_snapshot!(site.told(&site.run(&[])));
    let names: Vec<String> =
        listing(&site.out()).into_keys().map(|path| path.display().to_string()).collect();
    insta::assert_snapshot!("files", names.join("\n"));
    insta::assert_snapshot!("index", fs::read_to_string(site.out().join("data/index.json")).unwrap());
    insta::assert_snapshot!("page", site.page().replace("<link", "\n<link"));
    insta::assert_snapshot!("list", site.list().replace("<li ", "\n<li ").replace("<p>", "\n<p>"));
    insta::assert_snapshot!("not_found", fs::read_to_string(site.out().join("404.html")).unwrap());
}

#[test]
fn files_are_what_the_index_says() {
    let site = Site::new();
    let index = site.build();
    assert_eq!((index.seq, index.schema, index.min_app), (7, domain::SCHEMA, 1));
    assert_eq!(index.published_at, "2026-11-11");
    assert!(index.min_app <= domain::APP_LEVEL, "this app must be able to read what is published");
    for file in &index.files {
        let bytes = fs::read(site.out().join("data").join(&file.path)).unwrap();
        assert_eq!(bytes.len() as u64, file.len);
        assert!(file.path.contains(&file.sha256[..16]));
        // The app reads what is published.
        match file.kind {
            FileKind::Stations => {
                assert_eq!(file.bbox, Some([121_300_000, 39_550_000, 123_431_207, 41_742_153]));
                assert_eq!(decode::<StationsFile>(&bytes).unwrap().stations.len(), 3);
            }
            FileKind::Site => {
                decode::<Settings>(&bytes).unwrap();
            }
            FileKind::Holidays => {
                decode::<Holidays>(&bytes).unwrap();
            }
            FileKind::Basemap | FileKind::Now | FileKind::Other => {}
        }
    }
}

#[test]
fn packed_files_unpack_to_the_file() {
    let site = Site::new();
    site.build();
    let mut packed = 0;
    for (path, bytes) in listing(&site.out()) {
        let path = site.out().join(path);
        let (Some(bytes), Some(extension)) = (bytes, path.extension()) else {
            continue;
        };
        let mut unpacked = Vec::new();
        if extension == "br" {
            brotli::BrotliDecompress(&mut bytes.as_slice(), &mut unpacked).unwrap();
        } else if extension == "gz" {
            std::io::copy(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut unpacked).unwrap();
        } else {
            continue;
        }
        assert_eq!(unpacked, fs::read(path.with_extension("")).unwrap(), "{}", path.display());
        packed += 1;
    }
    assert!(packed >= 10, "{packed}");
}

#[test]
fn two_builds_are_the_same_to_the_byte() {
    let (one, two) = (Site::new(), Site::new());
    one.build();
    two.build();
    let first = listing(&one.out());
    assert_eq!(first, listing(&two.out()));
    // And again into the same folder.
    one.build();
    assert_eq!(first, listing(&one.out()));
}

#[test]
fn data_with_errors_changes_nothing() {
    let site = Site::new();
    site.build();
    let before = listing(&site.folder.path().join("dist"));
    replace(&site.stations(), "\"kind\": \"company\"", "\"kind\": \"firm\"");
    replace(&site.stations(), "\"sy-nowhere\"", "\"sy nowhere\"");
    let output = site.run(&[]);
    insta::assert_snapshot!(site.told(&output));
    assert_eq!(before, listing(&site.out()));
    let output = site.run(&["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["ok"], &json["check"]["errors"]), (&false.into(), &2.into()));
    assert_eq!(before, listing(&site.out()));
}

#[test]
fn pages_that_cannot_be_completed_change_nothing() {
    let site = Site::new();
    let page = site.out().join("index.html");
    replace(&page, "<!--preload-->", "<!--preload--><!--preload-->");
    let before = listing(&site.out());
    insta::assert_snapshot!(site.told(&site.run(&[])));
    assert_eq!(before, listing(&site.out()));
    fs::remove_file(&page).unwrap();
    insta::assert_snapshot!("no_page", site.told(&site.run(&[])));
    assert!(listing(&site.out()).is_empty());
}

#[test]
fn the_number_goes_up_with_changes_and_never_back() {
    let site = Site::new();
    let first = site.build();
    assert_eq!(first.seq, 7);
    assert_eq!(site.build().seq, 7, "the same data");

    replace(&site.stations(), "北门进", "南门进");
    assert_eq!(site.build().seq, 8, "changed data of the same revision");
    replace(&site.stations(), "南门进", "北门进");
    assert_eq!(site.build().seq, 9, "changed back is a change too");
    replace(&site.stations(), "\"revision\": 7", "\"revision\": 40");
    assert_eq!(site.build().seq, 40, "a higher revision");
    replace(&site.stations(), "\"revision\": 40", "\"revision\": 3");
    assert_eq!(site.build().seq, 41, "a lower revision");

    fs::write(site.out().join("data/index.json"), "{}").unwrap();
    let before = listing(&site.out());
    insta::assert_snapshot!(site.told(&site.run(&[])));
    assert_eq!(before, listing(&site.out()));
}

/// Trunk builds into an empty folder, beside the site that is published, and calls the hook with these variables.
#[test]
fn trunk_says_where_by_its_variables() {
    let site = Site::new();
    let stage = site.folder.path().join("stage");
    site.build();
    replace(&site.stations(), "北门进", "南门进");
    fs::create_dir(&stage).unwrap();
    fs::copy(data("page.html"), stage.join("index.html")).unwrap();
    let before = listing(&site.out());
    let output = site
        .command()
        .env("TRUNK_STAGING_DIR", &stage)
        .env("TRUNK_DIST_DIR", site.out())
        .env("TRUNK_PROFILE", "debug")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", site.told(&output));
    assert_eq!(index(&stage).seq, 8);
    assert_eq!(before, listing(&site.out()));
    let packed =
        |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "br" || extension == "gz");
    assert_eq!(listing(&stage).keys().filter(packed).count(), 0, "a debug build is not packed");
    assert!(before.keys().filter(packed).count() > 0);
}

#[test]
fn packed_forms_of_old_content_do_not_stay() {
    let site = Site::new();
    site.build();
    replace(&site.stations(), "北门进", "南门进");
    let output = site.run(&["--no-pack"]);
    assert!(output.status.success());
    let stale = listing(&site.out()).into_keys().find(|path| path.extension().is_some_and(|it| it == "br"));
    assert_eq!(stale, None);
}

#[test]
fn hostile_names_stay_text() {
    let site = Site::new();
    let name = r#"</li><script>alert(1)</script><img src=x onerror='alert(2)'>\"&<!--/stations-->"#;
    replace(&site.stations(), "位置待定的驿站", name);
    replace(&site.stations(), "024-00000002", r#"024-00000002\"><b>"#);
    replace(&site.stations(), "浑河站东街道示例路 1 号", "<base href=//evil.example>");
    replace(&site.source().join("data/site.json"), "爱心驿站地图", "</title><script>alert(3)</script>");
    site.build();
    for page in [site.page(), site.list(), fs::read_to_string(site.out().join("404.html")).unwrap()] {
        for tag in ["<script", "<img", "<base", "<b>", "</title><s"] {
            assert!(!page.contains(tag), "{tag} in {page}");
        }
        assert!(page.contains("&lt;script&gt;alert("));
    }
    let list = site.list();
    assert!(
        list.contains("onerror=&#39;alert(2)&#39;&gt;&quot;&amp;&lt;!--/stations--&gt;</a></h3>"),
        "{list}"
    );
}

/// Long lists are cut to name, address and telephone, and every station is still in them.
#[test]
fn long_lists_are_brief() {
    let site = Site::new();
    let mut stations: serde_json::Value =
        serde_json::from_slice(&fs::read(site.stations()).unwrap()).unwrap();
    let list = stations["stations"].as_array_mut().unwrap();
    for number in 0..600 {
        let mut station = list[0].clone();
        station["id"] = format!("copy-{number}").into();
        list.push(station);
    }
    fs::write(site.stations(), stations.to_string()).unwrap();
    // Nor are there 600 images to be drawn.
    replace(&site.source().join("data/site.json"), "\"https://stations.example.org/\"", "null");
    site.build();
    let page = site.list();
    assert_eq!(page.matches("<li ").count(), 603);
    let (_, page) = page.split_once("<body>").unwrap();
    assert!(!page.contains("开放时间") && page.contains("tel:02400000002"));
}

#[test]
fn no_stations_at_all() {
    let site = Site::new();
    let mut stations: serde_json::Value =
        serde_json::from_slice(&fs::read(site.stations()).unwrap()).unwrap();
    stations["stations"] = serde_json::json!([]);
    fs::write(site.stations(), stations.to_string()).unwrap();
    let index = site.build();
    assert_eq!((index.published_at.as_str(), index.files[0].bbox), ("", None));
    assert!(site.list().contains("0 个站点"));
}
