//! A list of which a phone loads a part: around its rider, of a link to far away, and what it says of the rest.

use std::fs;
use std::path::Path;
use std::process::Command;

use domain::coords::Wgs84;
use domain::dto::StationsDto;
use domain::geodesy::distance_m;
use domain::published::StationsFile;
use domain::read::read_stations;
use domain::shards::words::{Draft, Limits};
use domain::shards::{FOLDER, census, publish};
use domain::wire::encode;
use e2e::{Fault, Page, Scene, Server, dist, visit_at, workspace};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::hosts::staff;
use crate::steps::{SHENYANG, listed, locate, locate_at, raise_sheet};

/// Somewhere in Dalian, 350 km away.
pub const DALIAN: (f64, f64) = (38.9140, 121.6147);

/// The data of invented stations, 3,000 if nobody says otherwise, for the app as it was built.
pub struct Nation {
    folder: TempDir,
    /// Its stations.
    pub list: StationsFile,
}

impl Nation {
    pub fn new() -> Self {
        Self::of(3_000)
    }

    /// Of so many.
    pub fn of(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let map = workspace().join("public/basemap/liaoning.bin");
        let made = Command::new(staff())
            .args(["sample", "--count", &count.to_string(), "--seed", "1", "--basemap"])
            .arg(map)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let reading = read_stations(serde_json::from_slice::<StationsDto>(&made.stdout).unwrap());
        let list = StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations };
        let nation = Self { folder, list };
        nation.write(9);
        nation
    }

    /// Writes the data as an edition.
    pub fn write(&self, seq: u64) {
        let data = self.folder.path().join("data");
        fs::create_dir_all(data.join(FOLDER)).unwrap();
        let (root, files) = publish(&self.list);
        let (table, words) = Draft::new(&self.list, &spell).publish(Limits::default());
        let (census, counts) = census::publish(&root, &files);
        for file in files.into_iter().chain(words).chain(counts) {
            fs::write(data.join(file.path), file.bytes).unwrap();
        }
        let put = |kind: &str, bytes: Vec<u8>| {
            let digest =
                Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            let path = format!("{kind}-{}.bin", &digest[..16]);
            fs::write(data.join(&path), &bytes).unwrap();
            json!({ "kind": kind, "path": path, "sha256": digest, "len": bytes.len() })
        };
        let ours = [put("root", encode(&root)), put("words", encode(&table)), put("census", encode(&census))];
        let built = fs::read(dist().unwrap().join("data/index.json")).unwrap();
        let mut index: Value = serde_json::from_slice(&built).unwrap();
        index["seq"] = json!(seq);
        for file in index["files"].as_array_mut().unwrap() {
            if let Some(ours) = ours.iter().find(|ours| ours["kind"] == file["kind"]) {
                *file = ours.clone();
            }
        }
        fs::write(data.join("index.json"), index.to_string()).unwrap();
    }

    /// Where its data are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The app with these data.
    pub fn server(&self) -> Server {
        let dist = dist().unwrap();
        let server = Server::start(&dist).unwrap();
        server.mix(&[("/data/", self.folder.path()), ("/", Path::new(&dist))]);
        server
    }

    /// The stations of known place, the nearest first: id and metres.
    pub fn nearest(&self, from: (f64, f64)) -> Vec<(String, f64)> {
        let from = Wgs84::new(from.0, from.1).unwrap();
        let far = |station: &domain::station::Station| {
            Some((station.id.to_string(), distance_m(from, station.location.position?)))
        };
        let mut found: Vec<_> = self.list.stations.iter().filter_map(far).collect();
        found.sort_by(|one, other| one.1.total_cmp(&other.1));
        found
    }
}

/// How the characters are read that tests type in pinyin.
fn spell(c: char) -> Vec<String> {
    let known = [('浑', "hun"), ('南', "nan"), ('区', "qu"), ('独', "du"), ('远', "yuan"), ('长', "chang")];
    known.iter().filter(|(other, _)| *other == c).map(|(_, reading)| (*reading).to_owned()).collect()
}

/// The first rows are the nearest of the whole list, as far as distances are told apart.
#[track_caller]
fn check_nearest(page: &Page, nation: &Nation, from: (f64, f64)) {
    let all = nation.nearest(from);
    let rows = listed(page);
    assert!(rows.len() >= 10, "{rows:?}");
    let metres = |id: &String| all.iter().find(|(other, _)| other == id).unwrap().1;
    for (number, id) in rows.iter().enumerate() {
        // Of those that are shown as equally far the open one comes first.
        let (row, nearest) = (metres(id), all[number].1);
        assert!(
            (row - nearest).abs() <= if nearest < 1_000.0 { 10.0 } else { 100.0 },
            "{number}: {id} {row} {nearest}"
        );
    }
}

/// How many times shards of these data were asked for; the page that was built asks early for one of its own.
pub fn shards(page: &Page, nation: &Nation) -> usize {
    asked_shards(page, nation).len()
}

fn asked_shards(page: &Page, nation: &Nation) -> Vec<String> {
    let mut asked = page.server().asked();
    let ours = |path: &&String| {
        path.starts_with("/data/tree/stations-") && nation.folder.path().join(&path[1..]).exists()
    };
    asked.retain(|path| ours(&path));
    asked
}

#[test]
fn the_nearest_of_thousands_come_with_a_few_files() {
    let nation = Nation::new();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        raise_sheet(page);
        check_nearest(page, &nation, SHENYANG);
        // The map goes to the rider and these, however soon or late they came: its rings are wide.
        page.wait_until(
            "the map to be near",
            "(me => [...document.querySelectorAll('.ring')].some(ring => Math.abs(ring.getBoundingClientRect().top - me) > 100))(document.querySelector('.map-me')?.getBoundingClientRect().top)",
        );
        let text = page.text(".home .count");
        assert!(text.contains("全部 3000 个"), "{text}");
        let few = shards(page, &nation);
        assert!(few <= 30, "{few} files of {}", nation.list.stations.len());
        // Down the list more come, and they are the next ones.
        page.click_text(".list + .button", "再多看一些");
        page.wait_until("more rows", "document.querySelectorAll('.row').length > 40");
        page.wait_for_stations();
        check_nearest(page, &nation, SHENYANG);
        page.expect_complaint("preload");
    });
}

#[test]
fn elsewhere_other_stations_are_the_nearest() {
    let nation = Nation::new();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate_at(page, DALIAN);
        raise_sheet(page);
        check_nearest(page, &nation, DALIAN);
        page.expect_complaint("preload");
    });
}

#[test]
fn a_link_to_far_away_opens_and_an_unknown_one_says_so() {
    let nation = Nation::new();
    let far = nation.nearest(SHENYANG).pop().unwrap().0;
    let unplaced = nation.list.stations.iter().rfind(|station| station.location.position.is_none()).unwrap();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        for id in [far.as_str(), unplaced.id.as_str()] {
            let station = nation.list.stations.iter().find(|station| station.id.as_str() == id).unwrap();
            page.open_app(&format!("/s/{id}/"));
            page.wait_for_text("#page-title", station.name.get(domain::text::Lang::Zh));
        }
        page.open_app("/s/no-such-station/");
        page.wait_for_text("#page-title", "没有这个驿站");
        page.expect_complaint("preload");
    });
}

#[test]
fn a_shard_that_does_not_come_is_said_and_hides_nothing() {
    let nation = Nation::new();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        let before = listed(page).len();
        assert!(before > 0);
        page.server().fault("/data/tree/stations-*", Fault::Status(503));
        page.stand_at(DALIAN.0, DALIAN.1);
        page.click(".hero.ask .button.primary");
        page.wait_for("#part-missing");
        assert!(page.text("#part-missing").contains("不一定最近"));
        assert!(listed(page).len() >= before, "what is there stays");
        page.server().heal();
        page.server().mix(&[("/data/", nation.folder.path()), ("/", &dist().unwrap())]);
        page.click_text("#part-missing .button", "再试一次");
        page.wait_gone("#part-missing");
        page.wait_for_stations();
        raise_sheet(page);
        check_nearest(page, &nation, DALIAN);
        page.expect_complaint("preload");
        page.expect_complaint("503");
    });
}

#[test]
fn what_was_seen_shows_without_a_network_and_the_rest_says_it_is_not_there() {
    let nation = Nation::new();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        page.server().fault("/data/*", Fault::Refused);
        page.open_app("/");
        locate(page);
        raise_sheet(page);
        check_nearest(page, &nation, SHENYANG);
        page.wait_for(".banner.stale");
        // Nothing of Dalian is on this phone.
        let far = nation.nearest(DALIAN).swap_remove(0).0;
        page.open_app(&format!("/s/{far}/"));
        page.wait_for("#page-content .panel.problem");
        assert!(page.text("#page-content .panel.problem").contains("连不上网络"));
        page.expect_complaint("preload");
        page.expect_complaint("net::");
    });
}

#[test]
fn a_new_edition_replaces_all_that_was_shown() {
    let mut nation = Nation::new();
    let changed = nation.nearest(SHENYANG)[3].0.clone();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        let before = asked_shards(page, &nation);
        for station in &mut nation.list.stations {
            if station.id.as_str() == changed {
                station.name = domain::text::Text::zh("改名的驿站");
            }
        }
        nation.write(10);
        page.open_app("/");
        locate(page);
        page.wait_for_text(&format!("#row-{changed}"), "改名的驿站");
        raise_sheet(page);
        check_nearest(page, &nation, SHENYANG);
        // The others are kept: of what was there only what changed is asked for.
        let mut after = asked_shards(page, &nation).split_off(before.len());
        assert!(!after.is_empty());
        after.retain(|path| before.contains(path));
        assert_eq!(after, Vec::<String>::new());
        page.expect_complaint("preload");
    });
}
