//! Stations on the map: elements for the nearest and the chosen, dots on the canvas for the others.

use domain::coords::Wgs84;
use domain::site::Datum;
use js_sys::Reflect;
use leaflet::{CircleMarker, Event, Layer, Marker, MouseEvent};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::Inner;
use super::js::{canvas, drawn, element, marker, options};

/// The property under which a layer keeps its station's index, and the attribute of its element.
const INDEX: &str = "stationIndex";
pub(super) const INDEX_ATTRIBUTE: &str = "data-station";

/// How far the nearest stand before what is farther south, in CSS pixels.
const FRONT: f64 = 1000.0;

/// A station on the map.
#[derive(Clone)]
pub struct Pin {
    /// The station's index in the catalogue.
    pub index: u32,
    /// Where it is.
    pub position: Wgs84,
    /// How it looks.
    pub look: PinLook,
    /// Whether it is a shelter in an emergency.
    pub shelter: bool,
    /// Its name, for those who cannot see it.
    pub name: String,
    /// Whether it is one of the nearest, with an element of its own.
    pub front: bool,
}

impl Pin {
    fn class(&self, begins: &str) -> String {
        [begins, self.look.word(), if self.shelter { " is-shelter" } else { "" }].concat()
    }
}

/// Open or not.
#[derive(Clone, Copy, PartialEq)]
pub enum PinLook {
    /// One can walk in.
    Open,
    /// One cannot.
    Closed,
    /// It cannot be said.
    Unknown,
}

impl PinLook {
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Unknown => "unsure",
        }
    }
}

/// What dots are painted with.
pub(super) struct Paint {
    fills: [(PinLook, JsValue); 3],
    edges: [JsValue; 2],
}

/// The station that was clicked.
pub(super) fn index_of(event: &MouseEvent) -> Option<u32> {
    let layer = event.unchecked_ref::<Event>().propagated_from();
    number(&Reflect::get(&layer, &INDEX.into()).ok()?)
}

/// The number in an attribute of the element that a key was pressed on.
pub(super) fn number_under(event: &web_sys::Event, attribute: &str) -> Option<u32> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.get_attribute(attribute)?.parse().ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index that this file has put there"
)]
pub(super) fn number(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|value| value as u32)
}

fn number_layer(layer: &JsValue, index: u32) {
    // Setting a property of Leaflet's own object does not fail.
    let _ = Reflect::set(layer, &INDEX.into(), &index.into());
}

fn name_element(marker: &Marker, pin: &Pin) {
    if let Some(element) = element(marker) {
        let _ = element.set_attribute("aria-label", &pin.name);
        let _ = element.set_attribute(INDEX_ATTRIBUTE, &pin.index.to_string());
    }
}

impl Inner {
    /// Draws all pins anew.
    pub(super) fn draw_pins(&self) {
        self.pins.clear_layers();
        let mut front = Vec::new();
        // Copied out: Leaflet may call back, and if it throws, nothing of ours is left half-held.
        let (pins, datum) = {
            let state = self.state.borrow();
            (state.pins.iter().filter(|pin| pin.front).cloned().collect::<Vec<_>>(), state.datum)
        };
        // The last is drawn on top: the nearest.
        for pin in pins.iter().rev() {
            let class = pin.class("map-pin is-");
            let marker = marker(&drawn(pin.position, datum), &class, "", Some(&pin.name));
            number_layer(&marker, pin.index);
            marker.set_z_index_offset(FRONT);
            self.pins.add_layer(&marker);
            name_element(&marker, pin);
            front.push((pin.index, marker));
        }
        self.state.borrow_mut().front = front;
        self.draw_crowd();
        self.draw_chosen();
    }

    /// A pin as a dot on the canvas.
    pub(super) fn dot(&self, pin: &Pin, paint: &Paint, datum: Datum) -> CircleMarker {
        let fill = paint.fills.iter().find(|(look, _)| *look == pin.look);
        let dot = CircleMarker::new_with_options(
            &drawn(pin.position, datum),
            &options::<JsValue>(&[
                ("radius", 7.into()),
                ("weight", 2.into()),
                ("color", paint.edges[usize::from(pin.shelter)].clone()),
                ("fillColor", fill.map_or(JsValue::NULL, |(_, colour)| colour.clone())),
                ("fillOpacity", 1.into()),
                ("renderer", self.canvas()),
                ("bubblingMouseEvents", false.into()),
            ]),
        );
        number_layer(&dot, pin.index);
        dot
    }

    /// The colours of dots, read once for all.
    pub(super) fn paint(&self) -> Paint {
        Paint {
            fills: [PinLook::Open, PinLook::Closed, PinLook::Unknown].map(|look| {
                let mut name = String::from("--pin-");
                name.push_str(look.word());
                (look, self.colour(&name))
            }),
            edges: [self.colour("--pin-edge"), self.colour("--pin-shelter")],
        }
    }

    /// Marks the chosen one: its own element, or one that it gets for as long.
    pub(super) fn draw_chosen(&self) {
        self.chosen.clear_layers();
        let (front, pin, datum, selected) = {
            let state = self.state.borrow();
            let pin = state.pins.iter().find(|pin| state.selected == Some(pin.index)).cloned();
            (state.front.clone(), pin, state.datum, state.selected)
        };
        let mut marked = false;
        for (index, marker) in &front {
            let is_chosen = selected == Some(*index);
            marked |= is_chosen;
            if let Some(element) = element(marker) {
                let _ = element.class_list().toggle_with_force("is-chosen", is_chosen);
            }
            marker.set_z_index_offset(if is_chosen { 2.0 * FRONT } else { FRONT });
        }
        if let (false, Some(pin)) = (marked, &pin) {
            let class = pin.class("map-pin is-chosen is-");
            let extra = marker(&drawn(pin.position, datum), &class, "", Some(&pin.name));
            number_layer(&extra, pin.index);
            self.chosen.add_layer(extra.unchecked_ref::<Layer>());
            name_element(&extra, pin);
        }
    }

    /// The canvas of the crowd; touched within a thumb's breadth of a dot.
    fn canvas(&self) -> JsValue {
        canvas(&self.map, "stationCanvas", &[("tolerance", 10.into()), ("padding", 0.3.into())])
    }
}
