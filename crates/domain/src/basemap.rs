//! The embedded map: districts, sea, rivers and names, coarse and small, for phones without tiles.
//!
//! Made by `cargo xtask basemap` from the sources in `basemap/source/`. Coordinates are whole numbers on a grid, and
//! each border between two districts is stored once, as an arc that both refer to (as TopoJSON does).

use crate::coords::Wgs84;
use crate::text::Text;
use crate::wire::{decode, encode, wire};

/// The stored form, which is also what the generator fills. Points are x, y, x, y, …: the first pair from the
/// grid's corner, each other one from the pair before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BasemapDto {
    /// Grid cells in a degree.
    pub per_degree: u16,
    /// The grid's south-west corner, in whole degrees.
    pub south: i32,
    /// The grid's south-west corner, in whole degrees.
    pub west: i32,
    /// Pieces of border, each with its rank: 0 coast, 1 province, 2 city, 3 district.
    pub arcs: Vec<(u8, Vec<i32>)>,
    /// Districts.
    pub districts: Vec<DistrictDto>,
    /// Rings of the sea: its outline, then the islands in it.
    pub sea: Vec<Vec<i32>>,
    /// Rivers.
    pub rivers: Vec<Vec<i32>>,
    /// Cities, by name in both languages and place.
    pub cities: Vec<(Text, (i32, i32))>,
}

wire! {
    BasemapDto { per_degree, south, west, arcs, districts, sea, rivers, cities }
    DistrictDto { name, label, rings }
}

/// A district as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DistrictDto {
    /// Its name.
    pub name: String,
    /// Where its name stands, on the grid.
    pub label: (i32, i32),
    /// Its rings: numbers of arcs in order, `!n` for arc n walked backwards.
    pub rings: Vec<Vec<i32>>,
}

/// The rank of the coast.
const COAST: u8 = 0;

/// What a border divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BorderRank {
    /// Land from sea, which the sea's outline shows already.
    Coast,
    /// The province from its neighbours.
    Province,
    /// Two cities.
    City,
    /// Two districts of a city.
    District,
}

/// A piece of border.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// What it divides.
    pub rank: BorderRank,
    /// At least two points.
    pub line: Vec<Wgs84>,
}

/// A name on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The name.
    pub name: Text,
    /// Where its middle stands.
    pub position: Wgs84,
}

/// The embedded map.
#[derive(Clone, Debug, PartialEq)]
pub struct Basemap {
    borders: Vec<Border>,
    districts: Vec<(Label, Vec<Vec<i32>>)>,
    sea: Vec<Vec<Wgs84>>,
    rivers: Vec<Vec<Wgs84>>,
    cities: Vec<Label>,
}

impl Basemap {
    /// Reads the published bytes; None for anything that is not such a map.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::from_dto(decode(bytes)?)
    }

    fn from_dto(dto: BasemapDto) -> Option<Self> {
        let BasemapDto { per_degree, south, west, arcs, districts, sea, rivers, cities } = dto;
        let grid = Grid { per_degree: f64::from(per_degree), south: f64::from(south), west: f64::from(west) };
        let mut borders = Vec::with_capacity(arcs.len());
        for (rank, arc) in arcs {
            let rank = match rank {
                COAST => BorderRank::Coast,
                1 => BorderRank::Province,
                2 => BorderRank::City,
                3 => BorderRank::District,
                _ => return None,
            };
            borders.push(Border { rank, line: grid.line(&arc)? });
        }
        let mut named = Vec::with_capacity(districts.len());
        for DistrictDto { name, label, rings } in districts {
            let known = |arc: &i32| {
                usize::try_from(if *arc < 0 { !*arc } else { *arc }).is_ok_and(|at| at < borders.len())
            };
            if !rings.iter().flatten().all(known) {
                return None;
            }
            named.push((Label { name: Text::zh(name), position: grid.point(label.0, label.1)? }, rings));
        }
        let mut towns = Vec::with_capacity(cities.len());
        for (name, (x, y)) in cities {
            towns.push(Label { name, position: grid.point(x, y)? });
        }
        Some(Self {
            borders,
            districts: named,
            sea: grid.lines(&sea)?,
            rivers: grid.lines(&rivers)?,
            cities: towns,
        })
    }

    /// All pieces of border.
    pub fn borders(&self) -> &[Border] {
        &self.borders
    }

    /// The districts' names.
    pub fn districts(&self) -> impl Iterator<Item = &Label> {
        self.districts.iter().map(|(label, _)| label)
    }

    /// Rings of the sea: its outline, then the islands in it.
    pub fn sea(&self) -> &[Vec<Wgs84>] {
        &self.sea
    }

    /// The rivers.
    pub fn rivers(&self) -> &[Vec<Wgs84>] {
        &self.rivers
    }

    /// The cities' names.
    pub fn cities(&self) -> &[Label] {
        &self.cities
    }

    /// The name of the district around a position; none by a map that is only [`to_draw`]. Borders are some hundred metres coarse, so that close to one it
    /// may be the neighbour: good for a hint, not for an address.
    pub fn district_at(&self, position: Wgs84) -> Option<&Text> {
        let number = (0..self.districts.len()).find(|&district| self.is_within(district, position))?;
        self.districts.get(number).map(|(label, _)| &label.name)
    }

    /// Whether a position is in a district, by its number in [`Basemap::districts`]; in a district that there is none of
    /// nothing is.
    pub fn is_within(&self, district: usize, position: Wgs84) -> bool {
        let rings = self.districts.get(district).map_or(&[][..], |(_, rings)| rings);
        rings.iter().filter(|ring| self.is_around(ring, position)).count() % 2 == 1
    }

    /// Whether a ring of arcs goes around a position: a ray to the east crosses it an odd number of times.
    fn is_around(&self, ring: &[i32], position: Wgs84) -> bool {
        let (x, y) = (position.lng(), position.lat());
        self.edges(ring).fold(false, |inside, (a, b)| {
            let crosses = (a.lat() > y) != (b.lat() > y)
                && x < (b.lng() - a.lng()) * (y - a.lat()) / (b.lat() - a.lat()) + a.lng();
            inside != crosses
        })
    }

    /// The edges of a ring of arcs.
    fn edges(&self, ring: &[i32]) -> impl Iterator<Item = (Wgs84, Wgs84)> {
        let arcs = ring.iter().filter_map(|&arc| usize::try_from(if arc < 0 { !arc } else { arc }).ok());
        arcs.flat_map(|arc| self.borders[arc].line.windows(2)).map(|edge| (edge[0], edge[1]))
    }

    /// Metres from a position to the border of a district, by its number in [`Basemap::districts`], on whichever side of it;
    /// infinitely many for a district that there is none of. On a plane, which is right to a hundredth over the
    /// few kilometres that the answer is good for.
    pub fn border_m(&self, district: usize, position: Wgs84) -> f64 {
        /// Metres in a degree of latitude, on average.
        const DEGREE: f64 = 111_195.0;
        let east = DEGREE * crate::angle::cos(position.lat().to_radians());
        let flat =
            |point: Wgs84| ((point.lng() - position.lng()) * east, (point.lat() - position.lat()) * DEGREE);
        let rings = self.districts.get(district).map_or(&[][..], |(_, rings)| rings);
        let edges = rings.iter().flat_map(|ring| self.edges(ring));
        edges.fold(f64::INFINITY, |nearest, (a, b)| {
            let ((ax, ay), (bx, by)) = (flat(a), flat(b));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            // How far along the edge its point nearest to the position lies, 0 to 1.
            let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            nearest.min((ax + along * dx).hypot(ay + along * dy))
        })
    }
}

/// A map's bytes without what only finds the district of a place, for phones, which draw it: the rings, and the coast,
/// which the sea's outline shows. None for anything that is not such a map.
pub fn to_draw(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut map: BasemapDto = decode(bytes)?;
    map.arcs.retain(|(rank, _)| *rank != COAST);
    map.districts.iter_mut().for_each(|district| district.rings.clear());
    map.to_bytes()
}

impl BasemapDto {
    /// The bytes that [`Basemap::from_bytes`] reads; None for a map that it would refuse.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        Basemap::from_dto(self.clone())?;
        Some(encode(self))
    }
}

struct Grid {
    per_degree: f64,
    south: f64,
    west: f64,
}

impl Grid {
    fn point(&self, x: i32, y: i32) -> Option<Wgs84> {
        Wgs84::new(self.south + f64::from(y) / self.per_degree, self.west + f64::from(x) / self.per_degree)
            .ok()
    }

    fn line(&self, deltas: &[i32]) -> Option<Vec<Wgs84>> {
        let (mut x, mut y) = (0_i32, 0_i32);
        let mut points = Vec::with_capacity(deltas.len() / 2);
        for pair in deltas.chunks(2) {
            let &[dx, dy] = pair else { return None };
            (x, y) = (x.checked_add(dx)?, y.checked_add(dy)?);
            points.push(self.point(x, y)?);
        }
        (points.len() > 1).then_some(points)
    }

    fn lines(&self, lines: &[Vec<i32>]) -> Option<Vec<Vec<Wgs84>>> {
        lines.iter().map(|line| self.line(line)).collect()
    }
}
