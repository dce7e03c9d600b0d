//! Where a district's name stands.

use super::geojson::Point;
use super::simplify::{area, segment_distance};

/// How finely the box around a district is tried.
const STEPS: u32 = 24;

/// The point of a grid that is farthest from all borders, inside the largest ring.
pub fn place(rings: &[Vec<Point>]) -> Point {
    let Some(ring) = rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs())) else {
        return (0.0, 0.0);
    };
    let bounds = |pick: fn(&Point) -> f64| {
        let values = ring.iter().map(pick);
        (values.clone().fold(f64::MAX, f64::min), values.fold(f64::MIN, f64::max))
    };
    let ((west, east), (south, north)) = (bounds(|point| point.0), bounds(|point| point.1));
    let step = |from: f64, to: f64, at: u32| from + (to - from) * (f64::from(at) + 0.5) / f64::from(STEPS);
    let cells =
        (0..STEPS).flat_map(|x| (0..STEPS).map(move |y| (step(west, east, x), step(south, north, y))));
    let room = |point: Point| {
        let nearest = |ring: &Vec<Point>| {
            ring.windows(2).map(|edge| segment_distance(point, edge[0], edge[1])).fold(f64::MAX, f64::min)
        };
        rings.iter().map(nearest).fold(f64::MAX, f64::min)
    };
    let inside = cells.filter(|point| is_inside(*point, ring));
    inside
        .map(|point| (room(point), point))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(ring[0], |(_, point)| point)
}

fn is_inside((x, y): Point, ring: &[Point]) -> bool {
    ring.windows(2).fold(false, |inside, edge| {
        let ((ax, ay), (bx, by)) = (edge[0], edge[1]);
        inside != ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
    })
}
