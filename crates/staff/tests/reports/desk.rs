//! A folder with a source, in which the tool is run, and what riders paste into a chat.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use domain::now::Now;
use domain::patch::Uuid;
use domain::report::{Kind, Report};
use domain::station::StationId;
use domain::wire::decode;
use serde_json::Value;
use tempfile::TempDir;

use crate::tool::{copy, data, staff, told};

/// A folder with a source, in which the tool is run.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        copy(&data("good"), &desk.path("public"));
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn reports(&self) -> PathBuf {
        self.path("public/data/reports.json")
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.say(args, "")
    }

    /// Runs the tool with something pasted into it.
    pub fn say(&self, args: &[&str], pasted: &str) -> Output {
        let mut child = staff()
            .current_dir(self.0.path())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It need not read it.
        let _ = child.stdin.take().unwrap().write_all(pasted.as_bytes());
        child.wait_with_output().unwrap()
    }

    pub fn told(&self, args: &[&str], pasted: &str) -> String {
        format!(
            "$ staff {}\n{}",
            args.join(" ").replace('\u{202e}', "<U+202E>"),
            told(&self.say(args, pasted), &[(self.0.path(), "")])
        )
    }

    pub fn built(&self) -> PathBuf {
        let out = self.path("dist");
        if !out.exists() {
            fs::create_dir(&out).unwrap();
        }
        fs::copy(data("page.html"), out.join("index.html")).unwrap();
        let output = self.run(&["build", "--today", "2026-11-25", "--no-pack", "--no-worker"]);
        assert!(output.status.success(), "{}", told(&output, &[]));
        out
    }

    /// What the built site says of just now.
    pub fn now(&self) -> Option<Now> {
        let index = self.json("dist/data/index.json");
        let file = index["files"].as_array().unwrap().iter().find(|file| file["kind"] == "now")?;
        let path = format!("dist/data/{}", file["path"].as_str().unwrap());
        Some(decode(&fs::read(self.path(&path)).unwrap()).unwrap())
    }
}

/// A rider's report as the page gives it for the chat.
pub fn message(number: u8, station: &str, kind: Kind, text: &str) -> String {
    Report::typed(Uuid([number; 16]), StationId::new(station).unwrap(), kind, text).message("某站")
}
