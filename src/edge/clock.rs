//! What time it is, now and again.

use gloo_timers::callback::{Interval, Timeout};

/// Seconds since 1970-01-01T00:00Z by the phone's clock.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds in an f64 stay exact for 285,000 years")]
pub fn unix_seconds() -> i64 {
    (js_sys::Date::now() / 1000.0).floor() as i64
}

/// Milliseconds since 1970-01-01T00:00Z, for the speed of a finger.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since the page began. Unlike the phone's clock nobody sets it.
pub fn page_milliseconds() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(milliseconds, |performance| performance.now())
}

/// Calls `tick` every `seconds` until dropped.
#[must_use = "the clock stops when this is dropped"]
pub struct Ticking {
    _interval: Interval,
}

/// Begins to call `tick` every `seconds`.
pub fn every(seconds: u32, tick: impl Fn() + 'static) -> Ticking {
    Ticking { _interval: Interval::new(seconds * 1000, tick) }
}

/// Calls something once, later, unless dropped before.
#[must_use = "nothing is called once this is dropped"]
pub struct Later {
    _timeout: Timeout,
}

/// Calls `act` in so many milliseconds.
pub fn after(milliseconds: u32, act: impl FnOnce() + 'static) -> Later {
    Later { _timeout: Timeout::new(milliseconds, act) }
}
