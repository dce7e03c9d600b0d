//! The matrix of faults finds defects that were put into the app: a service worker that takes whatever comes, and one that
//! takes over at once and throws away what open pages need.

use std::fs;
use std::path::Path;

use e2e::faults::{Choice, Matrix};

/// Puts `to` in the place of `from` in a build's worker, once each.
fn plant(build: &Path, changes: &[(&str, &str)]) -> Result<(), String> {
    let path = build.join("sw.js");
    let mut worker = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for (from, to) in changes {
        assert_eq!(worker.matches(from).count(), 1, "the worker has changed: there is no {from} to break");
        worker = worker.replace(from, to);
    }
    fs::write(&path, worker).map_err(|error| format!("{}: {error}", path.display()))
}

/// The cases of these names hold for the app as it is, and none of them for the broken one.
#[track_caller]
fn check(changes: &[(&str, &str)], names: &[&str]) {
    let choice = Choice::Named(names.iter().map(|name| (*name).to_owned()).collect());
    let run = |changes: &[(&str, &str)]| {
        let matrix = Matrix::prepare(false, |build| plant(build, changes)).unwrap();
        let tally = matrix.run(matrix.cases(&choice));
        assert!(tally.tried > 0, "no case is named {names:?}");
        tally
    };
    assert_eq!(run(&[]).failed, []);
    let broken = run(changes);
    // Found is found: a worker that takes over does so sooner or later.
    let found = broken.failed.len() + broken.unsteady.len();
    assert_eq!(found, broken.tried, "{:?}", broken.failed);
}

#[test]
fn a_worker_that_checks_no_hash_is_found() {
    check(
        &[("bytes.byteLength === it.len && (await sha256(bytes)) === it.sha256", "true")],
        &["install/love-stations_bg.wasm/flipped", "install/love-stations.js/truncated"],
    );
}

#[test]
fn a_worker_that_takes_over_and_deletes_is_found() {
    check(
        &[
            ("event.waitUntil(stage())", "(self.skipWaiting(), event.waitUntil(stage()))"),
            ("![CACHE, NOTES, before].includes(name)", "![CACHE, NOTES].includes(name)"),
        ],
        &["open-page"],
    );
}
