//! The app's own versions. The service worker, and the page's script `boot.js` that speaks with it, bring a new one and
//! keep it ready; here the app hears of it and takes it.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, window};

use super::page::{self, Watching};

/// Calls `ready` when a newer version of the app waits to be used.
pub fn on_newer(ready: impl Fn() + 'static) -> Option<Watching> {
    page::on_event("ls-update", ready)
}

/// Loads the page anew with the newest version of the app. Without a network the page stays.
pub fn renew() {
    if let (Some(window), Ok(event)) = (window(), Event::new("ls-renew")) {
        // Fails only for an event that is being sent.
        let _ = window.dispatch_event(&event);
    }
}

/// Has the worker keep the hosts' page, which may have come before there was one. Where there is no worker, nothing does.
pub async fn keep_editor() -> Option<()> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(JsValue::is_object);
    let workers = get(&window()?.navigator(), "serviceWorker")?;
    // Read through Reflect: it is missing where the page is not secure.
    let ready: Promise = get(&workers, "ready")?.dyn_into().ok()?;
    let active = get(&JsFuture::from(ready).await.ok()?, "active")?;
    let post: Function = Reflect::get(&active, &"postMessage".into()).ok()?.dyn_into().ok()?;
    post.call1(&active, &"keep-edit".into()).ok().map(drop)
}
