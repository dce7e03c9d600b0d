//! The built app in a real Chromium, as riders meet it. Run `cargo xtask build` first.
//!
//! What is right is worked out here a second time, from `public/data/stations.json` and the published formulas, and
//! never by the app's own code: see [`truth`] and [`datum`].

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[cfg(test)]
mod access;
#[cfg(test)]
mod banners;
#[cfg(test)]
mod boot;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod data;
#[cfg(test)]
mod datum;
#[cfg(test)]
mod districts;
#[cfg(test)]
mod edit;
#[cfg(test)]
mod emergency;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod keyboard;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod map;
#[cfg(test)]
mod nation;
#[cfg(test)]
mod offline;
#[cfg(test)]
mod photos;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod position;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod riding;
#[cfg(test)]
mod search;
#[cfg(test)]
mod share;
#[cfg(test)]
mod site;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod truth;
#[cfg(test)]
mod versions;
#[cfg(test)]
mod whole;
