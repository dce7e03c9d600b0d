//! Where things are: the nearest of many points, those in view, and clusters of them for a map.
//!
//! Two structures, each built once from a list of positions and then only asked; answers are places in that list.
//! A position that is unknown has a place too, and is never found.
//!
//! - [`PointIndex`]: the nearest, exactly as [`distance_m`](crate::geodesy::distance_m) orders them, and the points
//!   within [`Bounds`]. A changed filter is a new [`Selection`], not a new index.
//! - [`Clusters`]: what a web map shows at a zoom, with how many points a cluster has and how many are open. A changed
//!   filter is a new [`Tally`].
//!
//! What each costs stands in its documentation; how fast it is beside others, in `docs/performance.md`.
//!
//! ```
//! use domain::coords::Wgs84;
//! use domain::spatial::{Bounds, ClusterOptions, Clusters, PointIndex};
//! let at = |lat, lng| Wgs84::new(lat, lng).ok();
//! let positions = [at(41.80, 123.43), at(41.81, 123.43), None, at(38.91, 121.60)];
//!
//! let index = PointIndex::new(positions);
//! let Some(rider) = at(41.82, 123.43) else { return };
//! assert_eq!(index.nearest(rider, 2), [1, 0]);
//! let open = index.select(|id| id != 1);
//! assert_eq!(index.nearest_in(&open, rider, 2), [0, 3]);
//!
//! let clusters = Clusters::new(positions, ClusterOptions::default());
//! let tally = clusters.tally(|id| Some(id == 0));
//! let far = clusters.within(&tally, &Bounds::WORLD, 8);
//! let counts: Vec<_> = far.iter().map(|one| (one.count, one.open)).collect();
//! assert_eq!(counts, [(2, 1), (1, 0)]);
//! ```

mod area;
mod bounds;
mod clusters;
mod curve;
mod grid;
mod index;
mod mercator;
mod merge;
mod nearest;
mod selection;
mod sphere;
mod tally;
mod view;
mod within;

pub use bounds::Bounds;
pub use clusters::{Cluster, ClusterId, ClusterOptions, Clusters};
pub use index::PointIndex;
pub use selection::Selection;
pub use tally::Tally;

use crate::coords::Wgs84;

/// The place of a position on the Morton curve over the whole earth, in steps of 2⁻³² of its range of longitudes and of latitudes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 2³²; the end saturates"
)]
pub fn morton_of(position: Wgs84) -> u64 {
    const STEPS: f64 = 4_294_967_296.0;
    let x = ((position.lng() + 180.0) / 360.0 * STEPS) as u32;
    let y = ((position.lat() + 90.0) / 180.0 * STEPS) as u32;
    curve::morton(x, y)
}
