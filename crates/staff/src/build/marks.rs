//! What holds of a station just now, as plain HTML: that it is a shelter, what several riders say. The page may be read long after
//! it was built, so that it says the day of the last of them, with its year.

use std::collections::BTreeMap;
use std::fmt;

use domain::report::{Reports, Told};
use domain::site::Site;
use domain::station::{Station, StationId};
use domain::time::Date;

use super::emergency::{SHELTER, is_shelter};
use super::html::Escaped;
use crate::words::{Said, report};

/// The marks of all stations.
pub(super) struct Marks<'a> {
    site: &'a Site,
    /// What several riders say, by station.
    told: BTreeMap<StationId, Vec<Told>>,
}

impl<'a> Marks<'a> {
    /// Of a site, with what its riders say that is fresh on the day of the build.
    pub(super) fn new(site: &'a Site, reports: Option<&Reports>, today: Date) -> Self {
        let heard = reports.map(Reports::heard).unwrap_or_default();
        let fresh = |told: Vec<Told>| told.into_iter().filter(|one| one.is_fresh(today)).collect();
        Self { site, told: heard.into_iter().map(|(id, heard)| (id, fresh(heard.told))).collect() }
    }

    /// A station's marks, each in a paragraph of its own, in the app's classes; nothing where it has none.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, station: &Station) -> fmt::Result {
        if is_shelter(self.site, station) {
            write!(f, "<p>{SHELTER}</p>")?;
        }
        for told in self.told.get(&station.id).into_iter().flatten() {
            let Said { zh, en } = report::told(told);
            let (zh, en) = (Escaped(&zh), Escaped(&en));
            write!(f, "<p class=\"said told\">{zh} <span lang=\"en\">{en}</span></p>")?;
        }
        Ok(())
    }
}
