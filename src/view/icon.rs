//! Pictures from the sprite. They never carry meaning alone: a word stands beside each, or labels its button.

use leptos::prelude::*;

/// The sprite's picture `name`, in the colour of the text around it.
pub fn icon(name: &str) -> impl IntoView + use<> {
    let href = format!("/icons/sprite.svg#{name}");
    view! { <svg class="icon" aria-hidden="true" focusable="false"><use href=href></use></svg> }
}
