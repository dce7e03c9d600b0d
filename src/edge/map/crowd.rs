//! The crowd: stations that would lie on each other as one badge with their number, the others as dots. Drawn anew when the map has moved,
//! with half a screen on each side, so that nothing is drawn while it moves.

use domain::coords::Wgs84;
use domain::shards::{Badge, Crowd, Entry, Extent};
use domain::spatial::{Bounds, ClusterId};
use leaflet::LatLng;

use super::js::{drawn, marker, meant, name_element, put_number};
use super::{Inner, PinLook};

/// The property under which a badge's layer keeps its number, and the attribute of its element.
pub(super) const BADGE: &str = "badgeNumber";
pub(super) const BADGE_ATTRIBUTE: &str = "data-badge";
/// How wide a badge is, in CSS pixels: [`ClusterOptions`](domain::spatial::ClusterOptions) keeps their middles so far apart.
const WIDE: f64 = 48.0;
/// How many CSS pixels the earth is around at zoom 0.
const AROUND: f64 = 256.0;

/// The crowd, and what of it stands on the map.
pub(super) struct Drawn {
    crowd: Crowd,
    /// Which pin each station of the crowd is.
    pins: Vec<usize>,
    badges: Vec<ClusterId>,
}

impl Inner {
    /// Finds out which of the pins lie together; those in front stand for themselves.
    pub(super) fn gather(&self, parts: Vec<Entry>) {
        let mut state = self.state.borrow_mut();
        let others: Vec<usize> = (0..state.pins.len()).filter(|&at| !state.pins[at].front).collect();
        let station = |&at: &usize| (state.pins[at].position, state.pins[at].look == PinLook::Open);
        let stations: Vec<(Wgs84, bool)> = others.iter().map(station).collect();
        let crowd = Crowd::new(&stations, parts);
        state.crowd = Some(Drawn { crowd, pins: others, badges: Vec::new() });
    }

    /// Draws what stands in sight.
    pub(super) fn draw_crowd(&self) {
        self.crowd.clear_layers();
        let (badges, datum, words, pins) = {
            let state = self.state.borrow();
            let (Some(drawn), Some(bounds)) = (&state.crowd, self.bounds(0.5)) else { return };
            let badges = drawn.crowd.within(&bounds, self.zoom());
            let alone =
                |badge: &Badge| badge.alone.and_then(|at| state.pins.get(*drawn.pins.get(at)?)).cloned();
            let pins: Vec<_> = badges.iter().map(alone).collect();
            (badges, state.datum, state.words.clone(), pins)
        };
        let paint = self.paint();
        for (number, (badge, pin)) in (0u32..).zip(badges.iter().zip(&pins)) {
            if let Some(pin) = pin {
                self.crowd.add_layer(&self.dot(pin, &paint, datum));
                continue;
            }
            let class = if badge.unseen > 0 { "map-crowd is-unseen" } else { "map-crowd" };
            let name = (words.badge)(words.lang, badge);
            let mark = marker(&drawn(badge.position, datum), class, &badge.count.to_string(), Some(&name));
            put_number(&mark, BADGE, number);
            // Over the names of places, below the nearest.
            mark.set_z_index_offset(500.0);
            self.crowd.add_layer(&mark);
            if let Some(element) = name_element(&mark, &name, BADGE_ATTRIBUTE, number) {
                let _ = element.set_attribute("title", &name);
                if badge.unseen == 0 {
                    let _ = element.set_attribute("data-open", &badge.open.to_string());
                }
                let share = badge.open * 100 / badge.count.max(1);
                let _ = element.style().set_property("--open", &format!("{share}%"));
            }
        }
        if let Some(drawn) = &mut self.state.borrow_mut().crowd {
            drawn.badges = badges.iter().map(|badge| badge.id).collect();
        }
    }

    /// The area of what a badge stands for.
    pub(super) fn area(&self, badge: u32) -> Option<Extent> {
        let state = self.state.borrow();
        let drawn = state.crowd.as_ref()?;
        drawn.crowd.extent(*drawn.badges.get(badge as usize)?)
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
