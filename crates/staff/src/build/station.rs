//! A station's own page: what it says of itself in a search or a chat, and the station as text, for who reads it without
//! the app.
//!
//! Says only what does not depend on the time: the page may be read long after it was built.

use std::fmt::{self, Write as _};

use domain::amenity::AmenityState;
use domain::read::Dataset;
use domain::site::Site;
use domain::station::{Contact, Station};
use domain::text::Lang;

use super::html::Escaped;
use super::list::{navigation, write_notice, write_phones};
use super::page::{Own, Template};
use crate::words;

/// Most characters of a description: search engines and chats show no more.
const DESCRIPTION: usize = 120;

/// A station's page.
pub(super) fn page(template: &Template, dataset: &Dataset, site: &Site, station: &Station) -> String {
    let name = station.name.get(Lang::Zh);
    let title = format!("{name} - {}", site.title.get(Lang::Zh));
    let description = description(dataset, station);
    let (escaped, described) = (Escaped(&title).to_string(), Escaped(&description).to_string());
    let head = Head { site, station, title: &escaped, description: &described }.to_string();
    let text = Text { dataset, station }.to_string();
    template.page(&Own { title: &escaped, description: &described, head: &head, text: &text })
}

/// Where a station's page is, relative to the site.
pub(super) fn path(id: &domain::station::StationId) -> String {
    format!("{}/{id}/index.html", super::PAGES)
}

/// Where it is, when it is open, what it has.
fn description(dataset: &Dataset, station: &Station) -> String {
    let mut out = String::from(if dataset.sample { "示例数据。" } else { "" });
    let location = &station.location;
    let address = location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
    // Writing to a String does not fail.
    let _ = write!(out, "{}{}{address}", location.city, location.district);
    if let Some(hours) = &station.hours {
        let _ = write!(out, "。开放时间：{}", hours.text());
    }
    let usable: Vec<&str> = station.usable().iter().map(words::amenity).collect();
    if !usable.is_empty() {
        let _ = write!(out, "。{}", usable.join("、"));
    }
    if out.chars().count() > DESCRIPTION {
        out = out.chars().take(DESCRIPTION - 1).chain(['…']).collect();
    }
    out
}

struct Head<'a> {
    site: &'a Site,
    station: &'a Station,
    title: &'a str,
    description: &'a str,
}

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { site, station, title, description } = self;
        let origin = Escaped(&site.site_url);
        let id = &station.id;
        write!(
            f,
            "<link rel=\"canonical\" href=\"{origin}/s/{id}/\"><meta property=\"og:type\" content=\"website\"><meta \
             property=\"og:locale\" content=\"zh_CN\"><meta property=\"og:site_name\" content=\"{}\"><meta \
             property=\"og:url\" content=\"{origin}/s/{id}/\"><meta property=\"og:title\" content=\"{title}\"><meta \
             property=\"og:description\" content=\"{description}\">",
            Escaped(site.title.get(Lang::Zh))
        )?;
        if let Some(photo) = station.photos.first() {
            let file = Escaped(&photo.file);
            write!(f, "<meta property=\"og:image\" content=\"{origin}/data/{file}_960.jpg\">")?;
        }
        Ok(())
    }
}

struct Text<'a> {
    dataset: &'a Dataset,
    station: &'a Station,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dataset, station } = self;
        write!(f, "<article><h1>{}</h1>", Escaped(station.name.get(Lang::Zh)))?;
        if let Some(english) = station.name.english() {
            write!(f, "<p lang=\"en\">{}</p>", Escaped(english))?;
        }
        if dataset.sample {
            f.write_str("<p>（示例数据）</p>")?;
        }
        station.notices.iter().try_for_each(|notice| write_notice(f, notice))?;
        match &station.hours {
            Some(hours) => write!(f, "<p>开放时间：{}</p>", Escaped(hours.text()))?,
            None => f.write_str("<p>开放时间：未登记</p>")?,
        }
        let location = &station.location;
        let address = location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
        write!(f, "<p>地址：{}{}", Escaped(&location.city), Escaped(&location.district))?;
        write!(f, "{}", Escaped(address))?;
        if let Some(link) = navigation(station) {
            write!(f, " <a href=\"{}\" rel=\"noreferrer\">高德导航</a>", Escaped(&link))?;
        }
        f.write_str("</p>")?;
        if let Some(directions) = &location.directions {
            write!(f, "<p>怎么找：{}</p>", Escaped(directions.get(Lang::Zh)))?;
        }
        station.contacts.iter().try_for_each(|contact| write_contact(f, contact))?;
        write_offers(f, station)?;
        for link in &station.links {
            let (url, title) = (Escaped(&link.url), Escaped(link.title.get(Lang::Zh)));
            write!(f, "<p><a href=\"{url}\" rel=\"noreferrer\">{title}</a></p>")?;
        }
        if let Some(day) = station.verified_at {
            write!(f, "<p>核实于 {day}</p>")?;
        }
        f.write_str(
            "<p><a href=\"/\">打开地图 <span lang=\"en\">Map</span></a><a href=\"/list.html\">全部站点 <span \
             lang=\"en\">All stations</span></a></p></article>",
        )
    }
}

fn write_contact(f: &mut fmt::Formatter<'_>, contact: &Contact) -> fmt::Result {
    let organisation = contact.organisation.as_ref().map_or("", |text| text.get(Lang::Zh));
    let person = contact.person.as_deref().unwrap_or("");
    let who = [words::role(contact.role), organisation, person];
    let who: Vec<&str> = who.into_iter().filter(|text| !text.is_empty()).collect();
    write!(f, "<p>{}：", Escaped(&who.join(" ")))?;
    write_phones(f, &contact.phones)?;
    if let Some(hours) = &contact.hours {
        write!(f, "（{}）", Escaped(hours.text()))?;
    }
    f.write_str("</p>")
}

fn write_offers(f: &mut fmt::Formatter<'_>, station: &Station) -> fmt::Result {
    for (is_out, word) in [(false, "服务"), (true, "暂时没有")] {
        let offers = station.offers.iter().filter(|offer| (offer.state == AmenityState::Out) == is_out);
        for (index, offer) in offers.enumerate() {
            if index == 0 {
                write!(f, "<p>{word}：")?;
            } else {
                f.write_str("、")?;
            }
            f.write_str(words::amenity(offer.amenity))?;
            if let Some(note) = &offer.note {
                write!(f, "（{}）", Escaped(note.get(Lang::Zh)))?;
            }
        }
        if station.offers.iter().any(|offer| (offer.state == AmenityState::Out) == is_out) {
            f.write_str("</p>")?;
        }
    }
    Ok(())
}
