//! Starts the app in the page.

fn main() {
    if love_stations::edge::boot::starting() {
        love_stations::app::mount();
        love_stations::edge::boot::started();
    }
}
