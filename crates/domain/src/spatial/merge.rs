//! The making of clusters: from the finest zoom to the coarsest, each from the clusters of the one before.

use super::grid::{Entry, Grid, NONE};
use super::mercator::Spot;

/// The zoom of a point: it is there at all zooms at which nothing took it in.
pub(super) const ALONE: u8 = u8::MAX;

/// A node of the forest that is being made. Numbers below the count of points are points; every other node is the
/// cluster of its children, which have lower numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// The centre of its points, to the nearest step.
    pub(super) spot: Spot,
    pub(super) first: u32,
    last: u32,
    pub(super) next: u32,
    /// The finest zoom at which it is there.
    pub(super) zoom: u8,
}

/// What a cluster's centre is made from.
#[derive(Clone, Copy, Debug)]
struct Sums {
    count: u32,
    /// The sums of all points' coordinates. The first point's world is counted from the antimeridian to the east,
    /// and points of the worlds beside it accordingly.
    x: i64,
    y: i64,
    /// The centre in that count.
    middle: i64,
}

impl Sums {
    fn point(spot: Spot) -> Self {
        Self { count: 1, x: i64::from(spot.x), y: i64::from(spot.y), middle: i64::from(spot.x) }
    }

    /// Both together, the second one `east` of the first, and their centre.
    fn with(self, other: Self, east: i64) -> (Self, Spot) {
        // Whole worlds, by which the short way to the other one is not the one that it counts by.
        let worlds = self.middle + east - other.middle;
        let count = self.count.saturating_add(other.count);
        let (x, y) = (self.x + other.x + worlds * i64::from(other.count), self.y + other.y);
        let mean = |sum: i64| (sum + i64::from(count / 2)).div_euclid(i64::from(count).max(1));
        let middle = mean(x);
        (Self { count, x, y, middle }, Spot::wrapped(middle, mean(y)))
    }
}

/// The forest: its nodes and its roots, which are the clusters and points of zoom 0.
pub(super) struct Forest {
    pub(super) drafts: Vec<Draft>,
    pub(super) roots: Vec<u32>,
}

/// Clusters `spots`, which stand in the order of the curve, for the zooms up to `finest`; `radius` is in steps of
/// the plane at a zoom.
pub(super) fn forest(spots: &[Spot], finest: u8, radius: impl Fn(u8) -> u32) -> Forest {
    let mut drafts = Vec::with_capacity(spots.len() * 2);
    let point = |&spot: &Spot| Draft { spot, first: NONE, last: NONE, next: NONE, zoom: ALONE };
    drafts.extend(spots.iter().map(point));
    let mut maker = Maker { drafts, points: spots.len(), sums: Vec::with_capacity(spots.len() / 2) };
    let mut live = maker.heaps(spots, finest, radius(finest));
    let mut grid = Grid::new(live.len());
    for zoom in (0..=finest).rev() {
        maker.level(&mut live, &mut grid, zoom, radius(zoom));
    }
    let roots = live.into_iter().map(|live| live.node).filter(|&node| node != NONE).collect();
    Forest { drafts: maker.drafts, roots }
}

/// Bits of a coordinate that lie within a square no two points of which are `radius` apart: its diagonal is at most
/// 0.71 of that. In the order of the curve by such squares clusters are made.
pub(super) fn heap_bits(radius: u32) -> u32 {
    (radius / 2).max(1).ilog2()
}

struct Maker {
    drafts: Vec<Draft>,
    /// How many of them are points.
    points: usize,
    /// The sums of the others.
    sums: Vec<Sums>,
}

impl Maker {
    /// Makes one of the points that share a square, so that a heap of points costs no more than as many far apart.
    fn heaps(&mut self, spots: &[Spot], finest: u8, radius: u32) -> Vec<Entry> {
        let shift = heap_bits(radius);
        let square = |spot: Spot| (spot.x >> shift, spot.y >> shift);
        let mut live: Vec<Entry> = Vec::with_capacity(spots.len());
        for (node, &spot) in (0..).zip(spots) {
            match live.last_mut() {
                // The heap's centre may be rounded out of the square; its last point is not.
                Some(one) if square(spots[node as usize - 1]) == square(spot) => {
                    let both = self.merge(one.node, node, finest);
                    *one = Entry::new(self.drafts[both as usize].spot, both);
                }
                _ => live.push(Entry::new(spot, node)),
            }
        }
        live
    }

    /// Makes the clusters of a zoom from those of the next finer one.
    ///
    /// One after the other is put among those that stand; if one of these is nearer than the radius, the nearest
    /// is taken out, both become one at their centre, and that is put in their stead in the same way. So those
    /// that stand are always a radius apart.
    fn level(&mut self, live: &mut Vec<Entry>, grid: &mut Grid, zoom: u8, radius: u32) {
        grid.reset(live.len(), radius);
        let mut kept = 0;
        for at in 0..live.len() {
            let mut one = live[at];
            if one.node == NONE {
                continue;
            }
            while let Some(found) = grid.nearest(&live[..kept], one.spot) {
                let other = grid.remove(live, found);
                let both = self.merge(other, one.node, zoom);
                one = Entry::new(self.drafts[both as usize].spot, both);
            }
            live[kept] = one;
            grid.add(live, index(kept));
            kept += 1;
        }
        live.truncate(kept);
    }

    /// One cluster of two. What was made at this zoom already takes the other in; its children stay together.
    fn merge(&mut self, one: u32, other: u32, zoom: u8) -> u32 {
        let (made, part) = match (self.made(one, zoom), self.made(other, zoom)) {
            (true, _) => (one, other),
            (false, true) => (other, one),
            (false, false) => {
                let (node, first) = (index(self.drafts.len()), self.drafts[one as usize]);
                self.sums.push(self.sums(one));
                self.drafts.push(Draft { first: one, last: one, next: NONE, zoom, ..first });
                (node, other)
            }
        };
        let taken = self.drafts[part as usize];
        let east = self.drafts[made as usize].spot.to(taken.spot).0;
        let (sums, spot) = self.sums(made).with(self.sums(part), east);
        self.sums[made as usize - self.points] = sums;
        // Of two made at this zoom one cluster comes, and not a cluster in a cluster.
        let (first, last) = if taken.zoom == zoom { (taken.first, taken.last) } else { (part, part) };
        let before = self.drafts[made as usize].last;
        self.drafts[before as usize].next = first;
        let draft = &mut self.drafts[made as usize];
        (draft.last, draft.spot) = (last, spot);
        made
    }

    fn sums(&self, node: u32) -> Sums {
        let cluster = (node as usize).checked_sub(self.points).and_then(|at| self.sums.get(at));
        cluster.copied().unwrap_or_else(|| Sums::point(self.drafts[node as usize].spot))
    }

    fn made(&self, node: u32, zoom: u8) -> bool {
        self.drafts[node as usize].zoom == zoom
    }
}

/// A list's place as a number. A map of 4 billion points is none.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
