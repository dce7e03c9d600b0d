//! The browser dies while the app is on its way to the phone.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::judge::{World, before, calm};
use super::run::{Client, Good, USABLE};
use crate::browser::{Browser, fresh_profile};
use crate::server::{Fault, Server};

/// Time between two looks at how far it is: short, as a local server is quick.
const STEP: Duration = Duration::from_millis(1);

impl World {
    /// Kills the browser at the `at`th request of a first visit or, where `update`, of the first visit after a new build.
    /// The next time, all is well.
    pub(super) fn killed(&self, at: usize, update: bool) -> Result<(), String> {
        let profile = fresh_profile().map_err(|error| error.to_string())?;
        let outcome = self.killed_in(&profile, at, update);
        // Litter at worst.
        let _ = fs::remove_dir_all(&profile);
        outcome
    }

    fn killed_in(&self, profile: &Path, at: usize, update: bool) -> Result<(), String> {
        let start = || Browser::start_in(profile).map(Box::new);
        let server = Server::start(self.sites.first()).map_err(|error| error.to_string())?;
        let mut client = Client::on(start()?, server, true, self.worker, &[])?;
        let mut seq = None;
        if update {
            seq = before(&client, super::case::Visit::Again)?.and_then(|look| look.seq);
            // That was days ago: Chromium writes what a page keeps some seconds later.
            let (browser, server) = client.abandon();
            if let Some(browser) = browser {
                browser.quit();
            }
            server.mix(&[("/", self.sites.build(1)), ("/", self.sites.first())]);
            client = Client::on(start()?, server, true, self.worker, &[])?;
        }
        let asked = client.server().asked().len();
        client.open("/")?;
        let began = Instant::now();
        while client.server().asked().len() < asked + at && began.elapsed() < USABLE {
            thread::sleep(STEP);
        }
        let (browser, server) = client.abandon();
        if let Some(browser) = browser {
            browser.kill();
        }

        // What was whole before is whole still: with a worker, even where nobody answers.
        let client = Client::on(start()?, server, true, self.worker, &[])?;
        if update {
            let dead = if self.worker { "/*" } else { "/data/*" };
            client.server().fault(dead, Fault::Refused);
            let look = client.visit("/")?;
            look.must_be_app().and_then(|()| look.must_be_sound()).map_err(|why| format!("killed: {why}"))?;
            if look.seq < seq {
                return Err(format!("seq went back from {seq:?}: {look}"));
            }
            client.server().heal();
        }
        let look = client.visit("/")?;
        look.must_be_app().and_then(|()| look.must_be_sound()).map_err(|why| format!("next time: {why}"))?;
        client.settle()?;
        if self.worker {
            client.server().fault("/*", Fault::Refused);
            calm(&client, "/", Good::App).map_err(|why| format!("without a network: {why}"))?;
        }
        let _ = client.leave();
        Ok(())
    }
}
