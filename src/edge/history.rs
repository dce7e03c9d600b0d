//! The address and the history behind it.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::window;

/// The part of an address that is ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The path, as the browser gives it.
    pub path: String,
    /// The query, without `?`, still encoded.
    pub query: String,
}

/// The address now.
pub fn address() -> Address {
    let read = || {
        let location = window()?.location();
        let query = location.search().ok()?;
        Some(Address { path: location.pathname().ok()?, query: query.trim_start_matches('?').to_owned() })
    };
    read().unwrap_or_default()
}

/// Goes to another address of ours and marks the step as ours.
pub fn push(url: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        // A browser that counts changes may refuse one; then the address lags behind what is shown, no more.
        let _ = history.push_state_with_url(&JsValue::TRUE, "", Some(url));
    }
}

/// Puts another address in place of this one; whether the step was ours stays as it is.
pub fn replace(url: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        // As above.
        let _ = history.replace_state_with_url(&state, "", Some(url));
    }
}

/// Whether the page was reached by [`push`], so that the page behind it is ours too.
pub fn is_ours() -> bool {
    window().and_then(|window| window.history().ok()?.state().ok()).is_some_and(|state| state.is_truthy())
}

/// One step back.
pub fn back() {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        // A refused step leaves the page as it is.
        let _ = history.back();
    }
}

/// Hears steps back and forward until dropped.
#[must_use = "steps are no longer heard when this is dropped"]
pub struct Hearing {
    _listener: EventListener,
}

/// Calls `moved` after each step back or forward.
pub fn on_move(moved: impl Fn() + 'static) -> Option<Hearing> {
    Some(Hearing { _listener: EventListener::new(&window()?.into(), "popstate", move |_| moved()) })
}

/// What stands behind the `#` of the address.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Calls `changed` after what stands behind the `#` became another.
pub fn on_fragment(changed: impl Fn() + 'static) -> Option<Hearing> {
    Some(Hearing { _listener: EventListener::new(&window()?.into(), "hashchange", move |_| changed()) })
}
