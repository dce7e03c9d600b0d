//! The shape of `stations.json`, field by field, as people write it.
//!
//! Every field may be missing or null here: what is required, and what a word may be, is decided in one place,
//! [`crate::read`], which turns these into [`crate::station::Station`]s and names each problem.
//! Unknown keys are ignored on reading; tools that change a file edit its JSON value, so that they survive.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StationsDto {
    /// Version of this shape; this program knows [`crate::SCHEMA`].
    pub schema: Option<u32>,
    /// What the list is and who answers for it.
    pub dataset: Option<DatasetDto>,
    /// The stations.
    pub stations: Option<Vec<StationDto>>,
}

/// What the list is and who answers for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DatasetDto {
    /// Title.
    pub title: Option<Text>,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// How to reach the publisher, free text.
    pub contact: Option<Text>,
    /// Licence of the data.
    pub licence: Option<String>,
    /// True for invented data, which the app marks as 示例数据.
    pub sample: Option<bool>,
    /// Counts up with each edition; the published `seq` starts here.
    pub revision: Option<u64>,
}

/// One station.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StationDto {
    /// `^[a-z0-9-]{1,40}$`, for ever the same.
    pub id: Option<String>,
    /// Name on the door.
    pub name: Option<Text>,
    /// A word of [`crate::station::Kind`].
    pub kind: Option<String>,
    /// Where it is.
    pub location: Option<LocationDto>,
    /// Opening hours in the field's way of writing.
    pub hours: Option<String>,
    /// A word of [`crate::station::Access`].
    pub access: Option<String>,
    /// Closed, limited, or something to know.
    pub notices: Option<Vec<NoticeDto>>,
    /// What the station has.
    pub amenities: Option<Vec<AmenityDto>>,
    /// Whom to call.
    pub contacts: Option<Vec<ContactDto>>,
    /// Clinics and activities.
    pub events: Option<Vec<EventDto>>,
    /// Pictures of the door.
    pub photos: Option<Vec<PhotoDto>>,
    /// Pages about the station.
    pub links: Option<Vec<LinkDto>>,
    /// Day somebody last checked the facts on the spot, `YYYY-MM-DD`.
    pub verified_at: Option<String>,
    /// Day the entry last changed, `YYYY-MM-DD`.
    pub updated_at: Option<String>,
    /// Where the facts come from.
    pub source: Option<String>,
}

/// Where a station is. Latitude and longitude are WGS-84 degrees and stand or fall together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LocationDto {
    /// Degrees north, WGS-84.
    pub lat: Option<f64>,
    /// Degrees east, WGS-84.
    pub lng: Option<f64>,
    /// City, as 沈阳市.
    pub city: Option<String>,
    /// District or county, as 浑南区.
    pub district: Option<String>,
    /// Street address.
    pub address: Option<Text>,
    /// How to find the door.
    pub directions: Option<Text>,
}

/// Something to know before setting out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NoticeDto {
    /// A word of [`crate::station::NoticeKind`].
    pub kind: Option<String>,
    /// What it says.
    pub text: Option<Text>,
    /// First day or minute it holds.
    pub from: Option<String>,
    /// Last day, or the minute it ends.
    pub until: Option<String>,
}

/// One thing the station has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AmenityDto {
    /// A word of [`crate::amenity::Amenity`].
    pub id: Option<String>,
    /// A word of [`crate::amenity::AmenityState`].
    pub state: Option<String>,
    /// What to know about it.
    pub note: Option<Text>,
    /// A word of [`crate::station::Access`], where it differs from the station's.
    pub access: Option<String>,
}

/// Somebody to call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactDto {
    /// A word of [`crate::station::Role`].
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<Text>,
    /// The person on duty.
    pub person: Option<String>,
    /// One or several numbers, as written; masked ones stay masked.
    pub phone: Option<String>,
    /// When they answer, in the field's way of writing.
    pub hours: Option<String>,
}

/// A clinic or an activity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventDto {
    /// A word of [`crate::station::EventKind`].
    pub kind: Option<String>,
    /// What it is.
    pub title: Option<Text>,
    /// When it starts, `YYYY-MM-DDTHH:MM`.
    pub starts: Option<String>,
    /// When it ends.
    pub ends: Option<String>,
    /// What to know.
    pub note: Option<Text>,
}

/// A picture beside the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhotoDto {
    /// File below the data folder.
    pub file: Option<String>,
    /// What the picture shows, for those who cannot see it.
    pub alt: Option<Text>,
}

/// A page about the station.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkDto {
    /// What the page is.
    pub title: Option<Text>,
    /// An https address.
    pub url: Option<String>,
}
