//! What kind of phone and browser this is, as far as it changes what works.

use domain::text::holds;
use gloo_events::EventListener;
use web_sys::{MediaQueryList, window};

/// What this browser is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// WeChat's own browser: custom schemes and downloads are blocked.
    pub wechat: bool,
    /// Android.
    pub android: bool,
    /// An iPhone, iPad or Mac.
    pub apple: bool,
}

/// Reads the user agent.
pub fn device() -> Device {
    let agent = window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    Device {
        wechat: holds(&agent, "MicroMessenger"),
        android: holds(&agent, "Android"),
        apple: holds(&agent, "iPhone") || holds(&agent, "iPad") || holds(&agent, "Macintosh"),
    }
}

/// 32 hexadecimal digits that no other phone has: good for names, not for secrets.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 15")]
pub fn random_digits() -> String {
    (0..32).filter_map(|_| char::from_digit((js_sys::Math::random() * 16.0) as u32, 16)).collect()
}

/// The languages the browser prefers, the first one.
pub fn language() -> Option<String> {
    window()?.navigator().language()
}

/// A media query that is watched until this is dropped.
#[must_use = "the query is no longer watched when this is dropped"]
pub struct Media {
    query: MediaQueryList,
    _listener: EventListener,
}

impl Media {
    /// Whether the query holds now.
    pub fn matches(&self) -> bool {
        self.query.matches()
    }
}

/// Watches `query`, as `(prefers-reduced-motion: reduce)`; `changed` hears every change.
pub fn media(query: &str, changed: impl Fn(bool) + 'static) -> Option<Media> {
    let query = window()?.match_media(query).ok().flatten()?;
    let watched = query.clone();
    let listener = EventListener::new(&query, "change", move |_| changed(watched.matches()));
    Some(Media { query, _listener: listener })
}
