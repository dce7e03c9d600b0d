//! Opening the app again: without a network, after deploys, with a shell that is stuck, with no room on the phone.
//! The server dies for these tests; a browser's own "offline" does not stop its service worker.

use std::time::{Duration, Instant};

use e2e::{Fault, Page, Scene, dist, visit};
use serde_json::json;

use crate::steps::{listed, raise_sheet};
use crate::truth::{station, stations};
use crate::versions::{Version, built};

/// The caches of whole versions of the app that this browser keeps.
const SHELLS: &str = "(async () => {
    const names = (await caches.keys()).filter(name => /^ls-shell-[0-9a-f]{16}$/.test(name));
    const whole = await Promise.all(names.map(name => caches.match('/whole', { cacheName: name })));
    return names.filter((_, at) => whole[at]);
})()";

/// A station that no test here opens before the server dies.
pub const UNSEEN: &str = "sy-hunnan-yuetanshan";

/// Waits until so many whole versions of the app are kept, and the worker is in use.
#[track_caller]
fn wait_for_shells(page: &Page, count: usize) {
    page.wait_until(
        "the worker to be in use",
        "navigator.serviceWorker.ready.then(r => r.active?.state === 'activated')",
    );
    page.wait_until(
        &format!("{count} versions to be kept"),
        &format!("{SHELLS}.then(names => names.length === {count})"),
    );
}

/// One complete visit, after which the phone keeps everything.
#[track_caller]
pub fn visit_once(page: &Page) {
    page.open_app("/");
    page.wait_for(".row");
    wait_for_shells(page, 1);
}

/// The list and the map show, a station's page opens, and it can be called.
#[track_caller]
fn check_usable(page: &Page) {
    page.wait_for("html[data-app='running'] .row");
    page.wait_for(".leaflet-container");
    raise_sheet(page);
    let id = listed(page).into_iter().next().unwrap();
    page.click(&format!("#row-{id}"));
    page.wait_for_text("#page-title", &station(&id).name);
    page.click("#page-back");
    page.wait_gone(".page.station");
}

/// No complaint but that the network is not there, from now on.
pub fn expect_no_network(page: &Page) {
    page.tolerate("net::");
}

#[test]
fn after_one_visit_everything_opens_with_the_server_gone() {
    visit(Scene::phone(), |page| {
        visit_once(page);
        page.server().kill();
        page.open("/");
        page.wait_for(".banner.stale");
        let words = page.text("#freshness .banner.stale");
        assert!(
            words.contains("没有网络") && words.contains("数据为") && words.contains("刚刚核对过"),
            "{words}"
        );
        check_usable(page);

        // A station that was never opened, by its own address as a chat hands it on.
        page.open(&format!("/s/{UNSEEN}/?from=timeline&isappinstalled=0"));
        page.wait_for_text("#page-title", &station(UNSEEN).name);
        page.wait_for("#page-content a[href^='tel:']");
        page.wait_for("#page-freshness .banner.stale");
        page.open(&format!("/s/{UNSEEN}%EF%BC%8C%E5%BF%AB%E6%9D%A5"));
        page.wait_for_text("#page-title", &station(UNSEEN).name);
        page.open("/about");
        page.wait_for_text("#page-title", "关于");
        // The stations as text, too.
        page.open("/list.html");
        page.wait_for_text("#plain-list", &stations()[0].name);
        expect_no_network(page);
        page.assert_quiet();

        // The network comes back, and nobody has to ask.
        page.open("/");
        page.wait_for(".banner.stale");
        page.server().revive().unwrap();
        page.eval("dispatchEvent(new Event('online'))");
        page.wait_gone(".banner.stale");
        expect_no_network(page);
    });
}

/// On a phone four times slower than this machine: the list and one station of it, then a station by its own address.
/// `REOPENS=100` says how often. What shows is asserted; the times are told, to be seen with `--nocapture`.
#[test]
fn it_opens_again_and_again() {
    let times: usize = std::env::var("REOPENS").ok().and_then(|times| times.parse().ok()).unwrap_or(5);
    visit(Scene::phone(), |page| {
        visit_once(page);
        page.server().kill();
        page.slow_down(4.0);
        let all = stations();
        let mut took = Vec::new();
        let mut check = |open: &dyn Fn()| {
            let start = Instant::now();
            open();
            took.push(start.elapsed());
        };
        for time in 0..times {
            check(&|| {
                page.open("/");
                page.wait_for("html[data-app='running'] .row");
                let row = page.attributes(".row > a", "id").swap_remove(time % 9);
                page.eval(&format!("document.getElementById('{row}').click()"));
                page.wait_for_text("#page-title", &station(row.trim_start_matches("row-")).name);
            });
            let that = &all[time * 37 % all.len()];
            check(&|| {
                page.open(&format!("/s/{}/", that.id));
                page.wait_for_text("#page-title", &that.name);
            });
            page.wait_for("#page-freshness .banner.stale");
        }
        page.slow_down(1.0);
        let slowest = took.iter().max().unwrap().as_millis();
        let soon = took.iter().filter(|took| **took < Duration::from_secs(3)).count();
        println!("reopened {} of {}, {soon} within 3 s, slowest {slowest} ms", took.len(), 2 * times);
        expect_no_network(page);
    });
}

#[test]
fn a_new_version_is_offered_and_the_open_page_goes_on() {
    let (one, two) = (Version::make(1), Version::make(2));
    visit(Scene::phone(), |page| {
        page.server().deploy(&one.site());
        visit_once(page);
        page.open_app("/");
        assert_eq!(page.eval("navigator.serviceWorker.controller !== null"), true);
        // A deploy that leaves nothing of the old version behind.
        page.server().deploy(&two.site());
        page.eval("navigator.serviceWorker.ready.then(r => r.update()).then(() => null)");
        page.wait_for("#freshness .banner.newer");
        assert_eq!(page.eval("window.appVersion"), 1, "nothing was forced");
        check_usable(page);
        // Opened again without a word, it is still the old one, whole: the new one waits.
        page.open_app("/");
        assert_eq!(page.eval("window.appVersion"), 1);
        page.wait_for("#freshness .banner.newer");
        page.open_app(&format!("/s/{UNSEEN}/"));
        page.wait_for("#page-freshness .banner.newer");
        page.eval("window.wasHere = true");
        page.click_text("#page-freshness .link", "点这里更新");
        page.wait_until("the page anew", "!window.wasHere && window.appVersion === 2");
        page.wait_for_text("#page-title", &station(UNSEEN).name);
        page.wait_for_rest();
        assert_eq!(page.count(".banner.newer"), 0);
        // What an old page may still ask for is there.
        let old = built(&one.site(), "love-stations-", ".js");
        assert_eq!(page.eval(&format!("fetch('{old}').then(answer => answer.status)")), 200);
        wait_for_shells(page, 2);
        page.server().kill();
        page.open("/");
        check_usable(page);
        assert_eq!(page.eval("window.appVersion"), 2);
        expect_no_network(page);
    });
}

#[test]
fn a_third_version_pushes_out_the_first() {
    let versions = [Version::make(1), Version::make(2), Version::make(3)];
    visit(Scene::phone(), |page| {
        for (number, version) in (1..).zip(&versions) {
            page.server().deploy(&version.site());
            if number == 1 {
                visit_once(page);
                page.open_app("/");
                continue;
            }
            page.eval("navigator.serviceWorker.ready.then(r => r.update()).then(() => null)");
            page.wait_for("#freshness .banner.newer");
            page.click_text("#freshness .link", "点这里更新");
            page.wait_until("the page anew", &format!("window.appVersion === {number}"));
            page.wait_for("html[data-app='running'] .row");
        }
        wait_for_shells(page, 2);
        for (version, status) in versions.iter().zip([404, 200, 200]) {
            let glue = built(&version.site(), "love-stations-", ".js");
            assert_eq!(
                page.eval(&format!("fetch('{glue}').then(answer => answer.status)")),
                status,
                "{glue}"
            );
        }
        page.expect_complaint("404");
    });
}

#[test]
fn a_version_that_does_not_come_whole_leaves_the_old_one_in_use() {
    let (one, two) = (Version::make(1), Version::make(2));
    let wasm = built(&two.site(), "love-stations-", "_bg.wasm");
    for fault in [Fault::Status(404), Fault::Truncated(9_000), Fault::Flipped(100_000), Fault::Cut(9_000)] {
        visit(Scene::phone(), |page| {
            page.server().deploy(&one.site());
            visit_once(page);
            page.server().deploy(&two.site());
            page.server().fault(&wasm, fault.clone());
            let outcome = "new Promise(async done => {
                const registration = await navigator.serviceWorker.ready;
                registration.addEventListener('updatefound', () => {
                    const worker = registration.installing;
                    worker.addEventListener('statechange', () => done(worker.state));
                });
                registration.update();
            })";
            assert_eq!(page.eval(outcome), "redundant", "{fault:?}");
            page.wait_until("the half version to go", "caches.keys().then(names => names.length === 2)");
            page.server().kill();
            page.open("/");
            check_usable(page);
            assert_eq!(page.eval("window.appVersion"), 1);
            expect_no_network(page);
        });
    }
}

#[test]
fn a_phone_without_room_opens_from_the_network() {
    for bytes in [1, 50_000, 300_000] {
        visit(Scene::phone(), |page| {
            page.open("/404.html");
            page.limit_storage(bytes);
            page.open_app("/");
            page.wait_for(".row");
            // The worker tries and gives up.
            page.wait_until(
                "the worker to give up",
                "navigator.serviceWorker.getRegistration().then(r => !r)",
            );
            page.wait_until("nothing half to stay", &format!("{SHELLS}.then(names => names.length === 0)"));
            page.reload();
            page.wait_for("html[data-app='running'] .row");
            page.limit_storage(1_000_000_000);
            page.reload();
            wait_for_shells(page, 1);
        });
    }
}

/// The wasm that is kept is broken, as after a phone's storage went bad.
#[track_caller]
fn break_shell(page: &Page) {
    let wasm = built(&dist().unwrap(), "love-stations-", "_bg.wasm");
    let spoil = "(async () => {
        const [name] = SHELLS;
        const cache = await caches.open(name);
        await cache.put('WASM', new Response(new Uint8Array(9), { headers: { 'Content-Type': 'application/wasm' } }));
        return null;
    })()";
    page.eval(&spoil.replace("SHELLS", &format!("await {SHELLS}")).replace("WASM", &wasm));
}

#[test]
fn a_stuck_shell_heals_itself_once() {
    visit(Scene::phone(), |page| {
        visit_once(page);
        break_shell(page);
        page.open("/");
        page.wait_for("html[data-app='running'] .row");
        // And it is kept again.
        wait_for_shells(page, 1);
        page.server().kill();
        page.open("/");
        check_usable(page);
        page.expect_complaint("");
    });
    let wasm = built(&dist().unwrap(), "love-stations-", "_bg.wasm");
    visit(Scene::phone(), |page| {
        visit_once(page);
        break_shell(page);
        // What the network has is no better.
        page.server().fault(&wasm, Fault::Status(500));
        let before = page.server().asked().len();
        page.open("/");
        // The page that was kept fails first, and shows the text until the next one comes.
        page.wait_until(
            "the page from the network",
            "performance.getEntriesByType('navigation')[0].type === 'reload'",
        );
        page.wait_for("html[data-app='failed'] #boot-failed");
        page.wait_for_text("#plain", &stations()[0].name);
        page.wait_for_rest();
        let pages = page.server().asked().into_iter().skip(before).filter(|path| path == "/").count();
        assert_eq!(pages, 1, "it was tried once and no more");
        page.expect_complaint("");
    });
}

#[test]
fn a_stuck_shell_without_a_network_shows_the_stations_as_text() {
    visit(Scene::phone(), |page| {
        visit_once(page);
        break_shell(page);
        page.server().kill();
        page.open("/");
        page.wait_for("html[data-app='failed'] #boot-failed");
        page.wait_for_text("#plain", &stations()[0].name);
        // The worker stays for a better day.
        assert_eq!(page.eval("navigator.serviceWorker.getRegistration().then(r => !!r)"), json!(true));
        page.expect_complaint("");
    });
}

#[test]
fn a_site_that_gave_its_worker_up_is_rid_of_it() {
    visit(Scene::phone(), |page| {
        visit_once(page);
        page.server().fault("/sw.js", Fault::Status(404));
        page.open_app("/");
        page.wait_until("the worker to go", "navigator.serviceWorker.getRegistration().then(r => !r)");
        page.wait_until("its caches to go", "caches.keys().then(names => names.length === 0)");
        page.open_app("/");
        page.wait_for(".row");
        assert_eq!(page.eval("navigator.serviceWorker.controller === null"), true);
        page.expect_complaint("404");
    });
}

#[test]
fn data_of_a_newer_shape_bring_the_newer_app() {
    let (one, two) = (Version::make(1), Version::make(2));
    let index = std::fs::read(two.site().join("data/index.json")).unwrap();
    let mut index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    index["min_app"] = json!(9_999);
    visit(Scene::phone(), |page| {
        page.server().deploy(&one.site());
        visit_once(page);
        // The server of the worker lags behind: its script is still the old one.
        let worker = std::fs::read(one.site().join("sw.js")).unwrap();
        page.server().deploy(&two.site());
        page.server().fault("/sw.js", Fault::Body(worker));
        page.server().fault("/data/index.json", Fault::Body(index.to_string().into_bytes()));
        page.open_app("/");
        page.wait_for_text("#freshness .banner.stale", "数据格式比这个页面新");
        assert_eq!(page.eval("window.appVersion"), 1);
        page.click_text("#freshness .link", "刷新页面");
        page.wait_until("the newer app", "window.appVersion === 2");
    });
}
