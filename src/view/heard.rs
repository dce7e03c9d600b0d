//! What is said of a station just now: that it is a shelter, what riders report, how many praise it. A count, never a rank.

use domain::report::Kind;
use domain::station::StationId;

use crate::data::World;
use crate::edge::dom::{El, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;

/// Each in a line.
pub fn heard(app: App, world: &World, id: &StationId) -> Vec<El> {
    let (lang, today) = (app.lang(), app.today());
    let mut lines = Vec::new();
    if world.emergency(app.now()).is_some_and(|emergency| emergency.is_shelter(id)) {
        lines.push(text("span", "said shelter", tr(lang, Key::Shelter)));
    }
    if let Some((_, heard)) = world.heard.iter().find(|(other, _)| other == id) {
        for told in &heard.told {
            if told.is_fresh(today) {
                lines.push(text("span", "said told", &i18n::told(lang, told, today)));
            }
        }
        if heard.praise > 0 {
            let praise = text("span", "said", i18n::report_kind(lang, Kind::Praise)).say(" ");
            lines.push(praise.say(&usize::from(heard.praise).to_string()));
        }
    }
    lines
}
