//! What part of the plane a view shows, and what part a cluster with all below it takes.

use super::bounds::Bounds;
use super::mercator::Spot;
use crate::coords::Wgs84;

/// Steps to all four sides.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    west: u32,
    east: u32,
    north: u32,
    south: u32,
}

impl Reach {
    /// Grows to what `other` reaches from a place `x` to the east and `y` to the south.
    pub(super) fn take_in(&mut self, (x, y): (i64, i64), other: Self) {
        let far = |own: u32, other: u32, away: i64| {
            let whole = (i64::from(other) + away).clamp(i64::from(own), i64::from(u32::MAX));
            u32::try_from(whole).unwrap_or(u32::MAX)
        };
        self.west = far(self.west, other.west, -x);
        self.east = far(self.east, other.east, x);
        self.north = far(self.north, other.north, -y);
        self.south = far(self.south, other.south, y);
    }
}

/// Bounds on the plane, a little wider than they are.
pub(super) struct View {
    middle: Spot,
    /// Half of each side.
    half: (u32, u32),
}

impl View {
    pub(super) fn new(bounds: &Bounds) -> Self {
        /// What rounding may move a spot by, and then some.
        const SLACK: u32 = 4;
        let corner = |lat, lng| Wgs84::new(lat, lng).map_or(Spot { x: 0, y: 0 }, Spot::of);
        let (from, to) = (corner(bounds.north(), bounds.west()), corner(bounds.south(), bounds.east()));
        // Once around the world both borders are the same spot, or nearly.
        let wide = bounds.east() - bounds.west();
        let wide = if wide < 0.0 { wide + 360.0 } else { wide };
        let half_x = if wide > 359.0 { 1 << 31 } else { to.x.wrapping_sub(from.x) / 2 };
        let half_y = to.y.saturating_sub(from.y) / 2;
        let middle = Spot { x: from.x.wrapping_add(half_x), y: from.y + half_y };
        Self { middle, half: (half_x + SLACK, half_y + SLACK) }
    }

    /// False if nothing of what reaches so far from `spot` can be in view.
    pub(super) fn meets(&self, spot: Spot, reach: Reach) -> bool {
        let (half_x, half_y) = (u64::from(self.half.0), u64::from(self.half.1));
        // How far the southern border of what reaches here lies below the view's northern one: both meet if that is no more than both
        // are high. A border that lies above is a very great number.
        let below =
            (u64::from(spot.y) + u64::from(reach.south) + half_y).wrapping_sub(u64::from(self.middle.y));
        if below > 2 * half_y + u64::from(reach.north) + u64::from(reach.south) {
            return false;
        }
        // The same to the east, where the world is round: what reaches far enough to the one side comes back on the other.
        let beyond = spot.x.wrapping_add(reach.east).wrapping_add(self.half.0).wrapping_sub(self.middle.x);
        u64::from(beyond) <= 2 * half_x + u64::from(reach.west) + u64::from(reach.east)
    }
}
