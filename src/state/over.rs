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
