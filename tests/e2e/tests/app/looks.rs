//! Languages, colours, text sizes, screens.

use e2e::{Page, Scene, visit};
use serde_json::json;

use crate::steps::{locate, raise_sheet};

#[track_caller]
fn background(page: &Page) -> f64 {
    page.wait_for_rest();
    let colour = page.eval("getComputedStyle(document.querySelector('.sheet')).backgroundColor");
    let colour = colour.as_str().unwrap();
    let parts: Vec<f64> = colour
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|part| part.parse().ok())
        .collect();
    (parts[0] + parts[1] + parts[2]) / 3.0
}

#[test]
fn english_by_button_and_for_good() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        assert_eq!(page.eval("document.documentElement.lang"), "zh-CN");
        page.click("#bar-lang");
        page.wait_for_text(".hero .button.primary", "Use my position");
        assert_eq!(page.eval("document.documentElement.lang"), "en");
        locate(page);
        assert!(page.text(".hero-kicker").starts_with("Nearest open station"));
        assert!(page.eval("document.title").as_str().unwrap().contains("Love Stations"));
        page.reload();
        page.wait_for_text(".hero .button.primary", "Use my position");
        assert_eq!(page.eval("document.documentElement.lang"), "en");
        page.open_app("/s/sy-hunnan-yuetanshan/");
        assert!(page.texts(".page h2").contains(&"Opening hours".to_owned()), "{:?}", page.texts(".page h2"));
        page.click("#bar-lang");
        page.wait_for_text(".page", "开放时间");
    });
}

#[test]
fn an_english_phone_is_spoken_to_in_english() {
    visit(Scene::phone().lang("en-GB"), |page| {
        page.open_app("/");
        assert_eq!(page.text(".hero .button.primary"), "Use my position");
        // What is left in Chinese says that it is.
        let unmarked = page.strings(
            "[...document.querySelectorAll('.home *, .top-bar *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && /[\\u4e00-\\u9fff]/.test(n.data)))
                .filter(e => !e.closest(':lang(zh)')).map(e => e.outerHTML.slice(0, 120))",
        );
        assert_eq!(unmarked, Vec::<String>::new());
    });
}

#[test]
fn dark_by_button_and_for_good() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        let theme = "[aria-label^='颜色']";
        assert!(background(page) > 200.0);
        // As the phone, light, dark.
        for _ in 0..3 {
            if page.eval("document.documentElement.dataset.theme") == "dark" {
                break;
            }
            page.click(theme);
            page.wait_for_rest();
        }
        assert_eq!(page.eval("document.documentElement.dataset.theme"), "dark");
        assert!(background(page) < 60.0, "{}", background(page));
        page.reload();
        page.wait_for(".count");
        assert!(background(page) < 60.0);
        page.click(theme);
        page.wait_until("the phone's own colours", "document.documentElement.dataset.theme !== 'dark'");
        assert!(background(page) > 200.0);
    });
}

#[test]
fn dark_by_the_phone() {
    visit(Scene::phone().dark(), |page| {
        page.open_app("/");
        assert!(background(page) < 60.0);
        page.system_colours(false);
        assert!(background(page) > 200.0);
    });
}

/// Nothing sticks out, and what matters most can be hit.
#[track_caller]
fn check_fits(page: &Page, where_: &str) {
    page.wait_for_rest();
    assert_eq!(page.sticks_out(), Vec::<String>::new(), "{where_}");
}

#[track_caller]
fn walk_through(page: &Page) {
    page.open_app("/");
    check_fits(page, "before a position");
    locate(page);
    check_fits(page, "with a position");
    raise_or_skip(page);
    check_fits(page, "list");
    page.click_text(".finder .chip", "全部筛选");
    page.wait_for("dialog[open]");
    check_fits(page, "filters");
    page.click("dialog .dialog-head .round");
    page.wait_gone("dialog");
    page.click(".hero.nearest .button.primary");
    page.wait_for("dialog a.choice");
    check_fits(page, "navigation");
    page.click("dialog .dialog-head .round");
    page.wait_gone("dialog");
    page.click(".hero-main");
    page.wait_for(".page.station");
    page.wait_for_rest();
    check_fits(page, "station");
    page.click(".page-bar .back");
    page.wait_gone(".page.station");
    for path in ["/s/sy-huanggu-mudan/", "/s/sy-hunnan-yuetanshan/", "/about"] {
        page.open_app(path);
        page.wait_for_text(".page", "");
        check_fits(page, path);
    }
}

#[track_caller]
fn raise_or_skip(page: &Page) {
    if page.is_visible(".handle") {
        raise_sheet(page);
    }
}

#[test]
fn everything_fits_a_phone() {
    visit(Scene::phone(), walk_through);
}

#[test]
fn everything_fits_a_small_phone_in_english() {
    visit(Scene::phone().lang("en"), |page| {
        page.resize(320, 568, 2.0, true);
        page.open_app("/");
        locate(page);
        check_fits(page, "home");
        for path in ["/s/sy-huanggu-mudan/", "/about"] {
            page.open_app(path);
            check_fits(page, path);
        }
    });
}

#[test]
fn everything_fits_with_text_at_200_percent() {
    visit(Scene::phone().text_size(32), |page| {
        page.open_app("/");
        assert_eq!(page.eval("getComputedStyle(document.documentElement).fontSize"), "32px");
        walk_through(page);
    });
}

#[test]
fn everything_fits_a_phone_turned_sideways() {
    visit(Scene::sideways(), walk_through);
}

#[test]
fn everything_fits_a_desktop() {
    visit(Scene::desktop(), |page| {
        walk_through(page);
        page.open_app("/");
        let panes = page.eval(
            "(() => { const map = document.querySelector('.map').getBoundingClientRect();
                const sheet = document.querySelector('.sheet').getBoundingClientRect();
                return [map.width, sheet.width, sheet.height]; })()",
        );
        assert!(panes[1].as_f64().unwrap() < 500.0 && panes[2].as_f64().unwrap() > 700.0, "{panes}");
    });
}

#[test]
fn targets_are_as_large_as_a_gloved_finger() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        locate(page);
        raise_sheet(page);
        let small = page.strings(
            "[...document.querySelectorAll('button, .button, .chip, .round, .row > a, .brand, input, select')]
                .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.matches('.handle, .clear, #search'))
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, b]) => b.width > 0 && (b.height < 47.5 || b.width < 47.5))
                .map(([e, b]) => `${e.className} ${e.innerText.trim()} ${b.width} x ${b.height}`)",
        );
        assert_eq!(small, Vec::<String>::new());
    });
}

#[test]
fn nothing_moves_where_less_motion_is_asked_for() {
    visit(Scene::phone().still(), |page| {
        page.open_app("/");
        page.click(".handle");
        assert_eq!(page.eval("document.getAnimations().length"), json!(0));
        locate(page);
        assert_eq!(page.eval("document.getAnimations().length"), json!(0));
    });
}
