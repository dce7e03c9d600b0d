//! A page as a test sees it: what it shows, and what it complained about.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::sync::MutexGuard;

use serde_json::{Value, json};

use crate::browser::{Browser, Tab, shared};
use crate::complaint::said_by;
use crate::pipe::PipeError;
use crate::place;
use crate::scene::Scene;
use crate::server::Server;

/// The browser that a page is in.
enum Hold {
    /// The one of the process.
    Shared(MutexGuard<'static, Option<Browser>>),
    /// One that only this page has.
    Own(Box<Browser>),
}

impl Hold {
    fn browser(&mut self) -> Option<&mut Browser> {
        match self {
            Self::Shared(guard) => guard.as_mut(),
            Self::Own(browser) => Some(browser),
        }
    }
}

/// A page in a browser context of its own, on a server of its own.
pub struct Page {
    browser: RefCell<Hold>,
    tab: Tab,
    server: Server,
    scene: Scene,
    pub(crate) complaints: RefCell<Vec<String>>,
    /// What complaints may have in them.
    pub(crate) tolerated: RefCell<Vec<String>>,
}

impl Page {
    /// An empty page in a scene; or in words what is missing.
    pub(crate) fn new(scene: Scene, server: Server) -> Result<Self, String> {
        let mut guard = shared()?;
        let browser = guard.as_mut().ok_or("no browser")?;
        let tab = browser.open_tab().map_err(|error| error.to_string())?;
        Ok(Self::in_tab(Hold::Shared(guard), tab, scene, server))
    }

    /// An empty page in a browser that is given, in a context of its own or, where that must outlive the browser, in the
    /// profile's.
    pub(crate) fn new_in(
        mut browser: Box<Browser>,
        lasting: bool,
        scene: Scene,
        server: Server,
    ) -> Result<Self, String> {
        let tab = if lasting { browser.open_tab_in(None) } else { browser.open_tab() };
        let tab = tab.map_err(|error| error.to_string())?;
        Ok(Self::in_tab(Hold::Own(browser), tab, scene, server))
    }

    fn in_tab(browser: Hold, tab: Tab, scene: Scene, server: Server) -> Self {
        let page = Self {
            browser: RefCell::new(browser),
            tab,
            server,
            scene,
            complaints: RefCell::default(),
            tolerated: RefCell::default(),
        };
        page.set_scene(&page.scene);
        page
    }

    /// Closes the page, forgets all it kept and gives its own browser back, with the server.
    pub(crate) fn leave(self) -> (Option<Box<Browser>>, Server) {
        // A browser that has gone has closed it, too.
        let _ = self.with_browser(|browser| browser.close_tab(&self.tab));
        self.abandon()
    }

    /// Gives the page's own browser back as it is, with the server.
    pub(crate) fn abandon(self) -> (Option<Box<Browser>>, Server) {
        let browser = match self.browser.into_inner() {
            Hold::Own(browser) => Some(browser),
            Hold::Shared(_) => None,
        };
        (browser, self.server)
    }

    /// Closes the page and forgets all it kept; ends the page's own browser.
    pub(crate) fn close(self) {
        if let (Some(browser), _) = self.leave() {
            browser.kill();
        }
    }

    /// The server that the page comes from.
    pub const fn server(&self) -> &Server {
        &self.server
    }

    /// The scene of the test.
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    pub(crate) fn context(&self) -> Option<&str> {
        self.tab.context.as_deref()
    }

    pub(crate) fn session(&self) -> &str {
        &self.tab.session
    }

    pub(crate) fn with_browser<T>(&self, act: impl FnOnce(&mut Browser) -> T) -> T {
        let mut hold = self.browser.borrow_mut();
        hold.browser().map_or_else(|| panic!("the browser has gone"), act)
    }

    pub(crate) fn try_send(&self, method: &str, params: &Value) -> Result<Value, PipeError> {
        self.with_browser(|browser| browser.command(Some(&self.tab.session), method, params))
    }

    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the parameters are always written where they are used"
    )]
    pub(crate) fn send(&self, method: &str, params: Value) -> Value {
        self.try_send(method, &params).unwrap_or_else(|error| panic!("{error}"))
    }

    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the parameters are always written where they are used"
    )]
    pub(crate) fn send_to_browser(&self, method: &str, params: Value) -> Value {
        self.with_browser(|browser| browser.command(None, method, &params))
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Opens a path of the app's server and waits until its document is loaded.
    #[track_caller]
    pub fn open(&self, path: &str) {
        let url = format!("{}{path}", self.server.origin());
        let answer = self.send("Page.navigate", json!({ "url": url }));
        if let Some(error) = answer["errorText"].as_str() {
            panic!("{url} does not open: {error}");
        }
        self.wait_until("the document to be loaded", "document.readyState === 'complete'");
    }

    /// Opens a path and waits until the app shows something of its own and loads nothing more.
    #[track_caller]
    pub fn open_app(&self, path: &str) {
        self.open(path);
        self.wait_for("html[data-app='running'] :is(.count:not(:empty), #page-title, .panel.problem)");
        self.wait_for_stations();
    }

    /// Waits until the app loads no more stations.
    #[track_caller]
    pub fn wait_for_stations(&self) {
        self.wait_until("the stations to be loaded", "!document.querySelector('#list[aria-busy]')");
    }

    /// Loads the page anew and waits until its document is loaded.
    #[track_caller]
    pub fn reload(&self) {
        self.eval("window.wasHere = true");
        self.send("Page.reload", json!({}));
        self.wait_until(
            "the page to be loaded anew",
            "!window.wasHere && document.readyState === 'complete'",
        );
    }

    /// The browser's own step back.
    #[track_caller]
    pub fn go_back(&self) {
        self.eval("history.back()");
    }

    /// The value of a JavaScript expression; promises are awaited.
    ///
    /// # Panics
    /// When the expression throws.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        self.try_eval(expression).unwrap_or_else(|why| panic!("{why}\nin: {expression}"))
    }

    pub(crate) fn try_eval(&self, expression: &str) -> Result<Value, String> {
        let params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.try_send("Runtime.evaluate", &params).map_err(|error| error.to_string())?;
        match answer.get("exceptionDetails") {
            None => Ok(answer["result"]["value"].take()),
            Some(details) => Err(said_by(&details["exception"])
                .or_else(|| details["text"].as_str().map(str::to_owned))
                .unwrap_or_else(|| "an exception".to_owned())),
        }
    }

    /// Path and query of the page's address.
    #[track_caller]
    pub fn address(&self) -> String {
        self.eval("location.pathname + location.search").as_str().unwrap_or_default().to_owned()
    }

    /// The text of the first element that fits, as it is seen, once there is one.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        self.texts(css).into_iter().next().unwrap_or_default()
    }

    /// The texts of all elements that fit, as they are seen.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.strings(&format!("[...document.querySelectorAll({})].map(e => e.innerText.trim())", quoted(css)))
    }

    /// An attribute of the first element that fits, once there is one.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.wait_for(css);
        let script = format!("document.querySelector({})?.getAttribute({})", quoted(css), quoted(name));
        self.eval(&script).as_str().map(str::to_owned)
    }

    /// An attribute of all elements that fit and have it.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let script =
            "[...document.querySelectorAll(CSS)].map(e => e.getAttribute(NAME)).filter(v => v !== null)";
        self.strings(&script.replace("CSS", &quoted(css)).replace("NAME", &quoted(name)))
    }

    /// The strings in the array that an expression gives.
    #[track_caller]
    pub fn strings(&self, expression: &str) -> Vec<String> {
        let found = self.eval(expression);
        let found = found.as_array().unwrap_or_else(|| panic!("no array: {expression}"));
        found.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// How many elements fit.
    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        self.eval(&format!("document.querySelectorAll({}).length", quoted(css))).as_u64().unwrap_or_default()
    }

    /// Whether the first element that fits can be seen: it has a box and nothing hides it.
    #[track_caller]
    pub fn is_visible(&self, css: &str) -> bool {
        let script = "(e => !!e && e.getClientRects().length > 0 && e.checkVisibility({
            visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: false }))";
        self.eval(&format!("{script}(document.querySelector({}))", quoted(css))) == json!(true)
    }

    /// What of the page sticks out of the window sideways and cannot be scrolled to, one description for each.
    #[track_caller]
    pub fn sticks_out(&self) -> Vec<String> {
        self.strings(include_str!("sticks_out.js"))
    }

    /// A picture of what is seen, as PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        let answer = self.send("Page.captureScreenshot", json!({ "format": "png" }));
        decode_base64(answer["data"].as_str().unwrap_or_default())
    }

    /// Leaves a picture of what is seen in target/e2e-screenshots and says where.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let path = place::screenshots().join(format!("{name}.png"));
        let written =
            fs::create_dir_all(place::screenshots()).and_then(|()| fs::write(&path, self.picture()));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }
}

/// A text as JavaScript writes it.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The bytes in a base64 text; what is no base64 is skipped.
pub fn decode_base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = text.bytes().filter_map(digit).collect();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let bits =
            group.iter().fold(0_u32, |bits, &digit| bits << 6 | u32::from(digit)) << (6 * (4 - group.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        for (text, bytes) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("+/+/", "")]
        {
            let expected = if text == "+/+/" { vec![0xfb, 0xff, 0xbf] } else { bytes.as_bytes().to_vec() };
            assert_eq!(decode_base64(text), expected, "{text}");
        }
    }
}
