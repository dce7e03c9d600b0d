//! Tiles that the site's owner configured, and the quiet way back to the sketch where they fail.

use std::rc::Rc;

use domain::site::{Datum, TileLayer};
use js_sys::Array;
use leaflet::{Event, Evented, EventedHandle, Layer};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::js::options;
use super::{Inner, MapEvent};

/// So many failures without a tile between them, and the provider is taken for gone.
const PATIENCE: u32 = 6;

/// Shows the first layer that covers the map, and the overlays in its datum.
pub(super) fn set(inner: &Rc<Inner>, layers: &[TileLayer]) {
    clear(inner);
    let Some(base) = layers.iter().find(|layer| !layer.overlay) else {
        return;
    };
    let overlays = layers.iter().filter(|layer| layer.overlay && layer.datum == base.datum);
    for layer in std::iter::once(base).chain(overlays) {
        let tiles = tile_layer(layer);
        let held = watch(inner, &tiles);
        inner.held.borrow_mut().tiles.extend(held);
        inner.tiles.add_layer(&tiles);
    }
    let mut words = inner.state.borrow().words.sketch.clone();
    for layer in layers {
        words.push_str("  ");
        words.push_str(&layer.attribution);
    }
    inner.attribute(&words);
    let _ = inner.container.class_list().add_1("has-tiles");
    redraw(inner, base.datum);
}

fn tile_layer(layer: &TileLayer) -> Layer {
    let subdomains: Array = layer.subdomains.iter().map(|name| JsValue::from_str(name)).collect();
    let mut entries = vec![
        ("minZoom", layer.min_zoom.into()),
        ("maxNativeZoom", layer.max_zoom.into()),
        ("maxZoom", 18.into()),
    ];
    if subdomains.length() > 0 {
        entries.push(("subdomains", subdomains.into()));
    }
    leaflet::TileLayer::new_options(&layer.url, &options(&entries)).unchecked_into()
}

/// Counts failures; any tile that comes makes up for those before it.
fn watch(inner: &Rc<Inner>, tiles: &Layer) -> [EventedHandle<Event>; 2] {
    let failures = Rc::new(std::cell::Cell::new(0));
    let target: &Evented = tiles.unchecked_ref();
    let (weak, count) = (Rc::downgrade(inner), Rc::clone(&failures));
    let failed = Evented::on_leaflet_event(&target, "tileerror", move |_: Event| {
        count.set(count.get() + 1);
        if count.get() != PATIENCE {
            return;
        }
        let weak = weak.clone();
        // Later: what listens must not be dropped while it runs.
        spawn_local(async move {
            if let Some(inner) = weak.upgrade() {
                clear(&inner);
                inner.say();
                redraw(&inner, Datum::Wgs84);
                (inner.hear)(MapEvent::TilesFailed);
            }
        });
    });
    let loaded = Evented::on_leaflet_event(&target, "tileload", move |_: Event| failures.set(0));
    [failed, loaded]
}

fn clear(inner: &Inner) {
    inner.held.borrow_mut().tiles.clear();
    inner.tiles.clear_layers();
    let _ = inner.container.class_list().remove_1("has-tiles");
}

/// Everything but the sketch moves to where the datum has it; the sketch is covered, or right as it is.
fn redraw(inner: &Inner, datum: Datum) {
    let before = std::mem::replace(&mut inner.state.borrow_mut().datum, datum);
    if before != datum {
        inner.clear_crowd();
        inner.draw_pins();
        inner.draw_around();
    }
}
