//! Where distances are measured from, and how finding that out goes.

use domain::coords::Wgs84;

use crate::edge::geolocation::{Fix, FixError};

/// Where distances are measured from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Origin {
    /// Nowhere yet.
    #[default]
    Unknown,
    /// The phone's position.
    Rider(Fix),
    /// A place somebody chose.
    Chosen {
        /// Where.
        position: Wgs84,
        /// Its name: a district; none for a point on the map.
        name: Option<String>,
    },
}

impl Origin {
    /// The place, if there is one.
    pub const fn position(&self) -> Option<Wgs84> {
        match self {
            Self::Unknown => None,
            Self::Rider(fix) => Some(fix.position),
            Self::Chosen { position, .. } => Some(*position),
        }
    }
}

/// How asking the phone for its position goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locating {
    /// Not asked, or answered.
    #[default]
    Idle,
    /// Waiting for the answer.
    Asking,
    /// No position.
    Failed(FixError),
}
