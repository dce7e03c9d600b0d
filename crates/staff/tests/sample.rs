//! `staff sample`, run as people run it, and what its stations are like.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::geodesy::distance_m;
use domain::phone::Phone;
use domain::station::{Kind, Role, Station};
use domain::text::Lang;
use domain::time::Date;
use sha2::{Digest as _, Sha256};
use staff::sample::{self, Sample};
use staff::source;
use tool::{copy, data, staff, told};

fn basemap() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin")
}

fn sample(args: &[&str]) -> std::process::Output {
    staff().arg("sample").args(args).arg("--basemap").arg(basemap()).output().unwrap()
}

fn bytes(seed: u64, count: u64) -> Vec<u8> {
    let map = Basemap::from_bytes(&fs::read(basemap()).unwrap()).unwrap();
    let sample = Sample::new(&map, seed, Date::parse("2026-11-20").unwrap()).unwrap();
    let mut out = Vec::new();
    sample::write(&mut out, sample, count, || {}).unwrap();
    out
}

fn stations(seed: u64, count: u64) -> Vec<Station> {
    let (_, reading, items) = source::stations(&bytes(seed, count));
    assert_eq!(items, []);
    assert!(reading.dataset.unwrap().sample);
    assert_eq!(reading.stations.len() as u64, count);
    reading.stations
}

/// What anybody made with this version, anybody makes with the next one, on any machine.
#[test]
fn the_same_seed_gives_the_same_bytes() {
    let out = sample(&["--count", "300", "--seed", "7"]);
    assert_eq!(out.status.code(), Some(0));
    assert!(out.stderr.is_empty());
    assert_eq!(out.stdout, bytes(7, 300));
    let hash = Sha256::digest(&out.stdout).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    insta::assert_snapshot!(hash);
    assert_ne!(bytes(8, 300), out.stdout);
}

#[test]
fn a_longer_list_begins_with_the_shorter_one() {
    assert_eq!(stations(3, 0), []);
    let long = stations(3, 400);
    for count in [1, 50, 399] {
        let short = stations(3, count);
        assert_eq!(short, long[..short.len()]);
    }
}

#[test]
fn stations_stand_in_their_districts_and_not_on_each_other() {
    let map = Basemap::from_bytes(&fs::read(basemap()).unwrap()).unwrap();
    let list = stations(11, 3000);
    let places: Vec<(Wgs84, &Station)> =
        list.iter().filter_map(|station| Some((station.location.position?, station))).collect();
    let unplaced = list.len() - places.len();
    assert!((45..150).contains(&unplaced), "{unplaced} of 3000 without a place");
    for (at, station) in &places {
        assert_eq!(map.district_at(*at).unwrap().get(Lang::Zh), station.location.district, "{}", station.id);
    }
    // Sorted by latitude, so that only neighbours are compared: 15 m are less than 0.00014°.
    let mut sorted: Vec<Wgs84> = places.iter().map(|(at, _)| *at).collect();
    sorted.sort_by(|a, b| a.lat().total_cmp(&b.lat()));
    for (index, at) in sorted.iter().enumerate() {
        for other in sorted[index + 1..].iter().take_while(|other| other.lat() - at.lat() < 0.00014) {
            assert!(distance_m(*at, *other) > 15.0, "{at:?} {other:?}");
        }
    }
    let cities: BTreeSet<&str> = list.iter().map(|station| station.location.city.as_str()).collect();
    assert_eq!(cities.len(), 14);
    // As cities are: the fullest square kilometre has a hundred times its share of the province.
    let mut squares: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "degrees by a hundred fit")]
    for (at, _) in &places {
        *squares.entry(((at.lat() * 100.0) as i64, (at.lng() * 80.0) as i64)).or_default() += 1;
    }
    assert!(squares.values().max().unwrap() >= &15, "the fullest has {:?}", squares.values().max());
}

#[test]
fn stations_are_of_every_kind_and_say_that_they_are_invented() {
    let list = stations(1, 3000);
    let kinds: BTreeSet<Kind> = list.iter().map(|station| station.kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    let roles: BTreeSet<Role> = list.iter().flat_map(|it| &it.contacts).map(|contact| contact.role).collect();
    assert_eq!(roles.len(), Role::ALL.len());
    let names: BTreeSet<&str> = list.iter().map(|station| station.name.get(Lang::Zh)).collect();
    assert_eq!(names.len(), list.len(), "a name stands twice");
    assert!(names.iter().all(|name| name.contains("示例")));
    let english = list.iter().filter(|station| station.name.english().is_some()).count();
    assert!((1000..2000).contains(&english), "{english}");
    for count in [
        list.iter().filter(|station| !station.notices.is_empty()).count(),
        list.iter().filter(|station| !station.events.is_empty()).count(),
        list.iter().filter(|station| station.hours.is_none()).count(),
        list.iter().filter(|station| station.verified_at.is_none()).count(),
    ] {
        assert!((30..400).contains(&count), "{count}");
    }
    let unread = list.iter().filter(|station| station.hours.as_ref().is_some_and(|it| it.rules().is_err()));
    assert!(unread.count() <= 6);
}

/// No number in a sample may be anybody's.
#[test]
fn no_number_reaches_anybody() {
    let list = stations(5, 2000);
    let phones: Vec<&Phone> =
        list.iter().flat_map(|it| &it.contacts).flat_map(|contact| &contact.phones).collect();
    assert!(phones.len() > 3000);
    for phone in phones {
        match phone.dial() {
            Some(_) => assert!(phone.text().split_once('-').unwrap().1.starts_with("0000"), "{phone:?}"),
            None => assert!(phone.text().contains("****"), "{phone:?}"),
        }
    }
}

/// A sample is a list that can be published.
#[test]
fn a_sample_passes_the_check() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    fs::create_dir(folder.path().join("basemap")).unwrap();
    let map = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/basemap/liaoning.bin");
    fs::copy(map, folder.path().join("basemap/liaoning.bin")).unwrap();
    let list = folder.path().join("data/stations.json");
    let out = sample(&["--count", "500", "--seed", "2", "--force", "--out", list.to_str().unwrap()]);
    insta::assert_snapshot!("sample_done", told(&out, &[(folder.path(), "FOLDER")]));
    assert_eq!(fs::read(&list).unwrap(), bytes(2, 500));
    let names: Vec<_> = fs::read_dir(folder.path().join("data")).unwrap().map(|it| it.unwrap()).collect();
    assert!(names.iter().all(|name| !name.file_name().to_string_lossy().contains(".tmp")));
    let args = ["check", "--json", "--today", "2026-11-20", "--source"];
    let check = staff().args(args).arg(folder.path()).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!((report["errors"].as_u64(), report["stations"].as_u64()), (Some(0), Some(500)));
    // Some have no number or were not looked at for long, as in life; none is out of its place or not understood.
    let kinds = &report["kinds"];
    assert!(report["warnings"].as_u64().unwrap() < 50, "{kinds}");
    for kind in ["elsewhere", "close", "unclear_hours", "undialable", "over", "no_basemap"] {
        assert!(kinds[kind].is_null(), "{kinds}");
    }
}

#[test]
fn refusals() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.json");
    fs::write(&there, "mine").unwrap();
    let (there, new) = (there.to_str().unwrap(), folder.path().join("new.json"));
    let mut said = String::new();
    let mut say = |what: &str, out: std::process::Output| {
        said += &["== ", what, "\n", &told(&out, &[(folder.path(), "FOLDER")])].concat();
    };
    say("too many", sample(&["--count", "1000001", "--seed", "1", "--lang", "both"]));
    say("there already", sample(&["--count", "1", "--seed", "1", "--lang", "both", "--out", there]));
    say("as JSON", sample(&["--count", "1", "--seed", "1", "--json", "--out", there]));
    let of_no_map = |map: &str| {
        let args = ["sample", "--count", "1", "--seed", "1", "--lang", "both", "--basemap", map, "--out"];
        staff().args(args).arg(&new).output().unwrap()
    };
    say("no map", of_no_map("nowhere.bin"));
    say("not a map", of_no_map(there));
    let at = ["--count", "1", "--seed", "1", "--lang", "both", "--out", "nowhere/new.json"];
    say("no folder", sample(&at));
    say("a folder", sample(&["--count", "1", "--seed", "1", "--out", folder.path().to_str().unwrap()]));
    #[cfg(unix)]
    {
        let link = folder.path().join("link.json");
        std::os::unix::fs::symlink(there, &link).unwrap();
        let args = ["--count", "1", "--seed", "1", "--force", "--out", link.to_str().unwrap()];
        say("a link", sample(&args));
    }
    insta::assert_snapshot!(said);
    assert_eq!(fs::read_to_string(there).unwrap(), "mine");
    assert!(!new.exists());
    for wrong in [&["--count", "1"][..], &["--seed", "1"], &["--count", "-1", "--seed", "1"]] {
        assert_eq!(sample(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let help = staff().args(["sample", "--help"]).output().unwrap();
    insta::assert_snapshot!("help_sample", told(&help, &[]));
}
