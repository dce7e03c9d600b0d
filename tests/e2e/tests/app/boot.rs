//! When the app itself does not start: the stations still show, as plain HTML.

use std::time::Duration;

use e2e::{Fault, Page, Scene, visit};
use serde_json::Value;

use crate::truth::stations;
use crate::versions;

/// The plain list is there, whole and of use.
#[track_caller]
fn check_plain(page: &Page) {
    // The page says that the app failed before the list has come.
    page.wait_for("#plain a[href^='tel:']");
    let text = page.text("#plain");
    let missing: Vec<_> = stations().into_iter().filter(|station| !text.contains(&station.name)).collect();
    assert!(missing.is_empty(), "{} stations are missing, as {}", missing.len(), missing[0].name);
    let calls = page.attributes("#plain a[href^='tel:']", "href");
    assert!(calls.len() > 50, "{} numbers to call", calls.len());
    let dialled = stations()
        .into_iter()
        .flat_map(|station| station.phones())
        .find(|phone| !phone.contains('*'))
        .unwrap();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    assert!(calls.iter().any(|call| digits(call).ends_with(&digits(&dialled))), "{dialled} can be called");
    assert!(!page.is_visible("#shell"), "the picture of a starting app has gone");
    assert_eq!(page.sticks_out(), Vec::<String>::new());
    // It can be scrolled to its end.
    page.eval("document.querySelector('#plain').lastElementChild.scrollIntoView({ block: 'end' })");
    page.wait_until(
        "the end of the list to be seen",
        "(b => b.bottom <= innerHeight + 1 && b.bottom > 0)(document.querySelector('#plain').lastElementChild.getBoundingClientRect())",
    );
}

/// The one file of the built app whose name begins and ends so.
fn built(start: &str, end: &str) -> String {
    versions::built(&e2e::dist().unwrap(), start, end)
}

#[test]
fn wasm_blocked() {
    visit(Scene::phone(), |page| {
        page.block(&["*.wasm"]);
        page.open("/");
        page.wait_for("html[data-app='failed'] #boot-failed");
        check_plain(page);
        expect_boot_complaints(page);
    });
}

#[test]
fn wasm_missing_cut_or_broken() {
    let wasm = built("love-stations-", "_bg.wasm");
    for fault in [Fault::Status(404), Fault::Truncated(20_000), Fault::Cut(20_000), Fault::Flipped(3)] {
        visit(Scene::phone(), |page| {
            page.server().fault(&wasm, fault.clone());
            page.open("/");
            page.wait_for("html[data-app='failed'] #boot-failed");
            page.wait_for("#plain a[href^='tel:']");
            expect_boot_complaints(page);
        });
    }
}

#[test]
fn glue_blocked() {
    let glue = built("love-stations-", ".js");
    visit(Scene::phone(), |page| {
        page.server().fault(&glue, Fault::Status(404));
        page.open("/");
        page.wait_for("html[data-app='failed'] #boot-failed");
        check_plain(page);
        // "Try again" does, and now it works.
        page.server().heal();
        page.click("#boot-failed a");
        page.wait_for("html[data-app='running'] .row");
        expect_boot_complaints(page);
    });
}

#[test]
fn scripts_switched_off() {
    visit(Scene::phone(), |page| {
        page.disable_scripts();
        page.open("/");
        check_plain(page);
        assert!(page.text("#plain").contains("JavaScript"));
        // A station's own page reads without scripts, too.
        page.open("/s/sy-shenhe-beizhan/");
        let words = page.text("#plain");
        assert!(words.contains(&crate::truth::station("sy-shenhe-beizhan").name), "{words}");
    });
}

/// What the link was about comes first.
#[test]
fn a_station_shows_as_text_when_the_app_fails() {
    visit(Scene::phone(), |page| {
        page.block(&["*.wasm"]);
        page.open("/s/sy-shenhe-beizhan/");
        page.wait_for("html[data-app='failed'] #boot-failed");
        let name = crate::truth::station("sy-shenhe-beizhan").name;
        assert_eq!(page.text("#plain h1"), name);
        assert!(page.text("#plain article").contains("地址"));
        check_plain(page);
        expect_boot_complaints(page);
    });
}

/// The station reads at once, and stays where it is when the app takes over: also while the app waits for its data.
#[test]
fn a_station_reads_until_the_app_shows_it() {
    const TEXT: &str = "#plain > article";
    for scene in [Scene::phone(), Scene::desktop()] {
        visit(scene, |page| {
            let late = |seconds| Fault::Delay(Duration::from_secs(seconds));
            // After four seconds the page is one to scroll.
            page.server().fault(&built("love-stations-", "_bg.wasm"), late(3));
            page.server().fault("/data/tree/stations-*", late(9));
            page.slow_down(4.0);
            page.open("/s/sy-shenhe-beizhan/");
            let name = crate::truth::station("sy-shenhe-beizhan").name;
            let place = |css: &str| {
                page.eval(&format!(
                    "(b => [b.left, b.top])(document.querySelector('{css}').getBoundingClientRect())"
                ))
            };
            page.wait_for(TEXT);
            assert!(page.is_visible(TEXT) && page.is_visible("#plain a[href^='tel:']"));
            assert!(!page.is_visible("#plain-list"));
            assert_eq!(page.text("#plain h1"), name);
            assert_eq!(page.sticks_out(), Vec::<String>::new());
            let before = (place("#plain h1"), place("#plain .buttons"));
            page.wait_for("html[data-app='running']");
            assert!(page.is_visible(TEXT), "the app runs, and its data are not there yet");
            page.wait_for("#page-title");
            assert!(!page.is_visible(TEXT));
            let after = (place("#page-title"), place("#page .buttons"));
            let steps = |(title, buttons): (Value, Value)| -> Vec<f64> {
                [title, buttons]
                    .iter()
                    .flat_map(|at| at.as_array().unwrap().clone())
                    .map(|at| at.as_f64().unwrap())
                    .collect()
            };
            for (before, after) in steps(before).into_iter().zip(steps(after)) {
                assert!((before - after).abs() <= 8.0, "what is read jumps from {before} to {after}");
            }
            let shift = "new Promise(done => { let sum = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; })).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500); })";
            assert!(page.eval(shift).as_f64().unwrap() < 0.02, "{}", page.eval(shift));
            // Back on the list it does not come again.
            page.slow_down(1.0);
            page.click("#page-back");
            page.wait_for(".row");
            assert!(!page.is_visible(TEXT));
        });
    }
}

#[test]
fn a_slow_phone_starts_without_the_plain_list() {
    visit(Scene::phone(), |page| {
        page.slow_down(4.0);
        page.open_app("/");
        page.wait_for(".row");
        assert!(!page.is_visible("#plain"));
        page.slow_down(1.0);
    });
}

/// Which complaints come depends on where it broke; that there is at least one is as it should be.
fn expect_boot_complaints(page: &Page) {
    assert!(!page.complaints().is_empty());
    page.expect_complaint("");
}
