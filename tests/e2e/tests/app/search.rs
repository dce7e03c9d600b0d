//! Searching: a town by pinyin, a nation of which a phone has a part, and without a network.

use domain::text::{Lang, Text};
use e2e::{Fault, Page, Scene, visit, visit_at};

use crate::nation::{DALIAN, Nation, shards};
use crate::steps::{listed, locate, locate_at, raise_sheet};
use crate::truth::stations;

/// Types, and waits until all that was wanted for it is there.
#[track_caller]
fn search(page: &Page, typed: &str) {
    page.type_into("#search", typed);
    // The address follows when typing rests; then the rest is asked for.
    page.wait_until(
        "the search in the address",
        &format!("new URLSearchParams(location.search).get('q') === {}", e2e::quoted(typed)),
    );
    page.wait_for_stations();
}

#[test]
fn a_town_is_searched_by_pinyin_and_initials() {
    let district = |id: &String| stations().into_iter().find(|station| station.id == *id).unwrap().district;
    visit(Scene::phone(), |page| {
        page.open_app("/");
        raise_sheet(page);
        for typed in ["hnq", "hunnan", "HunNanQu", "ｈｎｑ", "浑南"] {
            search(page, typed);
            page.wait_until("fewer stations", "document.querySelectorAll('.row').length < 24");
            let rows = listed(page);
            assert!(rows.iter().any(|id| district(id) == "浑南区"), "{typed}: {rows:?}");
        }
        assert_eq!(page.texts("#rows .districts .chip"), ["沈阳市浑南区"]);
        page.click("#rows .districts .chip");
        page.wait_for(".hero.nearest");
        assert_eq!(district(&listed(page)[0]), "浑南区");
    });
}

#[test]
fn a_far_station_of_a_nation_is_found_by_its_name() {
    let mut nation = Nation::new();
    let far = nation.nearest(DALIAN).swap_remove(0).0;
    let station = nation.list.stations.iter_mut().find(|station| station.id.as_str() == far).unwrap();
    station.name = Text::zh("独一处长南远驿站");
    nation.write(10);
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        raise_sheet(page);
        let before = shards(page, &nation);
        for typed in ["独一处长南", "changnanyuan", "cnyuan", "长南 独一"] {
            search(page, typed);
            if typed == "cnyuan" {
                // Neither whole syllables nor first letters.
                page.wait_until("nothing", "document.querySelectorAll('.row').length === 0");
                continue;
            }
            page.wait_for_text(&format!("#row-{far}"), "独一处长南远驿站");
            assert_eq!(listed(page), std::slice::from_ref(&far), "{typed}");
        }
        assert!(shards(page, &nation) <= before + 8, "{} after {before}", shards(page, &nation));
        page.click(&format!("#row-{far}"));
        page.wait_for_text("#page-title", "独一处长南远驿站");
        page.expect_complaint("preload");
    });
}

#[test]
fn a_far_district_is_found_by_its_initials() {
    let nation = Nation::new();
    let count = nation.list.stations.iter().filter(|station| station.location.district == "浑南区").count();
    assert!(count > 10, "{count}");
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate_at(page, DALIAN);
        raise_sheet(page);
        for typed in ["hnq", "hunnan", "浑南"] {
            search(page, typed);
            let rows = listed(page);
            assert!(rows.len() >= 10, "{typed}: {rows:?}");
            for id in &rows[..10] {
                let station = nation.list.stations.iter().find(|station| station.id.as_str() == id).unwrap();
                let named = format!("{}{}", station.name.get(Lang::Zh), station.location.district);
                assert!(named.contains("浑南"), "{typed}: {named}");
            }
        }
        page.expect_complaint("preload");
    });
}

#[test]
fn without_a_network_it_is_said_that_only_kept_stations_were_searched() {
    let nation = Nation::new();
    let near = nation.nearest(crate::steps::SHENYANG).swap_remove(0).0;
    let near = nation.list.stations.iter().find(|station| station.id.as_str() == near).unwrap();
    let name = near.name.get(Lang::Zh);
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        page.server().fault("/data/*", Fault::Refused);
        raise_sheet(page);
        page.type_into("#search", name);
        page.wait_for_text("#part-missing", "只找了这部手机里存着的驿站");
        assert!(listed(page).contains(&near.id.to_string()), "what is kept is found");
        page.server().heal();
        page.server().mix(&[("/data/", nation.folder()), ("/", &e2e::dist().unwrap())]);
        page.click_text("#part-missing .button", "再试一次");
        page.wait_gone("#part-missing");
        page.wait_for_stations();
        assert!(listed(page).contains(&near.id.to_string()));
        page.expect_complaint("preload");
        page.expect_complaint("net::");
    });
}
