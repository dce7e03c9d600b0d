//! Following a finger.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Sends all further events of this pointer to the element that the event was heard on, so that a finger that
/// leaves it still drags it.
pub fn capture(event: &PointerEvent) {
    let element = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // The pointer may be gone already; then nothing more is to come.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
