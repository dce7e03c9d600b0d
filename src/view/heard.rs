//! What is said of a station just now: that it is a shelter, what riders report, how many praise it. A count, never a rank.

use domain::report::Told;
use domain::station::StationId;

use crate::data::World;
use crate::edge::dom::{El, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;

/// Each in a line.
pub fn heard(app: App, world: &World, id: &StationId) -> Vec<El> {
    let (lang, today) = (app.lang(), app.today());
    let shelter = app.emergency().is_some_and(|emergency| emergency.is_shelter(id));
    let shelter = shelter.then(|| text("span", "said shelter", tr(lang, Key::Shelter)));
    let mut lines: Vec<El> = shelter.into_iter().collect();
    if let Some((_, heard)) = world.heard.iter().find(|(other, _)| other == id) {
        let fresh = heard.told.iter().filter(|told| told.is_fresh(today));
        let line = |told: &Told| text("span", "said told", &i18n::told(lang, told, today));
        lines.extend(fresh.map(line));
        lines.extend((heard.praise > 0).then(|| {
            text("span", "said", i18n::report_kind(lang, domain::report::Kind::Praise))
                .say(" ")
                .say(&heard.praise.to_string())
        }));
    }
    lines
}
