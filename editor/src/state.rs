//! What the page shows. Only [`crate::actions`] and [`crate::send`] change it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::coords::Wgs84;
use domain::patch::{Op, Patch, PatchError, Uuid};
use domain::station::{Station, StationId};
use domain::text::Lang;
use domain::time::LocalDateTime;
use love_stations::data::{LoadError, World};
use love_stations::edge::clock;
use love_stations::edge::geolocation::FixError;

use crate::form::Form;
use crate::queue::Queue;
use crate::signing::Signing;
use crate::wanted::{Trouble, Wanted, wanted};
use crate::words::Key;

/// Minutes that local time is ahead of UTC until the site's settings are there.
const CHINA: i32 = 480;

/// What fills the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The form.
    #[default]
    Form,
    /// What is about to be sent, in words.
    Review,
    /// The changes that were made.
    Changes,
}

/// How finding the door goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Finding {
    /// Not asked.
    #[default]
    Idle,
    /// Waiting for the phone.
    Asking,
    /// No position.
    Failed(FixError),
    /// A position that is too coarse for a door, by its error in metres.
    Coarse(u32),
    /// A place to move the pin about, and how exact it is where the phone found it.
    Around(Wgs84, Option<u32>),
}

/// Why the server takes nothing from this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The link is revoked or over.
    Over,
    /// It is another station's.
    Other,
}

/// What the server says of the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Whose it is.
    pub name: String,
    /// Its last day.
    pub until: String,
}

/// Everything that is shown.
#[derive(Default)]
pub struct Shown {
    pub(crate) lang: Lang,
    pub(crate) world: Option<Rc<World>>,
    pub(crate) failed: Option<LoadError>,
    /// A newer version of this page waits.
    pub(crate) newer: bool,
    pub(crate) form: Form,
    pub(crate) queue: Queue,
    pub(crate) by: String,
    /// The short code as far as it is typed.
    pub(crate) short_code: String,
    pub(crate) key: Option<String>,
    pub(crate) me: Option<Me>,
    pub(crate) denied: Option<Denied>,
    /// The status that the server refused the last sending with; 0: there is no network.
    pub(crate) unsent: Option<u16>,
    pub(crate) screen: Screen,
    /// Parts of the form that were opened.
    pub(crate) open: BTreeSet<String>,
    pub(crate) toast: Option<Key>,
    /// The phone refused to keep something.
    pub(crate) unkept: bool,
    /// The host said to send all the same what the phone did not keep.
    pub(crate) send_unkept: bool,
    pub(crate) finding: Finding,
    /// In a conflict: whether the host chose their own value of a field, by the change and its number in it.
    pub(crate) choices: BTreeMap<(Uuid, usize), bool>,
    pub(crate) signing: Signing,
    /// The change whose code shows as a picture.
    pub(crate) qr: Option<Uuid>,
}

/// The page.
pub struct Editor {
    /// Which station it is about; none for an address that names none.
    pub(crate) id: Option<StationId>,
    pub(crate) shown: RefCell<Shown>,
    /// Whether something is being sent.
    pub(crate) busy: Cell<bool>,
    /// Whether something is to be sent after that.
    pub(crate) again: Cell<bool>,
    /// Not to ask the server before, in seconds of Unix time.
    pub(crate) not_before: Cell<i64>,
}

impl Editor {
    /// Looks at what is shown.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&Shown) -> T) -> T {
        look(&self.shown.borrow())
    }

    /// Changes what is shown.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut Shown) -> T) -> T {
        change(&mut self.shown.borrow_mut())
    }
}

impl Shown {
    /// Local time at the station, by the phone's clock.
    pub(crate) fn now(&self) -> LocalDateTime {
        let offset = self.world.as_ref().map_or(CHINA, |world| world.site.utc_offset_minutes);
        LocalDateTime::from_unix(clock::unix_seconds(), offset)
    }

    /// The station as it is published.
    pub(crate) fn published(&self, id: &StationId) -> Option<&Station> {
        let catalogue = &self.world.as_ref()?.catalogue;
        catalogue.station(catalogue.find(id.as_str())?)
    }

    /// The station as it will be once everything on its way has happened: what the host sees and changes.
    pub(crate) fn station(&self, id: &StationId) -> Option<Station> {
        let seq = self.world.as_ref()?.index.seq;
        self.queue.ahead(self.published(id)?, seq)
    }

    /// Whether the site takes changes by itself.
    pub(crate) fn has_api(&self) -> bool {
        self.world.as_ref().is_some_and(|world| world.index.api)
    }

    /// What the form asks for.
    pub(crate) fn wanted(&self, station: &Station) -> Wanted {
        wanted(&self.form, station, self.now())
    }

    /// The change that the form asks for, under this name; none where there is something to mend first.
    pub(crate) fn patch(&self, station: &Station, uuid: Uuid, ops: Vec<Op>) -> Result<Patch, PatchError> {
        let seq = self.world.as_ref().map_or(0, |world| world.index.seq);
        let by = Some(self.by.trim()).filter(|by| !by.is_empty()).map(str::to_owned);
        Patch::new(uuid, station.id.clone(), seq, ops, by, self.now())
    }

    /// What stands in the way of sending, in the order it is to be mended.
    pub(crate) fn obstacles(&self, station: &Station, wanted: &Wanted) -> (Vec<Trouble>, Option<PatchError>) {
        let made = self.patch(station, Uuid([0; 16]), wanted.ops.clone());
        (wanted.troubles.clone(), made.err().filter(|error| *error != PatchError::Empty))
    }
}
