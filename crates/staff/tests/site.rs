//! The site that `staff build` makes around the data: photos, pages, downloads, and what stays of the site before.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "site/areas.rs"]
mod areas;
#[path = "site/pages.rs"]
mod pages;
#[path = "site/photos.rs"]
mod photos;
#[path = "site/safety.rs"]
mod safety;
mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use domain::published::FileKind;
use domain::shards::{Blob, Entry, Root, ids};
use domain::station::Station;
use domain::wire::decode;
use serde_json::Value;
use tempfile::TempDir;
use tool::{copy, data, listing, replace, staff, told};

/// A source that may be changed, and a folder with the app's page in it.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        copy(&data("good"), &site.folder.path().join("public"));
        fs::create_dir(site.out()).unwrap();
        fs::copy(data("page.html"), site.path("index.html")).unwrap();
        site
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    /// A file of the site.
    fn path(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    fn stations(&self) -> PathBuf {
        self.folder.path().join("public/data/stations.json")
    }

    fn command(&self, today: &str) -> Command {
        let mut command = staff();
        command.args(["build", "--today", today, "--source"]).arg(self.folder.path().join("public"));
        command
    }

    fn run(&self, today: &str, more: &[&str]) -> Output {
        self.command(today).arg("--out").arg(self.out()).args(more).output().unwrap()
    }

    #[track_caller]
    fn build_on(&self, today: &str, more: &[&str]) {
        let output = self.run(today, more);
        assert!(output.status.success(), "{}", self.told(&output));
    }

    #[track_caller]
    fn build(&self) {
        self.build_on("2026-10-20", &[]);
    }

    /// Builds into another folder, after the site that is published; gives back where.
    #[track_caller]
    fn build_next(&self) -> PathBuf {
        let next = self.folder.path().join("next");
        fs::create_dir(&next).unwrap();
        fs::copy(data("page.html"), next.join("index.html")).unwrap();
        let mut command = self.command("2026-10-20");
        let output = command.arg("--out").arg(&next).arg("--previous").arg(self.out()).output().unwrap();
        assert!(output.status.success(), "{}", self.told(&output));
        next
    }

    fn told(&self, output: &Output) -> String {
        told(output, &[(self.folder.path(), "")])
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The names of the files in a folder of the site, without packed ones.
    fn names(&self, folder: &str) -> Vec<String> {
        let names = listing(&self.path(folder)).into_keys().map(|path| path.display().to_string());
        names.filter(|name| ![".br", ".gz"].iter().any(|packed| name.ends_with(packed))).collect()
    }

    /// Changes the list of stations.
    fn change(&self, change: impl FnOnce(&mut Vec<Value>)) {
        let mut list: Value = serde_json::from_slice(&fs::read(self.stations()).unwrap()).unwrap();
        change(list["stations"].as_array_mut().unwrap());
        fs::write(self.stations(), list.to_string()).unwrap();
    }
}

/// The data files that the site's index names, each of which is there and whole.
#[track_caller]
fn check_whole(out: &Path) {
    let index: Value = serde_json::from_slice(&fs::read(out.join("data/index.json")).unwrap()).unwrap();
    let files = index["files"].as_array().unwrap();
    assert!(!files.is_empty());
    for file in files {
        let bytes = fs::read(out.join("data").join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(Some(bytes.len() as u64), file["len"].as_u64(), "{file}");
        if file["kind"] == "root" {
            let root: Root = decode(&bytes).unwrap();
            let mut entries = root.entries;
            while let Some(entry) = entries.pop() {
                let bytes = named(out, entry.below.kind(), &entry.blob);
                if entry.below.is_page() {
                    entries.extend(decode::<Vec<Entry>>(&bytes).unwrap());
                } else {
                    assert_eq!(decode::<Vec<Station>>(&bytes).unwrap().len() as u64, entry.count);
                }
            }
            named(out, FileKind::Places, &root.places);
            let table: ids::Table = decode(&named(out, FileKind::Ids, &root.ids)).unwrap();
            for bucket in &table.buckets {
                named(out, FileKind::Ids, bucket);
            }
        }
    }
}

/// The bytes of a file of the tree, which are as long as is said.
fn named(out: &Path, kind: FileKind, blob: &Blob) -> Vec<u8> {
    let bytes = fs::read(out.join("data").join(blob.path(kind))).unwrap();
    assert_eq!(bytes.len() as u64, blob.len);
    bytes
}

#[test]
fn a_station_has_a_page_of_its_own() {
    let site = Site::new();
    site.build();
    insta::assert_snapshot!("station", site.text("s/sy-yuetanshan/index.html").replace('<', "\n<"));
    insta::assert_snapshot!(
        "station_of_unknown_place",
        site.text("s/sy-nowhere/index.html").replace('<', "\n<")
    );
    assert!(
        !site.text("s/dl-hengli/index.html").contains("url=/list.html"),
        "it leads away from its own text"
    );
    assert!(site.text("index.html").contains("url=/list.html"));
    for id in ["sy-yuetanshan", "dl-hengli", "sy-nowhere"] {
        let own = site.text(&format!("s/{id}/index.html")).len() - site.text("index.html").len();
        assert!(own < 9 * 1024, "{id}: {own} bytes");
    }
}

#[test]
fn hostile_names_stay_text_in_pages() {
    let site = Site::new();
    let hostile = "</title><script>alert(1)</script><!--/station-->\" onload='x'";
    site.change(|stations| {
        for field in ["name", "hours", "source"] {
            stations[0][field] = hostile.into();
        }
        stations[0]["contacts"][0]["organisation"] = hostile.into();
        stations[0]["location"]["address"] = hostile.into();
        stations[0]["amenities"][0]["note"] = hostile.into();
        stations[0]["notices"][0]["text"] = hostile.into();
    });
    site.build();
    let page = site.text("s/sy-yuetanshan/index.html");
    assert!(page.contains("&lt;script&gt;"));
    // The one block of data cannot be ended from within.
    let (_, block) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (block, rest) = block.split_once("</script>").unwrap();
    assert!(!page.replacen("<script", "", 1).contains("<script") && !rest.contains("</script"), "{page}");
    assert!(!block.contains('<'));
    let place: Value = serde_json::from_str(block).unwrap();
    assert_eq!(place["name"], hostile);
    assert_eq!(page.matches("<!--/station-->").count(), 1);
    assert!(!page.replace(block, "").contains("\" onload"));
    let map = site.text("data/open/stations.geojson");
    assert!(serde_json::from_str::<Value>(&map).is_ok());
}

#[test]
fn search_engines_and_downloads() {
    let site = Site::new();
    site.change(|stations| stations[1]["name"] = "=HYPERLINK(\"https://evil.example\")".into());
    site.build();
    insta::assert_snapshot!("sitemap", site.text("sitemap.xml"));
    insta::assert_snapshot!("robots", site.text("robots.txt"));
    insta::assert_snapshot!("csv", site.text("data/open/stations.csv").replace('\u{feff}', "<BOM>"));
    insta::assert_snapshot!("geojson", site.text("data/open/stations.geojson"));
    insta::assert_snapshot!("json", site.text("data/open/stations.json"));
    insta::assert_snapshot!("licence", site.text("data/open/LICENCE.txt"));
    for form in ["csv", "geojson", "json"] {
        assert!(site.text("list.html").contains(&format!("href=\"/data/open/stations.{form}\"")));
        assert!(
            !site.text(&format!("data/open/stations.{form}")).contains("示例同志"),
            "{form} names a person"
        );
    }
}

/// A link in a group chat outlives its station.
#[test]
fn the_page_of_a_station_that_is_gone_says_so() {
    let site = Site::new();
    site.build();
    fs::create_dir(site.path("s/somebody-elses")).unwrap();
    fs::write(site.path("s/somebody-elses/index.html"), "<p>mine").unwrap();
    let first = listing(&site.out());
    let mut gone = Value::Null;
    site.change(|stations| gone = stations.remove(1));
    site.build();
    insta::assert_snapshot!("gone", site.text("s/dl-hengli/index.html"));
    assert!(!site.text("sitemap.xml").contains("dl-hengli"));
    assert_eq!(site.text("s/somebody-elses/index.html"), "<p>mine");
    // It stays, also when the next build goes into another folder.
    let next = site.build_next();
    assert_eq!(
        fs::read_to_string(next.join("s/dl-hengli/index.html")).unwrap(),
        site.text("s/dl-hengli/index.html")
    );
    assert!(!next.join("s/somebody-elses").exists());
    // And a station that comes back has its page again.
    site.change(|stations| stations.insert(1, gone));
    site.build();
    let page = Path::new("s/dl-hengli/index.html").to_owned();
    assert_eq!(listing(&site.out())[&page], first[&page]);
}

/// The files that are old, as the record beside the site has them, and since when.
fn old(site: &Site) -> Vec<(String, String)> {
    let record: Value = serde_json::from_str(&site.text(".staff-old.json")).unwrap();
    let since = |(path, day): (&String, &Value)| (path.clone(), day.as_str().unwrap().to_owned());
    record.as_object().unwrap().iter().map(since).collect()
}

#[test]
fn old_files_stay_for_a_month() {
    let site = Site::new();
    site.build();
    fs::write(site.path("data/notes-0123456789abcdef.txt"), "mine").unwrap();
    let shards = || site.names("data/tree").iter().filter(|name| name.starts_with("stations-")).count();
    let before = shards();
    replace(&site.stations(), "北门进", "南门进");
    site.build_on("2026-11-01", &[]);
    insta::assert_snapshot!("old_record", site.text(".staff-old.json"));
    // The shard that changed, and the root that names it; where its words are, and what leads there. No other.
    let first = old(&site);
    let is = |start: &str| first.iter().filter(|(path, _)| path.starts_with(start)).count();
    assert_eq!((is("data/tree/stations-"), is("data/root-"), is("data/words-")), (1, 1, 1), "{first:?}");
    assert_eq!(first.len(), 3 + is("data/tree/words-"), "{first:?}");
    let stands = |wanted: bool| first.iter().all(|(path, _)| site.path(path).exists() == wanted);
    assert!(stands(true));
    check_whole(&site.out());
    // Built again and again, the day stays; 30 days later the files do, too.
    site.build_on("2026-11-20", &[]);
    site.build_on("2026-12-01", &[]);
    assert!(stands(true));
    assert_eq!(old(&site), first);
    insta::assert_snapshot!("old_removed", site.told(&site.run("2026-12-02", &[])));
    assert!(stands(false));
    assert_eq!(shards(), before);
    assert!(!site.path(".staff-old.json").exists());
    assert!(first.iter().all(|(path, _)| !site.path(&format!("{path}.br")).exists()));
    assert_eq!(site.text("data/notes-0123456789abcdef.txt"), "mine");
    check_whole(&site.out());
    // Changed back and forth: what is named again is not old.
    replace(&site.stations(), "南门进", "北门进");
    site.build_on("2026-12-03", &[]);
    replace(&site.stations(), "北门进", "南门进");
    site.build_on("2026-12-04", &[]);
    let later: Vec<_> = first.iter().map(|(path, _)| (path.clone(), "2026-12-04".to_owned())).collect();
    assert_eq!(old(&site), later);
    // Who wants the room has it.
    site.build_on("2026-12-05", &["--prune"]);
    assert!(stands(false));
    check_whole(&site.out());
}

/// Trunk builds into an empty folder: what the site before names is taken along, the app's own files too.
#[test]
fn old_files_are_taken_along_into_a_new_folder() {
    let site = Site::new();
    let app = "love-stations-0123456789abcdef_bg.wasm";
    fs::write(site.path(app), "old app").unwrap();
    site.build();
    let before = site.names("data");
    replace(&site.stations(), "北门进", "南门进");
    let next = site.folder.path().join("next");
    fs::create_dir(&next).unwrap();
    fs::copy(data("page.html"), next.join("index.html")).unwrap();
    let build = |today: &str| {
        let output =
            site.command(today).arg("--out").arg(&next).arg("--previous").arg(site.out()).output().unwrap();
        assert!(output.status.success(), "{}", site.told(&output));
    };
    build("2026-11-01");
    for name in &before {
        assert!(next.join("data").join(name).exists(), "{name}");
    }
    assert_eq!(fs::read_to_string(next.join(app)).unwrap(), "old app");
    check_whole(&next);
    build("2026-12-02");
    assert!(!next.join(app).exists());
    check_whole(&next);
}
