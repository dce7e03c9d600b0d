//! The map: joins `edge::map` to the state. Built once; effects push changes out, events come in as actions.

use std::rc::Rc;

use domain::catalogue::Hit;
use domain::text::Lang;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::edge::map::{Covered, MapEvent, MapOptions, MapView, MapWords, Pin, PinLook, RINGS, Rider};
use crate::edge::{device, page, script};
use crate::i18n::{Key, tr};
use crate::state::sheet::Height;
use crate::state::{App, Locating, Origin, Toast, actions};
use crate::view::sheet::whole;
use crate::view::slot::follow;

const LEAFLET: &str = "/vendor/leaflet/leaflet.js";
/// How many of the nearest get a marker that can be focused.
const FRONT: usize = 6;
/// How close the map goes to a chosen station or to the rider.
const CLOSE_ZOOM: u8 = 15;
/// How many of the nearest stations the map shows around the rider.
const AROUND: usize = 3;

type Held = StoredValue<Option<Rc<MapView>>, LocalStorage>;

/// The map, its locate button, and what it says while a place is picked.
#[component]
pub fn MapPane(app: App) -> impl IntoView {
    let t = move |key| tr(app.lang(), key);
    let node = NodeRef::<Div>::new();
    let map: Held = StoredValue::new_local(None);
    let ready = RwSignal::new(false);
    let missing = RwSignal::new(false);

    follow(move || {
        let Some(node) = node.get() else { return };
        spawn_local(async move {
            // A map that does not load leaves the list as it is.
            let _ = script::load(LEAFLET).await;
            if map.is_disposed() {
                return;
            }
            let options = MapOptions { reduced_motion: reduced_motion(), words: map_words(app.lang()) };
            match MapView::create(&node, options, move |event| hear(app, &event)) {
                Ok(view) => {
                    map.set_value(Some(Rc::new(view)));
                    ready.set(true);
                }
                Err(_) => missing.set(true),
            }
        });
    });
    on_cleanup(move || map.dispose());
    push_out(app, map, ready);

    // The map's furniture stands on the sheet, but does not follow it to the top.
    let above_sheet = move || {
        app.height();
        whole(covered(app).bottom - 16.0)
    };
    let locating = move || app.locating() == Locating::Asking;
    view! {
        <div class="map-pane" role="region" aria-label=move || t(Key::Map) style:--locate-bottom=above_sheet>
            <div class="map" node_ref=node class:is-picking=move || app.picking()></div>
            <Show when=move || missing.get()>
                <p class="map-missing">{t(Key::MapMissing)}</p>
            </Show>
            <Show when=move || app.picking()>
                <p class="pick-hint" role="status">
                    {t(Key::PickHint)}
                    <button type="button" class="link" on:click=move |_| actions::pick_on_map(app, false)>
                        {t(Key::Cancel)}
                    </button>
                </p>
            </Show>
            <button
                type="button"
                class="round locate"
                class:is-busy=locating
                aria-label=move || t(if locating() { Key::Locating } else { Key::Locate })
                on:click=move |_| actions::locate(app)
            >
                <svg class="icon" aria-hidden="true"><use href="/icons/sprite.svg#ui-locate"></use></svg>
            </button>
        </div>
    }
}

fn reduced_motion() -> bool {
    device::media("(prefers-reduced-motion: reduce)", |_| {}).is_some_and(|media| media.matches())
}

/// What the map says.
fn hear(app: App, event: &MapEvent) {
    match *event {
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
fn push_out(app: App, map: Held, ready: RwSignal<bool>) {
    let with = move |act: &dyn Fn(&MapView)| {
        if ready.get() {
            // Cloned out first: an act may make Leaflet call back into the app.
            let view = map.try_with_value(Clone::clone).flatten();
            if let Some(view) = view {
                act(&view);
            }
        }
    };
    follow(move || {
        let Some(world) = app.world() else { return };
        let lang = app.lang();
        with(&|map| {
            if let Some(basemap) = &world.basemap {
                map.set_basemap(basemap, world.site.boundaries, lang);
            }
            map.set_tiles(&world.site.tiles);
        });
    });
    follow(move || {
        let words = map_words(app.lang());
        with(&|map| map.set_words(words.clone()));
    });
    follow(move || {
        let pins = pins(app, app.lang());
        with(&|map| map.set_pins(&pins));
    });
    follow(move || {
        let chosen = app.chosen();
        with(&|map| map.set_selected(chosen));
    });
    follow(move || {
        let origin = app.origin();
        with(&|map| {
            map.set_rider(match &origin {
                Origin::Unknown => None,
                Origin::Rider(fix) => Some(Rider { position: fix.position, accuracy_m: fix.accuracy_m }),
                Origin::Chosen { position, .. } => Some(Rider { position: *position, accuracy_m: 0.0 }),
            });
        });
    });
    let chosen_place = Memo::new(move |_| {
        let world = app.world()?;
        world.catalogue.station(app.chosen()?)?.location.position
    });
    follow(move || {
        let line = app.origin().position().zip(chosen_place.get());
        with(&|map| map.set_line(line));
    });
    // Where the map looks: at the chosen station, or at the rider and the nearest. Follows those, never the clock.
    follow(move || {
        let from = app.origin().position();
        let points: Vec<_> = if let Some(place) = chosen_place.get() {
            std::iter::once(place).chain(from).collect()
        } else {
            let Some(from) = from else { return };
            let world = app.world();
            let hits = untrack(move || app.hits());
            let place = |hit: &Hit| world.as_ref()?.catalogue.station(hit.index)?.location.position;
            std::iter::once(from).chain(hits.iter().take(AROUND).filter_map(place)).collect()
        };
        let covered = untrack(move || covered(app));
        with(&|map| map.show(&points, covered, CLOSE_ZOOM));
    });
    follow(move || {
        let picking = app.picking();
        with(&|map| map.set_picking(picking));
    });
    follow(move || {
        app.theme();
        with(&MapView::restyle);
    });
    watch_outside(map);
}

/// The phone's own change to dark, and a turned phone.
fn watch_outside(map: Held) {
    let act = move |act: &dyn Fn(&MapView)| {
        if let Some(view) = map.try_with_value(Clone::clone).flatten() {
            act(&view);
        }
    };
    let dark = StoredValue::new_local(device::media("(prefers-color-scheme: dark)", move |_| {
        act(&MapView::restyle);
    }));
    let turned = StoredValue::new_local(page::on_resize(move || act(&MapView::resized)));
    on_cleanup(move || {
        dark.dispose();
        turned.dispose();
    });
}

/// The stations of the list as pins, the nearest in front.
fn pins(app: App, lang: Lang) -> Vec<Pin> {
    let Some(world) = app.world() else {
        return Vec::new();
    };
    let placed = app.origin().position().is_some();
    let hits = app.hits();
    let pin = |(number, hit): (usize, &Hit)| {
        let station = world.catalogue.station(hit.index)?;
        Some(Pin {
            index: hit.index,
            position: station.location.position?,
            look: match hit.status.is_open() {
                Some(true) => PinLook::Open,
                Some(false) => PinLook::Closed,
                None => PinLook::Unknown,
            },
            name: station.name.get(lang).to_owned(),
            front: placed && number < FRONT,
        })
    };
    hits.iter().enumerate().filter_map(pin).collect()
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
        rings: RINGS.map(|metres| crate::i18n::distance(lang, f64::from(metres))),
    }
}
