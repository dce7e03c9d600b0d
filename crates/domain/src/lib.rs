//! The rules of the station map. Pure: no I/O, no clock, no JavaScript; what time it is, how far local time is
//! ahead of UTC, and which days are holidays are always arguments.
//!
//! Data flows one way: [`dto`] is the file as written, [`mod@read`] understands it or says what is wrong with it,
//! [`station`] and [`site`] are what is understood, [`catalogue`] holds it ready to be asked. [`spatial`] finds what is near or in view
//! among more than one looks through, and clusters it for a map. [`shards`] is how a list of any length is published, so that a phone
//! loads what is around it.

pub mod amenity;
pub mod angle;
pub mod basemap;
pub mod catalogue;
pub mod coords;
pub mod dto;
pub mod dto_report;
pub mod dto_site;
pub mod filter;
pub mod finding;
pub mod geodesy;
pub mod holidays;
pub mod hours;
pub mod navigate;
pub mod now;
pub mod patch;
pub mod phone;
pub mod published;
pub mod rank;
pub mod read;
pub mod readings;
pub mod report;
pub mod search;
pub mod shards;
pub mod site;
pub mod spatial;
pub mod station;
pub mod status;
pub mod text;
pub mod time;
pub mod wire;

pub use read::SCHEMA;

/// The level of this app, compared with `min_app` of the published data: raised whenever the data begins to use
/// something that older apps would show wrongly.
pub const APP_LEVEL: u32 = 2;
