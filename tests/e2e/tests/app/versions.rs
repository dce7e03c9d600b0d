//! Other versions of the app than the one that was built, as later deploys would bring them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::faults::integrity;
use e2e::{dist, workspace};
use tempfile::TempDir;

use crate::hosts::{copy, staff};

/// A site with another version of the app, and with none of the files of the one before.
pub struct Version {
    folder: TempDir,
}

impl Version {
    /// Makes it: the app as it is, under other names, and with `window.appVersion` set to `number`.
    pub fn make(number: u32) -> Self {
        let version = Self { folder: tempfile::tempdir().unwrap() };
        let site = version.site();
        copy(&dist().unwrap(), &site);
        let page = site.join("index.html");
        let mut html = fs::read_to_string(&page).unwrap();
        let other = |ending: &str| format!("love-stations-{number:016x}{ending}");
        let old = |ending| built(&site, "love-stations-", ending)[1..].to_owned();
        let (glue, wasm) = (old(".js"), old("_bg.wasm"));
        let script = fs::read_to_string(site.join(&glue)).unwrap().replace(&wasm, &other("_bg.wasm"));
        let script = format!("{script}\nglobalThis.appVersion = {number};\n");
        fs::rename(site.join(&wasm), site.join(other("_bg.wasm"))).unwrap();
        fs::remove_file(site.join(&glue)).unwrap();
        fs::write(site.join(other(".js")), &script).unwrap();
        let (before, rest) = html.split_once(&format!("src=\"/{glue}\" integrity=\"")).unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        html = format!(
            "{before}src=\"/{}\" integrity=\"{}\"{after}",
            other(".js"),
            integrity(script.as_bytes())
        );
        fs::write(&page, html.replace(&wasm, &other("_bg.wasm"))).unwrap();
        version.build(&[]);
        version
    }

    /// Its folder.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    /// Builds it anew from the source of the workspace.
    pub fn build(&self, more: &[&str]) {
        let mut build = Command::new(staff());
        for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
            build.env_remove(name);
        }
        build.args(["build", "--no-pack", "--source"]).arg(workspace().join("public"));
        let done = build.arg("--out").arg(self.site()).args(more).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// The file of a site whose name begins and ends so and that its page names, as a path.
#[track_caller]
pub fn built(site: &Path, start: &str, end: &str) -> String {
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    let names =
        fs::read_dir(site).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let found: Vec<_> =
        names.filter(|name| name.starts_with(start) && name.ends_with(end) && page.contains(name)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    format!("/{}", found[0])
}
