//! Chance, the same on every machine: whole numbers from `ChaCha8`, whose output is fixed by its description.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// Where chance comes from.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The throws of a seed in one of its streams. Streams know nothing of each other, so that what one station takes
    /// changes no other.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(stream);
        Self(source)
    }

    /// A number from 0 up to, not including, `end`; 0 where `end` is.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        // The high half of a product (Lemire): no division, and off by less than one in a million for what is asked here.
        let wide = u64::from(self.0.next_u32()) * u64::from(end);
        u32::try_from(wide >> 32).unwrap_or_default()
    }

    /// True so many times in a thousand.
    pub(super) fn happens(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// A number from `-reach` to `reach`, the middle likelier than the ends.
    pub(super) fn around(&mut self, reach: u32) -> i64 {
        let sum = i64::from(self.below(reach + 1)) + i64::from(self.below(reach + 1));
        sum - i64::from(reach)
    }

    /// One of them; none of nothing.
    pub(super) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let index = self.below(u32::try_from(all.len()).unwrap_or(u32::MAX));
        all.get(index as usize)
    }

    /// One of them, each as likely as it weighs; none of nothing.
    pub(super) fn weigh<'a, T>(&mut self, all: &'a [T], weight: impl Fn(&T) -> u32) -> Option<&'a T> {
        let mut left = self.below(all.iter().map(&weight).sum());
        all.iter().find(|one| {
            let weight = weight(one);
            let is_here = left < weight;
            left = left.saturating_sub(weight);
            is_here
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Were these to change, so would every sample that somebody has made.
    #[test]
    fn the_throws_stay_as_they_are() {
        let mut dice = Dice::new(7, 3);
        let throws: Vec<u32> = (0..8).map(|_| dice.below(1000)).collect();
        assert_eq!(throws, [674, 662, 674, 504, 785, 736, 88, 43]);
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::new(1, 1);
        let all = [("never", 0), ("often", 9), ("seldom", 1)];
        let mut often = 0;
        for _ in 0..1000 {
            let (word, _) = dice.weigh(&all, |one| one.1).unwrap();
            assert_ne!(*word, "never");
            often += u32::from(*word == "often");
        }
        assert!((850..950).contains(&often), "{often}");
        assert_eq!(dice.weigh(&[0_u32; 0], |one| *one), None);
        assert_eq!(dice.pick(&[0_u32; 0]), None);
        assert!((0..1000).all(|_| (-5..=5).contains(&dice.around(5))));
    }
}
