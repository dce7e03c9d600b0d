//! Cuts a list of stations into published files.
//!
//! Stations lie in the order of the Morton curve; where a stretch has more than a shard holds, it is cut where the next bit of the
//! curve changes, so that a cut depends on the map and not on how many stations stand before it. Pages are cut in the same way.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::ids::{self, Bucket, Table};
use super::{Below, Blob, Entry, Extent, Place, Root};
use crate::coords::Wgs84;
use crate::published::{FileKind, StationsFile};
use crate::spatial::morton_of;
use crate::station::Station;
use crate::wire::{Wire, encode};

/// Most stations of a shard: 6 KB packed on the average, so that the two or three that the nearest ten take are a screenful.
const SHARD: usize = 64;
/// Most entries of a page: 3 KB, as they hardly pack.
const PAGE: usize = 128;
/// Most entries of the root on each of its two sides: up to five thousand stations there are no pages, and a nation has one level
/// of them.
const TOP: usize = 128;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name, beside the index.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The root of a list, and all files below it, each before the one that names it.
pub fn publish(list: &StationsFile) -> (Root, Vec<Made>) {
    let mut files = Vec::new();
    let districts = districts(&list.stations);
    let mut spots = Vec::with_capacity(list.stations.len());
    let mut entries = placed(&list.stations, &mut spots, &mut files);
    while entries.len() > TOP {
        entries = pages(Below::Page, &entries, &mut files);
    }
    let mut others = unplaced(&list.stations, &districts, &mut spots, &mut files);
    while others.len() > TOP {
        others = pages(Below::UnplacedPage, &others, &mut files);
    }
    entries.append(&mut others);
    let mut places: Vec<Place> = Vec::new();
    for station in &list.stations {
        let name = name_of(station);
        let Some(found) = districts.get(&name).and_then(District::place) else { continue };
        if places.iter().any(|place| place.city == name.0 && place.district == name.1) {
            continue;
        }
        // Behind the last district of its city, so that the cities stay together.
        let before = places.iter().rposition(|place| place.city == name.0);
        let place = Place {
            city: name.0.to_owned(),
            district: name.1.to_owned(),
            center: found.0,
            extent: found.1,
            count: districts.get(&name).map_or(0, |district| district.count),
        };
        places.insert(before.map_or(places.len(), |before| before + 1), place);
    }
    let root = Root {
        dataset: list.dataset.clone(),
        count: list.stations.len() as u64,
        start: list.stations.iter().find_map(|station| station.location.position),
        places: make(FileKind::Places, &places, &mut files),
        ids: id_table(&spots, &mut files),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    };
    (root, files)
}

/// Where an entry begins on the curve, and the entry.
type Coded = (u64, Entry);
/// City and district.
type Name<'a> = (&'a str, &'a str);

fn name_of(station: &Station) -> Name<'_> {
    (&station.location.city, &station.location.district)
}

/// What is known of a district.
#[derive(Default)]
struct District {
    count: u64,
    placed: f64,
    /// The running mean of its stations' places: it stays among them.
    mean: (f64, f64),
    extent: Option<Extent>,
}

impl District {
    fn place(&self) -> Option<(Wgs84, Extent)> {
        Some((Wgs84::new(self.mean.0, self.mean.1).ok()?, self.extent?))
    }
}

fn districts(stations: &[Station]) -> BTreeMap<Name<'_>, District> {
    let mut districts: BTreeMap<Name<'_>, District> = BTreeMap::new();
    for station in stations {
        let district = districts.entry(name_of(station)).or_default();
        district.count += 1;
        let Some(at) = station.location.position else { continue };
        district.placed += 1.0;
        let mean = |old: f64, new: f64| old + (new - old) / district.placed;
        district.mean = (mean(district.mean.0, at.lat()), mean(district.mean.1, at.lng()));
        district.extent = around([district.extent, Some(Extent::of(at))]);
    }
    districts
}

/// What covers all of these.
fn around(extents: impl IntoIterator<Item = Option<Extent>>) -> Option<Extent> {
    extents.into_iter().flatten().reduce(Extent::with)
}

/// Where the station of an id stands in the tree.
type Spot<'a> = (&'a str, Option<Extent>);

/// The shards of the stations of known place, in the order of the curve.
fn placed<'a>(stations: &'a [Station], spots: &mut Vec<Spot<'a>>, files: &mut Vec<Made>) -> Vec<Coded> {
    let on_curve = |station: &'a Station| Some((morton_of(station.location.position?), station));
    let mut placed: Vec<(u64, &Station)> = stations.iter().filter_map(on_curve).collect();
    placed.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.id.cmp(&other.1.id)));
    let codes: Vec<u64> = placed.iter().map(|(code, _)| *code).collect();
    let shards = runs(&codes, SHARD).into_iter().map(|run| {
        let code = codes[run.start];
        let run: Vec<&Station> = placed[run].iter().map(|(_, station)| *station).collect();
        let extents = run.iter().map(|station| station.location.position.map(Extent::of));
        spots.extend(run.iter().map(|station| station.id.as_str()).zip(extents.clone()));
        (code, shard(Below::Placed, around(extents), &run, files))
    });
    shards.collect()
}

/// The shards of the stations of unknown place: of a city, or where that has too many, of its districts.
fn unplaced<'a>(
    stations: &'a [Station],
    districts: &BTreeMap<Name<'a>, District>,
    spots: &mut Vec<Spot<'a>>,
    files: &mut Vec<Made>,
) -> Vec<Coded> {
    let nowhere = Nowhere::new(stations, districts);
    let mut groups: BTreeMap<Name<'_>, Vec<&Station>> = BTreeMap::new();
    for station in stations.iter().filter(|station| station.location.position.is_none()) {
        groups.entry(nowhere.group(station)).or_default().push(station);
    }
    let mut shards = Vec::new();
    for (name, mut group) in groups {
        let extent = nowhere.extent(name);
        let corner = extent
            .and_then(|extent| Wgs84::new(f64::from(extent.south) / 1e4, f64::from(extent.west) / 1e4).ok());
        group.sort_by(|one, other| one.id.cmp(&other.id));
        spots.extend(group.iter().map(|station| (station.id.as_str(), extent)));
        for part in group.chunks(SHARD) {
            let entry = shard(Below::Unplaced, extent, part, files);
            shards.push((corner.map_or(u64::MAX, morton_of), entry));
        }
    }
    // Stable: shards of one place stay in their order.
    shards.sort_by_key(|(code, _)| *code);
    shards
}

/// Which stations of unknown place go together.
struct Nowhere<'a> {
    districts: &'a BTreeMap<Name<'a>, District>,
    /// How many each city has.
    counts: BTreeMap<&'a str, usize>,
}

impl<'a> Nowhere<'a> {
    fn new(stations: &'a [Station], districts: &'a BTreeMap<Name<'a>, District>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for station in stations.iter().filter(|station| station.location.position.is_none()) {
            *counts.entry(&station.location.city).or_default() += 1;
        }
        Self { districts, counts }
    }

    /// City and district, or where the city has few, the city.
    fn group(&self, station: &'a Station) -> Name<'a> {
        let (city, district) = name_of(station);
        let few = self.counts.get(city).is_some_and(|count| *count <= SHARD);
        (city, if few { "" } else { district })
    }

    /// What a group covers.
    fn extent(&self, name: Name<'_>) -> Option<Extent> {
        // Where nobody knows a place of the district, one of its city; where not even that, anywhere.
        let known = |same: &dyn Fn(&Name<'_>) -> bool| {
            around(
                self.districts.iter().filter(|(other, _)| same(other)).map(|(_, district)| district.extent),
            )
        };
        known(&|other| *other == name)
            .or_else(|| known(&|other| other.0 == name.0))
            .or_else(|| known(&|_| true))
    }
}

/// Where each station stands in the tree; where its place is unknown, what its shard covers.
pub(super) fn spots(stations: &[Station]) -> Vec<Option<Extent>> {
    let districts = districts(stations);
    let nowhere = Nowhere::new(stations, &districts);
    let mut known: BTreeMap<Name<'_>, Option<Extent>> = BTreeMap::new();
    let spots = stations.iter().map(|station| {
        station.location.position.map(Extent::of).or_else(|| {
            let group = nowhere.group(station);
            *known.entry(group).or_insert_with(|| nowhere.extent(group))
        })
    });
    spots.collect()
}

fn shard(below: Below, extent: Option<Extent>, stations: &[&Station], files: &mut Vec<Made>) -> Entry {
    let list: Vec<Station> = stations.iter().map(|station| (*station).clone()).collect();
    let blob = make(FileKind::Stations, &list, files);
    Entry { below, blob, extent, count: list.len() as u64 }
}

fn pages(below: Below, entries: &[Coded], files: &mut Vec<Made>) -> Vec<Coded> {
    let codes: Vec<u64> = entries.iter().map(|(code, _)| *code).collect();
    let page = |run: Range<usize>| {
        let code = codes[run.start];
        let list: Vec<Entry> = entries[run].iter().map(|(_, entry)| *entry).collect();
        let extent = around(list.iter().map(|entry| entry.extent));
        let count = list.iter().map(|entry| entry.count).sum();
        (code, Entry { below, blob: make(FileKind::Page, &list, files), extent, count })
    };
    runs(&codes, PAGE).into_iter().map(page).collect()
}

fn id_table(spots: &[(&str, Option<Extent>)], files: &mut Vec<Made>) -> Blob {
    let mut buckets = vec![Bucket::default(); ids::buckets(spots.len())];
    let count = buckets.len();
    for (id, at) in spots {
        let hash = ids::hash(id);
        if let Some(bucket) = buckets.get_mut(ids::bucket_of(hash, count)) {
            let corner = |at: Extent| Extent { east: at.west, north: at.south, ..at };
            bucket.0.push((hash, at.map(corner)));
        }
    }
    let mut file = |mut bucket: Bucket| {
        bucket.0.sort_by_key(|(hash, at)| (*hash, at.map(|at| (at.west, at.south))));
        make(FileKind::Ids, &bucket, files)
    };
    let table = Table { buckets: buckets.into_iter().map(&mut file).collect() };
    make(FileKind::Ids, &table, files)
}

/// Writes a value into a file of its own. The same value twice is one file.
pub(super) fn make(kind: FileKind, value: &impl Wire, files: &mut Vec<Made>) -> Blob {
    let bytes = encode(value);
    let mut hash = [0; 16];
    hash.iter_mut().zip(Sha256::digest(&bytes)).for_each(|(to, from)| *to = from);
    let blob = Blob { hash, len: bytes.len() as u64 };
    files.push(Made { path: blob.path(kind), bytes });
    blob
}

/// Cuts codes, which are in order, into runs of at most `most`, where bits change; codes that are all the same, by number.
fn runs(codes: &[u64], most: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    // The right half waits while the left one is cut.
    let mut waiting = Vec::new();
    let mut next = Some(0..codes.len());
    while let Some(run) = next.take().or_else(|| waiting.pop()) {
        let part = codes.get(run.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        if part.len() <= most {
            runs.push(run);
        } else if first == last {
            runs.extend(run.clone().step_by(most).map(|start| start..(start + most).min(run.end)));
        } else {
            let bit = (first ^ last).ilog2();
            let middle = run.start + part.partition_point(|code| code >> bit & 1 == 0);
            waiting.push(middle..run.end);
            next = Some(run.start..middle);
        }
    }
    runs
}
