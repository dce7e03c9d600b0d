//! Where the map looks.

use leaflet::{LatLngBounds, Map, Point};
use wasm_bindgen::JsValue;

use super::js::options;

/// The corners of what the map shows at first: Liaoning.
pub(super) const HOME: [(f64, f64); 2] = [(38.7, 118.9), (43.5, 125.8)];
/// The least free room that is aimed at, in CSS pixels.
const ROOM: f64 = 80.0;

/// What hides parts of the map, in CSS pixels from its edges.
#[derive(Clone, Copy, Default)]
pub struct Covered {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// From the right.
    pub right: f64,
    /// From the bottom.
    pub bottom: f64,
}

/// Moves so that `seen` is seen in the part that nothing covers, no closer than `zoom`.
pub(super) fn at(map: &Map, seen: &LatLngBounds, covered: Covered, zoom: u8, glides: bool) {
    let size = map.get_size();
    // Where next to nothing is free, the middle of the map is the best there is.
    let fit = |size: f64, before: f64, after: f64| {
        if size - before - after < ROOM { (0.0, 0.0) } else { (before, after) }
    };
    let (left, right) = fit(size.x(), covered.left, covered.right);
    let (top, bottom) = fit(size.y(), covered.top, covered.bottom);
    map.fit_bounds_with_options(
        seen,
        &options::<JsValue>(&[
            ("paddingTopLeft", Point::new(left, top).into()),
            ("paddingBottomRight", Point::new(right, bottom).into()),
            ("maxZoom", zoom.into()),
            ("animate", glides.into()),
        ]),
    );
}
