//! Borders that two districts share become one arc.

use std::collections::{BTreeMap, BTreeSet};

use super::geojson::{District, Point};
use super::simplify::segment_distance;

/// A point as the sources write it, to 1e-5 degrees, so that equal points are equal.
type Node = (i64, i64);

/// How near to the sea's outline a border is a coast, in degrees (about 2 km: the sources differ).
const COAST: f64 = 0.02;

/// A piece of border between two junctions.
pub struct Arc {
    /// As in [`domain::basemap::BasemapDto::arcs`].
    pub rank: u8,
    pub points: Vec<Point>,
}

/// All arcs, and for each district its rings as numbers of arcs.
pub struct Topology {
    pub arcs: Vec<Arc>,
    pub rings: Vec<Vec<Vec<i32>>>,
}

#[expect(clippy::cast_possible_truncation, reason = "degrees times 1e5 fit")]
fn node((x, y): Point) -> Node {
    ((x * 1e5).round() as i64, (y * 1e5).round() as i64)
}

#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
fn point((x, y): Node) -> Point {
    (x as f64 / 1e5, y as f64 / 1e5)
}

/// Cuts the rings where borders meet.
pub fn build(districts: &[District], sea: &[Vec<Point>]) -> Topology {
    let rings: Vec<Vec<Vec<Node>>> =
        districts.iter().map(|district| district.rings.iter().map(|ring| nodes(ring)).collect()).collect();
    let mut neighbours: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
    for edge in rings.iter().flatten().flat_map(|ring| ring.windows(2)) {
        neighbours.entry(edge[0]).or_default().insert(edge[1]);
        neighbours.entry(edge[1]).or_default().insert(edge[0]);
    }
    let is_junction = |node: &Node| neighbours.get(node).is_some_and(|around| around.len() != 2);

    let mut numbers: BTreeMap<Vec<Node>, usize> = BTreeMap::new();
    let mut users: Vec<Vec<usize>> = Vec::new();
    let mut named = Vec::new();
    for (district, rings) in rings.iter().enumerate() {
        let mut named_rings = Vec::new();
        for ring in rings {
            let mut arcs = Vec::new();
            for arc in cut(ring, &is_junction) {
                let mut backwards = arc.clone();
                backwards.reverse();
                let turned = backwards < arc;
                let key = if turned { backwards } else { arc };
                let next = numbers.len();
                let number = *numbers.entry(key).or_insert(next);
                if number == users.len() {
                    users.push(Vec::new());
                }
                users[number].push(district);
                let number = i32::try_from(number).unwrap_or(i32::MAX);
                arcs.push(if turned { !number } else { number });
            }
            named_rings.push(arcs);
        }
        named.push(named_rings);
    }
    let mut arcs: Vec<_> = numbers.into_iter().collect();
    arcs.sort_by_key(|(_, number)| *number);
    let arcs = arcs.into_iter().map(|(nodes, number)| {
        let points: Vec<_> = nodes.into_iter().map(point).collect();
        Arc { rank: rank(&users[number], &points, districts, sea), points }
    });
    Topology { arcs: arcs.collect(), rings: named }
}

fn nodes(ring: &[Point]) -> Vec<Node> {
    let mut nodes: Vec<_> = ring.iter().copied().map(node).collect();
    nodes.dedup();
    nodes
}

/// A ring's pieces from junction to junction. A ring without any begins at its least point, wherever the source
/// began it, so that two districts cut it alike.
fn cut(ring: &[Node], is_junction: &impl Fn(&Node) -> bool) -> Vec<Vec<Node>> {
    let open = &ring[..ring.len().saturating_sub(1)];
    let least = || open.iter().enumerate().min_by_key(|(_, node)| **node).map(|(at, _)| at);
    let Some(start) = open.iter().position(is_junction).or_else(least) else {
        return Vec::new();
    };
    let mut arcs = Vec::new();
    let mut arc = vec![open[start]];
    for step in 1..=open.len() {
        let node = open[(start + step) % open.len()];
        arc.push(node);
        if is_junction(&node) || step == open.len() {
            arcs.push(std::mem::replace(&mut arc, vec![node]));
        }
    }
    arcs
}

fn rank(users: &[usize], points: &[Point], districts: &[District], sea: &[Vec<Point>]) -> u8 {
    let city = |user: usize| &districts[user].code[..4];
    match users {
        [one, other, ..] if city(*one) == city(*other) => 3,
        [_, _, ..] => 2,
        _ => {
            let step = points.len().div_ceil(24).max(1);
            let tried: Vec<_> = points.iter().step_by(step).collect();
            let at_sea = |point: &&Point| {
                let mut edges = sea.iter().flat_map(|ring| ring.windows(2));
                edges.any(|edge| segment_distance(**point, edge[0], edge[1]) < COAST)
            };
            u8::from(tried.iter().filter(|point| at_sea(point)).count() * 2 <= tried.len())
        }
    }
}
