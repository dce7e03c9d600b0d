//! Notices, events, pictures, links, and how fresh all of it is.

use domain::station::{Event, Notice, NoticeKind, Station};
use domain::text::Lang;
use domain::time::Date;

use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::routes::edit_path;
use crate::state::App;
use crate::view::words::{block, say};

/// The notices that hold now or later; those that are over are gone.
pub fn notices(app: App, station: &Station) -> Vec<El> {
    let now = app.now();
    station
        .notices
        .iter()
        .filter(|notice| !notice.is_over(now))
        .map(|notice| notice_box(app, notice))
        .collect()
}

fn notice_box(app: App, notice: &Notice) -> El {
    let (lang, today) = (app.lang(), app.today());
    let class = match notice.kind {
        NoticeKind::Closed => "notice is-closed",
        NoticeKind::Limited => "notice is-limited",
        NoticeKind::Info => "notice is-info",
    };
    let mut when = String::new();
    if let Some(from) = notice.from.filter(|from| from.date() > today) {
        when = format!(" {}{}", tr(lang, Key::From), i18n::date(lang, from.date(), today));
    }
    if let Some(until) = notice.until {
        when.push(' ');
        when.push_str(&i18n::notice_until(lang, until, today));
    }
    let head = el("p").push(text("b", "", i18n::notice_kind(lang, notice.kind))).say(&when);
    let picture = icon(if notice.kind == NoticeKind::Info { "ui-info" } else { "ui-warning" });
    let words = el("div").push(head).push(el("p").push(say(lang, &notice.text)));
    el("section").class(class).push(picture).push(words)
}

/// Clinics and activities: coming ones first, the latest past one after them.
pub fn events(app: App, station: &Station) -> Option<El> {
    let now = app.now();
    let (past, coming): (Vec<&Event>, Vec<_>) = station.events.iter().partition(|event| event.is_over(now));
    let shown = coming.into_iter().chain(past.into_iter().next_back());
    let rows: Vec<El> = shown.map(|event| event_row(app, event)).collect();
    (!rows.is_empty()).then(|| block(app.lang(), None, Key::Events).push(el("ul").class("events").all(rows)))
}

fn event_row(app: App, event: &Event) -> El {
    let (lang, today) = (app.lang(), app.today());
    let over = event.is_over(app.now());
    let mut when = i18n::moment(lang, event.starts, today);
    match event.ends {
        Some(ends) if ends.date() == event.starts.date() => {
            when.push('–');
            when.push_str(&i18n::clock(lang, u32::from(ends.minute())));
        }
        Some(ends) => {
            when.push_str(" – ");
            when.push_str(&i18n::moment(lang, ends, today));
        }
        None => {}
    }
    let tag = over.then(|| text("span", "tag", tr(lang, Key::Past)));
    let kind = text("b", "", i18n::event_kind(lang, event.kind));
    el("li")
        .class(if over { "event is-over" } else { "event" })
        .push(el("p").class("event-when").push(icon("ui-calendar")).push(text("span", "", &when)).maybe(tag))
        .push(el("p").push(kind).say(" ").push(say(lang, &event.title)))
        .maybe(event.note.as_ref().map(|note| el("p").push(say(lang, note))))
}

/// Pictures of the door, loaded when they come into sight: in two widths, as WebP, or as JPEG for old phones.
pub fn photos(lang: Lang, station: &Station) -> Option<El> {
    let pictures: Vec<El> = station
        .photos
        .iter()
        .map(|photo| {
            let mut file = String::from("/data/");
            file.push_str(&photo.file);
            let image = sized(el("img"), &file, ".jpg")
                .attr("loading", "lazy")
                .attr("decoding", "async")
                .attr("width", "400")
                .attr("height", "300")
                .attr("alt", photo.alt.get(lang));
            let webp = sized(el("source"), &file, ".webp").attr("type", "image/webp");
            el("picture").push(webp).push(image)
        })
        .collect();
    (!pictures.is_empty())
        .then(|| block(lang, None, Key::Photos).push(el("div").class("photos").all(pictures)))
}

/// Names both widths of a picture, and how wide it is shown.
fn sized(el: El, file: &str, ending: &str) -> El {
    let widths = [file, "_480", ending, " 480w,", file, "_960", ending, " 960w"];
    el.attr("srcset", &widths.concat()).attr("sizes", "400px")
}

/// Pages about the station.
pub fn links(lang: Lang, station: &Station) -> Option<El> {
    let rows: Vec<El> = station
        .links
        .iter()
        .map(|link| {
            let anchor = el("a")
                .class("outside")
                .attr("href", &link.url)
                .attr("target", "_blank")
                .attr("rel", "noopener")
                .push(say(lang, &link.title))
                .push(icon("ui-external"));
            el("li").push(anchor)
        })
        .collect();
    (!rows.is_empty()).then(|| block(lang, None, Key::Links).push(el("ul").class("links").all(rows)))
}

/// When somebody last checked the facts, and where they come from.
pub fn freshness(app: App, station: &Station) -> El {
    /// After this many days a check is old enough to say so.
    const OLD_DAYS: i32 = 180;
    let (lang, today) = (app.lang(), app.today());
    let line = |key: Key, date: Date| {
        format!("{} {} ({})", tr(lang, key), i18n::date(lang, date, today), i18n::ago(lang, date, today))
    };
    let is_old = station.verified_at.is_none_or(|date| today.days_since(date) > OLD_DAYS);
    let verified = match station.verified_at {
        Some(date) => line(Key::VerifiedAt, date),
        None => tr(lang, Key::NotVerified).to_owned(),
    };
    let updated = station.updated_at.map(|date| text("p", "hint", &line(Key::UpdatedAt, date)));
    let source =
        station.source.as_ref().map(|source| text("p", "hint", tr(lang, Key::Source)).say(" ").say(source));
    let verified = el("p")
        .class(if is_old { "is-old" } else { "" })
        .push(icon(if is_old { "ui-warning" } else { "ui-check" }))
        .push(text("span", "", &verified));
    let edit = text("a", "outside", tr(lang, Key::HostEdit))
        .attr("id", "page-edit")
        .attr("href", &edit_path(&station.id));
    block(lang, None, Key::Fresh).class("block fresh").push(verified).maybe(updated).maybe(source).push(edit)
}
