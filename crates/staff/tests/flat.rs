//! What a rider loads for a first view is the same in a city's list and in a nation's.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::basemap::Basemap;
use domain::catalogue::{Catalogue, Part};
use domain::coords::Wgs84;
use domain::dto::{DatasetDto, StationDto, StationsDto};
use domain::geodesy::distance_m;
use domain::published::{FileKind, StationsFile};
use domain::read::read_stations;
use domain::shards::words::{Draft, Limits};
use domain::shards::{
    Atlas, Census, Entry, Extent, FIRST_ROWS, Need, Root, SIGHT, Step, census, ids, publish,
};
use domain::station::Station;
use domain::text::Text;
use domain::time::Date;
use domain::wire::{decode, encode};
use staff::sample::Sample;
use staff::spelling::readings;

const CITY: usize = 3_000;
const NATION: usize = 200_000;
/// Riders whose first view is looked at.
const RIDERS: usize = 60;

fn map_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin")
}

/// The beginning of the sample, of which a longer one has the same.
fn sample(count: usize) -> StationsFile {
    let map = Basemap::from_bytes(&fs::read(map_file()).unwrap()).unwrap();
    let made = Sample::new(&map, 1, Date::parse("2026-11-20").unwrap()).unwrap();
    let dataset = DatasetDto { title: Some(Text::zh("示例")), ..DatasetDto::default() };
    let mut list = StationsFile { dataset: read(&dataset, Vec::new()).dataset, stations: Vec::new() };
    let mut made = made.take(count).peekable();
    while made.peek().is_some() {
        // As they are read they are a tenth of what they are as they are written.
        let part = made.by_ref().take(1_000).collect();
        list.stations.extend(read(&dataset, part).stations);
    }
    list
}

fn read(dataset: &DatasetDto, stations: Vec<StationDto>) -> StationsFile {
    let dto = StationsDto { schema: Some(1), dataset: Some(dataset.clone()), stations: Some(stations) };
    let reading = read_stations(dto);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

fn packed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).unwrap();
    out.len().min(bytes.len())
}

/// A published list.
struct Host {
    root: Root,
    census: Vec<u8>,
    files: HashMap<String, Vec<u8>>,
}

impl Host {
    fn new(list: &StationsFile) -> Self {
        let (root, files) = publish(list);
        let (census, counts) = census::publish(&root, &files);
        let files = files.into_iter().chain(counts).map(|made| (made.path, made.bytes)).collect();
        Self { root, census: encode(&census), files }
    }

    /// Loads what the nearest ten at `from` take. They are those of the list.
    fn first_view(&self, from: Wgs84, list: &StationsFile) -> Phone {
        let mut phone = Phone {
            atlas: Atlas::new(self.root.entries.clone()),
            catalogue: Catalogue::empty(self.root.dataset.clone()),
            bytes: packed(&encode(&self.root)),
            waits: 1,
        };
        loop {
            let limit = phone.catalogue.reach(from, FIRST_ROWS);
            let need = Need { rows: FIRST_ROWS, limit, held: phone.catalogue.len(), room: 0 };
            let Step::Needed(entries) = phone.atlas.next(from, need) else { break };
            phone.load(self, &entries);
        }
        let far = |station: &Station| station.location.position.map(|place| distance_m(from, place));
        let mut nearest: Vec<f64> = list.stations.iter().filter_map(far).collect();
        let (_, tenth, _) = nearest.select_nth_unstable_by(FIRST_ROWS - 1, f64::total_cmp);
        assert_eq!(phone.catalogue.reach(from, FIRST_ROWS), Some(*tenth));
        phone
    }
}

/// What a phone loaded.
#[derive(Clone)]
struct Phone {
    atlas: Atlas,
    catalogue: Catalogue,
    /// That travelled.
    bytes: usize,
    /// How many times it waited for an answer.
    waits: usize,
}

impl Phone {
    fn load(&mut self, host: &Host, entries: &[Entry]) {
        self.waits += 1;
        for entry in entries {
            let file = &host.files[&entry.blob.path(entry.below.kind())];
            self.bytes += packed(file);
            if entry.below.is_page() {
                self.atlas.add_page(entry.blob.hash, Arc::new(decode(file).unwrap()));
            } else {
                self.atlas.add_shard(entry.blob.hash);
                self.catalogue.add(Arc::new(Part::new(decode::<Vec<Station>>(file).unwrap())));
            }
        }
    }

    /// What a map around `from` loads besides, 360 by 420 pixels at a zoom: bytes of stations, and of how many are open where none are.
    fn look_over(mut self, host: &Host, from: Wgs84, zoom: i32) -> (usize, usize) {
        let before = self.bytes;
        let degrees = |pixels: f64| pixels * 360.0 / 256.0 / 2_f64.powi(zoom);
        let corner = |side: f64| {
            let (north, east) = (side * degrees(210.0) * 0.75, side * degrees(180.0));
            Wgs84::new(from.lat() + north, from.lng() + east).unwrap()
        };
        let area = Extent::of(corner(-1.0)).with(Extent::of(corner(1.0)));
        loop {
            let entries = self.atlas.in_sight(area, degrees(48.0), SIGHT);
            if entries.is_empty() {
                break;
            }
            self.load(host, &entries);
        }
        let seen = self.bytes - before;
        let mut counts = 0;
        while let pages = self.atlas.uncounted(area, degrees(48.0))
            && !pages.is_empty()
        {
            for (page, blob) in pages {
                let file = blob.map_or(&host.census, |blob| &host.files[&blob.path(FileKind::Census)]);
                counts += packed(file);
                self.atlas.add_census(page, Arc::new(decode::<Census>(file).unwrap()));
            }
        }
        (seen, counts)
    }
}

/// What a search loads before it knows where to look does not grow with the list.
fn words(list: &StationsFile) {
    let (table, files) = Draft::new(list, &readings).publish(Limits::default());
    let first = encode(&table).len();
    let read =
        files.iter().find(|made| made.path.contains("/readings-")).map_or(0, |made| packed(&made.bytes));
    let nodes: Vec<usize> =
        files.iter().filter(|made| made.path.contains("/words-")).map(|made| made.bytes.len()).collect();
    let most = nodes.iter().max().copied().unwrap_or_default();
    println!(
        "words: table {first} B, readings {read} B packed, {} nodes of {} B in all and {most} B at most",
        nodes.len(),
        nodes.iter().sum::<usize>(),
    );
    assert!(first < 1_500 && read < 20_000 && most < 24_000);
}

#[test]
fn a_first_view_is_flat_from_a_city_to_a_nation() {
    let nation = sample(NATION);
    let city = StationsFile { dataset: nation.dataset.clone(), stations: nation.stations[..CITY].to_vec() };
    let riders: Vec<Wgs84> =
        city.stations.iter().filter_map(|station| station.location.position).take(RIDERS).collect();
    // What every first view loads besides: the map. (And settings, holidays and the index, 2 KB; and the app.)
    let map = packed(&fs::read(map_file()).unwrap());
    let [small, large] = [&city, &nation].map(|list| {
        let host = Host::new(list);
        let views: Vec<Phone> = riders.iter().map(|&at| host.first_view(at, list)).collect();
        let bytes = views.iter().map(|view| view.bytes).sum::<usize>() / RIDERS;
        let mut waits: Vec<usize> = views.iter().map(|view| view.waits).collect();
        waits.sort_unstable();
        let (usual, most) = (waits[RIDERS / 2], waits[RIDERS - 1]);
        // A link to anywhere: two files beside what stands there.
        let table: ids::Table = decode(&host.files[&host.root.ids.path(FileKind::Ids)]).unwrap();
        let buckets = table.buckets.iter().map(|bucket| bucket.len).max().unwrap();
        println!(
            "{} stations: root {} B, first view {bytes} B in {usual} waits and at most {most}, ids {} + {buckets} B",
            list.stations.len(),
            packed(&encode(&host.root)),
            host.root.ids.len,
        );
        assert!(usual <= 4 && most <= 7, "{usual} {most}");
        assert!(host.root.ids.len + buckets < 32_000);
        words(list);
        // And then the map, wherever it looks from, does not grow with the list.
        for zoom in [5, 7, 9, 11, 13, 15] {
            let looks = views.iter().zip(&riders).take(12);
            let looks: Vec<_> = looks.map(|(view, &at)| view.clone().look_over(&host, at, zoom)).collect();
            let seen = looks.iter().map(|look| look.0).max().unwrap_or_default();
            let counts = looks.iter().map(|look| look.1).max().unwrap_or_default();
            println!("map at zoom {zoom}: {seen} B at most, and {counts} B of counts");
            assert!(seen < 70_000 && counts < 20_000, "zoom {zoom}: {seen} {counts}");
        }
        bytes
    });
    assert!(
        (large + map) * 10 <= (small + map) * 13,
        "{small} B in a city, {large} B in the nation, {map} B map"
    );
    // The stations alone, which a denser list has more of within the same limits.
    assert!(large * 10 <= small * 16, "{small} B in a city, {large} B in the nation");
}
