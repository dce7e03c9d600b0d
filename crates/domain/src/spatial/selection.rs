//! The part of an index that a filter admits.

use super::index::{FAN, LEAF, Node, PointIndex};

/// Which points of one [`PointIndex`] a filter admits. Made anew after each change of the filter, which takes a
/// fraction of building the index; questions then pass by whole branches without a point that counts.
///
/// A selection belongs to the index that made it. Another one answers with other points, or with fewer.
#[derive(Clone, Debug)]
pub struct Selection {
    /// A bit for each point, in the order of the curve.
    points: Vec<u64>,
    /// A bit for each node of the tree.
    nodes: Vec<u64>,
    count: usize,
}

/// What decides which points count.
pub(super) trait Sieve {
    /// False if no point below this node, whose place in the tree is given, counts.
    fn node(&self, place: usize) -> bool;
    /// True if this point counts.
    fn point(&mut self, slot: usize, id: u32) -> bool;
    /// True if all points count.
    const ALL: bool = false;
}

/// Every point counts.
pub(super) struct Everything;

impl Sieve for Everything {
    const ALL: bool = true;
    fn node(&self, _: usize) -> bool {
        true
    }
    fn point(&mut self, _: usize, _: u32) -> bool {
        true
    }
}

/// The points count whose number passes a test.
pub(super) struct Test<F>(pub(super) F);

impl<F: FnMut(u32) -> bool> Sieve for Test<F> {
    fn node(&self, _: usize) -> bool {
        true
    }
    fn point(&mut self, _: usize, id: u32) -> bool {
        (self.0)(id)
    }
}

impl Sieve for &Selection {
    fn node(&self, place: usize) -> bool {
        bit(&self.nodes, place)
    }
    fn point(&mut self, slot: usize, _: u32) -> bool {
        bit(&self.points, slot)
    }
}

impl Selection {
    /// How many points are admitted.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True if none is.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl PointIndex {
    /// The points whose numbers `admits` says yes to. Each number is asked for once.
    pub fn select(&self, mut admits: impl FnMut(u32) -> bool) -> Selection {
        let points: Vec<u64> = self
            .ids
            .chunks(64)
            .map(|ids| {
                // The first point is the lowest bit.
                ids.iter().rev().fold(0, |word, &id| word << 1 | u64::from(admits(id)))
            })
            .collect();
        let count = points.iter().map(|word| word.count_ones() as usize).sum();
        let mut nodes = vec![0; self.areas.len().div_ceil(64)];
        for (level, start) in (0..).zip(&self.levels) {
            let end = self.levels.get(level as usize + 1).copied().unwrap_or(*start);
            for (at, place) in (0..).zip(*start..end) {
                let node = Node { level, at };
                let any = if level == 0 {
                    let mask = (1 << LEAF) - 1;
                    let first = at as usize * LEAF;
                    points.get(first / 64).is_some_and(|word| word >> (first % 64) & mask != 0)
                } else {
                    self.children(node).1.any(|child| bit(&nodes, child))
                };
                if any {
                    nodes[place / 64] |= 1 << (place % 64);
                }
            }
        }
        Selection { points, nodes, count }
    }
}

const _: () = assert!(64 % LEAF == 0 && FAN > 1, "a leaf's bits lie in one word");

fn bit(words: &[u64], at: usize) -> bool {
    words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}
