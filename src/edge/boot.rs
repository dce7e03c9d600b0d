//! Telling the page that the app runs. Until then the page itself watches, and shows its plain list if nothing comes.

use std::panic;

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
