//! The shape of `stations.json`, field by field, as people write it.
//!
//! Every field may be missing or null here: what is required, and what a word may be, is decided in one place,
//! [`crate::read`], which turns these into [`crate::station::Station`]s and names each problem.
//! Unknown keys are ignored on reading; tools that change a file edit its JSON value, so that they survive.

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::Text;

/// A list that may be missing or null in the data.
fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StationsDto {
    /// Version of this shape; this program knows [`crate::SCHEMA`].
    pub schema: Option<u32>,
    /// What the list is and who answers for it.
    pub dataset: Option<DatasetDto>,
    /// The stations.
    #[serde(default, deserialize_with = "list")]
    pub stations: Vec<StationDto>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// A word of [`crate::station::Access`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// Closed, limited, or something to know.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeDto>,
    /// What the station has.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub amenities: Vec<AmenityDto>,
    /// Whom to call.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactDto>,
    /// Clinics and activities.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventDto>,
    /// Pictures of the door.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoDto>,
    /// Pages about the station.
    #[serde(default, deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDto>,
    /// Day somebody last checked the facts on the spot, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<String>,
    /// Day the entry last changed, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// Where the facts come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Where a station is. Latitude and longitude are WGS-84 degrees and stand or fall together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LocationDto {
    /// Degrees north, WGS-84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east, WGS-84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
    /// City, as 沈阳市.
    pub city: Option<String>,
    /// District or county, as 浑南区.
    pub district: Option<String>,
    /// Street address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// How to find the door.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, or the minute it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// A word of [`crate::station::Access`], where it differs from the station's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
}

/// Somebody to call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactDto {
    /// A word of [`crate::station::Role`].
    pub role: Option<String>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Text>,
    /// The person on duty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// One or several numbers, as written; masked ones stay masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// When they answer, in the field's way of writing.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// What to know.
    #[serde(skip_serializing_if = "Option::is_none")]
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
