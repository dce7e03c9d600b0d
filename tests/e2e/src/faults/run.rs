//! A rider's phone in the matrix, and what is seen on it.

use std::fmt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::scripts;
use crate::browser::Browser;
use crate::complaint::IN_WORKER;
use crate::page::{Page, quoted};
use crate::scene::Scene;
use crate::server::Server;

/// Longest until a page is of use, whatever goes wrong.
pub const USABLE: Duration = Duration::from_secs(8);
/// Time between two looks.
const STEP: Duration = Duration::from_millis(40);

/// What a page is good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Good {
    /// Nothing.
    #[default]
    Nothing,
    /// It says what is wrong and leads on.
    WayOut,
    /// The stations as text.
    Text,
    /// The app with its list, or a station's page in it.
    App,
}

/// What was seen at one moment.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What the page is good for.
    pub good: Good,
    /// Whether anything was painted.
    pub painted: bool,
    /// Whether the app still loads stations.
    pub busy: bool,
    /// Milliseconds since it began.
    pub at: u64,
    /// The kept edition.
    pub seq: Option<u64>,
    /// How many stations there are, in words.
    pub count: String,
    /// The first of them.
    pub name: String,
    /// Everything, for whoever has to find out what was wrong.
    all: Value,
}

impl Look {
    fn new(all: Value) -> Self {
        let text = |key: &str| all[key].as_str().unwrap_or_default().to_owned();
        let good = match all["kind"].as_str() {
            Some("app") => Good::App,
            Some("text") => Good::Text,
            Some("way out") => Good::WayOut,
            _ => Good::Nothing,
        };
        let at = all["at"].as_f64().map_or(0, |at| Duration::from_secs_f64(at / 1000.0).as_millis());
        Self {
            good,
            painted: all["painted"] == json!(true),
            busy: all["busy"] == json!(true),
            at: u64::try_from(at).unwrap_or_default(),
            seq: all["seq"].as_u64(),
            count: text("count"),
            name: text("name"),
            all,
        }
    }

    /// It is the app.
    pub fn must_be_app(&self) -> Result<(), String> {
        self.must_be(Good::App)
    }

    /// It is of this much use at least, has painted, and has not gone blank since.
    pub fn must_be(&self, least: Good) -> Result<(), String> {
        if self.good < least {
            return Err(format!("{least:?} is wanted, {self}"));
        }
        if least > Good::Nothing && !self.painted {
            return Err(format!("nothing is painted: {self}"));
        }
        if self.all["blank"].is_number() {
            return Err(format!("a white page: {self}"));
        }
        Ok(())
    }

    /// Nothing went wrong that nobody dealt with, and no older edition took the place of a newer one.
    pub fn must_be_sound(&self) -> Result<(), String> {
        if self.all["thrown"].as_array().is_some_and(|thrown| !thrown.is_empty()) {
            return Err(format!("an exception that nobody caught: {}", self.all["thrown"]));
        }
        let seqs: Vec<u64> =
            self.all["seqs"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        if seqs.is_sorted() { Ok(()) } else { Err(format!("seq went back: {seqs:?}")) }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seen after {} ms: {:?}; {}", self.at, self.good, self.all)
    }
}

/// A phone with nothing on it, and the server of the site.
pub struct Client {
    page: Page,
    /// Whether the site has a service worker that this phone can use.
    worker: bool,
}

impl Client {
    /// A new one, on a server of `site`, which has a service worker where it says so; each page runs `scripts` before its own.
    pub fn new(browser: Box<Browser>, site: &Path, worker: bool, scripts: &[&str]) -> Result<Self, String> {
        let server = Server::start(site).map_err(|error| format!("no port for a server: {error}"))?;
        Self::on(browser, server, false, worker, scripts)
    }

    /// The same on a server that is given; where it is `lasting`, what the phone keeps outlives the browser.
    pub fn on(
        browser: Box<Browser>,
        server: Server,
        lasting: bool,
        worker: bool,
        scripts: &[&str],
    ) -> Result<Self, String> {
        server.keep();
        let client = Self { page: Page::new_in(browser, lasting, Scene::phone(), server)?, worker };
        for script in [&[include_str!("watch.js")], scripts].concat() {
            client
                .page
                .try_send("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))
                .map_err(said)?;
        }
        Ok(client)
    }

    /// The server.
    pub const fn server(&self) -> &Server {
        self.page.server()
    }

    /// Closes everything and gives the browser back.
    pub fn leave(self) -> Option<Box<Browser>> {
        self.page.leave().0
    }

    /// Gives the browser back as it is, and the server.
    pub fn abandon(self) -> (Option<Box<Browser>>, Server) {
        self.page.abandon()
    }

    /// Goes to a path, as a tap on a link does, and waits until the app shows or the time is over, whichever is first.
    /// What is seen then.
    pub fn visit(&self, path: &str) -> Result<Look, String> {
        self.visit_until(path, Good::App)
    }

    /// The same until the page is of at least this use.
    pub fn visit_until(&self, path: &str, enough: Good) -> Result<Look, String> {
        self.open(path)?;
        let start = Instant::now();
        let mut look = Look::default();
        // Chromium says a moment later that it has painted.
        while (look.good < enough || !look.painted || look.busy) && start.elapsed() < USABLE {
            thread::sleep(STEP);
            look = self.look();
        }
        Ok(look)
    }

    /// Goes to a path and does not wait.
    pub fn open(&self, path: &str) -> Result<(), String> {
        self.go("about:blank")?;
        self.wait("an empty page", "location.href === 'about:blank'")?;
        self.go(&format!("{}{path}", self.server().origin()))
    }

    /// What is seen now.
    pub fn look(&self) -> Look {
        // While a page changes there is nothing to ask.
        let look = format!(
            "location.origin === {} && window.watch ? window.watch.look() : null",
            quoted(&self.server().origin())
        );
        self.page.try_eval(&look).ok().filter(Value::is_object).map_or_else(Look::default, Look::new)
    }

    /// Waits until the name that is shown is this one.
    pub fn must_show(&self, name: Option<&str>) -> Result<(), String> {
        let Some(name) = name else { return Ok(()) };
        let start = Instant::now();
        loop {
            let look = self.look();
            if look.name == name {
                return look.must_be_sound();
            }
            if start.elapsed() > USABLE {
                return Err(format!("{name} should be shown: {look}"));
            }
            thread::sleep(STEP);
        }
    }

    /// From now on the phone has only so many bytes left to keep things; at least one, as Chromium 156 takes 0 for any number.
    pub fn limit(&self, bytes: u32) -> Result<(), String> {
        let origin = self.server().origin();
        self.send("Storage.overrideQuotaForOrigin", &json!({ "origin": origin, "quotaSize": bytes.max(1) }))?;
        self.open("/icons/favicon.svg")?;
        self.wait("a page of the site", &format!("location.origin === {}", quoted(&origin)))?;
        self.page.try_eval(&scripts::fill(bytes)).map(drop)
    }

    /// Leaves the page that is shown without waiting for the next one, which may never come.
    fn go(&self, url: &str) -> Result<(), String> {
        let script = format!("void setTimeout(() => location.assign({}))", quoted(url));
        self.page.try_eval(&script).map(drop)
    }

    /// Waits until an expression is true.
    pub fn wait(&self, what: &str, expression: &str) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < USABLE {
            if self.page.try_eval(expression) == Ok(Value::Bool(true)) {
                return Ok(());
            }
            thread::sleep(STEP);
        }
        Err(format!("waited in vain for {what}: {expression}"))
    }

    /// Waits until the page asks for nothing any more, and its service worker, if it has one, is at work.
    pub fn rest(&self) -> Result<(), String> {
        self.wait(
            "a page at rest",
            "(async () => {
                const count = () => performance.getEntriesByType('resource').length;
                const before = count();
                const worker = await navigator.serviceWorker?.getRegistration();
                await new Promise(done => setTimeout(done, 200));
                return document.readyState === 'complete' && count() === before && !worker?.installing;
            })()",
        )
    }

    /// Waits until nothing more is on its way, the service worker included, where there is one.
    pub fn settle(&self) -> Result<(), String> {
        if self.worker && self.ask("!!navigator.serviceWorker") == Value::Bool(true) {
            self.wait(
                "the service worker to be at work",
                "navigator.serviceWorker.getRegistration().then(it => it?.active?.state === 'activated')",
            )?;
        }
        self.rest()
    }

    /// The value of an expression; nothing where the page has none for it.
    pub fn ask(&self, expression: &str) -> Value {
        self.page.try_eval(expression).unwrap_or_default()
    }

    /// Empties the browser's cache; what the app keeps stays.
    pub fn evict(&self) -> Result<(), String> {
        self.send("Network.clearBrowserCache", &json!({}))
    }

    /// A command to the page.
    pub fn send(&self, method: &str, params: &Value) -> Result<(), String> {
        self.page.try_send(method, params).map(drop).map_err(said)
    }

    /// What slipped through in pages that are gone, too: Chromium's own word. Of the service worker it does not count where its
    /// script `is_broken`.
    pub fn must_be_sound(&self, is_broken: bool) -> Result<(), String> {
        let thrown: Vec<_> = self
            .page
            .complaints()
            .into_iter()
            .filter(|complaint| complaint.starts_with("Uncaught") || complaint.contains("panicked at"))
            .filter(|complaint| !(is_broken && complaint.ends_with(IN_WORKER)))
            .collect();
        if thrown.is_empty() { Ok(()) } else { Err(format!("exceptions that nobody caught: {thrown:?}")) }
    }
}

fn said(error: impl fmt::Display) -> String {
    error.to_string()
}
