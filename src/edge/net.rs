//! Fetching small files, with an end to waiting.

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response, UrlSearchParams};

/// Why a file did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No answer: no network, or the connection broke.
    Unreachable,
    /// No whole answer in time.
    TimedOut,
    /// The server said no, with this HTTP status.
    Status(u16),
    /// The answer is no text.
    NotText,
}

/// How a file may come from the browser's own cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness<'a> {
    /// Ask the server every time (`no-cache`).
    Ask,
    /// A kept copy will do: the name says what is in it.
    Kept,
    /// It is no file: this form is sent, and what matters is whether it was taken.
    Form(&'a str),
}

/// Stops the request when the future that waits for it is dropped.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The bytes at `url`, whole, or why not. Gives up after `timeout_ms`; dropping the future stops the request.
pub async fn fetch(url: &str, freshness: Freshness<'_>, timeout_ms: u32) -> Result<Vec<u8>, FetchError> {
    let window = web_sys::window().ok_or(FetchError::Unreachable)?;
    let controller = AbortController::new().map_err(|_| FetchError::Unreachable)?;
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    match freshness {
        Freshness::Ask => options.set_cache(RequestCache::NoCache),
        Freshness::Kept => {}
        Freshness::Form(form) => {
            options.set_method("POST");
            // Says by itself what it is.
            let form = UrlSearchParams::new_with_str(form).map_err(|_| FetchError::NotText)?;
            options.set_body(&form);
        }
    }
    let signal = controller.signal();
    let timer_controller = controller.clone();
    let _abort = AbortOnDrop(controller);
    let _timer = Timeout::new(timeout_ms, move || timer_controller.abort());
    let why = |_: JsValue| {
        if signal.aborted() { FetchError::TimedOut } else { FetchError::Unreachable }
    };

    let response = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await.map_err(&why)?;
    let response: Response = response.dyn_into().map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let body = response.array_buffer().map_err(|_| FetchError::Unreachable)?;
    let body = JsFuture::from(body).await.map_err(&why)?;
    Ok(js_sys::Uint8Array::new(&body).to_vec())
}
