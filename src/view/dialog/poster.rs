//! A station's poster: a picture of A4's shape with its name, its place, what it has, and a code that leads here.

use std::sync::Arc;

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::station::Station;
use domain::text::Lang;

use crate::data::World;
use crate::edge::canvas::{Canvas, Font};
use crate::edge::dom::{El, el, icon, text};
use crate::edge::qr::{self, Worn};
use crate::edge::{device, share};
use crate::i18n::{Key, tr};
use crate::state::App;
use crate::state::share::{amenities, station_url};
use crate::view::command::Command;
use crate::view::station::copied_address;
use crate::view::words::button;

/// A4 at 150 dots an inch.
const WIDTH: f64 = 1240.0;
const HEIGHT: f64 = 1754.0;
const EDGE: f64 = 96.0;
const ACCENT: &str = "#b83b0a";
const INK: &str = "#241a14";
const SOFT: &str = "#6b5d52";
const WATER: &str = "#b8d7e4";
const LAND: &str = "#f3ebdc";
const BORDER: &str = "#b9a68c";
/// Degrees of latitude that the little map shows.
const SEEN_DEGREES: f64 = 0.5;

/// The poster, as a picture to press and hold.
pub fn poster(app: App, index: u32) -> Vec<El> {
    let world = app.world();
    let station = world.as_ref().and_then(|world| world.catalogue.station(index));
    let (Some(world), Some(station)) = (&world, station) else {
        return Vec::new();
    };
    let lang = app.lang();
    let Some(address) = draw(app, world, station) else {
        return vec![text("p", "notice-text", tr(lang, Key::PosterFailed))];
    };
    let picture = el("img")
        .class("poster")
        .attr("src", &address)
        .attr("width", "1240")
        .attr("height", "1754")
        .attr("alt", tr(lang, Key::PosterAlt));
    let hint = text("figcaption", "hint", tr(lang, Key::PosterHint));
    // In-app browsers block downloads; there the long press is the way.
    let save = (!device::device().wechat).then(|| {
        el("a")
            .class("button wide")
            .attr("id", "poster-save")
            .attr("href", &address)
            .attr("download", &format!("{}.png", station.id))
            .push(icon("ui-check"))
            .push(text("span", "", tr(lang, Key::PosterSave)))
    });
    let back = button("button wide", "ui-share", tr(lang, Key::Share), &Command::Share(index));
    let figure = el("figure").class("shared").push(hint).push(picture);
    std::iter::once(figure).chain(save).chain([back.attr("id", "poster-back")]).collect()
}

/// The address of the picture; none where the browser cannot draw it.
fn draw(app: App, world: &Arc<World>, station: &Station) -> Option<String> {
    let lang = app.lang();
    let canvas = Canvas::new(1240, 1754)?;
    let font = |pixels, bold| Font { pixels, bold };
    let wide = WIDTH - 2.0 * EDGE;
    canvas.rectangle(ACCENT, 0.0, 0.0, WIDTH, 200.0);
    canvas.text("#fff", font(76, true), EDGE, 132.0, wide, world.site.title.get(lang));

    let mut y = 200.0;
    let mut write = |text: &str, pixels: u32, bold, colour: &str, most, space: f64| {
        y += space;
        for line in canvas.wrap(font(pixels, bold), wide, most, text) {
            y += f64::from(pixels) * 1.3;
            canvas.text(colour, font(pixels, bold), EDGE, y, wide, &line);
        }
        y
    };
    if world.catalogue.dataset().sample {
        write(tr(lang, Key::SampleWarning), 36, true, ACCENT, 1, 8.0);
    }
    write(station.name.get(lang), 84, true, INK, 2, 12.0);
    write(&copied_address(&station.location), 44, false, SOFT, 2, 8.0);
    if let Some(hours) = &station.hours {
        write(hours.text(), 48, true, INK, 2, 16.0);
    }
    let y = write(&amenities(lang, station.usable()), 44, false, INK, 2, 8.0);

    // The code stands at the foot, the map takes what is between.
    let low = HEIGHT - EDGE - 400.0;
    if let (Some(basemap), Some(position)) = (&world.basemap, station.location.position) {
        let top = y + 48.0;
        draw_map(&canvas, basemap, lang, position, (EDGE, top, wide, low - 48.0 - top));
    }
    qr::draw(&canvas, &station_url(&share::origin(), station), Worn::Third, EDGE - 24.0, low, 400.0)?;
    let beside = EDGE + 400.0;
    let room = WIDTH - EDGE - beside;
    let mut line = low + 120.0;
    for part in canvas.wrap(font(56, true), room, 2, tr(lang, Key::PosterScan)) {
        canvas.text(INK, font(56, true), beside, line, room, &part);
        line += 76.0;
    }
    // A poster hangs for long: with its year.
    let made = format!("{} {}", tr(lang, Key::DataDate), world.index.published_at);
    canvas.text(SOFT, font(36, false), beside, line + 24.0, room, &made);
    canvas.address()
}

/// A sketch of the station's surroundings in `(x, y, width, height)`: water, borders and districts' names.
fn draw_map(canvas: &Canvas, map: &Basemap, lang: Lang, middle: Wgs84, frame: (f64, f64, f64, f64)) {
    let (left, top, width, height) = frame;
    let scale = height / SEEN_DEGREES;
    let narrow = domain::angle::cos(middle.lat().to_radians());
    let place = |point: Wgs84| {
        let x = left + width / 2.0 + (point.lng() - middle.lng()) * narrow * scale;
        (x, top + height / 2.0 - (point.lat() - middle.lat()) * scale)
    };
    canvas.clip(left, top, width, height);
    canvas.rectangle(LAND, left, top, width, height);
    let mut rings = map.sea().iter();
    if let Some(sea) = rings.next() {
        canvas.path(WATER, None, sea.iter().copied().map(place));
    }
    rings.for_each(|island| canvas.path(LAND, None, island.iter().copied().map(place)));
    for river in map.rivers() {
        canvas.path(WATER, Some(6.0), river.iter().copied().map(place));
    }
    for border in map.borders() {
        canvas.path(BORDER, Some(3.0), border.line.iter().copied().map(place));
    }
    let (x, y) = place(middle);
    // The middles and half widths of names that stand already; the mark is the first.
    let mut taken = vec![(x, y, 0.0)];
    for label in map.districts() {
        let name = label.name.get(lang);
        let half: f64 = name.chars().map(|c| if c.is_ascii() { 9.0 } else { 16.0 }).sum();
        let (at, line) = place(label.position);
        let inside =
            at - half > left && at + half < left + width && line - 30.0 > top && line + 8.0 < top + height;
        let free =
            |&(x, y, wide): &(f64, f64, f64)| (at - x).abs() > half + wide + 24.0 || (line - y).abs() > 44.0;
        if inside && taken.iter().all(free) {
            canvas.text(SOFT, Font { pixels: 32, bold: false }, at - half, line, 2.0 * half + 16.0, name);
            taken.push((at, line, half));
        }
    }
    canvas.circle("#fff", x, y, 30.0);
    canvas.circle(ACCENT, x, y, 22.0);
    canvas.unclip();
}
