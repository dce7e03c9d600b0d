//! Telling the page that the app runs. Until then the page itself watches, and shows its plain list if nothing comes.

use std::panic;

use gloo_timers::callback::Timeout;

use super::page;

/// A frame, in milliseconds.
const FRAME_MS: u32 = 16;

/// Prepares for what should never happen: a panic brings the plain list back, instead of a dead screen. False where the
/// app must not start: its style sheets did not come, and the page shows the stations as text.
pub fn starting() -> bool {
    panic::set_hook(Box::new(|info| {
        page::set_root_attribute("data-app", Some("failed"));
        // The one place where something may be printed: it says where the defect is.
        web_sys::console::error_1(&info.to_string().into());
    }));
    !page::has_root_attribute("data-unstyled")
}

/// Starts the app when somebody sees the page, so that what is painted first does not wait for the app: at once, but where all
/// came within the first frames. Looks so many times at most, as a page that nobody looks at, or whose style sheet
/// stalls, is not painted.
pub fn when_seen(looks: u32, start: fn()) {
    let performance = web_sys::window().and_then(|window| window.performance());
    let painted = performance.is_none_or(|performance| {
        performance.get_entries_by_name("first-contentful-paint").get(0).is_object()
    });
    match looks.checked_sub(1) {
        Some(looks) if !painted => {
            // Nothing stops it.
            let _ = Timeout::new(FRAME_MS, move || when_seen(looks, start)).forget();
        }
        _ => start(),
    }
}

/// Takes away what stood in the page while the app was loading.
pub fn clear_shell() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(shell) = document.and_then(|document| document.get_element_by_id("shell")) {
        shell.remove();
    }
}

/// The app is in the page.
pub fn started() {
    page::set_root_attribute("data-app", Some("running"));
}
