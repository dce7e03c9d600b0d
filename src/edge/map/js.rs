//! Small bridges to Leaflet that its bindings lack or have wrong.

use domain::coords::{Bd09, Gcj02, Wgs84};
use domain::site::Datum;
use js_sys::{Array, Object, Reflect};
use leaflet::{Event, Icon, LatLng, Map, Marker, MouseEvent};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    // The binding of the same name makes an `L.Icon`.
    #[wasm_bindgen(js_namespace = L, js_name = divIcon)]
    fn div_icon(options: &JsValue) -> Icon;
}

/// An options object. The bindings' own ones cannot hold a DOM node as `html`, nor a list of subdomains.
pub fn options<T: JsCast>(entries: &[(&str, JsValue)]) -> T {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.unchecked_into()
}

/// A position as the layer below draws it.
pub fn drawn(position: Wgs84, datum: Datum) -> LatLng {
    let (lat, lng) = match datum {
        Datum::Wgs84 => (position.lat(), position.lng()),
        Datum::Gcj02 => {
            let shifted = Gcj02::from(position);
            (shifted.lat(), shifted.lng())
        }
        Datum::Bd09 => {
            let shifted = Bd09::from(position);
            (shifted.lat(), shifted.lng())
        }
    };
    LatLng::new(lat, lng)
}

/// The position of a point on the layer below; None for one off the earth, as after many turns around it.
pub fn meant(point: &LatLng, datum: Datum) -> Option<Wgs84> {
    let (lat, lng) = (point.lat(), point.lng());
    match datum {
        Datum::Wgs84 => Wgs84::new(lat, lng).ok(),
        Datum::Gcj02 => Gcj02::new(lat, lng).ok().map(Gcj02::to_wgs84),
        Datum::Bd09 => Bd09::new(lat, lng).ok().map(Bd09::to_wgs84),
    }
}

/// Points as Leaflet's shapes take them.
pub fn line(points: &[Wgs84], datum: Datum) -> Array {
    points.iter().map(|point| JsValue::from(drawn(*point, datum))).collect()
}

/// Lines as Leaflet's shapes take them.
pub fn lines<'a>(lines: impl IntoIterator<Item = &'a Vec<Wgs84>>) -> Array {
    lines.into_iter().map(|points| JsValue::from(line(points, Datum::Wgs84))).collect()
}

/// A marker that is an element with a class and a text. Text, never HTML: names come from data.
pub fn marker(at: &LatLng, class: &str, text: &str, name: Option<&str>) -> Marker {
    let node = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.create_element("span").ok());
    let html = node.map_or(JsValue::FALSE, |node| {
        node.set_text_content(Some(text));
        node.into()
    });
    // No size: the style sheet's business.
    let icon = div_icon(&options::<JsValue>(&[
        ("html", html),
        ("className", class.into()),
        ("iconSize", JsValue::NULL),
    ]));
    let reachable = name.is_some();
    Marker::new_with_options(
        at,
        &options(&[
            ("icon", icon.into()),
            ("interactive", reachable.into()),
            ("keyboard", reachable.into()),
            ("alt", name.unwrap_or_default().into()),
        ]),
    )
}

/// The canvas that a map keeps under a name, made as `entries` say. One for all time: Leaflet leaves a canvas on the map when
/// nothing is drawn on it any more.
pub fn canvas(map: &Map, name: &str, entries: &[(&str, JsValue)]) -> JsValue {
    let name = JsValue::from_str(name);
    let known = Reflect::get(map, &name).unwrap_or(JsValue::UNDEFINED);
    if known.is_object() {
        return known;
    }
    let canvas: JsValue = leaflet::Canvas::with_options(&options(entries)).into();
    // Setting a property of Leaflet's own object does not fail.
    let _ = Reflect::set(map, &name, &canvas);
    canvas
}

/// The element of a marker that is on the map.
pub fn element(marker: &Marker) -> Option<HtmlElement> {
    Reflect::get(marker, &"_icon".into()).ok()?.dyn_into().ok()
}

/// Gives a layer a number of ours, under a property of that name.
pub fn put_number(layer: &JsValue, property: &str, number: u32) {
    // Setting a property of Leaflet's own object does not fail.
    let _ = Reflect::set(layer, &property.into(), &number.into());
}

/// The number under a property of the layer that was clicked.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that `put_number` has put there"
)]
pub fn number_of(event: &MouseEvent, property: &str) -> Option<u32> {
    let layer = event.unchecked_ref::<Event>().propagated_from();
    Some(Reflect::get(&layer, &property.into()).ok()?.as_f64()? as u32)
}

/// The number in an attribute of the element that a key was pressed on.
pub fn number_under(event: &web_sys::Event, attribute: &str) -> Option<u32> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.get_attribute(attribute)?.parse().ok()
}

/// Names the element of a marker that is on the map, and gives it a number in an attribute.
pub fn name_element(marker: &Marker, name: &str, attribute: &str, number: u32) -> Option<HtmlElement> {
    let element = element(marker)?;
    let _ = element.set_attribute("aria-label", name);
    let _ = element.set_attribute(attribute, &number.to_string());
    Some(element)
}
