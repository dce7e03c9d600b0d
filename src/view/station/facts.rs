//! Notices, events, pictures, links, and how fresh all of it is.

use domain::station::{Event, Notice, NoticeKind, Station};
use leptos::prelude::*;

use crate::i18n::{self, Key};
use crate::state::App;
use crate::view::icon::icon;
use crate::view::words::{Words, say};

/// The notices that hold now or later; those that are over are gone.
pub fn notices(app: App, words: Words, station: &Station) -> impl IntoView + use<> {
    let now = app.now();
    let current = station.notices.iter().filter(|notice| !notice.is_over(now));
    current.map(|notice| notice_box(app, words, notice)).collect_view()
}

fn notice_box(app: App, words: Words, notice: &Notice) -> impl IntoView + use<> {
    let class = match notice.kind {
        NoticeKind::Closed => "notice is-closed",
        NoticeKind::Limited => "notice is-limited",
        NoticeKind::Info => "notice is-info",
    };
    let now = app.now();
    let from = notice.from.filter(|from| *from > now).map(|from| i18n::date(words.0, from.date(), now.date()));
    let until = notice.until.map(|until| i18n::notice_until(words.0, until, now));
    let when: Vec<_> = [from.map(|from| format!("{} {from}", words.t(Key::From))), until].into_iter().flatten().collect();
    view! {
        <section class=class>
            {icon(if notice.kind == NoticeKind::Info { "ui-info" } else { "ui-warning" })}
            <div>
                <p><b>{i18n::notice_kind(words.0, notice.kind)}</b>" "<span class="hint">{when.join(" ")}</span></p>
                <p>{say(words, &notice.text)}</p>
            </div>
        </section>
    }
}

/// Clinics and activities: coming ones first, the latest past one after them.
pub fn events(app: App, words: Words, station: &Station) -> impl IntoView + use<> {
    let now = app.now();
    let (past, coming): (Vec<&Event>, Vec<_>) = station.events.iter().partition(|event| event.is_over(now));
    let shown: Vec<_> = coming.into_iter().chain(past.into_iter().next_back()).collect();
    (!shown.is_empty()).then(|| {
        let rows = shown.into_iter().map(|event| event_row(app, words, event)).collect_view();
        view! {
            <section class="block">
                <h2>{words.t(Key::Events)}</h2>
                <ul class="events">{rows}</ul>
            </section>
        }
    })
}

fn event_row(app: App, words: Words, event: &Event) -> impl IntoView + use<> {
    let now = app.now();
    let over = event.is_over(now);
    let ends = event.ends.map(|ends| {
        if ends.date() == event.starts.date() {
            format!("–{}", i18n::clock(words.0, u32::from(ends.minute())))
        } else {
            format!(" – {}", i18n::moment(words.0, ends, now))
        }
    });
    let note = event.note.as_ref().map(|note| view! { <p>{say(words, note)}</p> });
    view! {
        <li class="event" class:is-over=over>
            <p class="event-when">
                {icon("ui-calendar")}
                {i18n::moment(words.0, event.starts, now)}
                {ends}
                {over.then(|| view! { <span class="tag">{words.t(Key::Past)}</span> })}
            </p>
            <p><b>{i18n::event_kind(words.0, event.kind)}</b>" "{say(words, &event.title)}</p>
            {note}
        </li>
    }
}

/// Pictures of the door, loaded when they come into sight.
pub fn photos(words: Words, station: &Station) -> impl IntoView + use<> {
    (!station.photos.is_empty()).then(|| {
        let pictures = station
            .photos
            .iter()
            .map(|photo| {
                let alt = photo.alt.get(words.0).to_owned();
                view! {
                    <img src=format!("/data/{}", photo.file) alt=alt loading="lazy" decoding="async" width="400" height="300"/>
                }
            })
            .collect_view();
        view! {
            <section class="block">
                <h2>{words.t(Key::Photos)}</h2>
                <div class="photos">{pictures}</div>
            </section>
        }
    })
}

/// Pages about the station.
pub fn links(words: Words, station: &Station) -> impl IntoView + use<> {
    (!station.links.is_empty()).then(|| {
        let rows = station
            .links
            .iter()
            .map(|link| view! {
                <li>
                    <a class="outside" href=link.url.clone() target="_blank" rel="noopener">
                        {say(words, &link.title)}
                        {icon("ui-external")}
                    </a>
                </li>
            })
            .collect_view();
        view! {
            <section class="block">
                <h2>{words.t(Key::Links)}</h2>
                <ul class="links">{rows}</ul>
            </section>
        }
    })
}

/// When somebody last checked the facts, and where they come from.
pub fn freshness(app: App, words: Words, station: &Station) -> impl IntoView + use<> {
    /// After this many days a check is old enough to say so.
    const OLD_DAYS: i32 = 180;
    let today = app.now().date();
    let line = |date: domain::time::Date| {
        format!("{} ({})", i18n::date(words.0, date, today), i18n::ago(words.0, date, today))
    };
    let is_old = station.verified_at.is_none_or(|date| today.days_since(date) > OLD_DAYS);
    let verified = match station.verified_at {
        Some(date) => format!("{} {}", words.t(Key::VerifiedAt), line(date)),
        None => words.t(Key::FeedbackNotVerified).to_owned(),
    };
    let updated = station.updated_at.map(|date| view! { <p class="hint">{words.t(Key::UpdatedAt)}" "{line(date)}</p> });
    let source = station.source.clone().map(|source| view! { <p class="hint">{words.t(Key::Source)}" "{source}</p> });
    view! {
        <section class="block fresh">
            <h2>{words.t(Key::Fresh)}</h2>
            <p class:is-old=is_old>{icon(if is_old { "ui-warning" } else { "ui-check" })}{verified}</p>
            {updated}
            {source}
        </section>
    }
}
