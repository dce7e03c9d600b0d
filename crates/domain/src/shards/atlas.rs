//! What a phone knows of the tree, and what it should load next.

use std::sync::Arc;

use super::census::Census;
use super::{Below, Blob, Cells, Entry, Extent, Hash};
use crate::catalogue::Hit;
use crate::coords::Wgs84;
use crate::geodesy::Distance;
use crate::published::FileKind;

/// Most files that are asked for at once.
const WIDE: usize = 4;
/// How many badges wide a page is on a map for which it is loaded.
const PAGE_BADGES: f64 = 4.0;

/// The part of the tree that is known: its pages, and which shards are loaded. Made anew is a copy of a few pointers, so that each
/// state of the app has its own.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    pub(super) top: Arc<Vec<Entry>>,
    /// Pages by hash, in its order.
    pages: Vec<(Hash, Arc<Vec<Entry>>)>,
    /// Shards that are loaded, in order.
    loaded: Vec<Hash>,
    /// What was counted of pages, by their hash.
    pub(super) censuses: Vec<(Hash, Arc<Census>)>,
}

/// What a question still wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// How many stations that fit shall be there.
    pub rows: usize,
    /// Metres to the farthest of these; none while there are fewer.
    pub limit: Option<f64>,
    /// How many stations are loaded, fitting or not.
    pub held: usize,
    /// How many shall be loaded beforehand, so that what comes next is there already.
    pub room: usize,
}

/// What to load next. The entries are different files and can be asked for at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Without these the answer is not certain.
    Needed(Vec<Entry>),
    /// The answer is certain; these are next to it.
    Ahead(Vec<Entry>),
    /// Nothing.
    Done,
}

impl Atlas {
    /// Of the root's entries.
    pub fn new(top: Vec<Entry>) -> Self {
        Self { top: Arc::new(top), pages: Vec::new(), loaded: Vec::new(), censuses: Vec::new() }
    }

    /// Takes in the page of a hash.
    pub fn add_page(&mut self, hash: Hash, entries: Arc<Vec<Entry>>) {
        if let Err(at) = self.pages.binary_search_by_key(&hash, |page| page.0) {
            self.pages.insert(at, (hash, entries));
        }
    }

    /// Notes that the shard of a hash is loaded.
    pub fn add_shard(&mut self, hash: Hash) {
        if let Err(at) = self.loaded.binary_search(&hash) {
            self.loaded.insert(at, hash);
        }
    }

    /// The entries of the page of a hash, if it is known.
    pub fn page(&self, hash: &Hash) -> Option<&Arc<Vec<Entry>>> {
        let at = self.pages.binary_search_by_key(hash, |page| page.0).ok()?;
        self.pages.get(at).map(|page| &page.1)
    }

    /// The names of the files of the pages that are known.
    pub fn pages(&self) -> impl Iterator<Item = String> {
        // Only the hash is in a name.
        self.pages.iter().map(|(hash, _)| Blob { hash: *hash, len: 0 }.path(FileKind::Page))
    }

    /// Calls `see` with every entry whose file is not loaded but named by one that is, and with every shard that is
    /// loaded (then with true), in the order of the tree.
    fn walk(&self, entries: &[Entry], see: &mut dyn FnMut(&Entry, bool)) {
        for entry in entries {
            if entry.below.is_page()
                && let Some(page) = self.page(&entry.blob.hash)
            {
                self.walk(page, see);
            } else {
                see(entry, self.is_loaded(entry));
            }
        }
    }

    fn is_loaded(&self, entry: &Entry) -> bool {
        let hash = &entry.blob.hash;
        if entry.below.is_page() {
            self.page(hash).is_some()
        } else {
            self.loaded.binary_search(hash).is_ok()
        }
    }

    /// The files that are missing and could be asked for, in the order of the tree.
    pub fn missing(&self) -> Vec<Entry> {
        let mut missing = Vec::new();
        self.walk(&self.top, &mut |entry, loaded| {
            if !loaded {
                missing.push(*entry);
            }
        });
        missing
    }

    /// The shards that are loaded.
    pub fn shards(&self) -> Vec<Entry> {
        let mut shards = Vec::new();
        self.walk(&self.top, &mut |entry, loaded| {
            if loaded {
                shards.push(*entry);
            }
        });
        shards
    }

    /// Whether everything is loaded.
    pub fn is_whole(&self) -> bool {
        self.missing().is_empty()
    }

    /// What takes the place of the shards that the edition `before` had loaded: what is missing here where they lay, and was
    /// not missing there just the same. To be asked again once that is loaded, until there is nothing.
    pub fn missing_since(&self, before: &Self) -> Vec<Entry> {
        let (shown, unseen) = (before.shards(), before.missing());
        let meets = |entry: &Entry, other: &Entry| match (entry.extent, other.extent) {
            (Some(one), Some(other)) => one.touches(&other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let mut missing = self.missing();
        missing.retain(|entry| {
            unseen.iter().all(|other| other.blob.hash != entry.blob.hash)
                && shown.iter().any(|other| can_rank(other) == can_rank(entry) && meets(entry, other))
        });
        missing
    }

    /// What is missing where a station may stand, as [`Bucket::find`](super::ids::Bucket::find) has it.
    pub fn missing_at(&self, place: Option<Extent>) -> Vec<Entry> {
        let mut missing = self.missing();
        missing.retain(|entry| match (entry.extent, place) {
            (Some(extent), Some(place)) => extent.touches(&place),
            (None, None) => true,
            _ => false,
        });
        missing
    }

    /// Whether an entry of a page that is known is of known place, and what is below it not loaded.
    pub(super) fn is_unseen(&self, entry: &Entry) -> bool {
        can_rank(entry) && !self.is_loaded(entry)
    }

    /// What to load next for a map that shows `area`: what is missing there and would be larger than a badge, which is `badge` degrees of
    /// longitude wide; a smaller part is well said by its number. A page's own badges take [`PAGE_BADGES`] of them. What is
    /// next to the middle comes first. Of more stations in sight than `room` none is loaded: they would lie in badges, and the numbers
    /// say as much, until somebody looks closer. So how much a view loads does not grow with the list.
    pub fn in_sight(&self, area: Extent, badge: f64, room: u64) -> Vec<Entry> {
        let Some(middle) = area.middle() else { return Vec::new() };
        let [mut pages, mut shards] = [const { Vec::new() }; 2];
        let mut stations = 0_u64;
        self.walk(&self.top, &mut |entry, loaded| match entry.extent {
            Some(extent) if can_rank(entry) && extent.touches(&area) => {
                let (list, least) = if entry.below.is_page() {
                    (&mut pages, PAGE_BADGES * badge)
                } else {
                    (&mut shards, badge)
                };
                let is_wanted = !loaded && extent.side() >= least;
                if is_wanted {
                    list.push((least_m(entry, middle), *entry));
                }
                if !entry.below.is_page() && (loaded || is_wanted) {
                    stations = stations.saturating_add(entry.count);
                }
            }
            _ => {}
        });
        // What a page has in sight is known when it is there.
        let mut missing = pages;
        if missing.is_empty() && stations <= room {
            missing = shards;
        }
        let mut next = Vec::new();
        while next.len() < WIDE
            && let Some(at) = nearest(&missing, |_| true)
        {
            next.push(missing.swap_remove(at).1);
        }
        next
    }

    /// How many metres around `from` no station of known place is missing, without end where only stations of unknown place
    /// are; none where nothing is missing at all.
    pub fn horizon(&self, from: Wgs84) -> Option<f64> {
        let missing = self.missing();
        let far = missing.iter().filter(|entry| can_rank(entry)).map(|entry| least_m(entry, from));
        (!missing.is_empty()).then(|| far.fold(f64::INFINITY, f64::min))
    }

    /// What to load next for a rider at `from`. Repeated until nothing is needed, the first rows of the list are those that the
    /// whole list would give: see [`settled`].
    pub fn next(&self, from: Wgs84, need: Need) -> Step {
        self.next_among(from, need, &Cells::everywhere())
    }

    /// The same for what can only be in some cells, as [`Finder::cells`](super::words::Finder::cells) has them.
    pub fn next_among(&self, from: Wgs84, need: Need, cells: &Cells) -> Step {
        let among = self.missing().into_iter().filter(|entry| cells.meet(entry.extent));
        let mut missing: Vec<(f64, Entry)> = among.map(|entry| (least_m(&entry, from), entry)).collect();
        // What is shown as equally far may come first, too.
        let reaches =
            |least: f64| need.limit.is_none_or(|limit| Distance::rounded(least) <= Distance::rounded(limit));
        let mut needed = Vec::new();
        let mut hoped = 0;
        // One shard mostly has all that is wanted; what it has not, the next round asks for. Of what is sought, one has one.
        let each = |entry: &Entry| if cells.is_everywhere() { entry.count } else { 1 };
        while needed.len() < WIDE && (need.limit.is_some() || hoped < need.rows.saturating_mul(2)) {
            let Some(at) = nearest(&missing, can_rank).filter(|&at| reaches(missing[at].0)) else { break };
            let (_, entry) = missing.swap_remove(at);
            hoped = hoped.saturating_add(usize::try_from(each(&entry)).unwrap_or(usize::MAX));
            needed.push(entry);
        }
        if needed.is_empty() && need.limit.is_none() {
            // Every place is known, and they are too few: those of unknown place are left.
            needed.extend(nearest(&missing, |_| true).map(|at| missing[at].1));
        }
        if !needed.is_empty() {
            return Step::Needed(needed);
        }
        let mut left = need.room.saturating_sub(need.held);
        let mut ahead = Vec::new();
        while ahead.len() < WIDE
            && let Some(at) = nearest(&missing, |_| true)
        {
            let (_, entry) = missing.swap_remove(at);
            // A page has none itself.
            let own = if entry.below.is_page() { 1 } else { entry.count };
            let count = usize::try_from(own).unwrap_or(usize::MAX);
            if count > left {
                break;
            }
            left -= count;
            ahead.push(entry);
        }
        if ahead.is_empty() { Step::Done } else { Step::Ahead(ahead) }
    }
}

/// The least metres to anything below an entry; without end where no place is known.
fn least_m(entry: &Entry, from: Wgs84) -> f64 {
    entry.extent.map_or(f64::INFINITY, |extent| extent.least_m(from))
}

/// Where the nearest of those that count stands. Of a few only the first few are wanted: sorting all would be a tenth
/// of what this module adds to a download.
fn nearest(missing: &[(f64, Entry)], counts: impl Fn(&Entry) -> bool) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (at, (least, entry)) in missing.iter().enumerate() {
        if counts(entry) && best.is_none_or(|best| *least < best.1) {
            best = Some((at, *least));
        }
    }
    best.map(|best| best.0)
}

/// Whether there may be a station with a distance below this entry.
pub(super) fn can_rank(entry: &Entry) -> bool {
    matches!(entry.below, Below::Page | Below::Placed) && entry.extent.is_some()
}

/// How many of the first `hits` nothing that is missing can come before, where nothing is missing within `horizon` metres, as
/// [`Atlas::horizon`] has it: the list orders by the distance that is shown, so that what is shown as nearer than the
/// horizon is certain.
pub fn settled(hits: &[Hit], horizon: Option<f64>) -> usize {
    let Some(horizon) = horizon else {
        return hits.len();
    };
    let far = horizon.is_finite().then(|| Distance::rounded(horizon));
    let nearer = |metres| far.is_none_or(|far| Distance::rounded(metres) < far);
    hits.iter().take_while(|hit| hit.metres.is_some_and(nearer)).count()
}
