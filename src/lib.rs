//! The app that a rider opens: the nearest open station, what it has, how to get there, whom to call.
//!
//! Arrows: `domain ← data ← state ← view ← app`; `edge` knows only `domain`, and what lies above may use it.

pub mod app;
pub mod data;
pub mod edge;
pub mod i18n;
pub mod routes;
pub mod state;
pub mod view;
