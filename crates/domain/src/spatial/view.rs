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

/// The rectangle that a cluster with all below it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The corner in the south-east.
    corner: Spot,
    /// How wide and how high it is; what is wider than the world is as wide as that.
    size: (u32, u32),
}

impl Extent {
    /// What reaches so far from `spot`.
    pub(super) fn new(spot: Spot, reach: Reach) -> Self {
        let corner = Spot { x: spot.x.wrapping_add(reach.east), y: spot.y.saturating_add(reach.south) };
        let size = (reach.west.saturating_add(reach.east), reach.north.saturating_add(reach.south));
        Self { corner, size }
    }

    /// How far it reaches from `spot`, from which it was made.
    pub(super) fn reach(&self, spot: Spot) -> Reach {
        let (east, south) = (self.corner.x.wrapping_sub(spot.x), self.corner.y.saturating_sub(spot.y));
        Reach {
            west: self.size.0.saturating_sub(east),
            east,
            north: self.size.1.saturating_sub(south),
            south,
        }
    }
}

/// Bounds on the plane, a little wider than they are.
pub(super) struct View {
    /// The corner in the north-west; it may lie beyond the edges of the plane, as numbers that wrap.
    west: u32,
    north: u64,
    /// How wide and how high.
    size: (u64, u64),
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
        let across = if wide > 359.0 { u32::MAX } else { to.x.wrapping_sub(from.x) };
        let slack = u64::from(SLACK);
        Self {
            west: from.x.wrapping_sub(SLACK),
            north: u64::from(from.y).wrapping_sub(slack),
            size: (u64::from(across) + 2 * slack, u64::from(to.y.saturating_sub(from.y)) + 2 * slack),
        }
    }

    /// False if nothing of what is in `extent` can be in view.
    pub(super) fn meets(&self, extent: &Extent) -> bool {
        // How far the southern border of the extent lies below the view's northern one: both meet if that is no more than both
        // are high. A border that lies above is a very great number.
        let below = u64::from(extent.corner.y).wrapping_sub(self.north);
        // The same to the east, where the world is round: what reaches far enough to the one side comes back on the other.
        let beyond = u64::from(extent.corner.x.wrapping_sub(self.west));
        below <= self.size.1 + u64::from(extent.size.1) && beyond <= self.size.0 + u64::from(extent.size.0)
    }
}
