//! From what somebody types to where on the map it may be found.
//!
//! Words are looked up by short pieces of them, numbers of 31 bits. A [`Node`] of a tree holds either the files of the nodes
//! below it, one for each value of the next bits, or what the pieces lead to: [`Cells`], those where the piece is in the
//! name of a station or of its district, and those where it is anywhere. The [`Table`] is the first node, which the index names.
//! A piece that is everywhere leads to a few large cells, so that no file grows with the list; an edit that changes no word and no place
//! changes no file.
//!
//! Cells are where to look and nothing more: the stations there say by themselves whether they fit. So what is found is what
//! looking through the whole list would find, in its order, once [`Atlas::next_among`](super::Atlas::next_among) wants nothing more.
//! Of words that are too short to lead anywhere, the stations around are looked through.
//!
//! [`Draft`] makes these files, [`Finder`] is what a phone has of them.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::cells::cell;
use super::cut::{Made, make, spots};
use super::terms::{of_query, of_words};
use super::{Blob, Cells, Hash};
use crate::published::{FileKind, StationsFile};
use crate::readings::Readings;
use crate::search::{Query, Words};
use crate::wire::{Reader, Wire, Writer, decode, encode, wire};

/// Nodes below a node, in bits: 1.2 KB.
const BITS: u32 = 6;
/// Most bits that tell nodes apart.
const DEEPEST: u32 = 20;
/// How many pieces of a cell are gathered before they are told apart.
const ENOUGH: usize = 1 << 16;
/// Goes up where the same words give other files.
const RECIPE: u8 = 1;

/// The first file: how far it is from a piece's number to its node, and what the characters are read like.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What all of it was made of: where this is the same, so is the rest.
    pub of: Hash,
    /// How the characters are read, as [`Readings`].
    pub readings: Blob,
    /// A power of two of [`Node`]s, for the first bits of a number.
    pub below: Vec<Blob>,
}

/// A part of the tree below the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// A power of two of further nodes, for the next bits of a number; or none, and then there are pieces.
    pub below: Vec<Blob>,
    pieces: Pieces,
}

/// In the order of their numbers: where named, and where anywhere.
#[derive(Clone, Debug, Default, PartialEq)]
struct Pieces(Vec<(u32, (Cells, Cells))>);

wire! {
    Table { of, readings, below }
    Node { below, pieces }
}

// What the numbers grow by is shorter than they are.
impl Wire for Pieces {
    fn put(&self, out: &mut Writer) {
        (self.0.len() as u64).put(out);
        let mut last = 0;
        for (number, cells) in &self.0 {
            u64::from(number - std::mem::replace(&mut last, *number)).put(out);
            cells.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let mut last = 0_u32;
        let steps = <Vec<(u64, (Cells, Cells))> as Wire>::take(from);
        let pieces = steps.into_iter().map(|(step, cells)| {
            last = last.wrapping_add(u32::try_from(step).unwrap_or(0));
            (last, cells)
        });
        Self(pieces.collect())
    }
}

/// How large files may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most cells that a piece leads to.
    pub cells: usize,
    /// Most bytes of a node with pieces, where it has more than one.
    pub node: usize,
}

impl Default for Limits {
    // A piece takes 2 KB at most, and what is typed in one go takes some 30 KB, be the list a city's or a nation's.
    fn default() -> Self {
        Self { cells: 512, node: 8_192 }
    }
}

/// The words of a list, ready to be published.
pub struct Draft {
    /// In the order of the cells: where, and what.
    words: Vec<(u32, Words)>,
    readings: Readings,
}

impl Draft {
    /// Gathers the words of a list. `spell` says how a character may be read: small letters without tones, `v` for ü.
    pub fn new(list: &StationsFile, spell: &dyn Fn(char) -> Vec<String>) -> Self {
        let spots = spots(&list.stations).into_iter().map(|spot| spot.map_or(0, cell));
        let mut words: Vec<(u32, Words)> = spots.zip(list.stations.iter().map(Words::of)).collect();
        // The same list in another order is the same.
        words.sort();
        let spoken = words.iter().flat_map(|(_, words)| words.spoken().map(|(_, text)| text));
        let readings = Readings::gather(spoken, spell);
        Self { words, readings }
    }

    /// What the files are made of.
    pub fn hash(&self) -> Hash {
        let mut digest = Sha256::new();
        digest.update([RECIPE]);
        digest.update(encode(&self.readings));
        for (cell, words) in &self.words {
            digest.update(cell.to_le_bytes());
            let [named, run_by] = words.spoken().map(|(_, text)| text);
            for text in [named, run_by, words.written()] {
                digest.update((text.len() as u64).to_le_bytes());
                digest.update(text);
            }
        }
        let mut hash = [0; 16];
        hash.iter_mut().zip(digest.finalize()).for_each(|(to, from)| *to = from);
        hash
    }

    /// The table, and all files below it.
    pub fn publish(&self, limits: Limits) -> (Table, Vec<Made>) {
        let found = self.found();
        let sizes: Vec<(u32, usize)> =
            pieces(&found, limits).map(|(number, cells)| (number, encode(&cells).len())).collect();
        let bits = bits(&sizes, limits);
        let mut files = Vec::new();
        let mut nodes: Vec<Vec<(u32, (Cells, Cells))>> = vec![Vec::new(); 1 << bits];
        for (number, cells) in pieces(&found, limits) {
            if let Some(node) = nodes.get_mut(first_bits(number, bits)) {
                node.push((number, cells));
            }
        }
        let nodes = nodes.into_iter().map(|pieces| Node { below: Vec::new(), pieces: Pieces(pieces) });
        let mut below: Vec<Blob> = nodes.map(|node| make(FileKind::Words, &node, &mut files)).collect();
        while below.len() > 1 << BITS {
            let parts = below.chunks(1 << BITS).map(|part| Node { below: part.to_vec(), ..Node::default() });
            below = parts.map(|node| make(FileKind::Words, &node, &mut files)).collect();
        }
        let readings = make(FileKind::Readings, &self.readings, &mut files);
        (Table { of: self.hash(), readings, below }, files)
    }

    /// All pieces with their cells, as one number each: the piece, how well it fits as its last bit, the cell.
    fn found(&self) -> Vec<u64> {
        let mut all: Vec<u64> = Vec::new();
        let mut here: Vec<u32> = Vec::new();
        for (number, (cell, words)) in self.words.iter().enumerate() {
            of_words(words, &self.readings, &mut |how, piece| here.push(piece | how as u32));
            // Of a cell each is wanted once: names are alike where stations are close.
            if self.words.get(number + 1).is_none_or(|(next, _)| next != cell) || here.len() > ENOUGH {
                here.sort_unstable();
                here.dedup();
                all.extend(here.drain(..).map(|piece| u64::from(piece) << 32 | u64::from(*cell)));
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The pieces with where they are named, and where they are anywhere.
#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn pieces(found: &[u64], limits: Limits) -> impl Iterator<Item = (u32, (Cells, Cells))> {
    found.chunk_by(|one, other| one >> 33 == other >> 33).map(move |same| {
        let mut all: Vec<u32> = same.iter().map(|one| *one as u32).collect();
        let named = same.iter().take_while(|one| **one >> 32 & 1 == 0).count();
        let named = all.get(..named).unwrap_or_default().to_vec();
        all.sort_unstable();
        all.dedup();
        ((same[0] >> 32) as u32 & !1, (Cells::of(named, limits.cells), Cells::of(all, limits.cells)))
    })
}

/// How many of the first bits tell pieces of these sizes apart so well that no node is too full.
fn bits(sizes: &[(u32, usize)], limits: Limits) -> u32 {
    let fits = |bits: &u32| {
        let same = sizes.chunk_by(|one, other| first_bits(one.0, *bits) == first_bits(other.0, *bits));
        same.into_iter()
            .all(|node| node.len() == 1 || node.iter().map(|one| one.1).sum::<usize>() <= limits.node)
    };
    (0..DEEPEST).find(fits).unwrap_or(DEEPEST)
}

/// The first so many bits of a number. Shifted in 64 bits, where a shift by all 32 is none too far.
fn first_bits(number: u32, bits: u32) -> usize {
    usize::try_from(u64::from(number) >> (32 - bits.min(32))).unwrap_or(0)
}

/// What a phone has of the tree.
#[derive(Clone, Debug)]
pub struct Finder {
    table: Arc<Table>,
    nodes: Vec<(Hash, Arc<Node>)>,
}

impl Finder {
    /// Of the table.
    pub fn new(table: Table) -> Self {
        Self { table: Arc::new(table), nodes: Vec::new() }
    }

    /// The name of the readings' file.
    pub fn readings(&self) -> String {
        self.table.readings.path(FileKind::Readings)
    }

    /// Takes in the node of a hash. False if the bytes are none.
    pub fn add(&mut self, hash: Hash, bytes: &[u8]) -> bool {
        let node = decode(bytes);
        let is_node = node.is_some();
        self.nodes.extend(node.map(|node| (hash, Arc::new(node))));
        is_node
    }

    /// The files to load for what is typed, until there are none: those of a round can be asked for at once.
    pub fn missing(&self, query: &Query) -> Vec<Blob> {
        let mut missing: Vec<Blob> = Vec::new();
        for number in of_query(query).into_iter().flatten().flatten() {
            if let Err(blob) = self.piece(number)
                && !missing.contains(&blob)
            {
                missing.push(blob);
            }
        }
        missing
    }

    /// Where what is typed may be named, and where it may be at all. What is not loaded may be anywhere.
    pub fn cells(&self, query: &Query) -> [Cells; 2] {
        let mut cells = [(); 2].map(|()| Cells::everywhere());
        for ways in of_query(query).into_iter().filter(|ways| !ways.is_empty()) {
            let mut either = [(); 2].map(|()| Cells::default());
            for pieces in ways {
                let mut all = [(); 2].map(|()| Cells::everywhere());
                for piece in pieces.into_iter().filter_map(|piece| self.piece(piece).ok()) {
                    all = [all[0].and(&piece.0), all[1].and(&piece.1)];
                }
                either = [either[0].or(&all[0]), either[1].or(&all[1])];
            }
            cells = [cells[0].and(&either[0]), cells[1].and(&either[1])];
        }
        cells
    }

    /// What a piece leads to, or the file that is missing on the way there.
    fn piece(&self, number: u32) -> Result<(Cells, Cells), Blob> {
        let (mut below, mut left) = (&self.table.below, number);
        loop {
            let bits = below.len().trailing_zeros().min(32);
            let Some(blob) = below.get(first_bits(left, bits)) else { return Ok(Default::default()) };
            left = left.checked_shl(bits).unwrap_or(0);
            let node = self.nodes.iter().find(|(hash, _)| *hash == blob.hash);
            let Some((_, node)) = node else { return Err(*blob) };
            if node.below.is_empty() {
                let at = node.pieces.0.binary_search_by_key(&number, |piece| piece.0);
                let cells = at.ok().and_then(|at| node.pieces.0.get(at)).map(|piece| piece.1.clone());
                return Ok(cells.unwrap_or_default());
            }
            below = &node.below;
        }
    }
}
