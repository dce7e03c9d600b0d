//! A folder with a list, in which the tool is run, and what a chat looks like.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::tool::{self, data, staff, told};

/// A desk with a list, as in a project's folder.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        tool::copy(&data("good"), &desk.path("public"));
        // In the form that the tool writes, so that what is compared is what changed.
        let list: Value = serde_json::from_slice(&desk.list()).unwrap();
        fs::write(
            desk.path("public/data/stations.json"),
            serde_json::to_string_pretty(&list).unwrap() + "\n",
        )
        .unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn list(&self) -> Vec<u8> {
        fs::read(self.path("public/data/stations.json")).unwrap()
    }

    pub fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = staff();
        command.current_dir(self.0.path()).args(args).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// `staff merge` on a fixed day, with these answers.
    pub fn merge(&self, args: &[&str], answers: &str) -> Output {
        let mut command = self.command(&[&["merge", "--today", "2026-11-25"], args].concat());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It need not read them all.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        child.wait_with_output().unwrap()
    }

    pub fn told(&self, output: &Output) -> String {
        told(output, &[(self.0.path(), "DESK")])
    }

    /// A code, from `staff change` at a fixed time, with a number of one digit repeated.
    pub fn code(&self, digit: char, args: &[&str]) -> String {
        let number = digit.to_string().repeat(32);
        let fixed = ["--uuid", &number, "--at", "2026-11-24T08:30", "--by", "王姐"];
        let output = self.run(&[&["change"], args, &fixed].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        text.lines().last().unwrap().to_owned()
    }
}

/// A chat with something of everything.
pub fn chat(desk: &Desk) -> String {
    let water = desk.code(
        'a',
        &["sy-yuetanshan", "--amenity", "water=out", "--closed-until", "2026-12-01", "--because", "停电检修"],
    );
    let phone = desk.code('b', &["dl-hengli", "--hours", "07:00-22:00", "--phone", "host=024-00000009"]);
    let hours = desk.code('c', &["sy-yuetanshan", "--hours", "24小时"]);
    let other = desk.code('d', &["sy-yuetanshan", "--hours", "工作日 09:00-17:00"]);
    let removed = desk.code('e', &["sy-nowhere", "--remove"]);
    let wide: String = hours
        .chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
        .collect();
    let (first, second) = water.split_at(70);
    format!(
        "王姐 08:31\n樾檀山：饮水坏了，停电检修\n{first}\n李哥 08:32\n{second}\n\n\
         李哥 08:40\n改好了：{phone}谢谢\n> 王姐：{}…\n> 收到\n\n张三 09:00\n「{}」\n\
         赵姐 09:05\n{other}\n小李 09:10\n{}\n{removed}\n老陈 09:30\n{}\n",
        &phone[..60],
        wide.to_lowercase(),
        &water[..90],
        water.replacen('A', "B", 1),
    )
}
