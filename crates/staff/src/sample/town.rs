//! Where invented stations stand: along the streets of a few centres in each district, dense in the middle of a city and
//! sparse in a county.
//!
//! Reckoned in whole numbers, so that every machine comes to the same place.

use std::collections::HashSet;

use domain::basemap::{Basemap, Label};
use domain::coords::Wgs84;
use domain::text::Lang;

use super::cities::{CITIES, City};
use super::dice::Dice;
use super::phrases::STREETS;

/// Steps in a degree: about a metre each, and how finely positions are written.
const PER_DEGREE: i32 = 100_000;
/// Metres in a degree of latitude.
const METRES_NORTH: i64 = 111_195;
/// Metres in a degree of longitude at 41° N, the middle of the province.
const METRES_EAST: i64 = 83_920;
/// Side of a cell in steps: no two stations stand in the same or in neighbouring ones, so that they are 20 m apart.
const CELL: i32 = 24;
/// Streets around a centre.
const AROUND: usize = 12;
/// How often a free place within the district is looked for; each time a little farther out.
const TRIES: u32 = 60;
/// Metres of street for each house number.
const PLOT: i64 = 8;

/// A place, in steps north and east.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    north: i32,
    east: i32,
}

impl Spot {
    #[expect(clippy::cast_possible_truncation, reason = "degrees on Earth by 100,000 fit an i32")]
    fn of(position: Wgs84) -> Self {
        let steps = |degrees: f64| (degrees * f64::from(PER_DEGREE)).round() as i32;
        Self { north: steps(position.lat()), east: steps(position.lng()) }
    }

    /// So many metres away.
    fn moved(self, north: i64, east: i64) -> Self {
        let steps = |metres: i64, degree: i64| {
            i32::try_from(metres * i64::from(PER_DEGREE) / degree).unwrap_or_default()
        };
        Self { north: self.north + steps(north, METRES_NORTH), east: self.east + steps(east, METRES_EAST) }
    }

    /// Part of the way to another, in eighths.
    fn towards(self, other: Self, eighths: i32) -> Self {
        Self {
            north: self.north + (other.north - self.north) / 8 * eighths,
            east: self.east + (other.east - self.east) / 8 * eighths,
        }
    }

    /// Degrees north and east, to five places.
    pub(super) fn degrees(self) -> (f64, f64) {
        (f64::from(self.north) / f64::from(PER_DEGREE), f64::from(self.east) / f64::from(PER_DEGREE))
    }

    fn cell(self) -> (i32, i32) {
        (self.north.div_euclid(CELL), self.east.div_euclid(CELL))
    }
}

/// A street.
struct Street {
    name: (&'static str, &'static str),
    middle: Spot,
    /// Metres north and east for a thousand along it.
    along: (i64, i64),
    /// Metres from the middle to either end.
    half: u32,
}

/// A district with its streets.
pub(super) struct District {
    /// Its city.
    pub(super) city: &'static City,
    /// Its name.
    pub(super) name: &'static str,
    /// Its name in English.
    pub(super) english: &'static str,
    weight: u32,
    /// Its number in the map.
    number: usize,
    /// The streets of each centre; the first is the district's own.
    centres: Vec<Vec<Street>>,
}

/// Where a station was put.
pub(super) struct Address<'a> {
    /// The district.
    pub(super) district: &'a District,
    /// The street.
    pub(super) street: (&'static str, &'static str),
    /// The house.
    pub(super) house: i64,
    /// The door.
    pub(super) door: Spot,
}

/// The whole province, and which places are taken.
pub(super) struct Land<'a> {
    map: &'a Basemap,
    districts: Vec<District>,
    taken: HashSet<(i32, i32)>,
}

impl<'a> Land<'a> {
    /// The streets that a seed gives the districts of a map; none where it has no district that is known here.
    pub(super) fn new(map: &'a Basemap, seed: u64) -> Option<Self> {
        let mut known = CITIES.iter().flat_map(|city| city.districts.iter().map(move |own| (city, *own)));
        let mut districts = Vec::new();
        for (number, label) in map.districts().enumerate() {
            let name = label.name.get(Lang::Zh);
            // Both are in the order of the official codes; 铁西区 is in two cities.
            let Some((city, (name, english, weight))) = known.clone().find(|(_, own)| own.0 == name) else {
                continue;
            };
            known.by_ref().find(|(_, own)| own.0 == name);
            let mut dice = Dice::new(seed, u64::MAX - number as u64);
            let centres = centres(map, number, label, city, name, &mut dice);
            districts.push(District { city, name, english, weight, number, centres });
        }
        (!districts.is_empty()).then(|| Self { map, districts, taken: HashSet::new() })
    }

    /// A door in a street, at least 20 m from all that were given before.
    pub(super) fn door(&mut self, dice: &mut Dice) -> Option<Address<'_>> {
        let Self { map, districts, taken } = self;
        let district = dice.weigh(districts, |district| district.weight)?;
        let mut best = None;
        for try_ in 0..TRIES {
            let centre =
                if dice.happens(450) { district.centres.first() } else { dice.pick(&district.centres) };
            let street = dice.pick(centre?)?;
            let reach = street.half + street.half * try_ / 8;
            let (along, side) = (dice.around(reach), i64::from(dice.below(2)));
            let (across, depth) = (side * 2 - 1, i64::from(12 + dice.below(20)));
            let (north, east) = street.along;
            let door = street.middle.moved(
                (along * north + across * depth * east) / 1000,
                (along * east - across * depth * north) / 1000,
            );
            let house = (along + i64::from(reach)) / PLOT * 2 + 1 + side;
            let address = || Address { district, street: street.name, house, door };
            if !is_in(map, district.number, door) {
                continue;
            }
            if is_free(taken, door) {
                taken.insert(door.cell());
                return Some(address());
            }
            best.get_or_insert_with(address);
        }
        // Everything is full, or the district is smaller than its streets: the middle of the first one then.
        let street = district.centres.first()?.first()?;
        Some(best.unwrap_or(Address { district, street: street.name, house: 1, door: street.middle }))
    }
}

fn is_free(taken: &HashSet<(i32, i32)>, door: Spot) -> bool {
    let (row, column) = door.cell();
    (-1..=1).all(|dy| (-1..=1).all(|dx| !taken.contains(&(row + dy, column + dx))))
}

fn is_in(map: &Basemap, district: usize, spot: Spot) -> bool {
    let (lat, lng) = spot.degrees();
    Wgs84::new(lat, lng).is_ok_and(|position| map.is_within(district, position))
}

/// The centres of a district with their streets: a city district is one town with several middles, a county has its seat
/// and small towns far around.
fn centres(
    map: &Basemap,
    number: usize,
    label: &Label,
    city: &City,
    name: &str,
    dice: &mut Dice,
) -> Vec<Vec<Street>> {
    let own = Spot::of(label.position);
    let is_urban = name.ends_with('区');
    let heart = map.cities().iter().find(|other| city.name.starts_with(other.name.get(Lang::Zh)));
    let seat = heart.filter(|_| is_urban).map_or(own, |heart| {
        // A district's shops are on its side of the city.
        let ways = [7, 6, 5, 4, 3, 2, 1].map(|eighths| own.towards(Spot::of(heart.position), eighths));
        ways.into_iter().find(|spot| is_in(map, number, *spot)).unwrap_or(own)
    });
    let (far, others) = if is_urban { (6_000, 8) } else { (28_000, 9) };
    let mut centres = vec![streets(seat, 2_200, dice)];
    for _ in 0..others {
        let tries = (0..20).map(|_| seat.moved(dice.around(far), dice.around(far)));
        let spot = tries.into_iter().find(|spot| is_in(map, number, *spot)).unwrap_or(own);
        centres.push(streets(spot, if is_urban { 1_600 } else { 700 }, dice));
    }
    centres
}

/// The streets around a centre; `half` is the metres from the middle to the end of the longest.
fn streets(centre: Spot, half: u32, dice: &mut Dice) -> Vec<Street> {
    /// Directions, in thousandths; a northern town is a grid that lies a little askew.
    const ASKEW: [(i64, i64); 4] = [(1000, 0), (985, 174), (985, -174), (940, 342)];
    let (north, east) = dice.pick(&ASKEW).copied().unwrap_or((1000, 0));
    let first = dice.below(u32::try_from(STREETS.len()).unwrap_or(1)) as usize;
    (0..AROUND)
        .map(|number| {
            let half = half / 2 + dice.below(half / 2 + 1);
            let middle = centre.moved(dice.around(half), dice.around(half));
            let along = if number % 2 == 0 { (north, east) } else { (-east, north) };
            // Seven shares no factor with the number of names: no street of a centre has another's.
            Street { name: STREETS[(first + number * 7) % STREETS.len()], middle, along, half }
        })
        .collect()
}
