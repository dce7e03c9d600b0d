//! The districts that a rider keeps on this phone. By name, which outlives the editions; as a text to keep, one on a line.

use domain::shards::{Extent, Place};

/// Most stations that may be kept so, of some 4,000 for which there is room (`data::kept`).
pub const MOST: u64 = 3_000;

/// A district's name with its city's.
pub fn name(place: &Place) -> String {
    let mut name = place.city.clone();
    name.push_str(&place.district);
    name
}

/// Whether a district is kept.
pub fn is_saved(saved: &str, place: &Place) -> bool {
    let name = name(place);
    saved.lines().any(|line| line == name)
}

/// What is kept once `place` is, too, or no longer if it was; none where that is too much.
pub fn toggled(saved: &str, place: &Place, places: &[Place]) -> Option<String> {
    let name = name(place);
    if is_saved(saved, place) {
        let others = saved.lines().filter(|line| *line != name);
        return Some(others.collect::<Vec<_>>().join("\n"));
    }
    let kept = places.iter().filter(|other| is_saved(saved, other)).map(|other| other.count).sum::<u64>();
    (kept + place.count <= MOST).then(|| [saved, &name].join("\n").trim_start().to_owned())
}

/// What the districts that are kept cover.
pub fn extents(saved: &str, places: &[Place]) -> Vec<Extent> {
    places.iter().filter(|place| is_saved(saved, place)).map(|place| place.extent).collect()
}

#[cfg(test)]
mod tests {
    use domain::coords::Wgs84;

    use super::*;

    fn place(district: &str, count: u64) -> Place {
        let center = Wgs84::new(41.8, 123.4).unwrap();
        let (city, district) = ("沈阳市".to_owned(), district.to_owned());
        Place { city, district, center, extent: Extent::of(center), count }
    }

    #[test]
    fn a_district_is_kept_and_no_longer() {
        let places = [place("和平区", 2_000), place("浑南区", 900), place("大东区", 200)];
        let one = toggled("", &places[0], &places).unwrap();
        assert_eq!(one, "沈阳市和平区");
        let two = toggled(&one, &places[1], &places).unwrap();
        assert_eq!(two, "沈阳市和平区\n沈阳市浑南区");
        assert!(is_saved(&two, &places[1]) && !is_saved(&two, &place("浑南", 1)));
        assert_eq!(extents(&two, &places).len(), 2);
        assert_eq!(toggled(&two, &places[2], &places), None, "3,100 are too many");
        assert_eq!(toggled(&two, &places[0], &places).as_deref(), Some("沈阳市浑南区"));
        assert_eq!(toggled(&one, &places[0], &places).as_deref(), Some(""));
    }

    #[test]
    fn a_district_that_is_no_more_takes_no_room() {
        let places = [place("和平区", 2_900)];
        assert!(toggled("沈阳市老城区", &places[0], &places).is_some());
        assert!(extents("沈阳市老城区", &places).is_empty());
    }
}
