//! The page itself: its title, its root element's marks, what is focused.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, window};

use super::dom::by_id;

/// Sets the tab's title.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// Whether the root element has an attribute.
pub fn has_root_attribute(name: &str) -> bool {
    root().is_some_and(|root| root.has_attribute(name))
}

/// A text that a script of the page left in `window`, under this name.
pub fn left(name: &str) -> Option<String> {
    js_sys::Reflect::get(window()?.as_ref(), &name.into()).ok()?.as_string()
}

/// Whether somebody is typing: what has the focus takes text.
pub fn is_typing() -> bool {
    let focused = window().and_then(|window| window.document()?.active_element());
    focused.is_some_and(|focused| matches!(focused.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Sets an attribute of the root element, or takes it away.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = root() {
        // Neither fails for the plain names used here.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Moves the focus to the element with this id, without scrolling.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

/// Gives the parent of the element with this id another class.
pub fn set_parent_class(id: &str, class: &str) {
    if let Some(parent) = by_id(id).and_then(|element| element.parent_element()) {
        parent.set_class_name(class);
    }
}

/// Scrolls the element with this id into the middle of its list.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Height and width of the window, in CSS pixels.
pub fn window_size() -> (f64, f64) {
    let read =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    window().map_or((0.0, 0.0), |window| (read(window.inner_width()), read(window.inner_height())))
}

/// Whether the sheet stands beside the map: the same question as in the style sheet.
pub fn is_wide() -> bool {
    const WIDE: &str =
        "(min-width: 900px), (orientation: landscape) and (max-height: 520px) and (min-width: 560px)";
    window().and_then(|window| window.match_media(WIDE).ok().flatten()).is_some_and(|query| query.matches())
}

/// Watches the window until dropped.
#[must_use = "the window is no longer watched when this is dropped"]
pub struct Watching {
    _listener: gloo_events::EventListener,
}

/// Calls `changed` when the window's size changes.
pub fn on_resize(changed: impl Fn() + 'static) -> Option<Watching> {
    on_event("resize", changed)
}

/// Calls `back` when the phone has a network again.
pub fn on_network(back: impl Fn() + 'static) -> Option<Watching> {
    on_event("online", back)
}

/// Calls `heard` with each event of a kind at the window.
pub(super) fn on_event(kind: &'static str, heard: impl Fn() + 'static) -> Option<Watching> {
    let window = window()?;
    Some(Watching { _listener: gloo_events::EventListener::new(&window, kind, move |_| heard()) })
}

/// Calls `focused` when the window is the one that is used again.
pub fn on_focus(focused: impl Fn() + 'static) -> Option<Watching> {
    on_event("focus", focused)
}

/// Whether the page is seen now.
pub fn is_visible() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Calls `changed` when the page is seen again, after another app or tab.
pub fn on_visible(changed: impl Fn() + 'static) -> Option<Watching> {
    let document = window()?.document()?;
    let seen = document.clone();
    let listener = gloo_events::EventListener::new(&document, "visibilitychange", move |_| {
        if seen.visibility_state() == web_sys::VisibilityState::Visible {
            changed();
        }
    });
    Some(Watching { _listener: listener })
}

/// Calls `pressed` with each key that is pressed outside a text field.
pub fn on_key(pressed: impl Fn(&web_sys::KeyboardEvent) + 'static) -> Option<Watching> {
    let document = window()?.document()?;
    let listener = gloo_events::EventListener::new(&document, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        let in_field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| element.closest("input, textarea, select").ok().flatten().is_some());
        if !in_field && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
            pressed(event);
        }
    });
    Some(Watching { _listener: listener })
}

/// Goes to another page of the site that is not the app's.
pub fn open(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(path);
    }
}
