//! Filter chips.

use domain::amenity::Amenity;
use domain::filter::OpenWhen;

use super::command::{Command, Plain};
use super::words::{button, round_button};
use crate::edge::dom::El;
use crate::i18n::{self, Key, tr};
use crate::state::App;

/// The amenities with a chip of their own: what riders ask for most. The rest are in the filter dialog.
const CHIPS: [Amenity; 6] = [
    Amenity::Water,
    Amenity::HotWater,
    Amenity::Charging,
    Amenity::Toilet,
    Amenity::Heating,
    Amenity::Microwave,
];

/// A filter that is on or off. `place` keeps ids apart where the same chip stands twice on the screen.
fn chip(place: &str, on: bool, picture: &str, label: &str, command: &Command) -> El {
    let word = command.to_word();
    button(if on { "chip is-on" } else { "chip" }, picture, label, command)
        .attr("id", &format!("{place}-{word}"))
        .attr("aria-pressed", if on { "true" } else { "false" })
}

fn amenity_chip(app: App, place: &str, amenity: Amenity) -> El {
    let on = app.filter().amenities.has(amenity);
    chip(place, on, amenity.word(), i18n::amenity(app.lang(), amenity), &Command::Amenity(amenity))
}

fn open_chips(app: App, place: &str) -> [El; 2] {
    let open = app.filter().open;
    let t = |key| tr(app.lang(), key);
    [
        chip(place, open == OpenWhen::Now, "ui-clock", t(Key::OpenNow), &Command::Plain(Plain::OpenNow)),
        chip(
            place,
            open == OpenWhen::Always,
            "ui-calendar",
            t(Key::Open24),
            &Command::Plain(Plain::OpenAlways),
        ),
    ]
}

/// The button that empties the search field, while there is something in it.
pub fn clear(app: App) -> Option<El> {
    let clear = || {
        round_button("ui-close", tr(app.lang(), Key::ClearSearch), &Command::Plain(Plain::ClearSearch))
            .class("clear")
    };
    (!app.search().is_empty()).then(clear)
}

/// The chips under the search field.
pub fn chips(app: App) -> Vec<El> {
    let filter = app.filter();
    let hidden = filter.amenities.iter().filter(|amenity| !CHIPS.contains(amenity)).count()
        + usize::from(filter.kind.is_some())
        + usize::from(matches!(filter.open, OpenWhen::At(_)));
    let mut label = tr(app.lang(), Key::AllFilters).to_owned();
    if hidden > 0 {
        label = format!("{label} ({hidden})");
    }
    let class = if hidden > 0 { "chip is-on" } else { "chip" };
    let all = button(class, "ui-filter", &label, &Command::Plain(Plain::Filters)).attr("id", "chip-filters");
    let [now, always] = open_chips(app, "chip");
    let amenities = CHIPS.into_iter().map(|amenity| amenity_chip(app, "chip", amenity));
    [now, all, always].into_iter().chain(amenities).collect()
}

/// When, in the filter dialog.
pub fn open_choices(app: App) -> Vec<El> {
    open_chips(app, "all").into()
}

/// What, in the filter dialog.
pub fn amenity_choices(app: App) -> Vec<El> {
    Amenity::ALL.iter().map(|&amenity| amenity_chip(app, "all", amenity)).collect()
}
