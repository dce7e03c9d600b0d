//! A served folder, and a client that sends exactly what it is told.

#![allow(dead_code, reason = "each test file uses its own part of this module")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Stdio};
use std::time::Duration;

use super::tool::staff;

/// A file that has its content in its name.
pub const NAMED: &str = "data/stations-0123456789abcdef.json";

/// A served folder. Stops when dropped.
pub struct Server {
    /// The tool at work.
    pub process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it says after its address: the access log.
    pub log: BufReader<ChildStdout>,
    /// Holds `dist`, which it serves, and a secret beside it.
    pub folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already where a test stopped it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Server {
    /// Serves a folder with one of everything, beside a secret that must stay one.
    pub fn start() -> Self {
        Self::with(&["--log", "off"])
    }

    /// The same with these options.
    pub fn with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        let files: &[(&str, &[u8])] = &[
            ("../secret.txt", b"secret"),
            ("index.html", b"<title>app</title>"),
            ("404.html", b"<title>none</title>"),
            ("s/made/index.html", b"<title>made</title>"),
            ("app-0123456789abcdef.js", b"console.log('app');"),
            ("app-0123456789abcdef_bg.wasm", b"\0asm"),
            ("manifest.webmanifest", b"{}"),
            ("data/index.json", b"{\"seq\":1}"),
            (NAMED, b"[1,2,3]"),
            ("data/stations-0123456789abcdef.json.br", b"packed with brotli"),
            ("data/stations-0123456789abcdef.json.gz", b"packed with gzip"),
            ("data/photos/door.webp", b"0123456789"),
            ("icons/a.svg", b"<svg/>"),
            ("empty.css", b""),
            (".hidden", b"secret"),
            (".deploy/nginx.conf", b"secret"),
            ("_headers", b"secret"),
            ("edit.html", b"<p>edit"),
            ("LICENSE", b"MIT"),
        ];
        for (name, bytes) in files {
            let path = dist.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret.txt"), dist.join("leak.txt")).unwrap();
            std::os::unix::fs::symlink(folder.path(), dist.join("up")).unwrap();
        }
        let mut process = staff()
            .args(["serve", "--lang", "en", "--listen", "127.0.0.1:0", "--dist"])
            .arg(&dist)
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut log = BufReader::new(process.stdout.take().unwrap());
        log.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        Self { process, address, log, folder }
    }

    /// A connection of a client's own.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends bytes as they are and reads the answer to its end.
    pub fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).unwrap();
        read(&raw)
    }

    /// Tells it to stop.
    #[cfg(unix)]
    pub fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Asks with these headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let headers: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let headers = headers.concat();
        self.send(
            format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").as_bytes(),
        )
    }

    /// Asks as plainly as can be.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }
}

/// An answer from its bytes.
pub fn read(raw: &[u8]) -> Answer {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(raw[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: raw[end + 4..].to_vec() }
}
