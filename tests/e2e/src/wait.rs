//! Waiting for something to be so.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::page::{Page, quoted};

/// Longest wait for a condition. The app needs far less; a busy machine may not.
const PATIENCE: Duration = Duration::from_secs(15);
/// Time between two looks.
const STEP: Duration = Duration::from_millis(20);

impl Page {
    /// Waits until a JavaScript expression is true; `what` names it if it never is.
    ///
    /// # Panics
    /// When it is not true in time; says what the expression was instead.
    #[track_caller]
    pub fn wait_until(&self, what: &str, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // While the page changes there may be nothing to ask: then it is not so yet.
            let seen = self.try_eval(expression);
            if seen == Ok(Value::Bool(true)) {
                return;
            }
            if Instant::now() > deadline {
                let seen = seen.map_or_else(|why| why, |value| value.to_string());
                panic!("waited in vain for {what}\n  {expression}\n  is {seen}");
            }
            thread::sleep(STEP);
        }
    }

    /// Waits until an element that fits can be seen.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        let script =
            "[...document.querySelectorAll(CSS)].some(e => e.checkVisibility({ visibilityProperty: true }))";
        self.wait_until(&format!("`{css}` to be seen"), &script.replace("CSS", &quoted(css)));
    }

    /// Waits until no element that fits can be seen.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        let script =
            "![...document.querySelectorAll(CSS)].some(e => e.checkVisibility({ visibilityProperty: true }))";
        self.wait_until(&format!("`{css}` to be gone"), &script.replace("CSS", &quoted(css)));
    }

    /// Waits until the text of the first element that fits has `part` in it.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, part: &str) {
        let script = "document.querySelector(CSS)?.innerText.includes(PART) ?? false";
        let script = script.replace("CSS", &quoted(css)).replace("PART", &quoted(part));
        self.wait_until(&format!("`{part}` in `{css}`"), &script);
    }

    /// Waits until path and query of the address are these.
    #[track_caller]
    pub fn wait_for_address(&self, address: &str) {
        let script = format!("location.pathname + location.search === {}", quoted(address));
        self.wait_until(&format!("the address {address}"), &script);
    }

    /// Waits until no transition or animation runs and the page has drawn what it has.
    #[track_caller]
    pub fn wait_for_rest(&self) {
        // Endless ones (a skeleton's pulse) never come to rest and move nothing.
        self.wait_until(
            "the page to come to rest",
            "(async () => {
                const endless = a => a.effect?.getComputedTiming().iterations === Infinity;
                await Promise.allSettled(document.getAnimations().filter(a => !endless(a)).map(a => a.finished));
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                return !document.getAnimations().some(a => !endless(a));
            })()",
        );
    }
}
