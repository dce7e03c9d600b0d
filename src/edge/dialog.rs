//! Modal dialogs: the browser keeps the focus inside, closes on Escape and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    super::dom::by_id(id)?.dyn_into().ok()
}

/// Whether a browser's dialog can do this: before iOS 15.4 there is nothing but the attribute `open`.
fn can(dialog: &HtmlDialogElement, what: &str) -> bool {
    js_sys::Reflect::get(dialog, &what.into()).is_ok_and(|f| f.is_function())
}

/// Opens the dialog with this id, as a modal one where the browser can, or closes it.
pub fn set_open(id: &str, open: bool) {
    let Some(dialog) = dialog(id).filter(|dialog| dialog.open() != open) else {
        return;
    };
    let done = if open {
        can(&dialog, "showModal") && dialog.show_modal().is_ok()
    } else {
        let can = can(&dialog, "close");
        if can {
            dialog.close();
        }
        can
    };
    if !done {
        dialog.set_open(open);
    }
}

/// Brings the element `id` in front: into the dialog if that is open, otherwise into `home`.
pub fn bring(id: &str, dialog: &str, home: &str) {
    let place = if is_open(dialog) { dialog } else { home };
    if let (Some(element), Some(place)) = (super::dom::by_id(id), super::dom::by_id(place))
        && element.parent_element().as_ref() != Some(&place)
    {
        // An element of the page fits anywhere in it.
        let _ = place.append_child(&element);
    }
}

/// Whether the dialog with this id is open.
pub fn is_open(id: &str) -> bool {
    dialog(id).is_some_and(|dialog| dialog.open())
}

/// Whether a tap hit the dialog's backdrop: then the dialog itself is the target, and not something in it.
pub fn is_backdrop(event: &web_sys::Event, id: &str) -> bool {
    event.target().is_some_and(|target| Some(target) == dialog(id).map(Into::into))
}
