//! From sheets to stations: rows become drafts, drafts are merged into the list that is there.

mod amenities;
mod datum;
mod draft;
mod field;
pub mod file;
mod header;
pub(crate) mod id;
mod list;
mod merge;
mod place;
pub(crate) mod raw;
mod read;
mod row;
mod value;

pub use datum::Evidence;
pub use draft::{Draft, Header, Note, Place, Refused, Rows, Why};
pub use field::Field;
pub use file::ListError;
pub use header::Mapping;
pub use merge::{Change, Changed, Merged, Rules, merge};
pub(crate) use merge::{LOCATION, ORDER, understand};
pub use read::{Options, read};
