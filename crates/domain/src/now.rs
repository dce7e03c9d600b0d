//! What holds just now and changes faster than the stations: where to go in an emergency, and what riders say.
//!
//! A published file of its own, `now`: apps that are older leave it alone and show the rest rightly, and a new report makes no phone
//! load the stations again. There is none where it would say nothing.

use crate::report::{Heard, Reports};
use crate::site::Site;
use crate::station::StationId;
use crate::time::LocalDateTime;
use crate::wire::wire;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// [`Emergency::since`].
    pub since: Option<LocalDateTime>,
    /// [`Emergency::shelters`].
    pub shelters: Option<Vec<StationId>>,
    /// What riders say, by station, in the order of the ids.
    pub heard: Vec<(StationId, Heard)>,
}

wire! { Now { since, shelters, heard } }

impl Now {
    /// What a site's settings and its riders say.
    pub fn new(site: &Site, reports: &Reports) -> Self {
        let emergency = site.emergency.as_ref();
        Self {
            since: emergency.and_then(|emergency| emergency.since),
            shelters: emergency.and_then(|emergency| emergency.shelters.clone()),
            heard: reports.heard().into_iter().collect(),
        }
    }

    /// Puts what belongs to the settings where it belongs; what riders say remains.
    pub fn settle(self, site: &mut Site) -> Vec<(StationId, Heard)> {
        let Self { since, shelters, heard } = self;
        if let Some(emergency) = &mut site.emergency {
            emergency.since = since;
            emergency.shelters = shelters;
        }
        heard
    }
}
