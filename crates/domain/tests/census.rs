//! What is said of stations that are not loaded is what they would say themselves.

#![allow(clippy::unwrap_used, reason = "a test that fails does so here")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use domain::dto::{DatasetDto, LocationDto, NoticeDto, StationDto, StationsDto};
use domain::filter::{Filter, OpenWhen};
use domain::holidays::Holidays;
use domain::published::{FileKind, StationsFile};
use domain::read::read_stations;
use domain::shards::census::{self, Census, Door, Region};
use domain::shards::{Atlas, Blob, Entry, Extent, Root, publish};
use domain::station::Station;
use domain::status::status;
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::{Wire, decode, encode};
use proptest::prelude::*;

const HOURS: [&str; 6] =
    ["24小时", "09:00-17:00", "22:00-次日06:00", "工作日 08:30-17:00", "周六、周日 09:30-15:30", "看情况"];

fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

/// Where (on a grid of a degree's hundredths), with which hours, and whether a notice closes it in the morning of November 23rd.
type Made = (Option<(u16, u16)>, String, bool);

fn list(made: &[Made]) -> StationsFile {
    let notice = |kind: &str| NoticeDto {
        kind: Some(kind.into()),
        text: Some(Text::zh("内部维修，电话不公开")),
        from: Some("2026-11-23T00:00".into()),
        until: Some("2026-11-23T12:00".into()),
    };
    let stations = made.iter().enumerate().map(|(number, (place, hours, shut))| StationDto {
        id: Some(format!("s{number}")),
        name: Some(Text::zh("站")),
        kind: Some("other".into()),
        location: Some(LocationDto {
            lat: place.map(|place| 38.0 + f64::from(place.0) / 100.0),
            lng: place.map(|place| 118.0 + f64::from(place.1) / 100.0),
            city: Some("城".into()),
            district: Some("区".into()),
            ..LocationDto::default()
        }),
        hours: (!hours.is_empty()).then(|| hours.clone()),
        notices: Some(vec![notice(if *shut { "closed" } else { "info" })]),
        ..StationDto::default()
    });
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations: Some(stations.collect()) });
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// What a host serves: bytes by name.
struct Host {
    root: Root,
    census: Census,
    files: BTreeMap<String, Vec<u8>>,
}

impl Host {
    fn new(list: &StationsFile) -> Self {
        let (root, made) = publish(list);
        let (census, counts) = census::publish(&root, &made);
        let census = decode(&encode(&census)).unwrap();
        let files = made.into_iter().chain(counts).map(|made| (made.path, made.bytes)).collect();
        Self { root, census, files }
    }

    fn read<T: Wire>(&self, kind: FileKind, blob: &Blob) -> T {
        let bytes = &self.files[&blob.path(kind)];
        assert_eq!(bytes.len() as u64, blob.len);
        decode(bytes).unwrap()
    }

    /// The stations below an entry.
    fn stations(&self, entry: &Entry) -> Vec<Station> {
        if !entry.below.is_page() {
            return self.read(FileKind::Stations, &entry.blob);
        }
        let entries: Vec<Entry> = self.read(FileKind::Page, &entry.blob);
        entries.iter().flat_map(|entry| self.stations(entry)).collect()
    }

    /// Loads what is missing where the dice say so, once round.
    fn load(&self, atlas: &mut Atlas, mut dice: impl FnMut() -> bool) {
        for entry in atlas.missing() {
            if !dice() {
                continue;
            }
            if entry.below.is_page() {
                atlas.add_page(entry.blob.hash, Arc::new(self.read(FileKind::Page, &entry.blob)));
            } else {
                atlas.add_shard(entry.blob.hash);
            }
        }
    }

    /// Loads all that counts what is not loaded in an area, and says how many files that took.
    fn count(&self, atlas: &mut Atlas, area: Extent) -> usize {
        let mut files = 0;
        while let missing = atlas.uncounted(area)
            && !missing.is_empty()
        {
            for (page, blob) in missing {
                let census = blob
                    .map_or_else(|| self.census.clone(), |blob| self.read::<Census>(FileKind::Census, &blob));
                atlas.add_census(page, Arc::new(census));
                files += 1;
            }
        }
        files
    }

    /// What the regions of an atlas have to be: what their stations say.
    fn regions(&self, atlas: &Atlas, open: OpenWhen, now: LocalDateTime) -> Vec<Region> {
        let region = |entry: Entry| {
            let stations = self.stations(&entry);
            let extent = entry.extent?;
            stations.iter().all(|station| station.location.position.is_some()).then_some(())?;
            let filter = Filter { open, ..Filter::default() };
            let table = Holidays::default();
            let fits = |station: &&Station| filter.admits(station, status(station, now, &table), &table);
            let is_open = |station: &&Station| status(station, now, &table).is_open() == Some(true);
            let count = stations.iter().filter(fits).count() as u64;
            let open = stations.iter().filter(fits).filter(is_open).count() as u64;
            (count > 0).then_some(Region { extent, count, open, unseen: 0 })
        };
        sorted(atlas.missing().into_iter().filter_map(region).collect())
    }
}

fn sorted(mut regions: Vec<Region>) -> Vec<Region> {
    let key = |region: &Region| {
        let [one, other] = region.extent.corners().unwrap();
        [one.lat(), one.lng(), other.lat(), other.lng()].map(f64::to_bits)
    };
    regions.sort_by_key(|region| (key(region), region.count, region.open, region.unseen));
    regions
}

fn everywhere(root: &Root) -> Option<Extent> {
    root.entries.iter().filter_map(|entry| entry.extent).reduce(Extent::with)
}

fn whens() -> [OpenWhen; 4] {
    [OpenWhen::Any, OpenWhen::Now, OpenWhen::At(at("2026-11-21T23:00")), OpenWhen::Always]
}

fn made() -> impl Strategy<Value = Made> {
    let place = prop_oneof![
        4 => (370u16..390, 530u16..560).prop_map(Some),
        2 => (0u16..500, 0u16..700).prop_map(Some),
        1 => Just(None),
    ];
    let hours =
        prop_oneof![4 => (0..HOURS.len()).prop_map(|at| HOURS[at].to_owned()), 1 => Just(String::new())];
    (place, hours, prop::bool::weighted(0.2))
}

fn instant() -> impl Strategy<Value = LocalDateTime> {
    (20u32..28, 0u32..24).prop_map(|(day, hour)| at(&format!("2026-11-{day}T{hour:02}:30")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Whatever is loaded, at any time: where nothing is loaded as many fit and are open as the stations there say.
    #[test]
    fn what_is_not_loaded_is_counted_right(
        made in prop::collection::vec(made(), 0..400), now in instant(), loaded in prop::collection::vec(prop::bool::ANY, 20),
    ) {
        let host = Host::new(&list(&made));
        let mut atlas = Atlas::new(host.root.entries.clone());
        let mut dice = loaded.iter().copied().cycle();
        host.load(&mut atlas, || dice.next().unwrap());
        if let Some(all) = everywhere(&host.root) {
            prop_assert!(host.count(&mut atlas, all) <= 1, "below 5,000 stations there is one file");
        }
        for open in whens() {
            let found = atlas.regions(Some(open), now, &Holidays::default());
            prop_assert_eq!(sorted(found), host.regions(&atlas, open, now));
        }
        // What is not asked for by hours alone is said to be unknown.
        let unknown = atlas.regions(None, now, &Holidays::default());
        prop_assert!(unknown.iter().all(|region| region.unseen == region.count && region.open == 0));
    }
}

/// A list that takes pages: 20,000 stations.
fn nation() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut seed = 42_u64;
        let mut dice = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut station = |_| {
            let place = [500, 700].map(|below| u16::try_from(dice(below)).unwrap());
            let hours = HOURS[usize::try_from(dice(6)).unwrap()].to_owned();
            (Some((place[0], place[1])), hours, dice(10) == 0)
        };
        Host::new(&list(&(0..20_000).map(&mut station).collect::<Vec<_>>()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    /// The same across pages; an area asks for what it shows and no more.
    #[test]
    fn a_nation_is_counted_page_by_page(
        now in instant(), when in 0usize..4, loaded in prop::collection::vec(prop::bool::ANY, 150),
        (south, west) in (0i32..45_000, 0i32..65_000),
    ) {
        let host = nation();
        prop_assert!(host.root.entries.iter().all(|entry| entry.below.is_page()));
        let mut atlas = Atlas::new(host.root.entries.clone());
        let mut dice = loaded.iter().copied().cycle();
        for _ in 0..2 {
            host.load(&mut atlas, || dice.next().unwrap());
        }
        let corner = |lat: i32, lng: i32| {
            let degrees = |steps: i32| f64::from(steps) / 1e4;
            Extent::of(domain::coords::Wgs84::new(38.0 + degrees(lat), 118.0 + degrees(lng)).unwrap())
        };
        let area = corner(south, west).with(corner(south + 5_000, west + 5_000));
        let before = atlas.clone();
        let files = host.count(&mut atlas, area);
        let open = whens()[when];
        let known = |region: &Region| region.extent.touches(&area);
        let [found, expected] = [atlas.regions(Some(open), now, &Holidays::default()), host.regions(&atlas, open, now)]
            .map(|regions| sorted(regions.into_iter().filter(known).collect()));
        prop_assert_eq!(found, expected);
        // The root's, and of each page in sight one.
        let pages = host.root.entries.iter().filter(|entry| entry.extent.unwrap().touches(&area)).count();
        prop_assert!(files <= 1 + pages, "{} files for {} pages", files, pages);
        // Before they came nothing was said.
        for region in before.regions(Some(open), now, &Holidays::default()) {
            prop_assert_eq!((region.open, region.unseen), (0, region.count));
        }
    }
}

/// Where hardly two stations keep the same hours, the commonest count, and the rest is said to be unknown.
#[test]
fn rare_hours_are_unknown_and_never_guessed() {
    let hours = |number: u32| match number % 2 {
        0 => "24小时".to_owned(),
        _ => format!("{:02}:{:02}-{:02}:{:02}", number % 12, number / 12 % 60, 12 + number % 11, number % 60),
    };
    let made: Vec<Made> = (0..2_000).map(|number| (Some((1, 1)), hours(number), false)).collect();
    let host = Host::new(&list(&made));
    let doors = made.iter().map(|made| &made.1).collect::<BTreeSet<_>>().len();
    assert!(doors > 500 && host.census.doors.len() == 128, "{doors}");
    assert_eq!(host.census.doors[0].0.hours.as_ref().unwrap().text(), "24小时");
    let mut atlas = Atlas::new(host.root.entries.clone());
    host.count(&mut atlas, everywhere(&host.root).unwrap());
    let now = at("2026-11-23T13:30");
    let [found, truth] = [
        atlas.regions(Some(OpenWhen::Now), now, &Holidays::default()),
        host.regions(&atlas, OpenWhen::Now, now),
    ]
    .map(sorted);
    assert_eq!(found.len(), truth.len());
    let sum = |regions: &[Region], of: fn(&Region) -> u64| regions.iter().map(of).sum::<u64>();
    let (open, unseen) = (sum(&found, |region| region.open), sum(&found, |region| region.unseen));
    let all = sum(&truth, |region| region.open);
    assert!(open >= 1_000 && open < all && all <= open + unseen, "{open} {all} {unseen}");
    assert_eq!(sum(&found, |region| region.count), open + unseen);
}

/// What a notice says stays in the station's own file; that it closes the station counts.
#[test]
fn a_door_has_no_words() {
    let list = list(&[(Some((1, 1)), HOURS[0].into(), true), (Some((1, 1)), HOURS[0].into(), false)]);
    let doors: Vec<Door> = list.stations.iter().map(Door::of).collect();
    assert_eq!((doors[0].notices.len(), doors[1].notices.len()), (1, 0));
    let host = Host::new(&list);
    let census = encode(&host.census);
    assert!(!String::from_utf8_lossy(&census).contains("维修"));
    assert_eq!(host.census.doors.len(), 2);
}

/// A name that changes leaves all counts as they are; hours change what leads there and nothing else.
#[test]
fn an_edit_of_hours_changes_what_counts_them() {
    let list = |hours: &str, name: &str| {
        let made: Vec<Made> = (0..12_000_u16)
            .map(|number| {
                let hours = if number == 7_000 { hours } else { HOURS[usize::from(number % 6)] };
                (Some((number % 500, number / 20)), hours.to_owned(), false)
            })
            .collect();
        let mut list = list(&made);
        list.stations[7_000].name = Text::zh(name);
        let host = Host::new(&list);
        let names: BTreeSet<String> =
            host.files.keys().filter(|path| path.contains("/census-")).cloned().collect();
        (encode(&host.census), names)
    };
    let before = list("10:00-11:00", "站");
    assert_eq!(list("10:00-11:00", "改名"), before);
    let after = list("10:00-12:00", "站");
    assert_ne!(after.0, before.0);
    assert_eq!(after.1.difference(&before.1).count(), 1);
}

#[test]
fn a_file_cut_short_or_changed_is_no_census() {
    let host = nation();
    let bytes = encode(&host.census);
    for end in 0..bytes.len() {
        assert_eq!(decode::<Census>(&bytes[..end]), None, "{end}");
    }
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        // Nonsense or not: never a panic, also where it is used.
        let Some(census) = decode::<Census>(&bytes) else { continue };
        let mut atlas = Atlas::new(host.root.entries.clone());
        atlas.add_census([0; 16], Arc::new(census));
        let _ = atlas.regions(Some(OpenWhen::Now), at_noon(), &Holidays::default());
    }
}

fn at_noon() -> LocalDateTime {
    at("2026-11-23T12:00")
}
