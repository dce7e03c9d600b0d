//! What is said of old data and of a newer app: seen, fitting, large enough, in both languages and colours.

use e2e::{Page, Scene, visit};

use crate::offline::{UNSEEN, visit_once};
use crate::steps::raise_sheet;
use crate::versions::Version;

/// A newer version waits and the network goes; leaves pictures named after `name`.
#[track_caller]
fn look(scene: Scene, name: &str, [offline, update]: [&str; 2]) {
    let (one, two) = (Version::make(1), Version::make(2));
    visit(scene, |page| {
        page.server().deploy(&one.site());
        visit_once(page);
        page.open_app("/");
        page.server().deploy(&two.site());
        page.eval("navigator.serviceWorker.ready.then(r => r.update()).then(() => null)");
        page.wait_for_text("#freshness .banner.newer", update);
        check(page, &format!("newer-{name}"));
        page.server().kill();
        page.open_app("/");
        page.wait_for_text("#freshness .banner.stale", offline);
        page.wait_for("#freshness .banner.newer");
        check(page, &format!("stale-{name}"));
        if page.is_visible(".handle") {
            raise_sheet(page);
            check(page, &format!("stale-raised-{name}"));
        }
        page.open_app(&format!("/s/{UNSEEN}/"));
        page.wait_for_text("#page-freshness .banner.stale", offline);
        check(page, &format!("stale-station-{name}"));
        page.expect_complaint("net::");
    });
}

#[track_caller]
fn check(page: &Page, name: &str) {
    page.wait_for_rest();
    page.screenshot(name);
    assert_eq!(page.sticks_out(), Vec::<String>::new(), "{name}");
    assert_eq!(page.axe_violations(), Vec::<String>::new(), "{name}");
    let cut = page.strings(
        "[...document.querySelectorAll('.top-bar .sample')].filter(e => {
            const [mark, bar] = [e, e.closest('.brand')].map(e => e.getBoundingClientRect());
            return e.scrollWidth > e.clientWidth || mark.bottom > bar.bottom + 1;
        }).map(e => e.innerText)",
    );
    assert_eq!(cut, Vec::<String>::new(), "{name}");
    let small = page.strings(
        "[...document.querySelectorAll('.banner .link')].map(e => e.getBoundingClientRect())
            .filter(b => b.height > 0 && b.height < 47.5).map(b => `${b.width} x ${b.height}`)",
    );
    assert_eq!(small, Vec::<String>::new(), "{name}");
}

const CHINESE: [&str; 2] = ["没有网络 · 数据为", "有新版本"];
const ENGLISH: [&str; 2] = ["No network · data of", "A new version is ready"];

#[test]
fn on_a_phone() {
    look(Scene::phone(), "phone", CHINESE);
    look(Scene::phone().dark().lang("en"), "phone-dark-en", ENGLISH);
}

#[test]
fn on_a_desktop() {
    look(Scene::desktop().dark(), "desktop-dark", CHINESE);
    look(Scene::desktop().lang("en"), "desktop-en", ENGLISH);
}

#[test]
fn with_text_at_200_percent() {
    look(Scene::phone().text_size(32), "phone-large", CHINESE);
}
