//! A station's own page: what it says of itself in a search or a chat, and the station as text, for who reads it without
//! the app. The text is in [`super::text`].

use std::fmt::Write as _;

use domain::read::Dataset;
use domain::site::Site;
use domain::station::{Location, Station, StationId};
use domain::text::Lang;

use super::html::Escaped;
use super::ld;
use super::marks::Marks;
use super::meta::{Image, Meta};
use super::page::{Own, Template};
use super::places::Places;
use super::text::Text;
use crate::words;

/// Most characters of a description: search engines and chats show no more.
const DESCRIPTION: usize = 120;

/// What all stations' pages are made with.
pub(super) struct Pages<'a> {
    /// The app's page, cut.
    pub(super) template: &'a Template,
    /// What the list is.
    pub(super) dataset: &'a Dataset,
    /// The site's settings.
    pub(super) site: &'a Site,
    /// The stations by place.
    pub(super) places: &'a Places<'a>,
    /// What holds of them just now.
    pub(super) marks: &'a Marks<'a>,
}

impl Pages<'_> {
    /// A station's page, for which `image` stands.
    pub(super) fn page(&self, station: &Station, image: Option<Image<'_>>) -> String {
        let Self { template, dataset, site, places, marks } = *self;
        let title = format!("{} - {}", station.name.get(Lang::Zh), site.title.get(Lang::Zh));
        let description = description(dataset, station);
        let path = format!("/s/{}/", station.id);
        let meta = Meta { site, title: &title, description: &description, path: &path, image };
        let head = format!("{meta}{}", ld::block(site, station, image));
        let text = Text { dataset, site, station, marks, district: places.of(station) }.to_string();
        let (title, description) = (Escaped(&title).to_string(), Escaped(&description).to_string());
        template.page(&Own { title: &title, description: &description, head: &head, text: &text })
    }
}

/// Where a station's page is, relative to the site.
pub(super) fn path(id: &StationId) -> String {
    format!("{}/{id}/index.html", super::PAGES)
}

/// The whole address in Chinese: the area once, then the street.
pub(super) fn address(location: &Location) -> String {
    let area = format!("{}{}", location.city, location.district);
    let street = location.address.as_ref().map_or("", |text| text.get(Lang::Zh));
    if street.starts_with(&area) { street.to_owned() } else { area + street }
}

/// Where it is, when it is open, what it has.
fn description(dataset: &Dataset, station: &Station) -> String {
    let mut out = String::from(if dataset.sample { "示例数据。" } else { "" });
    out.push_str(&address(&station.location));
    if let Some(hours) = &station.hours {
        // Writing to a String does not fail.
        let _ = write!(out, "。开放时间：{}", hours.text());
    }
    let usable: Vec<&str> = station.usable().iter().map(words::amenity).collect();
    if !usable.is_empty() {
        let _ = write!(out, "。{}", usable.join("、"));
    }
    cut(out)
}

/// A description, not too long.
pub(super) fn cut(text: String) -> String {
    if text.chars().count() > DESCRIPTION {
        text.chars().take(DESCRIPTION - 1).chain(['…']).collect()
    } else {
        text
    }
}
