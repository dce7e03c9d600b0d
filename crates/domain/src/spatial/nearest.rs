//! The nearest points, exactly.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::index::{Node, PointIndex};
use super::selection::{Everything, Selection, Sieve, Test};
use super::sphere::{Origin, surely_beyond};
use crate::coords::Wgs84;
use crate::geodesy::distance_m;

impl PointIndex {
    /// The `k` points nearest to `from` (all, if there are fewer), the nearest first: ordered by
    /// [`distance_m`], and where that is equal by number. The answer is the same as that of measuring the distance
    /// of every point, also at the poles and across the antimeridian.
    pub fn nearest(&self, from: Wgs84, k: usize) -> Vec<u32> {
        self.seek(from, k, Everything)
    }

    /// As [`nearest`](Self::nearest), among the points of a selection.
    pub fn nearest_in(&self, selection: &Selection, from: Wgs84, k: usize) -> Vec<u32> {
        self.seek(from, k.min(selection.len()), selection)
    }

    /// As [`nearest`](Self::nearest), among the points whose numbers `admits` says yes to. It is asked for points
    /// near `from` alone; where few are admitted, a [`Selection`] is quicker.
    pub fn nearest_where(&self, from: Wgs84, k: usize, admits: impl FnMut(u32) -> bool) -> Vec<u32> {
        self.seek(from, k, Test(admits))
    }

    /// Walks the tree from the nearest node to the next, and stops when no other can hold a point that counts. Runs of the
    /// curve overlap, so that going down to the nearest child first would measure three times as many points.
    fn seek(&self, from: Wgs84, k: usize, mut sieve: impl Sieve) -> Vec<u32> {
        let k = k.min(self.len());
        let (Some(root), true) = (self.root(), k > 0) else {
            return Vec::new();
        };
        let origin = Origin::new(from);
        let mut found = Found::new(k);
        let mut waiting: BinaryHeap<Waiting> = BinaryHeap::with_capacity(64);
        waiting.push(Waiting { measure: Measure::new(0.0), node: root });
        while let Some(Waiting { measure, node }) = waiting.pop() {
            if measure.value() > found.limit {
                break;
            }
            if node.level == 0 {
                for slot in self.slots(node) {
                    let measure = origin.measure(self.points[slot], found.limit);
                    if measure <= found.limit && sieve.point(slot, self.ids[slot]) {
                        found.add(measure, slot);
                    }
                }
                continue;
            }
            for child in self.children(node) {
                let place = self.place(child);
                let measure = origin.measure_to(&self.areas[place], found.limit);
                if measure <= found.limit && sieve.node(place) {
                    waiting.push(Waiting { measure: Measure::new(measure), node: child });
                }
            }
        }
        found.rank(|slot| self.ids[slot], |slot| distance_m(from, self.points[slot]))
    }
}

/// A measure in an order. The bits of numbers that are not negative are in the numbers' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Measure(u64);

impl Measure {
    fn new(value: f64) -> Self {
        Self(value.to_bits())
    }

    fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// A node and at most the measure of each point in it. The nearest is the greatest, as a heap gives that first.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    measure: Measure,
    node: Node,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        other.measure.cmp(&self.measure)
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.measure == other.measure
    }
}

impl Eq for Waiting {}

/// The points that may be among the nearest.
struct Found {
    k: usize,
    /// The `k` smallest measures.
    best: BinaryHeap<Measure>,
    /// What is farther away by its measure is surely not among the nearest.
    limit: f64,
    /// The points found up to the limit that held then.
    points: Vec<(Measure, usize)>,
}

impl Found {
    fn new(k: usize) -> Self {
        Self {
            k,
            best: BinaryHeap::with_capacity(k + 1),
            limit: f64::INFINITY,
            points: Vec::with_capacity(4 * k),
        }
    }

    fn add(&mut self, measure: f64, slot: usize) {
        let measure = Measure::new(measure);
        self.points.push((measure, slot));
        if self.best.len() == self.k {
            let Some(mut worst) = self.best.peek_mut() else {
                return;
            };
            if *worst <= measure {
                return;
            }
            *worst = measure;
        } else {
            self.best.push(measure);
        }
        if self.best.len() == self.k
            && let Some(worst) = self.best.peek()
        {
            self.limit = surely_beyond(worst.value());
        }
    }

    /// The nearest in order. The exact distance is asked for where measures are too close to tell.
    fn rank(mut self, id: impl Fn(usize) -> u32, exact: impl Fn(usize) -> f64) -> Vec<u32> {
        self.points.retain(|(measure, _)| measure.value() <= self.limit);
        self.points.sort_unstable();
        let mut ranked = Vec::with_capacity(self.points.len());
        for run in self.points.chunk_by(|one, next| next.0.value() <= surely_beyond(one.0.value())) {
            if ranked.len() >= self.k {
                break;
            }
            let start = ranked.len();
            if let &[(_, slot)] = run {
                ranked.push((0.0, id(slot)));
                continue;
            }
            ranked.extend(run.iter().map(|&(_, slot)| (exact(slot), id(slot))));
            ranked[start..].sort_unstable_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
        }
        ranked.truncate(self.k);
        ranked.into_iter().map(|(_, id)| id).collect()
    }
}
