//! Hosts and riders around the real server, `staff serve --data`: what the one says, the other sees.

use std::cell::RefCell;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command};

use e2e::{Page, Scene, Server, dist, visit_at, visit_beside, workspace};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::events::{announce, pick};
use super::{ID, broken, open, open_at, send, states, wait_for_state};
use crate::hosts::{copy, serve, staff};
use crate::offline::{expect_no_network, visit_once};
use crate::steps::locate_at;
use crate::truth::station;

/// A source folder, a site and the server that takes changes. It stops when dropped.
struct House {
    folder: TempDir,
    staff: PathBuf,
    process: RefCell<Child>,
    address: SocketAddr,
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

impl House {
    fn new() -> Self {
        let (folder, staff) = (tempfile::tempdir().unwrap(), staff());
        copy(&dist().unwrap(), &folder.path().join("dist"));
        for name in ["data", "basemap"] {
            copy(&workspace().join("public").join(name), &folder.path().join("public").join(name));
        }
        let (process, address) = serve(command(&staff, &folder, "serve").args(["--dist", "dist"]), 0);
        Self { folder, staff, process: RefCell::new(process), address }
    }

    /// The token of a new link for a person.
    fn key(&self, name: &str) -> String {
        let mut link = command(&self.staff, &self.folder, "link");
        let made = link.args(["create", ID, "--for", name, "--json"]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let made: Value = serde_json::from_slice(&made.stdout).unwrap();
        made["url"].as_str().unwrap().split_once("#k=").unwrap().1.to_owned()
    }

    /// The server for a page.
    fn server(&self) -> Server {
        Server::elsewhere(self.address)
    }

    /// The server dies.
    fn stop(&self) {
        let mut process = self.process.borrow_mut();
        // Gone already if it failed.
        let _ = process.kill();
        let _ = process.wait();
    }

    /// It is there again, at the same address.
    fn start(&self) {
        let mut again = command(&self.staff, &self.folder, "serve");
        *self.process.borrow_mut() = serve(again.args(["--dist", "dist"]), self.address.port()).0;
    }

    /// The number of what is published.
    fn edition(&self) -> u64 {
        let index = fs::read(self.folder.path().join("dist/data/index.json")).unwrap();
        serde_json::from_slice::<Value>(&index).unwrap()["seq"].as_u64().unwrap()
    }
}

/// A command of staff about the source folder.
fn command(staff: &PathBuf, folder: &TempDir, name: &str) -> Command {
    let mut command = Command::new(staff);
    // Nothing of a build that may run around the tests.
    for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
        command.env_remove(name);
    }
    command.current_dir(folder.path()).args([name, "--data", "public"]);
    command
}

/// A host opens the page by their link.
#[track_caller]
fn come_in(page: &Page, key: &str, name: &str) {
    open_at(page, &format!("#k={key}"));
    page.wait_for_text("#me", name);
}

/// A rider stands at the station's door and opens it: map and page on one screen, the list beneath.
#[track_caller]
fn look_at(page: &Page) {
    page.open_app("/");
    locate_at(page, station(ID).place.unwrap());
    page.click(&format!("#row-{ID}"));
    page.wait_for(".page.station");
    page.eval("window.wasHere = true");
}

/// Waits until map and page say that the station is open, or that it is shut, in the document that was opened.
#[track_caller]
fn wait_for_all(page: &Page, is_open: bool) {
    let look = if is_open { "open" } else { "closed" };
    page.wait_for(&format!(".map-pin.is-chosen.is-{look}"));
    let words = if is_open { "营业中" } else { "已关门" };
    page.wait_for_text(".page.station .status-line", words);
    assert_eq!(page.eval("window.wasHere"), json!(true), "no reload");
}

/// Monday morning: by these hours the station is shut.
const LATER: &str = "14:00-18:00";

#[test]
fn a_host_without_a_network_is_seen_by_a_rider_within_a_minute() {
    let house = House::new();
    let key = house.key("王姐");
    visit_at(Scene::phone(), house.server(), |host| {
        visit_once(host);
        come_in(host, &key, "王姐");
        super::wait_for_kept(host);
        visit_beside(Scene::desktop(), house.server(), |rider| {
            rider.hurry(15);
            look_at(rider);
            wait_for_all(rider, true);
            assert_eq!(rider.eval(&broken("饮水")), json!(false));
            house.stop();
            open(host);
            host.wait_for("#offline");
            host.click("#a-water-out");
            host.type_into("#hours", LATER);
            send(host);
            assert_eq!(states(host), ["待发送"]);
            host.reload();
            host.click("#to-changes");
            assert_eq!(states(host), ["待发送"]);
            house.start();
            host.eval("dispatchEvent(new Event('online'))");
            wait_for_state(host, "已生效");
            // Nobody touches the rider's phone: its own look does it, and none is a minute apart from the next.
            wait_for_all(rider, false);
            rider.wait_until("the broken water", &broken("饮水"));
            assert_eq!(rider.eval("Math.max(...window.everySoOften) < 60000"), json!(true));
            expect_no_network(rider);
        });
        expect_no_network(host);
    });
}

#[test]
fn two_hosts_settle_what_they_differ_in_and_the_map_shows_it_at_the_next_focus() {
    let house = House::new();
    let [first, second] = ["王姐", "李哥"].map(|name| house.key(name));
    visit_at(Scene::phone(), house.server(), |host| {
        come_in(host, &first, "王姐");
        visit_beside(Scene::desktop(), house.server(), |other| {
            come_in(other, &second, "李哥");
            // The one writes in a cellar, the other is faster.
            host.lose_network(true);
            host.type_into("#hours", LATER);
            send(host);
            assert_eq!(states(host), ["待发送"]);
            other.type_into("#hours", "07:00-19:00");
            send(other);
            wait_for_state(other, "已生效");
            look_at(other);
            wait_for_all(other, true);
            host.lose_network(false);
            wait_for_state(host, "有冲突");
            let sides = host.texts(".sides .choice");
            assert!(sides[0].contains(LATER) && sides[1].contains("07:00-19:00"), "{sides:?}");
            assert_eq!(sides.len(), 2);
            let before = house.edition();
            host.click("[id^='mine-']");
            host.click("[id^='resend-']");
            wait_for_state(host, "已生效");
            host.wait_until(
                "the next edition",
                &format!("fetch('/data/index.json').then(it => it.json()).then(it => it.seq > {before})"),
            );
            wait_for_all(other, true);
            other.eval("dispatchEvent(new Event('focus'))");
            wait_for_all(other, false);
        });
        host.expect_complaint("412");
        expect_no_network(host);
    });
}

#[test]
fn an_event_is_announced_put_off_and_taken_back() {
    let house = House::new();
    let key = house.key("王姐");
    visit_at(Scene::phone(), house.server(), |host| {
        come_in(host, &key, "王姐");
        announce(host, 1, "灯谜", "2026-11-29", "18:00");
        send(host);
        wait_for_state(host, "已生效");
        visit_beside(Scene::desktop(), house.server(), |rider| {
            let event = ".page .events .event";
            // Its own looks, none a minute apart from the next: published is later than accepted.
            rider.hurry(15);
            look_at(rider);
            rider.wait_for_text(event, "灯谜");
            host.click("#to-form");
            host.click("#events [id$='-change']");
            pick(host, "#events [id$='-from']", "19:30");
            send(host);
            host.wait_until("both to be live", "[...document.querySelectorAll('.change-head .state')].filter(e => e.innerText === '已生效').length === 2");
            rider.wait_for_text(event, "19:30");
            assert_eq!(rider.count(event), 1, "put off, not a second one");
            host.click(".change:first-child [id^='undo-']");
            wait_for_state(host, "已撤回");
            rider.wait_for_text(event, "18:00");
        });
    });
}
