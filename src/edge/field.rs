//! Reading a form field.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// The id and the value of the field that an event is about.
pub fn id_and_value(event: &Event) -> Option<(String, String)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let value = match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => element.dyn_ref::<HtmlSelectElement>()?.value(),
    };
    Some((element.id(), value))
}
