//! Other versions of the app than the one that was built, as later deploys would bring them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
        for entry in fs::read_dir(&site).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let Some(rest) = name.strip_prefix("love-stations-") else {
                continue;
            };
            let is_glue = rest.split_once('.').is_some_and(|(_, ending)| ending == "js");
            if !is_glue && !rest.ends_with("_bg.wasm") {
                continue;
            }
            if html.contains(&name) {
                let ending = &rest[16..];
                let other = format!("love-stations-{number:016x}{ending}");
                let mut bytes = fs::read(&path).unwrap();
                if is_glue {
                    bytes.extend(format!("\nglobalThis.appVersion = {number};\n").into_bytes());
                }
                fs::write(site.join(&other), bytes).unwrap();
                html = html.replace(&name, &other);
            }
            fs::remove_file(path).unwrap();
        }
        fs::write(&page, html).unwrap();
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
