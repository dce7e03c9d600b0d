//! Builds that are killed, folders that are not ours, links that lead elsewhere.

use std::fs;
use std::thread;
use std::time::Duration;

use super::{Site, check_whole};
use crate::tool::{data, listing};

/// Whenever a build is killed, the site is whole, and the next build makes it what it would have been.
#[test]
fn a_killed_build_leaves_a_whole_site() {
    let site = Site::new();
    site.build();
    // Enough to do that some kills fall into the middle of it.
    site.change(|stations| {
        for number in 0..60 {
            let mut copy = stations[0].clone();
            copy["id"] = format!("copy-{number}").into();
            stations.push(copy);
        }
    });
    let mut killed = 0;
    for round in 0..24_u64 {
        site.change(|stations| stations[2]["hours"] = format!("08:{round:02}-17:00").into());
        let mut child = site
            .command("2026-10-20")
            .arg("--out")
            .arg(site.out())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(5 + round * 17));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        check_whole(&site.out());
        for name in ["index.html", "s/sy-nowhere/index.html", "list.html"] {
            assert!(site.text(name).trim_end().ends_with("</html>"), "{name} of round {round}");
        }
        check_packed(&site, "data/index.json");
        // What the page loads early is there, as is what the stations' pages do.
        for page in ["index.html", "s/sy-nowhere/index.html"] {
            for file in
                site.text(page).split("href=\"/data/").skip(1).filter_map(|rest| rest.split('"').next())
            {
                assert!(site.path("data").join(file).is_file(), "{page} of round {round} names {file}");
            }
        }
    }
    assert!(killed > 0, "no build was killed");
    site.build_on("2026-10-20", &["--prune"]);
    let fresh = Site::new();
    fs::copy(site.stations(), fresh.stations()).unwrap();
    fs::create_dir_all(fresh.path("data")).unwrap();
    fs::copy(site.path("data/index.json"), fresh.path("data/index.json")).unwrap();
    fresh.build();
    let (ours, theirs) = (listing(&site.out()), listing(&fresh.out()));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    assert!(ours == theirs, "the bytes differ");
}

/// A packed form, where there is one, is of the file beside it.
#[track_caller]
fn check_packed(site: &Site, path: &str) {
    if let Ok(packed) = fs::read(site.path(&format!("{path}.br"))) {
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, fs::read(site.path(path)).unwrap(), "{path}");
    }
}

/// Somebody's folder, given by mistake.
#[test]
fn a_folder_that_is_no_site_is_left_alone() {
    let site = Site::new();
    for page in [None, Some("<!doctype html><title>My page</title>")] {
        let _ = fs::remove_dir_all(site.out());
        fs::create_dir_all(site.path("data")).unwrap();
        fs::write(site.path("notes.txt"), "mine").unwrap();
        fs::write(site.path("notes.txt.gz"), "mine, too").unwrap();
        fs::write(site.path("data/stations-0123456789abcdef.bin"), "mine").unwrap();
        if let Some(page) = page {
            fs::write(site.path("index.html"), page).unwrap();
        }
        let before = listing(&site.out());
        assert_ne!(site.run("2026-10-20", &["--prune"]).status.code(), Some(0));
        assert_eq!(before, listing(&site.out()));
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_site_are_never_followed() {
    use std::os::unix::fs::symlink;

    for place in ["data", "data/photos", "data/open", "s", "list.html", "data/index.json", ".staff-new"] {
        let site = Site::new();
        let elsewhere = site.folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("mine.txt"), "mine").unwrap();
        fs::create_dir_all(site.path(place).parent().unwrap()).unwrap();
        symlink(&elsewhere, site.path(place)).unwrap();
        let output = site.run("2026-10-20", &[]);
        let told = site.told(&output);
        assert_eq!(output.status.code(), Some(1), "{place}: {told}");
        assert!(told.contains("符号链接") && told.contains(place), "{place}: {told}");
        assert_eq!(listing(&elsewhere).len(), 1, "{place}");
        assert!(!site.path("robots.txt").exists(), "{place}: something was written");
    }
    // Deeper down the build stops, or puts its file in the link's place.
    let site = Site::new();
    let secret = site.folder.path().join("secret.txt");
    fs::write(&secret, "mine").unwrap();
    fs::create_dir_all(site.path("s/dl-hengli")).unwrap();
    symlink(&secret, site.path("s/dl-hengli/index.html")).unwrap();
    symlink(&secret, site.path("robots.txt")).unwrap();
    site.build();
    assert_eq!(fs::read_to_string(&secret).unwrap(), "mine");
    assert!(site.path("robots.txt").symlink_metadata().unwrap().is_file());
    fs::remove_dir_all(site.path("s/dl-hengli")).unwrap();
    symlink(site.folder.path(), site.path("s/dl-hengli")).unwrap();
    assert_eq!(site.run("2026-10-20", &[]).status.code(), Some(3));
    assert!(!site.folder.path().join("index.html").exists());
}

/// The site's own folder may lie behind a link: whoever typed it knows.
#[cfg(unix)]
#[test]
fn the_same_bytes_wherever_it_lies() {
    let (one, two) = (Site::new(), Site::new());
    one.build();
    let link = two.folder.path().join("link");
    std::os::unix::fs::symlink(two.out(), &link).unwrap();
    assert!(two.command("2026-10-20").arg("--out").arg(&link).status().unwrap().success());
    assert!(listing(&one.out()) == listing(&two.out()));
    assert!(data("page.html").is_file());
}
