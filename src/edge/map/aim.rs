//! Where the map looks.

use leaflet::{LatLng, LatLngBounds, Map, Point};
use wasm_bindgen::JsValue;

use super::js::options;

/// The corners of what the map shows at first: Liaoning.
pub(super) const HOME: [(f64, f64); 2] = [(38.7, 118.9), (43.5, 125.8)];
/// How close one badge brings: there every station stands alone.
const CLOSEST: u8 = 17;
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

/// Moves closer, so that what is in `seen` comes apart: it fills the part that nothing covers, or where that would be no closer
/// than now, `middle` comes to the middle. `pixels` is how long its longer side is now.
pub(super) fn into(
    map: &Map,
    seen: &LatLngBounds,
    middle: &LatLng,
    pixels: f64,
    covered: Covered,
    glides: bool,
) {
    let size = map.get_size();
    let wide = size.x() - covered.left - covered.right;
    let high = size.y() - covered.top - covered.bottom;
    if pixels * 2.0 < wide.min(high) {
        at(map, seen, covered, CLOSEST, glides);
    } else {
        let zoom = map.get_zoom() + 1.0;
        map.set_view_with_options(middle, zoom, &options::<JsValue>(&[("animate", glides.into())]));
    }
}
