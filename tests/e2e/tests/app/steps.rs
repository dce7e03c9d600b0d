//! Steps that many tests take.

use e2e::Page;

/// In the middle of Shenyang, (latitude, longitude) in WGS-84 degrees.
pub const SHENYANG: (f64, f64) = (41.8057, 123.4315);

/// The rider allows the position, in the middle of Shenyang, and taps for it.
#[track_caller]
pub fn locate(page: &Page) {
    locate_at(page, SHENYANG);
}

/// The rider stands here, allows the position and taps for it.
#[track_caller]
pub fn locate_at(page: &Page, place: (f64, f64)) {
    page.stand_at(place.0, place.1);
    page.click(".hero.ask .button.primary");
    page.wait_for(".hero.nearest");
    page.wait_for_stations();
}

/// Taps the sheet's handle until it is as high as it goes.
#[track_caller]
pub fn raise_sheet(page: &Page) {
    while page.count(".sheet.is-full") == 0 {
        let before = page.eval("document.querySelector('.sheet').style.getPropertyValue('--sheet-height')");
        page.click(".handle");
        let higher =
            format!("document.querySelector('.sheet').style.getPropertyValue('--sheet-height') !== {before}");
        page.wait_until("the sheet to get another height", &higher);
    }
    page.wait_for_rest();
}

/// Opens a path anew, even where only what stands behind `#` is another, and waits until something of it can be seen.
#[track_caller]
pub fn visit_page(page: &Page, path: &str, css: &str) {
    page.open("/list.html");
    page.open(path);
    page.wait_for(css);
}

/// The stations in the list, by id, as far as it is shown.
#[track_caller]
pub fn listed(page: &Page) -> Vec<String> {
    let rows = page.attributes(".list .row > a", "id");
    rows.iter().map(|id| id.trim_start_matches("row-").to_owned()).collect()
}

/// The station at the head of the sheet.
#[track_caller]
pub fn hero(page: &Page) -> String {
    page.attribute(".hero.nearest", "data-station").unwrap_or_default()
}

/// How far the list is scrolled, in CSS pixels.
#[track_caller]
pub fn scrolled(page: &Page) -> f64 {
    page.eval("document.querySelector('.layer.home').scrollTop").as_f64().unwrap_or_default()
}

/// What the list says of itself: how many, and how many of them open.
#[track_caller]
pub fn counted(page: &Page) -> (usize, usize) {
    let text = page.text(".home .count");
    let numbers: Vec<usize> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [all, open] => (all, open),
        _ => panic!("no two numbers in {text:?}"),
    }
}
