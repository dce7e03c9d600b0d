//! What is wrong with the source data, and what is worth a look. Facts only; [`crate::words`] says them.

mod kind;
mod report;

use std::io;

use domain::finding::Problem;
use domain::hours::HoursError;
use domain::time::Date;

use crate::source::JsonError;

pub use kind::{Kind, Level};
pub use report::{Keep, Report};

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
    /// An event that was over long ago.
    EventOver {
        /// When it ended, as written.
        ended: String,
    },
    /// The station has no telephone number at all.
    NoContact,
    /// Nobody was there to look.
    NeverVerified,
    /// Nobody was there for long.
    Stale {
        /// How many days.
        days: i32,
    },
    /// A day of the past that is still to come.
    Future {
        /// That day.
        date: Date,
    },
    /// The station stands outside the district that it names.
    Elsewhere {
        /// The district it names.
        district: String,
        /// How far outside it, in metres.
        metres: f64,
        /// The district around it, where the map knows one.
        around: Option<String>,
    },
    /// Another station stands at the same place, or nearly.
    Close {
        /// Its id as written, or where it stands in the file.
        other: String,
        /// How far away, in metres.
        metres: f64,
    },
    /// No station of the list has this id.
    NoStation {
        /// The id.
        id: String,
    },
    /// No number that a phone can dial.
    Undialable(String),
    /// A number with hidden digits, to be read and not dialled.
    Masked(String),
    /// Texts without English.
    Untranslated {
        /// The fields, below the item's path.
        fields: Vec<String>,
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
    /// What sort of thing it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Unreadable(_) => Kind::Unreadable,
            Self::Json(_) => Kind::Json,
            Self::RepeatedKey => Kind::RepeatedKey,
            Self::Field(_) => Kind::Field,
            Self::Photo { .. } => Kind::Photo,
            Self::Basemap => Kind::Basemap,
            Self::NoBasemap => Kind::NoBasemap,
            Self::UnknownKey { .. } => Kind::UnknownKey,
            Self::UnreviewedBoundaries => Kind::UnreviewedBoundaries,
            Self::NoSiteUrl => Kind::NoSiteUrl,
            Self::Undrawable { .. } => Kind::Undrawable,
            Self::UnclearHours { .. } => Kind::UnclearHours,
            Self::HolidaysEnd { .. } => Kind::HolidaysEnd,
            Self::Over { .. } => Kind::Over,
            Self::EventOver { .. } => Kind::EventOver,
            Self::NoContact => Kind::NoContact,
            Self::NeverVerified => Kind::NeverVerified,
            Self::Stale { .. } => Kind::Stale,
            Self::Future { .. } => Kind::Future,
            Self::Elsewhere { .. } => Kind::Elsewhere,
            Self::Close { .. } => Kind::Close,
            Self::NoStation { .. } => Kind::NoStation,
            Self::Undialable(_) => Kind::Undialable,
            Self::Masked(_) => Kind::Masked,
            Self::Untranslated { .. } => Kind::Untranslated,
        }
    }

    /// How bad it is.
    pub const fn level(&self) -> Level {
        self.kind().level()
    }
}
