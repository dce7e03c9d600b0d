//! From a station's id to where its shard is.
//!
//! A [`Table`] names buckets by the first bits of the ids' hashes; a [`Bucket`] says for each hash where on the map the
//! station stands in the tree. So an edit that moves nobody changes no bucket, and any station of the nation is found
//! with two small files and the shard.

use sha2::{Digest, Sha256};

use super::{Blob, Extent};
use crate::wire::{Reader, Wire, Writer, wire};

/// Ids in a bucket, at most about: 10 KB.
const FULL: usize = 1_000;

/// The buckets: a power of two of them, in the order of the hashes.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The buckets' files.
    pub buckets: Vec<Blob>,
}

/// Hashes of ids in their order, and where their stations stand. Where no place is known in the whole list, nowhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bucket(pub(super) Vec<(u32, Option<Extent>)>);

wire! { Table { buckets } }

/// What an id is found by.
pub(super) fn hash(id: &str) -> u32 {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(4).fold(0, |hash, &byte| hash << 8 | u32::from(byte))
}

/// How many buckets so many ids take.
pub(super) const fn buckets(ids: usize) -> usize {
    ids.div_ceil(FULL).next_power_of_two()
}

/// In which of so many buckets a hash is.
pub(super) fn bucket_of(hash: u32, buckets: usize) -> usize {
    // Shifted in 64 bits, where a shift by 32 for a single bucket is none too far.
    usize::try_from(u64::from(hash) >> (32 - buckets.trailing_zeros().min(32))).unwrap_or(0)
}

impl Table {
    /// The file of the bucket that would have this id.
    pub fn bucket(&self, id: &str) -> Option<&Blob> {
        self.buckets.get(bucket_of(hash(id), self.buckets.len()))
    }
}

impl Bucket {
    /// Where stations stand that may have this id: none, if there is none with it. More than one where two ids have
    /// one hash.
    pub fn find(&self, id: &str) -> Vec<Option<Extent>> {
        let hash = hash(id);
        self.0.iter().filter(|(other, _)| *other == hash).map(|(_, at)| *at).collect()
    }
}

// Hashes are in order, so that what they grow by is shorter.
impl Wire for Bucket {
    fn put(&self, out: &mut Writer) {
        (self.0.len() as u64).put(out);
        let mut last = 0;
        for (hash, at) in &self.0 {
            u64::from(hash.wrapping_sub(last)).put(out);
            last = *hash;
            at.map(|at| (at.west, at.south)).put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let mut last = 0_u32;
        let entries = <Vec<(u64, Option<(i32, i32)>)> as Wire>::take(from);
        let entries = entries.into_iter().map(|(step, at)| {
            last = last.wrapping_add(u32::try_from(step).unwrap_or(u32::MAX));
            let at = at.map(|(west, south)| Extent { west, south, east: west, north: south });
            (last, at)
        });
        Self(entries.collect())
    }
}
