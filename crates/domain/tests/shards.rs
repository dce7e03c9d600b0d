//! The tree of shards: what is loaded step by step answers as the whole list does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails does so here")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::catalogue::{Catalogue, Part, Question};
use domain::coords::Wgs84;
use domain::dto::{DatasetDto, LocationDto, StationDto, StationsDto};
use domain::filter::{Filter, OpenWhen};
use domain::geodesy::distance_m;
use domain::holidays::Holidays;
use domain::published::{FileKind, StationsFile};
use domain::read::read_stations;
use domain::shards::{Atlas, Below, Entry, Extent, Need, Root, Step, ids, publish, settled};
use domain::station::{Kind, Station};
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::{Wire, decode, encode};
use proptest::prelude::*;

fn now() -> LocalDateTime {
    LocalDateTime::parse("2026-11-23T10:30").unwrap()
}

/// A station: where, in which district, open how, of which kind.
type Made = (Option<(f64, f64)>, u8, u8, bool);

/// To the centimetre, as positions are published: two stations a hair apart are as far as each other then.
fn published(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

fn list(made: &[Made]) -> StationsFile {
    let hours = ["24小时", "09:00-17:00", "01:00-02:00"];
    let stations = made.iter().enumerate().map(|(number, &(at, district, open, bank))| StationDto {
        // Not in the order of the list.
        id: Some(format!("s{}", number * 7919 % 100_003)),
        name: Some(Text::zh("站")),
        kind: Some(if bank { "bank" } else { "other" }.into()),
        location: Some(LocationDto {
            lat: at.map(|at| published(at.0)),
            lng: at.map(|at| published(at.1)),
            city: Some(format!("城{}", district / 4)),
            district: Some(format!("区{district}")),
            ..LocationDto::default()
        }),
        hours: hours.get(usize::from(open)).map(|hours| (*hours).to_owned()),
        ..StationDto::default()
    });
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let stations = Some(stations.collect());
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations });
    assert_eq!(reading.findings, []);
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// What a host serves: bytes by name.
struct Host {
    root: Root,
    files: BTreeMap<String, Vec<u8>>,
}

impl Host {
    fn new(list: &StationsFile) -> Self {
        let (root, made) = publish(list);
        let root = decode(&encode(&root)).unwrap();
        Self { root, files: made.into_iter().map(|made| (made.path, made.bytes)).collect() }
    }

    fn read<T: Wire>(&self, kind: FileKind, blob: &domain::shards::Blob) -> T {
        let bytes = &self.files[&blob.path(kind)];
        assert_eq!(bytes.len() as u64, blob.len);
        decode(bytes).unwrap()
    }
}

/// What a phone has.
struct Phone<'a> {
    host: &'a Host,
    atlas: Atlas,
    catalogue: Catalogue,
    asked: usize,
}

impl<'a> Phone<'a> {
    fn new(host: &'a Host) -> Self {
        let atlas = Atlas::new(host.root.entries.clone());
        Self { host, atlas, catalogue: Catalogue::empty(host.root.dataset.clone()), asked: 0 }
    }

    fn load(&mut self, entry: &Entry) {
        self.asked += 1;
        match entry.below {
            Below::Page | Below::UnplacedPage => {
                let page = self.host.read(FileKind::Page, &entry.blob);
                self.atlas.add_page(entry.blob.hash, Arc::new(page));
            }
            Below::Placed | Below::Unplaced => {
                let stations: Vec<Station> = self.host.read(FileKind::Stations, &entry.blob);
                assert_eq!(stations.len() as u64, entry.count);
                self.catalogue.add(Arc::new(Part::new(stations)));
                self.atlas.add_shard(entry.blob.hash);
            }
        }
    }

    /// The ids of the nearest that fit, as many as are certain, once `rows` are or all are loaded.
    fn nearest(&mut self, from: Wgs84, filter: &Filter, rows: usize, room: usize) -> Vec<String> {
        let question = Question { filter: filter.clone(), from: Some(from), ..Question::default() };
        loop {
            let hits = self.catalogue.ask(&question, now(), &Holidays::default());
            let limit = hits.get(rows - 1).and_then(|hit| hit.metres);
            let need = Need { rows, limit, held: self.catalogue.len(), room };
            let entries = match self.atlas.next(from, need) {
                Step::Needed(entries) | Step::Ahead(entries) => entries,
                Step::Done => {
                    let certain = settled(&hits, self.atlas.horizon(from));
                    let id = |index| self.catalogue.station(index).unwrap().id.to_string();
                    return hits.iter().take(certain).map(|hit| id(hit.index)).collect();
                }
            };
            for entry in &entries {
                self.load(entry);
            }
        }
    }
}

/// The ids of all that fit, in the order of the whole list.
fn whole(list: &StationsFile, from: Wgs84, filter: &Filter) -> Vec<String> {
    let all = Catalogue::new(list.dataset.clone(), list.stations.clone());
    let question = Question { filter: filter.clone(), from: Some(from), ..Question::default() };
    let hits = all.ask(&question, now(), &Holidays::default());
    hits.iter().map(|hit| all.station(hit.index).unwrap().id.to_string()).collect()
}

fn filters() -> [Filter; 4] {
    let open = Filter { open: OpenWhen::Now, ..Filter::default() };
    let bank = Filter { kind: Some(Kind::Bank), ..Filter::default() };
    [Filter::default(), open.clone(), bank.clone(), Filter { kind: bank.kind, ..open }]
}

/// Somewhere: in a town, on the grid of another, at a pole, at the antimeridian, anywhere, nowhere known.
fn place() -> impl Strategy<Value = Option<(f64, f64)>> {
    prop_oneof![
        6 => (41.70f64..41.90, 123.30f64..123.60).prop_map(Some),
        3 => (0u8..5, 0u8..5).prop_map(|(x, y)| Some((31.0 + f64::from(x) / 500.0, 121.0 + f64::from(y) / 500.0))),
        1 => (89.9f64..90.0, -180.0f64..180.0).prop_map(Some),
        1 => (-1.0f64..1.0, 179.9f64..180.0).prop_map(Some),
        1 => (-1.0f64..1.0, -180.0f64..-179.9).prop_map(Some),
        1 => (-90.0f64..90.0, -180.0f64..180.0).prop_map(Some),
        1 => Just(None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// The nearest of what is loaded are those of the nation, in its order, and as many as were wanted.
    #[test]
    fn the_nearest_are_those_of_the_whole_list(
        made in prop::collection::vec((place(), 0u8..12, 0u8..4, prop::bool::ANY), 0..400),
        from in place(), rows in 1usize..30, room in 0usize..200, which in 0usize..4,
    ) {
        let list = list(&made);
        let host = Host::new(&list);
        let (lat, lng) = from.unwrap_or((41.8, 123.4));
        let from = Wgs84::new(lat, lng).unwrap();
        let filter = &filters()[which];
        let mut phone = Phone::new(&host);
        let found = phone.nearest(from, filter, rows, room);
        let expected = whole(&list, from, filter);
        prop_assert!(found.len() >= rows.min(expected.len()), "{} of {}", found.len(), expected.len());
        prop_assert_eq!(&found[..], &expected[..found.len()]);
        // And on from there, from elsewhere.
        let from = Wgs84::new(-lat, lng).unwrap();
        let found = phone.nearest(from, &filters()[0], rows, room);
        let expected = whole(&list, from, &filters()[0]);
        prop_assert!(found.len() >= rows.min(expected.len()));
        prop_assert_eq!(&found[..], &expected[..found.len()]);
    }

    /// Nothing is nearer than its extent says, and never much farther than the extent's far corner.
    #[test]
    fn an_extent_is_no_farther_than_what_is_in_it(from in place(), inside in prop::collection::vec(place(), 1..5)) {
        let inside: Vec<Wgs84> =
            inside.into_iter().flatten().map(|(lat, lng)| Wgs84::new(lat, lng).unwrap()).collect();
        let (Some((lat, lng)), Some(extent)) =
            (from, inside.iter().map(|at| Extent::of(*at)).reduce(Extent::with)) else { return Ok(()) };
        let from = Wgs84::new(lat, lng).unwrap();
        for at in inside {
            prop_assert!(extent.least_m(from) <= distance_m(from, at));
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Every station of the list is found by its id, with two small files and what stands at its place; no other id is.
    #[test]
    fn ids_lead_to_their_shard(
        made in prop::collection::vec((place(), 0u8..12, Just(0), Just(false)), 0..300), other in "[a-z]{1,8}",
    ) {
        let list = list(&made);
        let host = Host::new(&list);
        let table: ids::Table = host.read(FileKind::Ids, &host.root.ids);
        for id in list.stations.iter().map(|station| station.id.as_str()).chain([other.as_str()]) {
            let bucket: ids::Bucket = host.read(FileKind::Ids, table.bucket(id).unwrap());
            let mut phone = Phone::new(&host);
            for at in bucket.find(id) {
                loop {
                    let missing = phone.atlas.missing_at(at);
                    if missing.is_empty() || phone.catalogue.find(id).is_some() {
                        break;
                    }
                    for entry in &missing {
                        phone.load(entry);
                    }
                }
            }
            prop_assert_eq!(phone.catalogue.find(id).is_some(), list.stations.iter().any(|s| s.id.as_str() == id));
        }
    }
}

#[test]
fn the_empty_list_has_a_root() {
    let host = Host::new(&list(&[]));
    assert_eq!((host.root.count, host.root.start, host.root.entries.len()), (0, None, 0));
    let mut phone = Phone::new(&host);
    assert!(phone.atlas.is_whole());
    assert_eq!(phone.nearest(Wgs84::new(0.0, 0.0).unwrap(), &Filter::default(), 10, 100), [""; 0]);
    let table: ids::Table = host.read(FileKind::Ids, &host.root.ids);
    let bucket: ids::Bucket = host.read(FileKind::Ids, table.bucket("a").unwrap());
    assert_eq!(bucket.find("a"), []);
}

#[test]
fn without_any_place_all_are_loaded_as_far_as_there_is_room() {
    let host = Host::new(&list(&vec![(None, 3, 0, false); 200]));
    let mut phone = Phone::new(&host);
    assert_eq!(phone.nearest(Wgs84::new(0.0, 0.0).unwrap(), &Filter::default(), 10, 500).len(), 200);
    assert!(phone.atlas.is_whole());
}

/// A town of many blocks, the same for the same seed.
fn town(count: usize) -> Vec<Made> {
    let mut seed = 42_u64;
    let mut dice = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    (0..count)
        .map(|number| {
            let at = (40.0 + 4.0 * dice(), 120.0 + 5.0 * dice());
            ((number % 50 != 0).then_some(at), u8::try_from(number % 60).unwrap(), 0, false)
        })
        .collect()
}

#[test]
fn an_edit_changes_its_shard_and_what_leads_there() {
    let mut list = list(&town(30_000));
    let names =
        |list: &StationsFile| publish(list).1.into_iter().map(|made| made.path).collect::<BTreeSet<_>>();
    let before = names(&list);
    list.stations[12_345].name = Text::zh("改名");
    let after = names(&list);
    // The shard and its page; the root is named by the index.
    assert_eq!(after.difference(&before).count(), 2);
    // One that is gone: also the bucket of its id, the ids' table, and the places with their counts and middles.
    list.stations.remove(12_345);
    let gone = names(&list);
    assert!(gone.difference(&after).count() <= 6, "{}", gone.difference(&after).count());
}

/// A new edition asks for what changed of all that was shown, and for no more.
#[test]
fn a_new_edition_replaces_what_was_shown() {
    let mut list = list(&town(20_000));
    let old = Host::new(&list);
    let mut phone = Phone::new(&old);
    let from = Wgs84::new(42.0, 122.5).unwrap();
    let shown = phone.nearest(from, &Filter::default(), 40, 240);
    let is_shown = |station: &&mut Station| station.id.as_str() == shown[3];
    list.stations.iter_mut().find(is_shown).unwrap().name = Text::zh("改名");
    let new = Host::new(&list);
    let mut next = Phone::new(&new);
    let before = phone.atlas.shards();
    loop {
        // What is the same is taken over.
        for entry in next.atlas.missing() {
            if phone.atlas.page(&entry.blob.hash).is_some()
                || before.iter().any(|other| other.blob.hash == entry.blob.hash)
            {
                next.load(&entry);
            }
        }
        let missing = next.atlas.missing_since(&phone.atlas);
        if missing.is_empty() {
            break;
        }
        assert!(missing.len() == 1, "{missing:?}");
        next.load(&missing[0]);
    }
    assert_eq!(next.catalogue.len(), phone.catalogue.len());
    let id = next.catalogue.find(&shown[3]).unwrap();
    assert_eq!(next.catalogue.station(id).unwrap().name, Text::zh("改名"));
}

/// What a rider loads does not grow with the list.
#[test]
fn a_nation_loads_no_more_than_a_city() {
    let loads = |count: usize| {
        let list = list(&town(count));
        let host = Host::new(&list);
        let riders = (0..20).map(|number| {
            let from = Wgs84::new(40.1 + 0.19 * f64::from(number), 120.1 + 0.24 * f64::from(number)).unwrap();
            let mut phone = Phone::new(&host);
            assert!(phone.nearest(from, &Filter::default(), 10, 0).len() >= 10);
            phone.asked
        });
        (encode(&host.root).len(), riders.sum::<usize>())
    };
    let (small_root, small) = loads(3_000);
    let (root, asked) = loads(60_000);
    assert!(root < 12_000 && root < small_root * 4, "{small_root} {root}");
    // A page more, that is all.
    assert!(asked <= small + 2 * 20 + 10, "{small} {asked}");
}

#[test]
fn a_file_cut_short_or_changed_is_no_root_and_no_page() {
    let host = Host::new(&list(&town(500)));
    let bytes = encode(&host.root);
    assert_eq!(decode::<Root>(&bytes), Some(host.root.clone()));
    for end in 0..bytes.len() {
        assert_eq!(decode::<Root>(&bytes[..end]), None, "{end}");
    }
    let bucket = host.files.iter().find(|(path, _)| path.contains("ids-")).unwrap().1;
    for at in 0..bucket.len() {
        let mut bytes = bucket.clone();
        bytes[at] ^= 0x55;
        // Nonsense or not: never a panic.
        let _ = decode::<ids::Bucket>(&bytes);
        let _ = decode::<ids::Table>(&bytes);
        let _ = decode::<Vec<Entry>>(&bytes);
    }
}
