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
    /// How many points it has.
    count: u32,
    /// The finest zoom at which it is there.
    pub(super) zoom: u8,
    /// The sums of all points' coordinates. The first point's world is counted from the antimeridian to the east,
    /// and points of the worlds beside it accordingly.
    sum: (i64, i64),
    /// `spot.x` in that count.
    x: i64,
}

impl Draft {
    fn point(spot: Spot) -> Self {
        let (x, y) = (i64::from(spot.x), i64::from(spot.y));
        Self { spot, first: NONE, last: NONE, next: NONE, count: 1, zoom: ALONE, sum: (x, y), x }
    }

    /// Takes the points of another one in: their count and the centre.
    fn take_in(&mut self, other: &Self) {
        // Whole worlds, by which the short way to the other one is not the one that it counts by.
        let worlds = self.x + self.spot.to(other.spot).0 - other.x;
        let sum = (self.sum.0 + other.sum.0 + worlds * i64::from(other.count), self.sum.1 + other.sum.1);
        self.count = self.count.saturating_add(other.count);
        let mean = |sum: i64| (sum + i64::from(self.count / 2)).div_euclid(i64::from(self.count).max(1));
        let (x, y) = (mean(sum.0), mean(sum.1));
        (self.spot, self.sum, self.x) = (Spot::wrapped(x, y), sum, x);
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
    drafts.extend(spots.iter().map(|&spot| Draft::point(spot)));
    let mut maker = Maker { drafts };
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
                let node = index(self.drafts.len());
                let first = self.drafts[one as usize];
                self.drafts.push(Draft { first: one, last: one, next: NONE, zoom, ..first });
                (node, other)
            }
        };
        let taken = self.drafts[part as usize];
        // Of two made at this zoom one cluster comes, and not a cluster in a cluster.
        let (first, last) = if taken.zoom == zoom { (taken.first, taken.last) } else { (part, part) };
        let before = self.drafts[made as usize].last;
        self.drafts[before as usize].next = first;
        let draft = &mut self.drafts[made as usize];
        draft.last = last;
        draft.take_in(&taken);
        made
    }

    fn made(&self, node: u32, zoom: u8) -> bool {
        self.drafts[node as usize].zoom == zoom
    }
}

/// A list's place as a number. A map of 4 billion points is none.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
