//! How what is shown stands to what is published: the edition as a whole, and of it the stations that are wanted.

use crate::data::LoadError;

/// How many stations are loaded around a rider although nobody asks for so many yet: what a thumb comes to next, also
/// without a network.
pub const ROOM: usize = 120;
/// A list of so many is loaded whole: a town's.
pub const TOWN: usize = 240;
/// How many more stations are looked through for a filter that few fit, or for words: 70 KB. Then somebody has to want more.
pub const BUDGET: usize = 600;

/// How the shown data stands to the published data, or the stations that are there to those that are wanted. (One type
/// for both, as each type of a signal is a kilobyte of the download.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Being asked for.
    Asking,
    /// What is wanted is there, and what is next to it is being asked for.
    Ahead,
    /// The newest is shown; what is wanted is there.
    Done,
    /// It could not be had; what is shown, if anything, is what this phone kept.
    Failed {
        /// Why.
        error: LoadError,
        /// How many seconds before that this phone last saw that what it keeps is the newest, by its own clock; none
        /// where it never did.
        age: Option<i64>,
    },
}
