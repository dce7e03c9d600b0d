//! Which cases there are: all of them, and the few that `cargo xtask test` has time for.

use std::collections::BTreeSet;

use super::case::{Case, Visit, What, Which, Wrong};
use super::requests::{Requests, kind};

const VISITS: [Visit; 3] = [Visit::First, Visit::Again, Visit::Evicted];
/// Days that a clock is wrong by.
const DAYS: [i64; 4] = [-1, 1, -3650, 3650];
/// Bytes that a phone has left.
const QUOTAS: [u32; 3] = [0, 50_000, 1_000_000];

/// Every case.
pub fn whole(requests: &Requests, worker: bool) -> Vec<Case> {
    let mut all = Vec::new();
    for visit in VISITS {
        for request in requests.of(visit) {
            let of = |wrong, which| What::Request { visit, label: request.label.clone(), wrong, which };
            all.extend(Wrong::ALL.map(|wrong| of(wrong, Which::All)));
            all.extend(
                [Wrong::Cut, Wrong::Error, Wrong::Flipped, Wrong::Stall].map(|wrong| of(wrong, Which::One)),
            );
        }
        all.extend(Wrong::ALL.map(|wrong| What::NoText(visit, wrong)));
    }
    all.extend([Visit::First, Visit::Again].map(What::Alternating));
    for update in [false, true] {
        all.extend((1..=requests.first.len()).map(|at| What::Killed { at, update }));
    }
    for before in [None, Some(0), Some(1), Some(2)] {
        for kept in [true, false] {
            for number in 0..27 {
                let (page, app, data) = (number / 9, number / 3 % 3, number % 3);
                all.push(What::Versions { page, app, data, kept, before });
            }
        }
    }
    for visit in [Visit::First, Visit::Again] {
        all.extend(QUOTAS.map(|bytes| What::Quota(visit, bytes)));
        all.extend(DAYS.map(|days| What::Clock(visit, days)));
        all.push(What::NoWorker(visit));
    }
    if worker {
        for label in &requests.by_worker {
            all.extend(Wrong::ALL.map(|wrong| What::Install { label: label.clone(), wrong }));
        }
        all.push(What::OpenPage);
    }
    all.into_iter().map(Case).collect()
}

/// Each fault once on each kind of request, each pair of versions once, and some of the rest.
pub fn bounded(requests: &Requests, worker: bool) -> Vec<Case> {
    let mut few = Vec::new();
    let mut turn = 0;
    for this in kinds(requests) {
        for wrong in Wrong::ALL {
            // Every visit and every file in its turn.
            let fits: Vec<_> = VISITS
                .iter()
                .flat_map(|visit| requests.of(*visit).iter().map(move |request| (*visit, request)))
                .filter(|(_, request)| kind(&request.label) == this)
                .collect();
            turn += 1;
            if let Some((visit, request)) = fits.get(turn * 7 % fits.len().max(1)) {
                let label = request.label.clone();
                few.push(What::Request { visit: *visit, label, wrong, which: Which::All });
            }
        }
    }
    few.extend([What::NoText(Visit::First, Wrong::Missing), What::NoText(Visit::Again, Wrong::Refused)]);
    few.push(What::Alternating(Visit::Again));
    let count = requests.first.len();
    few.extend([1, count / 2, count].map(|at| What::Killed { at, update: false }));
    few.extend([2, count / 3, count / 2, count - 1].map(|at| What::Killed { at, update: true }));
    for page in 0..3 {
        for app in 0..3 {
            // A Latin square: each pair of page and data, and of app and data, once as well.
            let (data, kept) = ((page + app) % 3, (page + 2 * app) % 2 == 0);
            let before = [None, Some(page), Some(2)][(2 * page + app) % 3];
            few.push(What::Versions { page, app, data, kept, before });
        }
    }
    few.extend(QUOTAS.map(|bytes| What::Quota(Visit::Again, bytes)));
    few.extend(DAYS.map(|days| What::Clock(Visit::Again, days)));
    few.extend([What::Quota(Visit::First, 0), What::NoWorker(Visit::Again)]);
    if worker {
        // Every file in its turn, with what only a hash finds and what a connection does.
        let wrongs = [Wrong::Flipped, Wrong::Truncated, Wrong::Cut, Wrong::Portal].into_iter().cycle();
        let installs = requests.by_worker.iter().zip(wrongs);
        few.extend(installs.map(|(label, wrong)| What::Install { label: label.clone(), wrong }));
        few.push(What::OpenPage);
    }
    few.into_iter().map(Case).collect()
}

/// The kinds of files that are asked for.
fn kinds(requests: &Requests) -> BTreeSet<&str> {
    VISITS.iter().flat_map(|visit| requests.of(*visit)).map(|request| kind(&request.label)).collect()
}
