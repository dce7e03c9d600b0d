//! Fewer points for the same line.

use super::geojson::Point;

/// A line that leaves the given one by no more than `tolerance`, in degrees of latitude (Douglas and Peucker 1973).
/// A ring is split at the point farthest from its beginning.
pub fn simplify(points: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else {
        return points.to_vec();
    };
    let mut keep = vec![false; points.len()];
    (keep[0], keep[last]) = (true, true);
    let mut parts = vec![(0, last)];
    if points[0] == points[last] {
        let far = (1..last)
            .max_by(|a, b| distance(points[0], points[*a]).total_cmp(&distance(points[0], points[*b])));
        let far = far.unwrap_or(1);
        keep[far] = true;
        parts = vec![(0, far), (far, last)];
    }
    while let Some((from, to)) = parts.pop() {
        let off = |at: usize| segment_distance(points[at], points[from], points[to]);
        let Some(far) = (from + 1..to).max_by(|a, b| off(*a).total_cmp(&off(*b))) else {
            continue;
        };
        if off(far) > tolerance {
            keep[far] = true;
            parts.extend([(from, far), (far, to)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Degrees of longitude count less than degrees of latitude, by the cosine of 41° here.
fn flat((x, y): Point) -> Point {
    (x * 0.755, y)
}

pub fn distance(a: Point, b: Point) -> f64 {
    let (a, b) = (flat(a), flat(b));
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// From a point to the nearest one of a segment.
pub fn segment_distance(point: Point, from: Point, to: Point) -> f64 {
    let (p, a, b) = (flat(point), flat(from), flat(to));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along =
        if length > 0.0 { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy)
}

/// The area of a ring in square degrees, positive if it runs anticlockwise.
pub fn area(ring: &[Point]) -> f64 {
    ring.windows(2).map(|edge| edge[0].0 * edge[1].1 - edge[1].0 * edge[0].1).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_matters() {
        let line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (2.0, 5.0)];
        assert_eq!(simplify(&line, 0.01), [(0.0, 0.0), (2.0, 0.0), (2.0, 5.0)]);
        assert_eq!(simplify(&line, 0.0001), line);
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.001), (0.0, 1.0), (0.0, 0.0)];
        assert_eq!(simplify(&ring, 0.01).len(), 5);
        assert_eq!(simplify(&[], 1.0), []);
        assert!((area(&ring) - 1.0005).abs() < 1e-9);
    }
}
