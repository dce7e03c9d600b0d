//! How many points of each cluster count, and how many of these are open.

use super::clusters::Clusters;

/// What a filter admits of one [`Clusters`], summed for each cluster. Made anew after each
/// change of the filter, or of what is open, which costs one walk over the points and leaves the clusters as they are.
///
/// A tally belongs to the clusters that made it.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How many of the points up to each count, and how many of these are open; begins with nothing.
    sums: Vec<(u32, u32)>,
    /// The same for each node of the clusters alone, so that a question finds it at one place.
    nodes: Vec<(u32, u32)>,
}

impl Tally {
    /// How many points count.
    pub fn count(&self) -> u32 {
        self.sums.last().map_or(0, |sum| sum.0)
    }

    /// How many points count and are open.
    pub fn open(&self) -> u32 {
        self.sums.last().map_or(0, |sum| sum.1)
    }

    /// How many of a node's points count, and how many of these are open.
    pub(super) fn of(&self, node: usize) -> (u32, u32) {
        self.nodes.get(node).copied().unwrap_or_default()
    }

    /// The rank of the first point that counts, of those from rank `start` up to `end`.
    pub(super) fn first(&self, start: usize, end: usize) -> usize {
        let sums = self.sums.get(start..end).unwrap_or_default();
        let before = sums.first().map_or(0, |sum| sum.0);
        start + sums.partition_point(|sum| sum.0 <= before).saturating_sub(1)
    }
}

impl Clusters {
    /// Counts the points. `judge` is asked for each number: None if the point does not count, else whether it is open.
    pub fn tally(&self, mut judge: impl FnMut(u32) -> Option<bool>) -> Tally {
        let mut sum = (0, 0);
        let mut sums = Vec::with_capacity(self.ids.len() + 1);
        sums.push(sum);
        for &id in &self.ids {
            if let Some(open) = judge(id) {
                sum.0 += 1;
                sum.1 += u32::from(open);
            }
            sums.push(sum);
        }
        let between = |(start, end): (usize, usize)| match (sums.get(start), sums.get(end)) {
            (Some(before), Some(after)) => (after.0 - before.0, after.1 - before.1),
            _ => (0, 0),
        };
        let nodes = (0..self.nodes.len()).map(|node| between(self.ranks(node))).collect();
        Tally { sums, nodes }
    }
}
