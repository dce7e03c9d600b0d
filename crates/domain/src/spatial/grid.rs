//! What stands on the plane at one zoom, found by place: a hash table of squares.

use super::mercator::Spot;

/// No node, no entry.
pub(super) const NONE: u32 = u32::MAX;

/// A page of the table has this many squares on a side, as a power of two. Neighbours are looked up one after the other, so
/// that a page (16 KB) stays in the processor's fastest cache.
const PAGE: u32 = 6;
const LOW: u32 = (1 << PAGE) - 1;

/// Something that stands on the plane. Entries of one square (and of those that fall on the same place of the
/// table) form a chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) spot: Spot,
    /// The caller's number; none if the entry was taken out.
    pub(super) node: u32,
    next: u32,
}

impl Entry {
    pub(super) fn new(spot: Spot, node: u32) -> Self {
        Self { spot, node, next: NONE }
    }
}

/// The table. The list of entries is the caller's, so that the next zoom can go on with it.
pub(super) struct Grid {
    /// Bits by which a coordinate is shifted to give its square.
    shift: u32,
    /// The first entry of each place in the table, whose length is a power of two.
    heads: Vec<u32>,
    radius: u32,
    square: u64,
}

impl Grid {
    /// An empty table for up to `count` entries.
    pub(super) fn new(count: usize) -> Self {
        Self { shift: 0, heads: vec![NONE; length(count)], radius: 1, square: 1 }
    }

    /// Empties the table, for no more entries than before, and for a radius in steps, from 1 to 2³⁰.
    pub(super) fn reset(&mut self, count: usize, radius: u32) {
        self.radius = radius;
        self.square = u64::from(radius) * u64::from(radius);
        // Two to four radii wide: a circle meets two squares and a half on average, and all that are looked at
        // are less than once around the world.
        self.shift = (radius.next_power_of_two().trailing_zeros() + 1).min(30);
        self.heads.truncate(length(count));
        self.heads.fill(NONE);
    }

    /// The entry nearest to `spot` and nearer than the radius, of equally near ones the one found first.
    pub(super) fn nearest(&self, entries: &[Entry], spot: Spot) -> Option<u32> {
        let mut best = self.square;
        let mut found = NONE;
        // A step less than the radius away is near enough.
        let reach = self.radius - 1;
        let mut row = spot.y.saturating_sub(reach) >> self.shift;
        let bottom = spot.y.saturating_add(reach) >> self.shift;
        let left = spot.x.wrapping_sub(reach) >> self.shift;
        let right = spot.x.wrapping_add(reach) >> self.shift;
        // The world is round: after its last column comes the first.
        let columns = u32::MAX >> self.shift;
        loop {
            let mut column = left;
            loop {
                let mut entry = self.heads[self.place(column, row)];
                while let Some(&Entry { spot: other, next, .. }) = entries.get(entry as usize) {
                    let square = spot.square(other);
                    if square < best {
                        best = square;
                        found = entry;
                    }
                    entry = next;
                }
                if column == right {
                    break;
                }
                column = (column + 1) & columns;
            }
            if row == bottom {
                break;
            }
            row += 1;
        }
        (found != NONE).then_some(found)
    }

    /// Puts an entry into the table.
    pub(super) fn add(&mut self, entries: &mut [Entry], at: u32) {
        let entry = &mut entries[at as usize];
        let place = self.place(entry.spot.x >> self.shift, entry.spot.y >> self.shift);
        entry.next = std::mem::replace(&mut self.heads[place], at);
    }

    /// Takes an entry out, and its node from it.
    pub(super) fn remove(&mut self, entries: &mut [Entry], at: u32) -> u32 {
        let Entry { spot, node, next } = entries[at as usize];
        entries[at as usize].node = NONE;
        let place = self.place(spot.x >> self.shift, spot.y >> self.shift);
        let mut before = self.heads[place];
        if before == at {
            self.heads[place] = next;
            return node;
        }
        while let Some(entry) = entries.get_mut(before as usize) {
            if entry.next == at {
                entry.next = next;
                break;
            }
            before = entry.next;
        }
        node
    }

    /// Where in the table a square stands.
    fn place(&self, column: u32, row: u32) -> usize {
        let page = (column >> PAGE).wrapping_mul(0x9E37_79B1) ^ (row >> PAGE).wrapping_mul(0x85EB_CA77);
        let place = page << (2 * PAGE) | (row & LOW) << PAGE | column & LOW;
        place as usize & (self.heads.len() - 1)
    }
}

/// Twice as many places as entries at least, so that most hold one or none.
fn length(count: usize) -> usize {
    (count * 2).next_power_of_two().max(16)
}
