//! When the data do not come, are damaged, empty, strange or old.

use std::fs;
use std::path::PathBuf;

use domain::dto::StationsDto;
use domain::published::StationsFile;
use domain::read::read_stations;
use domain::shards::{self, Made};
use domain::wire::encode;
use e2e::{Fault, Page, Scene, visit};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::steps::{listed, locate};

/// The published data's folder.
fn folder() -> PathBuf {
    let dist =
        std::env::var_os("LOVE_STATIONS_DIST").map_or_else(|| e2e::workspace().join("dist"), PathBuf::from);
    dist.join("data")
}

fn index() -> Value {
    serde_json::from_slice(&fs::read(folder().join("index.json")).unwrap()).unwrap()
}

/// Serves a list's tree, with an index of `seq` that is right about it; the shards changed on the way to the phone.
fn publish(page: &Page, seq: u64, list: &StationsFile, change: impl Fn(&mut Vec<u8>)) {
    let (mut root, files) = shards::publish(list);
    let hash = |bytes: &[u8]| {
        Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    };
    for Made { path, mut bytes } in files {
        let mut name = path.clone();
        if path.starts_with("tree/stations-") {
            change(&mut bytes);
            // Whole, whatever is in it.
            let digest = Sha256::digest(&bytes);
            let entry =
                root.entries.iter_mut().find(|entry| entry.blob.path(entry.below.kind()) == path).unwrap();
            entry.blob.hash.copy_from_slice(&digest[..16]);
            entry.blob.len = bytes.len() as u64;
            name = entry.blob.path(entry.below.kind());
        }
        page.server().fault(&format!("/data/{name}"), Fault::Body(bytes));
    }
    let root = encode(&root);
    let mut index = index();
    index["seq"] = json!(seq);
    for file in index["files"].as_array_mut().unwrap() {
        if file["kind"] == "root" {
            let digest = hash(&root);
            file["path"] = json!(format!("root-{}.bin", &digest[..16]));
            file["sha256"] = json!(digest);
            file["len"] = json!(root.len());
        }
    }
    page.server().fault("/data/root-*", Fault::Body(root));
    page.server().fault("/data/index.json", Fault::Body(index.to_string().into_bytes()));
}

/// The stations as they are written, as JSON.
fn written_stations() -> Value {
    let path = e2e::workspace().join("public/data/stations.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The list, changed.
pub fn stations_with(change: impl FnOnce(&mut Value)) -> StationsFile {
    let mut json = written_stations();
    for station in json["stations"].as_array_mut().unwrap() {
        // Published under names of their own, which `staff build` gives them.
        station["photos"] = json!([]);
    }
    change(&mut json);
    let reading = read_stations(serde_json::from_value::<StationsDto>(json).unwrap());
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// Serves shards that make no sense, whatever their hashes.
fn publish_senseless(page: &Page, seq: u64) {
    publish(page, seq, &stations_with(|_| {}), |bytes| bytes.truncate(bytes.len() / 2));
}

/// There is a panel that says what is wrong; once it is mended, its button brings the list.
#[track_caller]
fn check_refused_then_mended(page: &Page, words: &str) {
    page.open("/");
    page.wait_for(".panel.problem");
    assert!(page.text(".panel.problem").contains(words), "{}", page.text(".panel.problem"));
    assert_eq!(page.count(".row"), 0);
    assert_eq!(
        page.eval("Object.keys(localStorage).filter(k => k.startsWith('ls.data')).length"),
        0,
        "nothing bad is kept"
    );
    page.server().heal();
    page.click_text(".panel.problem .button", "再试一次");
    page.wait_for(".row");
    assert_eq!(page.count(".panel.problem"), 0);
    page.expect_complaint("404");
    page.expect_complaint("503");
    page.expect_complaint("net::");
}

#[test]
fn no_index() {
    for fault in [Fault::Status(404), Fault::Status(503)] {
        visit(Scene::phone(), |page| {
            page.server().fault("/data/index.json", fault.clone());
            check_refused_then_mended(page, "服务器没有给出数据");
        });
    }
}

#[test]
fn nobody_there() {
    visit(Scene::phone(), |page| {
        page.server().fault("/data/*", Fault::Refused);
        check_refused_then_mended(page, "连不上网络");
    });
}

#[test]
fn an_index_that_is_a_log_in_page() {
    visit(Scene::phone(), |page| {
        page.server().fault("/data/index.json", Fault::Body(b"<!doctype html><p>log in".to_vec()));
        check_refused_then_mended(page, "数据不完整");
    });
}

#[test]
fn stations_missing_or_damaged() {
    for (fault, words) in [
        (Fault::Status(404), "服务器没有给出数据"),
        (Fault::Truncated(5_000), "数据不完整"),
        (Fault::Flipped(2_000), "数据不完整"),
        (Fault::Body(b"{}".to_vec()), "数据不完整"),
        (Fault::Cut(5_000), "连不上网络"),
    ] {
        visit(Scene::phone(), |page| {
            page.server().fault("/data/tree/stations-*", fault.clone());
            check_refused_then_mended(page, words);
        });
    }
}

#[test]
fn whole_but_senseless_stations_are_refused() {
    visit(Scene::phone(), |page| {
        publish_senseless(page, 999_999);
        check_refused_then_mended(page, "数据不完整");
    });
}

#[test]
fn a_newer_shape_asks_for_an_update() {
    visit(Scene::phone(), |page| {
        let mut newer = index();
        newer["schema"] = json!(9_999);
        page.server().fault("/data/index.json", Fault::Body(newer.to_string().into_bytes()));
        page.open("/");
        page.wait_for(".panel.problem");
        assert!(page.text(".panel.problem").contains("刷新页面"));
        page.server().heal();
        page.click_text(".panel.problem .button", "刷新页面");
        page.wait_for(".row");
    });
}

#[test]
fn no_stations_at_all() {
    visit(Scene::phone(), |page| {
        publish(page, 999_999, &stations_with(|json| json["stations"] = json!([])), |_| {});
        page.open_app("/");
        page.wait_for(".hero.nothing");
        assert!(page.text(".hero.nothing").contains("还没有驿站"));
        assert_eq!(page.count(".row"), 0);
        page.open_app("/s/sy-shenhe-beizhan/");
        assert!(page.text("#page-title").contains("没有这个驿站"));
    });
}

#[test]
fn a_name_with_markup_is_only_text() {
    visit(Scene::phone(), |page| {
        let nasty = "<img src=x onerror=window.hurt=1><script>window.hurt=2</script>";
        let body = stations_with(|json| json["stations"][0]["name"] = json!(nasty));
        publish(page, 999_999, &body, |_| {});
        page.open_app("/");
        locate(page);
        page.type_into("#search", "onerror");
        page.wait_until("one station", "document.querySelectorAll('.row').length === 1");
        // Not innerText: a row below the fold is not rendered yet.
        assert!(page.eval("document.querySelector('.row').textContent").as_str().unwrap().contains(nasty));
        page.click(".row > a");
        page.wait_for(".page.station");
        assert_eq!(page.text("#page-title"), nasty);
        page.wait_for(".leaflet-container");
        page.wait_for_rest();
        assert!(page.eval("window.hurt === undefined") == true);
    });
}

#[test]
fn the_last_good_data_stay_when_the_network_goes() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.wait_for(".row");
        let rows = listed(page);
        for fault in [Fault::Refused, Fault::Status(500), Fault::Body(b"{\"seq\":".to_vec())] {
            page.server().heal();
            page.server().fault("/data/*", fault);
            page.reload();
            page.wait_for(".row");
            page.wait_for(".banner.stale");
            assert!(page.text(".banner.stale").contains("数据为"));
            assert_eq!(listed(page), rows);
        }
        page.server().heal();
        page.click_text(".banner.stale .link", "再试一次");
        page.wait_gone(".banner.stale");
        page.expect_complaint("net::");
        page.expect_complaint("500");
    });
}

#[test]
fn bad_new_data_do_not_replace_good_ones() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.wait_for(".row");
        let rows = listed(page);
        publish_senseless(page, 999_999);
        page.reload();
        page.wait_for(".banner.stale");
        assert_eq!(listed(page), rows);
        page.server().heal();
        page.reload();
        page.wait_for(".row");
        page.wait_gone(".banner.stale");
    });
}

#[test]
fn newer_data_replace_and_older_ones_do_not() {
    let named = |name: &'static str| stations_with(move |json| json["stations"][0]["name"] = json!(name));
    let first = written_stations();
    let id = first["stations"][0]["id"].as_str().unwrap().to_owned();
    visit(Scene::phone(), |page| {
        page.open_app(&format!("/s/{id}/"));
        publish(page, 999_999, &named("新名字的驿站"), |_| {});
        page.reload();
        page.wait_for_text("#page-title", "新名字的驿站");
        publish(page, 999_998, &named("更旧的名字"), |_| {});
        page.reload();
        page.wait_for_text("#page-title", "新名字的驿站");
        page.wait_until(
            "the index to be asked for again",
            "performance.getEntriesByName(location.origin + '/data/index.json').length === 1",
        );
        page.wait_for_rest();
        assert_eq!(page.text("#page-title"), "新名字的驿站");
        assert_eq!(page.count(".banner.stale"), 0);
    });
}

/// The list does without the land beneath its map, then and later, and a visit on which it comes has it.
#[test]
fn the_list_does_without_the_land() {
    visit(Scene::phone(), |page| {
        page.server().fault("/data/basemap-*", Fault::Status(404));
        page.open_app("/");
        page.wait_for(".row");
        let rows = listed(page);
        page.wait_for(".leaflet-container");
        page.wait_for_rest();
        assert_eq!(page.count(".map-name"), 0);
        assert_eq!(page.count(".banner.stale"), 0);
        page.server().fault("/data/*", Fault::Refused);
        page.reload();
        page.wait_for(".banner.stale");
        assert_eq!(listed(page), rows);
        page.server().heal();
        page.reload();
        page.wait_for(".map-name");
        assert_eq!(listed(page), rows);
        assert_eq!(page.count(".toast.is-shown"), 0, "these are no news");
        page.expect_complaint("net::");
        page.expect_complaint("404");
    });
}

#[test]
fn while_it_loads_the_page_says_so() {
    visit(Scene::phone(), |page| {
        page.server().fault("/data/index.json", Fault::Delay(std::time::Duration::from_millis(1_500)));
        page.open("/");
        page.wait_for("html[data-app='running'] .panel.loading");
        page.wait_for(".row");
        assert_eq!(page.count(".panel.loading"), 0);
    });
}

#[test]
fn unknown_station_and_unknown_page_lead_on() {
    for (path, title) in [("/s/no-such-station/", "没有这个驿站"), ("/x/y", "找不到这个页面")] {
        visit(Scene::phone(), |page| {
            page.open_app(path);
            page.wait_for("#page-title");
            assert_eq!(page.text("#page-title"), title, "{path}");
            page.click_text(".page .button", "返回列表");
            page.wait_for_address("/");
            page.wait_for(".hero.ask");
        });
    }
}

#[test]
fn an_open_dialog_stays_with_its_station_when_newer_data_come() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        locate(page);
        let nearest = crate::steps::hero(page);
        page.click("#hero-go");
        page.wait_for("dialog[open] .choices a");
        let before = page.attributes("dialog .choices a", "href");
        // Every other station gets another number.
        let list = stations_with(|json| {
            let stations = json["stations"].as_array_mut().unwrap();
            stations.retain(|station| station["id"].as_str() >= Some(nearest.as_str()));
        });
        publish(page, index()["seq"].as_u64().unwrap() + 1, &list, |_| {});
        page.eval("dispatchEvent(new Event('online'))");
        page.wait_for_text("#toast", "数据已更新");
        page.wait_for_rest();
        assert_eq!(page.attributes("dialog[open] .choices a", "href"), before);
    });
}

#[test]
fn what_has_not_changed_is_not_made_anew() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        locate(page);
        page.eval("document.querySelectorAll('.row, .hero').forEach(e => { e.mark = true })");
        page.eval("performance.clearResourceTimings(); dispatchEvent(new Event('online'))");
        page.wait_until(
            "the index to be asked for again",
            "performance.getEntriesByName(location.origin + '/data/index.json').length > 0",
        );
        page.wait_for_stations();
        page.wait_for_rest();
        assert_eq!(page.eval("[...document.querySelectorAll('.row, .hero')].every(e => e.mark)"), true);
    });
}
