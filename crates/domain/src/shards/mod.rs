//! The stations as they are published: cut into shards by place, so that a phone loads those around its rider and no others,
//! in a city and in a nation alike.
//!
//! - [`Root`] is one small file: what the list is, and the [`Entry`]s of its tree. An entry names a file by its hash, says what
//!   area that covers and how many stations there are below. Below it are more entries (a page) or stations (a shard).
//! - [`publish`] cuts a list into these files, along the Morton curve: an edit changes the shard it is in and what
//!   leads there, nothing else.
//! - [`Atlas`] is what a phone knows of the tree. It says what to load next so that the nearest are those of the
//!   nation, and how far around a place nothing is missing.
//! - [`Crowd`] is what a map shows of it: stations, and how many there are where they are not loaded.
//! - [`census`] says how many stations keep which hours where nothing is loaded.
//! - [`ids`] leads from a station's id to its place, for a link to somewhere far away.
//! - [`words`] leads from what somebody types to the places where that may be found.
//!
//! All bytes are checked against a hash that stands in the file which names them; the root's, its census' and that of the words'
//! table stand in the index.

mod atlas;
mod cells;
pub mod census;
mod crowd;
mod cut;
mod extent;
pub mod ids;
mod terms;
pub mod words;

pub use atlas::{Atlas, Need, Step, settled};
pub use cells::Cells;
pub use census::{Census, Region};
pub use crowd::{Badge, Crowd};
pub use cut::{Made, publish};
pub use extent::Extent;

use crate::coords::Wgs84;
use crate::published::FileKind;
use crate::read::Dataset;
use crate::wire::{Reader, Wire, Writer, wire};

/// How many of the nearest are certain before the list shows: what a rider looks at first, and the head of the sheet chooses from.
pub const FIRST_ROWS: usize = 10;

/// Of how many stations in sight a map loads what it shows, as [`Atlas::in_sight`] has it: 25 KB. Of more the numbers say as much, until
/// somebody looks closer.
pub const SIGHT: u64 = 240;

/// The folder of the tree's files beside the index.
pub const FOLDER: &str = "tree";

/// The first half of a SHA-256: nobody finds other bytes for one.
pub type Hash = [u8; 16];

/// A published file as its parent in the tree names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    /// What its bytes hash to.
    pub hash: Hash,
    /// How many bytes it has, before any packing.
    pub len: u64,
}

impl Blob {
    /// The hash in 32 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        self.hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// Where the file is, relative to the index's folder: its name is what it holds, and half of the hash. All of the tree lie in
    /// one folder, so that a host can be told of them in one rule.
    pub fn path(&self, kind: FileKind) -> String {
        let mut path = String::from(FOLDER);
        path.push('/');
        path.push_str(kind.word());
        path.push('-');
        path.push_str(self.hex().get(..16).unwrap_or_default());
        path.push_str(".bin");
        path
    }
}

/// What the file of an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// More entries, none of them of unknown place.
    Page,
    /// Stations whose place is known.
    Placed,
    /// Stations of one district or city whose place is unknown; the entry's area is that of its others.
    Unplaced,
    /// More entries, all of them of unknown place. They would make a page of the others seem larger than it is.
    UnplacedPage,
}

impl Below {
    /// Whether there are more entries in the file.
    pub const fn is_page(self) -> bool {
        matches!(self, Self::Page | Self::UnplacedPage)
    }

    /// The kind of the file.
    pub const fn kind(self) -> FileKind {
        match self {
            Self::Page | Self::UnplacedPage => FileKind::Page,
            Self::Placed | Self::Unplaced => FileKind::Stations,
        }
    }
}

/// A part of the tree, by the file it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// What the file holds.
    pub below: Below,
    /// The file.
    pub blob: Blob,
    /// What it covers; none where no place is known.
    pub extent: Option<Extent>,
    /// How many stations there are in it, or below.
    pub count: u64,
}

/// The first file of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// What the list is and who answers for it.
    pub dataset: Dataset,
    /// How many stations there are.
    pub count: u64,
    /// Where to look from as long as nobody said: the first station of the list that has a place.
    pub start: Option<Wgs84>,
    /// The districts, as a list of [`Place`].
    pub places: Blob,
    /// From ids to places, as [`ids::Table`].
    pub ids: Blob,
    /// The tree.
    pub entries: Vec<Entry>,
}

/// A district that has stations of known place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its city, as 沈阳市.
    pub city: String,
    /// Its name, as 浑南区.
    pub district: String,
    /// The middle of its stations.
    pub center: Wgs84,
    /// What its stations cover.
    pub extent: Extent,
    /// How many stations it has, those of unknown place counted.
    pub count: u64,
}

wire! {
    Blob { hash, len }
    Entry { below, blob, extent, count }
    Root { dataset, count, start, places, ids, entries }
    Place { city, district, center, extent, count }
}

/// The district that a position is most likely in: of which the middle is nearest. None where there are none.
pub fn district_of(places: &[Place], at: Wgs84) -> Option<&Place> {
    let far = |place: &&Place| crate::geodesy::distance_m(at, place.center);
    places.iter().min_by(|one, other| far(one).total_cmp(&far(other)))
}

impl Wire for Hash {
    fn put(&self, out: &mut Writer) {
        for byte in self {
            byte.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        [(); 16].map(|()| from.byte())
    }
}

impl Wire for Below {
    fn put(&self, out: &mut Writer) {
        (*self as u8).put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        from.choice(&[Self::Page, Self::Placed, Self::Unplaced, Self::UnplacedPage])
    }
}
