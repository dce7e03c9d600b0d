//! Sine and cosine for angles as they occur on a map: up to ten thousand radians, within one unit in the last place.
//!
//! The standard ones are made for angles of any size, with a table of 1,200 bits of 2/π and the arithmetic for it: 3 KB packed of
//! the app's download for angles that nobody has.

use core::f64::consts::FRAC_2_PI;

/// π/2 in two parts; a whole number of quarter turns times the first is exact (fdlibm, `__ieee754_rem_pio2`).
const QUARTER: [f64; 2] = [1.570_796_326_734_125_6, 6.077_100_506_506_192e-11];
/// Coefficients of the sine from the third power on (fdlibm, `__kernel_sin`).
const SINE: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
/// Coefficients of the cosine from the fourth power on (fdlibm, `__kernel_cos`).
const COSINE: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// The sine of an angle in radians.
pub fn sin(angle: f64) -> f64 {
    wave(angle, 0)
}

/// The cosine of an angle in radians.
pub fn cos(angle: f64) -> f64 {
    wave(angle, 1)
}

/// The sine, so many quarter turns on.
fn wave(angle: f64, on: i32) -> f64 {
    let turns = (angle * FRAC_2_PI).round_ties_even();
    // What is left of less than an eighth of a turn, and what was too small for that.
    let (coarse, rest) = (angle - turns * QUARTER[0], turns * QUARTER[1]);
    let left = coarse - rest;
    let tail = (coarse - left) - rest;
    let square = left * left;
    let sum = |terms: &[f64; 6]| terms.iter().rev().fold(0.0, |sum, term| sum * square + term);
    #[expect(clippy::cast_possible_truncation, reason = "an angle of a map has a few thousand quarter turns")]
    let quarter = turns as i32 + on;
    let size = if quarter & 1 == 0 {
        left + (square * left * sum(&SINE) + tail)
    } else {
        let half = square / 2.0;
        let near = 1.0 - half;
        near + (((1.0 - near) - half) + (square * square * sum(&COSINE) - left * tail))
    };
    if quarter & 2 == 0 { size } else { -size }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "what ours are measured by")]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_ones() {
        let mut most = 0.0_f64;
        // Steps that meet no pattern, over all that a map asks for and more.
        for step in 0..400_000_i32 {
            let angle = f64::from(step) * 0.025_713_59 - 5_000.0;
            for angle in [angle, angle / 1e3, angle / 1e6] {
                most = most.max((sin(angle) - angle.sin()).abs()).max((cos(angle) - angle.cos()).abs());
            }
        }
        assert!(most <= 2.3e-16, "{most:e}");
        for tiny in [0.0, 1e-300, 3e-9, -1e-8] {
            assert!(
                (sin(tiny) - tiny.sin()).abs() <= tiny.abs() * 2.3e-16 && (cos(tiny) - 1.0).abs() < 1e-15
            );
        }
    }
}
