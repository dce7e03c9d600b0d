//! The districts that a rider keeps on this phone.

use e2e::{Fault, Page, Scene, visit_at};

use crate::nation::{DALIAN, Nation};
use crate::steps::{SHENYANG, listed, locate, locate_at, raise_sheet};

/// Files of the tree that this phone keeps.
fn kept(page: &Page) -> Vec<String> {
    let text = page.eval("localStorage['ls.data.seen']");
    text.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn open_places(page: &Page) {
    page.click("#hero-change, #hero-place");
    page.wait_for("#dialog-live .saved li");
}

#[test]
fn a_district_is_kept_whatever_else_was_seen_since() {
    let nation = Nation::new();
    let all: Vec<String> = nation
        .list
        .stations
        .iter()
        .filter(|station| station.location.district == "沈河区")
        .map(|station| station.id.to_string())
        .collect();
    assert!(all.len() > 20, "{}", all.len());
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        open_places(page);
        assert_eq!(page.texts("#dialog-live .saved .chip"), ["沈阳市沈河区", "存到手机"]);
        page.click_text("#dialog-live .saved .chip", "存到手机");
        page.wait_for_text("#dialog-live .saved .hint", "已存好");
        page.screenshot("districts-kept");
        page.click("#dialog-close");
        let before = kept(page);
        // Room for some 100 stations is left, and Dalian takes it.
        page.eval("localStorage['ls.data.seen'] += 'tree/page-0.bin:1440000 '");
        page.open_app("/");
        locate_at(page, DALIAN);
        raise_sheet(page);
        page.wait_until(
            "something to go",
            &format!(
                "localStorage['ls.data.seen'].indexOf({}) < 0",
                e2e::quoted(before.iter().find(|file| file.contains("stations")).unwrap())
            ),
        );
        page.wait_for_stations();
        page.server().fault("/data/*", Fault::Refused);
        page.open_app("/");
        locate_at(page, SHENYANG);
        raise_sheet(page);
        page.type_into("#search", "沈河区");
        page.wait_for_text("#part-missing", "只找了这部手机里存着的驿站");
        while page.count("#rows > [data-do='more']") > 0 {
            page.click("#rows > [data-do='more']");
        }
        let rows = listed(page);
        let lost: Vec<&String> = all.iter().filter(|id| !rows.contains(id)).collect();
        assert!(lost.is_empty(), "{lost:?} of {}", all.len());
        page.click("#search-clear button");
        // No longer kept, it may go.
        open_places(page);
        page.click("#dialog-live .saved .round");
        page.wait_for_text("#dialog-live .saved .chip:last-child", "存到手机");
        assert_eq!(page.eval("localStorage['ls.districts']"), "");
        page.expect_complaint("preload");
        page.expect_complaint("net::");
    });
}
