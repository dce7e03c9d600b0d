//! Chance that is the same for the same seed: a ride that failed can be ridden again.

/// A source of numbers (`SplitMix64`, Steele, Lea and Flood 2014).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of the numbers below `count`; 0 if there is none.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.next() % count.max(1)
    }

    /// A number from -1 to 1, in steps of a thousandth.
    pub(super) fn around_zero(&mut self) -> f64 {
        let step = u32::try_from(self.below(2_001)).unwrap_or_default();
        (f64::from(step) - 1_000.0) / 1_000.0
    }

    /// One of `all`, each as often as the number beside it says.
    pub(super) fn weighed<T: Copy>(&mut self, all: &[(T, u64)]) -> Option<T> {
        let mut at = self.below(all.iter().map(|(_, weight)| weight).sum());
        all.iter()
            .find(|(_, weight)| {
                let found = at < *weight;
                at = at.saturating_sub(*weight);
                found
            })
            .map(|(one, _)| *one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        let mut chance = Chance::new(1_234_567);
        assert_eq!([chance.next(), chance.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn each_is_taken_as_often_as_it_weighs() {
        let (mut chance, mut taken) = (Chance::new(1), [0_u32; 3]);
        for _ in 0..4_000 {
            taken[chance.weighed(&[(0, 1), (1, 0), (2, 3)]).unwrap()] += 1;
        }
        assert!(taken[1] == 0 && taken[0].abs_diff(1_000) < 100, "{taken:?}");
    }
}
