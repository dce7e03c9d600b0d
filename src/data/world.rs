//! What the app knows: made from the published files, and growing shard by shard. A copy costs a few pointers.

use std::sync::Arc;

use domain::basemap::Basemap;
use domain::catalogue::{Catalogue, Hit, Part};
use domain::coords::Wgs84;
use domain::holidays::Holidays;
use domain::now::Now;
use domain::published::{FileKind, Index, IndexFile};
use domain::readings::Readings;
use domain::report::Heard;
use domain::search::{Match, Query};
use domain::shards::words::Finder;
use domain::shards::{Atlas, Cells, Entry, Extent, Hash, Need, Place, Root, Step};
use domain::site::{Emergency, Site};
use domain::station::StationId;
use domain::time::LocalDateTime;
use domain::wire::decode;

use super::verify::LoadError;

/// What the app knows.
#[derive(Clone, Debug)]
pub struct World {
    /// Which edition this is.
    pub index: Arc<Index>,
    /// What the list is, and the beginning of its tree.
    pub root: Arc<Root>,
    /// How much of the tree is there.
    pub atlas: Atlas,
    /// The stations that are there.
    pub catalogue: Catalogue,
    /// The site's settings.
    pub site: Arc<Site>,
    /// The holiday table.
    pub holidays: Arc<Holidays>,
    /// What riders say, by station.
    pub heard: Arc<Vec<(StationId, Heard)>>,
    /// The embedded map; without it the list still works.
    pub basemap: Option<Arc<Basemap>>,
    /// The districts, once they were asked for.
    pub places: Option<Arc<Vec<Place>>>,
    /// Where words occur, as far as somebody looked; none before the table is there.
    pub finder: Option<Finder>,
    /// How characters are read, once that is there.
    pub readings: Arc<Readings>,
    /// What the districts cover that are kept on this phone, whatever else is.
    pub saved: Vec<Extent>,
    /// An id that was asked for and that no station has.
    pub absent: Option<String>,
    /// The shards by hash, for the next edition.
    parts: Vec<(Hash, Arc<Part>)>,
    /// Files of the tree that came and are not kept yet: name and bytes.
    pub(super) fresh: Vec<(String, Vec<u8>)>,
}

/// A file with its verified bytes.
pub type Loaded = (IndexFile, Vec<u8>);

impl World {
    /// The emergency that there is at a time.
    pub fn emergency(&self, at: LocalDateTime) -> Option<&Emergency> {
        self.site.emergency.as_ref().filter(|emergency| !emergency.is_over(at))
    }

    /// Understands the files that `index` names, in any order. No station is there yet.
    pub fn build(index: Index, files: &[Loaded]) -> Result<Self, LoadError> {
        let root: Root = one(files, FileKind::Root, decode)?;
        let mut site = one(files, FileKind::Site, decode)?;
        // There is none where there is nothing to say.
        let now: Now = one(files, FileKind::Now, decode).unwrap_or_default();
        let heard = now.settle(&mut site);
        let holidays = one(files, FileKind::Holidays, decode)?;
        let basemap = one(files, FileKind::Basemap, Basemap::from_bytes).ok();
        Ok(Self {
            index: Arc::new(index),
            atlas: Atlas::new(root.entries.clone()),
            catalogue: Catalogue::empty(root.dataset.clone()),
            root: Arc::new(root),
            site: Arc::new(site),
            holidays: Arc::new(holidays),
            heard: Arc::new(heard),
            basemap: basemap.map(Arc::new),
            places: None,
            finder: None,
            readings: Arc::default(),
            saved: Vec::new(),
            absent: None,
            parts: Vec::new(),
            fresh: Vec::new(),
        })
    }

    /// Takes in the file of an entry; false where its bytes make no sense.
    pub fn add(&mut self, entry: &Entry, bytes: &[u8]) -> bool {
        let hash = entry.blob.hash;
        let added = if entry.below.is_page() {
            decode(bytes).map(|page| self.atlas.add_page(hash, Arc::new(page)))
        } else {
            decode(bytes).map(|stations| self.add_part(hash, Arc::new(Part::new(stations))))
        };
        added.is_some()
    }

    fn add_part(&mut self, hash: Hash, part: Arc<Part>) {
        // Asked for once more, to be kept.
        if self.parts.iter().any(|(other, _)| *other == hash) {
            return;
        }
        self.atlas.add_shard(hash);
        self.catalogue.add(Arc::clone(&part));
        self.parts.push((hash, part));
    }

    /// Takes over from the edition before what is the same in this one.
    pub fn inherit(&mut self, before: &Self) {
        // Nearly always the same, and what is read otherwise is better than not read at all.
        self.readings = Arc::clone(&before.readings);
        self.saved.clone_from(&before.saved);
        if self.index.file(FileKind::Words) == before.index.file(FileKind::Words) {
            self.finder.clone_from(&before.finder);
        }
        loop {
            let mut grown = false;
            for entry in self.atlas.missing() {
                let hash = entry.blob.hash;
                if let Some(page) = before.atlas.page(&hash) {
                    self.atlas.add_page(hash, Arc::clone(page));
                } else if let Some((_, part)) = before.parts.iter().find(|(other, _)| *other == hash) {
                    self.add_part(hash, Arc::clone(part));
                } else {
                    continue;
                }
                grown = true;
            }
            if !grown {
                break;
            }
        }
        let same = self.index.file(FileKind::Census) == before.index.file(FileKind::Census);
        self.atlas.inherit_counts(&before.atlas, same);
    }

    /// Where to look from: there, or where the list begins as long as nobody said.
    pub fn from(&self, from: Option<Wgs84>) -> Wgs84 {
        from.or(self.root.start).unwrap_or_else(Wgs84::null_island)
    }

    /// What to load next so that the nearest `rows`, whatever they are like, are certain, and then so many as there is `room` for.
    pub fn around(&self, from: Wgs84, rows: usize, room: usize) -> Step {
        let limit = self.catalogue.reach(from, rows);
        self.atlas.next(from, Need { rows, limit, held: self.catalogue.len(), room })
    }

    /// What to load next so that the first `rows` of what is searched for are certain, of which `hits` are there: first where it is
    /// named, then where it is mentioned.
    pub fn seek(&self, query: &Query, place: Option<Wgs84>, rows: usize, hits: &[Hit]) -> Step {
        let everywhere = || [(); 2].map(|()| Cells::everywhere());
        let cells = self.finder.as_ref().map_or_else(everywhere, |finder| finder.cells(query));
        let named = hits.iter().take_while(|hit| hit.found == Match::Named).count();
        for (cells, hits) in cells.iter().zip([hits.get(..named).unwrap_or_default(), hits]) {
            // Without a place no one is farther than another.
            let limit =
                hits.get(rows - 1).and_then(|hit| if place.is_some() { hit.metres } else { Some(0.0) });
            let need = Need { rows, limit, held: 0, room: 0 };
            let step = self.atlas.next_among(self.from(place), need, cells);
            if step != Step::Done {
                return step;
            }
        }
        Step::Done
    }

    /// Shards that belong to the districts that are kept.
    pub fn saved_shards(&self) -> impl Iterator<Item = Entry> {
        let is_saved =
            |entry: &Entry| entry.extent.is_some_and(|it| self.saved.iter().any(|area| area.touches(&it)));
        self.atlas.shards().into_iter().filter(is_saved)
    }

    /// Whether everything is here that the index names.
    pub fn is_whole(&self) -> bool {
        self.basemap.is_some() || self.index.file(FileKind::Basemap).is_none()
    }
}

fn one<T>(files: &[Loaded], kind: FileKind, read: fn(&[u8]) -> Option<T>) -> Result<T, LoadError> {
    let (file, bytes) =
        files.iter().find(|(file, _)| file.kind == kind).ok_or(LoadError::Incomplete(kind))?;
    read(bytes).ok_or_else(|| LoadError::Invalid { file: file.path.clone() })
}
