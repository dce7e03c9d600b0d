//! Pages by place and preview images: what stays, what goes, and what is not made again.

use std::fs;

use scraper::{Html, Selector};

use super::Site;
use super::tool::{listing, replace};

/// A chat asks for an image by its whole address, a search engine for a page.
#[test]
fn a_site_without_an_address_is_published_without_previews() {
    let site = Site::new();
    site.build();
    assert!(site.path("sitemap.xml").exists());
    replace(&site.folder.path().join("public/data/site.json"), "\"https://stations.example.org/\"", "null");
    insta::assert_snapshot!("no_address", site.told(&site.run("2026-10-20", &[])));
    let page = site.text("s/sy-yuetanshan/index.html");
    for gone in ["og:image", "og:url", "canonical", "\"url\"", "\"image\"", "\"photo\""] {
        assert!(!page.contains(gone), "{gone}");
    }
    assert!(page.contains("og:title") && page.contains("\"@type\":\"Place\""));
    assert!(!site.path("sitemap.xml").exists() && !site.path("sitemap.xml.br").exists());
    assert_eq!(site.text("robots.txt"), "User-agent: *\nAllow: /\n");
    // The images that old links name stay for their month.
    assert_eq!(site.names("data/previews").len(), 14);
    site.build_on("2026-11-21", &[]);
    assert_eq!(site.names("data/previews").len(), 0);
}

#[test]
fn an_image_is_drawn_once() {
    let site = Site::new();
    site.build();
    let names = site.names("data/previews");
    let path = |start: &str, end: &str| {
        let name = names.iter().find(|name| name.starts_with(start) && name.ends_with(end)).unwrap();
        site.path(&format!("data/previews/{name}"))
    };
    let (known, broken) = (path("s-sy-nowhere-", "_300.png"), path("s-dl-hengli-", "_1200.png"));
    // Another whole picture of that name: it would be drawn over if it were drawn.
    fs::copy(path("site-", "_300.png"), &known).unwrap();
    let (kept, whole) = (fs::read(&known).unwrap(), fs::read(&broken).unwrap());
    fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    site.build();
    assert_eq!(fs::read(&known).unwrap(), kept);
    assert_eq!(fs::read(&broken).unwrap(), whole, "half an image is drawn anew");
    // Also when the next build goes into another folder.
    let next = site.build_next();
    assert_eq!(listing(&next.join("data/previews")), listing(&site.path("data/previews")));
    // A changed station has another image, and the old one stays for a month.
    site.change(|stations| stations[1]["name"] = "新名字".into());
    site.build();
    assert_eq!(site.names("data/previews").len(), names.len() + 2);
}

#[test]
fn a_place_whose_stations_are_gone_says_so() {
    let site = Site::new();
    site.build();
    fs::create_dir_all(site.path("list/mine")).unwrap();
    fs::write(site.path("list/mine/index.html"), "<p>mine").unwrap();
    site.change(|stations| drop(stations.remove(1)));
    site.build();
    for path in ["list/dalian/index.html", "list/dalian/changxingdaojingji/index.html"] {
        let page = site.text(path);
        assert!(page.contains("noindex") && page.contains("href=\"/list/\""), "{page}");
    }
    insta::assert_snapshot!("gone_place", site.text("list/dalian/index.html"));
    assert!(!site.text("sitemap.xml").contains("dalian") && !site.text("list/index.html").contains("dalian"));
    assert_eq!(site.text("list/mine/index.html"), "<p>mine");
}

#[test]
fn a_long_district_has_several_pages_and_a_long_list_becomes_cities() {
    let site = Site::new();
    replace(&site.folder.path().join("public/data/site.json"), "\"https://stations.example.org/\"", "null");
    site.change(|stations| {
        for number in 0..2_000 {
            let mut station = stations[0].clone();
            station["id"] = format!("copy-{number}").into();
            stations.push(station);
        }
    });
    site.build_on("2026-10-20", &["--no-pack"]);
    let page = |path: &str| Html::parse_document(&site.text(path));
    let stations = Selector::parse("li h2 a[href^='/s/']").unwrap();
    let count = |path: &str| page(path).select(&stations).count();
    let first = "list/shenyang/hunnan/index.html";
    assert_eq!(count(first), 300);
    assert_eq!(count("list/shenyang/hunnan/7/index.html"), 2_001 - 6 * 300);
    assert!(!site.path("list/shenyang/hunnan/8").exists());
    assert!(site.text(first).contains("href=\"/list/shenyang/hunnan/2/\">下一页"));
    assert_eq!(count("list.html"), 0);
    assert!(site.text("list.html").contains("href=\"/list/shenyang/hunnan/\""));
    assert!(site.text("list.html").len() < 8 * 1024);
}
