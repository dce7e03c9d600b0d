//! The stations as plain HTML: what a rider sees when the app does not start, and what a search engine reads.
//!
//! Says only what does not depend on the time: the page may be read long after it was built.

use std::collections::BTreeMap;
use std::fmt;

use domain::navigate::{MapApp, TravelMode, link};
use domain::phone::Phone;
use domain::read::Dataset;
use domain::site::Site;
use domain::station::{Notice, NoticeKind, Station};
use domain::text::Lang;
use domain::time::LocalDateTime;

use super::html::Escaped;
use super::open;
use crate::words;

/// Above this many stations the list keeps to name, address and telephone.
const MANY: usize = 500;
/// How the map app is told who sends the rider.
const REFERRER: &str = "love-stations";

/// Everything the plain list is made from.
pub(super) struct Plain<'a> {
    /// What the list is.
    pub(super) dataset: &'a Dataset,
    /// The site's settings.
    pub(super) site: &'a Site,
    /// The stations.
    pub(super) stations: &'a [Station],
    /// The links to the app's style sheets, as HTML.
    pub(super) styles: String,
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sample = if self.dataset.sample { "（示例数据）" } else { "" };
        let title = Escaped(self.site.title.get(Lang::Zh));
        write!(
            f,
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n\
             <link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">\n<title>{title}：文字版</title>\n{}\n</head>\n<body>\n<main id=\"plain\">\n<h1>{title}</h1>\n\
             <p>这是文字版，不需要 JavaScript，照样能查、能打电话。<a href=\"/\">打开地图</a><br>\n\
             <span lang=\"en\">The stations as text; works without JavaScript. <a href=\"/\">Open the map</a></span></p>\n\
             <div id=\"plain-list\">",
            self.styles
        )?;
        write!(f, "<p>{} 个站点{sample}</p>", self.stations.len())?;
        self.emergency(f)?;
        let brief = self.stations.len() > MANY;
        for (city, stations) in self.by_city() {
            write!(f, "<h2>{}</h2><ul>", Escaped(city))?;
            for station in stations {
                write_station(f, station, brief)?;
            }
            f.write_str("</ul>")?;
        }
        f.write_str("</div>\n")?;
        write_downloads(f, self.dataset)?;
        f.write_str("</main>\n</body>\n</html>\n")
    }
}

impl<'a> Plain<'a> {
    /// The cities, in the order in which the list first names them.
    fn by_city(&self) -> Vec<(&'a str, Vec<&'a Station>)> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut cities: Vec<(&str, Vec<&Station>)> = Vec::new();
        for station in self.stations {
            let city = station.location.city.as_str();
            let place = *places.entry(city).or_insert(cities.len());
            if place == cities.len() {
                cities.push((city, Vec::new()));
            }
            cities[place].1.push(station);
        }
        cities
    }

    fn emergency(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(emergency) = &self.site.emergency else {
            return Ok(());
        };
        write!(f, "<p><strong>{}</strong></p>", Escaped(emergency.text.get(Lang::Zh)))?;
        for contact in &emergency.contacts {
            write!(f, "<p>{}：", Escaped(contact.name.get(Lang::Zh)))?;
            write_phones(f, &contact.phones)?;
            f.write_str("</p>")?;
        }
        Ok(())
    }
}

/// Where the whole list can be had as data.
fn write_downloads(f: &mut fmt::Formatter<'_>, dataset: &Dataset) -> fmt::Result {
    f.write_str("<h2 id=\"data\">开放数据 <span lang=\"en\">Open data</span></h2><p>")?;
    for (path, name) in open::DOWNLOADS {
        write!(f, "<a href=\"/{path}\" download>{name}</a>")?;
    }
    write!(f, "<a href=\"/{}\">许可 <span lang=\"en\">Licence</span></a>", open::LICENCE)?;
    writeln!(f, "{}</p>", Escaped(dataset.licence.as_deref().unwrap_or("")))
}

fn write_station(f: &mut fmt::Formatter<'_>, station: &Station, brief: bool) -> fmt::Result {
    write!(
        f,
        "<li id=\"s-{}\"><h3>{}</h3>",
        Escaped(station.id.as_str()),
        Escaped(station.name.get(Lang::Zh))
    )?;
    if !brief {
        for notice in station.notices.iter().filter(|notice| notice.kind != NoticeKind::Info) {
            write_notice(f, notice)?;
        }
        if let Some(hours) = &station.hours {
            write!(f, "<p>开放时间：{}</p>", Escaped(hours.text()))?;
        }
    }
    let address = station.location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
    write!(f, "<p>地址：{}{}", Escaped(&station.location.district), Escaped(address))?;
    if !brief && let Some(link) = navigation(station) {
        write!(f, " <a href=\"{}\" rel=\"noreferrer\">高德导航</a>", Escaped(&link))?;
    }
    f.write_str("</p>")?;
    if brief {
        if let Some((_, phone)) = station.first_call() {
            f.write_str("<p>电话：")?;
            write_phones(f, std::slice::from_ref(phone))?;
            f.write_str("</p>")?;
        }
    } else {
        for contact in station.contacts.iter().filter(|contact| !contact.phones.is_empty()) {
            write!(f, "<p>{}：", words::role(contact.role))?;
            write_phones(f, &contact.phones)?;
            f.write_str("</p>")?;
        }
        let usable: Vec<&str> = station.usable().iter().map(words::amenity).collect();
        if !usable.is_empty() {
            write!(f, "<p>服务：{}</p>", usable.join("、"))?;
        }
    }
    f.write_str("</li>")
}

/// A notice with the time it is for, as the reader's clock is not known here.
pub(super) fn write_notice(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    let word = match notice.kind {
        NoticeKind::Closed => "暂停开放",
        NoticeKind::Limited => "服务调整",
        NoticeKind::Info => "提醒",
    };
    let until = notice.until.map(|until| match until.last_day() {
        Some(day) => day.to_string(),
        None => until.end().to_string().replace('T', " "),
    });
    let time = match (notice.from.map(LocalDateTime::date), until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("（{from} 起）"),
        (None, Some(until)) => format!("（至 {until}）"),
        (Some(from), Some(until)) => format!("（{from} 至 {until}）"),
    };
    write!(f, "<p><strong>{word}{}：{}</strong></p>", Escaped(&time), Escaped(notice.text.get(Lang::Zh)))
}

/// Telephone numbers, each a link where it can be dialled.
pub(super) fn write_phones(f: &mut fmt::Formatter<'_>, phones: &[Phone]) -> fmt::Result {
    for (index, phone) in phones.iter().enumerate() {
        if index > 0 {
            f.write_str("、")?;
        }
        match phone.dial() {
            Some(dial) => write!(f, "<a href=\"tel:{}\">{}</a>", Escaped(dial), Escaped(phone.text()))?,
            None => write!(f, "{}", Escaped(phone.text()))?,
        }
    }
    Ok(())
}

/// A link that opens a map app on the way to the station.
pub(super) fn navigation(station: &Station) -> Option<String> {
    let address = station.location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
    let (to, name) = (station.location.position?, station.name.get(Lang::Zh));
    Some(link(MapApp::Amap, TravelMode::Ride, to, name, address, REFERRER))
}
