//! What is published of the source: the content-named files, and the index that names them.

use std::collections::HashMap;
use std::sync::Arc;

use domain::basemap::to_draw;
use domain::geodesy::distance_m;
use domain::now::Now;
use domain::published::{FileKind, Index, IndexFile, StationsFile};
use domain::shards::words::{Draft, Limits, Table};
use domain::shards::{self, Atlas, FIRST_ROWS, Made, Need, Root, Step, census};
use domain::station::Station;
use domain::wire::{decode, encode};
use serde::Serialize;

use crate::hash::sha256_hex;
use crate::source::Source;
use crate::spelling::readings;

/// The oldest app that shows what this tool publishes rightly; see [`domain::APP_LEVEL`].
const MIN_APP: u32 = 2;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Where, relative to the site.
    pub(super) path: String,
    /// What.
    pub(super) bytes: Vec<u8>,
}

/// The published data.
#[derive(Debug)]
pub(super) struct Published {
    /// The index.
    pub(super) index: Index,
    /// The files it names, and those of the tree of stations below its root.
    pub(super) files: Vec<File>,
    /// How many of the first of these every visit loads, wherever it is: those that the index names.
    pub(super) named: usize,
    /// Those that the first visit loads besides, before anybody says where to look.
    pub(super) early: Vec<String>,
}

/// Publishes a source without errors, after `previous` where something was published before. None for a value that
/// the published form cannot hold, which no DTO brings about.
///
/// `kept` is the table of words that `previous` names, where the files below it are there: they stay where they would be made anew.
/// `live` is the edition of a server that takes changes: it is the index's number, and the index says that there is a server.
pub(super) fn publish(
    source: &Source,
    list: &StationsFile,
    previous: Option<&Index>,
    kept: Option<&Table>,
    live: Option<u64>,
) -> Option<Published> {
    let mut entries = Vec::new();
    let mut files = Vec::new();
    let mut add = |kind, name: &str, bytes: Vec<u8>, bbox| {
        let (entry, file) = named_file(kind, name, bytes, bbox);
        entries.push(entry);
        files.push(file);
    };
    let (root, made) = shards::publish(list);
    add(FileKind::Root, "root", encode(&root), bbox(&list.stations));
    add(FileKind::Site, "site", encode(source.site.as_ref()?), None);
    add(FileKind::Holidays, "holidays", encode(source.holidays.as_ref()?), None);
    if let Some(drawn) = source.basemap.as_deref().and_then(to_draw) {
        add(FileKind::Basemap, "basemap", drawn, None);
    }
    let now = Now::new(source.site.as_ref()?, source.reports.as_ref()?);
    if now != Now::default() {
        add(FileKind::Now, "now", encode(&now), None);
    }
    let named = files.len();
    // Nobody needs it before the map has moved.
    let (census, counts) = census::publish(&root, &made);
    let (entry, file) = named_file(FileKind::Census, "census", encode(&census), None);
    entries.push(entry);
    files.push(file);
    // Nobody needs it before something is typed.
    let draft = Draft::new(list, &readings);
    let same = kept.filter(|kept| kept.of == draft.hash()).cloned();
    let (table, words) = same.map_or_else(|| draft.publish(Limits::default()), |table| (table, Vec::new()));
    let (entry, file) = named_file(FileKind::Words, "words", encode(&table), None);
    entries.push(entry);
    files.push(file);
    let newest = list.stations.iter().flat_map(|station| [station.updated_at, station.verified_at]).flatten();
    let mut index = Index {
        seq: list.dataset.revision,
        schema: domain::SCHEMA,
        min_app: MIN_APP,
        published_at: newest.max().map(|date| date.to_string()).unwrap_or_default(),
        api: live.is_some(),
        files: entries,
    };
    index.seq = live.unwrap_or_else(|| seq(&index, previous));
    let early = early(&root, &made).into_iter().map(|path| format!("data/{path}")).collect();
    let made = made.into_iter().chain(counts).chain(words);
    files.extend(made.map(|made| File { path: format!("data/{}", made.path), bytes: made.bytes }));
    Some(Published { index, files, named, early })
}

/// A file that the index names, and how.
fn named_file(kind: FileKind, name: &str, bytes: Vec<u8>, bbox: Option<[i32; 4]>) -> (IndexFile, File) {
    let sha256 = sha256_hex(&bytes);
    let path = format!("{name}-{}.bin", &sha256[..16]);
    let entry = IndexFile { kind, path: path.clone(), sha256, len: bytes.len() as u64, bbox };
    (entry, File { path: format!("data/{path}"), bytes })
}

/// The files of the tree that an app loads first where nobody has said where to look from: it goes by the same rule.
fn early(root: &Root, made: &[Made]) -> Vec<String> {
    let bytes: HashMap<&str, &[u8]> = made.iter().map(|made| (made.path.as_str(), &made.bytes[..])).collect();
    let mut atlas = Atlas::new(root.entries.clone());
    let (mut early, mut metres) = (Vec::new(), Vec::new());
    let Some(from) = root.start else {
        return early;
    };
    loop {
        metres.sort_by(f64::total_cmp);
        let limit = metres.get(FIRST_ROWS - 1).copied();
        let Step::Needed(entries) = atlas.next(from, Need { rows: FIRST_ROWS, limit, held: 0, room: 0 })
        else {
            return early;
        };
        for entry in entries {
            let path = entry.blob.path(entry.below.kind());
            let bytes = bytes.get(path.as_str()).copied().unwrap_or_default();
            if entry.below.is_page() {
                atlas.add_page(entry.blob.hash, Arc::new(decode(bytes).unwrap_or_default()));
            } else {
                atlas.add_shard(entry.blob.hash);
                let stations: Vec<Station> = decode(bytes).unwrap_or_default();
                let places = stations.iter().filter_map(|station| station.location.position);
                metres.extend(places.map(|place| distance_m(from, place)));
            }
            early.push(path);
        }
    }
}

/// The same number for the same content, a higher one for another.
fn seq(index: &Index, previous: Option<&Index>) -> u64 {
    let Some(previous) = previous else {
        return index.seq;
    };
    if (Index { seq: previous.seq, ..index.clone() }) == *previous {
        previous.seq
    } else {
        index.seq.max(previous.seq.saturating_add(1))
    }
}

/// JSON on one line, and a line's end, as text files have.
pub(super) fn json(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The box around the stations that have a position, `[west, south, east, north]` in 1e-6 degrees, rounded outwards.
#[expect(clippy::cast_possible_truncation, reason = "degrees on Earth times a million fit i32")]
fn bbox(stations: &[Station]) -> Option<[i32; 4]> {
    let positions = stations.iter().filter_map(|station| station.location.position);
    positions.fold(None, |bbox: Option<[i32; 4]>, position| {
        let (lat, lng) = (position.lat() * 1e6, position.lng() * 1e6);
        let one = [lng.floor() as i32, lat.floor() as i32, lng.ceil() as i32, lat.ceil() as i32];
        Some(bbox.map_or(one, |[west, south, east, north]| {
            [west.min(one[0]), south.min(one[1]), east.max(one[2]), north.max(one[3])]
        }))
    })
}
