//! A small server of the built app that can be told to misbehave, path by path.
//!
//! Otherwise it does what any static host does: right content types, how long a file may be kept, `index.html` of a
//! folder, the app for its routes, a real 404 for files that do not exist.

mod answer;
mod api;
mod site;

use std::io::{self, BufRead, BufReader, Read as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use answer::{ASK, send};
pub use api::{Asked, Said};
use site::{find, keep_for};

/// Longest head of a request; a browser's has a tenth of it.
const HEAD: u64 = 64 * 1024;

/// What goes wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This status, and a page that says so.
    Status(u16),
    /// These bytes instead of the right ones, well delivered.
    Body(Vec<u8>),
    /// A page of somebody else, as a public Wi-Fi sends until one has logged in.
    Portal,
    /// The right bytes, but they are said to be of this type.
    Kind(&'static str),
    /// One bit of the byte at this offset is another.
    Flipped(usize),
    /// The first so many bytes as if they were all.
    Truncated(usize),
    /// The first so many bytes, and the connection ends as if they were all: nobody had said how many there are.
    Open(usize),
    /// The connection breaks after so many bytes of the body.
    Cut(usize),
    /// The connection breaks within the headers.
    CutHead,
    /// The right answer, so much later.
    Delay(Duration),
    /// The connection breaks before any answer: nobody is there.
    Refused,
    /// These bytes in turn, one after the other and from the beginning: servers behind one name that disagree.
    Turns(Vec<Vec<u8>>),
}

/// A fault, and whom it meets.
struct Order {
    /// A path, or with a `*` at its end all paths that begin so.
    pattern: String,
    fault: Fault,
    /// Only this request of those that fit, the first is 1; None for all of them.
    only: Option<usize>,
    /// How many requests have fitted.
    met: usize,
}

/// What answers instead of the folders, where it has an answer.
type Speaker = Arc<dyn Fn(&Asked) -> Option<Said> + Send + Sync>;

#[derive(Default)]
struct Orders {
    /// The last one that fits counts.
    faults: Vec<Order>,
    /// Paths with their queries, in the order they were asked for.
    asked: Vec<String>,
    /// What was sent: paths and bodies, in the order in which they came.
    sent: Vec<(String, String)>,
    /// The content security policy of every answer.
    policy: Option<String>,
    /// The folders that are served, each with how the paths begin that it is for; the first that has a file counts.
    roots: Vec<(String, PathBuf)>,
    /// Whether files may be kept as long as a host says that they may. Otherwise nothing is kept.
    keeps: bool,
    speaker: Option<Speaker>,
    stopped: bool,
}

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    orders: Arc<Mutex<Orders>>,
    /// Whether it is this process that listens there.
    own: bool,
}

impl Server {
    /// Serves the folder `root` on a free port of this machine.
    pub fn start(root: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let server = Self { address, orders: Arc::default(), own: true };
        server.deploy(root);
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
        self.mix(&[("/", root)]);
    }

    /// A server of another kind that somebody else started: it cannot be told to misbehave, nor say what it was
    /// asked for.
    pub fn elsewhere(address: SocketAddr) -> Self {
        Self { address, orders: Arc::default(), own: false }
    }

    /// The same server, for another browser's page.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self::elsewhere(self.address)
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
        self.order(pattern, fault, None);
    }

    /// From now on the `number`th request for `pattern`, the first is 1, fails in this way.
    ///
    /// # Panics
    /// For a server elsewhere.
    #[track_caller]
    pub fn fault_once(&self, pattern: &str, number: usize, fault: Fault) {
        self.order(pattern, fault, Some(number));
    }

    #[track_caller]
    fn order(&self, pattern: &str, fault: Fault, only: Option<usize>) {
        assert!(self.own, "a server elsewhere takes no orders");
        let order = Order { pattern: pattern.to_owned(), fault, only, met: 0 };
        lock(&self.orders).faults.push(order);
    }

    /// From now on every answer has this content security policy.
    pub fn policy(&self, policy: &str) {
        lock(&self.orders).policy = Some(policy.to_owned());
    }

    /// From now on answers say how long they may be kept, as hosts do: named by content for ever, the rest asked for.
    pub fn keep(&self) {
        lock(&self.orders).keeps = true;
    }

    /// From now on nothing may be kept by the browser.
    pub fn keep_nothing(&self) {
        lock(&self.orders).keeps = false;
    }

    /// From now on these folders are served, each for the paths that begin so: the first that has a file counts. The page
    /// at `/` is `/index.html` here.
    pub fn mix(&self, roots: &[(&str, &Path)]) {
        let roots = roots.iter().map(|(start, root)| ((*start).to_owned(), (*root).to_owned()));
        lock(&self.orders).roots = roots.collect();
    }

    /// From now on this is asked first: an API, or data that change.
    pub fn speak(&self, speaker: impl Fn(&Asked) -> Option<Said> + Send + Sync + 'static) {
        lock(&self.orders).speaker = Some(Arc::new(speaker));
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

impl Server {
    /// What was sent so far with `POST`: paths and bodies. What to answer says a [`Fault`], as [`Fault::Status`] 202.
    pub fn sent(&self) -> Vec<(String, String)> {
        lock(&self.orders).sent.clone()
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

/// What one request meets.
struct Met {
    fault: Option<Fault>,
    policy: Option<String>,
    roots: Vec<(String, PathBuf)>,
    keeps: bool,
}

impl Orders {
    /// Notes a request and says what it meets.
    fn meet(&mut self, target: &str, path: &str) -> Met {
        self.asked.push(target.to_owned());
        let mut fault = None;
        for order in self.faults.iter_mut().filter(|order| fits(&order.pattern, path)) {
            order.met += 1;
            if order.only.is_none_or(|only| only == order.met) {
                fault = Some(match &order.fault {
                    Fault::Turns(bodies) => Fault::Body(
                        bodies.get((order.met - 1) % bodies.len().max(1)).cloned().unwrap_or_default(),
                    ),
                    other => other.clone(),
                });
            }
        }
        Met { fault, policy: self.policy.clone(), roots: self.roots.clone(), keeps: self.keeps }
    }
}

/// Answers the requests of one connection until it ends.
fn converse(stream: &TcpStream, orders: &Mutex<Orders>) -> io::Result<()> {
    // A browser keeps connections open in case; the thread must not wait for ever.
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = reader.by_ref().take(HEAD);
        let mut first = String::new();
        if head.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut asked = Asked::default();
        let mut line = String::new();
        while head.read_line(&mut line)? > 2 {
            if let Some((name, value)) = line.split_once(':') {
                asked.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
            line.clear();
        }
        let known = asked.header("if-none-match").map(str::to_owned);
        let mut parts = first.split_whitespace();
        let (Some(method), Some(target)) = (parts.next(), parts.next()) else {
            return Ok(());
        };
        let path = target.split('?').next().unwrap_or(target);
        let length: u64 = asked.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = Vec::new();
        reader.by_ref().take(length.min(HEAD)).read_to_end(&mut body)?;
        (asked.method, asked.path) = (method.to_owned(), path.to_owned());
        asked.body = String::from_utf8_lossy(&body).into_owned();
        let (met, speaker) = {
            let mut orders = lock(orders);
            if orders.stopped {
                return Ok(());
            }
            if method == "POST" {
                orders.sent.push((path.to_owned(), asked.body.clone()));
            }
            (orders.meet(target, path), orders.speaker.clone())
        };
        if met.fault.is_none()
            && let Some(said) = speaker.and_then(|speaker| speaker(&asked))
        {
            said.send(stream)?;
            continue;
        }
        let mut answer = find(&met.roots, path);
        answer.keep = match met.keeps {
            false => "no-store",
            true if answer.status == 200 => keep_for(path),
            true => ASK,
        };
        answer.policy = met.policy;
        if !send(stream, method, answer, known.as_deref(), met.fault)? {
            return Ok(());
        }
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
}
