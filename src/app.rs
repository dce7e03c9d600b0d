//! The app: the router around the whole screen.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::view::Shell;

/// The app.
#[component]
#[expect(clippy::must_use_candidate, reason = "components are used by the view macro")]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Shell/>
        </Router>
    }
}
