//! The map: joins `edge::map` to the state. Built once; effects push changes out, events come in as actions.

use std::cell::Cell;
use std::rc::Rc;

use domain::catalogue::Hit;
use domain::text::Lang;
use leptos::prelude::untrack;

use crate::data::World;
use crate::edge::dom::{El, set_style, text};
use crate::edge::map::{Covered, MapEvent, MapOptions, MapView, MapWords, RINGS, Rider};
use crate::edge::{clock, device, page, script, turns};
use crate::i18n::{Key, tr};
use crate::state::sheet::Height;
use crate::state::signal::{Memo, RwSignal};
use crate::state::{App, Locating, Origin, Toast, actions};
use crate::view::command::{Command, Plain};
use crate::view::pins::{pins, regions};
use crate::view::sheet::whole;
use crate::view::slot::{attribute, class, fill, follow, keep};
use crate::view::words::{link_button, round_button};

const LEAFLET: &str = "/vendor/leaflet/leaflet.js";
/// Its hash: other bytes are not run, and the list does without a map.
const LEAFLET_HASH: &str = "sha256-Q67rUvvK5sLTvHep+Hh8/lDpFUBiQ8VDbTKiTFC7PXg=";
/// How close the map goes to a chosen station or to the rider.
const CLOSE_ZOOM: u8 = 15;
/// How many of the nearest stations the map shows around the rider.
const AROUND: usize = 3;

/// How long the map may wait for the phone's place, in milliseconds after the app began.
const PATIENCE_MS: u32 = 2_000;

type Held = RwSignal<Option<Rc<MapView>>>;

/// Makes the map and keeps it to the state; its locate button, and what it says while a place is picked.
pub fn start(app: App) {
    let map: Held = RwSignal::new(None);
    let started = RwSignal::new(None::<bool>);
    let may_wait = RwSignal::new(true);
    let may_start = RwSignal::new(false);
    turns::spawn(async move {
        // A map that does not load leaves the list as it is.
        let _ = script::load(LEAFLET, LEAFLET_HASH).await;
        // To run it was a turn's work.
        turns::end();
        may_start.set(true);
    });
    // To make it takes a slow phone half a second, in which the place of somebody who asks would not be heard; who thinks about whether
    // the page may know it sees the map meanwhile.
    let patience = clock::after(PATIENCE_MS, move || may_wait.set(false));
    follow(Box::new(move || {
        let waits = may_wait.get() && app.locating() == Locating::Asking;
        if !may_start.get() || waits || started.get_untracked().is_some() {
            return;
        }
        let options = MapOptions {
            covered: untrack(move || covered(app)),
            reduced_motion: reduced_motion(),
            words: untrack(move || map_words(app.lang())),
        };
        let view = MapView::create("map", options, move |event| hear(app, map, &event)).ok();
        let stands = view.is_some();
        map.set(view.map(Rc::new));
        started.set(Some(stands));
    }));
    keep(Box::new(patience));
    push_out(app, map, started);
    attribute("map-pane", "aria-label", Box::new(move || Some(tr(app.lang(), Key::Map).to_owned())));
    class("map", "is-picking", Box::new(move || app.picking()));
    fill("map-over", Box::new(move || over(app, started.get() == Some(false))));
    // The map's furniture stands on the sheet, but does not follow it to the top.
    follow(Box::new(move || {
        app.height();
        set_style("map-pane", "--locate-bottom", &whole(covered(app).bottom - 16.0));
    }));
}

/// What lies over the map: why there is none, what a tap on it does, and the locate button.
fn over(app: App, missing: bool) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    let missing = missing.then(|| text("p", "map-missing", t(Key::MapMissing)));
    let pick = app.picking().then(|| {
        let cancel = link_button(t(Key::Cancel), &Command::Plain(Plain::StopPicking));
        text("p", "pick-hint", t(Key::PickHint)).attr("role", "status").push(cancel)
    });
    let (class, label) = match app.locating() {
        Locating::Asking => ("round locate is-busy", Key::Locating),
        Locating::Idle | Locating::Failed(_) => ("round locate", Key::Locate),
    };
    let locate =
        round_button("ui-locate", t(label), &Command::Plain(Plain::Locate)).class(class).attr("id", "locate");
    missing.into_iter().chain(pick).chain([locate]).collect()
}

fn reduced_motion() -> bool {
    device::media("(prefers-reduced-motion: reduce)", |_| {}).is_some_and(|media| media.matches())
}

/// What the map says.
fn hear(app: App, map: Held, event: &MapEvent) {
    match *event {
        MapEvent::Opened(area) => {
            if let Some(view) = map.get_untracked() {
                view.open(area, covered(app));
            }
        }
        MapEvent::Moved(area, badge) => actions::look_over(app, area, badge),
        MapEvent::Chosen(index) => actions::choose(app, index),
        MapEvent::Clicked(position) => {
            if app.picking() {
                actions::look_from(app, position, None);
            }
        }
        MapEvent::TilesFailed => actions::toast(app, Toast::TilesFailed),
    }
}

/// The effects that push the state out to the map.
fn push_out(app: App, map: Held, started: RwSignal<Option<bool>>) {
    let with = move |act: &dyn Fn(&MapView)| {
        if started.get() == Some(true) {
            // Cloned out first: an act may make Leaflet call back into the app.
            if let Some(view) = map.get_untracked() {
                act(&view);
            }
        }
    };
    // Each by itself, so that a tap is heard in between.
    for draw in [land, names, tiles] {
        let drawn = Cell::new(None);
        follow(Box::new(move || {
            let Some(world) = app.world() else { return };
            let lang = app.lang();
            // More stations do not change the map under them.
            let now = Some((world.index.seq, world.basemap.is_some(), lang, started.get()));
            if drawn.replace(now) != now {
                with(&|map| draw(map, &world, lang));
            }
        }));
    }
    follow(Box::new(move || {
        let words = map_words(app.lang());
        with(&|map| map.set_words(words.clone()));
    }));
    follow(Box::new(move || {
        let pins = pins(app, app.lang());
        let regions = regions(app);
        with(&|map| map.set_pins(pins.clone(), regions.clone()));
    }));
    follow(Box::new(move || {
        let chosen = app.chosen();
        with(&|map| map.set_selected(chosen));
    }));
    follow(Box::new(move || {
        let origin = app.origin();
        with(&|map| {
            map.set_rider(match &origin {
                Origin::Unknown => None,
                Origin::Rider(fix) => Some(Rider { position: fix.position, accuracy_m: fix.accuracy_m }),
                Origin::Chosen { position, .. } => Some(Rider { position: *position, accuracy_m: 0.0 }),
            });
        });
    }));
    let chosen_place = Memo::new(move || {
        let world = app.world()?;
        world.catalogue.station(app.chosen()?)?.location.position
    });
    follow(Box::new(move || {
        let line = app.origin().position().zip(chosen_place.get());
        with(&|map| map.set_line(line));
    }));
    // Where the map looks: at the chosen station, or at the rider and the nearest, once it is certain which these are. Follows
    // those, never the clock.
    let is_certain = move || app.certain() > 0;
    let aim = move || {
        let from = app.origin().position();
        let points: Vec<_> = if let Some(place) = chosen_place.get() {
            std::iter::once(place).chain(from).collect()
        } else {
            let Some(from) = from else { return };
            let (world, hits) = untrack(move || (app.world(), app.hits()));
            let around = if untrack(is_certain) { AROUND } else { 0 };
            let place = |hit: &Hit| world.as_ref()?.catalogue.station(hit.index)?.location.position;
            std::iter::once(from).chain(hits.iter().take(around).filter_map(place)).collect()
        };
        let covered = untrack(move || covered(app));
        with(&|map| map.show(&points, covered, CLOSE_ZOOM));
    };
    let was_certain = Rc::new(Cell::new(true));
    let aimed = Rc::clone(&was_certain);
    follow(Box::new(move || {
        aim();
        aimed.set(untrack(is_certain));
    }));
    follow(Box::new(move || {
        if is_certain() && !was_certain.replace(true) {
            untrack(aim);
        }
    }));
    follow(Box::new(move || {
        let picking = app.picking();
        with(&|map| map.set_picking(picking));
    }));
    follow(Box::new(move || {
        app.theme();
        with(&MapView::restyle);
    }));
    watch_outside(map);
}

fn land(map: &MapView, world: &World, _: Lang) {
    if let Some(basemap) = &world.basemap {
        map.set_basemap(basemap, world.site.boundaries);
    }
}

fn names(map: &MapView, world: &World, lang: Lang) {
    if let Some(basemap) = &world.basemap {
        map.set_names(basemap, lang);
    }
}

fn tiles(map: &MapView, world: &World, _: Lang) {
    map.set_tiles(&world.site.tiles);
}

/// The phone's own change to dark, and a turned phone.
fn watch_outside(map: Held) {
    let act = move |act: &dyn Fn(&MapView)| {
        if let Some(view) = map.get_untracked() {
            act(&view);
        }
    };
    let dark = device::media("(prefers-color-scheme: dark)", move |_| act(&MapView::restyle));
    let turned = page::on_resize(move || act(&MapView::resized));
    keep(Box::new((dark, turned)));
}

/// What hides parts of the map, in CSS pixels.
fn covered(app: App) -> Covered {
    let (width, height) = page::window_size();
    let bar = 64.0;
    if page::is_wide() {
        Covered { left: (width / 2.0).min(416.0), top: 16.0, right: 16.0, bottom: 16.0 }
    } else {
        let sheet = app.height().min(Height::Half).pixels(height);
        Covered { left: 16.0, top: bar, right: 16.0, bottom: sheet + 16.0 }
    }
}

fn map_words(lang: Lang) -> MapWords {
    let t = |key| crate::i18n::tr(lang, key).to_owned();
    MapWords {
        zoom_in: t(Key::ZoomIn),
        zoom_out: t(Key::ZoomOut),
        sketch: t(Key::MapSketch),
        rider: t(Key::You),
        badge: crate::i18n::phrase_badge,
        lang,
        rings: RINGS.map(|metres| crate::i18n::distance(lang, f64::from(metres))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn leaflet_is_the_one_that_is_vendored() {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digest = Sha256::digest(include_bytes!("../../public/vendor/leaflet/leaflet.js"));
        let mut hash = "sha256-".to_owned();
        for three in digest.chunks(3) {
            let bits =
                three.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
            hash.extend((0..=three.len()).map(|at| char::from(DIGITS[bits >> (18 - 6 * at) & 63])));
        }
        assert_eq!(format!("{hash}="), LEAFLET_HASH);
    }
}
