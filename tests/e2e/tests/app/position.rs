//! Without a position everything works, too.

use e2e::{Page, Scene, visit};

use crate::steps::{counted, hero, listed, locate, raise_sheet};
use crate::truth::{Moment, metres, nearest, stations};

fn monday() -> Moment {
    Moment::november(23, 10, 30)
}

/// The middle of the stations of a district.
fn middle(district: &str) -> (f64, f64) {
    let places: Vec<_> = stations()
        .into_iter()
        .filter(|station| station.district == district)
        .filter_map(|station| station.place)
        .collect();
    let count = f64::from(u32::try_from(places.len()).unwrap());
    let sum = places.iter().fold((0.0, 0.0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
    (sum.0 / count, sum.1 / count)
}

#[track_caller]
fn refuse(page: &Page) {
    page.refuse_position();
    page.open_app("/");
    page.click(".hero.ask .button.primary");
    page.wait_for(".hint.trouble");
}

#[test]
fn refused_then_a_district() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        refuse(page);
        let words = page.text(".hint.trouble");
        assert!(words.contains("手机设置") && words.contains("选个位置"), "{words}");
        assert!(page.is_visible(".hero.ask .button.primary"), "one can ask again");
        page.click_text(".hero.ask .button", "选个位置");
        page.click_text("dialog summary", "沈阳市");
        page.click_text("dialog details[open] .chip", "浑南区");
        page.wait_gone("dialog");
        assert!(page.text(".hero.nearest .from").contains("浑南区"));
        let from = middle("浑南区");
        let open = nearest(from, |station| station.is_open(&monday()));
        let shown = open.iter().find(|(station, _)| station.id == hero(page)).expect("the one shown is open");
        // Two that are shown as equally far may change places.
        assert!(
            shown.1 - open[0].1 <= 100.0,
            "{} is {} m away, {} only {}",
            shown.0.id,
            shown.1,
            open[0].0.id,
            open[0].1
        );

        // The same way on as with a position: filter, station, back.
        raise_sheet(page);
        page.click_text(".finder .chip", "饮水");
        page.wait_for_address("/?has=water");
        let rows = listed(page);
        page.click(&format!("#row-{}", rows[3]));
        page.wait_for(".page.station");
        page.click(".page-bar .back");
        page.wait_for_address("/?has=water");
        assert_eq!(listed(page), rows);
    });
}

#[test]
fn refused_then_a_point_on_the_map() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        refuse(page);
        page.wait_for(".leaflet-container");
        page.click_text(".hero.ask .button", "选个位置");
        page.click_text("dialog .choice", "在地图上点选");
        page.wait_for(".pick-hint");
        page.wait_for_rest();
        page.click_at(180.0, 240.0);
        page.wait_gone(".pick-hint");
        page.wait_for(".hero.nearest .from");
        assert!(page.text(".hero.nearest .from").contains("选定位置"));
        // Where on earth that was, only the map knows; but the list must be in order from it.
        assert!(!listed(page).is_empty());
    });
}

#[test]
fn refused_then_search() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        refuse(page);
        raise_sheet(page);
        page.type_into("#search", "丹东");
        page.wait_until("fewer stations", "document.querySelectorAll('.row').length < 24");
        let expected = stations().iter().filter(|station| station.id.starts_with("dd-")).count();
        assert!(counted(page).0 >= expected);
        let first = listed(page)[0].clone();
        page.click(&format!("#row-{first}"));
        page.wait_for(".page.station");
        assert!(page.count(".page a[href^='tel:']") > 0 || page.count(".page .contacts li") == 0);
    });
}

#[test]
fn a_phone_that_does_not_know_where_it_is_says_so() {
    visit(Scene::phone(), |page| {
        page.lose_position();
        page.open_app("/");
        page.click(".hero.ask .button.primary");
        page.wait_for(".hint.trouble");
        let words = page.text(".hint.trouble");
        assert!(words.contains("给不出位置"), "{words}");
        // The next time it works.
        locate(page);
    });
}

#[test]
fn the_position_is_asked_for_only_on_a_tap() {
    visit(Scene::phone(), |page| {
        page.stand_at(41.8057, 123.4315);
        page.watch_geolocation();
        page.open_app("/");
        page.wait_for_rest();
        page.open_app("/about");
        page.open_app("/s/sy-shenhe-beizhan/");
        assert_eq!(page.eval("window.askedForPosition ?? 0"), 0);
        page.open_app("/");
        page.click(".hero.ask .button.primary");
        page.wait_for(".hero.nearest");
        assert_eq!(page.eval("window.askedForPosition"), 1);
    });
}

#[test]
fn distances_are_right_to_what_is_shown() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        page.open_app("/");
        locate(page);
        let shown = page.text(".hero.nearest .far b");
        let place = crate::truth::station(&hero(page)).place.unwrap();
        let truth = metres(crate::steps::SHENYANG, place);
        let number: f64 = shown.split(' ').next().unwrap().parse().unwrap();
        let said = if shown.contains("公里") { number * 1000.0 } else { number };
        assert!((said - truth).abs() <= 10.0_f64.max(truth * 0.03), "{shown} for {truth} m");
    });
}

#[test]
fn a_place_that_was_chosen_meanwhile_stays() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.eval("navigator.geolocation.getCurrentPosition = good => { window.late = good }");
        page.click(".hero.ask .button.primary");
        page.wait_for("#locate.is-busy");
        page.click_text(".hero.ask .button", "选个位置");
        page.click_text("dialog summary", "沈阳市");
        page.click_text("dialog details[open] .chip", "浑南区");
        page.wait_for_text(".hero.nearest .from", "浑南区");
        page.eval(
            "window.late({ coords: { latitude: 38.9, longitude: 121.6, accuracy: 20 }, timestamp: Date.now() })",
        );
        page.wait_for_rest();
        assert!(page.text(".hero.nearest .from").contains("浑南区"));
        assert_eq!(page.count("#locate.is-busy"), 0);
    });
}

#[test]
fn a_guess_is_said_to_be_one() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.eval(
            "navigator.geolocation.getCurrentPosition = good =>
                good({ coords: { latitude: 41.8, longitude: 123.43, accuracy: 2400 }, timestamp: Date.now() })",
        );
        page.click(".hero.ask .button.primary");
        page.wait_for_text(".hero.nearest .from", "±2.4");
    });
}
