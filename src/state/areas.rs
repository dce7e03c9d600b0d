//! Cities and districts to choose a place from: those that have stations, each at the middle of its stations.

use domain::catalogue::Catalogue;
use domain::coords::Wgs84;

use crate::data::World;

/// A city with its districts.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Its name, as 沈阳市.
    pub name: String,
    /// Its districts, in the data's order.
    pub districts: Vec<District>,
}

/// A district to look from.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// Its name, as 浑南区.
    pub name: String,
    /// The middle of its stations.
    pub center: Wgs84,
}

/// The cities and districts with stations of known place, in the data's order.
pub fn areas(world: &World) -> Vec<City> {
    areas_of(&world.catalogue)
}

fn areas_of(catalogue: &Catalogue) -> Vec<City> {
    struct Sum {
        city: String,
        district: String,
        lat: f64,
        lng: f64,
        count: f64,
    }
    let mut sums: Vec<Sum> = Vec::new();
    for station in catalogue.stations() {
        let Some(position) = station.location.position else { continue };
        let (city, district) = (&station.location.city, &station.location.district);
        let at = sums.iter().position(|sum| sum.city == *city && sum.district == *district);
        let at = at.unwrap_or_else(|| {
            sums.push(Sum { city: city.clone(), district: district.clone(), lat: 0.0, lng: 0.0, count: 0.0 });
            sums.len() - 1
        });
        let sum = &mut sums[at];
        sum.lat += position.lat();
        sum.lng += position.lng();
        sum.count += 1.0;
    }
    let mut cities: Vec<City> = Vec::new();
    for sum in sums {
        let Ok(center) = Wgs84::new(sum.lat / sum.count, sum.lng / sum.count) else { continue };
        let district = District { name: sum.district, center };
        match cities.iter_mut().find(|city| city.name == sum.city) {
            Some(city) => city.districts.push(district),
            None => cities.push(City { name: sum.city, districts: vec![district] }),
        }
    }
    cities
}
