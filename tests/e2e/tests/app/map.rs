//! The map beside the list.

use e2e::{Fault, Page, Scene, visit};

use crate::steps::{SHENYANG, listed, locate};
use crate::truth::{nearest, station};

/// Where the map looks, as its panes and markers stand: changes whenever it moves.
#[track_caller]
pub fn view(page: &Page) -> String {
    page.wait_for_rest();
    let script = "[...document.querySelectorAll('.leaflet-pane.leaflet-map-pane, .leaflet-marker-icon')]
        .map(e => e.style.transform).join(' ') + (document.querySelector('.leaflet-control-scale')?.innerText ?? '')";
    page.eval(script).as_str().unwrap_or_default().to_owned()
}

/// Markers that can be focused, by their names.
#[track_caller]
fn markers(page: &Page) -> Vec<String> {
    page.strings(
        "[...document.querySelectorAll('.leaflet-marker-pane [tabindex=\"0\"]')]
            .map(e => (e.getAttribute('aria-label') ?? e.getAttribute('alt') ?? e.title ?? e.innerText).trim())",
    )
}

#[test]
fn the_nearest_have_markers_with_names() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        locate(page);
        page.wait_until(
            "markers that can be focused",
            "document.querySelectorAll('.leaflet-marker-pane [tabindex=\"0\"]').length >= 5",
        );
        let names = markers(page);
        assert!(names.iter().all(|name| !name.is_empty()), "{names:?}");
        for (station, _) in nearest(SHENYANG, |_| true).iter().take(4) {
            assert!(names.iter().any(|name| name.contains(&station.name)), "{} in {names:?}", station.name);
        }
    });
}

#[test]
fn a_marker_opens_its_station() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        locate(page);
        page.wait_for(".leaflet-marker-pane [tabindex=\"0\"]");
        page.wait_for_rest();
        let nearest = nearest(SHENYANG, |_| true)[1].0.clone();
        page.eval(&format!(
            "[...document.querySelectorAll('.leaflet-marker-pane [tabindex=\"0\"]')]
                .find(e => (e.getAttribute('aria-label') ?? e.getAttribute('alt') ?? e.title).includes('{}')).id = 'the-marker'",
            nearest.name
        ));
        page.click("#the-marker");
        page.wait_for_address(&format!("/s/{}/", nearest.id));
        page.wait_for(".row.is-chosen, .page.station");
        assert_eq!(page.text("#page-title"), nearest.name);
    });
}

#[test]
fn choosing_in_the_list_moves_the_map() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        locate(page);
        page.wait_for(".leaflet-marker-pane [tabindex=\"0\"]");
        let before = view(page);
        let far = listed(page)[20].clone();
        page.click(&format!("#row-{far}"));
        page.wait_for(".page.station");
        page.wait_until(
            "the map to have moved",
            &format!(
                "([...document.querySelectorAll('.leaflet-pane.leaflet-map-pane, .leaflet-marker-icon')]
                    .map(e => e.style.transform).join(' ') + (document.querySelector('.leaflet-control-scale')?.innerText ?? '')) !== {}",
                serde_json::Value::from(before)
            ),
        );
        // The chosen one is on the map, and named.
        let name = station(&far).name;
        page.wait_until(
            "a marker of the chosen station in the map's free part",
            &format!(
                "[...document.querySelectorAll('.leaflet-marker-pane *')].some(e => {{
                    const b = e.getBoundingClientRect();
                    return [e.getAttribute('aria-label'), e.getAttribute('alt'), e.title].some(t => t?.includes('{name}'))
                        && b.left > 400 && b.right < innerWidth && b.top > 0 && b.bottom < innerHeight;
                }})"
            ),
        );
    });
}

#[test]
fn rings_a_sketch_mark_and_attribution() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.wait_for(".leaflet-control-attribution");
        assert!(page.text(".leaflet-control-attribution").contains("示意图"));
        let drawn = |page: &Page| {
            page.eval("document.querySelectorAll('.leaflet-container svg, .leaflet-container canvas').length")
        };
        assert!(drawn(page).as_u64().unwrap() > 0, "the embedded map is drawn");
        locate(page);
        page.wait_for_rest();
        page.wait_until(
            "distance rings",
            "/公里|米|km/.test(document.querySelector('.map').innerText) || document.querySelectorAll('.map .ring, .map path.ring').length > 0",
        );
    });
}

#[test]
fn without_leaflet_the_list_works() {
    for fault in [Fault::Status(404), Fault::Body(b"window.L = undefined".to_vec()), Fault::Truncated(30_000)]
    {
        visit(Scene::phone(), |page| {
            page.server().fault("/vendor/leaflet/leaflet.js", fault.clone());
            page.open_app("/");
            page.wait_for(".map-missing");
            locate(page);
            let first = listed(page)[0].clone();
            page.click(".handle");
            page.click(&format!("#row-{first}"));
            page.wait_for(".page.station");
            assert!(page.eval("document.documentElement.dataset.app") == "running");
            page.expect_complaint("leaflet.js");
            page.expect_complaint("SyntaxError");
        });
    }
}
