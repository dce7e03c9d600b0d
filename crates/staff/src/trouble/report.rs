//! Everything that was found in a source folder, counted, and as much of it kept as will be told.

use std::collections::BTreeMap;

use super::{Item, Kind, Level, Trouble};

/// How many of each kind are kept. Errors are kept all: each of them has to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Warnings of a kind.
    pub warnings: usize,
    /// Advice of a kind.
    pub advice: usize,
}

impl Keep {
    /// Everything, for machines and for who asks for it.
    pub const ALL: Self = Self { warnings: usize::MAX, advice: usize::MAX };
    /// As many as a person reads.
    pub const FEW: Self = Self { warnings: 5, advice: 5 };
    /// Warnings alone: whoever builds does not want advice, only to know that there is some.
    pub const WARNINGS: Self = Self { warnings: 5, advice: 0 };

    const fn most(self, level: Level) -> usize {
        match level {
            Level::Error => usize::MAX,
            Level::Warning => self.warnings,
            Level::Advice => self.advice,
        }
    }
}

/// Everything found in a source folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How many stations the list has, good or not.
    pub stations: usize,
    items: Vec<Item>,
    counts: BTreeMap<Kind, usize>,
    keep: Keep,
}

impl Report {
    /// A report with nothing in it.
    pub fn new(stations: usize, keep: Keep) -> Self {
        Self { stations, items: Vec::new(), counts: BTreeMap::new(), keep }
    }

    /// Counts an item, and keeps it unless there are enough of its kind.
    pub fn add(&mut self, item: Item) {
        self.add_with(item.trouble.kind(), || item);
    }

    /// The same, for an item that is made only if it is kept.
    pub(crate) fn add_with(&mut self, kind: Kind, item: impl FnOnce() -> Item) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= self.keep.most(kind.level()) {
            self.items.push(item());
        }
    }

    /// Puts the items in order: file by file, in each file's order as far as stations go.
    pub fn sort(&mut self) {
        crate::source::sort(&mut self.items);
    }

    /// What was found and kept.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many there are of each kind that was found, kept or not, the worst first.
    pub fn counts(&self) -> impl Iterator<Item = (Kind, usize)> + '_ {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// How many there are of a level, kept or not.
    pub fn count(&self, level: Level) -> usize {
        self.counts().filter(|(kind, _)| kind.level() == level).map(|(_, count)| count).sum()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Level::Error)
    }

    /// Whether there is anything of a level, or worse.
    pub fn has(&self, level: Level) -> bool {
        self.counts.keys().any(|kind| kind.level() <= level)
    }

    /// Whether a file could not be read from the disk, which is not the data's fault.
    pub fn is_unreadable(&self) -> bool {
        self.items.iter().any(|item| matches!(item.trouble, Trouble::Unreadable(_)))
    }
}

impl Extend<Item> for Report {
    fn extend<I: IntoIterator<Item = Item>>(&mut self, items: I) {
        for item in items {
            self.add(item);
        }
    }
}
