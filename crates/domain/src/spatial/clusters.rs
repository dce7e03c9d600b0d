//! Clusters of points for every zoom of a web map.

use super::bounds::Bounds;
use super::curve;
use super::grid::NONE;
use super::index::Known;
use super::mercator::Spot;
use super::merge::{ALONE, Forest, forest, heap_bits};
use super::tally::Tally;
use super::view::{Extent, Reach, View};
use crate::coords::Wgs84;

/// How near is together, and up to which zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterOptions {
    radius: u16,
    tile: u16,
    finest: u8,
}

impl ClusterOptions {
    /// `radius`: the pixels that two clusters' centres are apart at least; `tile`: the pixels on a side of the world at
    /// zoom 0 (256 in Leaflet); `finest`: the last zoom that has clusters. None if the radius is 0, or more
    /// than a quarter of the world, or less than two of its steps of 2⁻³² at the finest zoom.
    pub fn new(radius: u16, tile: u16, finest: u8) -> Option<Self> {
        let options = Self { radius, tile, finest };
        let fits = u32::from(radius) * 4 <= u32::from(tile) && finest < 32 && options.steps(finest) >= 2;
        (tile > 0 && fits).then_some(options)
    }

    /// The last zoom that has clusters.
    pub const fn finest(&self) -> u8 {
        self.finest
    }

    /// The radius at a zoom in steps of 2⁻³² of the world.
    fn steps(self, zoom: u8) -> u32 {
        let steps = ((u64::from(self.radius) << 32) / u64::from(self.tile.max(1))) >> zoom.min(63);
        u32::try_from(steps).unwrap_or(u32::MAX)
    }
}

impl Default for ClusterOptions {
    /// For Leaflet and badges of 40 pixels, down to streets.
    fn default() -> Self {
        Self { radius: 48, tile: 256, finest: 16 }
    }
}

/// A cluster's or a lone point's number within the [`Clusters`] that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub(super) u32);

/// What stands on the map at a zoom: a cluster, or a point that is alone there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Its number.
    pub id: ClusterId,
    /// A cluster: the centre of all its points, to two steps of the map's plane (2 cm). A point: the point.
    pub position: Wgs84,
    /// How many points it stands for, of those that count.
    pub count: u32,
    /// How many of these are open.
    pub open: u32,
    /// The point's number in the caller's list, where it is the only one that counts.
    pub alone: Option<u32>,
}

/// Points on a web map, clustered for every zoom: built once and then only asked.
///
/// # What holds
/// - At each zoom each point is in one cluster or alone, so that counts add up to the number of all.
/// - Up to the finest zoom, the centres of any two clusters or lone points are at least the radius apart on the map:
///   badges as wide as the radius never overlap. (Points beyond 85.05° north or south count as on the map's edge.)
/// - Zooming in parts clusters, and never moves a point from one to another.
/// - The same points make the same clusters, in whichever order they are given.
/// - What a filter admits changes a cluster's counts and not its place, so that badges do not jump; where one
///   point of a cluster counts, that stands for itself, at its own place.
///
/// A point may lie farther than the radius from the centre of its cluster: the centre moves as the cluster grows.
///
/// # How
/// From the finest zoom to the coarsest. First, what shares a square of the Morton curve half the radius wide is one.
/// Then at each zoom the clusters of the one before are put on the map in the order of the curve. One that is nearer than
/// the radius to some that stand already joins the nearest of these, and both together are put on the map anew, at
/// their centre. Those that stand are always a radius apart, so that only so many are near, and a hash table of
/// squares finds them in constant time.
///
/// It is greedy: another order would make other clusters, no worse and no better. It is not a grid: no line divides what
/// is near, but for the squares of the finest zoom, within which all is nearer than the radius anyway.
///
/// Sums are of whole numbers, so that the centre is exact whatever the order; a difference that wraps leads over the
/// antimeridian.
///
/// # What it costs
/// For n points and z zooms:
///
/// | | time | memory |
/// | --- | --- | --- |
/// | building | O(n · z), however the points lie; the number halves from zoom to zoom where they lie close | 36 bytes a node, of which there are less than 2 n, and 20 n; three times that for a moment |
/// | [`tally`](Self::tally) | O(n) | 8 bytes a node, 8 n |
/// | [`within`](Self::within) | about O(z · (hits + what touches the border)), at most O(n) | the answer |
/// | [`leaves`](Self::leaves) | O(1) | none |
#[derive(Clone, Debug)]
pub struct Clusters {
    /// The forest in pre-order: a node, and then all below it.
    pub(super) nodes: Vec<Node>,
    /// The points' numbers in the order in which they stand in `nodes`.
    pub(super) ids: Vec<u32>,
    /// Their positions, in the same order.
    pub(super) points: Vec<Wgs84>,
    finest: u8,
}

/// A cluster or a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) spot: Spot,
    /// Where all points below and the centres of their clusters lie.
    pub(super) extent: Extent,
    /// Where in the list the nodes below it end.
    pub(super) end: u32,
    /// How many points stand before it in the list.
    pub(super) rank: u32,
    /// The finest zoom at which it is there.
    pub(super) zoom: u8,
}

impl Clusters {
    /// Clusters all known positions. A point's number is its place in `positions`; what is unknown has a number too,
    /// and is in no cluster.
    pub fn new(positions: impl IntoIterator<Item = Option<Wgs84>>, options: ClusterOptions) -> Self {
        let known = Known::of(positions);
        let spots: Vec<Spot> = known.points.iter().map(|&position| Spot::of(position)).collect();
        let bits = heap_bits(options.steps(options.finest));
        let place = |(spot, at): (&Spot, u32)| (curve::morton(spot.x >> bits, spot.y >> bits), at);
        let mut order: Vec<(u64, u32)> = spots.iter().zip(0..).map(place).collect();
        curve::sort(&mut order, 2 * (32 - bits), |item| item.0);
        let known: Vec<(u32, Wgs84)> =
            order.iter().map(|&(_, at)| (known.id(at), known.points[at as usize])).collect();
        let spots: Vec<Spot> = order.iter().map(|&(_, at)| spots[at as usize]).collect();
        drop(order);
        let forest = forest(&spots, options.finest, |zoom| options.steps(zoom));
        let mut clusters = Self {
            nodes: Vec::with_capacity(forest.drafts.len()),
            ids: Vec::with_capacity(known.len()),
            points: Vec::with_capacity(known.len()),
            finest: options.finest,
        };
        clusters.lay(&forest, &known);
        clusters.frame();
        clusters
    }

    /// Lays the forest out in pre-order.
    fn lay(&mut self, forest: &Forest, known: &[(u32, Wgs84)]) {
        // Nodes whose children are being laid: the place of each, and the sibling that follows it.
        let mut above: Vec<(usize, u32)> = Vec::with_capacity(32);
        for &root in &forest.roots {
            let mut at = root;
            loop {
                let draft = &forest.drafts[at as usize];
                let place = self.nodes.len();
                let (end, rank) = (index(place + 1), index(self.ids.len()));
                let extent = Extent::new(draft.spot, Reach::default());
                self.nodes.push(Node { spot: draft.spot, extent, end, rank, zoom: draft.zoom });
                let mut sibling = draft.next;
                if draft.zoom == ALONE {
                    let (id, position) = known[at as usize];
                    self.ids.push(id);
                    self.points.push(position);
                } else {
                    above.push((place, sibling));
                    sibling = draft.first;
                }
                while sibling == NONE
                    && let Some((parent, next)) = above.pop()
                {
                    self.nodes[parent].end = index(self.nodes.len());
                    sibling = next;
                }
                if sibling == NONE {
                    break;
                }
                at = sibling;
            }
        }
    }

    /// Finds where all below each node lies. What is below follows it, so that backwards through the list it is known before.
    fn frame(&mut self) {
        for at in (0..self.nodes.len()).rev() {
            let Node { spot, end, .. } = self.nodes[at];
            let mut reach = Reach::default();
            let mut child = at + 1;
            while child < end as usize {
                let below = &self.nodes[child];
                reach.take_in(spot.to(below.spot), below.extent.reach(below.spot));
                child = below.end as usize;
            }
            self.nodes[at].extent = Extent::new(spot, reach);
        }
    }

    /// How many points there are, those of unknown position not counted.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// What stands in `bounds` at `zoom` and counts, in an order that is the same each time. Beyond the finest zoom all
    /// points are alone.
    pub fn within(&self, tally: &Tally, bounds: &Bounds, zoom: u8) -> Vec<Cluster> {
        let view = View::new(bounds);
        // What a phone shows.
        let mut found = Vec::with_capacity(32);
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            if !view.meets(&node.extent) {
                at = node.end as usize;
            } else if node.zoom < zoom {
                at += 1;
            } else {
                let end = node.end as usize;
                if let Some(cluster) = self.cluster(tally, at)
                    && bounds.contains(cluster.position)
                {
                    found.push(cluster);
                }
                at = end;
            }
        }
        found
    }

    /// The cluster or point with this number; None if nothing in it counts.
    pub fn get(&self, tally: &Tally, id: ClusterId) -> Option<Cluster> {
        self.cluster(tally, id.0 as usize)
    }

    /// What a cluster parts into at its [`expansion_zoom`](Self::expansion_zoom), but for what does not count. A point has no children.
    pub fn children(&self, tally: &Tally, id: ClusterId) -> Vec<Cluster> {
        let mut found = Vec::new();
        let at = id.0 as usize;
        let Some(node) = self.nodes.get(at) else {
            return found;
        };
        let mut child = at + 1;
        while child < node.end as usize {
            found.extend(self.cluster(tally, child));
            child = self.nodes[child].end as usize;
        }
        found
    }

    /// The numbers of all points in a cluster, whether or not they count.
    pub fn leaves(&self, id: ClusterId) -> &[u32] {
        let (start, end) = self.ranks(id.0 as usize);
        self.ids.get(start..end).unwrap_or_default()
    }

    /// The zoom at which what counts in this cluster parts; None for a point, and where fewer than two count.
    pub fn expansion_zoom(&self, tally: &Tally, id: ClusterId) -> Option<u8> {
        let mut at = id.0 as usize;
        let (count, _) = tally.of(at);
        if count < 2 {
            return None;
        }
        loop {
            let node = self.nodes.get(at)?;
            let mut child = at + 1;
            while child < node.end as usize && tally.of(child).0 < count {
                child = self.nodes[child].end as usize;
            }
            if child >= node.end as usize {
                return Some(node.zoom + 1);
            }
            at = child;
        }
    }

    /// The zoom up to which there are clusters.
    pub const fn finest(&self) -> u8 {
        self.finest
    }

    fn cluster(&self, tally: &Tally, at: usize) -> Option<Cluster> {
        let node = self.nodes.get(at)?;
        let (count, open) = tally.of(at);
        let (position, alone) = match count {
            0 => return None,
            1 => {
                let (start, end) = self.ranks(at);
                let rank = tally.first(start, end);
                (*self.points.get(rank)?, Some(*self.ids.get(rank)?))
            }
            _ => (node.spot.position(), None),
        };
        Some(Cluster { id: ClusterId(index(at)), position, count, open, alone })
    }

    /// Where the points of a node stand in `ids`.
    pub(super) fn ranks(&self, at: usize) -> (usize, usize) {
        let Some(node) = self.nodes.get(at) else {
            return (0, 0);
        };
        let end = self.nodes.get(node.end as usize).map_or(self.ids.len(), |next| next.rank as usize);
        (node.rank as usize, end)
    }
}

/// A list's place as a number.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
