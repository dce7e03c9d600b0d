//! What can go wrong, in words that say what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command failed.
#[derive(Debug)]
pub enum Trouble {
    /// The disk.
    Disk {
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// A tool is missing and could not be installed.
    Missing {
        /// What.
        tool: String,
        /// What to do.
        remedy: String,
    },
    /// A step ended with an error, which it has printed itself.
    Failed(String),
    /// The basemap's sources.
    Basemap(String),
    /// Rules of the house that are broken, one a line.
    Untidy(Vec<String>),
    /// The command line.
    Usage(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Missing { tool, remedy } => {
                write!(f, "{tool} is missing and could not be installed.\n{remedy}")
            }
            Self::Failed(step) => write!(f, "{step} failed; what it said is above"),
            Self::Basemap(what) => write!(f, "basemap: {what}"),
            Self::Untidy(rules) => write!(f, "{} things are untidy:\n{}", rules.len(), rules.join("\n")),
            Self::Usage(what) => f.write_str(what),
        }
    }
}

/// Says of a disk error where it happened.
pub fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, Trouble> {
    result.map_err(|error| Trouble::Disk { path: path.to_owned(), error })
}
