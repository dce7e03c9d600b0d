//! The names of cities and districts on the embedded map. Only those that are to be read: a marker each is a millisecond of a slow phone,
//! and there are a hundred districts.

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::site::Datum;
use domain::text::Lang;
use leaflet::Marker;

use super::Inner;
use super::js::{drawn, marker};

/// From this zoom on the districts' names are shown, and below it the cities'.
const NEAR_ZOOM: f64 = 9.0;
const CITY: &str = "map-name is-city";
const DISTRICT: &str = "map-name is-district";

/// A name and where it stands.
pub(super) struct Name {
    position: Wgs84,
    words: String,
    class: &'static str,
    /// Its marker while it is on the map.
    mark: Option<Marker>,
}

impl Inner {
    /// Takes the names of the embedded map, in a language.
    pub(super) fn take_names(&self, basemap: &Basemap, lang: Lang) {
        self.names.clear_layers();
        let cities = basemap.cities().iter().map(|label| (label, CITY));
        let labels = cities.chain(basemap.districts().map(|label| (label, DISTRICT)));
        let name = |(label, class): (&domain::basemap::Label, _)| {
            let words = label.name.get(lang).to_owned();
            Name { position: label.position, words, class, mark: None }
        };
        self.state.borrow_mut().names = labels.map(name).collect();
        self.draw_names();
    }

    /// Puts up the names that belong to what the map shows, with half a screen on each side, and takes off the others.
    pub(super) fn draw_names(&self) {
        let Some(bounds) = self.bounds(0.5) else { return };
        let class = if self.map.get_zoom() >= NEAR_ZOOM { DISTRICT } else { CITY };
        // Put back at the end: Leaflet may call back, and if it throws, nothing of ours is left half-held.
        let mut names = std::mem::take(&mut self.state.borrow_mut().names);
        for name in &mut names {
            let stands = name.class == class && bounds.contains(name.position);
            if stands && name.mark.is_none() {
                let mark = marker(&drawn(name.position, Datum::Wgs84), class, &name.words, None);
                self.names.add_layer(&mark);
                name.mark = Some(mark);
            } else if !stands && let Some(mark) = name.mark.take() {
                self.names.remove_layer(&mark);
            }
        }
        self.state.borrow_mut().names = names;
    }
}
