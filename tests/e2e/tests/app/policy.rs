//! The app under the strict policy of real servers: all of it works, and nothing tries what is forbidden.

use std::fs;

use e2e::{Fault, Page, Scene, Server, dist, target, visit_at};
use serde_json::{Value, json};

use crate::hosts::{Host, Kind, Tiles};
use crate::steps::{SHENYANG, locate, raise_sheet};
use crate::truth::{nearest, stations};

/// A picture of one pixel, as PNG.
const PIXEL: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\
    \x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x68\x00\x00\x00\
    \x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn on(host: &Host, scene: Scene, test: impl FnOnce(&Page)) {
    visit_at(scene, Server::elsewhere(host.address), |page| {
        page.watch_policy();
        test(page);
    });
}

fn both(change: impl Fn(&mut Value), test: impl Fn(&Host)) {
    for kind in [Kind::Nginx, Kind::Staff] {
        let host = Host::start(kind, &change);
        test(&host);
    }
}

/// The headers of a path's answer, by name.
fn headers(page: &Page, path: &str) -> Value {
    page.eval(&format!("fetch('{path}').then(answer => Object.fromEntries(answer.headers))"))
}

#[test]
fn a_journey_without_a_violation() {
    both(
        |_| (),
        |host| {
            on(host, Scene::phone(), journey);
            on(host, Scene::desktop(), |page| {
                page.open_app("/about");
                page.open_app("/");
                page.wait_for(".leaflet-container");
            });
        },
    );
}

#[track_caller]
fn journey(page: &Page) {
    page.open_app("/");
    page.wait_for(".leaflet-container");
    locate(page);
    raise_sheet(page);
    page.click_text(".finder .chip", "手机充电");
    page.wait_for_address("/?has=charging");
    page.click_text(".finder .chip", "全部筛选");
    page.click("dialog .dialog-head .round");
    page.wait_gone("dialog");
    page.click("[aria-label^='颜色']");
    let id = nearest(SHENYANG, |station| station.has("charging"))[0].0.id.clone();
    page.click(&format!("#row-{id}"));
    page.wait_for(".page.station");
    page.click_text(".page .button.primary", "导航");
    page.wait_for("dialog a.choice");
    page.click("dialog .dialog-head .round");
    page.wait_gone("dialog");
    page.assert_quiet();

    // Again from its own address, which is another page of the app.
    page.open_app(&format!("/s/{id}/"));
    page.wait_for(".page.station");
    // As a chat hands it on.
    page.open_app(&format!("/s/{id}%EF%BC%8C%E5%BF%AB%E6%9D%A5"));
    page.wait_for(".page.station");
    page.open_app("/about");
    page.open("/list.html");
    page.wait_for_text("#plain-list", &stations()[0].name);
    page.assert_quiet();

    page.open("/nowhere");
    page.wait_for("h1");
    assert_eq!(page.text("h1"), "找不到页面");
    page.expect_complaint("404");
}

/// Every server answers with the hosts' page, where the station has a copy of it and where it has none.
#[test]
fn the_hosts_page_is_served_under_the_policy() {
    both(
        |_| (),
        |host| {
            let id = &stations()[0].id;
            on(host, Scene::phone(), |page| {
                for path in [format!("/s/{id}/edit"), format!("/s/{id}/edit/")] {
                    page.open(&path);
                    page.wait_for("html[data-app='running'] #hours");
                }
                fs::remove_dir_all(host.dist.join(format!("s/{id}/edit"))).unwrap();
                page.open(&format!("/s/{id}/edit/#k=AAAAAAAAAAAAAAAAAAAAAA"));
                page.wait_for("html[data-app='running'] #hours");
                assert_eq!(page.eval("location.hash"), "");
            });
            // Of the server's own answer: who never opened the page gets none from the worker.
            on(host, Scene::phone(), |page| {
                page.open_app("/about");
                assert_eq!(headers(page, "/edit.html")["cache-control"], "no-cache");
            });
        },
    );
}

#[test]
fn tiles_come_from_where_staff_said_and_nothing_from_elsewhere() {
    let tiles = Tiles::start(PIXEL);
    let other = Server::start(&target()).unwrap();
    other.fault("/*", Fault::Body(PIXEL.to_vec()));
    let layer = json!({
        "name": {"zh": "示例底图"}, "url": format!("{}/{{z}}/{{x}}/{{y}}.png", tiles.origin),
        "datum": "wgs84", "attribution": "示例",
    });
    both(
        |site| site["tiles"] = json!([layer]),
        |host| {
            on(host, Scene::desktop(), |page| {
                page.open_app("/");
                page.wait_for("img.leaflet-tile-loaded");
                page.assert_quiet();

                // What got in could not call home: neither inline, nor from elsewhere, nor by a picture.
                let forbidden = format!(
                "(async () => {{
                    const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
                    add('script', {{ textContent: 'window.ran = true' }});
                    add('img', {{ src: '{0}/stolen.png' }});
                    document.body.setAttribute('style', 'opacity: 0.5');
                    await fetch('{0}/stolen').catch(() => 0);
                    return [window.ran === undefined, getComputedStyle(document.body).opacity === '1'];
                }})()",
                other.origin()
            );
                assert_eq!(page.eval(&forbidden), json!([true, true]));
                page.wait_for_rest();
                let complaints = page.complaints();
                for directive in ["script-src-elem", "img-src", "style-src-attr", "connect-src"] {
                    let said = format!("policy: {directive} forbids ");
                    assert!(complaints.iter().any(|it| it.contains(&said)), "{directive} in {complaints:#?}");
                }
                assert_eq!(other.asked(), Vec::<String>::new());
                page.expect_complaint("");
            });
        },
    );
}

#[test]
fn without_the_app_the_stations_show_under_the_policy() {
    both(
        |_| (),
        |host| {
            let wasm = |name: &str| name.ends_with("_bg.wasm") || name.contains("_bg.wasm.");
            for entry in fs::read_dir(&host.dist).unwrap() {
                let path = entry.unwrap().path();
                if wasm(&path.file_name().unwrap().to_string_lossy()) {
                    fs::remove_file(path).unwrap();
                }
            }
            on(host, Scene::phone(), |page| {
                page.open("/");
                page.wait_for("html[data-app='failed'] #boot-failed");
                page.wait_for_text("#plain", &stations()[0].name);
                let complaints = page.complaints();
                assert!(complaints.iter().any(|it| it.contains("404")), "{complaints:#?}");
                assert!(!complaints.iter().any(|it| it.contains("policy")), "{complaints:#?}");
                page.expect_complaint("");
            });
        },
    );
}

#[test]
fn a_policy_that_was_not_told_of_a_new_version_lets_it_run() {
    // As of a server that was not reloaded: the one script within the page is early.js, and boot.js does its part.
    let old = Server::start(&dist().unwrap()).unwrap();
    old.policy("script-src 'self' 'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    visit_at(Scene::phone(), old, |page| {
        page.open_app("/");
        page.wait_for(".row");
        page.expect_complaint("Executing inline script");
    });
}

#[test]
fn a_policy_that_forbids_the_app_leads_to_the_stations_as_text() {
    let strict = Server::start(&dist().unwrap()).unwrap();
    strict.policy("script-src 'self'");
    visit_at(Scene::phone(), strict, |page| {
        page.open("/");
        page.wait_for("html[data-app='failed'] #boot-failed");
        page.wait_for_text("#plain", &stations()[0].name);
        page.expect_complaint("");
    });
}

#[test]
fn each_path_has_its_headers() {
    both(
        |_| (),
        |host| {
            let names = fs::read_dir(&host.dist).unwrap().map(|entry| entry.unwrap().file_name());
            let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
            let wasm =
                names.iter().find(|name| name.starts_with("love-stations-") && name.ends_with("_bg.wasm"));
            let (forever, short, ask) =
                ("public, max-age=31536000, immutable", "public, max-age=600", "no-cache");
            let cases = [
                (format!("/{}", wasm.unwrap()), "application/wasm", forever),
                ("/".to_owned(), "text/html; charset=utf-8", ask),
                ("/about".to_owned(), "text/html; charset=utf-8", ask),
                ("/s/sy-shenhe-beizhan/".to_owned(), "text/html; charset=utf-8", ask),
                ("/list.html".to_owned(), "text/html; charset=utf-8", ask),
                ("/data/index.json".to_owned(), "application/json; charset=utf-8", ask),
                ("/sw.js".to_owned(), "text/javascript; charset=utf-8", ask),
                ("/manifest.webmanifest".to_owned(), "application/manifest+json; charset=utf-8", ask),
                ("/icons/sprite.svg".to_owned(), "image/svg+xml; charset=utf-8", short),
                ("/vendor/leaflet/leaflet.js".to_owned(), "text/javascript; charset=utf-8", short),
            ];
            on(host, Scene::phone(), |page| {
                page.open_app("/");
                let policy = headers(page, "/")["content-security-policy"].clone();
                for (path, kind, cache) in cases {
                    let found = headers(page, &path);
                    assert_eq!(
                        (&found["content-type"], &found["cache-control"]),
                        (&json!(kind), &json!(cache)),
                        "{path}"
                    );
                    assert_eq!(found["content-security-policy"], policy, "{path}");
                    assert_eq!(found["x-content-type-options"], "nosniff", "{path}");
                    assert!(found["content-encoding"].is_string(), "{path} came packed");
                }
                for path in [
                    "/app-0123456789abcdef.js",
                    "/data/none.json",
                    "/_headers",
                    "/.deploy/nginx.conf",
                    "/s/A/",
                ] {
                    assert_eq!(
                        page.eval(&format!("fetch('{path}').then(answer => answer.status)")),
                        404,
                        "{path}"
                    );
                    let found = headers(page, path);
                    assert_eq!(
                        (&found["cache-control"], &found["content-security-policy"]),
                        (&json!(ask), &policy)
                    );
                }
                page.expect_complaint("404");
            });
        },
    );
}
