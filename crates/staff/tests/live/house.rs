//! A source folder, a site and a server that takes changes; a host's phone, a rider's, and the staff's commands.

#![allow(dead_code, reason = "each test file uses its own part of this module")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::tool::{self, data, staff, told};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }
    pub fn header(&self, name: &str) -> &str {
        let named = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut named = named.filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.next().map_or("", |(_, value)| value)
    }
}

/// A link as it was told once.
#[derive(Clone, Debug)]
pub struct Link {
    pub number: u64,
    pub station: String,
    pub token: String,
    pub code: String,
}

/// The folder.
pub struct House(TempDir);

impl House {
    pub fn new() -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        tool::copy(&data("good"), &house.path("public"));
        fs::create_dir(house.path("dist")).unwrap();
        fs::copy(data("page.html"), house.path("dist/index.html")).unwrap();
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = staff();
        command.current_dir(self.0.path()).args(args).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command says, with what differs from run to run hidden.
    pub fn say(&self, args: &[&str]) -> String {
        let said = told(&self.run(args), &[(self.0.path(), "HOUSE")]);
        format!("$ staff {}\n{}", args.join(" "), masked(&said))
    }

    pub fn link(&self, station: &str, name: &str) -> Link {
        let output = self.run(&["link", "create", station, "--for", name, "--json"]);
        Self::told_link(&output)
    }

    pub fn told_link(output: &Output) -> Link {
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |key: &str| json[key].as_str().unwrap().to_owned();
        let token = text("url").split_once("#k=").unwrap().1.to_owned();
        Link { number: json["link"].as_u64().unwrap(), station: text("station"), token, code: text("code") }
    }

    /// A code, as a phone makes it that sees this list.
    pub fn code(&self, id: &str, changes: &[&str]) -> String {
        let output = self.run(&[&["change", id], changes].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        text.lines().last().unwrap().to_owned()
    }

    pub fn list(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("public/data/stations.json")).unwrap()).unwrap()
    }

    /// What is published now.
    pub fn index(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("dist/data/index.json")).unwrap()).unwrap()
    }

    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    pub fn serve_with(&self, more: &[&str]) -> Server {
        let args = ["serve", "--data", "public", "--no-pack", "--listen", "127.0.0.1:0", "--lang", "en"];
        Server::start(self.command(&[&args[..], more].concat()))
    }
}

/// Secrets and times differ from run to run.
pub fn masked(text: &str) -> String {
    // 9: a digit, h: a hexadecimal digit, S: a symbol of a short code, T: a character of a token.
    const PATTERNS: [(&str, &str); 5] = [
        ("hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh", "UUID"),
        ("#k=TTTTTTTTTTTTTTTTTTTTTT", "#k=TOKEN"),
        ("SSSS-SSSS-SSSS", "CODE"),
        ("9999-99-99", "DAY"),
        ("99:99", "TIME"),
    ];
    let fits = |rest: &[char], pattern: &str| {
        let count = pattern.chars().count();
        rest.len() >= count
            && rest.iter().zip(pattern.chars()).all(|(c, of)| match of {
                '9' => c.is_ascii_digit(),
                'h' => c.is_ascii_hexdigit(),
                'S' => c.is_ascii_digit() || c.is_ascii_uppercase(),
                'T' => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
                other => *c == other,
            })
    };
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        let found = PATTERNS.iter().find(|(pattern, _)| fits(&chars[at..], pattern));
        if let Some((pattern, word)) = found {
            out += word;
            at += pattern.chars().count();
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// A server at work. Stops when dropped.
pub struct Server {
    pub process: Child,
    pub address: SocketAddr,
    pub log: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        Self::maybe(&mut command).unwrap()
    }

    /// None where it ended before it served.
    pub fn maybe(command: &mut Command) -> Option<Self> {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let Some(address) = line.split("http://").nth(1) else {
            let mut said = String::new();
            process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            let _ = process.wait();
            eprintln!("{said}");
            return None;
        };
        let address = address.split('/').next().unwrap().parse().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                kept.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        Some(Self { process, address, log })
    }

    /// Sends a request; none where the server went away before its answer was whole.
    pub fn try_ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let headers: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let headers = headers.concat();
        let length =
            if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}{length}\r\n{body}"
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).ok()?;
        let text = String::from_utf8_lossy(&raw).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.try_ask(method, path, headers, body).unwrap()
    }

    pub fn patch(&self, station: &str, token: &str, code: &str) -> Answer {
        self.try_patch(station, token, code).unwrap()
    }

    pub fn try_patch(&self, station: &str, token: &str, code: &str) -> Option<Answer> {
        let bearer = format!("Bearer {token}");
        let headers =
            [("Authorization", bearer.as_str()), ("If-Match", "\"7\""), ("Content-Type", "text/plain")];
        self.try_ask("PATCH", &format!("/api/stations/{station}"), &headers, code)
    }

    pub fn with(&self, method: &str, path: &str, token: &str) -> Answer {
        self.ask(method, path, &[("Authorization", &format!("Bearer {token}"))], "")
    }

    /// Waits until something holds, and how long that took.
    pub fn until(most: Duration, mut holds: impl FnMut() -> bool) -> Option<Duration> {
        let begun = Instant::now();
        while begun.elapsed() < most {
            if holds() {
                return Some(begun.elapsed());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

/// Every file below a folder.
pub fn listing(folder: &Path) -> std::collections::BTreeMap<PathBuf, Option<Vec<u8>>> {
    tool::listing(folder)
}
