//! What there is: a switch for each amenity, and a few words about those that are there.

use domain::amenity::{Amenity, AmenityState};
use domain::station::Station;
use domain::text::{Lang, Text};
use love_stations::edge::dom::{El, el, icon, text};
use love_stations::i18n;

use super::{input, label, opener, part, switch};
use crate::state::Shown;
use crate::tap::Tap;
use crate::wanted::{of_amenity, of_note};
use crate::words::{Key, tr};

/// What the switch of an amenity that is not there stands at.
const GONE: &str = "none";
/// Most characters of a note.
const NOTE: &str = "600";

/// The amenities' part of the form.
pub fn amenities(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let is_shown =
        |amenity: Amenity| station.offer(amenity).is_some() || shown.form.get(&of_amenity(amenity)).is_some();
    let (there, other): (Vec<Amenity>, Vec<_>) = Amenity::ALL.iter().partition(|amenity| is_shown(**amenity));
    let rows = |list: Vec<Amenity>| list.into_iter().map(|amenity| row(shown, station, amenity)).collect();
    let is_open = shown.open.contains("more") || there.is_empty();
    let more = is_open.then(|| el("ul").class("switches").all(rows(other)));
    let noted: Vec<Amenity> =
        there.iter().copied().filter(|one| chosen(shown, station, *one) != GONE).collect();
    let is_noting =
        shown.open.contains("notes") || noted.iter().any(|one| shown.form.get(&of_note(*one)).is_some());
    let fields = noted.iter().map(|amenity| note(shown, station, *amenity)).collect();
    part("amenities", lang, Key::Amenities)
        .push(text("p", "hint", tr(lang, Key::AmenitiesHint)))
        .push(el("ul").class("switches").all(rows(there)))
        .push(opener("more", tr(lang, Key::AmenitiesMore), is_open))
        .maybe(more)
        .push(opener("notes", tr(lang, Key::AmenityNotes), is_noting))
        .maybe(is_noting.then(|| el("div").all(fields)))
}

/// What the switch of an amenity stands at in the published station.
fn published(station: &Station, amenity: Amenity) -> &'static str {
    match station.offer(amenity).map(|offer| offer.state) {
        Some(AmenityState::Ok) => "ok",
        Some(AmenityState::Out) => "out",
        Some(AmenityState::Unknown) => "",
        None => GONE,
    }
}

/// What it stands at now.
fn chosen<'a>(shown: &'a Shown, station: &Station, amenity: Amenity) -> &'a str {
    shown.form.get(&of_amenity(amenity)).unwrap_or(published(station, amenity))
}

/// What to know about an amenity that is there; in English too, where somebody has said it in English.
fn note(shown: &Shown, station: &Station, amenity: Amenity) -> El {
    let lang = shown.lang;
    let now = station.offer(amenity).and_then(|offer| offer.note.as_ref());
    let one = |id: &str, name: &str, now: &str| {
        let field = input(id, shown.form.get(id).unwrap_or(now), name).attr("maxlength", NOTE);
        el("div").class("field").push(label(id, name)).push(field)
    };
    let (id, name) = (of_note(amenity), i18n::amenity(lang, amenity));
    let english = now
        .and_then(Text::english)
        .map(|english| one(&[&id, "-en"].concat(), &[name, " · ", tr(lang, Key::English)].concat(), english));
    el("div").push(one(&id, name, now.map_or("", |now| now.get(Lang::Zh)))).maybe(english)
}

fn row(shown: &Shown, station: &Station, amenity: Amenity) -> El {
    let lang = shown.lang;
    let key = of_amenity(amenity);
    let (now, chosen) = (published(station, amenity), chosen(shown, station, amenity));
    let one = |value: &str, words: Key| {
        let tap = Tap::Set(key.clone(), value.to_owned());
        switch(
            &["segment is-", value].concat(),
            tr(lang, words),
            &tap,
            &[&key, "-", value].concat(),
            chosen == value,
        )
    };
    let name = i18n::amenity(lang, amenity);
    let switches = el("div")
        .class("segments")
        .attr("role", "group")
        .attr("aria-label", name)
        .push(one("ok", Key::AmenityHas))
        .push(one("out", Key::AmenityOut))
        .push(one("none", Key::AmenityNone));
    let changed = if chosen == now { "switch" } else { "switch is-changed" };
    let label = el("span").class("switch-name").push(icon(amenity.word())).push(text("span", "", name));
    el("li").class(changed).push(label).push(switches)
}
