//! Where something may be found: a set of squares of the map.

use super::Extent;
use crate::wire::{Reader, Wire, Writer};

/// Halvings of the ranges of longitudes and of latitudes down to the smallest cell: 500 m by 300 m in the middle of China.
const DEPTH: u8 = 16;

/// Cells of one size, by their places on the Morton curve, in order. Where they are too many they are made larger, so that
/// what is everywhere is a few large ones: nothing is ever left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// How many times the sides of the smallest cell were doubled.
    up: u8,
    codes: Vec<u32>,
}

impl Cells {
    /// All of the map.
    pub fn everywhere() -> Self {
        Self { up: DEPTH, codes: vec![0] }
    }

    /// Whether this is all of the map.
    pub fn is_everywhere(&self) -> bool {
        self.up == DEPTH && !self.codes.is_empty()
    }

    /// Of the smallest cells, in order and none twice; at most `most` (one at least) of a size that gives so few.
    pub(super) fn of(codes: Vec<u32>, most: usize) -> Self {
        let mut cells = Self { up: 0, codes };
        while cells.codes.len() > most.max(1) {
            cells = cells.larger(1);
        }
        cells
    }

    /// The same with larger cells.
    fn larger(&self, by: u8) -> Self {
        let mut codes: Vec<u32> = self.codes.iter().map(|code| above(*code, by)).collect();
        codes.dedup();
        Self { up: self.up + by, codes }
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (fine, coarse) = if self.up <= other.up { (self, other) } else { (other, self) };
        let by = coarse.up - fine.up;
        let is_in = |code: &&u32| coarse.codes.binary_search(&above(**code, by)).is_ok();
        Self { up: fine.up, codes: fine.codes.iter().filter(is_in).copied().collect() }
    }

    /// What is in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self.codes.is_empty() {
            return other.clone();
        }
        if other.codes.is_empty() {
            return self.clone();
        }
        let up = self.up.max(other.up);
        let mut both = self.larger(up - self.up);
        // They are few, and to sort them would be 2 KB of the download.
        for code in other.larger(up - other.up).codes {
            if let Err(at) = both.codes.binary_search(&code) {
                both.codes.insert(at, code);
            }
        }
        both
    }

    /// Whether any of them has a point in common with an extent. Nobody knows where nothing is known: that may be anywhere.
    pub fn meet(&self, extent: Option<Extent>) -> bool {
        let Some(extent) = extent else { return !self.codes.is_empty() };
        let low = corner(extent.west, extent.south).map(|at| up_by(at, self.up));
        let high = corner(extent.east, extent.north).map(|at| up_by(at, self.up));
        self.codes.iter().any(|&code| {
            let [x, y] = [even(code), even(code >> 1)];
            low[0] <= x && x <= high[0] && low[1] <= y && y <= high[1]
        })
    }
}

/// The smallest cell with the south-western corner of an extent.
pub(super) fn cell(extent: Extent) -> u32 {
    let [x, y] = corner(extent.west, extent.south);
    spread(x) | spread(y) << 1
}

/// Column and row of the smallest cell with a point, which is in steps of 1e-4 degrees.
fn corner(x: i32, y: i32) -> [u32; 2] {
    let scaled = |at: i32, half: i64| {
        let at = (i64::from(at) + half).clamp(0, 2 * half);
        u32::try_from((at << DEPTH) / (2 * half + 1)).unwrap_or(0)
    };
    [scaled(x, 1_800_000), scaled(y, 900_000)]
}

/// The larger cell that a cell is in.
fn above(code: u32, by: u8) -> u32 {
    up_by(code, by * 2)
}

/// Shifted by 32 and more there is nothing left.
fn up_by(bits: u32, by: u8) -> u32 {
    bits.checked_shr(by.into()).unwrap_or(0)
}

/// Bit n, of the lower 16, to bit 2n.
fn spread(value: u32) -> u32 {
    let value = (value | value << 8) & 0x00FF_00FF;
    let value = (value | value << 4) & 0x0F0F_0F0F;
    let value = (value | value << 2) & 0x3333_3333;
    (value | value << 1) & 0x5555_5555
}

/// Bit 2n to bit n.
fn even(code: u32) -> u32 {
    let code = code & 0x5555_5555;
    let code = (code | code >> 1) & 0x3333_3333;
    let code = (code | code >> 2) & 0x0F0F_0F0F;
    let code = (code | code >> 4) & 0x00FF_00FF;
    (code | code >> 8) & 0xFFFF
}

// What the codes grow by is shorter than they are.
impl Wire for Cells {
    fn put(&self, out: &mut Writer) {
        self.up.put(out);
        let mut last = 0;
        let steps: Vec<u64> =
            self.codes.iter().map(|&code| u64::from(code - std::mem::replace(&mut last, code))).collect();
        steps.put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        // Larger than everything there is nothing.
        let up = u8::take(from).min(DEPTH);
        let mut last = 0_u32;
        let steps = <Vec<u64> as Wire>::take(from);
        let codes = steps.into_iter().map(|step| {
            last = last.wrapping_add(u32::try_from(step).unwrap_or(0));
            last
        });
        Self { up, codes: codes.collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::coords::Wgs84;

    fn at(lat: f64, lng: f64) -> Extent {
        Extent::of(Wgs84::new(lat, lng).unwrap())
    }

    fn cells(places: &[(f64, f64)], most: usize) -> Cells {
        let mut codes: Vec<u32> = places.iter().map(|&(lat, lng)| cell(at(lat, lng))).collect();
        codes.sort_unstable();
        codes.dedup();
        Cells::of(codes, most)
    }

    fn places() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec(
            prop_oneof![
                4 => (41.7f64..41.9, 123.3f64..123.6),
                1 => (-90.0f64..=90.0, -180.0f64..=180.0),
            ],
            0..40,
        )
    }

    proptest! {
        /// However large cells become, what is in a set stays in it, and in what is made of it.
        #[test]
        fn nothing_is_left_out(one in places(), other in places(), a in 1usize..20, b in 1usize..20) {
            let (left, right) = (cells(&one, a), cells(&other, b));
            prop_assert!(left.codes.len() <= a);
            let either = left.or(&right);
            for &(lat, lng) in one.iter().chain(&other) {
                prop_assert!(either.meet(Some(at(lat, lng))));
            }
            let shared = cells(&[one.clone(), other.clone()].concat(), b).and(&left);
            for &(lat, lng) in &one {
                prop_assert!(left.meet(Some(at(lat, lng))) && shared.meet(Some(at(lat, lng))));
            }
            let bytes = crate::wire::encode(&shared);
            prop_assert_eq!(crate::wire::decode::<Cells>(&bytes), Some(shared));
        }
    }

    #[test]
    fn far_places_are_told_apart() {
        let here = cells(&[(41.8, 123.4), (41.7, 123.5)], 8);
        for (lat, lng, met) in [
            (41.8, 123.4, true),
            (41.8, 123.41, false),
            (41.81, 123.4, false),
            (-90.0, -180.0, false),
            (90.0, 180.0, false),
        ] {
            assert_eq!(here.meet(Some(at(lat, lng))), met, "{lat} {lng}");
        }
        assert!(here.meet(Some(at(40.0, 120.0).with(at(45.0, 130.0)))) && here.meet(None));
        assert!(!here.meet(Some(at(40.0, 120.0).with(at(41.0, 130.0)))));
        assert!(Cells::everywhere().meet(Some(at(90.0, 180.0))) && Cells::everywhere().is_everywhere());
        assert_eq!(Cells::everywhere().and(&here), here);
        assert!(!Cells::default().meet(None) && !Cells::default().is_everywhere());
    }
}
