//! A list searched by its index of words, as a phone does it, and the same list looked through.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::catalogue::{Catalogue, Part, Question};
use domain::coords::Wgs84;
use domain::holidays::Holidays;
use domain::published::{FileKind, StationsFile};
use domain::readings::Readings;
use domain::search::{Match, Query};
use domain::shards::words::{Draft, Finder, Limits, Table};
use domain::shards::{Atlas, Blob, Need, Root, Step, publish};
use domain::time::LocalDateTime;
use domain::wire::{Wire, decode, encode};

use crate::list::spell;

fn now() -> LocalDateTime {
    LocalDateTime::parse("2026-11-23T10:30").unwrap()
}

/// What a host serves.
pub struct Host {
    pub root: Root,
    pub table: Table,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Host {
    pub fn new(list: &StationsFile) -> Self {
        Self::within(list, Limits::default())
    }

    pub fn within(list: &StationsFile, limits: Limits) -> Self {
        let (root, mut made) = publish(list);
        let (table, words) = Draft::new(list, &spell).publish(limits);
        made.extend(words);
        let table = decode(&encode(&table)).unwrap();
        Self { root, table, files: made.into_iter().map(|made| (made.path, made.bytes)).collect() }
    }

    fn bytes(&self, kind: FileKind, blob: &Blob) -> &[u8] {
        let bytes = &self.files[&blob.path(kind)];
        assert_eq!(bytes.len() as u64, blob.len);
        bytes
    }

    fn read<T: Wire>(&self, kind: FileKind, blob: &Blob) -> T {
        decode(self.bytes(kind, blob)).unwrap()
    }
}

/// What was found by a phone, and with how many files.
pub struct Found {
    pub ids: Vec<String>,
    pub words: usize,
    pub shards: usize,
}

/// Searches as a phone does, until the first `rows` are certain.
pub fn search(host: &Host, typed: &str, from: Wgs84, rows: usize) -> Found {
    let question = Question {
        query: Query::new(typed),
        readings: Arc::new(host.read(FileKind::Readings, &host.table.readings)),
        from: Some(from),
        ..Question::default()
    };
    let mut finder = Finder::new(host.table.clone());
    let (mut words, mut shards) = (0, 0);
    while let missing = finder.missing(&question.query)
        && !missing.is_empty()
    {
        for blob in missing {
            words += 1;
            assert!(finder.add(blob.hash, host.bytes(FileKind::Words, &blob)));
        }
    }
    let cells = finder.cells(&question.query);
    let mut atlas = Atlas::new(host.root.entries.clone());
    let mut catalogue = Catalogue::empty(host.root.dataset.clone());
    loop {
        let hits = catalogue.ask(&question, now(), &Holidays::default());
        let named = hits.partition_point(|hit| hit.found == Match::Named);
        let next = [&hits[..named], &hits].into_iter().zip(&cells).find_map(|(hits, cells)| {
            let limit = hits.get(rows - 1).and_then(|hit| hit.metres);
            let need = Need { rows, limit, held: 0, room: 0 };
            match atlas.next_among(from, need, cells) {
                Step::Needed(entries) => Some(entries),
                _ => None,
            }
        });
        let Some(entries) = next else {
            let id = |index| catalogue.station(index).unwrap().id.to_string();
            let ids = hits.iter().take(rows).map(|hit| id(hit.index)).collect();
            return Found { ids, words, shards };
        };
        for entry in entries {
            if entry.below.is_page() {
                atlas.add_page(entry.blob.hash, Arc::new(host.read(FileKind::Page, &entry.blob)));
            } else {
                shards += 1;
                catalogue.add(Arc::new(Part::new(host.read(FileKind::Stations, &entry.blob))));
                atlas.add_shard(entry.blob.hash);
            }
        }
    }
}

/// The same by looking through the whole list.
pub fn whole(list: &StationsFile, typed: &str, from: Wgs84, rows: usize) -> Vec<String> {
    let all = Catalogue::new(list.dataset.clone(), list.stations.clone());
    let texts = list.stations.iter().flat_map(|station| {
        let location = &station.location;
        let organisations = station.contacts.iter().filter_map(|contact| contact.organisation.as_ref());
        let texts =
            std::iter::once(&station.name).chain(organisations).map(|text| text.get(domain::text::Lang::Zh));
        texts.chain([location.city.as_str(), location.district.as_str()])
    });
    let question = Question {
        query: Query::new(typed),
        readings: Arc::new(Readings::gather(texts, &spell)),
        from: Some(from),
        ..Question::default()
    };
    let hits = all.ask(&question, now(), &Holidays::default());
    hits.iter().take(rows).map(|hit| all.station(hit.index).unwrap().id.to_string()).collect()
}
