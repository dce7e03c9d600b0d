//! The app: the whole screen, in the page.

pub use crate::view::Shell;

/// Puts the app into the page, in place of what stood there while it was loading.
pub fn mount() {
    crate::edge::boot::clear_shell();
    leptos::mount::mount_to_body(Shell);
}
