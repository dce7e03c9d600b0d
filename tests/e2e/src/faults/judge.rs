//! Runs one case and says what was not as it must be.

use std::thread;
use std::time::Duration;

use super::case::{Case, STALL_S, Visit, What, Which, Wrong};
use super::requests::{Request, Requests, kind};
use super::run::{Client, Good, Look};
use super::scripts;
use super::sites::{NAMES, Sites};
use crate::browser::Browser;
use crate::server::Fault;

/// What all cases share.
pub struct World {
    /// The builds.
    pub sites: Sites,
    /// What is asked for.
    pub requests: Requests,
    /// A station whose name differs between the builds.
    pub station: String,
    /// Whether the app has a service worker, so that a later visit needs no server.
    pub worker: bool,
    /// Whether a case waits until a stalled answer has come after all.
    pub patient: bool,
}

/// Time for a page to show that it is not as good as it looked.
const SETTLE: Duration = Duration::from_millis(250);

impl World {
    /// Runs a case. Gives the browser back, if it is still of use.
    pub fn run(&self, case: &Case, browser: Box<Browser>) -> (Result<(), String>, Option<Box<Browser>>) {
        if let What::Killed { at, update } = case.0 {
            return (self.killed(at, update), Some(browser));
        }
        let scripts: Vec<String> = scripts::of(&case.0);
        let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
        let client = match Client::new(browser, self.sites.first(), self.worker, &scripts) {
            Ok(client) => client,
            Err(why) => return (Err(why), None),
        };
        // A worker's script that is broken says so; what counts is that the page does without.
        let is_broken = matches!(&case.0, What::Request { label, .. } if label == "sw.js");
        let outcome = self.judge(&case.0, &client).and_then(|()| client.must_be_sound(is_broken));
        (outcome, client.leave())
    }

    fn judge(&self, what: &What, client: &Client) -> Result<(), String> {
        match what {
            What::Request { visit, label, wrong, which } => {
                let request = self.requests.find(*visit, label);
                let request = request.ok_or_else(|| format!("{label} is not asked for on this visit"))?;
                self.request(client, *visit, request, *wrong, *which)
            }
            What::NoText(visit, wrong) => self.no_text(client, *visit, *wrong),
            What::Alternating(visit) => self.alternating(client, *visit),
            What::Versions { page, app, data, kept, before } => {
                self.versions(client, [*page, *app, *data], *kept, *before)
            }
            What::Quota(visit, _) | What::Clock(visit, _) | What::NoWorker(visit) => {
                self.odd(client, what, *visit)
            }
            What::Install { label, wrong } => {
                let request = self.requests.find(Visit::First, label);
                let request = request.ok_or_else(|| format!("{label} is not asked for"))?;
                self.install(client, request, *wrong)
            }
            What::OpenPage => self.open_page(client),
            What::Killed { at, update } => self.killed(*at, *update),
        }
    }

    /// One request goes wrong.
    fn request(
        &self,
        client: &Client,
        visit: Visit,
        request: &Request,
        wrong: Wrong,
        which: Which,
    ) -> Result<(), String> {
        let earlier = before(client, visit)?;
        let fault = wrong.fault(request.len);
        match which {
            Which::All => client.server().fault(&request.path, fault),
            Which::One => client.server().fault_once(&request.path, 1, fault),
        }
        let later = visit != Visit::First;
        let need = match (request.label.as_str(), later) {
            // What the browser shows in the place of a page is not ours.
            ("page", _) if !(later && self.worker) => {
                if wrong.leaves_a_page() {
                    Good::WayOut
                } else {
                    Good::Nothing
                }
            }
            (_, true) => Good::Text,
            (_, false) => Good::WayOut,
        };
        self.bear(client, need, wrong == Wrong::Stall)?;
        heal(client, earlier.as_ref(), wrong)
    }

    /// Neither the app nor its text comes: a way out remains.
    fn no_text(&self, client: &Client, visit: Visit, wrong: Wrong) -> Result<(), String> {
        let earlier = before(client, visit)?;
        for request in self.requests.first.iter().filter(|request| kind(&request.label) == "wasm") {
            client.server().fault(&request.path, wrong.fault(request.len));
        }
        client.server().fault("/list.html", wrong.fault(self.sites.len("/list.html")));
        self.bear(client, Good::WayOut, wrong == Wrong::Stall)?;
        heal(client, earlier.as_ref(), wrong)
    }

    /// Visits while something is wrong: the page is of this use in time, stays so, and lets nothing slip.
    fn bear(&self, client: &Client, need: Good, stalls: bool) -> Result<(), String> {
        if need == Good::Nothing {
            client.open("/")?;
            thread::sleep(SETTLE);
            return Ok(());
        }
        calm(client, "/", need)?;
        if !(stalls && self.patient) {
            return Ok(());
        }
        thread::sleep(Duration::from_secs(STALL_S));
        let look = client.look();
        look.must_be(need)?;
        look.must_be_sound().map_err(|why| format!("when it came after all: {why}"))
    }

    /// Servers disagree about which edition is the newest: a visit asks once or twice, and meets the newer one in its turn.
    fn alternating(&self, client: &Client, visit: Visit) -> Result<(), String> {
        let (old, new) = (self.sites.index(0)?, self.sites.index(1)?);
        before(client, visit)?;
        client.server().mix(&[("/", self.sites.first()), ("/data/", self.sites.build(1))]);
        client.server().fault("/data/index.json", Fault::Turns(vec![new, old.clone(), old]));
        let mut newest = None;
        for _ in 0..4 {
            let look = calm(client, &self.station, Good::App)?;
            if look.seq < newest {
                return Err(format!("seq went back from {newest:?}: {look}"));
            }
            newest = look.seq;
        }
        if newest == Some(self.sites.seq(1)?) {
            Ok(())
        } else {
            Err(format!("the newest edition is {newest:?}"))
        }
    }

    /// Page, app and data are of different builds.
    fn versions(
        &self,
        client: &Client,
        [page, app, data]: [usize; 3],
        kept: bool,
        earlier: Option<usize>,
    ) -> Result<(), String> {
        let build = |number| self.sites.build(number);
        let mut newest = None;
        if let Some(earlier) = earlier {
            client.server().deploy(build(earlier));
            newest = before(client, Visit::Again)?.and_then(|look| look.seq);
        }
        let mut roots = vec![("/data/", build(data)), ("/s/", build(page)), ("/list.html", build(page))];
        roots.extend([("/index.html", build(page)), ("/", build(app))]);
        if kept {
            roots.push(("/", build(page)));
        }
        client.server().mix(&roots);
        let whole = kept || page == app || (self.worker && earlier.is_some());
        let need = if whole { Good::App } else { Good::Text };
        let look = calm(client, &self.station, need)?;
        if look.seq < newest {
            return Err(format!("seq went back from {newest:?}: {look}"));
        }
        // The newest that was ever seen is what is shown.
        let shown = earlier.map_or(data, |earlier| earlier.max(data));
        if look.good == Good::App { client.must_show(NAMES[shown]) } else { Ok(()) }
    }

    /// Nothing is wrong with the server, but with the phone.
    fn odd(&self, client: &Client, what: &What, visit: Visit) -> Result<(), String> {
        let earlier = before(client, visit)?;
        if let What::Quota(_, bytes) = what {
            client.limit(*bytes)?;
        }
        // Newer data, which it may or may not be able to keep.
        client.server().mix(&[("/data/", self.sites.build(1)), ("/", self.sites.first())]);
        for _ in 0..2 {
            calm(client, &self.station, Good::App)?;
            client.must_show(NAMES[1])?;
        }
        // Whatever it could keep, it keeps an edition that is whole.
        if earlier.is_some() {
            client.server().fault("/data/*", Fault::Refused);
            let look = client.visit("/")?;
            look.must_be_app().map_err(|why| format!("without new data: {why}"))?;
        }
        Ok(())
    }
}

/// Visits a path: it is of this use in time, stays so, and lets nothing slip. What is seen.
pub(super) fn calm(client: &Client, path: &str, need: Good) -> Result<Look, String> {
    client.visit_until(path, need)?.must_be(need)?;
    thread::sleep(SETTLE);
    let look = client.look();
    look.must_be(need)?;
    look.must_be_sound()?;
    Ok(look)
}

/// The visit before the one that matters.
pub(super) fn before(client: &Client, visit: Visit) -> Result<Option<Look>, String> {
    if visit == Visit::First {
        return Ok(None);
    }
    let look = client.visit("/")?;
    look.must_be_app().map_err(|why| format!("before anything was wrong: {why}"))?;
    client.settle()?;
    if visit == Visit::Evicted {
        client.evict()?;
    }
    Ok(Some(look))
}

/// Once all is well again, so is the app, at the latest at the second try. Whoever was here before needs no new data for it.
/// What stalls on its way to the worker holds Chromium's cache for whoever asks for the same file: that must end first.
fn heal(client: &Client, before: Option<&Look>, wrong: Wrong) -> Result<(), String> {
    client.server().heal();
    if before.is_some() {
        client.server().fault("/data/*", Fault::Refused);
    }
    let tries = if wrong == Wrong::Stall { 6 } else { 2 };
    let mut look = client.visit("/")?;
    for _ in 1..tries {
        if look.good < Good::App {
            look = client.visit("/")?;
        }
    }
    look.must_be_app().and_then(|()| look.must_be_sound()).map_err(|why| format!("healed: {why}"))?;
    let Some(before) = before else { return Ok(()) };
    if look.count != before.count || look.seq < before.seq {
        return Err(format!("old good data are not kept: before, {before}; now, {look}"));
    }
    Ok(())
}
