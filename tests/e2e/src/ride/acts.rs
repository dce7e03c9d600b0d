//! What a rider does: one thing after another, each until the app has followed.

use serde_json::{Value, json};

use super::chance::Chance;
use crate::page::Page;

/// Where the ride begins and comes back to, (latitude, longitude) in WGS-84 degrees: the middle of Shenyang.
const BASE: (f64, f64) = (41.8057, 123.4315);
/// How far it goes from there, in degrees; some twelve kilometres.
const AREA: f64 = 0.12;
/// How far it goes at once.
const STRETCH: f64 = 0.01;
/// What is looked for.
const WORDS: [&str; 9] =
    ["工会", "银行", "铁西区", "沈阳", "hot water", "社区", "药", "和平", "没有这个名字"];

/// One thing that a rider does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Rides on and asks where they are.
    Move,
    /// Looks from a district.
    District,
    /// Asks for something more or less.
    Filter,
    /// Looks at all filters.
    Filters,
    /// Looks for words, and no longer.
    Search,
    /// Opens a station, looks at it and comes back.
    Station,
    /// Opens a station and what can be shared of it.
    Share,
    /// Opens a station and the ways there.
    Navigate,
    /// Asks for more rows.
    More,
    /// Moves the map.
    Pan,
    /// Zooms it.
    Zoom,
    /// Reads about the map.
    About,
    /// The other language.
    Language,
    /// The next colours.
    Theme,
    /// Another app and back.
    Away,
    /// Into a basement, where a station is opened, and out again.
    Basement,
}

/// All, and how often each.
pub(super) const ACTS: [(Act, u64); 16] = [
    (Act::Move, 14),
    (Act::District, 4),
    (Act::Filter, 10),
    (Act::Filters, 4),
    (Act::Search, 8),
    (Act::Station, 12),
    (Act::Share, 4),
    (Act::Navigate, 4),
    (Act::More, 4),
    (Act::Pan, 8),
    (Act::Zoom, 6),
    (Act::About, 2),
    (Act::Language, 5),
    (Act::Theme, 5),
    (Act::Away, 5),
    (Act::Basement, 4),
];

/// From so many CSS pixels on, a touch that moves is no tap.
const TAP: f64 = 20.0;

/// A rider with a phone.
pub(super) struct Rider<'a> {
    page: &'a Page,
    pub(super) chance: Chance,
    at: (f64, f64),
}

impl<'a> Rider<'a> {
    /// Opens the app where the ride begins.
    pub(super) fn start(page: &'a Page, seed: u64) -> Self {
        page.open_app("/");
        page.stand_at(BASE.0, BASE.1);
        page.click("#hero-locate");
        page.wait_for(".hero.nearest");
        page.wait_for(".leaflet-container");
        let rider = Self { page, chance: Chance::new(seed), at: BASE };
        rider.settle();
        rider
    }

    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Move => self.ride_on(),
            Act::District => self.district(),
            Act::Filter => self.filter(),
            Act::Filters => self.filters(),
            Act::Search => self.search(),
            Act::Station => self.station(|_| ()),
            Act::Share => self.station(|rider| rider.dialog("#page-share", "img.qr")),
            Act::Navigate => self.station(|rider| rider.dialog("#page-go", "a.choice")),
            Act::More => self.more(),
            Act::Pan => self.pan(),
            Act::Zoom => self.zoom(),
            Act::About => self.about(),
            Act::Language => self.page.click("#bar-lang"),
            Act::Theme => self.page.click("#bar-theme"),
            Act::Away => self.away(),
            Act::Basement => self.basement(),
        }
        self.settle();
    }

    /// Back to how the ride began, but for what the phone keeps.
    pub(super) fn come_home(&mut self) {
        self.raise(true);
        self.page.click("#chip-filters");
        self.page.click("#foot-clear");
        self.close();
        self.at = BASE;
        self.locate();
        self.raise(true);
        self.page.eval("document.querySelector('#list').scrollTop = 0");
        self.settle();
    }

    /// Waits until the app has done what it does, and nothing moves any more.
    fn settle(&self) {
        self.page.wait_for("html[data-app='running'] :is(#count > span, #page-title)");
        self.page.wait_for_stations();
        self.page.wait_until("the position", "!document.querySelector('#locate.is-busy')");
        self.page.wait_for_rest();
    }

    /// Puts the sheet to its full height, or below it.
    fn raise(&self, full: bool) {
        let wanted = if full { ".sheet.is-full" } else { ".sheet:not(.is-full, .is-peek)" };
        while self.page.count(wanted) == 0 {
            let style = "document.querySelector('.sheet').style.getPropertyValue('--sheet-height')";
            let before = self.page.eval(style);
            self.page.click("#sheet-handle");
            self.page.wait_until("the sheet to get another height", &format!("{style} !== {before}"));
        }
        self.page.wait_for_rest();
    }

    fn locate(&self) {
        self.page.stand_at(self.at.0, self.at.1);
        self.raise(false);
        self.page.click("#locate");
        self.settle();
        self.page.wait_for(".hero");
    }

    fn ride_on(&mut self) {
        let on = |chance: &mut Chance, at: f64, base: f64| {
            (at + chance.around_zero() * STRETCH).clamp(base - AREA, base + AREA)
        };
        self.at = (on(&mut self.chance, self.at.0, BASE.0), on(&mut self.chance, self.at.1, BASE.1));
        self.locate();
    }

    fn district(&mut self) {
        self.raise(false);
        // Where nothing fits there is no such button.
        if self.page.count("#hero-change, #hero-place") == 0 {
            return;
        }
        self.page.click("#hero-change, #hero-place");
        self.page.wait_for("dialog summary");
        self.page.click("dialog summary");
        let districts = self.page.count("dialog details[open] .chip");
        let chosen = self.chance.below(districts) + 1;
        self.page.click(&format!("dialog details[open] li:nth-child({chosen}) .chip"));
        self.page.wait_gone("dialog");
    }

    fn filter(&mut self) {
        self.raise(true);
        // Not the one that opens all of them.
        let chips = self.page.attributes(".finder .chip:not(#chip-filters)", "id");
        let chip = self.chance.below(chips.len() as u64);
        if let Some(id) = usize::try_from(chip).ok().and_then(|chip| chips.get(chip)) {
            let pressed = format!("document.getElementById('{id}').getAttribute('aria-pressed')");
            let before = self.page.eval(&pressed);
            self.page.click(&format!("[id='{id}']"));
            self.page.wait_until("the filter to change", &format!("{pressed} !== {before}"));
        }
    }

    fn filters(&self) {
        self.raise(true);
        self.dialog("#chip-filters", "#foot-done");
    }

    fn search(&mut self) {
        self.raise(true);
        let word = self.chance.weighed(&WORDS.map(|word| (word, 1))).unwrap_or_default();
        // Of what is typed Chromium keeps a node each time, to undo it, up to a thousand times.
        self.page.click("#search");
        self.page.eval(&format!(
            "(field => {{
                field.value = {};
                field.dispatchEvent(new Event('input', {{ bubbles: true }}));
            }})(document.querySelector('#search'))",
            Value::from(word)
        ));
        self.settle();
        // The address follows when typing rests, and then what fits is looked for farther away.
        let query = format!("new URLSearchParams(location.search).get('q') === {}", Value::from(word));
        self.page.wait_until("the words in the address", &query);
        self.settle();
        self.page.click("#search-clear button");
        self.page.wait_until("no words in the address", "!new URLSearchParams(location.search).has('q')");
        self.page.eval("document.activeElement.blur()");
    }

    /// Opens one of the first stations of the list, if there is any, does something and comes back.
    fn station(&mut self, then: impl FnOnce(&Self)) {
        self.raise(true);
        let rows = self.page.attributes("#rows .row > a", "id");
        let row = self.chance.below((rows.len() as u64).min(20));
        let Some(id) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
        self.page.click(&format!("[id='{id}']"));
        self.page.wait_for("#page.station #page-title");
        self.settle();
        if self.chance.below(3) == 0 {
            self.page.click("#page-star");
        }
        then(self);
        self.page.click("#page-back");
        self.page.wait_gone("#page.station");
    }

    /// Opens a dialog, waits for what is in it and closes it.
    fn dialog(&self, button: &str, content: &str) {
        self.page.click(button);
        self.page.wait_for(&format!("dialog[open] {content}"));
        self.page.wait_for_rest();
        self.close();
    }

    fn close(&self) {
        self.page.click("#dialog-close");
        self.page.wait_gone("dialog");
    }

    fn more(&self) {
        self.raise(true);
        if self.page.count("#rows > [data-do='more']") > 0 {
            self.page.click("#rows > [data-do='more']");
        }
    }

    fn pan(&mut self) {
        self.raise(false);
        let (x, y) = (self.chance.around_zero() * 120.0, self.chance.around_zero() * 60.0);
        // A finger that hardly moves taps, and may open a station.
        let x = x + TAP.copysign(x);
        self.page.drag((180.0, 150.0), (180.0 + x, 150.0 + y));
    }

    fn zoom(&mut self) {
        self.raise(false);
        let script = "document.querySelector('#map .leaflet-control-zoom-WAY').click()";
        let way = if self.chance.below(2) == 0 { "in" } else { "out" };
        self.page.eval(&script.replace("WAY", way));
    }

    fn about(&self) {
        self.page.click("#bar-about");
        self.page.wait_for("#page.about #page-title");
        self.page.wait_for_rest();
        self.page.click("#page-back");
        self.page.wait_gone("#page.about");
    }

    /// Another tab covers this one for a moment.
    fn away(&self) {
        let other = json!({ "url": "about:blank", "browserContextId": self.page.context() });
        let other = self.page.send_to_browser("Target.createTarget", other);
        self.page.wait_until("the page to be hidden", "document.visibilityState === 'hidden'");
        self.page.send("Page.bringToFront", json!({}));
        self.page.send_to_browser("Target.closeTarget", json!({ "targetId": other["targetId"] }));
        self.page.wait_until("the page to be seen", "document.visibilityState === 'visible'");
    }

    fn basement(&mut self) {
        self.network(false);
        self.page.server().kill();
        self.station(|_| ());
        self.filter();
        self.settle();
        let revived = self.page.server().revive();
        assert!(revived.is_ok(), "the server's port is taken: {revived:?}");
        // What did not come down there is right.
        self.page.expect_complaint("net::");
        self.network(true);
        // It asks for the data as soon as it hears of the network, and then no longer says that they are old.
        self.page.wait_gone(".banner.stale");
        self.page.expect_complaint("net::");
    }

    fn network(&self, is_there: bool) {
        let conditions =
            json!({ "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.page.send("Network.emulateNetworkConditions", conditions);
    }
}
