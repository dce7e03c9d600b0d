//! A small server of the built app that can be told to misbehave, path by path.
//!
//! Otherwise it does what any static host does: right content types, `index.html` of a folder, the app for its
//! routes, a real 404 for files that do not exist.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What goes wrong with an answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This status, and a page that says so.
    Status(u16),
    /// These bytes instead of the right ones, well delivered.
    Body(Vec<u8>),
    /// One bit of the byte at this offset is another.
    Flipped(usize),
    /// The first so many bytes as if they were all.
    Truncated(usize),
    /// The connection breaks after so many bytes of the body.
    Cut(usize),
    /// The right answer, so much later.
    Delay(Duration),
    /// The connection breaks before any answer: nobody is there.
    Refused,
}

#[derive(Default)]
struct Orders {
    /// Faults by pattern; the last one that fits counts.
    faults: Vec<(String, Fault)>,
    /// Paths with their queries, in the order they were asked for.
    asked: Vec<String>,
    /// The content security policy of every answer.
    policy: Option<String>,
    /// The folder that is served.
    root: PathBuf,
    stopped: bool,
}

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    orders: Arc<Mutex<Orders>>,
    /// Whether it is this process that listens there.
    own: bool,
}

struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

impl Server {
    /// Serves the folder `root` on a free port of this machine.
    pub fn start(root: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let orders = Orders { root: root.to_owned(), ..Orders::default() };
        let server = Self { address, orders: Arc::new(Mutex::new(orders)), own: true };
        server.listen(listener);
        Ok(server)
    }

    fn listen(&self, listener: TcpListener) {
        let shared = Arc::clone(&self.orders);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if lock(&shared).stopped {
                    return;
                }
                let orders = Arc::clone(&shared);
                // A connection that breaks is the browser's right.
                thread::spawn(move || drop(converse(&stream, &orders)));
            }
        });
    }

    /// The server dies: nobody listens any more, and no connection is answered.
    pub fn kill(&self) {
        lock(&self.orders).stopped = true;
        // The listener waits for somebody to come, and goes once it is woken.
        let _ = TcpStream::connect(self.address);
        while TcpStream::connect(self.address).is_ok() {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The server that died is there again, at the same address.
    pub fn revive(&self) -> io::Result<()> {
        let listener = TcpListener::bind(self.address)?;
        lock(&self.orders).stopped = false;
        self.listen(listener);
        Ok(())
    }

    /// From now on the site in `root` is served.
    pub fn deploy(&self, root: &Path) {
        root.clone_into(&mut lock(&self.orders).root);
    }

    /// A server of another kind that somebody else started: it cannot be told to misbehave, nor say what it was
    /// asked for.
    pub fn elsewhere(address: SocketAddr) -> Self {
        Self { address, orders: Arc::default(), own: false }
    }

    /// Its address, as `http://127.0.0.1:41234`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on `pattern` fails in this way: a path, or with a `*` at its end all paths that begin so.
    ///
    /// # Panics
    /// For a server elsewhere.
    #[track_caller]
    pub fn fault(&self, pattern: &str, fault: Fault) {
        assert!(self.own, "a server elsewhere takes no orders");
        lock(&self.orders).faults.push((pattern.to_owned(), fault));
    }

    /// From now on every answer has this content security policy.
    pub fn policy(&self, policy: &str) {
        lock(&self.orders).policy = Some(policy.to_owned());
    }

    /// From now on nothing fails.
    pub fn heal(&self) {
        lock(&self.orders).faults.clear();
    }

    /// What was asked for so far: paths with their queries.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.orders).asked.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        lock(&self.orders).stopped = true;
        if !self.own {
            return;
        }
        // The listener waits for somebody to come.
        let _ = TcpStream::connect(self.address);
    }
}

fn lock(orders: &Mutex<Orders>) -> MutexGuard<'_, Orders> {
    orders.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers the requests of one connection until it ends.
fn converse(stream: &TcpStream, orders: &Mutex<Orders>) -> io::Result<()> {
    // A browser keeps connections open in case; the thread must not wait for ever.
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut line = String::new();
        while reader.read_line(&mut line)? > 2 {
            line.clear();
        }
        let mut parts = first.split_whitespace();
        let (Some(method), Some(target)) = (parts.next(), parts.next()) else {
            return Ok(());
        };
        let path = target.split('?').next().unwrap_or(target);
        let (fault, policy, root) = {
            let mut orders = lock(orders);
            if orders.stopped {
                return Ok(());
            }
            orders.asked.push(target.to_owned());
            let fault = orders.faults.iter().rev().find(|(pattern, _)| fits(pattern, path));
            let policy = orders.policy.iter().map(|policy| format!("Content-Security-Policy: {policy}\r\n"));
            (fault.map(|(_, fault)| fault.clone()), policy.collect::<String>(), orders.root.clone())
        };
        if !send(stream, method, find(&root, path), &policy, fault)? {
            return Ok(());
        }
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
}

/// Sends one answer, with these headers more; false where the connection ends with it.
fn send(
    mut stream: &TcpStream,
    method: &str,
    mut answer: Answer,
    headers: &str,
    fault: Option<Fault>,
) -> io::Result<bool> {
    let mut sent = None;
    match fault {
        None => {}
        Some(Fault::Status(status)) => {
            answer = Answer { status, kind: HTML, body: status.to_string().into() }
        }
        Some(Fault::Body(body)) => answer = Answer { status: 200, body, ..answer },
        Some(Fault::Flipped(at)) => answer.body.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1),
        Some(Fault::Truncated(len)) => answer.body.truncate(len),
        Some(Fault::Cut(len)) => sent = Some(len.min(answer.body.len())),
        Some(Fault::Delay(time)) => thread::sleep(time),
        Some(Fault::Refused) => return Ok(false),
    }
    let Answer { status, kind, body } = answer;
    write!(
        stream,
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{headers}\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(body.get(..sent.unwrap_or(body.len())).unwrap_or(&body))?;
    }
    stream.flush()?;
    Ok(sent.is_none())
}

const HTML: &str = "text/html; charset=utf-8";

fn find(root: &Path, path: &str) -> Answer {
    let not_found = || Answer { status: 404, kind: HTML, body: b"404".to_vec() };
    // Chats glue sentences to a station's address: whatever stands below /s/ is the app's to understand.
    if path.starts_with("/s/") && path.contains('%') {
        return find(root, "/");
    }
    // Otherwise our paths are plain ASCII: whatever else is asked for does not exist.
    if path.contains("..") || path.contains('%') || !path.starts_with('/') {
        return not_found();
    }
    let is_route = !path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let file = root.join(path.trim_start_matches('/'));
    let candidates: Vec<PathBuf> =
        if is_route { vec![file.join("index.html"), root.join("index.html")] } else { vec![file] };
    let found = candidates.into_iter().find_map(|file| Some((kind(&file), fs::read(file).ok()?)));
    found.map_or_else(not_found, |(kind, body)| Answer { status: 200, kind, body })
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
