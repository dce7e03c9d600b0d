//! `cargo xtask bench staff`: import, check and build of sample stations, beside a plain parse of the same file.

use std::fs;
use std::path::Path;

use domain::dto::StationsDto;
use serde_json::Value;

use super::measure::{Cost, measure};
use super::sheet;
use crate::step::Step;
use crate::trouble::{Trouble, at};

/// The word by which this program runs itself to parse a file and do nothing with it.
pub(super) const PARSE: &str = "parse";

/// How many stations: a city's fourteen neighbours together, and more than the country has.
const COUNTS: [u64; 2] = [5_000, 200_000];
/// Below this many stations everything is run three times, and the middle one counts.
const THRICE: u64 = 50_000;
/// A page with the places that `staff build` fills, instead of the app's own, which takes minutes to make.
pub(super) const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>x</title>\
    <meta name=\"description\" content=\"x\"><!--preload--></head><body><noscript>x</noscript><main><!--station-->\
    </main></body></html>\n";
/// The day that nothing in a sample is over on.
const TODAY: &str = "2026-11-20";

/// Runs everything for each number of stations and prints a table of each.
pub(super) fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let counts: Result<Vec<u64>, _> = words.iter().map(|word| word.parse()).collect();
    let mut counts = counts.map_err(|error| Trouble::Usage(format!("how many stations? {error}")))?;
    if counts.is_empty() {
        counts.extend(COUNTS);
    }
    // The parse beside it is this program's, and must be compiled as well as the tool.
    let build = ["build", "--release", "--quiet", "--package", "staff", "--package", "xtask"];
    Step::cargo(root, &build).run("build the staff tool (a few minutes the first time)")?;
    let folder = root.join("target/bench-staff");
    for count in counts {
        clear(&folder)?;
        let outcome = one(root, &folder, count);
        clear(&folder)?;
        outcome?;
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<(), Trouble> {
    if folder.exists() { at(folder, fs::remove_dir_all(folder)) } else { Ok(()) }
}

/// Everything for one number of stations. The folder has a source, a site and the sheets.
fn one(root: &Path, folder: &Path, count: u64) -> Result<(), Trouble> {
    for new in ["public/data", "public/basemap", "dist"] {
        at(folder, fs::create_dir_all(folder.join(new)))?;
    }
    for file in ["data/site.json", "data/holidays.json", "basemap/liaoning.bin"] {
        let from = root.join("public").join(file);
        at(&from, fs::copy(&from, folder.join("public").join(file)))?;
    }
    let staff = root.join("target/release/staff").display().to_string();
    let list = "public/data/stations.json";
    let number = count.to_string();
    let mut rows = Vec::new();
    let mut time = |name: &str, program: &str, args: &[&str], before: &dyn Fn() -> Result<(), Trouble>| {
        eprintln!("▶ {name}");
        let mut costs = Vec::new();
        for _ in 0..if count < THRICE { 3 } else { 1 } {
            before()?;
            costs.push(measure(folder, program, args, &[0])?);
        }
        costs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        rows.push((name.to_owned(), costs[costs.len() / 2]));
        Ok::<(), Trouble>(())
    };
    let nothing = || Ok(());
    let make = ["sample", "--count", &number, "--seed", "1", "--force", "--out", list];
    time("staff sample", &staff, &make, &nothing)?;
    let sheets = sheets(folder, list)?;
    let mut import = vec!["import", "--into", "imported.json", "--as-of", TODAY];
    import.extend(sheets.iter().map(String::as_str));
    time("staff import", &staff, &import, &|| forget(&folder.join("imported.json")))?;
    time("staff import, again", &staff, &import, &nothing)?;
    time("staff check", &staff, &["check", "--today", TODAY], &nothing)?;
    let site = folder.join("dist");
    let moved = std::cell::Cell::new(0);
    let fresh = || {
        // Not deleted: some disks are slow for seconds after many files went.
        if site.join("data").exists() {
            moved.set(moved.get() + 1);
            at(&site, fs::rename(&site, folder.join(format!("dist-{}", moved.get()))))?;
        }
        at(&site, fs::create_dir_all(&site))?;
        at(&site, fs::write(site.join("index.html"), PAGE))
    };
    time("staff build", &staff, &["build", "--today", TODAY], &fresh)?;
    time("staff build, again", &staff, &["build", "--today", TODAY], &nothing)?;
    let peer = root.join("target/release/xtask").display().to_string();
    time("serde_json, parse to a Value", &peer, &["bench", PARSE, list], &nothing)?;
    let python = ["-c", "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))", list];
    if Step::new(folder, "python3", &["--version"]).ask().is_some() {
        time("CPython, json.load", "python3", &python, &nothing)?;
    }
    let len = at(folder, fs::metadata(folder.join(list)))?.len();
    print(count, len, &rows);
    Ok(())
}

fn forget(path: &Path) -> Result<(), Trouble> {
    if path.exists() { at(path, fs::remove_file(path)) } else { Ok(()) }
}

fn sheets(folder: &Path, list: &str) -> Result<Vec<String>, Trouble> {
    let path = folder.join(list);
    let bytes = at(&path, fs::read(&path))?;
    let list: StationsDto = serde_json::from_slice(&bytes)
        .map_err(|error| Trouble::Failed(format!("{} ({error})", path.display())))?;
    sheet::write(folder, &list.stations.unwrap_or_default())
}

/// A table in Markdown. Ratios are to the plain parse of the same file in the same run.
fn print(count: u64, len: u64, rows: &[(String, Cost)]) {
    let peer = rows.iter().find(|(name, _)| name.starts_with("serde_json")).map(|(_, cost)| *cost);
    println!("\n{count} stations, stations.json of {} MB\n", len.div_ceil(1_000_000));
    println!(
        "| command | time | of all cores | peak memory | time, of a plain parse | memory, of a plain parse |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, cost) in rows {
        let time = peer.map(|peer| format!("{:.1}×", cost.work() / peer.work())).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "bytes of memory, for people to read")]
        let memory = peer.and_then(|peer| Some(cost.peak? as f64 / peer.peak? as f64));
        let memory = memory.map(|ratio| format!("{ratio:.2}×")).unwrap_or_default();
        println!("| {name} | {cost} | {time} | {memory} |");
    }
}

/// The peer: reads a file and parses it.
pub(super) fn parse(words: &[String]) -> Result<(), Trouble> {
    let path = Path::new(words.first().map_or("", String::as_str));
    let bytes = at(path, fs::read(path))?;
    let value: Value =
        serde_json::from_slice(&bytes).map_err(|error| Trouble::Failed(format!("the parse ({error})")))?;
    // Freeing a large value takes as long again; whoever uses it would not, either, at its end.
    std::mem::forget(value);
    Ok(())
}
