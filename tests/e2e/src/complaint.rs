//! What a page complained about, and what is left as evidence where a test failed.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::{Page, decode_base64};
use crate::pipe::Event;
use crate::place;

/// How a complaint of the service worker's ends.
pub(crate) const IN_WORKER: &str = ", in the service worker";

impl Page {
    /// What the page complained about so far: exceptions, unhandled rejections, errors on the console, resources
    /// that did not come.
    pub fn complaints(&self) -> Vec<String> {
        let events = self.with_browser(Browser::take_events);
        let own = |event: &Event| event.session.as_deref() == Some(self.session());
        let mut complaints = self.complaints.borrow_mut();
        complaints.extend(events.iter().filter(|event| own(event)).filter_map(complaint));
        let tolerated = self.tolerated.borrow();
        complaints.retain(|complaint| !tolerated.iter().any(|part| complaint.contains(part)));
        complaints.clone()
    }

    /// Complaints with this in them are right from now on.
    pub fn tolerate(&self, part: &str) {
        self.tolerated.borrow_mut().push(part.to_owned());
    }

    /// Complaints with this in them are right so far.
    pub fn expect_complaint(&self, part: &str) {
        self.complaints();
        self.complaints.borrow_mut().retain(|complaint| !complaint.contains(part));
    }

    /// # Panics
    /// When the page complained about anything.
    #[track_caller]
    pub fn assert_quiet(&self) {
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the page complained:\n{}", complaints.join("\n"));
    }

    /// What the page shows and says, and a screenshot, for whoever has to find out why a test failed.
    pub(crate) fn evidence(&self, name: &str) -> String {
        let mut text = format!("--- {name}: what the page showed ---\n");
        let seen = self.try_eval(
            "`${location.href} data-app=${document.documentElement.dataset.app}\n${document.body.innerText}`",
        );
        match seen {
            Ok(seen) => {
                let seen: String = seen.as_str().unwrap_or_default().chars().take(1500).collect();
                let _ = writeln!(text, "{seen}");
            }
            Err(error) => {
                let _ = writeln!(text, "(nothing: {error})");
            }
        }
        for complaint in self.complaints() {
            let _ = writeln!(text, "complaint: {complaint}");
        }
        let picture = self.try_send("Page.captureScreenshot", &json!({ "format": "png" }));
        let path = place::screenshots().join(format!("failed-{name}.png"));
        let written = picture.map(|picture| {
            let bytes = decode_base64(picture["data"].as_str().unwrap_or_default());
            fs::create_dir_all(place::screenshots()).and_then(|()| fs::write(&path, bytes))
        });
        if matches!(written, Ok(Ok(()))) {
            let _ = writeln!(text, "screenshot: {}", path.display());
        }
        text
    }
}

/// What an exception or a logged value says.
pub(crate) fn said_by(value: &Value) -> Option<String> {
    let said = ["description", "value", "unserializableValue"].into_iter().find_map(|key| value.get(key))?;
    Some(said.as_str().map_or_else(|| said.to_string(), str::to_owned))
}

/// The complaint in an event, if it is one.
fn complaint(event: &Event) -> Option<String> {
    let params = &event.params;
    match event.method.as_str() {
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let text = details["text"].as_str().unwrap_or_default();
            Some(format!("{text} {}", said_by(&details["exception"]).unwrap_or_default()))
        }
        "Runtime.consoleAPICalled" if params["type"] == "error" || params["type"] == "warning" => {
            let said = params["args"].as_array()?.iter().filter_map(said_by).collect::<Vec<_>>();
            Some(format!("console: {}", said.join(" ")))
        }
        "ServiceWorker.workerErrorReported" => {
            let said = params["errorMessage"]["errorMessage"].as_str()?;
            // Other words are the browser's own of what did not come. The refusal of a version is one that `stage` in sw.js throws.
            let is_exception = said.starts_with("Uncaught") && !said.contains("this version is not kept");
            is_exception.then(|| format!("{said}{IN_WORKER}"))
        }
        "Log.entryAdded" if params["entry"]["level"] == "error" => {
            let entry = &params["entry"];
            Some(format!("{} {}", entry["text"].as_str()?, entry["url"].as_str().unwrap_or_default()))
        }
        _ => None,
    }
}
