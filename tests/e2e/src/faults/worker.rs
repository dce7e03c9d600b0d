//! What a service worker must bear besides: files that go wrong on the way to it alone, and a deploy under an open page.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::case::{STALL_S, Visit, Wrong};
use super::judge::{World, before, calm};
use super::requests::Request;
use super::run::{Client, Good};
use crate::server::Fault;

/// Longest until a worker that does not wait has taken over.
const TAKE_OVER: Duration = Duration::from_secs(2);
/// What the open page has lost of its own files, in words.
const LOST: &str = "(async () => {
    const files = [...document.querySelectorAll('link[href], script[src]')].map(part => part.href || part.src);
    const own = files.filter(url => /-[0-9a-f]{12,16}[._]/.test(url) && !url.includes('/data/'));
    const lost = [];
    for (const url of own) if (!(await fetch(url).catch(() => ({}))).ok) lost.push(url);
    if (!own.length) lost.push('the page names none of its files');
    return lost.concat(window.wasHere ? [] : 'the page was loaded anew by itself').join();
})()";
/// Whether a worker of the site is at work.
const ACTIVE: &str = "navigator.serviceWorker.getRegistration().then(it => !!it?.active)";

impl World {
    /// The page gets a file whole, and the worker gets it wrong. Whatever becomes of the worker, if it is at work it is
    /// whole.
    pub(super) fn install(&self, client: &Client, request: &Request, wrong: Wrong) -> Result<(), String> {
        // Otherwise it takes what the browser kept for the page, and meets nothing.
        client.server().keep_nothing();
        let on_page = self.requests.first_by_page.contains(&request.path);
        client.server().fault_once(&request.path, if on_page { 2 } else { 1 }, wrong.fault(request.len));
        let look = calm(client, "/", Good::App)?;
        if wrong == Wrong::Stall {
            // It comes after all.
            thread::sleep(Duration::from_secs(STALL_S));
        }
        client.rest()?;
        if client.ask(ACTIVE) == Value::Bool(true) {
            dead(client, &look.count)?;
            client.server().heal();
        }
        // Next time it gets what it needs.
        client.server().heal();
        calm(client, "/", Good::App)?;
        client.settle()?;
        dead(client, &look.count)
    }

    /// A new build is published, and the old one's files are gone, while a page of the old one is open.
    pub(super) fn open_page(&self, client: &Client) -> Result<(), String> {
        let look = before(client, Visit::Again)?.ok_or("no visit")?;
        calm(client, "/", Good::App)?;
        client.server().deploy(self.sites.build(1));
        client.ask("window.wasHere = true");
        client.ask("navigator.serviceWorker.getRegistration().then(it => it.update()).then(() => true)");
        // Only the worker may still have them.
        client.evict()?;
        client.wait(
            "the new version to have come",
            "navigator.serviceWorker.getRegistration().then(it => !it.installing && (!!it.waiting || !!it.active))",
        )?;
        client.rest()?;
        // A phone stops workers that have nothing to do. One that does not wait takes over then, and tidies up.
        client.send("ServiceWorker.stopAllWorkers", &json!({}))?;
        thread::sleep(TAKE_OVER);
        let lost = client.ask(LOST);
        if lost != "" {
            return Err(format!("an open page has lost what it may need: {lost}"));
        }
        let now = client.look();
        now.must_be_app().and_then(|()| now.must_be_sound())?;
        dead(client, &look.count)
    }
}

/// Nobody answers any more, and the app shows all the same.
fn dead(client: &Client, count: &str) -> Result<(), String> {
    client.server().fault("/*", Fault::Refused);
    let look = calm(client, "/", Good::App).map_err(|why| format!("without a network: {why}"))?;
    if look.count == count { Ok(()) } else { Err(format!("{count} was kept: {look}")) }
}
