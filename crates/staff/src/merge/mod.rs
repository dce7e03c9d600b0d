//! Changes from a chat into the list of stations.

mod entry;
pub mod scan;
mod undo;
mod written;

pub use entry::Entry;
pub use undo::{Edit, NoList, Piece, Stuck, take_back};
