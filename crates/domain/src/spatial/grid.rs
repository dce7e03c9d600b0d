//! A hash table of places on the plane by square, for finding the nearest one within a radius.

use super::mercator::Spot;

/// No entry.
pub(super) const NONE: u32 = u32::MAX;

/// Entries are numbers that the caller gives, each with its spot; entries of one square (and of those that fall on
/// the same place of the table) form a chain.
pub(super) struct Grid {
    /// Bits by which a coordinate is shifted to give its square.
    shift: u32,
    /// The first entry of each place in the table, whose length is a power of two.
    heads: Vec<u32>,
    /// The next entry of the chain, for each number.
    next: Vec<u32>,
    radius: u32,
    square: u64,
}

impl Grid {
    /// An empty grid for numbers below `count`.
    pub(super) fn new(count: usize) -> Self {
        let heads = vec![NONE; count.next_power_of_two().max(16)];
        Self { shift: 0, heads, next: vec![NONE; count], radius: 0, square: 0 }
    }

    /// Empties the grid for up to `count` entries and a radius in steps, at most 2³⁰.
    pub(super) fn reset(&mut self, count: usize, radius: u32) {
        self.radius = radius;
        self.square = u64::from(radius) * u64::from(radius);
        // The least power of two that is no less than the radius: a circle meets at most 3 by 3 squares, and
        // four or more go around the world.
        self.shift = radius.next_power_of_two().trailing_zeros().min(30);
        self.heads.truncate(count.next_power_of_two().max(16));
        self.heads.fill(NONE);
    }

    /// The entry nearest to `spot` and nearer than the radius, of equally near ones the one found first.
    pub(super) fn nearest(&self, spot: Spot, at: impl Fn(u32) -> Spot) -> Option<u32> {
        let mut best = self.square;
        let mut found = NONE;
        // Up to a step less than the radius away.
        let reach = self.radius - 1;
        let (top, bottom) = (spot.y.saturating_sub(reach), spot.y.saturating_add(reach));
        let (left, right) = (spot.x.wrapping_sub(reach), spot.x.wrapping_add(reach));
        let last = right >> self.shift;
        for row in top >> self.shift..=bottom >> self.shift {
            let mut column = left >> self.shift;
            loop {
                let mut entry = self.heads[self.place(column, row)];
                while entry != NONE {
                    let square = spot.square(at(entry));
                    if square < best {
                        best = square;
                        found = entry;
                    }
                    entry = self.next[entry as usize];
                }
                if column == last {
                    break;
                }
                column = (column + 1) & (u32::MAX >> self.shift);
            }
        }
        (found != NONE).then_some(found)
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, entry: u32, spot: Spot) {
        let place = self.place(spot.x >> self.shift, spot.y >> self.shift);
        self.next[entry as usize] = std::mem::replace(&mut self.heads[place], entry);
    }

    /// Takes an entry out that was added at `spot`.
    pub(super) fn remove(&mut self, entry: u32, spot: Spot) {
        let place = self.place(spot.x >> self.shift, spot.y >> self.shift);
        let after = self.next[entry as usize];
        if self.heads[place] == entry {
            self.heads[place] = after;
            return;
        }
        let mut at = self.heads[place];
        while at != NONE {
            let next = self.next[at as usize];
            if next == entry {
                self.next[at as usize] = after;
                return;
            }
            at = next;
        }
    }

    /// Squares of a block of four by four stand together in the table, as they do in the processor's cache.
    fn place(&self, column: u32, row: u32) -> usize {
        let block = (column >> 2).wrapping_mul(0x9E37_79B1) ^ (row >> 2).wrapping_mul(0x85EB_CA77);
        let block = block ^ block >> 15;
        let place = block << 4 | (row & 3) << 2 | column & 3;
        place as usize & (self.heads.len() - 1)
    }
}
