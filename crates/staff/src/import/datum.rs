//! Which datum points are in, judged by the districts they are said to lie in.
//!
//! A GCJ-02 point taken for WGS-84 is off by some 500 m: most stay in their district, those near its border do not. So
//! the datum under which most points lie in the district of their own row is the likely one, if it is clearly ahead.
//! The embedded map's borders are some 400 m coarse, which moves all counts alike.

use domain::basemap::Basemap;
use domain::coords::{Bd09, Gcj02, Wgs84};
use domain::site::Datum;

use super::place::Degrees;
use crate::district::Districts;

/// Most points that are looked at: enough to judge by, and quick.
const LOOKED_AT: usize = 3_000;
/// How many more points must fit under another datum, at least, and as a part of a hundred.
const CLEAR: (usize, usize) = (3, 2);

/// How many points lie in their district under each assumption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many points have a district that the map knows.
    pub judged: usize,
    /// How many fit, taken for WGS-84, GCJ-02, BD-09.
    pub fit: [usize; 3],
    /// How many fit best with latitude and longitude exchanged.
    pub swapped: usize,
}

/// The datums in the order of [`Evidence::fit`].
pub const DATUMS: [Datum; 3] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09];

/// A point of a datum as WGS-84; none where it is not on Earth.
pub fn to_wgs84(point: Degrees, datum: Datum) -> Option<Wgs84> {
    let Degrees { lat, lng } = point;
    match datum {
        Datum::Wgs84 => Wgs84::new(lat, lng).ok(),
        Datum::Gcj02 => Gcj02::new(lat, lng).ok().map(Gcj02::to_wgs84),
        Datum::Bd09 => Bd09::new(lat, lng).ok().map(Bd09::to_wgs84),
    }
}

/// Gathers the evidence of points with the district their row names.
pub fn judge<'a>(map: &Basemap, points: impl Iterator<Item = (Degrees, &'a str)>) -> Evidence {
    let mut evidence = Evidence::default();
    let districts = Districts::of(map);
    for (point, district) in points.filter(|(_, district)| districts.knows(district)).take(LOOKED_AT) {
        evidence.judged += 1;
        let fits =
            |point: Degrees, datum| to_wgs84(point, datum).is_some_and(|at| districts.holds(district, at));
        let mut any = false;
        for (count, datum) in evidence.fit.iter_mut().zip(DATUMS) {
            let fit = fits(point, datum);
            any |= fit;
            *count += usize::from(fit);
        }
        let exchanged = Degrees { lng: point.lat, lat: point.lng };
        evidence.swapped += usize::from(!any && fits(exchanged, Datum::Wgs84));
    }
    evidence
}

impl Evidence {
    /// Whether latitude and longitude are exchanged in most rows.
    pub fn is_swapped(&self) -> bool {
        self.swapped * 2 > self.judged
    }

    /// The datum that is clearly more likely than `declared`, if one is.
    pub fn suggests(&self, declared: Datum) -> Option<Datum> {
        let fit_of = |datum| DATUMS.iter().position(|one| *one == datum).map_or(0, |at| self.fit[at]);
        let best = DATUMS.into_iter().max_by_key(|datum| (fit_of(*datum), *datum == declared))?;
        let ahead = fit_of(best).saturating_sub(fit_of(declared));
        let (least, percent) = CLEAR;
        (ahead >= least && ahead * 100 >= self.judged * percent).then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] = include_bytes!("../../../../public/basemap/liaoning.bin");
    const STATIONS: &[u8] = include_bytes!("../../../../public/data/stations.json");

    fn sample(datum: Datum) -> Vec<(Degrees, String)> {
        let dto = serde_json::from_slice(STATIONS).unwrap();
        let stations = domain::read::read_stations(dto).stations;
        let shifted = |at: Wgs84| match datum {
            Datum::Wgs84 => Degrees { lat: at.lat(), lng: at.lng() },
            Datum::Gcj02 => {
                let at = Gcj02::from(at);
                Degrees { lat: at.lat(), lng: at.lng() }
            }
            Datum::Bd09 => {
                let at = Bd09::from(at);
                Degrees { lat: at.lat(), lng: at.lng() }
            }
        };
        stations
            .into_iter()
            .filter_map(|station| Some((shifted(station.location.position?), station.location.district)))
            .collect()
    }

    fn evidence(points: &[(Degrees, String)]) -> Evidence {
        let map = Basemap::from_bytes(MAP).unwrap();
        judge(&map, points.iter().map(|(point, district)| (*point, district.as_str())))
    }

    #[test]
    fn each_datum_is_recognised() {
        for datum in DATUMS {
            let found = evidence(&sample(datum));
            println!("{datum:?}: {found:?}");
            for declared in DATUMS {
                let suggested = found.suggests(declared).unwrap_or(declared);
                // WGS-84 and GCJ-02 are 500 m apart, BD-09 is a kilometre and more from both.
                assert_eq!(suggested, datum, "{found:?}, declared as {declared:?}");
            }
        }
    }

    #[test]
    fn exchanged_numbers_are_recognised() {
        let swapped: Vec<_> = sample(Datum::Wgs84)
            .into_iter()
            .map(|(point, district)| (Degrees { lat: point.lng, lng: point.lat }, district))
            .collect();
        let found = evidence(&swapped);
        assert!(found.is_swapped(), "{found:?}");
        assert!(!evidence(&sample(Datum::Wgs84)).is_swapped());
    }

    #[test]
    fn without_evidence_nothing_is_suggested() {
        let none = Evidence::default();
        assert_eq!((none.suggests(Datum::Gcj02), none.is_swapped()), (None, false));
    }
}
