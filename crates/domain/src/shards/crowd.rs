//! What a map of a nation shows: stations, and in their place the parts of the tree that are not loaded; those that would lie on
//! each other together.

use super::{Extent, Region};
use crate::coords::Wgs84;
use crate::spatial::{Bounds, ClusterId, ClusterOptions, Clusters, Tally};

/// Stations and parts that are not loaded, for every zoom of a map. Built once, in the time that [`Clusters`] take.
#[derive(Clone, Debug)]
pub struct Crowd {
    clusters: Clusters,
    tally: Tally,
    stations: Vec<Wgs84>,
    /// Their numbers go on from those of the stations.
    regions: Vec<Region>,
}

/// What stands at a place of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Badge {
    /// Its number within the crowd.
    pub id: ClusterId,
    /// Where it stands.
    pub position: Wgs84,
    /// How many stations it stands for.
    pub count: u64,
    /// How many of these are known to be open.
    pub open: u64,
    /// How many of these are not counted: whether they are open, and whether they fit, is not known.
    pub unseen: u64,
    /// The station's number in the caller's list, where it is only that one.
    pub alone: Option<usize>,
}

impl Crowd {
    /// Of stations, each with whether it is open, and of regions.
    pub fn new(stations: &[(Wgs84, bool)], regions: Vec<Region>) -> Self {
        let middles = regions.iter().map(|region| region.extent.middle());
        let places = stations.iter().map(|station| Some(station.0)).chain(middles);
        let clusters = Clusters::new(places, ClusterOptions::default());
        let tally = clusters.tally(|id| Some(stations.get(id as usize).is_some_and(|station| station.1)));
        Self { clusters, tally, stations: stations.iter().map(|station| station.0).collect(), regions }
    }

    /// What stands in `bounds` at `zoom`. Takes as long as [`Clusters::within`], and a little for each station that is meant.
    pub fn within(&self, bounds: &Bounds, zoom: u8) -> Vec<Badge> {
        let found = self.clusters.within(&self.tally, bounds, zoom);
        let badge = |cluster: &crate::spatial::Cluster| {
            let mut badge = Badge {
                id: cluster.id,
                position: cluster.position,
                count: u64::from(cluster.count),
                open: u64::from(cluster.open),
                unseen: 0,
                alone: cluster.alone.map(|id| id as usize).filter(|id| *id < self.stations.len()),
            };
            for region in self.clusters.leaves(cluster.id).iter().filter_map(|id| self.region(*id)) {
                // In the cluster it is one.
                badge.count += region.count - 1;
                badge.open += region.open;
                badge.unseen += region.unseen;
            }
            badge
        };
        found.iter().map(badge).collect()
    }

    /// The area of what a badge stands for; None if there is no such badge.
    pub fn extent(&self, id: ClusterId) -> Option<Extent> {
        let extent = |id: &u32| match self.stations.get(*id as usize) {
            Some(place) => Some(Extent::of(*place)),
            None => Some(self.region(*id)?.extent),
        };
        self.clusters.leaves(id).iter().filter_map(extent).reduce(Extent::with)
    }

    fn region(&self, id: u32) -> Option<&Region> {
        self.regions.get((id as usize).checked_sub(self.stations.len())?)
    }
}
