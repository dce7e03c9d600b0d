//! The headers of every answer, kept as long as what decides them stays the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use hyper::header::{HeaderName, HeaderValue};

use crate::headers::Headers;

/// Headers, ready to be sent.
pub(super) type Ready = Arc<[(HeaderName, HeaderValue)]>;

/// What was looked at: length and time of the page and of the index, which change with every new edition.
type Stamp = [Option<(u64, SystemTime)>; 2];

/// The headers of a site that may be published anew while it is served.
#[derive(Debug)]
pub(super) struct Policy {
    dist: PathBuf,
    known: Mutex<Option<(Stamp, Ready)>>,
}

impl Policy {
    /// For the site in `dist`.
    pub(super) fn new(dist: &Path) -> Self {
        Self { dist: dist.to_owned(), known: Mutex::default() }
    }

    /// The headers as they are now. A site that cannot be read at this moment keeps those it had; one that never
    /// could has the strictest.
    pub(super) fn now(&self) -> Ready {
        let stamp = ["index.html", "data/index.json"].map(|name| {
            let metadata = fs::metadata(self.dist.join(name)).ok()?;
            Some((metadata.len(), metadata.modified().ok()?))
        });
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((seen, ready)) = known.as_ref()
            && *seen == stamp
        {
            return Arc::clone(ready);
        }
        match (Headers::of_site(&self.dist), known.as_ref()) {
            (Err(_), Some((_, ready))) => Arc::clone(ready),
            (Err(_), None) => ready(&Headers::default()),
            (Ok(headers), _) => {
                let ready = ready(&headers);
                *known = Some((stamp, Arc::clone(&ready)));
                ready
            }
        }
    }
}

fn ready(headers: &Headers) -> Ready {
    let security = headers.security().into_iter();
    let sent = security.filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
    sent.collect()
}
