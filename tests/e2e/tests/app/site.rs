//! The built app around other data than the sample's.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use e2e::{Server, dist, workspace};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::hosts::{copy, staff};

/// A site of its own, of the sample's data with something changed.
pub struct Site(TempDir);

impl Site {
    /// Builds it from the sample's `site.json` and these reports. With `api`, as a server of its own publishes it.
    pub fn new(change: impl FnOnce(&mut Value), reports: &Value, api: bool) -> Self {
        Self::of("site.json", change, reports, api)
    }

    /// The same with another file of the sample's changed.
    pub fn of(name: &str, change: impl FnOnce(&mut Value), reports: &Value, api: bool) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        let public = site.0.path().join("public");
        copy(&dist().unwrap(), &site.dist());
        copy(&workspace().join("public/data"), &public.join("data"));
        copy(&workspace().join("public/basemap"), &public.join("basemap"));
        let file = public.join("data").join(name);
        let mut json = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        change(&mut json);
        fs::write(&file, json.to_string()).unwrap();
        let reports = json!({ "schema": 1, "reports": reports });
        fs::write(public.join("data/reports.json"), reports.to_string()).unwrap();
        let mut build = Command::new(staff());
        for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
            build.env_remove(name);
        }
        build.args(["build", "--no-pack", "--source"]).arg(&public);
        let done = build.arg("--out").arg(site.dist()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        if api {
            let path = site.dist().join("data/index.json");
            let mut index: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            index["api"] = json!(true);
            fs::write(&path, index.to_string()).unwrap();
        }
        site
    }

    /// Its folder.
    pub fn dist(&self) -> PathBuf {
        self.0.path().join("dist")
    }

    /// A server of it, with the content security policy that `staff build` wrote down for it.
    pub fn serve(&self) -> Server {
        let server = Server::start(&self.dist()).unwrap();
        let headers = fs::read_to_string(self.dist().join("_headers")).unwrap();
        let policy = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
        server.policy(policy.unwrap());
        server
    }
}
