//! The phone's own way of sharing, where there is one: not in WeChat, and not in most in-app browsers.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::window;

fn function() -> Option<(JsValue, Function)> {
    let navigator = JsValue::from(window()?.navigator());
    let share = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    Some((navigator, share))
}

/// Whether the phone can.
pub fn can() -> bool {
    function().is_some()
}

/// Opens the phone's own choice of apps. Must be called from a tap; somebody who changes their mind is no error.
pub fn share(text: &str, url: &str) {
    let what = Object::new();
    for (key, value) in [("text", text), ("url", url)] {
        // A plain object takes every key.
        let _ = Reflect::set(&what, &key.into(), &value.into());
    }
    if let Some((navigator, share)) = function()
        && let Ok(promise) = share.call1(&navigator, &what)
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        wasm_bindgen_futures::spawn_local(async move {
            // Refused or cancelled: the other ways are still on the screen.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// The site's address: `https://host`.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
