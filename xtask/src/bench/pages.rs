//! `cargo xtask bench pages`: the app in Chromium beside pages that other people would write, on a slow phone's terms.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::build;
use crate::step::Step;
use crate::tools::{self, Tools};
use crate::trouble::{Trouble, at};

/// What is measured against and with, in the versions that the figures in docs/performance.md are of. The last Lighthouse that
/// Node.js 20 runs.
const PEERS: [(&str, &str); 5] = [
    ("leaflet", "1.9.4"),
    ("leaflet.markercluster", "1.5.3"),
    ("lighthouse", "12.8.2"),
    ("maplibre-gl", "6.17.0"),
    ("puppeteer-core", "24.17.1"),
];
/// A city's list, and more than the country has.
const COUNTS: [&str; 2] = ["3000", "200000"];
/// Visits of each page, unless somebody says otherwise.
const RUNS: &str = "9";
/// The day that nothing in a sample is over on.
const TODAY: &str = "2026-11-20";

/// Builds the sites, and runs `benches/pages.mjs`, which writes its tables into `docs/performance.md` where all is measured.
pub(super) fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let (options, counts): (Vec<&str>, Vec<&str>) =
        words.iter().map(String::as_str).partition(|word| word.contains('='));
    let runs = options.iter().find_map(|option| option.strip_prefix("runs=")).unwrap_or(RUNS);
    let is_number = |word: &&&str| word.parse::<u32>().is_ok_and(|number| number > 0);
    if let Some(word) = counts.iter().chain([&runs]).find(|word| !is_number(word)) {
        return Err(Trouble::Usage(format!("{word} is no number; how many stations, and runs=9?")));
    }
    let is_whole = counts.is_empty() && options.is_empty();
    let counts = if counts.is_empty() { COUNTS.to_vec() } else { counts };
    let tools = Tools::for_testing(root)?;
    let chromium = tools.testing.as_ref().map(|testing| testing.chromium.to_string_lossy().into_owned());
    let chromium = chromium.ok_or_else(|| Trouble::Usage("Chromium was not asked for".into()))?;
    let peers = tools::npm_packages("bench-pages", &PEERS)?.to_string_lossy().into_owned();
    build::build(root, &tools)?;
    let folder = root.join("target/bench-pages");
    for count in &counts {
        site(root, &folder.join(count), count)?;
    }
    let folder = folder.to_string_lossy().into_owned();
    let document = if is_whole { "docs/performance.md" } else { "-" };
    let counts: Vec<String> = counts.into_iter().map(str::to_owned).collect();
    Step::new(root, "node", &["benches/pages.mjs", &chromium, &peers, &folder, document, runs])
        .args(&counts)
        .run("measure the pages (a quarter of an hour)")
}

/// Builds the app's site with so many stations into `folder`, unless what is there is of this app and tool; where it lies.
pub(crate) fn site(root: &Path, folder: &Path, count: &str) -> Result<PathBuf, Trouble> {
    let build = ["build", "--release", "--quiet", "--package", "staff"];
    Step::cargo(root, &build).run("build the staff tool (a few minutes the first time)")?;
    let staff = root.join("target/release/staff");
    let (dist, site) = (root.join("dist"), folder.join("site"));
    let mut made_of = Sha256::new();
    for file in [&staff, &dist.join("index.html"), &dist.join("sw.js")] {
        made_of.update(at(file, fs::read(file))?);
    }
    let (made_of, stamp) = (made_of.finalize().to_vec(), folder.join("made-of"));
    if fs::read(&stamp).is_ok_and(|before| before == made_of) {
        return Ok(site);
    }
    if folder.exists() {
        at(folder, fs::remove_dir_all(folder))?;
    }
    for new in ["public/data", "public/basemap"] {
        at(folder, fs::create_dir_all(folder.join(new)))?;
    }
    for file in ["data/holidays.json", "basemap/liaoning.bin"] {
        let from = root.join("public").join(file);
        at(&from, fs::copy(&from, folder.join("public").join(file)))?;
    }
    settings(&root.join("public/data/site.json"), &folder.join("public/data/site.json"))?;
    app(&dist, &site)?;
    let staff = staff.to_string_lossy().into_owned();
    let make = ["sample", "--count", count, "--seed", "1", "--out", "public/data/stations.json"];
    Step::new(folder, &staff, &make).run(&format!("make {count} stations"))?;
    Step::new(folder, &staff, &["build", "--out", "site", "--prune", "--today", TODAY])
        .without("TRUNK_")
        .run("build their site (some minutes)")?;
    at(&stamp, fs::write(&stamp, made_of))?;
    Ok(site)
}

/// The site's settings without its address: previews, which no visit loads, would take most of the time.
fn settings(from: &Path, to: &Path) -> Result<(), Trouble> {
    let text = at(from, fs::read_to_string(from))?;
    let mut settings: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Trouble::Failed(format!("{} ({error})", from.display())))?;
    settings["site_url"] = serde_json::Value::Null;
    at(to, fs::write(to, settings.to_string()))
}

/// The app as it was built, without the data and the pages that were made of them.
fn app(dist: &Path, to: &Path) -> Result<(), Trouble> {
    at(to, fs::create_dir_all(to))?;
    for entry in at(dist, fs::read_dir(dist))? {
        let entry = at(dist, entry)?;
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') || ["data", "s", "list"].iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            app(&path, &to.join(name))?;
        } else {
            at(&path, fs::copy(&path, to.join(name)))?;
        }
    }
    Ok(())
}
