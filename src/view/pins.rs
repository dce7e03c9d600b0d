//! What the map shows of the state: the stations of the list, and where none is loaded.

use domain::catalogue::Hit;
use domain::shards::Region;
use domain::text::Lang;

use crate::edge::map::{Pin, PinLook};
use crate::i18n::{Key, tr};
use crate::state::App;

/// How many of the nearest get a marker that can be focused.
const FRONT: usize = 6;

/// The stations of the list as pins, the nearest in front.
pub fn pins(app: App, lang: Lang) -> Vec<Pin> {
    let Some(world) = app.world() else {
        return Vec::new();
    };
    let placed = app.origin().position().is_some();
    let hits = app.hits();
    let front = app.certain().min(FRONT);
    let (emergency, mark) = (world.emergency(app.now()), tr(lang, Key::Shelter));
    let pin = |(number, hit): (usize, &Hit)| {
        let station = world.catalogue.station(hit.index)?;
        let shelter = emergency.is_some_and(|emergency| emergency.is_shelter(&station.id));
        Some(Pin {
            index: hit.index,
            position: station.location.position?,
            look: match hit.status.is_open() {
                Some(true) => PinLook::Open,
                Some(false) => PinLook::Closed,
                None => PinLook::Unknown,
            },
            name: [station.name.get(lang), if shelter { " · " } else { "" }, if shelter { mark } else { "" }]
                .concat(),
            shelter,
            front: placed && number < front,
        })
    };
    hits.iter().enumerate().filter_map(pin).collect()
}

/// Where no station is loaded, and how many may be meant there: of what is more than hours only the stations themselves tell.
pub fn regions(app: App) -> Vec<Region> {
    let Some(world) = app.world() else { return Vec::new() };
    let open = app.filter().only_open().filter(|_| app.query().is_empty());
    world.atlas.regions(open, app.now(), &world.holidays)
}
