//! `sw.js`, the service worker that keeps the app's shell on a phone, and the page that it answers with.
//!
//! The worker is `sw.js` beside this file with the list of the shell's files in it. Its page is the app's without what
//! changes with the data: so a new edition of the data makes no new version of the app, and the same input makes the
//! same worker to the byte.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::edit;
use super::loader::Guarded;
use super::page;
use super::publish::File;
use super::write::{DiskError, at, is_plain_file};
use crate::hash::sha256_hex;
use crate::headers::Headers;
use crate::media;

/// Where the worker is, relative to the site.
pub(super) const WORKER: &str = "sw.js";
/// Where its page is.
pub(super) const SHELL: &str = "shell.html";
/// What the app loads by itself, where a site has it.
const LATER: [&str; 2] = ["vendor/leaflet/leaflet.js", "icons/sprite.svg"];
/// What a page names that belongs to the shell. Not its data, which the app keeps, nor other pages.
const ENDINGS: [&str; 7] = [".js", ".css", ".wasm", ".svg", ".png", ".ico", ".webmanifest"];

const TEMPLATE: &str = include_str!("sw.js");

/// A file of the shell, as the worker's list has it.
#[derive(Debug, Serialize)]
struct Entry {
    url: String,
    sha256: String,
    len: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The shell: the worker's page, and the list of everything that it needs.
#[derive(Debug)]
pub(super) struct Shell {
    /// The worker's page.
    pub(super) page: File,
    entries: Vec<Entry>,
    /// What the hosts' page needs besides, itself the last: kept only by phones that opened it once.
    hosts: Vec<Entry>,
}

impl Shell {
    /// The shell of the site in `out`, whose completed page is `page` and whose hosts' page is `edit`. `made` are files of
    /// the build that it may name and that need not be there yet.
    pub(super) fn read(
        out: &Path,
        page: &str,
        index: &str,
        made: &[File],
        edit: Option<&Guarded>,
    ) -> Result<Self, DiskError> {
        let bytes = page::shell(page, index).into_bytes();
        let page = File { path: SHELL.to_owned(), bytes };
        let mut entries = vec![entry(&page.path, &page.bytes)];
        let later = LATER.iter().filter(|path| is_plain_file(&out.join(path))).map(|path| (*path).to_owned());
        for path in named(&String::from_utf8_lossy(&page.bytes)).chain(later) {
            entries.push(read(out, &path, made)?);
        }
        let mut hosts = Vec::new();
        if let Some(edit) = edit {
            for path in named(&edit.page) {
                if entries.iter().all(|entry| entry.url[1..] != path) {
                    hosts.push(read(out, &path, &edit.made)?);
                }
            }
            let page = edit::file(&edit.page);
            hosts.push(entry(&page.path, &page.bytes));
        }
        Ok(Self { page, entries, hosts })
    }

    /// The worker, for a site with these headers.
    pub(super) fn worker(&self, headers: &Headers) -> File {
        let security = headers.security().map(|(name, value)| (name.to_owned(), Value::from(value)));
        let security = Value::Object(security.into_iter().collect());
        let list = |entries: &[Entry]| {
            let entries: Vec<String> =
                entries.iter().map(|entry| format!("  {},\n", serde_json::json!(entry))).collect();
            format!("[\n{}]", entries.concat())
        };
        let filled = TEMPLATE
            .replace("@files@", &list(&self.entries))
            .replace("@hosts@", &list(&self.hosts))
            .replace("@headers@", &format!("{security:#}"));
        // Whatever it does or keeps, another worker is another version.
        let version = &sha256_hex(filled.as_bytes())[..16];
        File { path: WORKER.to_owned(), bytes: filled.replace("@version@", version).into_bytes() }
    }
}

/// The files of the shell that a page names.
fn named(page: &str) -> impl Iterator<Item = String> {
    page::files(page).into_iter().filter(|path| ENDINGS.iter().any(|ending| path.ends_with(ending)))
}

/// A file of the site, or one that is made and need not be there yet.
fn read(out: &Path, path: &str, made: &[File]) -> Result<Entry, DiskError> {
    if let Some(made) = made.iter().find(|file| file.path == path) {
        return Ok(entry(path, &made.bytes));
    }
    let file = out.join(path);
    Ok(entry(path, &at(&file, std::fs::read(&file))?))
}

fn entry(path: &str, bytes: &[u8]) -> Entry {
    Entry {
        url: format!("/{path}"),
        sha256: sha256_hex(bytes),
        len: bytes.len(),
        kind: media::content_type(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>x</title><link rel=\"icon\" href=\"/a.svg\"><link rel=\"manifest\" href=\"/m.webmanifest\">\
        <!--preload--><link rel=\"preload\" as=\"fetch\" crossorigin href=\"/data/stations-1.bin\"><!--/preload-->\
        <script src=\"/b.js\"></script><a href=\"/list.html\">";

    fn made() -> File {
        File { path: "m.webmanifest".into(), bytes: b"{}".to_vec() }
    }

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.svg", "b.js"] {
            std::fs::write(folder.path().join(name), "abc").unwrap();
        }
        folder
    }

    #[test]
    fn the_worker_lists_the_shell_and_not_the_data() {
        let site = site();
        let shell = Shell::read(site.path(), PAGE, "data/index.json", &[made()], None).unwrap();
        let urls: Vec<&str> = shell.entries.iter().map(|entry| entry.url.as_str()).collect();
        assert_eq!(urls, ["/shell.html", "/a.svg", "/m.webmanifest", "/b.js"]);
        let js = &shell.entries[3];
        // printf abc | sha256sum
        assert_eq!(
            (js.sha256.as_str(), js.len, js.kind),
            (
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                3,
                "text/javascript; charset=utf-8"
            )
        );
        let page = String::from_utf8(shell.page.bytes.clone()).unwrap();
        assert!(page.contains("/data/index.json") && !page.contains("stations-1"), "{page}");
        let worker = String::from_utf8(shell.worker(&Headers::default()).bytes).unwrap();
        assert!(!worker.contains('@'), "every place is filled");
        assert!(worker.contains("default-src 'none'"));
    }

    #[test]
    fn another_edition_of_the_data_is_the_same_version_and_another_app_is_not() {
        let site = site();
        let worker = |page: &str| {
            let shell = Shell::read(site.path(), page, "data/index.json", &[made()], None).unwrap();
            shell.worker(&Headers::default()).bytes
        };
        let first = worker(PAGE);
        assert_eq!(worker(&PAGE.replace("stations-1", "stations-2")), first);
        assert_ne!(worker(&PAGE.replace("<title>x", "<title>y")), first);
        std::fs::write(site.path().join("b.js"), "abd").unwrap();
        assert_ne!(worker(PAGE), first);
    }

    #[test]
    fn a_file_that_is_missing_is_told() {
        let site = site();
        std::fs::remove_file(site.path().join("b.js")).unwrap();
        let error = Shell::read(site.path(), PAGE, "data/index.json", &[made()], None).unwrap_err();
        assert!(error.path.ends_with("b.js"));
    }
}
