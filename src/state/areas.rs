//! Districts to choose a place from: those that have stations, each at the middle of its stations.

use domain::catalogue::Catalogue;
use domain::coords::Wgs84;

/// A district to look from.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its city, as 沈阳市.
    pub city: String,
    /// Its name, as 浑南区.
    pub district: String,
    /// The middle of its stations.
    pub center: Wgs84,
}

/// The districts with stations of known place: cities together, cities and districts in the data's order.
pub fn areas(catalogue: &Catalogue) -> Vec<Area> {
    let mut areas: Vec<(Area, f64)> = Vec::new();
    for station in catalogue.stations() {
        let location = &station.location;
        let Some(position) = location.position else {
            continue;
        };
        let is_same = |area: &Area| area.city == location.city && area.district == location.district;
        if let Some((area, count)) = areas.iter_mut().find(|(area, _)| is_same(area)) {
            // The running mean: both parts stay within those of the stations.
            *count += 1.0;
            let mean = |old: f64, new: f64| old + (new - old) / *count;
            let center =
                Wgs84::new(mean(area.center.lat(), position.lat()), mean(area.center.lng(), position.lng()));
            area.center = center.unwrap_or(area.center);
        } else {
            // Behind the last district of its city, so that the cities stay together.
            let last = areas.iter().rposition(|(area, _)| area.city == location.city);
            let area =
                Area { city: location.city.clone(), district: location.district.clone(), center: position };
            areas.insert(last.map_or(areas.len(), |last| last + 1), (area, 1.0));
        }
    }
    areas.into_iter().map(|(area, _)| area).collect()
}

#[cfg(test)]
mod tests {
    use domain::dto::{DatasetDto, LocationDto, StationDto, StationsDto};
    use domain::read::read_stations;
    use domain::text::Text;

    use super::*;

    /// City, district, and where there is one, latitude and longitude.
    type Place = (&'static str, &'static str, Option<(f64, f64)>);

    fn catalogue(places: &[Place]) -> Catalogue {
        let stations = places.iter().enumerate().map(|(number, (city, district, at))| StationDto {
            id: Some(format!("s{number}")),
            name: Some(Text::zh("站")),
            kind: Some("other".into()),
            location: Some(LocationDto {
                lat: at.map(|at| at.0),
                lng: at.map(|at| at.1),
                city: Some((*city).into()),
                district: Some((*district).into()),
                ..LocationDto::default()
            }),
            ..StationDto::default()
        });
        let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
        let reading =
            read_stations(StationsDto { schema: Some(1), dataset, stations: Some(stations.collect()) });
        assert_eq!(reading.findings, []);
        Catalogue::new(reading.dataset.unwrap(), reading.stations)
    }

    #[test]
    fn districts_gather_their_stations() {
        let areas = areas(&catalogue(&[
            ("沈阳市", "浑南区", Some((41.0, 123.0))),
            ("大连市", "中山区", Some((39.0, 121.0))),
            ("沈阳市", "浑南区", Some((42.0, 124.0))),
            ("沈阳市", "铁西区", None),
            ("沈阳市", "和平区", Some((41.5, 123.5))),
        ]));
        let names: Vec<_> = areas.iter().map(|area| area.district.as_str()).collect();
        assert_eq!(names, ["浑南区", "和平区", "中山区"]);
        assert!((areas[0].center.lat() - 41.5).abs() < 1e-9 && (areas[0].center.lng() - 123.5).abs() < 1e-9);
    }

    #[test]
    fn no_stations_no_areas() {
        assert_eq!(areas(&catalogue(&[])), []);
    }
}
