//! Searching a list by its index of words finds what looking through the whole list finds, in its order.

#![allow(clippy::unwrap_used, reason = "a test that fails does so here")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::catalogue::{Catalogue, Part, Question};
use domain::coords::Wgs84;
use domain::dto::{ContactDto, DatasetDto, LocationDto, StationDto, StationsDto};
use domain::holidays::Holidays;
use domain::published::{FileKind, StationsFile};
use domain::read::read_stations;
use domain::readings::Readings;
use domain::search::{Match, Query};
use domain::shards::words::{Draft, Finder, Limits, Table};
use domain::shards::{Atlas, Blob, Need, Root, Step, publish};
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::{Wire, decode, encode};
use proptest::prelude::*;
use proptest::sample::select;

fn now() -> LocalDateTime {
    LocalDateTime::parse("2026-11-23T10:30").unwrap()
}

/// A small table: some characters with one reading, some with several.
fn spell(c: char) -> Vec<String> {
    let all = [
        ("沈", "shen chen"),
        ("阳", "yang"),
        ("浑", "hun"),
        ("南", "nan na"),
        ("区", "qu ou"),
        ("长", "chang zhang"),
        ("安", "an"),
        ("西", "xi"),
        ("爱", "ai"),
        ("心", "xin"),
        ("驿", "yi"),
        ("站", "zhan"),
        ("市", "shi"),
        ("银", "yin"),
        ("行", "xing hang"),
    ];
    let found = all.iter().find(|(other, _)| other.starts_with(c));
    found.map(|(_, readings)| readings.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

/// What names, addresses and organisations are put together from, and what is typed.
const PARTS: [&str; 16] = [
    "浑南",
    "长安",
    "西安",
    "沈阳",
    "爱心",
    "驿站",
    "银行",
    "区",
    "5号",
    "Bank",
    "ＡＢＣ",
    " ",
    "·",
    "某",
    "南",
    "行",
];
const TYPED: [&str; 34] = [
    "hnq",
    "hunnan",
    "hunn",
    "hun",
    "浑南",
    "浑",
    "站",
    "驿站",
    "爱心驿站",
    "axyz",
    "aixin",
    "沈阳",
    "chenyang",
    "sy",
    "syshn",
    "changan",
    "zhangan",
    "xian",
    "bank",
    "BANK",
    "ban",
    "ａｂｃ",
    "abc",
    "某浑南",
    "某",
    "浑南 bank",
    "hn bank",
    "5号",
    "沈阳浑南",
    "沈阳市·浑南区",
    "yinhang",
    "yinxing",
    "nothing",
    "an5",
];

/// Where, in which district, with which name, address and organisation.
type Made = (Option<(f64, f64)>, usize, Vec<&'static str>, Vec<&'static str>, Vec<&'static str>);

fn list(made: &[Made]) -> StationsFile {
    let areas = [("沈阳市", "浑南区"), ("沈阳市", "沈河区"), ("西安市", "长安区"), ("安阳市", "南区")];
    let stations = made.iter().enumerate().map(|(number, (at, area, name, address, organisation))| {
        let text =
            |parts: &Vec<&str>| Some(Text::zh(parts.concat())).filter(|_| !parts.concat().trim().is_empty());
        let (city, district) = areas[area % areas.len()];
        StationDto {
            id: Some(format!("s{}", number * 7919 % 100_003)),
            name: Some(text(name).unwrap_or_else(|| Text::zh("站"))),
            kind: Some("other".into()),
            hours: Some("24小时".into()),
            location: Some(LocationDto {
                lat: at.map(|at| (at.0 * 1e7).round() / 1e7),
                lng: at.map(|at| (at.1 * 1e7).round() / 1e7),
                city: Some(city.into()),
                district: Some(district.into()),
                address: text(address),
                ..LocationDto::default()
            }),
            contacts: text(organisation).map(|name| {
                vec![ContactDto {
                    role: Some("host".into()),
                    organisation: Some(name),
                    phone: Some("024-12345678".into()),
                    ..ContactDto::default()
                }]
            }),
            ..StationDto::default()
        }
    });
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let stations = Some(stations.collect());
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations });
    assert_eq!(reading.findings, []);
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// What a host serves.
struct Host {
    root: Root,
    table: Table,
    files: BTreeMap<String, Vec<u8>>,
}

impl Host {
    fn new(list: &StationsFile) -> Self {
        Self::within(list, Limits::default())
    }

    fn within(list: &StationsFile, limits: Limits) -> Self {
        let (root, mut made) = publish(list);
        let (table, words) = Draft::new(list, &spell).publish(limits);
        made.extend(words);
        let table = decode(&encode(&table)).unwrap();
        Self { root, table, files: made.into_iter().map(|made| (made.path, made.bytes)).collect() }
    }

    fn bytes(&self, kind: FileKind, blob: &Blob) -> &[u8] {
        let bytes = &self.files[&blob.path(kind)];
        assert_eq!(bytes.len() as u64, blob.len);
        bytes
    }

    fn read<T: Wire>(&self, kind: FileKind, blob: &Blob) -> T {
        decode(self.bytes(kind, blob)).unwrap()
    }
}

/// What was found by a phone, and with how many files.
struct Found {
    ids: Vec<String>,
    words: usize,
    shards: usize,
}

/// Searches as a phone does, until the first `rows` are certain.
fn search(host: &Host, typed: &str, from: Wgs84, rows: usize) -> Found {
    let question = Question {
        query: Query::new(typed),
        readings: Arc::new(host.read(FileKind::Readings, &host.table.readings)),
        from: Some(from),
        ..Question::default()
    };
    let mut finder = Finder::new(host.table.clone());
    let (mut words, mut shards) = (0, 0);
    while let missing = finder.missing(&question.query)
        && !missing.is_empty()
    {
        for blob in missing {
            words += 1;
            assert!(finder.add(blob.hash, host.bytes(FileKind::Words, &blob)));
        }
    }
    let cells = finder.cells(&question.query);
    let mut atlas = Atlas::new(host.root.entries.clone());
    let mut catalogue = Catalogue::empty(host.root.dataset.clone());
    loop {
        let hits = catalogue.ask(&question, now(), &Holidays::default());
        let named = hits.partition_point(|hit| hit.found == Match::Named);
        let next = [&hits[..named], &hits].into_iter().zip(&cells).find_map(|(hits, cells)| {
            let limit = hits.get(rows - 1).and_then(|hit| hit.metres);
            let need = Need { rows, limit, held: 0, room: 0 };
            match atlas.next_among(from, need, cells) {
                Step::Needed(entries) => Some(entries),
                _ => None,
            }
        });
        let Some(entries) = next else {
            let id = |index| catalogue.station(index).unwrap().id.to_string();
            let ids = hits.iter().take(rows).map(|hit| id(hit.index)).collect();
            return Found { ids, words, shards };
        };
        for entry in entries {
            if entry.below.is_page() {
                atlas.add_page(entry.blob.hash, Arc::new(host.read(FileKind::Page, &entry.blob)));
            } else {
                shards += 1;
                catalogue.add(Arc::new(Part::new(host.read(FileKind::Stations, &entry.blob))));
                atlas.add_shard(entry.blob.hash);
            }
        }
    }
}

/// The same by looking through the whole list.
fn whole(list: &StationsFile, typed: &str, from: Wgs84, rows: usize) -> Vec<String> {
    let all = Catalogue::new(list.dataset.clone(), list.stations.clone());
    let texts = list.stations.iter().flat_map(|station| {
        let location = &station.location;
        let organisations = station.contacts.iter().filter_map(|contact| contact.organisation.as_ref());
        let texts =
            std::iter::once(&station.name).chain(organisations).map(|text| text.get(domain::text::Lang::Zh));
        texts.chain([location.city.as_str(), location.district.as_str()])
    });
    let question = Question {
        query: Query::new(typed),
        readings: Arc::new(Readings::gather(texts, &spell)),
        from: Some(from),
        ..Question::default()
    };
    let hits = all.ask(&question, now(), &Holidays::default());
    hits.iter().take(rows).map(|hit| all.station(hit.index).unwrap().id.to_string()).collect()
}

fn parts() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(&PARTS[..]), 0..5)
}

fn made() -> impl Strategy<Value = Made> {
    let place = prop_oneof![
        6 => (41.70f64..41.90, 123.30f64..123.60).prop_map(Some),
        2 => (0u8..4, 0u8..4).prop_map(|(x, y)| Some((31.0 + f64::from(x) / 300.0, 121.0 + f64::from(y) / 300.0))),
        1 => (-90.0f64..90.0, -180.0f64..180.0).prop_map(Some),
        1 => Just(None),
    ];
    (place, 0usize..4, parts(), parts(), parts())
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(&TYPED[..]).prop_map(str::to_owned),
        1 => prop::collection::vec(select(&PARTS[..]), 1..5).prop_map(|parts| parts.concat()),
        1 => "[a-z]{1,7}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_search_finds_what_the_whole_list_has_in_its_order(
        made in prop::collection::vec(made(), 0..300), typed in typed(), rows in 1usize..40,
        lat in 31.0f64..42.0, lng in 121.0f64..123.5, cells in 1usize..300, node in 64usize..8_000,
    ) {
        let list = list(&made);
        let host = Host::within(&list, Limits { cells, node });
        let from = Wgs84::new(lat, lng).unwrap();
        let found = search(&host, &typed, from, rows);
        prop_assert_eq!(found.ids, whole(&list, &typed, from, rows), "{}", typed);
    }
}

/// A nation: a town every 2 degrees, each with the same names and one of its own.
fn nation(count: usize) -> Vec<Made> {
    let mut seed = 42_u64;
    let mut dice = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    let station = |number: usize| {
        let (x, y) = (number % 10, number / 10 % 10);
        let at = |town: usize, more: f64| f64::from(u8::try_from(town).unwrap()) * 2.0 + more;
        let at = (at(x, 22.0) + dice() / 5.0, at(y, 104.0) + dice() / 5.0);
        ((number % 97 != 0).then_some(at), number, vec!["爱心", "驿站"], vec!["某"], vec!["银行"])
    };
    (0..count).map(station).collect()
}

#[test]
fn a_far_name_is_found_with_a_few_files() {
    let mut made = nation(20_000);
    made[19_999].2 = vec!["西", "浑", "长", "行"];
    let list = list(&made);
    let host = Host::new(&list);
    let most =
        host.files.iter().filter(|(path, _)| path.contains("/words-")).map(|(_, bytes)| bytes.len()).max();
    assert!(most < Some(24_000), "{most:?}");
    let from = Wgs84::new(22.1, 104.1).unwrap();
    for typed in ["西浑长行", "xihunchang", "xhch"] {
        let found = search(&host, typed, from, 10);
        assert_eq!(found.ids, [list.stations[19_999].id.to_string()], "{typed}");
        assert!(found.words <= 6 && found.shards <= 4, "{typed}: {} and {} files", found.words, found.shards);
    }
    // What is everywhere is found next to the rider.
    for typed in ["站", "驿站", "axyz"] {
        let found = search(&host, typed, from, 10);
        assert_eq!(found.ids, whole(&list, typed, from, 10), "{typed}");
        assert!(found.words <= 6 && found.shards <= 4, "{typed}: {} and {} files", found.words, found.shards);
    }
    // What is nowhere takes no shard.
    let found = search(&host, "某西某", from, 10);
    assert_eq!((found.ids.len(), found.shards), (0, 0));
}

#[test]
fn an_edit_changes_the_files_of_its_words() {
    let names = |list: &StationsFile| {
        let (_, made) = Draft::new(list, &spell).publish(Limits::default());
        made.into_iter().map(|made| made.path).collect::<BTreeSet<_>>()
    };
    let hash = |list: &StationsFile| Draft::new(list, &spell).hash();
    let mut list = list(&nation(5_000));
    let (before, first) = (names(&list), hash(&list));
    list.stations[77].hours = None;
    assert_eq!((names(&list), hash(&list)), (before.clone(), first), "no word changed");
    list.stations.reverse();
    assert_eq!((names(&list), hash(&list)), (before.clone(), first), "the same list in another order");
    list.stations[77].name = Text::zh("浑南驿站");
    let after = names(&list);
    assert_ne!(hash(&list), first);
    assert!(after.difference(&before).count() <= 14, "{}", after.difference(&before).count());
}

#[test]
fn the_empty_list_is_searched() {
    let host = Host::new(&list(&[]));
    assert!(search(&host, "浑南", Wgs84::new(22.1, 104.1).unwrap(), 10).ids.is_empty());
}

#[test]
fn what_is_changed_is_no_node() {
    let host = Host::new(&list(&nation(300)));
    let bytes = host.files.iter().find(|(path, _)| path.contains("/words-")).unwrap().1;
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        // Nonsense or not: never a panic.
        let mut finder = Finder::new(host.table.clone());
        let blob = finder.missing(&Query::new("驿站"))[0];
        if finder.add(blob.hash, &bytes) {
            let _ = finder.cells(&Query::new("驿站"));
        }
    }
    for end in 0..bytes.len() {
        assert!(!Finder::new(host.table.clone()).add([0; 16], &bytes[..end]), "{end}");
    }
}
