//! The head of the sheet: the nearest open station and its two buttons, or how to find out where the rider is.

use domain::catalogue::Hit;

use super::command::{Command, Plain};
use super::heard::heard;
use super::list::{amenity_row, seeking, status_line};
use super::words::{button, call_button, chinese, link_button, say};
use crate::edge::dom::{El, el, text};
use crate::edge::geolocation::FixError;
use crate::i18n::{self, Key, tr};
use crate::routes::station_path;
use crate::state::hero::Hero;
use crate::state::{App, Locating, Origin};

/// From this error on, in metres, a position from the phone may name the wrong station.
const COARSE_M: f64 = 300.0;

/// The head of the sheet.
pub fn hero(app: App) -> Vec<El> {
    if app.world().is_none() {
        return Vec::new();
    }
    let card = match app.hero() {
        Hero::Ask => Some(ask(app)),
        // The best that fits is not always the nearest.
        Hero::Open(hit) | Hero::NoneOpen(hit) if app.is_searching() => nearest(app, hit, Key::Found),
        Hero::Open(hit) => nearest(app, hit, Key::Nearest),
        Hero::NoneOpen(hit) => nearest(app, hit, Key::NearestNoneOpen),
        Hero::Seeking => Some(text("p", "hero hint", seeking(app)).attr("role", "status")),
        Hero::Nothing => Some(nothing(app)),
    };
    card.into_iter().collect()
}

/// How to find out where the rider is.
fn ask(app: App) -> El {
    let t = |key| tr(app.lang(), key);
    let locating = app.locating();
    let (class, hint) = match locating {
        Locating::Failed(error) => ("hint trouble", fix_error(error)),
        Locating::Idle | Locating::Asking => ("hint", Key::AskPlaceWhy),
    };
    let asking = locating == Locating::Asking;
    let label = t(if asking { Key::Locating } else { Key::Locate });
    let locate = button("button primary", "ui-locate", label, &Command::Plain(Plain::Locate))
        .attr("id", "hero-locate")
        .attr("aria-busy", if asking { "true" } else { "false" });
    let place = button("button", "ui-pin", t(Key::ChoosePlace), &Command::Plain(Plain::Place))
        .attr("id", "hero-place");
    el("div")
        .class("hero ask")
        .push(text("h2", "hero-title", t(Key::AskPlaceTitle)))
        .push(text("p", class, t(hint)).attr("role", "status"))
        .push(el("div").class("buttons").push(locate).push(place))
}

/// What a failed fix means and what to do.
pub const fn fix_error(error: FixError) -> Key {
    match error {
        FixError::Refused => Key::FixRefused,
        FixError::TimedOut => Key::FixTimedOut,
        FixError::Unavailable => Key::FixUnavailable,
    }
}

/// A station with its two buttons.
fn nearest(app: App, hit: Hit, title: Key) -> Option<El> {
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let world = app.world()?;
    let station = world.catalogue.station(hit.index)?;
    let from = match app.origin() {
        Origin::Chosen { name, .. } => {
            let words = format!(" · {} ", t(Key::FromChosen));
            Some(text("span", "from", &words).push(chinese("span", "", &name.unwrap_or_default())))
        }
        // A place that is a guess is said to be one.
        Origin::Rider(fix) if fix.accuracy_m > COARSE_M => {
            Some(text("span", "from", &[" · ±", &i18n::distance(lang, fix.accuracy_m)].concat()))
        }
        Origin::Rider(_) | Origin::Unknown => None,
    };
    let kicker = el("p")
        .class("hero-kicker")
        .push(text("span", "", t(title)).maybe(from))
        .push(link_button(t(Key::ChangePlace), &Command::Plain(Plain::Place)).attr("id", "hero-change"));
    // A fix that failed afterwards leaves the old place, and says so.
    let trouble = match app.locating() {
        Locating::Failed(error) => {
            Some(text("p", "hint trouble", t(fix_error(error))).attr("role", "status"))
        }
        Locating::Idle | Locating::Asking => None,
    };
    let main = el("a")
        .class("hero-main")
        .attr("id", "hero-main")
        .attr("href", &station_path(&station.id))
        .command(&Command::Choose(hit.index).to_word())
        .push(el("h2").class("hero-title").push(say(lang, &station.name)))
        .push(status_line(app, &world, hit))
        .all(heard(app, &world, &station.id))
        .maybe(amenity_row(lang, station.usable()));
    let go = button("button primary", "ui-navigate", t(Key::GoTo), &Command::Navigate(hit.index))
        .attr("id", "hero-go");
    let call = match station.first_call().and_then(|(_, phone)| phone.dial()) {
        Some(dial) => call_button("button", dial, t(Key::Call)),
        None => button("button", "ui-people", t(Key::Contact), &Command::Choose(hit.index)),
    };
    Some(
        el("article")
            .class("hero nearest")
            .attr("data-station", station.id.as_str())
            .push(kicker)
            .maybe(trouble)
            .push(main)
            .push(el("div").class("buttons").push(go).push(call)),
    )
}

/// Nothing fits: why, and what next.
fn nothing(app: App) -> El {
    let t = |key| tr(app.lang(), key);
    let world = app.world();
    let is_empty = world.as_ref().is_some_and(|world| world.root.count == 0);
    let is_part = world.is_some_and(|world| !world.atlas.is_whole());
    let card = el("div").class("hero nothing");
    if is_empty {
        return card.push(text("h2", "hero-title", t(Key::EmptyData)));
    }
    let clear = button("button primary", "ui-close", t(Key::ClearAll), &Command::Plain(Plain::Clear));
    card.push(text("h2", "hero-title", t(Key::NoMatch)))
        .push(text("p", "hint", t(if is_part { Key::NoMatchNear } else { Key::NoMatchHint })))
        .push(el("div").class("buttons").push(clear))
}
