//! Changes from a chat into the list of stations.
//!
//! [`scan`] finds the codes, [`keys`] tell whose they are, [`chat`] merges them by the rules of [`domain::patch`] into the
//! JSON of each station ([`Entry`]), and the [`book`] remembers what was decided and how to take it back.

pub mod book;
pub mod chat;
mod entry;
pub mod keys;
pub mod scan;
mod undo;
mod written;

pub use chat::{Chat, Done, Heard, Place, Refused, Told, Why};
pub use entry::Entry;
pub use keys::Known;
pub use undo::{Edit, NoList, Piece, Stuck, take_back};
pub(crate) use written::{moment, until};
