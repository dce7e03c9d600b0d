//! `cargo xtask basemap`: the sources in `basemap/source/` become the small map in `public/basemap/`.
//!
//! Repeatable: the same sources give the same bytes.

mod geojson;
mod label;
mod simplify;
mod topology;

use std::fs;
use std::path::Path;

use domain::basemap::{BasemapDto, DistrictDto};
use domain::text::Text;
use serde_json::Value;

use crate::trouble::{Trouble, at};
use geojson::Point;
use simplify::{area, simplify};

/// Grid cells in a degree: about 200 m, which a sketch may be off.
const PER_DEGREE: u16 = 300;
const SOUTH: i32 = 38;
const WEST: i32 = 118;
/// How far a simplified line may leave the true one, in degrees.
const BORDER_TOLERANCE: f64 = 0.004;
const SEA_TOLERANCE: f64 = 0.006;
const RIVER_TOLERANCE: f64 = 0.008;
/// Islands below this are left out, in square degrees (about 3 km²).
const ISLAND: f64 = 0.0003;
/// Rivers are kept within this box, south, west, north, east.
const RIVERS: [f64; 4] = [38.5, 118.7, 43.6, 125.9];

/// The 14 cities: the first four digits of the districts' codes, names, and where the name stands (their seats of
/// government, to a hundredth of a degree).
const CITIES: [(&str, &str, f64, f64); 14] = [
    ("沈阳", "Shenyang", 41.80, 123.43),
    ("大连", "Dalian", 38.91, 121.61),
    ("鞍山", "Anshan", 41.11, 122.99),
    ("抚顺", "Fushun", 41.88, 123.96),
    ("本溪", "Benxi", 41.29, 123.77),
    ("丹东", "Dandong", 40.00, 124.35),
    ("锦州", "Jinzhou", 41.10, 121.13),
    ("营口", "Yingkou", 40.67, 122.24),
    ("阜新", "Fuxin", 42.02, 121.67),
    ("辽阳", "Liaoyang", 41.27, 123.24),
    ("盘锦", "Panjin", 41.12, 122.07),
    ("铁岭", "Tieling", 42.29, 123.84),
    ("朝阳", "Chaoyang", 41.57, 120.45),
    ("葫芦岛", "Huludao", 40.71, 120.84),
];

/// Makes the map.
pub fn run(root: &Path) -> Result<(), Trouble> {
    let source = |name: &str| -> Result<Value, Trouble> {
        let path = root.join("basemap/source").join(name);
        let bytes = at(&path, fs::read(&path))?;
        serde_json::from_slice(&bytes).map_err(|error| Trouble::Basemap(format!("{name}: {error}")))
    };
    let odd = |name: &str| Trouble::Basemap(format!("{name}: not the GeoJSON that was expected"));
    let districts =
        geojson::districts(&source("liaoning-districts.geojson")?).ok_or_else(|| odd("districts"))?;
    let sea = geojson::rings(&source("sea.geojson")?["geometry"]["coordinates"]).ok_or_else(|| odd("sea"))?;
    let rivers =
        geojson::rings(&source("rivers.geojson")?["geometry"]["coordinates"]).ok_or_else(|| odd("rivers"))?;

    let topology = topology::build(&districts, &sea);
    let mut map = BasemapDto { per_degree: PER_DEGREE, south: SOUTH, west: WEST, ..BasemapDto::default() };
    map.arcs = topology
        .arcs
        .iter()
        .map(|arc| (arc.rank, deltas(&simplify(&arc.points, BORDER_TOLERANCE))))
        .collect();
    for (district, rings) in districts.iter().zip(topology.rings) {
        let label = grid(label::place(&district.rings));
        map.districts.push(DistrictDto { name: district.name.clone(), label, rings });
    }
    for (number, ring) in sea.iter().enumerate() {
        if number == 0 || area(ring).abs() > ISLAND {
            map.sea.push(deltas(&simplify(ring, SEA_TOLERANCE)));
        }
    }
    let [south, west, north, east] = RIVERS;
    let within = |point: &Point| (west..=east).contains(&point.0) && (south..=north).contains(&point.1);
    for river in rivers.iter().filter(|river| river.iter().any(within)) {
        map.rivers.push(deltas(&simplify(river, RIVER_TOLERANCE)));
    }
    // A line that shrank to one cell shows nothing.
    map.sea.retain(|line| line.len() > 6);
    map.rivers.retain(|line| line.len() > 2);
    map.cities = CITIES.map(|(zh, en, lat, lng)| (Text::both(zh, en), grid((lng, lat)))).to_vec();

    let bytes = map.to_bytes().ok_or_else(|| Trouble::Basemap("the result makes no sense".into()))?;
    let path = root.join("public/basemap/liaoning.bin");
    at(&path, fs::write(&path, &bytes))?;
    println!(
        "{}: {} bytes, {} arcs, {} districts, {} sea rings, {} rivers",
        path.display(),
        bytes.len(),
        map.arcs.len(),
        map.districts.len(),
        map.sea.len(),
        map.rivers.len()
    );
    Ok(())
}

/// The grid cell of a point.
#[expect(clippy::cast_possible_truncation, reason = "the box is a few degrees wide")]
fn grid((x, y): Point) -> (i32, i32) {
    let cell = |degrees: f64, corner: f64| ((degrees - corner) * f64::from(PER_DEGREE)).round() as i32;
    (cell(x, f64::from(WEST)), cell(y, f64::from(SOUTH)))
}

/// Points as steps on the grid; points in the same cell are one, but a line keeps two.
fn deltas(points: &[Point]) -> Vec<i32> {
    let mut cells: Vec<_> = points.iter().copied().map(grid).collect();
    let ends = cells.first().copied().zip(cells.last().copied());
    cells.dedup();
    if let (1, Some((first, last))) = (cells.len(), ends) {
        cells = vec![first, last];
    }
    let mut before = (0, 0);
    let mut out = Vec::with_capacity(cells.len() * 2);
    for (x, y) in cells {
        out.extend([x - before.0, y - before.1]);
        before = (x, y);
    }
    out
}
