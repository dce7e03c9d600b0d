//! The API as the contract has it, for one station: what it takes is in the index at once.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use domain::patch::{Code, Current, Field, Op, Patch, Record as _, Settled, Tier, Uuid, apply, preview};
use domain::published::StationsFile;
use domain::shards::{self, Made};
use domain::station::Station;
use domain::wire::encode;
use e2e::{Asked, Page, Said, dist};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::data::stations_with;

/// A key that opens [`super::ID`].
pub const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAA";
/// A short code that stands for it.
pub const SHORT: &str = "ABCD-EFGH-JKMN";

/// The API and what it has published.
#[derive(Clone)]
pub struct Stub(Arc<Mutex<Inner>>);

struct Inner {
    index: Value,
    list: StationsFile,
    /// The tree's files, by their paths below the data's folder.
    files: BTreeMap<String, Vec<u8>>,
    /// Answers by the change's name.
    done: BTreeMap<Uuid, Value>,
    /// Changes as they came, each time they did.
    came: Vec<Patch>,
    /// Instead of whatever it would say to a change: a status.
    instead: Option<u16>,
}

impl Stub {
    /// In front of the page's server.
    pub fn start(page: &Page) -> Self {
        let data = dist().unwrap().join("data");
        let mut index: Value = serde_json::from_slice(&fs::read(data.join("index.json")).unwrap()).unwrap();
        index["api"] = json!(true);
        let list = stations_with(|_| {});
        let (files, done) = (BTreeMap::new(), BTreeMap::new());
        let mut inner = Inner { index, list, files, done, came: Vec::new(), instead: None };
        inner.show();
        let stub = Self(Arc::new(Mutex::new(inner)));
        let speaker = stub.clone();
        page.server().speak(move |asked| speaker.with(|inner| inner.answer(asked)));
        stub
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on it says this to every question about changes; None: what is right.
    pub fn instead(&self, status: Option<u16>) {
        self.with(|inner| inner.instead = status);
    }

    /// How often a change came, and how many different ones.
    pub fn came(&self) -> (usize, usize) {
        self.with(|inner| (inner.came.len(), inner.done.len()))
    }

    /// The changes in the order they came.
    pub fn patches(&self) -> Vec<Patch> {
        self.with(|inner| inner.came.clone())
    }

    /// The station as it is published.
    pub fn station(&self) -> Station {
        self.with(|inner| inner.station().clone().unwrap())
    }

    /// Somebody else changes the station.
    pub fn change(&self, field: &Field, value: &domain::patch::Value) {
        self.with(|inner| {
            let mut station = inner.station();
            station.put(field, Some(value));
            inner.publish(station);
        });
    }
}

impl Inner {
    fn station(&self) -> Option<Station> {
        self.list.stations.iter().find(|station| station.id.as_str() == super::ID).cloned()
    }

    fn publish(&mut self, station: Option<Station>) {
        let at = self.list.stations.iter().position(|station| station.id.as_str() == super::ID).unwrap();
        self.list.stations[at] = station.unwrap();
        let seq = self.index["seq"].as_u64().unwrap() + 1;
        self.index["seq"] = json!(seq);
        self.show();
    }

    /// Makes the tree's files of the list, and an index that names them.
    fn show(&mut self) {
        let (root, made) = shards::publish(&self.list);
        let root = encode(&root);
        let hash = Sha256::digest(&root).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let path = format!("root-{}.bin", &hash[..16]);
        let file = self.index["files"].as_array_mut().unwrap().iter_mut().find(|file| file["kind"] == "root");
        let file = file.unwrap();
        (file["path"], file["len"], file["sha256"]) = (json!(path), json!(root.len()), json!(hash));
        self.files = made.into_iter().map(|Made { path, bytes }| (path, bytes)).collect();
        self.files.insert(path, root);
    }

    fn answer(&mut self, asked: &Asked) -> Option<Said> {
        if asked.path == "/data/index.json" {
            return Some(Said::json(200, &self.index));
        }
        if let Some(body) = asked.path.strip_prefix("/data/").and_then(|path| self.files.get(path)) {
            let kind = "application/octet-stream";
            return Some(Said { status: 200, kind, headers: Vec::new(), body: body.clone() });
        }
        let path = asked.path.strip_prefix("/api/")?;
        if path == "code" {
            let known = asked.body.trim().eq_ignore_ascii_case(SHORT);
            let (status, json) = if known {
                (200, json!({"token": KEY, "station": super::ID}))
            } else {
                (404, error("unknown"))
            };
            return Some(Said::json(status, &json));
        }
        if let Some(status) = self.instead {
            let mut said = Said::json(status, &error("instead"));
            said.headers.push(("Retry-After", "0".to_owned()));
            return Some(said);
        }
        if asked.header("authorization") != Some(&format!("Bearer {KEY}")) {
            return Some(Said::json(401, &error("key")));
        }
        Some(match (asked.method.as_str(), path.split_once('/')) {
            ("GET", None) => {
                Said::json(200, &json!({"station": super::ID, "name": "王姐", "until": "2027-11-25"}))
            }
            ("PATCH", Some(("stations", _))) if asked.header("if-match").is_none() => {
                Said::json(428, &error("if-match"))
            }
            ("PATCH", Some(("stations", id))) if id == super::ID => self.change(&asked.body),
            ("PATCH", _) => Said::json(403, &error("other")),
            ("POST", Some(("undo", uuid))) => self.undo(Uuid::parse(uuid)?),
            ("GET", Some(("changes", uuid))) => {
                let done = self.done.get(&Uuid::parse(uuid)?);
                done.map_or_else(|| Said::json(404, &error("unknown")), |done| Said::json(200, done))
            }
            _ => Said::json(404, &error("path")),
        })
    }

    fn change(&mut self, body: &str) -> Said {
        let Ok(Code { patch, .. }) = Code::parse(body) else { return Said::json(400, &error("code")) };
        self.came.push(patch.clone());
        if let Some(done) = self.done.get(&patch.uuid()) {
            return Said::json(200, done);
        }
        let mut station = self.station();
        let ahead = preview(&station, &patch, &domain::patch::Ledger::default());
        if ahead.iter().any(|settled| matches!(settled, Settled::Conflict(_))) {
            let rebase = |(op, settled): (&Op, &Settled)| match settled {
                Settled::Conflict(conflict) => {
                    let Current::Is(theirs) = &conflict.theirs else { panic!("{conflict:?}") };
                    Op { before: theirs.clone(), ..op.clone() }
                }
                _ => op.clone(),
            };
            let ops = patch.ops().iter().zip(&ahead).map(rebase).collect();
            let rebased = again(&patch, ops);
            let code = Code { patch: rebased, signature: None }.text().unwrap();
            return Said::json(412, &json!({"error": "conflict", "seq": self.index["seq"], "rebased": code}));
        }
        let live: Vec<Op> = patch.ops().iter().filter(|op| op.field.tier() == Tier::Live).cloned().collect();
        let state = match (live.len(), patch.ops().len()) {
            (0, _) => "review",
            (some, all) if some == all => "live",
            _ => "live+review",
        };
        if !live.is_empty() {
            apply(&mut station, &again(&patch, live), false);
            self.publish(station);
        }
        let done = json!({"state": state, "seq": self.index["seq"]});
        self.done.insert(patch.uuid(), done.clone());
        Said::json(200, &done)
    }

    fn undo(&mut self, uuid: Uuid) -> Said {
        let Some(patch) = self.came.iter().find(|patch| patch.uuid() == uuid).cloned() else {
            return Said::json(404, &error("unknown"));
        };
        let back = patch.inverse(Uuid([1; 16]), None, patch.made_at()).unwrap();
        let mut station = self.station();
        if apply(&mut station, &back, false).iter().any(|settled| matches!(settled, Settled::Conflict(_))) {
            return Said::json(409, &error("later"));
        }
        self.publish(station);
        Said::json(200, &json!({"state": "undone", "seq": self.index["seq"]}))
    }
}

fn again(patch: &Patch, ops: Vec<Op>) -> Patch {
    let by = patch.by().map(str::to_owned);
    Patch::new(patch.uuid(), patch.station().clone(), patch.base_rev(), ops, by, patch.made_at()).unwrap()
}

fn error(word: &str) -> Value {
    json!({"error": word, "zh": format!("不行：{word}"), "en": word})
}
