//! The staff tool: checks station data, builds the published site, serves it.
//!
//! [`source`] reads the folder that staff edit and finds everything that is wrong, [`check`] adds what is worth a
//! look, [`mod@build`] publishes, [`mod@serve`] serves; [`words`] is the only place that says anything.

pub mod build;
pub mod check;
pub mod cli;
pub mod command;
pub mod convert;
mod district;
pub mod export;
mod hash;
mod headers;
pub mod import;
pub mod journal;
pub mod kept;
mod media;
pub mod merge;
mod pack;
mod picture;
pub mod points;
pub mod progress;
pub mod sample;
pub mod schema;
pub mod serve;
pub mod sheet;
pub mod source;
pub mod spelling;
pub mod trouble;
pub mod words;
