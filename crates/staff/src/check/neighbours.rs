//! Stations that stand at one place, found on a grid, so that 200,000 of them, and all of them at one place, take no time.

use std::collections::HashMap;

use domain::coords::Wgs84;
use domain::dto::{StationDto, StationsDto};
use domain::geodesy::distance_m;

use crate::source::STATIONS;
use crate::trouble::{Item, Kind, Report, Trouble};

/// Notes each station that stands within so many metres of one before it in the list, once.
pub(super) fn check(dto: &StationsDto, metres: f64, report: &mut Report) {
    let stations = dto.stations.as_deref().unwrap_or_default();
    let mut grid = Grid::new(metres);
    for (index, station) in stations.iter().enumerate() {
        let Some(at) = position(station) else { continue };
        if let Some((other, far)) = grid.near(at) {
            report.add_with(Kind::Close, || Item {
                file: STATIONS,
                station: station.id.clone(),
                path: format!("stations[{index}].location"),
                trouble: Trouble::Close {
                    other: stations[other].id.clone().unwrap_or_else(|| format!("stations[{other}]")),
                    metres: far,
                },
            });
        }
        grid.add(index, at);
    }
}

fn position(station: &StationDto) -> Option<Wgs84> {
    let location = station.location.as_ref()?;
    Wgs84::new(location.lat?, location.lng?).ok()
}

type Cell = (i64, i64);

/// Positions in square cells of whose corners none is as far from another as is asked for: whoever falls into a cell
/// where somebody is has found a neighbour, so that only the first of a cell looks into the cells around.
struct Grid {
    metres: f64,
    /// Side of a cell, in metres.
    side: f64,
    cells: HashMap<Cell, Vec<(usize, Wgs84)>>,
}

impl Grid {
    fn new(metres: f64) -> Self {
        // A tenth less than the side of a square of that diagonal: a degree is not the same everywhere.
        Self { metres, side: metres * 0.9 / std::f64::consts::SQRT_2, cells: HashMap::new() }
    }

    /// The row of a latitude.
    fn row(&self, at: Wgs84) -> i64 {
        whole(at.lat() * DEGREE_M / self.side)
    }

    /// The column of a longitude in a row; rows near the poles have fewer.
    #[expect(clippy::cast_precision_loss, reason = "rows are some millions")]
    fn column(&self, row: i64, at: Wgs84) -> i64 {
        let lat = row as f64 * self.side / DEGREE_M;
        whole(at.lng() * DEGREE_M * lat.to_radians().cos() / self.side)
    }

    fn add(&mut self, index: usize, at: Wgs84) {
        let row = self.row(at);
        let cell = (row, self.column(row, at));
        self.cells.entry(cell).or_default().push((index, at));
    }

    /// Somebody near a position, and how far away: in its own cell the first, else the nearest.
    fn near(&self, at: Wgs84) -> Option<(usize, f64)> {
        let own = self.row(at);
        let far = |&(index, other): &(usize, Wgs84)| (index, distance_m(at, other));
        if let Some(first) = self.cells.get(&(own, self.column(own, at))).and_then(|cell| cell.first()) {
            return Some(far(first));
        }
        let cells = (own - 2..=own + 2).flat_map(|row| {
            let column = self.column(row, at);
            (column - 2..=column + 2).map(move |column| (row, column))
        });
        cells
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .map(far)
            .filter(|(_, far)| *far <= self.metres)
            .min_by(|one, other| one.1.total_cmp(&other.1))
    }
}

/// Metres in a degree of latitude, on average.
const DEGREE_M: f64 = 111_195.0;

#[expect(clippy::cast_possible_truncation, reason = "some millions of cells around the Earth")]
fn whole(value: f64) -> i64 {
    value.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dto::LocationDto;
    use proptest::prelude::*;

    use crate::trouble::Keep;

    fn list(points: &[(f64, f64)]) -> StationsDto {
        let station = |(index, (lat, lng)): (usize, &(f64, f64))| StationDto {
            id: Some(format!("s{index}")),
            location: Some(LocationDto { lat: Some(*lat), lng: Some(*lng), ..LocationDto::default() }),
            ..StationDto::default()
        };
        let stations = points.iter().enumerate().map(station).collect();
        StationsDto { stations: Some(stations), ..StationsDto::default() }
    }

    /// Indices of the stations that were noted.
    fn noted(points: &[(f64, f64)], metres: f64) -> Vec<usize> {
        let mut report = Report::new(0, Keep::ALL);
        check(&list(points), metres, &mut report);
        report.items().iter().map(|item| item.path[9..].split(']').next().unwrap().parse().unwrap()).collect()
    }

    proptest! {
        /// As by comparing each with each.
        #[test]
        fn nobody_is_missed(
            points in proptest::collection::vec((0..40_i32, 0..40_i32), 0..40),
            lat in prop_oneof![Just(41.8), Just(-33.0), Just(0.0), Just(78.2)],
        ) {
            let points: Vec<(f64, f64)> = points
                .iter()
                .map(|(y, x)| (lat + f64::from(*y) * 4e-5, 123.4 + f64::from(*x) * 4e-5))
                .collect();
            let at = |index: usize| Wgs84::new(points[index].0, points[index].1).unwrap();
            let expected: Vec<usize> = (0..points.len())
                .filter(|&index| (0..index).any(|other| distance_m(at(index), at(other)) <= 15.0))
                .collect();
            prop_assert_eq!(noted(&points, 15.0), expected);
        }
    }

    #[test]
    fn so_many_at_one_place_take_no_time() {
        // Comparing each with each would be 20 thousand million distances.
        let points: Vec<(f64, f64)> =
            (0..200_000).map(|index| (41.8 + f64::from(index % 2) * 1.6e-4, 123.4)).collect();
        assert_eq!(noted(&points, 15.0).len(), 199_998);
    }
}
