//! What the app is made of is whole, or is not run; and nothing is loaded twice to know it.

use e2e::{Fault, Page, Scene, dist, visit};

use crate::truth::stations;
use crate::versions::built;

fn app(ending: &str) -> String {
    built(&dist().unwrap(), "love-stations-", ending)
}

/// The stations show as text, and nothing of the app ran.
#[track_caller]
fn check_refused(page: &Page) {
    page.wait_for("html[data-app='failed'] #boot-failed");
    page.wait_for_text("#plain", &stations()[0].name);
    assert_eq!(page.count("#app"), 0);
    assert_eq!(page.eval("localStorage.length"), 0);
    page.expect_complaint("");
}

#[test]
fn an_app_with_a_flipped_byte_is_not_run() {
    // In the middle of code, and in words that are never said, where nothing would notice.
    let words = std::fs::read_to_string(dist().unwrap().join(app(".js").trim_start_matches('/')));
    let words = words.unwrap().find("using deprecated parameters").unwrap();
    for (path, at) in [(app("_bg.wasm"), 100_000), (app("_bg.wasm"), 300_000), (app(".js"), words)] {
        visit(Scene::phone(), |page| {
            page.server().fault(&path, Fault::Flipped(at));
            page.open("/");
            check_refused(page);
            // On a station's own page, too.
            page.open("/s/sy-shenhe-beizhan/");
            check_refused(page);
        });
    }
}

#[test]
fn a_map_with_a_flipped_byte_leaves_the_list() {
    visit(Scene::phone(), |page| {
        page.server().fault("/vendor/leaflet/leaflet.js", Fault::Flipped(1_000));
        page.open_app("/");
        page.wait_for(".row");
        page.wait_for(".map-missing");
        assert_eq!(page.eval("typeof L"), "undefined");
        page.expect_complaint("integrity");
    });
}

#[test]
fn a_first_visit_asks_for_everything_once() {
    visit(Scene::phone(), |page| {
        // Without the worker's own look at everything.
        page.server().fault("/sw.js", Fault::Status(500));
        page.open_app("/");
        page.wait_for(".row");
        page.wait_for(".leaflet-container");
        page.wait_for_rest();
        let mut asked = page.server().asked();
        // Pictures that this server forbids to keep are another matter.
        asked.retain(|path| path != "/sw.js" && path != "/icons/sprite.svg");
        let mut once = asked.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), asked.len(), "{asked:#?}");
        assert!(asked.contains(&app("_bg.wasm")) && asked.contains(&app(".js")));
        page.expect_complaint("500");
        page.assert_quiet();
    });
}
