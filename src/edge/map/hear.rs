//! What the person does on the map, from Leaflet's events to ours.

use std::rc::Rc;

use gloo_events::EventListener;
use leaflet::{Evented, MouseEvent};
use wasm_bindgen::JsCast;

use super::{Inner, MapEvent, crowd, js, pins};

/// Listens to what is done on the map.
pub(super) fn listen(inner: &Rc<Inner>) {
    let mut held = inner.held.borrow_mut();
    let weak = Rc::downgrade(inner);
    held.mouse.push(Evented::on_leaflet_event(&&inner.map, "click", move |event: MouseEvent| {
        let Some(inner) = weak.upgrade() else { return };
        let datum = inner.state.borrow().datum;
        if let Some(place) = js::meant(&event.lat_lng(), datum) {
            (inner.hear)(MapEvent::Clicked(place));
        }
    }));
    for group in [&inner.crowd, &inner.pins, &inner.chosen] {
        let weak = Rc::downgrade(inner);
        let target: &Evented = group.unchecked_ref();
        held.mouse.push(Evented::on_leaflet_event(&target, "click", move |event: MouseEvent| {
            let Some(inner) = weak.upgrade() else { return };
            let (datum, picking) = (inner.state.borrow().datum, inner.state.borrow().picking);
            let heard = if picking {
                js::meant(&event.lat_lng(), datum).map(MapEvent::Clicked)
            } else {
                js::number_of(&event, pins::INDEX)
                    .map(MapEvent::Chosen)
                    .or_else(|| inner.area(js::number_of(&event, crowd::BADGE)?).map(MapEvent::Opened))
            };
            heard.into_iter().for_each(&inner.hear);
        }));
    }
    let weak = Rc::downgrade(inner);
    held.map.push(Evented::on_leaflet_event(&&inner.map, "moveend", move |_: leaflet::Event| {
        if let Some(inner) = weak.upgrade() {
            inner.note_move();
        }
    }));
    let weak = Rc::downgrade(inner);
    held.keys = Some(EventListener::new(&inner.container, "keydown", move |event| {
        let enter = event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Enter");
        let (true, Some(inner)) = (enter, weak.upgrade()) else { return };
        let heard = js::number_under(event, pins::INDEX_ATTRIBUTE).map(MapEvent::Chosen).or_else(|| {
            let badge = js::number_under(event, crowd::BADGE_ATTRIBUTE)?;
            // It will be gone, and the focus with it.
            let _ = inner.container.focus();
            inner.area(badge).map(MapEvent::Opened)
        });
        heard.into_iter().for_each(&inner.hear);
    }));
}
