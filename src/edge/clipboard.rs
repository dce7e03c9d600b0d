//! Copying a text. In-app browsers often lack the clipboard API, so the old way stands behind it.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlTextAreaElement, window};

/// Copies `text`; false where the browser refuses both ways. Must be called from a tap.
pub async fn copy(text: &str) -> bool {
    // Read through Reflect: `navigator.clipboard` is undefined where the page is not secure.
    let clipboard = window()
        .and_then(|window| js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).ok())
        .filter(JsValue::is_object);
    if let Some(clipboard) = clipboard
        && JsFuture::from(clipboard.unchecked_into::<web_sys::Clipboard>().write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// Puts the text into a field outside the screen, selects it and runs the `copy` command.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = window()?.document()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_read_only(true);
    field.set_class_name("offscreen");
    // Inside an open dialog the rest of the page is inert and cannot be selected.
    let dialog = document.query_selector("dialog[open]").ok().flatten();
    let home = dialog.or_else(|| document.body().map(Into::into))?;
    home.append_child(&field).ok()?;
    field.select();
    let command = js_sys::Reflect::get(&document, &"execCommand".into()).ok()?;
    let done = command.dyn_into::<js_sys::Function>().ok()?.call1(&document, &"copy".into());
    field.remove();
    Some(done.is_ok_and(|done| done.is_truthy()))
}
