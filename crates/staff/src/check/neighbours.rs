//! Stations that stand at one place, found on a grid, so that 200,000 of them, and all of them at one place, take no time.

use std::collections::HashMap;

use domain::coords::Wgs84;
use domain::dto::StationDto;
use domain::geodesy::distance_m;

use crate::source::STATIONS;
use crate::trouble::{Item, Kind, Report, Trouble};

fn position(station: &StationDto) -> Option<Wgs84> {
    let location = station.location.as_ref()?;
    Wgs84::new(location.lat?, location.lng?).ok()
}

type Cell = (i64, i64);

/// The stations so far, in square cells of whose corners none is as far from another as is asked for: whoever falls into
/// a cell where somebody is has found a neighbour, so that only the first of a cell looks into the cells around.
pub(super) struct Neighbours {
    metres: f64,
    /// Side of a cell, in metres.
    side: f64,
    cells: HashMap<Cell, Vec<Place>>,
}

/// Where a station stands, and what to call it.
struct Place {
    at: Wgs84,
    name: Box<str>,
}

impl Neighbours {
    /// For finding stations within so many metres.
    pub(super) fn within(metres: f64) -> Self {
        // A tenth less than the side of a square of that diagonal: a degree is not the same everywhere.
        Self { metres, side: metres * 0.9 / std::f64::consts::SQRT_2, cells: HashMap::new() }
    }

    /// Notes a station, once, if it stands close to one that was looked at before.
    pub(super) fn look(&mut self, index: usize, station: &StationDto, report: &mut Report) {
        let Some(at) = position(station) else { return };
        if let Some((other, metres)) = self.near(at) {
            report.add_with(Kind::Close, || Item {
                file: STATIONS,
                station: station.id.clone(),
                path: format!("stations[{index}].location"),
                trouble: Trouble::Close { other: other.to_owned(), metres },
            });
        }
        let row = self.row(at);
        let name = station.id.clone().unwrap_or_else(|| format!("stations[{index}]")).into_boxed_str();
        self.cells.entry((row, self.column(row, at))).or_default().push(Place { at, name });
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

    /// Somebody near a position, and how far away: in its own cell the first, else the nearest.
    fn near(&self, at: Wgs84) -> Option<(&str, f64)> {
        let own = self.row(at);
        let far = |place: &Place| distance_m(at, place.at);
        if let Some(first) = self.cells.get(&(own, self.column(own, at))).and_then(|cell| cell.first()) {
            return Some((&first.name, far(first)));
        }
        let cells = (own - 2..=own + 2).flat_map(|row| {
            let column = self.column(row, at);
            (column - 2..=column + 2).map(move |column| (row, column))
        });
        cells
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .map(|place| (&*place.name, far(place)))
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

    fn list(points: &[(f64, f64)]) -> Vec<StationDto> {
        let station = |(index, (lat, lng)): (usize, &(f64, f64))| StationDto {
            id: Some(format!("s{index}")),
            location: Some(LocationDto { lat: Some(*lat), lng: Some(*lng), ..LocationDto::default() }),
            ..StationDto::default()
        };
        points.iter().enumerate().map(station).collect()
    }

    /// Indices of the stations that were noted.
    fn noted(points: &[(f64, f64)], metres: f64) -> Vec<usize> {
        let mut report = Report::new(0, Keep::ALL);
        let mut neighbours = Neighbours::within(metres);
        for (index, station) in list(points).iter().enumerate() {
            neighbours.look(index, station, &mut report);
        }
        report.items().iter().map(|item| item.path[9..].split(']').next().unwrap().parse().unwrap()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
