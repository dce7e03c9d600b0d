//! Where the phone is, asked once and only when somebody tapped for it.

use domain::coords::Wgs84;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Position, PositionOptions};

/// A fix: where, and how sure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// The place.
    pub position: Wgs84,
    /// Radius in metres that holds the true place with 95 %.
    pub accuracy_m: f64,
}

/// Why there is no fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixError {
    /// The user or the system said no; the browser will not ask again.
    Refused,
    /// No fix in time: indoors, mostly.
    TimedOut,
    /// The phone cannot tell.
    Unavailable,
}

const PERMISSION_DENIED: f64 = 1.0;
const TIMEOUT: f64 = 3.0;

/// The error's code. By its name, for its class has had two names in browsers.
fn code(error: &JsValue) -> Option<f64> {
    js_sys::Reflect::get(error, &"code".into()).ok()?.as_f64()
}

/// How old a fix may be for a rider: a minute.
pub const RIDERS_AGE_MS: u32 = 60_000;

/// Asks the phone where it is. Waits at most `timeout_ms` after permission was given; a fix up to `age_ms` old will
/// do. `getCurrentPosition` and not `watchPosition`: the latter misbehaves in some in-app browsers.
pub async fn locate(timeout_ms: u32, age_ms: u32) -> Result<Fix, FixError> {
    let geolocation = web_sys::window()
        .and_then(|window| window.navigator().geolocation().ok())
        .filter(|geolocation| !AsRef::<JsValue>::as_ref(geolocation).is_undefined())
        .ok_or(FixError::Unavailable)?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_maximum_age(age_ms);
    options.set_timeout(timeout_ms);
    // The browser calls one of the two, once; both go when it has.
    let mut held = None;
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let reject_sync = reject.clone();
        let done = Closure::once(move |position: JsValue| resolve.call1(&JsValue::NULL, &position));
        let failed = Closure::once(move |error: JsValue| reject.call1(&JsValue::NULL, &error));
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            done.as_ref().unchecked_ref(),
            Some(failed.as_ref().unchecked_ref()),
            &options,
        );
        held = Some((done, failed));
        if asked.is_err() {
            // A rejected promise is the answer; calling reject itself cannot fail.
            let _ = reject_sync.call0(&JsValue::NULL);
        }
    });
    let answer = JsFuture::from(promise).await;
    drop(held);
    let answer = answer.map_err(|error| match code(&error) {
        Some(PERMISSION_DENIED) => FixError::Refused,
        Some(TIMEOUT) => FixError::TimedOut,
        _ => FixError::Unavailable,
    })?;
    let coords = answer.unchecked_into::<Position>().coords();
    let position = Wgs84::new(coords.latitude(), coords.longitude()).map_err(|_| FixError::Unavailable)?;
    let accuracy = coords.accuracy();
    Ok(Fix { position, accuracy_m: if accuracy.is_finite() { accuracy.max(0.0) } else { 0.0 } })
}
