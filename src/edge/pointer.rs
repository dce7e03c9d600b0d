//! Following a finger.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent};

/// Sends all further events of this pointer to the element that the event was heard on, so that a finger that
/// leaves it still drags it.
pub fn capture(event: &PointerEvent) {
    let element = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // The pointer may be gone already; then nothing more is to come.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Where in the box of the element with this id an event is, from its upper left corner: 0 to 1 both ways. None for an event
/// elsewhere, and for a key.
pub fn place_in(event: &Event, id: &str) -> Option<(f64, f64)> {
    let event: &MouseEvent = event.dyn_ref()?;
    let target: Element = event.target()?.dyn_into().ok()?;
    let area = target.closest(&["#", id].concat()).ok().flatten()?.get_bounding_client_rect();
    let x = (f64::from(event.client_x()) - area.left()) / area.width();
    let y = (f64::from(event.client_y()) - area.top()) / area.height();
    let inside = |part: f64| (0.0..=1.0).contains(&part);
    // A button that is pressed by a key is clicked nowhere: at the origin of the screen.
    (event.detail() > 0 && inside(x) && inside(y)).then_some((x, y))
}
