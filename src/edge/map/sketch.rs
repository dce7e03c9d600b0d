//! The embedded map, drawn on a canvas of its own.

use domain::basemap::{Basemap, BorderRank};
use js_sys::Array;
use leaflet::{Layer, Path, Polygon, Polyline};
use wasm_bindgen::{JsCast, JsValue};

use super::Inner;
use super::js::{canvas, lines, options};

/// The pane below everything.
pub(super) const PANE: &str = "sketch";

/// A part of the sketch and the custom property with its colour.
#[derive(Clone)]
pub(super) struct Drawn {
    path: Path,
    colour: &'static str,
}

/// Borders: which, how thick, and whose colour. The coast is the sea's edge already.
const BORDERS: [(BorderRank, f64, &str); 3] = [
    (BorderRank::District, 1.0, "--map-district"),
    (BorderRank::City, 1.6, "--map-city"),
    (BorderRank::Province, 2.4, "--map-province"),
];

impl Inner {
    /// Draws the sketch anew.
    pub(super) fn draw_sketch(&self, basemap: &Basemap, boundaries: bool) {
        self.sketch.clear_layers();
        let canvas = canvas(&self.map, "sketchCanvas", &[("pane", PANE.into()), ("padding", 0.25.into())]);
        let common = |entries: &[(&str, JsValue)]| {
            let mut all = vec![
                ("pane", PANE.into()),
                ("renderer", canvas.clone()),
                ("interactive", false.into()),
                ("smoothFactor", 0.into()),
            ];
            all.extend_from_slice(entries);
            options(&all)
        };
        let mut parts: Vec<Drawn> = Vec::new();
        let mut add = |path: JsValue, colour: &'static str| {
            let path: Path = path.unchecked_into();
            self.sketch.add_layer(path.unchecked_ref::<Layer>());
            parts.push(Drawn { path, colour });
        };
        let sea = common(&[("stroke", false.into()), ("fill", true.into()), ("fillOpacity", 1.into())]);
        add(Polygon::new_with_options(&lines(basemap.sea()), &sea).into(), "--map-water");
        let river = common(&[("weight", 2.into())]);
        add(Polyline::new_with_options(&lines(basemap.rivers()), &river).into(), "--map-water");
        if boundaries {
            for (rank, weight, colour) in BORDERS {
                let these =
                    basemap.borders().iter().filter(|border| border.rank == rank).map(|border| &border.line);
                let shape: Array = lines(these);
                add(Polyline::new_with_options(&shape, &common(&[("weight", weight.into())])).into(), colour);
            }
        }
        self.state.borrow_mut().drawn = parts;
        self.paint_sketch();
    }

    /// Gives the sketch the style sheet's colours.
    pub(super) fn paint_sketch(&self) {
        let drawn = self.state.borrow().drawn.clone();
        for Drawn { path, colour } in &drawn {
            let colour = self.colour(colour);
            path.set_style(&options(&[("color", colour.clone()), ("fillColor", colour)]));
        }
    }
}
