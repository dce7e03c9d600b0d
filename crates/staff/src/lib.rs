//! The staff tool: checks station data, builds the published site, serves it.
//!
//! [`source`] reads the folder that staff edit and finds everything that is wrong, [`check`] adds what is worth a
//! look; [`words`] is the only place that says anything.

pub mod check;
pub mod source;
pub mod trouble;
pub mod words;
