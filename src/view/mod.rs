//! What is seen. Views hold no logic: they read the state, choose words and say which action a tap is.
//!
//! The frame of the screen ([`shell`]) is made once with Leptos; what stands in it are plain elements (`edge::dom`) that
//! [`slot`] builds anew when something they read changes. A tap is a [`command::Command`] in an attribute.

mod about;
mod banners;
mod command;
mod dialog;
mod finder;
mod heard;
mod hero;
mod list;
mod map_pane;
mod pages;
mod pins;
mod sheet;
mod shell;
mod slot;
pub mod station;
mod top_bar;
mod words;

pub use shell::Shell;
