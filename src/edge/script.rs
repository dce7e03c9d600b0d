//! Loading a script of ours when it is needed, so that it does not stand before the list.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlScriptElement;

/// Runs the script at `url` if its content has this hash, written as in `integrity`; false where it does not come so.
/// Called once for each script.
pub async fn load(url: &str, hash: &str) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return false;
    };
    let Some(script) =
        document.create_element("script").ok().and_then(|el| el.dyn_into::<HtmlScriptElement>().ok())
    else {
        return false;
    };
    // The page's own watch over scripts is for those that it cannot do without.
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    script.set_integrity(hash);
    script.set_src(url);
    let Some(head) = document.head() else { return false };
    if head.append_child(&script).is_err() {
        return false;
    }
    let loaded: Result<JsValue, JsValue> = JsFuture::from(promise).await;
    loaded.is_ok()
}
