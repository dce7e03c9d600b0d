//! A station as text, for who reads its page without the app, and until the app runs.
//!
//! In the app's own classes and order, so that nothing jumps when the app takes over. Says only what does not depend on the
//! time: the page may be read long after it was built.

use std::fmt;

use domain::amenity::AmenityState;
use domain::navigate::{MapApp, TravelMode, link};
use domain::read::Dataset;
use domain::site::Site;
use domain::station::{Contact, Event, Notice, NoticeKind, Offer, Photo, Role, Station};
use domain::text::Lang;
use domain::time::LocalDateTime;

use super::emergency;
use super::html::Escaped;
use super::list::{REFERRER, notice_time, write_phones};
use super::marks::Marks;
use super::places::{City, District};
use super::station::address;
use crate::words;

/// The map apps that a page can open, the one whose button stands first.
const MAPS: [(MapApp, &str); 4] = [
    (MapApp::Amap, "高德地图"),
    (MapApp::Tencent, "腾讯地图"),
    (MapApp::Baidu, "百度地图"),
    (MapApp::Apple, "Apple 地图"),
];
/// A photo's room, as the app has it.
const PHOTO: (u32, u32) = (400, 300);

/// A station, as text in HTML.
pub(super) struct Text<'a> {
    /// What the list is.
    pub(super) dataset: &'a Dataset,
    /// The site's settings.
    pub(super) site: &'a Site,
    /// The station.
    pub(super) station: &'a Station,
    /// What holds of the stations just now.
    pub(super) marks: &'a Marks<'a>,
    /// Where the other stations nearby are listed.
    pub(super) district: Option<(&'a City<'a>, &'a District<'a>)>,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dataset, site, station, marks, district: _ } = self;
        let word = station.kind.word();
        f.write_str("<article class=\"page\">")?;
        emergency::write(f, site, &[])?;
        write!(f, "<p class=\"kicker\">{}", icon(&format!("kind-{word}")))?;
        f.write_str(words::rider::kind(station.kind))?;
        if dataset.sample {
            f.write_str(" <span class=\"sample\">示例数据</span>")?;
        }
        write!(f, "</p><h1>{}</h1>", Escaped(station.name.get(Lang::Zh)))?;
        if let Some(hours) = &station.hours {
            write!(f, "<p class=\"status-line\">{}</p>", Escaped(hours.text()))?;
        }
        marks.write(f, station)?;
        self.buttons(f)?;
        station.notices.iter().try_for_each(|notice| write_notice(f, notice))?;
        write_offers(f, station)?;
        f.write_str("<section class=\"block\"><h2>开放时间</h2>")?;
        match &station.hours {
            Some(hours) => write!(f, "<p>{}</p></section>", Escaped(hours.text()))?,
            None => f.write_str("<p class=\"hint\">没有登记开放时间，去之前先打电话。</p></section>")?,
        }
        write_contacts(f, station)?;
        self.place(f)?;
        write_events(f, &station.events)?;
        write_photos(f, &station.photos)?;
        self.more(f)?;
        write_english(f, station)?;
        f.write_str("</article>")
    }
}

impl Text<'_> {
    /// The way there, and whom to call.
    fn buttons(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let go = self.map_links().next();
        let call = self.station.first_call().and_then(|(_, phone)| phone.dial());
        if go.is_none() && call.is_none() {
            return Ok(());
        }
        f.write_str("<div class=\"buttons\">")?;
        if let Some((url, _)) = go {
            let url = Escaped(&url);
            write!(
                f,
                "<a class=\"button primary\" href=\"{url}\" rel=\"noreferrer\">{}导航</a>",
                icon("ui-navigate")
            )?;
        }
        if let Some(dial) = call {
            write!(f, "<a class=\"button\" href=\"tel:{}\">{}电话</a>", Escaped(dial), icon("ui-phone"))?;
        }
        f.write_str("</div>")
    }

    /// Links to the station in the map apps, each in its datum.
    fn map_links(&self) -> impl Iterator<Item = (String, &'static str)> {
        let Station { location, name, .. } = self.station;
        let street = location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
        let name = name.get(Lang::Zh);
        let url = move |app| Some(link(app, TravelMode::Ride, location.position?, name, street, REFERRER));
        MAPS.into_iter().filter_map(move |(app, word)| Some((url(app)?, word)))
    }

    /// Where it is.
    fn place(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = &self.station.location;
        write!(f, "<section class=\"block\"><h2>地址</h2><p>{}</p>", Escaped(&address(location)))?;
        if let Some(directions) = &location.directions {
            write!(f, "<p><b>怎么找</b> {}</p>", Escaped(directions.get(Lang::Zh)))?;
        }
        if location.position.is_none() {
            f.write_str("<p class=\"notice-text\">这个驿站还没有坐标，请按地址找或先打电话。</p>")?;
        } else {
            f.write_str("<p>")?;
            for (url, word) in self.map_links() {
                write!(f, "<a href=\"{}\" rel=\"noreferrer\">{word}</a>", Escaped(&url))?;
            }
            f.write_str("</p>")?;
        }
        f.write_str("</section>")
    }

    /// Pages about it, how fresh this is, and where the others are.
    fn more(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Station { links, verified_at, updated_at, source, .. } = self.station;
        if !links.is_empty() {
            f.write_str("<section class=\"block\"><h2>相关链接</h2><ul>")?;
            for link in links {
                let (url, title) = (Escaped(&link.url), Escaped(link.title.get(Lang::Zh)));
                write!(f, "<li><a href=\"{url}\" rel=\"noreferrer\">{title}</a></li>")?;
            }
            f.write_str("</ul></section>")?;
        }
        f.write_str("<section class=\"block\"><h2>信息核实</h2>")?;
        match verified_at {
            Some(day) => write!(f, "<p>核实于 {day}</p>")?,
            None => f.write_str("<p>尚未现场核实</p>")?,
        }
        if let Some(day) = updated_at {
            write!(f, "<p class=\"hint\">更新于 {day}</p>")?;
        }
        if let Some(source) = source {
            write!(f, "<p class=\"hint\">来源：{}</p>", Escaped(source))?;
        }
        f.write_str("</section><section class=\"block\"><h2>更多站点</h2><p>")?;
        if let Some((city, district)) = self.district {
            let (url, name) = (district.url(city), Escaped(district.name));
            write!(f, "<a href=\"{url}\">{name}的站点</a>")?;
        }
        f.write_str(
            "<a href=\"/list/\">全部城市 <span lang=\"en\">All stations</span></a><a href=\"/\">打开地图 <span \
             lang=\"en\">Map</span></a></p></section>",
        )
    }
}

/// A picture of the app's set, for beside words.
fn icon(name: &str) -> String {
    format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons/sprite.svg#{name}\"></use></svg>")
}

fn write_notice(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    let (class, picture) = match notice.kind {
        NoticeKind::Closed => ("is-closed", "ui-warning"),
        NoticeKind::Limited => ("is-limited", "ui-warning"),
        NoticeKind::Info => ("is-info", "ui-info"),
    };
    write!(
        f,
        "<div class=\"notice {class}\">{}<div><p><b>{}</b> {}</p><p>{}</p></div></div>",
        icon(picture),
        words::rider::notice(notice.kind),
        Escaped(&notice_time(notice)),
        Escaped(notice.text.get(Lang::Zh))
    )
}

/// What it has: working, then broken, then unsure, each with its word.
fn write_offers(f: &mut fmt::Formatter<'_>, station: &Station) -> fmt::Result {
    f.write_str("<section class=\"block\"><h2>服务设施</h2>")?;
    if let Some(access) = station.access {
        write!(f, "<p><b>进门方式</b> {}</p>", words::rider::access(access))?;
    }
    if station.offers.is_empty() {
        return f.write_str("<p class=\"hint\">还没有人登记这里有什么。</p></section>");
    }
    f.write_str("<ul class=\"offers\">")?;
    for state in AmenityState::ALL {
        let offers = station.offers.iter().filter(|offer| offer.state == *state);
        offers.into_iter().try_for_each(|offer| write_offer(f, offer))?;
    }
    f.write_str("</ul></section>")
}

fn write_offer(f: &mut fmt::Formatter<'_>, offer: &Offer) -> fmt::Result {
    let (class, state) = match offer.state {
        AmenityState::Ok => ("is-ok", None),
        AmenityState::Out => ("is-out", Some("坏了")),
        AmenityState::Unknown => ("is-unsure", Some("不确定")),
    };
    let (picture, name) = (icon(offer.amenity.word()), words::amenity(offer.amenity));
    write!(f, "<li class=\"offer {class}\">{picture}<span class=\"offer-name\">{name}")?;
    if let Some(state) = state {
        write!(f, "<span class=\"offer-state\">{state}</span>")?;
    }
    if let Some(note) = &offer.note {
        write!(f, "<span class=\"offer-note\">{}</span>", Escaped(note.get(Lang::Zh)))?;
    }
    if let Some(access) = offer.access {
        write!(f, "<span class=\"offer-note\">{}</span>", words::rider::access(access))?;
    }
    f.write_str("</span></li>")
}

/// Whom to call, the party group first.
fn write_contacts(f: &mut fmt::Formatter<'_>, station: &Station) -> fmt::Result {
    f.write_str("<section class=\"block\"><h2>联系谁</h2>")?;
    if station.contacts.is_empty() {
        return f.write_str("<p class=\"hint\">没有登记联系方式，可拨 12345 询问。</p></section>");
    }
    let is_party = |contact: &&Contact| contact.role == Role::PartyBranch;
    let party = station.contacts.iter().filter(is_party);
    let others = station.contacts.iter().filter(|contact| !is_party(contact));
    f.write_str("<ul class=\"contacts\">")?;
    for contact in party.chain(others) {
        let class = if is_party(&contact) { "contact is-party" } else { "contact" };
        write!(f, "<li class=\"{class}\"><div><p class=\"role\">{}</p>", words::role(contact.role))?;
        if let Some(organisation) = &contact.organisation {
            write!(f, "<p class=\"contact-name\">{}</p>", Escaped(organisation.get(Lang::Zh)))?;
        }
        if let Some(person) = &contact.person {
            write!(f, "<p>{}</p>", Escaped(person))?;
        }
        if let Some(hours) = &contact.hours {
            write!(f, "<p class=\"hint\">{}</p>", Escaped(hours.text()))?;
        }
        f.write_str("</div><p class=\"phone\">")?;
        write_phones(f, &contact.phones)?;
        f.write_str("</p></li>")?;
    }
    f.write_str("</ul></section>")
}

fn write_events(f: &mut fmt::Formatter<'_>, events: &[Event]) -> fmt::Result {
    if events.is_empty() {
        return Ok(());
    }
    let when = |at: LocalDateTime| at.to_string().replace('T', " ");
    f.write_str("<section class=\"block\"><h2>义诊和活动</h2><ul>")?;
    for event in events {
        write!(f, "<li class=\"event\"><p>{}", when(event.starts))?;
        if let Some(ends) = event.ends {
            write!(f, " – {}", when(ends))?;
        }
        write!(
            f,
            "</p><p><b>{}</b> {}</p>",
            words::rider::event(event.kind),
            Escaped(event.title.get(Lang::Zh))
        )?;
        if let Some(note) = &event.note {
            write!(f, "<p>{}</p>", Escaped(note.get(Lang::Zh)))?;
        }
        f.write_str("</li>")?;
    }
    f.write_str("</ul></section>")
}

fn write_photos(f: &mut fmt::Formatter<'_>, photos: &[Photo]) -> fmt::Result {
    if photos.is_empty() {
        return Ok(());
    }
    f.write_str("<section class=\"block\"><h2>门口照片</h2><div class=\"photos\">")?;
    let (width, height) = PHOTO;
    for photo in photos {
        let (file, alt) = (Escaped(&photo.file), Escaped(photo.alt.get(Lang::Zh)));
        write!(
            f,
            "<picture><source srcset=\"/data/{file}_480.webp 480w, /data/{file}_960.webp 960w\" sizes=\"400px\" \
             type=\"image/webp\"><img src=\"/data/{file}_480.jpg\" srcset=\"/data/{file}_480.jpg 480w, \
             /data/{file}_960.jpg 960w\" sizes=\"400px\" loading=\"lazy\" decoding=\"async\" width=\"{width}\" \
             height=\"{height}\" alt=\"{alt}\"></picture>"
        )?;
    }
    f.write_str("</div></section>")
}

/// What somebody translated.
fn write_english(f: &mut fmt::Formatter<'_>, station: &Station) -> fmt::Result {
    let Station { name, location, notices, .. } = station;
    let place = [&location.address, &location.directions].into_iter().flatten();
    let texts = [name].into_iter().chain(place).chain(notices.iter().map(|notice| &notice.text));
    let english: Vec<&str> = texts.filter_map(|text| text.english()).collect();
    if english.is_empty() {
        return Ok(());
    }
    f.write_str("<section class=\"block\" lang=\"en\"><h2>In English</h2>")?;
    english.iter().try_for_each(|text| write!(f, "<p>{}</p>", Escaped(text)))?;
    f.write_str("</section>")
}
