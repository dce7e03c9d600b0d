//! What happens, as the journal keeps it. An event holds what came of it, so that reading the journal again needs no judging and
//! gives the same with every version of this program.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::merge::Edit;

/// A station as an event leaves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Put {
    /// Its id.
    pub id: String,
    /// Its place in the list, for one that comes back.
    pub at: usize,
    /// What it is; none where it is removed.
    pub json: Option<Json>,
}

/// A change as it was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its own name.
    pub uuid: String,
    /// The station.
    pub station: String,
    /// The change, as its author wrote it.
    pub code: String,
    /// The link it came by.
    pub link: u32,
    /// Its fields, by number, that are in the list.
    pub live: Vec<usize>,
    /// Those that wait for staff.
    pub review: Vec<usize>,
    /// Those that were so already.
    pub same: Vec<usize>,
    /// The station with it; none where nothing went live.
    pub put: Option<Put>,
    /// What it takes to take it back.
    pub edits: Vec<Edit>,
    /// The minute that it counts for: when its phone says that it was made, no later than it came. Empty in older entries.
    #[serde(default)]
    pub at: String,
}

/// What staff said to what waited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The number of the change's entry.
    pub of: u64,
    /// Whether it was taken.
    pub accepted: bool,
    /// The fields that are in the list by it, by number.
    pub live: Vec<usize>,
    /// The station with it; none where nothing came of it.
    pub put: Option<Put>,
    /// What it takes to take it back.
    pub edits: Vec<Edit>,
}

/// A link for one person and one station. The token and the code are not in it, only what knows them again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Its number, from 1.
    pub number: u32,
    /// The station.
    pub station: String,
    /// Whose it is.
    pub name: String,
    /// SHA-256 of its tokens: the link's own, and those given for its short code.
    pub tokens: Vec<String>,
    /// HMAC-SHA-256 of its short code under the folder's key.
    pub code: String,
    /// Until when it is good, in seconds since 1970 UTC.
    pub until: i64,
    /// Whether it was taken away.
    pub revoked: bool,
}

impl Link {
    /// Whether it lets somebody in at a time, in seconds since 1970 UTC.
    pub const fn is_good_at(&self, now: i64) -> bool {
        !self.revoked && now < self.until
    }
}

/// What a rider reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its own name: 32 hexadecimal digits.
    pub uuid: String,
    /// The station.
    pub station: String,
    /// What it is about, in a word.
    pub kind: String,
    /// In the rider's words.
    pub text: String,
    /// When it came, by the minute, in China.
    pub at: String,
    /// Whether it counts as another rider's: from one place the same thing counts once a day.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub counted: bool,
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_yes(value: &bool) -> bool {
    *value
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// The list as it was found: at first, and whenever somebody edited the file.
    Adopted {
        /// SHA-256 of the file, which is kept under it.
        list: String,
        /// Changes that were in the list and are not in this one, though nobody took them back: they wait for a
        /// decision, by entry and fields.
        over: Vec<(u64, Vec<usize>)>,
    },
    /// The reports as they were found.
    Reports {
        /// SHA-256 of the file, which is kept under it.
        file: String,
        /// Those that came while it was edited: they are put behind its own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        back: Vec<Json>,
    },
    /// A host's change.
    Change(Box<Change>),
    /// A decision on what waited.
    Review(Box<Review>),
    /// A change, or what a review took, was taken back.
    Undone {
        /// Its entry.
        of: u64,
        /// The reviews that took what waited of it, where they were taken back with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        with: Vec<u64>,
        /// The station without it; none where nothing of it was in the list.
        put: Option<Put>,
    },
    /// The list became again what it was.
    Restored {
        /// The last entry of that time.
        to: u64,
        /// SHA-256 of the whole state of that time, which is kept under it; in older entries of the list alone.
        list: String,
    },
    /// A link was made.
    Link(Link),
    /// A link has new secrets; the old ones are good for nothing.
    Rotated {
        /// Its number.
        number: u32,
        /// SHA-256 of the new token.
        token: String,
        /// Of the new short code.
        code: String,
        /// Until when it is good.
        until: i64,
    },
    /// A link was taken away.
    Revoked {
        /// Its number.
        number: u32,
    },
    /// Somebody typed a link's short code and got a token.
    Used {
        /// Its number.
        number: u32,
        /// SHA-256 of that token.
        token: String,
    },
    /// A rider's report.
    Report(Report),
    /// Reports that are kept no longer, by name.
    Trimmed {
        /// Those whose time is over.
        over: Vec<String>,
        /// Those that were too many.
        dropped: Vec<String>,
        /// When, by the minute, in China.
        at: String,
    },
    /// Somebody's data were taken out.
    Redacted {
        /// The entries that were forgotten.
        entries: Vec<u64>,
        /// SHA-256 of the whole state without them, which is kept under it.
        state: String,
        /// SHA-256 of the book of merged chats without them, which is kept under it until it has taken the other's place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        book: Option<String>,
    },
    /// A line that a power cut left half was put aside.
    Cut {
        /// Its length in bytes.
        bytes: u64,
    },
    /// The number of what was published before is higher than the journal knew.
    Raised {
        /// The number that the next edition counts from.
        edition: u64,
    },
}

impl Event {
    /// Its word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Adopted { .. } => "adopted",
            Self::Reports { .. } => "reports",
            Self::Change(_) => "change",
            Self::Review(_) => "review",
            Self::Undone { .. } => "undone",
            Self::Restored { .. } => "restored",
            Self::Link(_) => "link",
            Self::Rotated { .. } => "rotated",
            Self::Revoked { .. } => "revoked",
            Self::Used { .. } => "used",
            Self::Report(_) => "report",
            Self::Trimmed { .. } => "trimmed",
            Self::Redacted { .. } => "redacted",
            Self::Cut { .. } => "cut",
            Self::Raised { .. } => "raised",
        }
    }

    /// The file it needs beside the journal.
    pub fn blob(&self) -> Option<&str> {
        match self {
            Self::Adopted { list, .. } | Self::Restored { list, .. } => Some(list),
            Self::Reports { file, .. } => Some(file),
            Self::Redacted { state, .. } => Some(state),
            _ => None,
        }
    }
}
