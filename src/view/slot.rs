//! A place on the screen whose content is built anew whenever something it reads changes.

use leptos::prelude::*;

use crate::edge::dom::{El, replace};

/// A place on the screen.
pub type Slot = NodeRef<leptos::html::Div>;

/// Builds the content of `slot` now and whenever a signal that `build` reads changes.
///
/// Boxed, so that all slots share one piece of code.
pub fn fill(slot: Slot, build: Box<dyn Fn() -> Vec<El>>) {
    follow(move || {
        if let Some(place) = slot.get() {
            replace(&place, build());
        }
    });
}

/// Does `act` soon, and again whenever a signal that it reads changes.
///
/// Boxed for the same reason: each kind of `Effect` is another 800 bytes.
pub fn follow(act: impl Fn() + 'static) {
    boxed(Box::new(act));
}

fn boxed(act: Box<dyn Fn()>) {
    Effect::new(move |_| act());
}
