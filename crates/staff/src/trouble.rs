//! What is wrong with the source data, and what is worth a look. Facts only; [`crate::words`] says them.

use std::io;

use domain::finding::Problem;
use domain::hours::HoursError;
use domain::time::Date;

use crate::source::JsonError;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is published until it is mended.
    Error,
    /// Published all the same.
    Warning,
}

/// One thing, at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The file, relative to the source folder.
    pub file: &'static str,
    /// The station it is about, by the id as written, where it has one.
    pub station: Option<String>,
    /// The field, as `stations[3].location.lat`; empty for the whole file.
    pub path: String,
    /// What it is.
    pub trouble: Trouble,
}

/// What can be wrong, or worth a look.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The file cannot be read from the disk.
    Unreadable(io::ErrorKind),
    /// The file is no JSON.
    Json(JsonError),
    /// The key stands twice in its object.
    RepeatedKey,
    /// A field is wrong.
    Field(Problem),
    /// The photo is wrong.
    Photo {
        /// Its file, as written.
        file: String,
        /// What is wrong with it.
        trouble: PhotoTrouble,
    },
    /// The embedded map makes no sense.
    Basemap,
    /// There is no embedded map.
    NoBasemap,
    /// Nothing reads this key.
    UnknownKey {
        /// The known key that was perhaps meant.
        meant: Option<String>,
    },
    /// Boundaries are shown, but the map has no review number 审图号.
    UnreviewedBoundaries,
    /// Nobody said where the site is published.
    NoSiteUrl,
    /// Preview images cannot show these characters.
    Undrawable {
        /// Which.
        characters: Vec<char>,
    },
    /// The opening hours make no sense from some place on; they are shown as written.
    UnclearHours {
        /// As written.
        text: String,
        /// Where and why.
        error: HoursError,
    },
    /// The holiday table ends soon, or has ended.
    HolidaysEnd {
        /// Its last day.
        through: Date,
    },
    /// What is said held until a time that has passed.
    Over {
        /// That time, as written.
        until: String,
    },
}

/// What can be wrong with a photo's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoTrouble {
    /// Not below `photos/`.
    Elsewhere,
    /// Not a .webp, .jpg, .jpeg or .png.
    NotAPicture,
    /// Not there.
    Missing,
    /// A folder, a symlink, or below a symlink.
    NotAPlainFile,
    /// Cannot be read from the disk.
    Unreadable(io::ErrorKind),
    /// More bytes than are looked at.
    TooHeavy,
    /// More pixels than are decoded.
    TooManyPixels {
        /// How many across.
        width: u32,
        /// How many down.
        height: u32,
    },
    /// Of another kind than its name says.
    Disguised,
    /// No picture, or not a whole one.
    Broken,
}

impl Trouble {
    /// How bad it is.
    pub const fn level(&self) -> Level {
        match self {
            Self::Unreadable(_)
            | Self::Json(_)
            | Self::RepeatedKey
            | Self::Field(_)
            | Self::Photo { .. }
            | Self::Basemap => Level::Error,
            Self::NoBasemap
            | Self::UnknownKey { .. }
            | Self::UnreviewedBoundaries
            | Self::NoSiteUrl
            | Self::Undrawable { .. }
            | Self::UnclearHours { .. }
            | Self::HolidaysEnd { .. }
            | Self::Over { .. } => Level::Warning,
        }
    }
}

/// Everything found in a source folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many stations the list has, good or not.
    pub stations: usize,
    /// What was found, file by file, in each file's order as far as stations go.
    pub items: Vec<Item>,
}

impl Report {
    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.items.iter().filter(|item| item.trouble.level() == Level::Error).count()
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.items.len() - self.errors()
    }

    /// Whether a file could not be read from the disk, which is not the data's fault.
    pub fn is_unreadable(&self) -> bool {
        self.items.iter().any(|item| matches!(item.trouble, Trouble::Unreadable(_)))
    }
}
