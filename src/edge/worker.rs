//! The app's own versions. The service worker, and the page's script `boot.js` that speaks with it, bring a new one and
//! keep it ready; here the app hears of it and takes it.

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
