//! The Morton curve (Z-order), which walks the plane square by square so that what is near in its order is near on
//! the map, and the sort that brings points into its order.

/// Bits that one pass of the sort looks at: 2,048 counters stay in the fastest cache.
const DIGIT: u32 = 11;

/// The place of the square `x`, `y` on the curve: the bits of both, taken in turns.
pub(super) fn morton(x: u32, y: u32) -> u64 {
    spread(x) | spread(y) << 1
}

/// Bit n to bit 2n.
fn spread(value: u32) -> u64 {
    let mut bits = u64::from(value);
    bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

/// The same of numbers of 16 bits: both are spread at once, in one word.
pub(super) fn morton_short(x: u32, y: u32) -> u32 {
    let mut bits = u64::from(x) | u64::from(y) << 32;
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    bits = (bits | bits << 1) & 0x5555_5555_5555_5555;
    low(bits | bits >> 31)
}

/// The higher half.
pub(super) fn high(bits: u64) -> u32 {
    (bits >> 32) as u32
}

/// The lower half.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is meant")]
pub(super) fn low(bits: u64) -> u32 {
    bits as u32
}

/// The lowest digit of a key.
fn digit(key: u64) -> usize {
    (key & ((1 << DIGIT) - 1)) as usize
}

/// Sorts by the lowest `bits` bits of the keys; what has the same key keeps its order. Radix sort from the lowest
/// digit up, O(n · bits), with one more list of the same length; a digit in which all agree costs no more than the look.
pub(super) fn sort<T: Copy>(items: &mut Vec<T>, bits: u32, key: impl Fn(&T) -> u64) {
    let mut other = items.clone();
    for shift in (0..bits).step_by(DIGIT as usize) {
        let mut counts = [0_u32; 1 << DIGIT];
        for item in items.iter() {
            counts[digit(key(item) >> shift)] += 1;
        }
        if counts.iter().any(|&count| count as usize == items.len()) {
            continue;
        }
        let mut sum = 0;
        for count in &mut counts {
            sum += std::mem::replace(count, sum);
        }
        for item in items.iter() {
            let place = &mut counts[digit(key(item) >> shift)];
            other[*place as usize] = *item;
            *place += 1;
        }
        std::mem::swap(items, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_taken_in_turns() {
        assert_eq!(morton(0, 0), 0);
        assert_eq!(morton(0b101, 0b011), 0b01_1011);
        assert_eq!(morton(u32::MAX, 0), 0x5555_5555_5555_5555);
        assert_eq!(morton(u32::MAX, u32::MAX), u64::MAX);
        for (x, y) in [(0, 0), (0b101, 0b011), (0xFFFF, 0), (0, 0xFFFF), (0xFFFF, 0xFFFF), (0x1234, 0xABCD)] {
            assert_eq!(u64::from(morton_short(x, y)), morton(x, y));
        }
    }

    #[test]
    fn the_sort_is_stable_and_right() {
        let mut seed = 1_u64;
        for (count, bits) in [(0, 64), (1, 64), (2, 64), (1000, 0), (1000, 5), (1000, 32), (3000, 64)] {
            let mut items: Vec<(u64, usize)> = (0..count)
                .map(|index| {
                    seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (if bits == 0 { 0 } else { (seed ^ seed >> 29) >> (64 - bits) }, index)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort(&mut items, bits, |item| item.0);
            assert_eq!(items, expected, "{count} items of {bits} bits");
        }
    }
}
