//! The shape of `site.json` and `holidays.json`, as people write them. See [`crate::dto`] for the rules.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// `site.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SiteDto {
    /// Version of this shape.
    pub schema: Option<u32>,
    /// The site's name.
    pub title: Option<Text>,
    /// Where it is published.
    pub site_url: Option<String>,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: Option<i32>,
    /// Whether boundaries may be shown.
    pub boundaries: Option<bool>,
    /// 审图号.
    pub review_number: Option<String>,
    /// Where the map comes from.
    pub map_source: Option<Text>,
    /// ICP 备案 number.
    pub icp: Option<String>,
    /// 公安备案 number.
    pub police_icp: Option<String>,
    /// Tile layers.
    pub tiles: Option<Vec<TileLayerDto>>,
    /// A flood or a storm.
    pub emergency: Option<EmergencyDto>,
    /// Public service numbers.
    pub service_numbers: Option<Vec<ServiceNumberDto>>,
}

/// A tile layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TileLayerDto {
    /// Name in the layer switch.
    pub name: Option<Text>,
    /// Address template.
    pub url: Option<String>,
    /// What `{s}` may be.
    pub subdomains: Option<Vec<String>>,
    /// A word of [`crate::site::Datum`].
    pub datum: Option<String>,
    /// Smallest zoom.
    pub min_zoom: Option<u8>,
    /// Largest zoom.
    pub max_zoom: Option<u8>,
    /// Whom to name.
    pub attribution: Option<String>,
    /// Lies over another layer.
    pub overlay: Option<bool>,
}

/// A flood or a storm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmergencyDto {
    /// What to know.
    pub text: Option<Text>,
    /// Last day, or the minute it ends.
    pub until: Option<String>,
    /// First day or minute.
    pub since: Option<String>,
    /// The ids of the stations that are shelters; an empty list: every one.
    pub stations: Option<Vec<String>>,
    /// Whom to call.
    pub contacts: Option<Vec<NamedNumberDto>>,
}

/// A name and its number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NamedNumberDto {
    /// Who answers.
    pub name: Option<Text>,
    /// The number.
    pub phone: Option<String>,
}

/// A public service number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceNumberDto {
    /// Who answers.
    pub name: Option<Text>,
    /// The number.
    pub phone: Option<String>,
    /// What for.
    pub note: Option<Text>,
    /// The city it serves.
    pub city: Option<String>,
}

/// `holidays.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HolidaysDto {
    /// Version of this shape.
    pub schema: Option<u32>,
    /// First day the table speaks of.
    pub from: Option<String>,
    /// Last day the table speaks of.
    pub through: Option<String>,
    /// Where the table comes from.
    pub source: Option<String>,
    /// Days off, weekend days among them.
    pub holidays: Option<Vec<NamedDayDto>>,
    /// Weekend days that are worked, 调休.
    pub workdays: Option<Vec<NamedDayDto>>,
}

/// A day and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NamedDayDto {
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What it is called.
    pub name: Option<Text>,
}
