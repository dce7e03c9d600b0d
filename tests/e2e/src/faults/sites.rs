//! Three builds of the app and its data, the first as it was built, the others made from it.
//!
//! A build of the app takes minutes, so that the second and the third are copies whose files have other names and other
//! bytes, as a compiler would make them, with data of `staff build` that say something else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::place;

/// The builds, and which is which.
pub struct Sites {
    builds: Vec<PathBuf>,
    _folder: TempDir,
}

/// What the first station is called in the second and in the third build's data; in the first it has its own name.
pub const NAMES: [Option<&str>; 3] = [None, Some("乙版的驿站"), Some("丙版的驿站")];

impl Sites {
    /// Copies the built app and makes the other two; `plant` may change each.
    pub fn make(plant: impl Fn(&Path) -> Result<(), String>) -> Result<Self, String> {
        let dist = place::dist()?;
        let staff = place::staff();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut builds: Vec<PathBuf> = Vec::new();
        for (number, name) in NAMES.iter().enumerate() {
            let build = folder.path().join(number.to_string());
            let at = |error: io::Error| format!("build {number}: {error}");
            copy(&dist, &build).map_err(at)?;
            if let (Some(name), Some(previous)) = (name, builds.last()) {
                rename(&build, number).map_err(at)?;
                let source = folder.path().join(format!("source-{number}"));
                write_source(&source, name).map_err(at)?;
                publish(&staff, &source, &build, previous)?;
            }
            plant(&build)?;
            builds.push(build);
        }
        Ok(Self { builds, _folder: folder })
    }

    /// A build's folder.
    pub fn build(&self, number: usize) -> &Path {
        &self.builds[number]
    }

    /// The first build's folder.
    pub fn first(&self) -> &Path {
        self.build(0)
    }

    /// Bytes of a path of the first build; 0 where it has none.
    pub fn len(&self, path: &str) -> usize {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let found = fs::metadata(self.first().join(file.trim_start_matches('/')));
        found.map_or(0, |found| usize::try_from(found.len()).unwrap_or_default())
    }

    /// The number of a build's data.
    pub fn seq(&self, number: usize) -> Result<u64, String> {
        let index = self.index(number)?;
        let index: Value = serde_json::from_slice(&index).map_err(|error| error.to_string())?;
        index["seq"].as_u64().ok_or_else(|| format!("build {number} has no seq"))
    }

    /// The index of a build's data.
    pub fn index(&self, number: usize) -> Result<Vec<u8>, String> {
        let path = self.build(number).join("data/index.json");
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// Packed forms are left behind: the server of the tests sends the plain ones.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if path.extension().is_none_or(|extension| extension != "br" && extension != "gz") {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Gives the app's files other names, and its glue other bytes.
fn rename(build: &Path, number: usize) -> io::Result<()> {
    let (page, hosts) = (build.join("index.html"), build.join("edit.html"));
    let mut html = fs::read_to_string(&page)?;
    // The hosts' page shares some of the app's files; its own stay as they are.
    let mut edit = fs::read_to_string(&hosts).unwrap_or_default();
    let mut files = Vec::new();
    for entry in fs::read_dir(build)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(digits) = digits(name) else { continue };
        let glue = fs::read_to_string(&path).ok().filter(|_| is_glue(name));
        files.push((name.to_owned(), name.replace(&digits, &turned(&digits, number)), glue));
    }
    let (named, old): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, ..)| {
        // The glue names the WebAssembly as the page does.
        html.contains(name.as_str())
    });
    for (name, ..) in old.into_iter().filter(|(name, ..)| !edit.contains(name.as_str())) {
        // Of a build before this one.
        fs::remove_file(build.join(name))?;
    }
    for (name, other, _) in &named {
        fs::rename(build.join(name), build.join(other))?;
    }
    for (name, other, glue) in &named {
        if let Some(glue) = glue {
            let glue = named.iter().fold(glue.clone(), |glue, (name, other, _)| glue.replace(name, other));
            let glue = format!("{glue}\n/* build {number} */\n");
            fs::write(build.join(other), &glue)?;
            html = with_integrity(&html, name, &integrity(glue.as_bytes()));
        }
    }
    for (name, other, _) in &named {
        html = html.replace(name, other);
        edit = edit.replace(name, other);
    }
    if !edit.is_empty() {
        fs::write(hosts, edit)?;
    }
    fs::write(page, html.replacen("<html ", &format!("<html data-build=\"{number}\" "), 1))
}

/// Whether a file is the app's JavaScript.
fn is_glue(name: &str) -> bool {
    name.starts_with("love-stations-") && !name.contains("_bg.")
}

/// The page with another hash for one of its scripts.
fn with_integrity(html: &str, name: &str, hash: &str) -> String {
    let parts = html.split_once(&format!("src=\"/{name}\" integrity=\"")).and_then(|(before, rest)| {
        let (_, after) = rest.split_once('"')?;
        Some(format!("{before}src=\"/{name}\" integrity=\"{hash}\"{after}"))
    });
    parts.unwrap_or_else(|| html.to_owned())
}

/// `sha256-…`, as the `integrity` attribute names a content.
pub fn integrity(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = "sha256-".to_owned();
    for three in Sha256::digest(bytes).chunks(3) {
        let bits =
            three.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        text.extend((0..=three.len()).map(|at| char::from(DIGITS[bits >> (18 - 6 * at) & 63])));
    }
    // 32 bytes are ten threes and two.
    text + "="
}

/// The hexadecimal digits in a name that hold its content: 16, or fewer where the first would be zeros.
fn digits(name: &str) -> Option<String> {
    name.split(['-', '.', '_'])
        .find(|part| {
            (12..=16).contains(&part.len()) && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
        .map(str::to_owned)
}

/// Other digits, the same each time.
fn turned(digits: &str, by: usize) -> String {
    let by = u32::try_from(by).unwrap_or_default();
    digits.chars().filter_map(|c| char::from_digit((c.to_digit(16)? + by) % 16, 16)).collect()
}

/// The source of the data, with its first station renamed.
fn write_source(to: &Path, name: &str) -> io::Result<()> {
    copy(&place::workspace().join("public"), to)?;
    let path = to.join("data/stations.json");
    let mut json: Value = serde_json::from_slice(&fs::read(&path)?)?;
    let station = &mut json["stations"][0];
    let place = if station["name"].is_object() { &mut station["name"]["zh"] } else { &mut station["name"] };
    *place = json!(name);
    fs::write(path, json.to_string())
}

fn publish(staff: &Path, source: &Path, out: &Path, previous: &Path) -> Result<(), String> {
    let mut build = Command::new(staff);
    // Nothing of a build that may run around the tests.
    for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
        build.env_remove(name);
    }
    build.args(["build", "--no-pack", "--prune", "--source"]).arg(source);
    build.arg("--out").arg(out).arg("--previous").arg(previous);
    let done = build.output().map_err(|error| format!("{}: {error}", staff.display()))?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_builds_have_nothing_but_what_never_changes_in_common() {
        let sites = Sites::make(|_| Ok(())).unwrap();
        let named = |number| {
            let page = fs::read_to_string(sites.build(number).join("index.html")).unwrap();
            let urls = page.split(['"', '\'']).filter(|text| text.starts_with('/') && digits(text).is_some());
            let urls: Vec<String> = urls.map(str::to_owned).collect();
            assert!(urls.len() > 5, "{urls:?}");
            for url in &urls {
                assert!(sites.build(number).join(&url[1..]).is_file(), "build {number} has no {url}");
            }
            urls
        };
        let all = [0, 1, 2].map(named);
        let data = |urls: &[String]| urls.iter().filter(|url| !url.starts_with("/data/")).cloned().collect();
        let apps: [Vec<String>; 3] = [0, 1, 2].map(|number: usize| data(&all[number]));
        for number in [1, 2] {
            whole(sites.build(number));
            for url in
                apps.iter().enumerate().filter(|(other, _)| *other != number).flat_map(|(_, urls)| urls)
            {
                assert!(!sites.build(number).join(&url[1..]).exists(), "build {number} has {url} of another");
            }
        }
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            assert!(apps[one].iter().all(|url| !apps[other].contains(url)), "{one} and {other}");
            assert!(sites.seq(one).unwrap() < sites.seq(other).unwrap());
        }
    }

    /// What a build's worker lists is there as it says.
    fn whole(build: &Path) {
        let worker = fs::read_to_string(build.join("sw.js")).unwrap();
        let entries: Vec<Value> = worker
            .lines()
            .filter_map(|line| serde_json::from_str(line.trim().trim_end_matches(',')).ok())
            .filter(|entry: &Value| entry["url"].is_string())
            .collect();
        assert!(entries.len() > 10, "{entries:?}");
        for entry in entries {
            let bytes = fs::read(build.join(&entry["url"].as_str().unwrap()[1..])).unwrap();
            let digest = Sha256::digest(&bytes);
            let hex = digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            assert_eq!(entry["sha256"], hex.as_str(), "{entry}");
        }
    }
}
