//! The place: by standing at the door, then nudged on a small sketch.

use domain::coords::Wgs84;
use domain::station::Station;
use love_stations::edge::canvas::Canvas;
use love_stations::edge::dom::{El, el, icon, text};

use super::{SKETCH, button, part};
use crate::place::{ACROSS_M, away};
use crate::state::{Finding, Shown};
use crate::tap::{Plain, Tap};
use crate::wanted::position;
use crate::words::{self, Key, tr};

/// Pixels across the sketch.
const PIXELS: u32 = 480;
/// Metres between two lines of its net.
const NET_M: f64 = 20.0;

/// The place's part of the form.
pub fn place(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let is_known = station.location.position.is_some();
    let hint = if is_known { Key::PlaceKnown } else { Key::PlaceUnknown };
    let busy = shown.finding == Finding::Asking;
    let here = button("button", Key::Here, lang, &Tap::Plain(Plain::Here)).attr("id", "here");
    let here = if busy { here.attr("aria-busy", "true") } else { here };
    let can_move = is_known && !matches!(shown.finding, Finding::Around(..));
    let adjust =
        can_move.then(|| button("button", Key::PlaceMove, lang, &Tap::Plain(Plain::Move)).attr("id", "move"));
    let trouble = |words: &str| vec![text("p", "notice-text", words).attr("id", "place-trouble")];
    let seen = match shown.finding {
        Finding::Idle => Vec::new(),
        Finding::Asking => vec![text("p", "hint", tr(lang, Key::Locating))],
        Finding::Failed(error) => trouble(words::no_fix(lang, error)),
        Finding::Coarse(metres) => trouble(&words::coarse(lang, metres)),
        Finding::Around(middle, exact) => around(shown, station, middle, exact),
    };
    part("place", lang, Key::Place)
        .push(text("p", "hint", tr(lang, Key::TierStaff)))
        .push(text("p", "", tr(lang, hint)))
        .push(el("div").class("buttons").push(here).maybe(adjust))
        .push(el("div").attr("id", "place-seen").attr("aria-live", "polite").all(seen))
}

fn around(shown: &Shown, station: &Station, middle: Wgs84, exact: Option<u32>) -> Vec<El> {
    let lang = shown.lang;
    let pin = shown.form.get("pos").and_then(position).unwrap_or(middle);
    let said = exact.map(|metres| text("p", "", &words::exact(lang, metres)).attr("id", "exact"));
    let picture = draw(station.location.position, middle, pin, exact).map(|address| {
        let picture = el("img").attr("src", &address).attr("width", "240").attr("height", "240");
        let picture = picture.attr("alt", tr(lang, Key::SketchAlt)).attr("id", SKETCH);
        el("div").class("sketch").command(&Tap::Plain(Plain::Pin).to_word()).push(picture)
    });
    let step = |id: &str, key, picture: &str, north, east| {
        el("button")
            .attr("type", "button")
            .class(&["round nudge is-", id].concat())
            .attr("id", &["nudge-", id].concat())
            .attr("aria-label", tr(lang, key))
            .command(&Tap::Nudge(north, east).to_word())
            .push(icon(picture))
    };
    let pad = el("div")
        .class("pad")
        .push(step("north", Key::NudgeNorth, "ui-chevron-down", 5, 0))
        .push(step("west", Key::NudgeWest, "ui-chevron-down", 0, -5))
        .push(step("east", Key::NudgeEast, "ui-chevron-down", 0, 5))
        .push(step("south", Key::NudgeSouth, "ui-chevron-down", -5, 0));
    let hint = text("p", "hint", tr(lang, Key::PlaceHint));
    said.into_iter().chain([hint, el("div").class("placing").maybe(picture).push(pad)]).collect()
}

/// The sketch as the address of a picture.
fn draw(before: Option<Wgs84>, middle: Wgs84, pin: Wgs84, exact: Option<u32>) -> Option<String> {
    let canvas = Canvas::new(PIXELS, PIXELS)?;
    let (across, unit) = (f64::from(PIXELS), f64::from(PIXELS) / ACROSS_M);
    canvas.rectangle("#f3ebdc", 0.0, 0.0, across, across);
    let mut line = NET_M * unit;
    while line < across {
        canvas.rectangle("#ddd0bb", line, 0.0, 1.0, across);
        canvas.rectangle("#ddd0bb", 0.0, line, across, 1.0);
        line += NET_M * unit;
    }
    let at = |place: Wgs84| {
        let (north, east) = away(middle, place);
        (across / 2.0 + east * unit, across / 2.0 - north * unit)
    };
    if let Some(metres) = exact {
        canvas.circle("#d5e3d6", across / 2.0, across / 2.0, f64::from(metres) * unit);
    }
    if let Some((x, y)) = before.map(at) {
        canvas.circle("#6b5d52", x, y, 18.0);
        canvas.circle("#f3ebdc", x, y, 13.0);
    }
    let (x, y) = at(pin);
    canvas.circle("#fff", x, y, 18.0);
    canvas.circle("#b83b0a", x, y, 14.0);
    canvas.address()
}
