//! From the network to values that are understood and whole: fetch, verify, keep the last good.
//!
//! May use `edge` for the network and the phone's storage, and `domain` for what the bytes mean. Nothing
//! unverified leaves this module: see [`verify`].

mod kept;
mod latest;
mod tree;
mod verify;
mod world;

pub use crate::edge::net::FetchError;
pub use kept::{kept, lacking};
pub use latest::{Latest, View, latest};
pub use tree::{count, find, grow, load_places, load_words, look_up};
pub use verify::LoadError;
pub use world::World;
