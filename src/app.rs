//! The app: the whole screen, in the page.

pub use crate::view::Shell;

use crate::edge::{boot, turns};

/// Puts the app into the page, in place of what stood there while it was loading: that stays until the screen is filled.
pub fn mount() {
    turns::take_over();
    leptos::mount::mount_to_body(Shell);
    // Behind all that fills it.
    turns::spawn(async {
        boot::clear_shell();
        boot::started();
    });
}
