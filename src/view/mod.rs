//! What is seen. Components hold no logic: they read the state, choose words and call actions.
//!
//! A change of language builds the views anew, so that inside a component the language is a plain value.
#![expect(clippy::needless_pass_by_value, reason = "component properties are owned by the component macro's shape")]
#![expect(clippy::must_use_candidate, reason = "components are used by the view macro")]

mod about;
mod dialogs;
mod finder;
mod hero;
mod icon;
mod list;
mod map_pane;
mod problem;
mod sheet;
mod shell;
mod station;
mod top_bar;
mod words;

pub use shell::Shell;
