//! Clinics and activities: those that are coming, new ones, and behind a button those that are over.

use domain::station::{Event, EventKind, Station};
use love_stations::edge::dom::{El, by_id, el, renew, text};
use love_stations::i18n;

use super::{button, field, input, label, opener, part, say, switch};
use crate::state::Shown;
use crate::tap::Tap;
use crate::wanted::events::{Asked, Part, first_day, of_removal};
use crate::words::{self, Key, tr};

/// The latest day that a field takes: years have four digits.
const LAST_DAY: &str = "9999-12-31";

/// The events' part of the form.
pub fn events(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let now = shown.now();
    let (past, coming): (Vec<&Event>, Vec<_>) = station.events.iter().partition(|event| event.is_over(now));
    let begun = Asked::begun(&shown.form);
    let none = (coming.is_empty() && begun.is_empty()).then(|| text("p", "hint", tr(lang, Key::EventsNone)));
    let rows = coming.into_iter().map(|event| row(shown, event, true));
    let new = begun.iter().map(|asked| {
        let forget = Tap::Forget(asked.prefix.clone());
        let not =
            button("button small", Key::EventNot, lang, &forget).attr("id", &(asked.prefix.clone() + "not"));
        el("li").class("entry").push(fields(shown, asked)).push(not)
    });
    let add = Asked::next(&shown.form).map(|asked| {
        let start = Tap::Set(asked.begins(), "1".to_owned());
        button("button wide", Key::EventAdd, lang, &start).attr("id", "add-event")
    });
    let is_open = shown.open.contains("past");
    let over = (!past.is_empty()).then(|| opener("past", tr(lang, Key::EventsPast), is_open));
    let past = past.into_iter().rev().map(|event| row(shown, event, false));
    part("events", lang, Key::Events)
        .maybe(none)
        .push(el("ul").class("entries").all(rows.chain(new).collect()))
        .maybe(add)
        .maybe(over)
        .maybe(is_open.then(|| el("ul").class("entries over").all(past.collect())))
}

/// One that is there. One that is over can only be taken away.
fn row(shown: &Shown, event: &Event, is_coming: bool) -> El {
    let lang = shown.lang;
    let (asked, gone) = (Asked::there(event), of_removal(event));
    let is_gone = shown.form.is(&gone, "1");
    let is_open =
        is_coming && !is_gone && (shown.open.contains(&asked.prefix) || asked.is_touched(&shown.form));
    let words = el("div")
        .push(text("p", "event-when", &words::event_time(lang, event, shown.now().date())))
        .push(
            el("p")
                .push(text("b", "", i18n::event_kind(lang, event.kind)))
                .say(" ")
                .push(say(lang, &event.title)),
        )
        .maybe(event.note.as_ref().map(|note| el("p").class("hint").push(say(lang, note))));
    let change = if is_open {
        Some((Key::EventKeep, Tap::Forget(asked.prefix.clone())))
    } else {
        (is_coming && !is_gone).then(|| (Key::EventChange, Tap::Open(asked.prefix.clone())))
    };
    let change = change.map(|(key, tap)| {
        button("button small", key, lang, &tap).attr("id", &(asked.prefix.clone() + "change"))
    });
    let word = tr(lang, if is_gone { Key::Restore } else { Key::Remove });
    let remove = switch("button small", word, &Tap::Set(gone.clone(), "1".to_owned()), &gone, is_gone);
    el("li")
        .class(if is_gone { "entry is-gone" } else { "entry" })
        .push(words)
        .maybe(is_open.then(|| fields(shown, &asked)))
        .push(el("div").class("entry-buttons").maybe(change).push(remove))
}

fn fields(shown: &Shown, asked: &Asked<'_>) -> El {
    let lang = shown.lang;
    let value = |part| asked.value(&shown.form, part);
    let plain = |part, key, most| field(&asked.field(part), &value(part), key, lang, most);
    let chosen = EventKind::from_word(&value(Part::Kind)).unwrap_or(EventKind::Activity);
    let kind = |kind: EventKind| {
        let id = asked.field(Part::Kind);
        let tap = Tap::Set(id.clone(), kind.word().to_owned());
        let words = i18n::event_kind(lang, kind);
        switch("segment", words, &tap, &[&id, "-", kind.word()].concat(), kind == chosen)
    };
    let kinds = el("div")
        .class("segments")
        .attr("role", "group")
        .attr("aria-label", tr(lang, Key::NoticeKind))
        .push(kind(EventKind::Clinic))
        .push(kind(EventKind::Activity));
    let first = first_day(asked, shown.now().date()).to_string();
    let day = |part, key| {
        timed("date", &asked.field(part), &value(part), tr(lang, key), |field| {
            field.attr("min", &first).attr("max", LAST_DAY)
        })
    };
    let time = |part, key| timed("time", &asked.field(part), &value(part), tr(lang, key), |field| field);
    let more = asked.prefix.clone() + "more";
    let filled = [Part::TitleEn, Part::Last, Part::NoteEn].into_iter().any(|part| !value(part).is_empty());
    let is_open = filled || shown.open.contains(&more);
    let seen = asked.prefix.clone() + "seen";
    el("div")
        .class("fields")
        .push(kinds)
        .push(plain(Part::Title, Key::EventTitle, "120"))
        .push(day(Part::Day, Key::EventDay))
        .push(
            el("div")
                .class("times")
                .push(time(Part::From, Key::EventFrom))
                .push(time(Part::To, Key::EventEnds)),
        )
        .push(plain(Part::Note, Key::EventNote, "600"))
        .maybe((!filled).then(|| opener(&more, tr(lang, Key::EventMore), is_open)))
        .maybe(is_open.then(|| {
            el("div")
                .push(day(Part::Last, Key::EventLast))
                .push(plain(Part::TitleEn, Key::English, "120"))
                .push(plain(Part::NoteEn, Key::EventNoteEn, "600"))
        }))
        .push(el("div").attr("id", &seen).attr("aria-live", "polite").all(what_riders_see(shown, asked)))
}

/// A field for a day or a time, with its name above it.
fn timed(kind: &str, id: &str, value: &str, name: &str, limits: impl Fn(El) -> El) -> El {
    let field = input(id, value, name).attr("type", kind);
    el("div").class("field").push(label(id, name)).push(limits(field))
}

/// What riders will see of it as it is typed, or what is wrong with it.
fn what_riders_see(shown: &Shown, asked: &Asked<'_>) -> Vec<El> {
    let lang = shown.lang;
    match asked.read(&shown.form, shown.now()) {
        None => Vec::new(),
        Some(Err(trouble)) => vec![text("p", "notice-text", words::trouble(lang, trouble))],
        Some(Ok(event)) => {
            let time = words::event_time(lang, &event, shown.now().date());
            let words = [
                tr(lang, Key::EventSeen),
                &time,
                " ",
                i18n::event_kind(lang, event.kind),
                " ",
                event.title.get(lang),
            ];
            vec![text("p", "hint", &words.concat()).attr("dir", "auto")]
        }
    }
}

/// What follows what is typed into a field of an event.
pub fn follow(shown: &Shown, station: &Station, field: &str) {
    let asked = station.events.iter().map(Asked::there).chain(Asked::begun(&shown.form));
    for asked in asked.filter(|asked| field.starts_with(&asked.prefix)) {
        if let Some(place) = by_id(&(asked.prefix.clone() + "seen")) {
            renew(&place, what_riders_see(shown, &asked));
        }
    }
}
