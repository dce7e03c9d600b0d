//! An immutable index of points on the globe.

use super::area::{Area, sides};
use super::curve::{self, high, low};
use crate::coords::Wgs84;

/// Points in a leaf of the tree.
pub(super) const LEAF: usize = 8;
/// Children of an inner node.
pub(super) const FAN: u32 = 4;
/// Squares on a side of the grid that the curve walks.
const SIDE: f64 = 65_536.0;

/// Points on the globe, built once and then only asked. Answers are the points' numbers in the caller's list.
///
/// The points lie in the order of a Morton curve over the range that they span, each eight of them form a leaf,
/// and a tree of the leaves' ranges stands above, four by four, without a pointer. For n points:
///
/// | | time | memory |
/// | --- | --- | --- |
/// | building | O(n) | 24 n bytes, the tree included; twice that for a moment |
/// | [`nearest`](Self::nearest) | about O(log n + k log k) where points lie apart, at most O(n log n) | O(k) |
/// | [`within`](Self::within) | about O(√n + hits), at most O(n) | the answer |
/// | [`select`](Self::select) | O(n), a small part of the building | n / 6 bytes |
///
/// Where many points are as far away as the last of the nearest, to 1 %, [`nearest`](Self::nearest) measures all of these.
#[derive(Clone, Debug)]
pub struct PointIndex {
    /// The number of each point, in the order of the curve.
    pub(super) ids: Vec<u32>,
    /// Its position, in the same order.
    pub(super) points: Vec<Wgs84>,
    /// The tree, the leaves first and the root last.
    pub(super) areas: Vec<Area>,
    /// Where in `areas` each level begins, and the end.
    pub(super) levels: Vec<usize>,
    /// The curve, and the place on it of each leaf's first point.
    pub(super) curve: Curve,
    pub(super) marks: Vec<u32>,
}

/// A node of the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// How far above the leaves.
    pub(super) level: u32,
    /// The place in its level.
    pub(super) at: u32,
}

impl PointIndex {
    /// Builds the index of all known positions. The number of a point is its place in `positions`; what is unknown
    /// has a number too, and is never found.
    pub fn new(positions: impl IntoIterator<Item = Option<Wgs84>>) -> Self {
        let known = Known::of(positions);
        let curve = Curve::over(&known.points);
        // The place on the curve above, the place in `known` below.
        let mut order: Vec<u64> = (0..)
            .zip(&known.points)
            .map(|(place, position): (u32, _)| {
                u64::from(curve.place(position.lat(), position.lng())) << 32 | u64::from(place)
            })
            .collect();
        curve::sort(&mut order, 32, |item| item >> 32);
        let ids = order.iter().map(|&item| known.id(low(item))).collect();
        let points: Vec<Wgs84> = order.iter().map(|&item| known.points[low(item) as usize]).collect();
        let marks = order.chunks(LEAF).map(|leaf| high(leaf[0])).collect();
        let (areas, levels) = tree(&points);
        Self { ids, points, areas, levels, curve, marks }
    }

    /// How many points there are, those of unknown position not counted.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The root, if there is any point.
    pub(super) fn root(&self) -> Option<Node> {
        let level = u32::try_from(self.levels.len().checked_sub(2)?).ok()?;
        Some(Node { level, at: 0 })
    }

    /// Where in `areas` a node stands.
    pub(super) fn place(&self, node: Node) -> usize {
        self.levels[node.level as usize] + node.at as usize
    }

    /// The children of an inner node: the first one's place in their level, and the places of all in `areas`.
    pub(super) fn children(&self, node: Node) -> (u32, std::ops::Range<usize>) {
        let (start, end) = (self.levels[node.level as usize - 1], self.levels[node.level as usize]);
        let part = part(node.at as usize, FAN as usize, end - start);
        (node.at.saturating_mul(FAN), start + part.start..start + part.end)
    }

    /// The points of a leaf, as places in `ids`.
    pub(super) fn slots(&self, leaf: Node) -> std::ops::Range<usize> {
        part(leaf.at as usize, LEAF, self.ids.len())
    }

    /// The points below any node, as places in `ids`.
    pub(super) fn slots_below(&self, node: Node) -> std::ops::Range<usize> {
        part(node.at as usize, LEAF * (FAN as usize).saturating_pow(node.level), self.ids.len())
    }
}

/// What is known of a list of positions.
pub(super) struct Known {
    /// The positions.
    pub(super) points: Vec<Wgs84>,
    /// The place of each in the list, where that is not the same.
    ids: Option<Vec<u32>>,
}

impl Known {
    pub(super) fn of(positions: impl IntoIterator<Item = Option<Wgs84>>) -> Self {
        let positions = positions.into_iter();
        let mut points = Vec::with_capacity(positions.size_hint().0);
        let mut ids = None;
        for (id, position) in (0_u32..).zip(positions) {
            match (position, &mut ids) {
                (Some(position), None) => points.push(position),
                (Some(position), Some(ids)) => {
                    points.push(position);
                    Vec::push(ids, id);
                }
                (None, None) => ids = Some((0..id).collect()),
                (None, Some(_)) => {}
            }
        }
        Self { points, ids }
    }

    /// The number of the point at a place among these.
    pub(super) fn id(&self, place: u32) -> u32 {
        self.ids.as_ref().map_or(place, |ids| ids[place as usize])
    }
}

/// Number `at` of the parts of `size` into which `count` things are cut.
fn part(at: usize, size: usize, count: usize) -> std::ops::Range<usize> {
    let start = at.saturating_mul(size).min(count);
    start..start.saturating_add(size).min(count)
}

/// The ranges of the leaves, of their parents, and so on up to one; and where each level begins.
fn tree(points: &[Wgs84]) -> (Vec<Area>, Vec<usize>) {
    let leaves = points.chunks(LEAF);
    // All above the leaves are a third of them, and one or two a level more.
    let mut areas = Vec::with_capacity(leaves.len() + leaves.len() / 3 + 16);
    areas.extend(leaves.map(Area::of));
    let mut levels = vec![0];
    let mut start = 0;
    while start < areas.len() {
        let end = areas.len();
        levels.push(end);
        if end - start == 1 {
            break;
        }
        for first in (start..end).step_by(FAN as usize) {
            let parent = Area::around(&areas[first..(first + FAN as usize).min(end)]);
            areas.push(parent);
        }
        start = end;
    }
    (areas, levels)
}

/// The curve over the range that points span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    /// West, south, east and north.
    sides: [f64; 4],
    /// Squares a degree, to the east and to the north.
    scale: (f64, f64),
}

impl Curve {
    fn over(points: &[Wgs84]) -> Self {
        let sides = sides(points);
        // Any factor will do for a span of nothing.
        let scale = |span: f64| if span > 0.0 { (SIDE - 1.0) / span } else { 0.0 };
        Self { sides, scale: (scale(sides[2] - sides[0]), scale(sides[3] - sides[1])) }
    }

    /// The place of one of these points on the curve.
    fn place(&self, lat: f64, lng: f64) -> u32 {
        let x = square((lng - self.sides[0]) * self.scale.0);
        let y = square((lat - self.sides[1]) * self.scale.1);
        curve::morton_short(x, y)
    }

    /// The place of what is nearest to a position in the range, as degrees go.
    pub(super) fn beside(&self, position: Wgs84) -> u32 {
        let [west, south, east, north] = self.sides;
        self.place(position.lat().clamp(south, north), position.lng().clamp(west, east))
    }
}

/// The nearest whole number to one from 0 to 65,535: in a number so great, a step is the last bit. A cast, which has an answer for every
/// number, takes four times as long.
fn square(value: f64) -> u32 {
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    low((value + WHOLE).to_bits())
}
