//! The crowd: stations that would lie on each other as one badge with their number, the others as dots. Looked over when the map has moved,
//! with half a screen on each side, so that nothing is drawn while it moves; what looks the same in the same place stays as it is.

use domain::coords::Wgs84;
use domain::shards::{Badge, Crowd, Extent, Region};
use domain::site::Datum;
use domain::spatial::{Bounds, ClusterId};
use leaflet::{LatLng, Layer, Marker};
use wasm_bindgen::{JsCast, JsValue};

use super::js::{drawn, marker, meant, name_element, options, put_number};
use super::pins::Dot;
use super::{Inner, MapWords, PinLook};

/// The property under which a badge's layer keeps its number, and the attribute of its element.
pub(super) const BADGE: &str = "badgeNumber";
pub(super) const BADGE_ATTRIBUTE: &str = "data-badge";
/// How wide a badge is, in CSS pixels: [`ClusterOptions`](domain::spatial::ClusterOptions) keeps their middles so far apart.
const WIDE: f64 = 48.0;
/// Of so many stations at most one is not counted where a badge looks like one of which all are.
const FEW: u64 = 16;
/// From how many stations on a badge takes smaller digits.
const LARGE: u64 = 1_000;
/// How many CSS pixels the earth is around at zoom 0.
const AROUND: f64 = 256.0;

/// The crowd, and what of it stands on the map.
pub(super) struct Drawn {
    crowd: Crowd,
    /// Which pin each station of the crowd is.
    pins: Vec<usize>,
    stands: Vec<Mark>,
    /// The number of the last badge: each has another one for as long as the map is.
    last: u32,
}

/// A badge or a dot on the map.
struct Mark {
    sign: Sign,
    layer: Layer,
    /// The badge's number in its layer and its element.
    number: u32,
    /// What it stands for.
    id: ClusterId,
}

/// What tells a mark from all others that are drawn with the same words and colours.
#[derive(PartialEq)]
struct Sign {
    position: Wgs84,
    /// How many stations it stands for, how many of them are open, and how many nobody counted.
    numbers: [u64; 3],
    /// The station that is alone.
    alone: Option<Dot>,
}

/// The map's own canvas, for the dots and the rings; touched within a thumb's breadth of a dot.
pub(super) fn canvas() -> JsValue {
    leaflet::Canvas::with_options(&options(&[("tolerance", 10.into()), ("padding", 0.25.into())])).into()
}

impl Inner {
    /// Finds out which of the pins lie together; those in front stand for themselves.
    pub(super) fn gather(&self, regions: Vec<Region>) {
        let mut state = self.state.borrow_mut();
        let others: Vec<usize> = (0..state.pins.len()).filter(|&at| !state.pins[at].front).collect();
        let station = |&at: &usize| (state.pins[at].position, state.pins[at].look == PinLook::Open);
        let stations: Vec<(Wgs84, bool)> = others.iter().map(station).collect();
        let crowd = Crowd::new(&stations, regions);
        let (stands, last) = state.crowd.take().map_or((Vec::new(), 0), |drawn| (drawn.stands, drawn.last));
        state.crowd = Some(Drawn { crowd, pins: others, stands, last });
    }

    /// Takes the crowd off the map, whose words, colours or datum have become others.
    pub(super) fn clear_crowd(&self) {
        self.crowd.clear_layers();
        if let Some(drawn) = &mut self.state.borrow_mut().crowd {
            drawn.stands.clear();
        }
    }

    /// Draws what stands in sight and takes off what does not.
    pub(super) fn draw_crowd(&self) {
        let Some(bounds) = self.bounds(0.5) else { return };
        // Copied out and put back at the end: Leaflet may call back, and if it throws, nothing of ours is left half-held.
        let (badges, mut before, mut last, datum, words) = {
            let state = &mut *self.state.borrow_mut();
            let Some(drawn) = &mut state.crowd else { return };
            let sign = |badge: Badge| {
                let alone = badge.alone.and_then(|at| state.pins.get(*drawn.pins.get(at)?)).map(Dot::of);
                let numbers = [badge.count, badge.open, badge.unseen];
                (badge, Sign { position: badge.position, numbers, alone })
            };
            let badges: Vec<_> = drawn.crowd.within(&bounds, self.zoom()).into_iter().map(sign).collect();
            (badges, std::mem::take(&mut drawn.stands), drawn.last, state.datum, state.words.clone())
        };
        let paint = self.paint();
        let mut stands = Vec::with_capacity(badges.len());
        for (badge, sign) in badges {
            // In the same order as before, so that it is one of the first.
            if let Some(at) = before.iter().position(|mark| mark.sign == sign) {
                stands.push(Mark { id: badge.id, ..before.remove(at) });
                continue;
            }
            let (layer, number): (Layer, u32) = if let Some(dot) = &sign.alone {
                (self.dot(sign.position, dot, &paint, datum).unchecked_into(), 0)
            } else {
                last += 1;
                (self.badge(&badge, last, &words, datum).unchecked_into(), last)
            };
            stands.push(Mark { sign, layer, number, id: badge.id });
        }
        for mark in before {
            self.crowd.remove_layer(&mark.layer);
        }
        if let Some(drawn) = &mut self.state.borrow_mut().crowd {
            (drawn.stands, drawn.last) = (stands, last);
        }
    }

    /// Puts a badge on the map.
    fn badge(&self, badge: &Badge, number: u32, words: &MapWords, datum: Datum) -> Marker {
        let is_guess = badge.unseen * FEW > badge.count;
        let class = match (is_guess, badge.count >= LARGE) {
            (false, false) => "map-crowd",
            (true, false) => "map-crowd is-unseen",
            (false, true) => "map-crowd is-large",
            (true, true) => "map-crowd is-unseen is-large",
        };
        let name = (words.badge)(words.lang, badge);
        let mark = marker(&drawn(badge.position, datum), class, &badge.count.to_string(), Some(&name));
        put_number(&mark, BADGE, number);
        // Over the names of places, below the nearest.
        mark.set_z_index_offset(500.0);
        self.crowd.add_layer(&mark);
        if let Some(element) = name_element(&mark, &name, BADGE_ATTRIBUTE, number) {
            let _ = element.set_attribute("title", &name);
            // Of what is not counted some may be open, too.
            let more = if badge.unseen > 0 { "+" } else { "" };
            if !is_guess || badge.open > 0 {
                let _ = element.set_attribute("data-open", &[&badge.open.to_string(), more].concat());
            }
            let share = badge.open * 100 / badge.count.max(1);
            let _ = element.style().set_property("--open", &format!("{share}%"));
        }
        mark
    }

    /// The area of what a badge stands for.
    pub(super) fn area(&self, badge: u32) -> Option<Extent> {
        let state = self.state.borrow();
        let drawn = state.crowd.as_ref()?;
        let mark = drawn.stands.iter().find(|mark| mark.number == badge)?;
        drawn.crowd.extent(mark.id)
    }

    /// What the map shows, and how many degrees of longitude a badge covers on it.
    pub(super) fn sight(&self) -> Option<(Extent, f64)> {
        let [south_west, north_east] = self.sides(0.0)?;
        Some((Extent::of(south_west).with(Extent::of(north_east)), WIDE * self.degrees()))
    }

    /// How many degrees of longitude a CSS pixel is.
    pub(super) fn degrees(&self) -> f64 {
        360.0 / AROUND / f64::from(1_u32 << self.zoom())
    }

    /// What the map shows, and so many times its size more on each side.
    pub(super) fn bounds(&self, more: f64) -> Option<Bounds> {
        let [south_west, north_east] = self.sides(more)?;
        Bounds::new(south_west, north_east)
    }

    /// The corners of what the map shows, and of so many times its size more on each side.
    fn sides(&self, more: f64) -> Option<[Wgs84; 2]> {
        let datum = self.state.borrow().datum;
        let bounds = self.map.get_bounds();
        let (one, other) = (bounds.get_south_west(), bounds.get_north_east());
        let (high, wide) = (more * (other.lat() - one.lat()), more * (other.lng() - one.lng()));
        let corner = |lat: f64, lng: f64| meant(&LatLng::new(lat, lng), datum);
        // The map does not leave China's surroundings.
        Some([corner(one.lat() - high, one.lng() - wide)?, corner(other.lat() + high, other.lng() + wide)?])
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 5 to 18")]
    fn zoom(&self) -> u8 {
        self.map.get_zoom() as u8
    }
}
