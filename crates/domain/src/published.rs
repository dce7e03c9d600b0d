//! What `staff build` publishes and the app loads: `data/index.json`, and the files it names.
//!
//! The index is small, JSON, and never cached. The files carry their content's hash in their name, never change, and
//! hold what was understood, in the form of [`crate::wire`].

use serde::{Deserialize, Serialize};

use crate::read::Dataset;
use crate::station::Station;
use crate::wire::wire;

/// `data/index.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Counts up with every change of the published data; the app never goes back.
    pub seq: u64,
    /// Version of the files' shape; see [`crate::SCHEMA`].
    pub schema: u32,
    /// The oldest app, as [`crate::APP_LEVEL`], that can read this data.
    pub min_app: u32,
    /// Day of the newest fact in the data, `YYYY-MM-DD`; empty where no station says.
    pub published_at: String,
    /// Whether the server that gives it away also takes changes and reports (`staff serve --data`). Absent elsewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub api: bool,
    /// The files, each exactly as long and with exactly the hash that is said here.
    pub files: Vec<IndexFile>,
}

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexFile {
    /// What is in it.
    pub kind: FileKind,
    /// Where it is, relative to the index's folder.
    pub path: String,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes, before any transport compression.
    pub len: u64,
    /// For the root: the box around all stations, `[west, south, east, north]` in 1e-6 degrees WGS-84. None where no
    /// station has a position, and for other kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[i32; 4]>,
}

/// What a published file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The first file of the tree of stations, as [`crate::shards::Root`]. The index names it and no other of the tree.
    Root,
    /// Entries of the tree, as a list of [`crate::shards::Entry`].
    Page,
    /// Stations, as a list of [`Station`].
    Stations,
    /// Districts, as a list of [`crate::shards::Place`].
    Places,
    /// Ids, as [`crate::shards::ids::Table`] or [`crate::shards::ids::Bucket`].
    Ids,
    /// How many stations keep which hours, as [`crate::shards::Census`]: the root's, which the index names, and those below it.
    Census,
    /// Where words occur: the [`crate::shards::words::Table`], which the index names, and the nodes below it.
    Words,
    /// How characters are read, as [`crate::readings::Readings`].
    Readings,
    /// Settings, as [`crate::site::Site`].
    Site,
    /// Holidays, as [`crate::holidays::Holidays`].
    Holidays,
    /// The embedded map, as [`crate::basemap`] reads it.
    Basemap,
    /// What holds just now, as [`crate::now::Now`]; there may be none.
    Now,
    /// Something a newer app knows.
    #[serde(other)]
    Other,
}

/// A whole list, before it is published.
#[derive(Clone, Debug, PartialEq)]
pub struct StationsFile {
    /// What the list is and who answers for it.
    pub dataset: Dataset,
    /// The stations, in showing order of the data.
    pub stations: Vec<Station>,
}

wire! { StationsFile { dataset, stations } }

impl FileKind {
    /// The kind of a word in the index.
    pub fn from_word(word: &str) -> Self {
        match word {
            "root" => Self::Root,
            "page" => Self::Page,
            "stations" => Self::Stations,
            "places" => Self::Places,
            "ids" => Self::Ids,
            "census" => Self::Census,
            "words" => Self::Words,
            "readings" => Self::Readings,
            "site" => Self::Site,
            "holidays" => Self::Holidays,
            "basemap" => Self::Basemap,
            "now" => Self::Now,
            _ => Self::Other,
        }
    }

    /// The word of a kind, in the index and in the names of files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Page => "page",
            Self::Stations => "stations",
            Self::Places => "places",
            Self::Ids => "ids",
            Self::Census => "census",
            Self::Words => "words",
            Self::Readings => "readings",
            Self::Site => "site",
            Self::Holidays => "holidays",
            Self::Basemap => "basemap",
            Self::Now => "now",
            Self::Other => "other",
        }
    }
}

impl Index {
    /// The first file of a kind.
    pub fn file(&self, kind: FileKind) -> Option<&IndexFile> {
        self.files.iter().find(|file| file.kind == kind)
    }

    /// The files of a kind, in order.
    pub fn files_of(&self, kind: FileKind) -> impl Iterator<Item = &IndexFile> {
        self.files.iter().filter(move |file| file.kind == kind)
    }
}
