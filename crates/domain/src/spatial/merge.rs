//! The making of clusters: from the finest zoom to the coarsest, each from the clusters of the one before.

use super::curve;
use super::grid::{Grid, NONE};
use super::mercator::Spot;

/// The zoom of a point: it is there at all zooms at which nothing took it in.
pub(super) const ALONE: u8 = u8::MAX;

/// A node of the forest that is being made. Numbers below the count of points are points; every other node is the
/// cluster of its children, which have lower numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub(super) spot: Spot,
    pub(super) first: u32,
    last: u32,
    pub(super) next: u32,
    /// The finest zoom at which it is there.
    pub(super) zoom: u8,
}

/// The forest: its nodes and its roots, which are the clusters and points of zoom 0.
pub(super) struct Forest {
    pub(super) drafts: Vec<Draft>,
    pub(super) roots: Vec<u32>,
}

/// A cluster of the zoom that is being made.
#[derive(Clone, Copy, Debug)]
struct Live {
    spot: Spot,
    node: u32,
    count: u32,
    /// The sums of all points' coordinates. The first point's world is counted from the antimeridian to the east,
    /// and points of the worlds beside it accordingly.
    sum: (i64, i64),
    /// `spot.x` in that count.
    x: i64,
}

impl Live {
    fn point(spot: Spot, node: u32) -> Self {
        let (x, y) = (i64::from(spot.x), i64::from(spot.y));
        Self { spot, node, count: 1, sum: (x, y), x }
    }

    /// Both in one, but for the node: at the centre, to the nearest step.
    fn with(self, other: Self) -> Self {
        let count = self.count.saturating_add(other.count);
        // Whole worlds, by which the short way to the other one is not the one that it counts by.
        let worlds = self.x + self.spot.to(other.spot).0 - other.x;
        let sum = (self.sum.0 + other.sum.0 + worlds * i64::from(other.count), self.sum.1 + other.sum.1);
        let mean = |sum: i64| (sum + i64::from(count / 2)).div_euclid(i64::from(count).max(1));
        let x = mean(sum.0);
        Self { spot: Spot::wrapped(x, mean(sum.1)), node: self.node, count, sum, x }
    }
}

/// Clusters `spots`, given in any order, for the zooms up to `finest`; `radius` is in steps of the plane at a zoom.
pub(super) fn forest(spots: &[Spot], finest: u8, radius: impl Fn(u8) -> u32) -> Forest {
    let mut maker = Maker { drafts: Vec::with_capacity(spots.len() * 2) };
    maker.drafts.extend(spots.iter().map(|&spot| Draft {
        spot,
        first: NONE,
        last: NONE,
        next: NONE,
        zoom: ALONE,
    }));
    let mut live = maker.heaps(spots, finest, radius(finest));
    let mut grid = Grid::new(live.len());
    for zoom in (0..=finest).rev() {
        maker.level(&mut live, &mut grid, zoom, radius(zoom));
    }
    Forest { drafts: maker.drafts, roots: live.into_iter().map(|live| live.node).collect() }
}

struct Maker {
    drafts: Vec<Draft>,
}

impl Maker {
    /// Brings the points into the order of the curve, and makes one of those that share a square which no
    /// two points nearer than the radius leave: so that a heap of points costs no more than as many far apart.
    fn heaps(&mut self, spots: &[Spot], finest: u8, radius: u32) -> Vec<Live> {
        // A square's diagonal is at most 0.71 of the radius.
        let shift = (radius / 2).max(1).ilog2();
        let mut order: Vec<(u64, u32)> = spots
            .iter()
            .zip(0..)
            .map(|(spot, node)| (curve::morton(spot.x >> shift, spot.y >> shift), node))
            .collect();
        curve::sort(&mut order, 2 * (32 - shift), |item| item.0);
        let mut live = Vec::with_capacity(order.len());
        for heap in order.chunk_by(|one, next| one.0 == next.0) {
            let mut one: Option<Live> = None;
            for &(_, node) in heap {
                let next = Live::point(spots[node as usize], node);
                one = Some(match one {
                    None => next,
                    Some(one) => self.merge(one, next, finest),
                });
            }
            live.extend(one);
        }
        live
    }

    /// Makes the clusters of a zoom from those of the next finer one.
    ///
    /// One after the other is put among those that stand; if one of these is nearer than the radius, the nearest
    /// is taken out, both become one at their centre, and that is put in their stead in the same way. So those
    /// that stand are always a radius apart.
    fn level(&mut self, live: &mut Vec<Live>, grid: &mut Grid, zoom: u8, radius: u32) {
        grid.reset(live.len(), radius);
        for at in 0..live.len() {
            let mut one = live[at];
            while let Some(found) = grid.nearest(one.spot, |entry| live[entry as usize].spot) {
                let other = &mut live[found as usize];
                grid.remove(found, other.spot);
                one = self.merge(*other, one, zoom);
                other.count = 0;
            }
            live[at] = one;
            grid.add(index(at), one.spot);
        }
        live.retain(|live| live.count > 0);
        for live in live {
            let draft = &mut self.drafts[live.node as usize];
            if draft.zoom == zoom {
                draft.spot = live.spot;
            }
        }
    }

    /// One cluster of two. What was made at this zoom already takes the other in; its children stay together.
    fn merge(&mut self, one: Live, other: Live, zoom: u8) -> Live {
        let node = match (self.made(one.node, zoom), self.made(other.node, zoom)) {
            (true, true) => {
                let Draft { first, last, .. } = self.drafts[other.node as usize];
                self.append(one.node, first, last);
                one.node
            }
            (true, false) => {
                self.append(one.node, other.node, other.node);
                one.node
            }
            (false, true) => {
                self.append(other.node, one.node, one.node);
                other.node
            }
            (false, false) => {
                let node = index(self.drafts.len());
                self.drafts.push(Draft { spot: one.spot, first: one.node, last: one.node, next: NONE, zoom });
                self.append(node, other.node, other.node);
                node
            }
        };
        Live { node, ..one.with(other) }
    }

    fn made(&self, node: u32, zoom: u8) -> bool {
        self.drafts[node as usize].zoom == zoom
    }

    /// Adds the chain of siblings from `first` to `last` to the children of `parent`.
    fn append(&mut self, parent: u32, first: u32, last: u32) {
        let before = std::mem::replace(&mut self.drafts[parent as usize].last, last);
        self.drafts[before as usize].next = first;
    }
}

/// A list's place as a number. A map of 4 billion points is none.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
