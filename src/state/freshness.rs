//! How what is shown stands to what is published.

use crate::data::LoadError;

/// How the shown data stands to the published data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Being asked for.
    Asking,
    /// The newest is shown.
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
