//! Stations on the map: elements for the nearest and the chosen, dots on the canvas for the others.

use domain::coords::Wgs84;
use domain::site::Datum;
use leaflet::{CircleMarker, Layer};
use wasm_bindgen::{JsCast, JsValue};

use super::Inner;
use super::js::{drawn, element, marker, name_element, options, put_number};

/// The property under which a layer keeps its station's index, and the attribute of its element.
pub(super) const INDEX: &str = "stationIndex";
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

/// A station that is a dot: what of its pin is seen of it.
#[derive(PartialEq)]
pub(super) struct Dot {
    index: u32,
    look: PinLook,
    shelter: bool,
}

impl Dot {
    pub(super) const fn of(pin: &Pin) -> Self {
        Self { index: pin.index, look: pin.look, shelter: pin.shelter }
    }
}

/// What dots are painted with.
pub(super) struct Paint {
    fills: [(PinLook, JsValue); 3],
    edges: [JsValue; 2],
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
            put_number(&marker, INDEX, pin.index);
            marker.set_z_index_offset(FRONT);
            self.pins.add_layer(&marker);
            name_element(&marker, &pin.name, INDEX_ATTRIBUTE, pin.index);
            front.push((pin.index, marker));
        }
        self.state.borrow_mut().front = front;
        self.draw_crowd();
        self.draw_chosen();
    }

    /// Puts a dot on the canvas.
    pub(super) fn dot(&self, at: Wgs84, dot: &Dot, paint: &Paint, datum: Datum) -> CircleMarker {
        let fill = paint.fills.iter().find(|(look, _)| *look == dot.look);
        let mark = CircleMarker::new_with_options(
            &drawn(at, datum),
            &options::<JsValue>(&[
                ("radius", 7.into()),
                ("weight", 2.into()),
                ("color", paint.edges[usize::from(dot.shelter)].clone()),
                ("fillColor", fill.map_or(JsValue::NULL, |(_, colour)| colour.clone())),
                ("fillOpacity", 1.into()),
                ("bubblingMouseEvents", false.into()),
            ]),
        );
        put_number(&mark, INDEX, dot.index);
        self.crowd.add_layer(&mark);
        mark
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
            put_number(&extra, INDEX, pin.index);
            self.chosen.add_layer(extra.unchecked_ref::<Layer>());
            name_element(&extra, &pin.name, INDEX_ATTRIBUTE, pin.index);
        }
    }
}
