//! The points that a map shows.

use super::area::Area;
use super::bounds::Bounds;
use super::index::{Node, PointIndex};
use super::selection::{Everything, Selection, Sieve};

impl PointIndex {
    /// The points in `bounds`, in the order of the curve, which is the same each time.
    pub fn within(&self, bounds: &Bounds) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(root) = self.root() {
            self.collect(bounds, root, &mut Everything, &mut found);
        }
        found
    }

    /// As [`within`](Self::within), the points of a selection.
    pub fn within_of(&self, selection: &Selection, bounds: &Bounds) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(root) = self.root() {
            self.collect(bounds, root, &mut &*selection, &mut found);
        }
        found
    }

    /// As deep as the tree, which has at most eleven levels for as many points as a u32 counts.
    fn collect<S: Sieve>(&self, bounds: &Bounds, node: Node, sieve: &mut S, found: &mut Vec<u32>) {
        let place = self.place(node);
        if !sieve.node(place) {
            return;
        }
        match relation(bounds, &self.areas[place]) {
            Relation::Apart => {}
            Relation::Inside if S::ALL => found.extend_from_slice(&self.ids[self.slots_below(node)]),
            Relation::Inside => {
                for slot in self.slots_below(node) {
                    if sieve.point(slot, self.ids[slot]) {
                        found.push(self.ids[slot]);
                    }
                }
            }
            Relation::Across if node.level == 0 => {
                for slot in self.slots(node) {
                    if bounds.contains(self.points[slot]) && sieve.point(slot, self.ids[slot]) {
                        found.push(self.ids[slot]);
                    }
                }
            }
            Relation::Across => {
                let (first, children) = self.children(node);
                for (at, _) in (first..).zip(children) {
                    self.collect(bounds, Node { level: node.level - 1, at }, sieve, found);
                }
            }
        }
    }
}

enum Relation {
    Apart,
    Inside,
    Across,
}

fn relation(bounds: &Bounds, area: &Area) -> Relation {
    let [west, south, east, north] = area.sides();
    if north < bounds.south() || bounds.north() < south {
        return Relation::Apart;
    }
    let spans = bounds.spans();
    let meets = |west: f64, east: f64| spans.iter().any(|span| span.0 <= east && west <= span.1);
    // −180° and 180° are one meridian: what lies on one end lies on the other too.
    let other_end = (east >= 180.0 && meets(-180.0, -180.0)) || (west <= -180.0 && meets(180.0, 180.0));
    if !meets(west, east) && !other_end {
        return Relation::Apart;
    }
    let inside = spans.iter().any(|span| span.0 <= west && east <= span.1)
        && bounds.south() <= south
        && north <= bounds.north();
    if inside { Relation::Inside } else { Relation::Across }
}
