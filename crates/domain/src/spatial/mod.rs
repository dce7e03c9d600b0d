//! Where things are: the nearest of many points, those in view, and clusters of them for a map.
pub mod bounds;
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
mod within;

pub use bounds::Bounds;
pub use clusters::{Cluster, ClusterId, ClusterOptions, Clusters};
pub use index::PointIndex;
pub use selection::Selection;
pub use tally::Tally;
