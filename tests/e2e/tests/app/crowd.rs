//! The crowd on the map: badges that count the whole nation, what they follow, and what is left as it is.

use std::fs;
use std::path::Path;

use domain::holidays::Holidays;
use domain::published::{FileKind, Index};
use domain::station::{Station, WrittenHours};
use domain::status::status;
use domain::time::LocalDateTime;
use domain::wire::decode;
use e2e::{Fault, Key, Page, Scene, dist, visit_at};

use crate::map::view;
use crate::nation::{Nation, shards};
use crate::steps::{locate, raise_sheet};

/// How many stations the badges in the map's free part stand for, how many badges there are, and how many say what is open.
fn badges(page: &Page) -> (u64, u64, u64) {
    let told = page.eval(
        "(() => {
            const all = [...document.querySelectorAll('.map-crowd')].filter(e => {
                const b = e.getBoundingClientRect();
                return b.x > 416 - 24 && b.y > -24 && b.x < innerWidth - 24 && b.y < innerHeight - 24;
            });
            return [all.reduce((sum, e) => sum + Number(e.innerText.match(/^\\d+/)), 0), all.length,
                all.filter(e => e.dataset.open).length];
        })()",
    );
    let number = |at: usize| told[at].as_u64().unwrap();
    (number(0), number(1), number(2))
}

/// Names the badge that is nearest to the middle of the map's free part, of those that fit.
fn name_badge(page: &Page, fits: &str) -> bool {
    let script = format!(
        "(() => {{
            document.querySelector('#the-badge')?.removeAttribute('id');
            const far = e => {{
                const b = e.getBoundingClientRect();
                return Math.hypot(b.x + 24 - (innerWidth + 416) / 2, b.y + 24 - innerHeight / 2);
            }};
            const seen = e => {{
                const b = e.getBoundingClientRect();
                return b.left > 440 && b.right < innerWidth - 90 && b.top > 20 && b.bottom < innerHeight - 60;
            }};
            const all = [...document.querySelectorAll('.map-crowd{fits}')].filter(seen).sort((a, b) => far(a) - far(b));
            if (all[0]) all[0].id = 'the-badge';
            return !!all[0];
        }})()"
    );
    page.eval(&script) == true
}

#[test]
fn the_map_counts_the_whole_nation_and_loads_what_is_looked_at() {
    let nation = Nation::new();
    let placed =
        nation.list.stations.iter().filter(|station| station.location.position.is_some()).count() as u64;
    visit_at(Scene::desktop(), nation.server(), |page| {
        // What is loaded, and not what is counted.
        page.server().fault("/data/census-*", Fault::Status(404));
        page.open_app("/");
        page.wait_for(".map-crowd.is-unseen");
        page.wait_for_stations();
        page.wait_for_rest();
        let (stations, many, _) = badges(page);
        // The others are dots, or beyond the edge.
        assert!(stations <= placed && stations * 10 >= placed * 9, "{stations} of {placed}");
        assert!(many > 5, "{many}");
        page.screenshot("nation-badges");
        let before = shards(page, &nation);
        // Closer and closer where nothing is loaded yet.
        let mut touches = 0;
        while name_badge(page, ".is-unseen") {
            touches += 1;
            assert!(touches < 12);
            if touches == 1 {
                page.eval("document.querySelector('#the-badge').focus()");
                page.press(Key::Enter);
            } else {
                page.click("#the-badge");
            }
            page.wait_gone("#the-badge");
            page.wait_for_stations();
            page.wait_for_rest();
        }
        page.screenshot("nation-closer");
        assert!(shards(page, &nation) > before, "{before}");
        let (_, many, known) = badges(page);
        assert_eq!(many, known, "what is in sight is known");
        page.expect_complaint("preload");
        page.expect_complaint("404");
    });
}

/// The stations that are somewhere, and of these the ones that are open where tests stand in time.
fn placed_and_open(nation: &Nation) -> [u64; 2] {
    let data = Path::new(&dist().unwrap()).join("data");
    let index: Index = serde_json::from_slice(&fs::read(data.join("index.json")).unwrap()).unwrap();
    let file = index.file(FileKind::Holidays).unwrap();
    let holidays: Holidays = decode(&fs::read(data.join(&file.path)).unwrap()).unwrap();
    let now = LocalDateTime::parse("2026-11-23T10:30").unwrap();
    let placed: Vec<&Station> =
        nation.list.stations.iter().filter(|station| station.location.position.is_some()).collect();
    let is_open = |station: &&&Station| status(station, now, &holidays).is_open() == Some(true);
    [placed.len(), placed.iter().filter(is_open).count()].map(|count| count as u64)
}

#[test]
fn badges_say_how_many_are_open_where_nothing_is_loaded() {
    let nation = Nation::new();
    let [placed, open] = placed_and_open(&nation);
    visit_at(Scene::desktop(), nation.server(), |page| {
        let counts = |page: &Page| {
            page.server().asked().iter().filter(|path| path.starts_with("/data/census-")).count()
        };
        let sum = |page: &Page, of: &str| {
            let script =
                format!("[...document.querySelectorAll('.map-crowd')].reduce((sum, e) => sum + {of}, 0)");
            page.eval(&script).as_u64().unwrap()
        };
        let all = r"Number(e.innerText.match(/^\d+/))";
        page.open_app("/");
        page.wait_for(".map-crowd.is-unseen");
        page.wait_for_stations();
        page.wait_for_rest();
        assert_eq!(counts(page), 0, "nobody has moved the map");
        let before = shards(page, &nation);
        page.drag((900.0, 400.0), (860.0, 400.0));
        page.wait_gone(".map-crowd.is-unseen");
        page.wait_for_rest();
        page.screenshot("nation-open");
        assert_eq!((counts(page), shards(page, &nation)), (1, before));
        // The others are dots.
        let (stations, said) = (sum(page, all), sum(page, "Number(e.dataset.open)"));
        assert!(stations <= placed && stations * 10 >= placed * 9, "{stations} of {placed}");
        assert!(said <= open && open <= said + placed - stations, "{said} of {open}");
        // Who asks for what is open now sees that many and no more.
        page.click("[id='chip-open-now']");
        page.wait_for("[id='chip-open-now'][aria-pressed='true']");
        page.wait_for_stations();
        page.wait_for_rest();
        let (stations, said) = (sum(page, all), sum(page, "Number(e.dataset.open)"));
        assert_eq!(stations, said);
        assert!(stations <= open && stations * 10 >= open * 9, "{stations} of {open}");
        // What is not counted is not said.
        page.click_text(".finder .chip", "手机充电");
        page.wait_for(".map-crowd.is-unseen");
        page.wait_for_rest();
        page.expect_complaint("preload");
    });
}

/// Of a list with pages: closer and closer what is not loaded is counted, and the numbers that were there go no more.
#[test]
fn counts_stay_when_the_map_comes_closer_and_when_a_new_edition_comes() {
    let mut nation = Nation::of(9_000);
    visit_at(Scene::desktop(), nation.server(), |page| {
        let asked =
            |page: &Page, of: &str| page.server().asked().iter().filter(|path| path.starts_with(of)).count();
        page.open_app("/");
        page.wait_for(".map-crowd.is-unseen");
        page.drag((900.0, 400.0), (860.0, 400.0));
        page.wait_gone(".map-crowd.is-unseen");
        page.wait_for_rest();
        for _ in 0..3 {
            assert!(name_badge(page, ""));
            let before = view(page);
            page.click("#the-badge");
            page.wait_for_stations();
            assert_ne!(view(page), before);
            page.wait_gone(".map-crowd.is-unseen");
        }
        assert!(
            asked(page, "/data/tree/page-") > 0 && asked(page, "/data/tree/census-") > 0,
            "of pages, too"
        );
        page.screenshot("nation-pages");
        let station = nation.list.stations.last_mut().unwrap();
        station.hours = Some(WrittenHours::new("03:00-03:10"));
        nation.write(10);
        page.eval(
            "window.wereUnseen = 0; new MutationObserver(() => {
                window.wereUnseen += document.querySelectorAll('.map-crowd.is-unseen').length;
            }).observe(document.querySelector('.leaflet-marker-pane'), {childList: true})",
        );
        let roots = asked(page, "/data/root-");
        page.eval("window.dispatchEvent(new Event('online'))");
        page.wait_for_text("#toast", "更新");
        page.wait_for_stations();
        page.wait_for_rest();
        assert!(asked(page, "/data/root-") > roots);
        assert_eq!(page.eval("window.wereUnseen"), 0);
        page.expect_complaint("preload");
    });
}

#[test]
fn without_the_counts_the_map_says_how_many_there_are() {
    let nation = Nation::new();
    visit_at(Scene::desktop(), nation.server(), |page| {
        page.server().fault("/data/census-*", Fault::Status(404));
        page.open_app("/");
        page.wait_for(".map-crowd.is-unseen");
        page.drag((900.0, 400.0), (860.0, 400.0));
        page.wait_for_stations();
        page.wait_for_rest();
        assert!(page.is_visible(".map-crowd.is-unseen"));
        assert!(!page.is_visible("#part-missing"), "nothing that somebody waits for is missing");
        // Once they come, also where it was looked before.
        page.server().heal();
        page.server().mix(&[("/data/", nation.folder()), ("/", Path::new(&dist().unwrap()))]);
        page.drag((860.0, 400.0), (900.0, 400.0));
        page.wait_gone(".map-crowd.is-unseen");
        page.expect_complaint("preload");
        page.expect_complaint("404");
    });
}

/// Does `act` on a phone whose map shows the badges around its rider, of which it is known how many are open.
fn among_badges(act: impl FnOnce(&Page)) {
    let nation = Nation::new();
    visit_at(Scene::phone(), nation.server(), |page| {
        page.open_app("/");
        locate(page);
        page.wait_for(".map-crowd[data-open]:not([data-open=''])");
        page.wait_for_stations();
        page.wait_for_rest();
        act(page);
        page.expect_complaint("preload");
    });
}

#[test]
fn badges_follow_the_language_the_filter_and_the_colours() {
    among_badges(|page| {
        let names =
            |page: &Page| page.strings("[...document.querySelectorAll('.map-crowd')].map(e => e.ariaLabel)");
        let before = names(page);
        assert!(before.iter().any(|name| name.contains("个营业中")), "{before:?}");
        page.click("#bar-lang");
        page.wait_for_rest();
        let english = names(page);
        assert!(english.len() > 3, "{english:?}");
        assert!(english.iter().all(|name| name.contains("station")), "{english:?}");
        // A dot has no element: its canvas is asked.
        let ink = "(() => {
            const canvas = document.querySelector('.leaflet-overlay-pane canvas');
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let at = 0; at < data.length; at += 4) {
                if (data[at + 3] === 255) seen.add(data.slice(at, at + 3).join());
            }
            return [...seen].sort().join(' ');
        })()";
        let light = page.eval(ink);
        page.click("#bar-theme");
        page.wait_for_rest();
        assert_ne!(page.eval(ink), light);
        let count = |page: &Page| {
            let numbers = page.strings("[...document.querySelectorAll('.map-crowd')].map(e => e.innerText)");
            numbers.iter().filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok()).sum::<u64>()
        };
        let all = count(page);
        raise_sheet(page);
        page.click("[id='chip-open-now']");
        page.wait_for("[id='chip-open-now'][aria-pressed='true']");
        page.wait_for_stations();
        page.wait_for_rest();
        assert!(count(page) < all, "{} of {all}", count(page));
    });
}

#[test]
fn what_stays_in_sight_is_not_drawn_anew() {
    among_badges(|page| {
        page.eval(
            "(() => {
                document.querySelectorAll('.map-crowd').forEach(e => e.wasThere = true);
                window.strokes = 0;
                const stroke = CanvasRenderingContext2D.prototype.stroke;
                CanvasRenderingContext2D.prototype.stroke = function (...args) {
                    window.strokes += 1;
                    return stroke.apply(this, args);
                };
            })()",
        );
        let there = "[...document.querySelectorAll('.map-crowd')].filter(e => e.wasThere).length";
        let before = page.eval(there).as_u64().unwrap();
        assert!(before > 3, "{before}");
        let moved = view(page);
        page.drag((180.0, 150.0), (205.0, 150.0));
        page.wait_for_stations();
        page.wait_for_rest();
        assert_ne!(view(page), moved);
        let kept = page.eval(there).as_u64().unwrap();
        assert!(kept * 10 >= before * 8, "{kept} of {before}");
        // The land is on its canvas, some way beyond the edges.
        let sketch = "document.querySelector('.leaflet-sketch-pane canvas').style.transform";
        let stood = page.eval(sketch);
        page.drag((180.0, 150.0), (200.0, 150.0));
        page.wait_for_rest();
        assert_eq!(page.eval(sketch), stood, "a little is not far");
        let strokes = page.eval("window.strokes").as_u64().unwrap();
        page.drag((40.0, 150.0), (320.0, 150.0));
        page.wait_for_rest();
        assert_ne!(page.eval(sketch), stood, "beyond its edge is nothing");
        assert!(page.eval("window.strokes").as_u64().unwrap() > strokes);
    });
}
