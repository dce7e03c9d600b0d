//! GCJ-02 and BD-09, from the published forward formulas, written a second time and on their own.

use std::f64::consts::PI;

/// GCJ-02 of a WGS-84 position, (latitude, longitude) in degrees, in China.
pub fn gcj02(lat: f64, lng: f64) -> (f64, f64) {
    const A: f64 = 6_378_245.0;
    const EE: f64 = 0.006_693_421_622_965_823;
    let (x, y) = (lng - 105.0, lat - 35.0);
    let waves = |terms: [(f64, f64); 2]| {
        terms.iter().map(|(size, turn)| size * (turn * PI).sin()).sum::<f64>() * 2.0 / 3.0
    };
    let common = waves([(20.0, 6.0 * x), (20.0, 2.0 * x)]);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + waves([(20.0, y), (40.0, y / 3.0)])
        + waves([(160.0, y / 12.0), (320.0, y / 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + waves([(20.0, x), (40.0, x / 3.0)])
        + waves([(150.0, x / 12.0), (300.0, x / 30.0)]);
    let phi = lat.to_radians();
    let magic = 1.0 - EE * phi.sin().powi(2);
    let dlat = north * 180.0 / ((A * (1.0 - EE)) / (magic * magic.sqrt()) * PI);
    let dlng = east * 180.0 / (A / magic.sqrt() * phi.cos() * PI);
    (lat + dlat, lng + dlng)
}

/// BD-09 of a WGS-84 position, (latitude, longitude) in degrees, in China.
pub fn bd09(lat: f64, lng: f64) -> (f64, f64) {
    bd09_of_gcj02(gcj02(lat, lng))
}

fn bd09_of_gcj02((y, x): (f64, f64)) -> (f64, f64) {
    const X_PI: f64 = PI * 3000.0 / 180.0;
    let radius = x.hypot(y) + 0.000_02 * (y * X_PI).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * X_PI).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}

#[test]
fn the_formulas_give_the_published_pairs() {
    let near = |found: (f64, f64), expected: (f64, f64)| {
        let off = (found.0 - expected.0).abs().max((found.1 - expected.1).abs());
        assert!(off < 1e-9, "{found:?} is not {expected:?}");
    };
    near(gcj02(39.915, 116.404), (39.916_404_281_501_64, 116.410_244_499_169_38));
    near(gcj02(31.177_427_6, 121.527_210_6), (31.175_303_983_645_97, 121.531_541_859_215));
    near(bd09_of_gcj02((39.915, 116.404)), (39.921_336_993_510_21, 116.410_369_493_710_29));
}
