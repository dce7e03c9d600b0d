//! Reading a form field.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// The text in the field with this id is `text` from now on. One that has it already is left alone, and with it the
/// place in it where somebody is typing.
pub fn set_value(id: &str, text: &str) {
    let input = super::dom::by_id(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input.filter(|input| input.value() != text) {
        input.set_value(text);
    }
}

/// What is in the field with this id.
pub fn value(id: &str) -> Option<String> {
    Some(super::dom::by_id(id)?.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// The id and the value of the field that an event is about.
pub fn id_and_value(event: &Event) -> Option<(String, String)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let value = match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => element.dyn_ref::<HtmlSelectElement>()?.value(),
    };
    Some((element.id(), value))
}

/// The id and the value of the field that an event is about, of whatever kind it is.
pub fn any_id_and_value(event: &Event) -> Option<(String, String)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let value = js_sys::Reflect::get(&element, &"value".into()).ok()?.as_string()?;
    Some((element.id(), value))
}
