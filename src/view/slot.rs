//! Places on the screen, by id, and what follows the state in them.
//!
//! The frame of the screen is markup that is made once; everything that changes is said here. Each function takes a
//! box, so that all places share one piece of code: a typed view of each would be a quarter of the download.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{Effect, on_cleanup};
use send_wrapper::SendWrapper;
use web_sys::Event;

use crate::edge::dom::{El, by_id, listen, renew, set_attribute, set_class};

/// A place by its id, and what stands in it.
type Filled = (&'static str, Vec<El>);

/// Builds the content of a place now and whenever a signal that `build` reads changes. What comes out the same stays as it is: most
/// places read the clock, and nothing shall be taken from under a finger or read aloud anew each minute.
pub fn fill(id: &'static str, build: Box<dyn Fn() -> Vec<El>>) {
    fill_together(Box::new(move || vec![(id, build())]));
}

/// The same for places that nobody shall see half done: between two of these nothing is painted.
pub fn fill_together(build: Box<dyn Fn() -> Vec<Filled>>) {
    follow(Box::new(move || {
        for (id, content) in build() {
            if let Some(place) = by_id(id) {
                renew(&place, content);
            }
        }
    }));
}

/// Keeps an attribute of a place; none takes it away.
pub fn attribute(id: &'static str, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    follow(Box::new(move || {
        let value = value();
        set_attribute(id, name, value.as_deref());
    }));
}

/// Gives a place a class while something holds.
pub fn class(id: &'static str, class: &'static str, holds: Box<dyn Fn() -> bool>) {
    follow(Box::new(move || {
        let holds = holds();
        set_class(id, class, holds);
    }));
}

/// Does `act` once the screen stands, and again whenever a signal that it reads changes.
pub fn follow(act: Box<dyn Fn()>) {
    Effect::new(move |_| act());
}

/// Does `act` with each event of a kind at a place.
pub fn hear(id: &'static str, kind: &'static str, act: Box<dyn Fn(&Event)>) {
    let act: Rc<dyn Fn(&Event)> = act.into();
    let heard = RefCell::new(None);
    follow(Box::new(move || drop(heard.replace(listen(id, kind, Rc::clone(&act))))));
}

/// Holds what watches something for as long as the screen stands.
pub fn keep(watching: Box<dyn Any>) {
    // Leptos wants what may go to another thread; there is none.
    let watching = SendWrapper::new(watching);
    on_cleanup(move || drop(watching));
}
