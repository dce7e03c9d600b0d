//! Starts the app in the page.

fn main() {
    love_stations::edge::boot::starting();
    leptos::mount::mount_to_body(love_stations::app::App);
    love_stations::edge::boot::started();
}
