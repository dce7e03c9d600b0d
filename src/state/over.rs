//! What lies over the screen for a while.

use domain::report;

/// A short word at the bottom of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    /// The text is in the clipboard.
    Copied,
    /// The browser would not copy.
    NotCopied,
    /// The tile provider does not answer; the embedded map shows.
    TilesFailed,
    /// New data are shown.
    Updated,
    /// A report has arrived.
    Sent,
    /// A report waits on this phone.
    Waiting,
    /// A report was not taken and does not wait.
    NotSent,
    /// So many stations are not kept.
    TooMuch,
}

/// The dialog that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Choose a map app to be led to this station.
    Navigate(u32),
    /// Choose a place to look from.
    Place,
    /// All filters.
    Filters,
    /// Share this station, or the list as it is filtered.
    Share(Option<u32>),
    /// A station's poster.
    Poster(u32),
    /// Report something of a station; what, once it is chosen.
    Report(u32, Option<report::Kind>),
}

impl Dialog {
    /// The station that it is about.
    pub const fn station(self) -> Option<u32> {
        match self {
            Self::Navigate(index) | Self::Poster(index) | Self::Report(index, _) => Some(index),
            Self::Share(index) => index,
            Self::Place | Self::Filters => None,
        }
    }

    /// The same about another station, or about this one where it has another number.
    #[must_use]
    pub const fn of(self, index: u32) -> Self {
        match self {
            Self::Navigate(_) => Self::Navigate(index),
            Self::Poster(_) => Self::Poster(index),
            Self::Report(_, kind) => Self::Report(index, kind),
            Self::Share(Some(_)) => Self::Share(Some(index)),
            Self::Share(None) | Self::Place | Self::Filters => self,
        }
    }
}
