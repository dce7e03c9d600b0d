//! The nearest points, exactly.

use std::ops::Range;

use super::curve::{high, low};
use super::index::{LEAF, Node, PointIndex};
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

    /// Measures what lies beside `from` on the curve first, which mostly makes a limit that only little more than the answer is within.
    /// Then walks the tree, of each node's children the nearest first, passing by what is beyond the limit.
    fn seek(&self, from: Wgs84, k: usize, mut sieve: impl Sieve) -> Vec<u32> {
        let k = k.min(self.len());
        let (Some(root), true) = (self.root(), k > 0) else {
            return Vec::new();
        };
        let origin = Origin::new(from);
        let mut found = Found::new(k);
        let seen = self.beside(from, k, |slots| self.measure(slots, &origin, &mut sieve, &mut found));
        // What is still to be looked at, the next one last.
        let mut open = Vec::with_capacity(64);
        open.push(Branch::new(0.0, root));
        while let Some(next) = open.pop() {
            if next.measure() > found.limit {
                continue;
            }
            let node = next.node();
            let Some(level) = node.level.checked_sub(1) else {
                let slots = self.slots(node);
                if !seen.contains(&slots.start) {
                    self.measure(slots, &origin, &mut sieve, &mut found);
                }
                continue;
            };
            let siblings = open.len();
            let (first, places) = self.children(node);
            for (at, (area, place)) in (first..).zip(self.areas[places.clone()].iter().zip(places.start..)) {
                let measure = origin.measure_to(area);
                if measure <= found.limit && sieve.node(place) {
                    open.push(Branch::new(measure, Node { level, at }));
                }
            }
            open[siblings..].sort_unstable_by(|one, other| other.cmp(one));
        }
        found.rank(|slot| self.ids[slot], |slot| self.points[slot], from)
    }

    /// Hands out the slots of whole leaves around the place of `from` on the curve, until these are enough; tells which they are.
    fn beside(&self, from: Wgs84, k: usize, mut measure: impl FnMut(Range<usize>) -> usize) -> Range<usize> {
        let place = self.curve.beside(from);
        let leaf = self.marks.partition_point(|&mark| mark <= place).saturating_sub(1);
        let mut seen = leaf * LEAF..leaf * LEAF;
        let mut step = k.div_ceil(2 * LEAF) * LEAF;
        let mut left = 3;
        loop {
            let wider = seen.start.saturating_sub(step)..(seen.end + step + LEAF).min(self.len());
            let enough = measure(wider.start..seen.start).max(measure(seen.end..wider.end));
            seen = wider;
            left -= 1;
            if enough >= k || left == 0 || seen.len() == self.len() {
                return seen;
            }
            step *= 4;
        }
    }

    /// Measures points; how many are found then.
    fn measure(
        &self,
        slots: Range<usize>,
        origin: &Origin,
        sieve: &mut impl Sieve,
        found: &mut Found,
    ) -> usize {
        let points = self.points[slots.clone()].iter().zip(&self.ids[slots.clone()]);
        for ((&point, &id), slot) in points.zip(slots.start..) {
            let measure = origin.measure(point, found.limit);
            if measure <= found.limit && sieve.point(slot, id) {
                found.add(measure, slot);
            }
        }
        found.settle();
        found.points.len()
    }
}

/// A node and at most the measure of each point in it, in the order of that: the bits of numbers that are not negative are in the
/// numbers' order. From the highest bit on: 28 of the measure, to a millionth below it; 4 of the level; 32 of the place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Branch(u64);

impl Branch {
    fn new(measure: f64, node: Node) -> Self {
        Self(u64::from(bits(measure) & !15 | node.level) << 32 | u64::from(node.at))
    }

    fn measure(self) -> f64 {
        f64::from(f32::from_bits(high(self.0) & !15))
    }

    fn node(self) -> Node {
        Node { level: high(self.0) & 15, at: low(self.0) }
    }
}

/// A point that may be among the nearest: its measure to 32 bits and its slot, in the order of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Point(u64);

impl Point {
    fn measure(self) -> f64 {
        f64::from(f32::from_bits(high(self.0)))
    }

    fn slot(self) -> usize {
        low(self.0) as usize
    }
}

#[expect(clippy::cast_possible_truncation, reason = "to 32 bits is what is meant")]
fn bits(measure: f64) -> u32 {
    (measure as f32).to_bits()
}

/// The points that may be among the nearest.
struct Found {
    k: usize,
    /// What is farther away by its measure is surely not among the nearest.
    limit: f64,
    /// The points found up to the limit that held then, in order but for those found last.
    points: Vec<Point>,
    /// How many there are when it is time to put them in order.
    due: usize,
}

impl Found {
    fn new(k: usize) -> Self {
        Self { k, limit: f64::INFINITY, points: Vec::with_capacity(2 * k + 8), due: k }
    }

    fn add(&mut self, measure: f64, slot: usize) {
        self.points.push(Point(u64::from(bits(measure)) << 32 | slot as u64));
    }

    /// Where a quarter has come anew, draws the limit in and lets go of what is beyond it: for each of these that costs O(log k).
    fn settle(&mut self) {
        if self.points.len() < self.due {
            return;
        }
        self.points.sort_unstable();
        if let Some(last) = self.points.get(self.k - 1) {
            self.limit = surely_beyond(last.measure());
        }
        while self.points.last().is_some_and(|point| point.measure() > self.limit) {
            self.points.pop();
        }
        self.due = self.points.len() + self.k.div_ceil(4);
    }

    /// The nearest in order. The exact distance is asked for where measures are too close to tell.
    fn rank(mut self, id: impl Fn(usize) -> u32, place: impl Fn(usize) -> Wgs84, from: Wgs84) -> Vec<u32> {
        self.points.sort_unstable();
        let mut ranked = Vec::with_capacity(self.k);
        for run in self.points.chunk_by(|one, next| next.measure() <= surely_beyond(one.measure())) {
            if ranked.len() >= self.k {
                break;
            }
            if let [point] = run {
                ranked.push(id(point.slot()));
                continue;
            }
            // What stands at one place is equally far.
            let same = run.windows(2).all(|pair| place(pair[0].slot()) == place(pair[1].slot()));
            let exact = |point: &Point| {
                let slot = point.slot();
                (if same { 0.0 } else { distance_m(from, place(slot)) }, id(slot))
            };
            let mut run: Vec<(f64, u32)> = run.iter().map(exact).collect();
            run.sort_unstable_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
            ranked.extend(run.iter().map(|one| one.1));
        }
        ranked.truncate(self.k);
        ranked
    }
}
