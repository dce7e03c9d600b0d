//! A list that is published, and what its own stations say of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::dto::{DatasetDto, LocationDto, NoticeDto, StationDto, StationsDto};
use domain::filter::{Filter, OpenWhen};
use domain::holidays::Holidays;
use domain::published::{FileKind, StationsFile};
use domain::read::read_stations;
use domain::shards::census::{self, Census, Region};
use domain::shards::{Atlas, Blob, Entry, Extent, Root, publish};
use domain::station::Station;
use domain::status::status;
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::{Wire, decode, encode};

pub const HOURS: [&str; 6] =
    ["24小时", "09:00-17:00", "22:00-次日06:00", "工作日 08:30-17:00", "周六、周日 09:30-15:30", "看情况"];

pub fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

/// Where (on a grid of a degree's hundredths), with which hours, and whether a notice closes it in the morning of November 23rd.
pub type Made = (Option<(u16, u16)>, String, bool);

pub fn list(made: &[Made]) -> StationsFile {
    let notice = |kind: &str| NoticeDto {
        kind: Some(kind.into()),
        text: Some(Text::zh("内部维修，电话不公开")),
        from: Some("2026-11-23T00:00".into()),
        until: Some("2026-11-23T12:00".into()),
    };
    let stations = made.iter().enumerate().map(|(number, (place, hours, shut))| StationDto {
        id: Some(format!("s{number}")),
        name: Some(Text::zh("站")),
        kind: Some("other".into()),
        location: Some(LocationDto {
            lat: place.map(|place| 38.0 + f64::from(place.0) / 100.0),
            lng: place.map(|place| 118.0 + f64::from(place.1) / 100.0),
            city: Some("城".into()),
            district: Some("区".into()),
            ..LocationDto::default()
        }),
        hours: (!hours.is_empty()).then(|| hours.clone()),
        notices: Some(vec![notice(if *shut { "closed" } else { "info" })]),
        ..StationDto::default()
    });
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations: Some(stations.collect()) });
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// What a host serves: bytes by name.
pub struct Host {
    pub root: Root,
    pub census: Census,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Host {
    pub fn new(list: &StationsFile) -> Self {
        let (root, made) = publish(list);
        let (census, counts) = census::publish(&root, &made);
        let census = decode(&encode(&census)).unwrap();
        let files = made.into_iter().chain(counts).map(|made| (made.path, made.bytes)).collect();
        Self { root, census, files }
    }

    fn read<T: Wire>(&self, kind: FileKind, blob: &Blob) -> T {
        let bytes = &self.files[&blob.path(kind)];
        assert_eq!(bytes.len() as u64, blob.len);
        decode(bytes).unwrap()
    }

    /// The stations below an entry.
    pub fn stations(&self, entry: &Entry) -> Vec<Station> {
        if !entry.below.is_page() {
            return self.read(FileKind::Stations, &entry.blob);
        }
        let entries: Vec<Entry> = self.read(FileKind::Page, &entry.blob);
        entries.iter().flat_map(|entry| self.stations(entry)).collect()
    }

    /// Loads what is missing where the dice say so, once round.
    pub fn load(&self, atlas: &mut Atlas, mut dice: impl FnMut() -> bool) {
        for entry in atlas.missing() {
            if !dice() {
                continue;
            }
            if entry.below.is_page() {
                atlas.add_page(entry.blob.hash, Arc::new(self.read(FileKind::Page, &entry.blob)));
            } else {
                atlas.add_shard(entry.blob.hash);
            }
        }
    }

    /// Loads all that counts what is not loaded in an area, and says how many files that took.
    pub fn count(&self, atlas: &mut Atlas, area: Extent) -> usize {
        let mut files = 0;
        while let missing = atlas.uncounted(area, 0.0)
            && !missing.is_empty()
        {
            for (page, blob) in missing {
                let census = blob
                    .map_or_else(|| self.census.clone(), |blob| self.read::<Census>(FileKind::Census, &blob));
                atlas.add_census(page, Arc::new(census));
                files += 1;
            }
        }
        files
    }

    /// What the regions of an atlas have to be: what their stations say.
    pub fn regions(&self, atlas: &Atlas, open: OpenWhen, now: LocalDateTime) -> Vec<Region> {
        let region = |entry: Entry| {
            let stations = self.stations(&entry);
            let extent = entry.extent?;
            stations.iter().all(|station| station.location.position.is_some()).then_some(())?;
            let filter = Filter { open, ..Filter::default() };
            let table = Holidays::default();
            let fits = |station: &&Station| filter.admits(station, status(station, now, &table), &table);
            let is_open = |station: &&Station| status(station, now, &table).is_open() == Some(true);
            let count = stations.iter().filter(fits).count() as u64;
            let open = stations.iter().filter(fits).filter(is_open).count() as u64;
            (count > 0).then_some(Region { extent, count, open, unseen: 0 })
        };
        sorted(atlas.missing().into_iter().filter_map(region).collect())
    }
}

pub fn sorted(mut regions: Vec<Region>) -> Vec<Region> {
    let key = |region: &Region| {
        let [one, other] = region.extent.corners().unwrap();
        [one.lat(), one.lng(), other.lat(), other.lng()].map(f64::to_bits)
    };
    regions.sort_by_key(|region| (key(region), region.count, region.open, region.unseen));
    regions
}
