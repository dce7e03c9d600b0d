//! Starts the editor in its page.

fn main() {
    if love_stations::edge::boot::starting() {
        editor::start();
        love_stations::edge::boot::started();
    }
}
