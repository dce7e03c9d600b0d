//! Starts the app in the page.

use love_stations::{app, edge};

/// How many frames a page may take to be seen; a tenth of a second.
const FRAMES: u32 = 6;

fn main() {
    if edge::boot::starting() {
        edge::boot::when_seen(FRAMES, app::mount);
    }
}
