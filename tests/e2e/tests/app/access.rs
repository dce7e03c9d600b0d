//! axe-core finds nothing wrong, on every page and in every state, in both languages and both colours, on a phone and
//! on a desktop.

use e2e::{Fault, Page, Scene, visit};

use crate::steps::{locate, raise_sheet};

/// Collects what axe-core finds, so that one run tells all.
struct Findings(Vec<String>);

impl Findings {
    #[track_caller]
    fn look(&mut self, page: &Page, state: &str) {
        page.wait_for_rest();
        self.0.extend(page.axe_violations().into_iter().map(|violation| format!("{state}: {violation}")));
    }

    #[track_caller]
    fn assert_none(self) {
        assert!(self.0.is_empty(), "{} violations:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Through all of the app's pages and states.
#[track_caller]
fn walk(scene: Scene) {
    visit(scene, |page| {
        let mut found = Findings(Vec::new());
        page.open_app("/");
        page.wait_for(".row");
        found.look(page, "before a position");
        page.refuse_position();
        page.click(".hero.ask .button.primary");
        page.wait_for(".hint.trouble");
        found.look(page, "position refused");
        page.click(".hero.ask .button:not(.primary)");
        page.click("dialog summary");
        found.look(page, "place dialog");
        page.click("dialog .dialog-head .round");
        page.wait_gone("dialog");
        locate(page);
        found.look(page, "with a position");
        if page.is_visible(".handle") {
            raise_sheet(page);
        }
        page.click(".finder .chip[aria-pressed]");
        found.look(page, "list, filtered");
        page.click(".finder .chip:not([aria-pressed])");
        page.wait_for("dialog[open]");
        found.look(page, "filter dialog");
        page.click("dialog .dialog-head .round");
        page.wait_gone("dialog");
        page.click(".hero.nearest .button.primary");
        page.wait_for("dialog a.choice");
        found.look(page, "navigation dialog");
        page.click("dialog .dialog-head .round");
        page.wait_gone("dialog");
        page.click(".hero-main");
        page.wait_for(".page.station");
        found.look(page, "station with a position");
        page.click("#page-share");
        page.wait_for("dialog .qr");
        found.look(page, "share dialog");
        page.click("#share-poster");
        page.wait_for("dialog .poster");
        found.look(page, "poster");
        page.click("dialog .dialog-head .round");
        page.wait_gone("dialog");
        page.click(".page-bar .back");
        page.wait_gone(".page.station");
        page.type_into("#search", "没有这样的地方");
        page.wait_for(".hero.nothing");
        found.look(page, "nothing found");
        for (path, state) in [
            ("/s/sy-huanggu-beihang/", "station with all amenities"),
            ("/s/sy-heping-beishichang/", "station closed by a notice"),
            ("/s/sy-huanggu-beiling/", "station without contacts"),
            ("/s/sy-dadong-qiche/", "station of unknown place"),
            ("/s/sy-huanggu-mudan/", "station with events and photos"),
            ("/about", "about"),
            ("/s/no-such-station/", "unknown station"),
            ("/x/y", "unknown page"),
        ] {
            page.open_app(path);
            page.wait_for("#page-title");
            found.look(page, state);
        }
        page.server().fault("/data/*", Fault::Refused);
        page.open_app("/");
        page.wait_for(".banner.stale");
        found.look(page, "kept data");
        page.eval("localStorage.clear()");
        page.open_app("/");
        page.wait_for(".panel.problem");
        found.look(page, "no data");
        page.block(&["*.wasm"]);
        page.open("/");
        page.wait_for("html[data-app='failed'] #plain");
        found.look(page, "plain list");
        page.open("/s/sy-huanggu-mudan/");
        page.wait_for("html[data-app='failed'] #plain");
        found.look(page, "plain station");
        page.expect_complaint("");
        found.assert_none();
    });
}

#[test]
fn phone() {
    walk(Scene::phone());
}

#[test]
fn phone_in_the_dark() {
    walk(Scene::phone().dark());
}

#[test]
fn phone_in_english() {
    walk(Scene::phone().lang("en"));
}

#[test]
fn phone_in_english_in_the_dark() {
    walk(Scene::phone().lang("en").dark());
}

#[test]
fn desktop() {
    walk(Scene::desktop());
}

#[test]
fn desktop_in_english_in_the_dark() {
    walk(Scene::desktop().lang("en").dark());
}
