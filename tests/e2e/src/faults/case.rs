//! One case of the matrix: what goes wrong, when, and what must be so all the same.

use std::fmt;

use crate::server::Fault;

/// Seconds that a stalled answer takes.
pub const STALL_S: u64 = 30;

/// On which visit something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// The first one ever.
    First,
    /// A later one, with what the browser keeps.
    Again,
    /// A later one, after the browser has thrown its cache away; what the app itself keeps is there.
    Evicted,
}

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nobody answers.
    Refused,
    /// The connection breaks within the headers.
    CutHead,
    /// The connection breaks halfway.
    Cut,
    /// 404.
    Missing,
    /// 500.
    Error,
    /// Nothing, as if it were right.
    Empty,
    /// Half of it, as if it were all.
    Truncated,
    /// Half of it, and nobody had said how much there is.
    Open,
    /// The page of a public Wi-Fi.
    Portal,
    /// Said to be plain text.
    Kind,
    /// One bit is another.
    Flipped,
    /// The answer comes half a minute later.
    Stall,
}

impl Wrong {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Refused,
        Self::CutHead,
        Self::Cut,
        Self::Missing,
        Self::Error,
        Self::Empty,
        Self::Truncated,
        Self::Open,
        Self::Portal,
        Self::Kind,
        Self::Flipped,
        Self::Stall,
    ];

    /// The fault of a file of `len` bytes.
    pub fn fault(self, len: usize) -> Fault {
        match self {
            Self::Refused => Fault::Refused,
            Self::CutHead => Fault::CutHead,
            Self::Cut => Fault::Cut(len / 2),
            Self::Missing => Fault::Status(404),
            Self::Error => Fault::Status(500),
            Self::Empty => Fault::Body(Vec::new()),
            Self::Truncated => Fault::Truncated(len / 2),
            Self::Open => Fault::Open(len / 2),
            Self::Portal => Fault::Portal,
            Self::Kind => Fault::Kind("text/plain"),
            Self::Flipped => Fault::Flipped(len / 2),
            Self::Stall => Fault::Delay(std::time::Duration::from_secs(STALL_S)),
        }
    }

    /// Whether a page that meets this is still ours: a part of it came, or all of it.
    pub const fn leaves_a_page(self) -> bool {
        matches!(self, Self::Cut | Self::Truncated | Self::Open | Self::Flipped)
    }
}

/// Which requests for a file it meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// The first of the visit alone.
    One,
}

/// What goes wrong, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One request of a visit.
    Request {
        /// On which visit.
        visit: Visit,
        /// What is asked for: its label, see [`super::requests`].
        label: String,
        /// What goes wrong with it.
        wrong: Wrong,
        /// Whether it goes wrong each time.
        which: Which,
    },
    /// The app does not come, and neither do the stations as text.
    NoText(Visit, Wrong),
    /// The index is an older and a newer one in turn.
    Alternating(Visit),
    /// The page, the app and the data are of these three builds; `kept`: what the page names is still there. `before`
    /// was visited before.
    Versions {
        /// The page's build.
        page: usize,
        /// The app's.
        app: usize,
        /// The data's.
        data: usize,
        /// Whether the files of the page's build are still there, too.
        kept: bool,
        /// The build that was visited before, if any.
        before: Option<usize>,
    },
    /// The service worker gets this file wrong on its way in; the page had it whole.
    Install {
        /// The file's label.
        label: String,
        /// What goes wrong.
        wrong: Wrong,
    },
    /// A deploy takes the files of an open page away.
    OpenPage,
    /// The browser dies at this request, counted from 1, of the first visit or, where `update`, of the first visit after a
    /// new build.
    Killed {
        /// The request.
        at: usize,
        /// Whether there was an older build.
        update: bool,
    },
    /// The phone has so many bytes left to keep things.
    Quota(Visit, u32),
    /// The phone's clock is wrong by so many days.
    Clock(Visit, i64),
    /// There are no service workers.
    NoWorker(Visit),
}

/// A case of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case(pub What);

impl Case {
    /// Whether it is mostly waiting, so that many of its kind can run at once.
    pub const fn waits(&self) -> bool {
        matches!(
            self.0,
            What::Request { wrong: Wrong::Stall, .. }
                | What::NoText(_, Wrong::Stall)
                | What::Install { wrong: Wrong::Stall, .. }
        )
    }
}

/// The name by which it can be run again.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            What::Request { visit, label, wrong, which } => {
                let once = if *which == Which::One { "-once" } else { "" };
                write!(f, "{}/{label}/{}{once}", Word(visit), Word(wrong))
            }
            What::NoText(visit, wrong) => write!(f, "{}/no-text/{}", Word(visit), Word(wrong)),
            What::Alternating(visit) => write!(f, "{}/alternating", Word(visit)),
            What::Versions { page, app, data, kept, before } => {
                let letter = |build: usize| char::from(b'a' + u8::try_from(build).unwrap_or_default());
                let kept = if *kept { "kept" } else { "gone" };
                let before = before.map_or_else(String::new, |build| format!("-after-{}", letter(build)));
                write!(f, "versions/{}{}{}-{kept}{before}", letter(*page), letter(*app), letter(*data))
            }
            What::Install { label, wrong } => write!(f, "install/{label}/{}", Word(wrong)),
            What::OpenPage => f.write_str("open-page"),
            What::Killed { at, update } => {
                write!(f, "{}/killed/{at}", if *update { "update" } else { "first" })
            }
            What::Quota(visit, bytes) => write!(f, "{}/quota/{bytes}", Word(visit)),
            What::Clock(visit, days) => write!(f, "{}/clock/{days}", Word(visit)),
            What::NoWorker(visit) => write!(f, "{}/no-worker", Word(visit)),
        }
    }
}

/// A variant's name in lower case, with hyphens.
struct Word<'a, T>(&'a T);

impl<T: fmt::Debug> fmt::Display for Word<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{:?}", self.0);
        let mut word = String::new();
        for (at, c) in name.char_indices() {
            if at > 0 && c.is_ascii_uppercase() {
                word.push('-');
            }
            word.push(c.to_ascii_lowercase());
        }
        f.write_str(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_happens() {
        let request =
            |visit, label: &str, wrong, which| What::Request { visit, label: label.into(), wrong, which };
        for (what, name) in [
            (request(Visit::First, "app.wasm", Wrong::CutHead, Which::All), "first/app.wasm/cut-head"),
            (request(Visit::Evicted, "page", Wrong::Stall, Which::One), "evicted/page/stall-once"),
            (What::Clock(Visit::Again, -3650), "again/clock/-3650"),
            (
                What::Versions { page: 0, app: 1, data: 2, kept: false, before: Some(2) },
                "versions/abc-gone-after-c",
            ),
        ] {
            assert_eq!(Case(what).to_string(), name);
        }
    }
}
