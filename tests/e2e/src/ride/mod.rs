//! A ride of any length through the app: a rider who moves, filters, searches, opens stations, shares, speaks another language, loses
//! the network and comes back, all on one page that is never loaded anew. Nothing may go wrong on the way, and what the
//! app holds may not grow.

mod acts;
mod chance;
mod gauge;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use acts::{ACTS, Rider};
pub use gauge::{Gauge, growth};

use crate::page::Page;
use crate::place;

/// When a ride ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// After so long.
    After(Duration),
    /// After so many things were done.
    Acts(usize),
}

/// What came of a ride.
#[derive(Debug)]
pub struct Ridden {
    /// How many things were done.
    pub acts: usize,
    /// What the app held, each time at the same place with the same on the screen.
    pub gauges: Vec<Gauge>,
}

/// Rides. Each `stretch` of things done the rider comes home, and it is gauged and told to `tell` what the app holds.
///
/// # Panics
/// When the app complains or does not follow; says what was done last.
pub fn ride(page: &Page, seed: u64, end: End, stretch: usize, mut tell: impl FnMut(usize, &Gauge)) -> Ridden {
    Gauge::watch(page);
    page.server().policy(&policy());
    page.watch_policy();
    let mut rider = Rider::start(page, seed);
    let begun = Instant::now();
    let mut ridden = Ridden { acts: 0, gauges: Vec::new() };
    loop {
        if ridden.acts.is_multiple_of(stretch.max(1)) {
            step(ridden.acts, "coming home", || rider.come_home());
            page.assert_quiet();
            let gauge = Gauge::read(page);
            tell(ridden.acts, &gauge);
            ridden.gauges.push(gauge);
        }
        let over = match end {
            End::After(time) => begun.elapsed() >= time,
            End::Acts(count) => ridden.acts >= count,
        };
        if over {
            return ridden;
        }
        let Some(act) = rider.chance.weighed(&ACTS) else { return ridden };
        step(ridden.acts, &format!("{act:?}"), || rider.act(act));
        let complaints = page.complaints();
        assert!(complaints.is_empty(), "act {}, {act:?}: {}", ridden.acts, complaints.join("\n"));
        ridden.acts += 1;
    }
}

/// The content security policy that the built site asks its hosts to send.
fn policy() -> String {
    let headers = place::dist().map(|dist| dist.join("_headers"));
    let headers = headers.unwrap_or_else(|why| panic!("{why}"));
    let text = fs::read_to_string(&headers).unwrap_or_else(|error| panic!("{}: {error}", headers.display()));
    let policy = text.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    policy.unwrap_or_else(|| panic!("{} has no policy", headers.display())).to_owned()
}

/// Does something; if it fails, says which act that was.
fn step(number: usize, what: &str, act: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(act)) {
        eprintln!("at act {number}: {what}");
        resume_unwind(panic);
    }
}
