//! The map: joins `edge::map` to the state. Built once; effects push changes out, events come in as actions.

use std::rc::Rc;

use domain::text::Lang;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::icon;
use super::words::use_words;
use crate::edge::map::{Covered, MapEvent, MapOptions, MapView, MapWords, Pin, PinLook, Rider};
use crate::edge::{device, page, script};
use crate::i18n::Key;
use crate::state::sheet::Height;
use crate::state::{App, Locating, Origin, Toast, actions, use_app};

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
pub fn MapPane() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let node = NodeRef::<Div>::new();
    let map: Held = StoredValue::new_local(None);
    let ready = RwSignal::new(false);
    let missing = RwSignal::new(false);

    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        spawn_local(async move {
            // A map that does not load leaves the list as it is.
            let _ = script::load(LEAFLET).await;
            if map.is_disposed() {
                return;
            }
            let options = MapOptions { reduced_motion: reduced_motion(), lang: words.0, words: map_words(words.0) };
            match MapView::create(&node, options, move |event| hear(app, event)) {
                Ok(view) => {
                    map.set_value(Some(Rc::new(view)));
                    ready.set(true);
                }
                Err(_) => missing.set(true),
            }
        });
    });
    on_cleanup(move || map.dispose());
    push_out(app, map, ready, words.0);

    let locating = move || app.locating() == Locating::Asking;
    view! {
        <div class="map-pane" role="region" aria-label=t(Key::Map)>
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
                {icon("ui-locate")}
            </button>
        </div>
    }
}

fn reduced_motion() -> bool {
    device::media("(prefers-reduced-motion: reduce)", |_| {}).is_some_and(|media| media.matches())
}

/// What the map says.
fn hear(app: App, event: MapEvent) {
    match event {
        MapEvent::Chosen(index) => actions::choose(app, index),
        MapEvent::Clicked(position) => {
            if app.picking() {
                actions::look_from(app, position, None);
            }
        }
        MapEvent::TilesFailed => actions::toast(app, Toast::TilesFailed),
        MapEvent::Moved => {}
    }
}
