//! How the stations that are there become more.

use crate::data::LoadError;

/// How many stations are loaded around a rider although nobody asks for so many yet: what a thumb comes to next, also
/// without a network. A town's list fits whole.
pub const ROOM: usize = 240;
/// How many stations are looked through for one question that few fit; then somebody has to want more.
pub const BUDGET: usize = 1_500;

/// How loading more goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Growth {
    /// All that is wanted is there.
    #[default]
    Idle,
    /// Loading; true while the list waits for it.
    Busy(bool),
    /// Something did not come.
    Failed(LoadError),
}

impl Growth {
    /// Whether something did not come.
    pub const fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Whether anything is being loaded.
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    /// Whether the list waits for more.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(true))
    }
}
