//! The app's dealings with a real browser, piece by piece. The app as a whole is tested in `tests/e2e`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]
#![cfg(target_arch = "wasm32")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::text::Lang;
use love_stations::edge::dom::{El, el, replace, text};
use love_stations::edge::json::Json;
use love_stations::edge::map::{Covered, MapOptions, MapView, MapWords, RINGS};
use love_stations::edge::net::{FetchError, Freshness, fetch};
use love_stations::edge::{clock, page, script, storage, turns};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

fn place() -> Element {
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn shown(children: Vec<El>) -> String {
    let place = place();
    replace(&place, children);
    place.inner_html()
}

#[wasm_bindgen_test]
fn text_is_text_and_never_markup() {
    let hostile = "<img src=x onerror=\"alert(1)\">&amp;";
    let html = shown(vec![text("p", "note", hostile), el("a").attr("title", hostile).say(hostile)]);
    assert!(!html.contains("<img"), "{html}");
    assert!(html.contains("&lt;img"), "{html}");
}

#[wasm_bindgen_test]
fn content_is_replaced_and_keeps_the_focus_by_id() {
    let place = place();
    let build = |words: &str| vec![el("button").attr("id", "kept").say(words), el("p").say(words)];
    replace(&place, build("one"));
    page::focus("kept");
    replace(&place, build("two"));
    assert_eq!(place.text_content().unwrap(), "twotwo");
    assert_eq!(document().active_element().unwrap().id(), "kept");
    replace(&place, Vec::new());
    assert_eq!(place.child_element_count(), 0);
}

#[wasm_bindgen_test]
fn storage_keeps_and_forgets() {
    assert_eq!(storage::read("test.key"), None);
    storage::write("test.key", "驿站").unwrap();
    assert_eq!(storage::read("test.key").as_deref(), Some("驿站"));
    // More than any browser gives: refused, and what was there stays.
    assert!(storage::write("test.key", &"x".repeat(40_000_000)).is_err());
    assert_eq!(storage::read("test.key").as_deref(), Some("驿站"));
    storage::remove("test.key");
    assert_eq!(storage::read("test.key"), None);
}

#[wasm_bindgen_test]
fn json_is_read_with_care() {
    let json = Json::parse(r#"{"a":7,"b":"x","c":[1,2.5,-1,1e300,null],"d":null}"#).unwrap();
    assert_eq!(json.get("a").unwrap().whole(), Some(7));
    assert_eq!(json.get("b").unwrap().text().as_deref(), Some("x"));
    let numbers: Vec<_> = json.get("c").unwrap().entries().unwrap().iter().map(Json::whole).collect();
    assert_eq!(numbers, [Some(1), None, None, None, None]);
    assert!(json.get("missing").is_none());
    assert!(Json::parse("{").is_none());
}

#[wasm_bindgen_test]
async fn a_server_that_does_not_answer_is_an_error() {
    let gone = fetch("http://127.0.0.1:9/", Freshness::Kept, 2_000).await;
    assert!(matches!(gone, Err(FetchError::Unreachable | FetchError::TimedOut)), "{gone:?}");
    assert!(!script::load("http://127.0.0.1:9/leaflet.js", "").await);
}

#[wasm_bindgen_test]
fn without_leaflet_there_is_an_error_and_no_panic() {
    place().set_id("map-here");
    let words = MapWords {
        zoom_in: String::new(),
        zoom_out: String::new(),
        sketch: String::new(),
        rider: String::new(),
        rings: RINGS.map(|_| String::new()),
        badge: |_, _| String::new(),
        lang: Lang::Zh,
    };
    assert!(
        MapView::create(
            "map-here",
            MapOptions { covered: Covered::default(), reduced_motion: true, words },
            |_| {}
        )
        .is_err()
    );
}

#[wasm_bindgen_test]
fn the_shipped_map_reads_in_the_browser() {
    let map = Basemap::from_bytes(include_bytes!("../public/basemap/liaoning.bin")).unwrap();
    let district = map.district_at(Wgs84::new(41.72, 123.45).unwrap()).unwrap();
    assert_eq!(district.get(Lang::Zh), "浑南区");
}

/// Longer than a turn, in milliseconds.
const LONG_MS: f64 = 8.0;

fn wait_busily() {
    let end = clock::page_milliseconds() + LONG_MS;
    while clock::page_milliseconds() < end {}
}

async fn pause() {
    let mut later = |resolve: js_sys::Function, _| {
        web_sys::window().unwrap().set_timeout_with_callback(&resolve).unwrap();
    };
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::new(&mut later)).await.unwrap();
}

/// How many of the browser's tasks there were, as a message that is posted anew in each counts them.
fn count_tasks() -> Rc<Cell<u32>> {
    let counted = Rc::new(Cell::new(0));
    let channel = web_sys::MessageChannel::new().unwrap();
    let (count, again) = (Rc::clone(&counted), channel.port2());
    let hear = Closure::<dyn FnMut()>::new(move || {
        count.set(count.get() + 1);
        again.post_message(&JsValue::NULL).unwrap();
    });
    channel.port1().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    channel.port2().post_message(&JsValue::NULL).unwrap();
    counted
}

#[wasm_bindgen_test]
async fn long_pieces_of_work_are_done_in_order_and_not_in_one_task() {
    let tasks = count_tasks();
    let done = Rc::new(RefCell::new(Vec::new()));
    for number in 0..4 {
        let (tasks, done) = (Rc::clone(&tasks), Rc::clone(&done));
        turns::spawn(async move {
            done.borrow_mut().push((number, tasks.get()));
            wait_busily();
        });
    }
    while done.borrow().len() < 4 {
        pause().await;
    }
    let done = done.borrow();
    assert!(done.iter().map(|(number, _)| *number).eq(0..4), "{done:?}");
    assert!(done.windows(2).all(|two| two[0].1 < two[1].1), "{done:?}");
}

#[wasm_bindgen_test]
async fn what_comes_after_the_end_of_a_turn_is_done_in_the_next() {
    let tasks = count_tasks();
    let done = Rc::new(RefCell::new(Vec::new()));
    for ends in [false, true, false] {
        let (tasks, done) = (Rc::clone(&tasks), Rc::clone(&done));
        turns::spawn(async move {
            done.borrow_mut().push(tasks.get());
            if ends {
                turns::end();
            }
        });
    }
    while done.borrow().len() < 3 {
        pause().await;
    }
    let done = done.borrow();
    assert!(done[0] == done[1] && done[1] < done[2], "{done:?}");
}

#[wasm_bindgen_test]
async fn what_somebody_waits_for_is_done_at_once_and_otherwise_in_turns() {
    for hurries in [true, false] {
        let tasks = count_tasks();
        let done = Rc::new(RefCell::new(Vec::new()));
        turns::at_once_while(
            move || hurries,
            || {
                for _ in 0..3 {
                    let (tasks, done) = (Rc::clone(&tasks), Rc::clone(&done));
                    turns::spawn(async move {
                        done.borrow_mut().push(tasks.get());
                        wait_busily();
                    });
                }
            },
        );
        while done.borrow().len() < 3 {
            pause().await;
        }
        let done = done.borrow();
        let is_one_task = done.iter().all(|task| *task == done[0]);
        assert_eq!(is_one_task, hurries, "{done:?}");
    }
}
