//! Which requests the app makes: learnt from a clean first and a clean second visit.

use super::case::Visit;
use super::run::{Client, Look};
use super::sites::Sites;
use crate::browser::Browser;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its path.
    pub path: String,
    /// Its name in the matrix: the path without what changes with each build.
    pub label: String,
    /// Bytes of its answer.
    pub len: usize,
}

/// What is asked for in the visits.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    /// In the first.
    pub first: Vec<Request>,
    /// Paths that the first page asks for itself, and not its service worker.
    pub first_by_page: Vec<String>,
    /// Labels of what its service worker asks for.
    pub by_worker: Vec<String>,
    /// In a later one, with the browser's cache.
    pub again: Vec<Request>,
    /// In a later one, without.
    pub evicted: Vec<Request>,
}

impl Requests {
    /// Those of a visit.
    pub fn of(&self, visit: Visit) -> &[Request] {
        match visit {
            Visit::First => &self.first,
            Visit::Again => &self.again,
            Visit::Evicted => &self.evicted,
        }
    }

    /// The one with this label.
    pub fn find(&self, visit: Visit, label: &str) -> Option<&Request> {
        self.of(visit).iter().find(|request| request.label == label)
    }

    /// Learns them. `Err` says what of a clean visit is not as it should be.
    pub fn learn(browser: Box<Browser>, sites: &Sites, worker: bool) -> Result<(Self, Box<Browser>), String> {
        let mut requests = Self::default();
        let browser = requests.learn_the_workers(browser, sites, worker)?;
        let client = Client::new(browser, sites.first(), worker, &[])?;
        for visit in [Visit::First, Visit::Again, Visit::Evicted] {
            if visit == Visit::Evicted {
                client.evict()?;
            }
            let before = client.server().asked().len();
            let look: Look = client.visit("/")?;
            look.must_be_app()?;
            client.settle()?;
            let asked = client.server().asked().split_off(before);
            let mut found: Vec<Request> = Vec::new();
            for target in &asked {
                let path = target.split('?').next().unwrap_or_default().to_owned();
                // One of the shards stands for all.
                if found.iter().all(|request| request.label != label(&path)) {
                    let len = sites.len(&path);
                    found.push(Request { label: label(&path), path, len });
                }
            }
            match visit {
                Visit::First => requests.first = found,
                Visit::Again => requests.again = found,
                Visit::Evicted => requests.evicted = found,
            }
        }
        let browser = client.leave().ok_or("the browser has gone")?;
        Ok((requests, browser))
    }

    /// Learns what the page and its service worker each ask for in a first visit. A worker takes what the browser kept for the page;
    /// here it keeps nothing.
    fn learn_the_workers(
        &mut self,
        browser: Box<Browser>,
        sites: &Sites,
        worker: bool,
    ) -> Result<Box<Browser>, String> {
        let client = Client::new(browser, sites.first(), worker, &[])?;
        client.server().keep_nothing();
        client.visit("/")?.must_be_app()?;
        client.settle()?;
        let asked = client.server().asked();
        let own = client
            .ask("performance.getEntriesByType('resource').map(it => new URL(it.name).pathname).join(' ')");
        self.first_by_page = own.as_str().unwrap_or_default().split(' ').map(str::to_owned).collect();
        for path in &asked {
            let times = asked.iter().filter(|other| *other == path).count();
            let own = path == "/" || self.first_by_page.contains(path);
            let label = label(path);
            let is_more = times > usize::from(own) && !path.starts_with("/data/") && path != "/sw.js";
            if is_more && !self.by_worker.contains(&label) {
                self.by_worker.push(label);
            }
        }
        client.leave().ok_or_else(|| "the browser has gone".to_owned())
    }
}

/// A path without its folders and without the digits that its content gives it: `stations.bin`.
pub fn label(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.is_empty() {
        return "page".to_owned();
    }
    let mut label = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('-') {
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        label.push_str(before);
        if (12..=16).contains(&digits) {
            rest = &after[digits..];
        } else {
            label.push('-');
            rest = after;
        }
    }
    label + rest
}

/// What kind of file a label is: its extension.
pub fn kind(label: &str) -> &str {
    label.rsplit('.').next().unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_outlive_a_build() {
        for (path, expected) in [
            ("/", "page"),
            ("/love-stations-0123456789abcdef_bg.wasm", "love-stations_bg.wasm"),
            ("/app-0123456789abcde.css", "app.css"),
            ("/data/stations-0123456789abcdef.bin", "stations.bin"),
            ("/icons/apple-touch-icon.png", "apple-touch-icon.png"),
        ] {
            assert_eq!(label(path), expected);
        }
    }
}
