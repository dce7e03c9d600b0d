//! The districts of the embedded map by their names: for judging the datum of a sheet, and for finding stations that
//! stand elsewhere than they say.

use std::collections::HashMap;

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::geodesy::distance_m;
use domain::text::Lang;

/// The map's districts.
pub(crate) struct Districts<'a> {
    map: &'a Basemap,
    /// Numbers of the districts of a name. Some names are of two: 铁西区 is in Shenyang and in Anshan.
    by_name: HashMap<&'a str, Vec<usize>>,
    /// Where the middle of each district's name stands.
    middles: Vec<Wgs84>,
}

impl<'a> Districts<'a> {
    /// The districts of a map.
    pub(crate) fn of(map: &'a Basemap) -> Self {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, label) in map.districts().enumerate() {
            by_name.entry(label.name.get(Lang::Zh)).or_default().push(number);
        }
        Self { map, by_name, middles: map.districts().map(|label| label.position).collect() }
    }

    /// Whether the map has a district of this name. Development zones and the like are on no map of districts.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether a position lies in a district of this name.
    pub(crate) fn holds(&self, name: &str, at: Wgs84) -> bool {
        self.numbers(name).iter().any(|&number| self.map.is_within(number, at))
    }

    /// How many metres outside the district of this name, in that city, a position lies; 0 inside. None where the map has no
    /// such district.
    pub(crate) fn metres_outside(&self, city: &str, name: &str, at: Wgs84) -> Option<f64> {
        // The map writes 沈阳 for 沈阳市.
        let city = city.trim_end_matches('市');
        let middle = self.map.cities().iter().find(|label| label.name.get(Lang::Zh) == city);
        let number = match (self.numbers(name), middle) {
            (&[number], _) => number,
            (numbers, Some(city)) => *numbers.iter().min_by(|one, other| {
                let far = |number: usize| distance_m(city.position, self.middles[number]);
                far(**one).total_cmp(&far(**other))
            })?,
            // Without its city, any district of the name will do: the nearest.
            (numbers, None) => *numbers.iter().min_by(|one, other| {
                let far = |number: usize| self.outside(number, at);
                far(**one).total_cmp(&far(**other))
            })?,
        };
        Some(self.outside(number, at))
    }

    /// The name of the district around a position.
    pub(crate) fn around(&self, at: Wgs84) -> Option<&'a str> {
        self.map.district_at(at).map(|name| name.get(Lang::Zh))
    }

    fn numbers(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    fn outside(&self, number: usize, at: Wgs84) -> f64 {
        if self.map.is_within(number, at) { 0.0 } else { self.map.border_m(number, at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] = include_bytes!("../../../public/basemap/liaoning.bin");

    #[test]
    fn a_name_of_two_districts_is_told_apart_by_the_city() {
        let map = Basemap::from_bytes(MAP).unwrap();
        let districts = Districts::of(&map);
        let shenyang = Wgs84::new(41.80, 123.35).unwrap();
        assert_eq!(districts.metres_outside("沈阳市", "铁西区", shenyang), Some(0.0));
        assert!(districts.metres_outside("鞍山市", "铁西区", shenyang).unwrap() > 50_000.0);
        assert_eq!(districts.metres_outside("某市", "铁西区", shenyang), Some(0.0));
        assert_eq!(districts.metres_outside("大连市", "长兴岛经济区", shenyang), None);
        assert!(districts.holds("铁西区", shenyang) && !districts.holds("和平区", shenyang));
        assert_eq!(districts.around(shenyang), Some("铁西区"));
    }
}
