//! Fetching small files, with an end to waiting.

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    Response, UrlSearchParams,
};

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

/// A request, for as long as it may take.
struct Request {
    signal: AbortSignal,
    _abort: AbortOnDrop,
    _timer: Timeout,
}

impl Request {
    /// Begins the time that it may take.
    fn begin(options: &RequestInit, timeout_ms: u32) -> Result<Self, FetchError> {
        let controller = AbortController::new().map_err(|_| FetchError::Unreachable)?;
        options.set_signal(Some(&controller.signal()));
        let signal = controller.signal();
        let timer_controller = controller.clone();
        let timer = Timeout::new(timeout_ms, move || timer_controller.abort());
        Ok(Self { signal, _abort: AbortOnDrop(controller), _timer: timer })
    }

    async fn wait(&self, promise: js_sys::Promise) -> Result<JsValue, FetchError> {
        let why = |_| if self.signal.aborted() { FetchError::TimedOut } else { FetchError::Unreachable };
        JsFuture::from(promise).await.map_err(why)
    }

    async fn answer(&self, url: &str, options: &RequestInit) -> Result<Response, FetchError> {
        let window = web_sys::window().ok_or(FetchError::Unreachable)?;
        let response = self.wait(window.fetch_with_str_and_init(url, options)).await?;
        response.dyn_into().map_err(|_| FetchError::Unreachable)
    }

    async fn body(&self, response: &Response) -> Result<Vec<u8>, FetchError> {
        let body = response.array_buffer().map_err(|_| FetchError::Unreachable)?;
        Ok(js_sys::Uint8Array::new(&self.wait(body).await?).to_vec())
    }
}

/// The bytes at `url`, whole, or why not. Gives up after `timeout_ms`; dropping the future stops the request.
pub async fn fetch(url: &str, freshness: Freshness<'_>, timeout_ms: u32) -> Result<Vec<u8>, FetchError> {
    let options = RequestInit::new();
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
    let request = Request::begin(&options, timeout_ms)?;
    let response = request.answer(url, &options).await?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    request.body(&response).await
}

/// A question to the site's own API.
pub struct Call<'a> {
    /// `GET`, `PATCH` or `POST`.
    pub method: &'a str,
    /// Its path.
    pub path: &'a str,
    /// Headers, by name. A secret goes here and nowhere else.
    pub headers: &'a [(&'a str, &'a str)],
    /// A text to send.
    pub body: Option<&'a str>,
}

/// What the API says, be it yes or no.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// What it says, if that is a text.
    pub text: String,
}

/// Asks the API once. The answer is kept nowhere, and nobody is told where the question came from.
pub async fn call(call: &Call<'_>, timeout_ms: u32) -> Result<Reply, FetchError> {
    let options = RequestInit::new();
    options.set_method(call.method);
    options.set_cache(RequestCache::NoStore);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let headers = Headers::new().map_err(|_| FetchError::Unreachable)?;
    for (name, value) in call.headers {
        headers.set(name, value).map_err(|_| FetchError::NotText)?;
    }
    options.set_headers(&headers);
    if let Some(body) = call.body {
        options.set_body(&JsValue::from_str(body));
    }
    let request = Request::begin(&options, timeout_ms)?;
    let response = request.answer(call.path, &options).await?;
    let text = String::from_utf8(request.body(&response).await?).map_err(|_| FetchError::NotText)?;
    let retry_after = response.headers().get("Retry-After").ok().flatten();
    Ok(Reply {
        status: response.status(),
        retry_after: retry_after.and_then(|after| after.parse().ok()),
        text,
    })
}
