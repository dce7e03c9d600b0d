//! Names that hold their content, and the files under such names that nothing names any more.
//!
//! A phone that loaded the page or the index a moment ago asks for the files these named. So an old file stays for
//! [`STAY`] days after the build that stopped naming it, also where a build goes into a new folder: from the site
//! published before it is taken along. When each stopped being named stands in [`RECORD`], hidden beside the site.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use domain::time::Date;

use super::TREE;
use super::packed::{self, SUFFIXES};
use super::previews;
use super::publish::{self, File};
use super::write::{DiskError, at, is_plain_file, make_folders, put, remove};
use crate::picture;

/// When old files stopped being named, by path.
const RECORD: &str = ".staff-old.json";
/// How many days an old file stays at least.
const STAY: i32 = 30;
/// The folders whose files may be old, and whether the folders in them are meant, too. In the first lies the app.
const FOLDERS: [(&str, bool); 5] =
    [("", false), ("data", false), (TREE, false), ("data/photos", true), (previews::FOLDER, false)];

/// Whether a file's content is in its name: `-`, 16 hexadecimal digits, and `.` or `_`, as both Trunk and
/// `staff build` write it. Trunk leaves zeros at the beginning out, so that one name in 16 is shorter.
pub(super) fn holds_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.match_indices('-').any(|(at, _)| {
        let rest = &name.as_bytes()[at + 1..];
        let digits = rest.iter().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
        (12..=16).contains(&digits) && matches!(rest.get(digits), Some(b'.' | b'_'))
    })
}

/// The files that nothing names, and since when.
pub(super) struct Old(BTreeMap<String, Date>);

impl Old {
    /// What is old in `out` and in `previous` when `named` are the files of the new edition. `page` is the app's page:
    /// what it names is not old.
    pub(super) fn find(
        out: &Path,
        previous: &Path,
        named: &BTreeSet<String>,
        page: &str,
        today: Date,
    ) -> Result<Self, DiskError> {
        let mut records = read_record(out);
        for (path, since) in read_record(previous) {
            let known = records.entry(path).or_insert(since);
            *known = since.min(*known);
        }
        let app_moved = out != previous;
        let mut old = BTreeMap::new();
        for site in [out, previous] {
            for path in content_named(site)? {
                let is_apps = !path.contains('/');
                // In the folder itself the app's files are what Trunk put there, unless they were old already.
                let is_old = if is_apps {
                    !page.contains(&path)
                        && (records.contains_key(&path) || (app_moved && !is_plain_file(&out.join(&path))))
                } else {
                    !named.contains(&path)
                };
                if is_old {
                    let since = records.get(&path).copied().unwrap_or(today);
                    old.insert(path, since);
                }
            }
        }
        Ok(Self(old))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Splits off the files that have stayed long enough; all of them where `prune`.
    pub(super) fn expire(&mut self, today: Date, prune: bool) -> Vec<String> {
        let over = |since: &Date| prune || today.days_since(*since) > STAY;
        let expired = self.0.iter().filter(|(_, since)| over(since)).map(|(path, _)| path.clone()).collect();
        self.0.retain(|_, since| !over(since));
        expired
    }

    /// Takes along what the site published before has and this one has not.
    pub(super) fn carry(&self, previous: &Path, out: &Path) -> Result<(), DiskError> {
        for path in self.0.keys() {
            for suffix in ["", SUFFIXES[0], SUFFIXES[1]] {
                let path = format!("{path}{suffix}");
                let (from, to) = (previous.join(&path), out.join(&path));
                if is_plain_file(&from) && !is_plain_file(&to) {
                    make_folders(out, &path)?;
                    // Another name for the same file costs nothing; across disks there is none.
                    if fs::hard_link(&from, &to).is_err() {
                        put(out, &File { path, bytes: at(&from, fs::read(&from))? })?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes down what is old since when.
    pub(super) fn write_record(&self, out: &Path) -> Result<(), DiskError> {
        if self.0.is_empty() {
            return remove(&out.join(RECORD));
        }
        let days: BTreeMap<&str, String> =
            self.0.iter().map(|(path, since)| (path.as_str(), since.to_string())).collect();
        let path = out.join(RECORD);
        let bytes = at(&path, publish::json(&days).map_err(io::Error::other))?;
        put(out, &File { path: RECORD.into(), bytes }).map(|_| ())
    }
}

/// Takes files and their packed forms away.
pub(super) fn remove_all(out: &Path, paths: &[String]) -> Result<(), DiskError> {
    paths.iter().try_for_each(|path| {
        remove(&out.join(path))?;
        packed::remove_packed(out, path)
    })
}

/// A record that makes no sense is as good as none: the files stay longer.
fn read_record(site: &Path) -> BTreeMap<String, Date> {
    let path = site.join(RECORD);
    let bytes = if is_plain_file(&path) { fs::read(path).unwrap_or_default() } else { Vec::new() };
    let days: BTreeMap<String, String> = serde_json::from_slice(&bytes).unwrap_or_default();
    days.into_iter().filter_map(|(path, day)| Some((path, Date::parse(&day)?))).collect()
}

/// The plain files of a site whose names hold their content, in order.
fn content_named(site: &Path) -> Result<BTreeSet<String>, DiskError> {
    let mut found = BTreeSet::new();
    let mut folders: Vec<(String, bool)> =
        FOLDERS.iter().map(|(folder, deep)| ((*folder).to_owned(), *deep)).collect();
    while let Some((folder, deep)) = folders.pop() {
        let here = site.join(&folder);
        if !fs::symlink_metadata(&here).is_ok_and(|found| found.is_dir()) {
            continue;
        }
        for entry in at(&here, fs::read_dir(&here))? {
            let entry = at(&here, entry)?;
            let kind = at(&entry.path(), entry.file_type())?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let is_packed = SUFFIXES.iter().any(|suffix| path.ends_with(suffix));
            if kind.is_dir() && deep {
                folders.push((path, deep));
            } else if kind.is_file() && !is_packed && holds_content(&path) && is_ours(&path) {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

/// Whether a file is of a kind that this tool or Trunk writes in its folder: nothing else is ever taken away.
fn is_ours(path: &str) -> bool {
    let endings: &[&str] = match path {
        path if path.starts_with("data/photos/") => &picture::ENDINGS,
        path if path.starts_with(previews::FOLDER) => &[".png"],
        path if path.starts_with("data/") => &[".bin"],
        _ => &[".js", ".wasm", ".css"],
    };
    endings.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_here_is_ever_old() {
        for (path, expected) in [
            ("love-stations-0123456789abcdef_bg.wasm", true),
            ("app-22b0bed13fa4856.css", true),
            ("app-22b0bed13fa.css", false),
            ("data/root-0123456789abcdef.bin", true),
            ("data/tree/stations-0123456789abcdef.bin", true),
            ("data/tree/stations-0123456789abcdef.json", false),
            ("data/photos/x/door-0123456789abcdef_480.webp", true),
            ("data/photos/door-0123456789abcdef.jpg", false),
            ("data/previews/s-x-0123456789abcdef_300.png", true),
            ("data/previews/s-x-0123456789abcdef_300.webp", false),
            ("data/x-0123456789abcdef_300.png", false),
            ("data/photos/door.webp", false),
            ("data/stations-0123456789abcdef.json", false),
            ("data/stations-0123456789ABCDEF.bin", false),
            ("notes-0123456789abcdef.txt", false),
            ("index.html", false),
        ] {
            assert_eq!(holds_content(path) && is_ours(path), expected, "{path}");
        }
    }
}
