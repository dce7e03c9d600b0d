//! Reads the sources.

use serde_json::Value;

/// Longitude and latitude, in degrees WGS-84.
pub type Point = (f64, f64);

/// A district as the source has it.
pub struct District {
    pub name: String,
    /// Six digits; the first four are the city's.
    pub code: String,
    pub rings: Vec<Vec<Point>>,
}

/// The districts of a collection of polygons.
pub fn districts(value: &Value) -> Option<Vec<District>> {
    value["features"].as_array()?.iter().map(district).collect()
}

fn district(feature: &Value) -> Option<District> {
    let geometry = &feature["geometry"];
    let rings = match geometry["type"].as_str()? {
        "Polygon" => rings(&geometry["coordinates"])?,
        "MultiPolygon" => {
            let polygons = geometry["coordinates"].as_array()?.iter().map(rings);
            polygons.collect::<Option<Vec<_>>>()?.concat()
        }
        _ => return None,
    };
    let text = |key: &str| feature["properties"][key].as_str().map(str::to_owned);
    Some(District { name: text("name")?, code: text("adcode")?, rings })
}

/// A list of lists of points.
pub fn rings(value: &Value) -> Option<Vec<Vec<Point>>> {
    let point = |point: &Value| Some((point[0].as_f64()?, point[1].as_f64()?));
    let ring = |ring: &Value| ring.as_array()?.iter().map(point).collect::<Option<Vec<_>>>();
    value.as_array()?.iter().map(ring).collect()
}
