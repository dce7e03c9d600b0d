//! The emergency switch: on every page, offline, and where there is no script.

use e2e::{Page, Scene, visit_at};
use serde_json::{Value, json};

use crate::offline::visit_once;
use crate::reports::payloads::payloads;
use crate::site::Site;
use crate::steps::{locate, raise_sheet};
use crate::truth::stations;

fn flood(site: &mut Value) {
    site["emergency"] = json!({
        "text": {"zh": "浑河洪水预警：低洼路段不要走，就近避险。", "en": "Flood warning: keep off low roads, take shelter."},
        "since": "2026-11-23T08:00",
        "until": "2026-11-25",
        "stations": shelters(),
        "contacts": [
            {"name": {"zh": "防汛办", "en": "Flood office"}, "phone": "024-00000009"},
            {"name": {"zh": "应急热线", "en": "Emergency"}, "phone": "119；138****0000"},
        ],
    });
}

/// Every third station.
fn shelters() -> Vec<String> {
    stations().iter().step_by(3).map(|station| station.id.clone()).collect()
}

#[track_caller]
fn check(page: &Page, name: &str) {
    page.wait_for_rest();
    page.screenshot(name);
    assert_eq!(page.sticks_out(), Vec::<String>::new(), "{name}");
    assert_eq!(page.axe_violations(), Vec::<String>::new(), "{name}");
}

#[track_caller]
fn look(scene: Scene, name: &str, [words, mark]: [&str; 2]) {
    let site = Site::new(flood, &json!([]), false);
    visit_at(scene, site.serve(), |page| {
        page.watch_policy();
        page.open_app("/");
        page.wait_for_text("#banners .banner.emergency", words);
        assert_eq!(page.attributes("#banners .banner a", "href"), ["tel:02400000009", "tel:119"]);
        check(page, &format!("emergency-{name}"));
        locate(page);
        if page.is_visible(".handle") {
            raise_sheet(page);
        }
        page.wait_for("#map .map-pin.is-shelter");
        let pins = page.attributes("#map .map-pin.is-shelter", "aria-label");
        assert!(pins.iter().all(|label| label.contains(mark)), "{pins:?}");
        check(page, &format!("emergency-list-{name}"));
        let marked = page.strings(
            "[...document.querySelectorAll('.row:has(.shelter) > a')].map(e => e.id.replace('row-', ''))",
        );
        let listed = crate::steps::listed(page);
        let expected: Vec<String> = listed.into_iter().filter(|id| shelters().contains(id)).collect();
        assert!(!expected.is_empty());
        assert_eq!(marked, expected);
        let [shelter, other] = [shelters()[1].clone(), stations()[1].id.clone()];
        page.open_app(&format!("/s/{shelter}/"));
        page.wait_for_text("#page-freshness .banner.emergency", words);
        page.wait_for_text(".page .said.shelter", mark);
        check(page, &format!("emergency-page-{name}"));
        page.open_app(&format!("/s/{other}/"));
        page.wait_for("#page-freshness .banner.emergency");
        assert_eq!(page.count(".page .said.shelter"), 0);
        page.open_app("/about");
        page.wait_for_text("#page-freshness .banner.emergency", words);
        assert_eq!(page.count("#banners .banner.emergency"), 1);
        check(page, &format!("emergency-about-{name}"));
    });
}

const CHINESE: [&str; 2] = ["浑河洪水预警", "应急避险点"];
const ENGLISH: [&str; 2] = ["Flood warning", "Shelter"];

#[test]
fn on_a_phone() {
    look(Scene::phone(), "phone", CHINESE);
    look(Scene::phone().dark().lang("en"), "phone-dark-en", ENGLISH);
}

#[test]
fn on_a_desktop() {
    look(Scene::desktop(), "desktop", CHINESE);
    look(Scene::desktop().dark().lang("en"), "desktop-dark-en", ENGLISH);
}

#[test]
fn with_text_at_200_percent() {
    look(Scene::phone().text_size(32), "phone-large", CHINESE);
}

#[test]
fn offline_and_over() {
    let site = Site::new(flood, &json!([]), false);
    let shelter = shelters()[1].clone();
    visit_at(Scene::phone(), site.serve(), |page| {
        visit_once(page);
        page.server().kill();
        page.open_app("/");
        page.wait_for_text("#banners .banner.emergency", CHINESE[0]);
        page.open_app(&format!("/s/{shelter}/"));
        page.wait_for_text("#page-freshness .banner.emergency", CHINESE[0]);
        page.wait_for_text(".page .said.shelter", CHINESE[1]);
        page.expect_complaint("net::");
    });
    visit_at(Scene::phone().at("2026-11-26T00:01:00+08:00"), site.serve(), |page| {
        page.open_app(&format!("/s/{shelter}/"));
        page.wait_for("#page-report");
        assert_eq!(
            page.count("#app .banner.emergency") + page.count("#app .shelter"),
            0,
            "it ended by itself"
        );
    });
}

#[test]
fn without_scripts() {
    let site = Site::new(flood, &json!([]), false);
    let shelter = shelters()[1].clone();
    for scene in [Scene::phone(), Scene::phone().dark()] {
        let name = if format!("{scene:?}").contains("dark: true") { "dark" } else { "light" };
        visit_at(scene, site.serve(), |page| {
            page.disable_scripts();
            for (path, file) in
                [("/list.html", "list"), (&*format!("/s/{shelter}/"), "station"), ("/list/", "areas")]
            {
                page.open(path);
                let banner = page.text(".banner.emergency");
                assert!(banner.contains(CHINESE[0]) && banner.contains(ENGLISH[0]), "{path}: {banner}");
                assert!(
                    page.attributes(".banner.emergency a", "href").contains(&"tel:02400000009".to_owned())
                );
                page.screenshot(&format!("emergency-plain-{file}-{name}"));
                assert_eq!(page.sticks_out(), Vec::<String>::new(), "{path}");
            }
        });
    }
}

/// Three hundred names of script, addresses and tricks in the settings: seen as texts in every view, run as nothing.
#[test]
fn hostile_words_are_only_words() {
    let clean =
        |text: &String| domain::report::clean(text).chars().take(100).collect::<String>().trim().to_owned();
    let payloads: Vec<String> = payloads().iter().map(clean).filter(|text| !text.is_empty()).collect();
    assert!(payloads.len() >= 290);
    let text: String = payloads.iter().flat_map(|payload| [payload.as_str(), " "]).collect::<String>();
    let text: String = text.chars().take(590).collect();
    let names = payloads.clone();
    let site = Site::new(
        move |site| {
            let contacts: Vec<Value> =
                names.iter().map(|name| json!({"name": name, "phone": "119"})).collect();
            site["emergency"] = json!({"text": text, "stations": [], "contacts": contacts});
        },
        &json!([]),
        false,
    );
    let id = stations()[0].id.clone();
    for lang in ["zh-CN", "en"] {
        visit_at(Scene::phone().lang(lang), site.serve(), |page| {
            page.watch_policy();
            for path in ["/", "/about", &format!("/s/{id}/"), "/list.html", "/list/"] {
                page.open(path);
                page.wait_for(".banner.emergency");
                page.wait_for_rest();
                let shown = page.eval("document.querySelector('.banner.emergency').textContent");
                let shown = shown.as_str().unwrap();
                let lost: Vec<&String> =
                    payloads.iter().filter(|payload| !shown.contains(payload.as_str())).collect();
                assert!(lost.is_empty(), "{path}: {lost:?}");
                assert!(page.eval("window.hurt === undefined") == true, "{path}");
                assert_eq!(
                    page.attributes(".banner a:not([href='tel:119']):not([href^='/s/'])", "href"),
                    Vec::<String>::new()
                );
            }
        });
    }
}
