//! What a rider comes for: the nearest open station, what it has, how to get there, and back.

use e2e::{Page, Scene, visit};

use crate::datum::{bd09, gcj02};
use crate::steps::{SHENYANG, counted, hero, listed, locate, locate_at, raise_sheet, scrolled};
use crate::truth::{Moment, nearest, nearest_open, station, stations};

/// Every journey here begins on this Monday.
fn monday() -> Moment {
    Moment::november(23, 10, 30)
}

#[test]
fn first_visit_to_navigation_and_back() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        page.open_app("/");
        assert_eq!(page.text(".hero.ask .button.primary"), "用我的位置");
        locate(page);
        assert_eq!(hero(page), nearest_open(SHENYANG, &monday()).id, "nearest open station");
        assert!(page.is_visible(".hero.nearest .button.primary"), "导航 is within a thumb's reach");

        raise_sheet(page);
        let open = stations().iter().filter(|station| station.is_open(&monday())).count();
        assert_eq!(counted(page), (stations().len(), open));
        page.click_text(".finder .chip", "手机充电");
        page.wait_for_address("/?has=charging");
        check_filtered(page);

        // Somewhere down the list, from where back must lead to the same place.
        let id = listed(page)[14].clone();
        let row = format!("#row-{id}");
        page.eval(&format!("document.querySelector('{row}').scrollIntoView({{ block: 'center' }})"));
        page.wait_for_rest();
        let (from_top, shown) = (scrolled(page), listed(page));
        assert!(from_top > 300.0, "the list is scrolled: {from_top}");
        page.click(&row);
        page.wait_for_address(&format!("/s/{id}/?has=charging"));
        assert_eq!(page.text("#page-title"), station(&id).name);

        check_navigation(page, &id);

        page.click(".page-bar .back");
        page.wait_for_address("/?has=charging");
        page.wait_for_rest();
        assert!((scrolled(page) - from_top).abs() < 2.0, "{} was {from_top}", scrolled(page));
        assert_eq!(listed(page), shown);
        assert_eq!(page.text(".finder .chip[aria-pressed='true']"), "手机充电");

        // The browser's own way there and back.
        page.click(&row);
        page.wait_for(".page.station");
        page.go_back();
        page.wait_for_address("/?has=charging");
        page.wait_for_rest();
        assert!((scrolled(page) - from_top).abs() < 2.0, "{} was {from_top}", scrolled(page));
        assert_position_stayed_here(page);
    });
}

/// List, head and count are of the stations where a phone can be charged.
#[track_caller]
fn check_filtered(page: &Page) {
    let all = nearest(SHENYANG, |station| station.has("charging"));
    let total = stations().iter().filter(|station| station.has("charging")).count();
    let open =
        stations().iter().filter(|station| station.has("charging") && station.is_open(&monday())).count();
    assert_eq!(counted(page), (total, open));
    let first_open = all.iter().find(|(station, _)| station.is_open(&monday())).unwrap();
    assert_eq!(hero(page), first_open.0.id);
    let shown = listed(page);
    assert!(shown.len() >= 20, "{} rows", shown.len());
    let far = |id: &str| {
        all.iter().find(|(known, _)| known.id == id).unwrap_or_else(|| panic!("{id} does not fit")).1
    };
    let distances: Vec<f64> = shown.iter().map(|id| far(id)).collect();
    for (index, distance) in distances.iter().enumerate() {
        // Stations that are shown as equally far may stand in another order: 100 m is the coarsest step up to 10 km.
        let step = if *distance < 10_000.0 { 100.0 } else { 1_000.0 };
        assert!((distance - all[index].1).abs() <= step, "row {index}: {distance} m, not {} m", all[index].1);
    }
}

/// The dialog's links lead to the station, each in its map app's own datum, to 1e-6 degrees.
#[track_caller]
fn check_navigation(page: &Page, id: &str) {
    page.click_text(".page .button.primary", "导航");
    page.wait_for("dialog[open]");
    let (lat, lng) = station(id).place.unwrap();
    let gcj = gcj02(lat, lng);
    let mut seen = Vec::new();
    for mode in ["骑行", "步行", "驾车"] {
        page.click_text("dialog .segment", mode);
        page.wait_for_text("dialog .segment[aria-pressed='true']", mode);
        for (app, host, expected) in [
            ("Amap", "https://uri.amap.com/", gcj),
            ("Tencent", "https://apis.map.qq.com/", gcj),
            ("Baidu", "https://api.map.baidu.com/", bd09(lat, lng)),
            ("Apple", "https://maps.apple.com/", gcj),
            // `geo:` is offered by Android's own browsers alone; crates/domain/tests/coords.rs has its address.
        ] {
            let href = page.attribute(&format!("dialog [data-app='{app}']"), "href").unwrap();
            assert!(href.starts_with(host), "{app}: {href}");
            let found = coordinates(app, &href);
            let off = (found.0 - expected.0).abs().max((found.1 - expected.1).abs());
            assert!(off <= 1e-6, "{app}: {found:?} is not {expected:?} in {href}");
            seen.push(href);
        }
    }
    seen.sort();
    seen.dedup();
    assert!(seen.len() > 5, "the means of travel changes links: {seen:#?}");
    page.click("dialog .dialog-head .round");
    page.wait_gone("dialog");
}

/// (latitude, longitude) in a map app's link.
fn coordinates(app: &str, href: &str) -> (f64, f64) {
    let plain = href
        .replace("%2C", ",")
        .replace("%2c", ",")
        .replace("%3A", ":")
        .replace("%3a", ":")
        .replace("%3B", ";");
    let keys: &[&str] = match app {
        "Amap" => &["to=", "position="],
        "Tencent" => &["tocoord=", "marker=coord:"],
        "Baidu" => &["location=", "latlng:"],
        "Apple" => &["daddr="],
        _ => &["geo:"],
    };
    let rest =
        keys.iter().find_map(|key| Some(plain.split_once(key)?.1)).unwrap_or_else(|| panic!("{app}: {href}"));
    let mut numbers = rest.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'));
    let (Some(first), Some(second)) = (numbers.next(), numbers.next()) else { panic!("{app}: {href}") };
    let (first, second) = (first.parse().unwrap(), second.parse().unwrap());
    if app == "Amap" { (second, first) } else { (first, second) }
}

/// Neither a request nor the address nor what is kept tells where the rider is.
#[track_caller]
fn assert_position_stayed_here(page: &Page) {
    let kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href + JSON.stringify(history.state)";
    let kept = page.eval(kept);
    let asked = page.server().asked();
    assert!(asked.len() > 5, "{asked:?}");
    for digits in ["41.80", "123.43", "4180570", "12343150"] {
        assert!(!asked.iter().any(|path| path.contains(digits)), "{digits} in {asked:?}");
    }
    assert!(!kept.as_str().unwrap().contains("41.8057"), "the position was kept");
}

#[test]
fn the_nearest_open_one_is_right_elsewhere_and_at_other_times() {
    let dalian = (38.9140, 121.6147);
    let zhongjie = station("sy-shenhe-zhongjie").place.unwrap();
    for (place, at, zone) in [
        (SHENYANG, Moment::november(22, 20, 0), "Asia/Shanghai"),
        (zhongjie, Moment::november(24, 1, 0), "Asia/Shanghai"),
        // A phone still set to another zone: the stations' clock counts.
        (zhongjie, Moment::november(24, 2, 0), "America/New_York"),
        (dalian, Moment::november(25, 12, 30), "Asia/Shanghai"),
    ] {
        visit(Scene::phone().at(&at.iso()).zone(zone), |page| {
            page.open_app("/");
            locate_at(page, place);
            assert_eq!(hero(page), nearest_open(place, &at).id, "at {place:?}, {at:?}");
        });
    }
}

#[test]
fn a_shared_link_opens_its_station_and_leads_to_the_list() {
    visit(Scene::phone(), |page| {
        // Chats append words of their own.
        page.open_app("/s/sy-shenhe-beizhan/?from=timeline&isappinstalled=0");
        assert_eq!(page.text("#page-title"), station("sy-shenhe-beizhan").name);
        assert!(page.eval("document.title").as_str().unwrap().contains(&station("sy-shenhe-beizhan").name));
        let calls = page.attributes(".page a[href^='tel:']", "href");
        assert!(!calls.is_empty());
        page.click(".page-bar .back");
        page.wait_for_address("/");
        page.wait_for(".hero.ask");
    });
}

#[test]
fn search_finds_by_name_district_and_host() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.type_into("#search", "铁西区 ");
        let expected = stations().iter().filter(|station| station.district == "铁西区").count();
        page.wait_until("fewer stations", "document.querySelectorAll('.row').length < 24");
        assert!(counted(page).0 >= expected, "{:?} of {expected}", counted(page));
        page.wait_until(
            "the search in the address",
            "new URLSearchParams(location.search).get('q') === '铁西区'",
        );
        page.type_into("#search", "樾檀山");
        page.wait_until("one station", "document.querySelectorAll('.row').length === 1");
        page.type_into("#search", "没有这样的地方");
        page.wait_for(".hero.nothing");
        page.click_text(".hero.nothing .button", "清除条件");
        page.wait_until("all stations", "document.querySelectorAll('.row').length >= 24");
        page.wait_for_address("/");
    });
}

#[test]
fn a_star_is_kept_and_comes_first() {
    visit(Scene::phone(), |page| {
        page.open_app("/s/dd-fengcheng-kuixing/");
        page.click(".star");
        page.wait_for(".star[aria-pressed='true']");
        page.open_app("/");
        assert_eq!(listed(page).first().map(String::as_str), Some("dd-fengcheng-kuixing"));
        assert!(page.count(".row .row-star") == 1);
    });
}

#[test]
fn filters_in_the_dialog_act_at_once() {
    visit(Scene::phone().at(&monday().iso()), |page| {
        page.open_app("/");
        raise_sheet(page);
        page.click_text(".finder .chip", "全部筛选");
        page.click_text("dialog .chip", "24小时");
        page.click_text("dialog .chip", "如厕");
        page.wait_for_address("/?open=always&has=toilet");
        page.click_text("dialog .dialog-foot .button", "好了");
        page.wait_gone("dialog");
        let shown = listed(page);
        assert!(!shown.is_empty());
        assert!(
            shown.iter().all(|id| station(id).has("toilet") && station(id).is_open(&monday())),
            "{shown:?}"
        );
        // A filtered list can be shared and survives a reload.
        page.reload();
        page.wait_for(".row");
        assert_eq!(listed(page), shown);
    });
}
