//! How many stations with which hours there are below each entry of a page, so that a map says how many are open where nothing is
//! loaded, at any time. Stations share their hours: of a nation the root's census is some 7 KB packed, that of a page 3.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::atlas::can_rank;
use super::cut::make;
use super::{Atlas, Blob, Entry, Extent, Hash, Made, Root};
use crate::filter::OpenWhen;
use crate::holidays::Holidays;
use crate::published::FileKind;
use crate::station::{Notice, NoticeKind, Station, WrittenHours};
use crate::status::status_of;
use crate::text::Text;
use crate::time::LocalDateTime;
use crate::wire::{decode, encode, wire};

/// Most doors of a census, the commonest.
const DOORS: usize = 128;
/// A door counts where more stations have it than one of so many: a notice that closes one of a nation is for who looks closer.
const RARE: u64 = 4_096;

/// What a station's being open depends on, and nothing else of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Door {
    /// Its hours.
    pub hours: Option<WrittenHours>,
    /// The notices that close it, without what they say.
    pub notices: Vec<Notice>,
}

impl Door {
    /// A station's.
    pub fn of(station: &Station) -> Self {
        let closes = station.notices.iter().filter(|notice| notice.kind == NoticeKind::Closed);
        let notices = closes.map(|notice| Notice { text: Text::zh(String::new()), ..notice.clone() });
        Self { hours: station.hours.clone(), notices: notices.collect() }
    }
}

/// The stations below the entries of one page, by their doors; those with rare ones are not counted. By columns: numbers that are alike
/// pack well beside each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Census {
    /// The doors, the commonest first, each with how many stations below each entry have it, in the order of the page.
    pub doors: Vec<(Door, Vec<u64>)>,
    /// The census of each entry that is a page.
    pub below: Vec<Option<Blob>>,
}

wire! {
    Door { hours, notices }
    Census { doors, below }
}

/// A part of the tree that is not loaded, as a map shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// What it covers.
    pub extent: Extent,
    /// How many stations may be meant.
    pub count: u64,
    /// How many of these are known to be open.
    pub open: u64,
    /// How many of these nobody counted: whether they are open, and whether they fit, is not known.
    pub unseen: u64,
}

/// The census of a published tree, and the files below it, each before the one that names it. `files` are all of the tree's.
pub fn publish(root: &Root, files: &[Made]) -> (Census, Vec<Made>) {
    let files = files.iter().map(|made| (made.path.as_str(), &made.bytes[..])).collect();
    let mut made = Vec::new();
    let (census, _) = count(&root.entries, &files, &mut made);
    (census, made)
}

/// How many stations have a door, by its bytes.
type Many = BTreeMap<Vec<u8>, u64>;

fn count(entries: &[Entry], files: &BTreeMap<&str, &[u8]>, made: &mut Vec<Made>) -> (Census, Many) {
    let mut below = |entry: &Entry| -> (Many, Option<Blob>) {
        let path = entry.blob.path(entry.below.kind());
        let bytes = files.get(path.as_str()).copied().unwrap_or_default();
        if !can_rank(entry) {
            // It stands on no map.
            return Default::default();
        }
        if entry.below.is_page() {
            let (census, many) = count(&decode::<Vec<Entry>>(bytes).unwrap_or_default(), files, made);
            return (many, Some(make(FileKind::Census, &census, made)));
        }
        let mut many = Many::new();
        for station in decode::<Vec<Station>>(bytes).unwrap_or_default() {
            *many.entry(encode(&Door::of(&station))).or_default() += 1;
        }
        (many, None)
    };
    let all: Vec<(Many, Option<Blob>)> = entries.iter().map(&mut below).collect();
    let mut sum = Many::new();
    for (door, many) in all.iter().flat_map(|(many, _)| many) {
        *sum.entry(door.clone()).or_default() += many;
    }
    let stations: u64 = sum.values().sum();
    let mut doors: Vec<(&Vec<u8>, &u64)> = sum.iter().filter(|(_, many)| **many > stations / RARE).collect();
    // Stable: of those that are equally common the first by its bytes.
    doors.sort_by_key(|(_, many)| Reverse(**many));
    doors.truncate(DOORS);
    let counts =
        |door: &Vec<u8>| all.iter().map(|(many, _)| many.get(door).copied().unwrap_or_default()).collect();
    let doors = doors.iter().filter_map(|(door, _)| Some((decode(door)?, counts(door)))).collect();
    (Census { doors, below: all.iter().map(|(_, below)| *below).collect() }, sum)
}

/// A page whose census is missing, and the file it is in; none where the index names that.
pub type Uncounted = (Hash, Option<Blob>);

/// The root, as a page.
pub const ROOT: Uncounted = ([0; 16], None);

impl Atlas {
    /// Takes in a census that was missing.
    pub fn add_census(&mut self, page: Hash, census: Arc<Census>) {
        self.censuses.push((page, census));
    }

    /// Takes over what the edition before has counted of pages that are the same, and of the root if that is.
    pub fn inherit_counts(&mut self, before: &Self, is_same: bool) {
        for (page, census) in &before.censuses {
            let stays = if *page == ROOT.0 { is_same } else { self.page(page).is_some() };
            if stays {
                self.censuses.push((*page, Arc::clone(census)));
            }
        }
    }

    /// Whether the root's census is there.
    pub fn is_counted(&self) -> bool {
        self.census(&ROOT.0).is_some()
    }

    fn census(&self, page: &Hash) -> Option<&Arc<Census>> {
        self.censuses.iter().find(|(other, _)| other == page).map(|(_, census)| census)
    }

    /// Calls `see` with every page that is known, its hash and its entries, from the root on.
    fn each_page(&self, page: Hash, entries: &[Entry], see: &mut dyn FnMut(&Hash, &[Entry])) {
        see(&page, entries);
        for entry in entries {
            if let Some(entries) = self.page(&entry.blob.hash) {
                self.each_page(entry.blob.hash, entries, see);
            }
        }
    }

    /// The censuses that would tell of what is not loaded in `area` and a badge around it, which is `badge` degrees of longitude wide, and
    /// that can be asked for: a page's when it is known where it is.
    pub fn uncounted(&self, area: Extent, badge: f64) -> Vec<Uncounted> {
        let area = area.wider(badge);
        let mut missing = Vec::new();
        self.want(ROOT, &self.top, area, &mut missing);
        missing
    }

    /// Collects those of a page and of what is below it. Whether the page's own is missing and wanted.
    fn want(&self, page: Uncounted, entries: &[Entry], area: Extent, missing: &mut Vec<Uncounted>) -> bool {
        let census = self.census(&page.0);
        let mut is_wanted = false;
        for (at, entry) in entries.iter().enumerate() {
            if !entry.extent.is_some_and(|extent| extent.touches(&area)) {
                continue;
            }
            let is_lacking = match self.page(&entry.blob.hash) {
                Some(entries) if can_rank(entry) => {
                    let below = census.and_then(|census| *census.below.get(at)?);
                    self.want((entry.blob.hash, below), entries, area, missing)
                }
                _ => self.is_unseen(entry),
            };
            is_wanted |= is_lacking && census.is_none();
        }
        if is_wanted && (page == ROOT || page.1.is_some()) {
            missing.push(page);
        }
        is_wanted
    }

    /// The parts of known place that are not loaded, pages and shards, as a map shows them at `now`: those that fit where only
    /// the hours are asked for, all of them where more is, since nobody knows what fits (`open` is none).
    pub fn regions(&self, open: Option<OpenWhen>, now: LocalDateTime, holidays: &Holidays) -> Vec<Region> {
        let mut regions: Vec<Region> = Vec::new();
        self.each_page(ROOT.0, &self.top, &mut |page, entries| {
            let first = regions.len();
            let mut places = Vec::new();
            for (at, entry) in entries.iter().enumerate() {
                if let Some(extent) = entry.extent.filter(|_| self.is_unseen(entry)) {
                    regions.push(Region { extent, count: entry.count, open: 0, unseen: entry.count });
                    places.push(at);
                }
            }
            let Some((open, census)) = open.zip(self.census(page)).filter(|_| !places.is_empty()) else {
                return;
            };
            for (door, counts) in &census.doors {
                let hours = door.hours.as_ref();
                let status = status_of(hours, &door.notices, now, holidays);
                let fits = open.admits(hours, &door.notices, status, holidays);
                for (region, at) in regions[first..].iter_mut().zip(&places) {
                    let many = counts.get(*at).copied().unwrap_or_default();
                    region.unseen = region.unseen.saturating_sub(many);
                    if !fits {
                        region.count = region.count.saturating_sub(many);
                    } else if status.is_open() == Some(true) {
                        region.open += many;
                    }
                }
            }
        });
        regions.retain(|region| region.count > 0);
        regions
    }
}
