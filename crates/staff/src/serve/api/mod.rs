//! What the server takes: hosts' changes and riders' reports.
//!
//! A host's word counts by their link alone: its token comes in `Authorization` and nowhere else, and is in no log and no answer. GET, HEAD
//! and OPTIONS never change anything. An answer says that something was taken once the journal has it on the disk.

mod limit;
mod report;
mod said;
mod voices;

use std::net::IpAddr;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use domain::patch::{Code, Uuid};
use domain::time::LocalDateTime;
use hyper::header::{AUTHORIZATION, HeaderName, IF_MATCH};
use hyper::{HeaderMap, Method, Response, StatusCode};
use serde_json::json;

use super::log::CHINA_MINUTES;
use crate::journal::{Disk, Link, Outcome, Store, StoreError, is_code};
use crate::words::{Said, api as say};
use limit::{Limits, What, Who};
pub(crate) use said::No;
use said::said;
use voices::Voices;

/// Longest body, in bytes.
pub(super) const BODY: usize = 8 << 10;
/// What the API's paths begin with.
pub(super) const PREFIX: &str = "/api/";

/// A request, with its whole body.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Result<Bytes, No>,
    pub(super) address: IpAddr,
}

/// What happened, for the log: the entry, what, the station, by which link.
pub(super) type Audit = (u64, &'static str, String, Option<u32>);

/// An answer, and what of it the log says.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) response: Response<Bytes>,
    pub(super) audit: Option<Audit>,
    /// Why nothing can be written just now: which file, and what the disk says.
    pub(super) trouble: Option<Said>,
}

/// The journal as the server has it.
#[derive(Debug)]
pub(super) struct Api {
    store: Mutex<Store<Disk>>,
    limits: Limits,
    voices: Voices,
    /// Why nothing could be written last, as long as that is so: it is said once and not for each who asks.
    trouble: Mutex<Option<Said>>,
    /// Rung when there is something to publish.
    bell: Arc<Bell>,
}

/// Wakes who publishes.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: Mutex<bool>,
    door: Condvar,
}

impl Bell {
    /// Wakes.
    pub(super) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.door.notify_all();
    }

    /// Waits until somebody rings, no longer than this.
    pub(super) fn wait(&self, most: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.door.wait_timeout_while(rung, most, |rung| !*rung);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }
}

impl Api {
    /// Opens the journal of a source folder.
    pub(super) fn open(data: &Path) -> Result<Self, StoreError> {
        let store = Mutex::new(crate::journal::open(data)?);
        Ok(Self {
            store,
            limits: Limits::default(),
            voices: Voices::default(),
            trouble: Mutex::default(),
            bell: Arc::default(),
        })
    }

    /// The journal.
    pub(super) fn store(&self) -> MutexGuard<'_, Store<Disk>> {
        // A panic elsewhere leaves it as the last whole write left it: every event is taken in at once.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What wakes who publishes.
    pub(super) fn bell(&self) -> &Bell {
        &self.bell
    }

    /// The answer to a request, and what it did.
    pub(super) fn answer(&self, asked: Asked) -> Done {
        let method = asked.method.clone();
        let mut audit = None;
        let answer = self.route(asked, &mut audit);
        if audit.is_some() {
            self.bell.ring();
        }
        let error = answer.as_ref().err().and_then(No::store).map(crate::words::journal::store);
        let mut known = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let trouble = error.clone().filter(|_| *known != error);
        if error.is_some() || audit.is_some() {
            *known = error;
        }
        drop(known);
        let response = answer.unwrap_or_else(|no| {
            let edition = self.store().state().edition;
            no.answer(&method, edition)
        });
        Done { response, audit, trouble }
    }

    fn route(&self, asked: Asked, audit: &mut Option<Audit>) -> Result<Response<Bytes>, No> {
        let Asked { method, path, headers, body, address } = asked;
        let path = path.strip_prefix(PREFIX).unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        let is = |allowed: &'static str| {
            if allowed.split(", ").any(|one| one == method.as_str()) {
                Ok(())
            } else {
                Err(No::Method(allowed))
            }
        };
        match parts[..] {
            ["me"] => {
                is("GET, HEAD")?;
                let link = self.link(&headers, address)?;
                let until = LocalDateTime::from_unix(link.until, CHINA_MINUTES).date().to_string();
                let me = json!({"station": link.station, "name": link.name, "until": until});
                Ok(said(&method, StatusCode::OK, &me))
            }
            ["stations", id] => {
                is("PATCH")?;
                self.patch(&method, id, &headers, body, address, audit)
            }
            ["undo", uuid] => {
                is("POST")?;
                body?;
                let link = self.link(&headers, address)?;
                self.slow(What::Change, Who::Link(link.number))?;
                let uuid = Uuid::parse(uuid).ok_or(No::UnknownChange)?.to_string();
                let mut store = self.store();
                let before = store.seq();
                let edition = store.undo_own(&link, &uuid).map_err(No::NotUndone)?;
                if store.seq() != before {
                    *audit = Some((store.seq(), "undone", link.station, Some(link.number)));
                }
                Ok(said(&method, StatusCode::OK, &json!({"state": "undone", "seq": edition})))
            }
            ["changes", uuid] => {
                is("GET, HEAD")?;
                let link = self.link(&headers, address)?;
                let uuid = Uuid::parse(uuid).ok_or(No::UnknownChange)?.to_string();
                let store = self.store();
                let known = store.state().changes.get(&uuid).filter(|known| known.station == link.station);
                let known = known.ok_or(No::UnknownChange)?;
                let body = json!({"state": known.fate.word(), "seq": known.edition});
                Ok(said(&method, StatusCode::OK, &body))
            }
            ["code"] => {
                is("POST")?;
                let body = body?;
                foreign(&headers)?;
                let typed = std::str::from_utf8(&body).ok().filter(|typed| is_code(typed).is_some());
                let typed =
                    typed.ok_or(No::WrongCode).or_else(|no| self.slow_alone(What::Code, address, no))?;
                self.slow(What::Code, Who::Address(address))?;
                let mut store = self.store();
                store.look()?;
                let (token, link) = store.use_code(typed)?.ok_or(No::WrongCode)?;
                *audit = Some((store.seq(), "used", link.station.clone(), Some(link.number)));
                Ok(said(&method, StatusCode::OK, &json!({"token": token, "station": link.station})))
            }
            ["reports"] => {
                is("POST")?;
                let body = body?;
                foreign(&headers)?;
                let mut store = self.store();
                let at = LocalDateTime::from_unix(store.now(), CHINA_MINUTES);
                let read = report::read(&body, at).and_then(|report| {
                    let is_known = store.state().place(&report.station).is_some();
                    if is_known { Ok(report) } else { Err(No::BadReport("station")) }
                });
                let mut report = read.or_else(|no| self.slow_alone(What::Report, address, no))?;
                self.slow(What::Report, Who::Address(address))?;
                let answered = store.state().answer_of(&report.station);
                report.counted = self.voices.counts(address, &report, answered);
                let before = store.seq();
                if !store.report(report.clone())? {
                    return Err(No::BadReport("station"));
                }
                if store.seq() != before {
                    if report.counted {
                        self.voices.note(address, &report);
                    }
                    *audit = Some((store.seq(), "report", report.station, None));
                }
                Ok(said(&method, StatusCode::ACCEPTED, &json!({"ok": true})))
            }
            _ => Err(No::Nowhere),
        }
    }

    fn patch(
        &self,
        method: &Method,
        id: &str,
        headers: &HeaderMap,
        body: Result<Bytes, No>,
        address: IpAddr,
        audit: &mut Option<Audit>,
    ) -> Result<Response<Bytes>, No> {
        let edition = headers.get(IF_MATCH).ok_or(No::Unseen)?.to_str().map_err(|_| No::BadEdition)?;
        let link = self.link(headers, address)?;
        if link.station != id {
            return Err(No::OtherStation);
        }
        edition.trim().trim_matches('"').parse::<u64>().map_err(|_| No::BadEdition)?;
        let body = body?;
        let text = std::str::from_utf8(&body).map_err(|_| No::BadCode(say::no_text()))?;
        let code = Code::parse(text).map_err(|error| No::BadCode(say::no_code(&error)))?;
        if code.patch.station().as_str() != id {
            return Err(No::CodeOfOther);
        }
        self.slow(What::Change, Who::Link(link.number))?;
        let mut store = self.store();
        let today = LocalDateTime::from_unix(store.now(), CHINA_MINUTES).date();
        let before = store.seq();
        let done = store.change(&link, &code, today).map_err(No::Refused)?;
        if store.seq() != before {
            *audit = Some((store.seq(), "change", link.station, Some(link.number)));
        }
        let Outcome { fate, edition, live, review, same } = done;
        let body =
            json!({"state": fate.word(), "seq": edition, "live": live, "review": review, "same": same});
        Ok(said(method, StatusCode::OK, &body))
    }

    /// The link whose token comes with a request. Whoever guesses is slowed; whoever has one is not slowed by who guesses.
    fn link(&self, headers: &HeaderMap, address: IpAddr) -> Result<Link, No> {
        let sent = headers.get(AUTHORIZATION).and_then(|sent| sent.to_str().ok());
        let token = sent.and_then(|sent| {
            let (scheme, token) = sent.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        let mut store = self.store();
        // A link that was taken away by a command a moment ago is good for nothing now.
        store.look()?;
        if let Some(link) = token.and_then(|token| store.link_of(token)) {
            return Ok(link.clone());
        }
        drop(store);
        self.slow(What::Token, Who::Address(address))?;
        Err(No::Token)
    }

    fn slow(&self, what: What, who: Who) -> Result<(), No> {
        self.limits.take(what, who, Instant::now()).map_err(No::TooOften)
    }

    /// Refuses what nobody can make use of, and which says nothing to who sends it: it is slowed by itself and slows nobody else.
    fn slow_alone<T>(&self, what: What, address: IpAddr, no: No) -> Result<T, No> {
        self.limits.take_own(what, Who::Address(address), Instant::now()).map_err(No::TooOften)?;
        Err(no)
    }
}

/// Whether a browser says that a page of somebody else's sends this. What needs no token could come from any page.
fn foreign(headers: &HeaderMap) -> Result<(), No> {
    let site = headers.get(HeaderName::from_static("sec-fetch-site")).and_then(|site| site.to_str().ok());
    if site == Some("cross-site") { Err(No::Foreign) } else { Ok(()) }
}
