//! Telling the page that the app runs. Until then the page itself watches, and shows its plain list if nothing comes.

use std::panic;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::page;

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
/// came within the first frames. Waits for so many frames at most; there are none of a page that nobody looks at.
pub fn when_seen(frames: u8, start: fn()) {
    let unseen = web_sys::window().filter(|window| {
        let shown = window.document().is_some_and(|page| !page.hidden());
        let painted = || {
            window
                .performance()?
                .get_entries_by_name("first-contentful-paint")
                .get(0)
                .is_object()
                .then_some(())
        };
        shown && frames > 0 && painted().is_none()
    });
    let waits = unseen.is_some_and(|window| {
        let next = Closure::once_into_js(move || when_seen(frames.saturating_sub(1), start));
        window.request_animation_frame(next.unchecked_ref()).is_ok()
    });
    if !waits {
        start();
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
