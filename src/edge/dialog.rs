//! Modal dialogs: the browser keeps the focus inside, closes on Escape and gives the focus back.

use wasm_bindgen::JsValue;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Opens `dialog`, as a modal one where the browser can.
pub fn open(dialog: &HtmlDialogElement) {
    if dialog.open() {
        return;
    }
    // Before iOS 15.4 there is no showModal: the attribute shows it, and the style sheet does the rest.
    let modal = js_sys::Reflect::get(dialog, &"showModal".into()).is_ok_and(|f| f.is_function());
    if !modal || dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}

/// Closes `dialog`.
pub fn close(dialog: &HtmlDialogElement) {
    let can: Result<JsValue, _> = js_sys::Reflect::get(dialog, &"close".into());
    if can.is_ok_and(|f| f.is_function()) {
        dialog.close();
    } else {
        dialog.set_open(false);
    }
}

/// Whether a tap hit the dialog's backdrop: then the dialog itself is the target, and not something in it.
pub fn is_backdrop(event: &web_sys::MouseEvent, dialog: &HtmlDialogElement) -> bool {
    event.target().is_some_and(|target| {
        let dialog: &HtmlElement = dialog;
        target == *AsRef::<web_sys::EventTarget>::as_ref(dialog)
    })
}
