//! The stations as plain HTML: what a rider sees when the app does not start, and what a search engine reads.
//!
//! Says only what does not depend on the time: the page may be read long after it was built.

use std::fmt;

use domain::navigate::{MapApp, TravelMode, link};
use domain::phone::Phone;
use domain::read::Dataset;
use domain::site::Site;
use domain::station::{Notice, NoticeKind, Station};
use domain::text::Lang;
use domain::time::LocalDateTime;

use super::html::Escaped;
use super::marks::Marks;
use super::meta::{Image, Meta};
use super::places::Places;
use super::station::address;
use super::{areas, emergency, open};
use crate::words;

/// Above this many stations the list keeps to name, address and telephone.
const MANY: usize = 500;
/// Above this many it names the cities instead, as half a megabyte is no list any more.
const MOST: usize = 2_000;
/// How the map app is told who sends the rider.
pub(super) const REFERRER: &str = "love-stations";

/// Everything the plain list is made from.
pub(super) struct Plain<'a> {
    /// What the list is.
    pub(super) dataset: &'a Dataset,
    /// The site's settings.
    pub(super) site: &'a Site,
    /// The stations.
    pub(super) stations: &'a [Station],
    /// The same, by place.
    pub(super) places: &'a Places<'a>,
    /// What holds of them just now.
    pub(super) marks: &'a Marks<'a>,
    /// The image that stands for the site.
    pub(super) image: Option<Image<'a>>,
    /// The links to the app's style sheets, as HTML.
    pub(super) styles: &'a str,
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.site.title.get(Lang::Zh);
        let page_title = format!("{title}：文字版");
        let meta = Meta {
            site: self.site,
            title: &page_title,
            description: &format!(
                "{title}：全部 {} 个站点的地址、开放时间、电话和服务设施。",
                self.stations.len()
            ),
            path: "/list.html",
            image: self.image,
        };
        write_head(f, &meta, self.styles)?;
        write!(
            f,
            "<main id=\"plain\">\n<h1>{}</h1>\n<p>这是文字版，不需要 JavaScript，照样能查、能打电话。<a \
             href=\"/\">打开地图</a><br>\n<span lang=\"en\">The stations as text; works without JavaScript. <a \
             href=\"/\">Open the map</a></span></p>\n<div id=\"plain-list\">",
            Escaped(title)
        )?;
        write_count(f, self.dataset, self.stations.len())?;
        emergency::write(f, self.site, self.stations)?;
        if self.stations.len() > MOST {
            areas::write_cities(f, self.places)?;
        } else {
            self.all(f)?;
        }
        f.write_str("</div>\n")?;
        write_downloads(f, self.dataset)?;
        f.write_str("</main>\n</body>\n</html>\n")
    }
}

/// A page's beginning, up to its body.
pub(super) fn write_head(f: &mut fmt::Formatter<'_>, meta: &Meta<'_>, styles: &str) -> fmt::Result {
    write!(
        f,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n<meta name=\"format-detection\" \
         content=\"telephone=no\">\n<link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">\n\
         <title>{}</title>\n<meta name=\"description\" content=\"{}\">\n{meta}\n{styles}\n</head>\n<body>\n",
        Escaped(meta.title),
        Escaped(meta.description)
    )
}

/// How many stations there are, and whether they are made up.
pub(super) fn write_count(f: &mut fmt::Formatter<'_>, dataset: &Dataset, count: usize) -> fmt::Result {
    write!(f, "<p>{count} 个站点{}</p>", if dataset.sample { "（示例数据）" } else { "" })
}

impl Plain<'_> {
    /// Every station, city by city.
    fn all(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let brief = self.stations.len() > MANY;
        for city in &self.places.cities {
            write!(f, "<h2><a href=\"{}\">{}</a></h2><ul>", city.url(), Escaped(city.name))?;
            for station in city.districts.iter().flat_map(|district| &district.stations) {
                write_station(f, self.marks, station, 3, brief)?;
            }
            f.write_str("</ul>")?;
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

/// A station in a list, its name a link to its own page, and a heading of this level.
pub(super) fn write_station(
    f: &mut fmt::Formatter<'_>,
    marks: &Marks<'_>,
    station: &Station,
    level: u8,
    brief: bool,
) -> fmt::Result {
    let (id, name) = (&station.id, Escaped(station.name.get(Lang::Zh)));
    write!(f, "<li id=\"s-{id}\"><h{level}><a href=\"/s/{id}/\">{name}</a></h{level}>")?;
    marks.write(f, station)?;
    if !brief {
        for notice in station.notices.iter().filter(|notice| notice.kind != NoticeKind::Info) {
            write_notice(f, notice)?;
        }
        if let Some(hours) = &station.hours {
            write!(f, "<p>开放时间：{}</p>", Escaped(hours.text()))?;
        }
    }
    write!(f, "<p>地址：{}", Escaped(&address(&station.location)))?;
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

fn write_notice(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    let (word, time) = (words::rider::notice(notice.kind), notice_time(notice));
    write!(f, "<p><strong>{word}{}：{}</strong></p>", Escaped(&time), Escaped(notice.text.get(Lang::Zh)))
}

/// The time a notice is for, as the reader's clock is not known here; empty for one without.
pub(super) fn notice_time(notice: &Notice) -> String {
    let until = notice.until.map(|until| match until.last_day() {
        Some(day) => day.to_string(),
        None => until.end().to_string().replace('T', " "),
    });
    match (notice.from.map(LocalDateTime::date), until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("（{from} 起）"),
        (None, Some(until)) => format!("（至 {until}）"),
        (Some(from), Some(until)) => format!("（{from} 至 {until}）"),
    }
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
fn navigation(station: &Station) -> Option<String> {
    let address = station.location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
    let (to, name) = (station.location.position?, station.name.get(Lang::Zh));
    Some(link(MapApp::Amap, TravelMode::Ride, to, name, address, REFERRER))
}
