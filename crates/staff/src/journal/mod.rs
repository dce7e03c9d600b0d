//! What hosts, riders and staff said, kept so that nothing that was confirmed is ever lost: an append-only journal beside the list.
//!
//! [`Store::hold`] locks, reads on and takes in what others wrote; [`Store::write`] has an event on the disk before it returns;
//! [`Store::show`] rewrites the files that people see from it. The rest are the things that can happen: a host's change
//! ([`Store::change`]), what staff decide, links, reports, taking back, and forgetting.
//!
//! ```text
//! DIR/data/stations.json, reports.json   views, rebuilt from the journal
//! DIR/.staff/lock                        held for each write, by the server and by every command
//! DIR/.staff/views.json                  which views this tool wrote, so that an edit by hand is known
//! DIR/.staff/key                         what short codes are hashed under
//! DIR/.staff/site.json, holidays.json    the settings as they were when they were good last
//! DIR/.staff/journal/log                 the journal, a line an entry
//! DIR/.staff/journal/snapshot            the state some entries ago
//! DIR/.staff/journal/HASH.json           lists and states that entries name
//! DIR/.staff/journal/torn-N              what a power cut left of entry N
//! ```

mod change;
mod event;
pub mod files;
mod forget;
mod kept;
mod known;
mod line;
mod link;
mod read;
mod report;
mod restore;
mod review;
mod settings;
mod state;
mod store;
mod undo;
mod view;
mod views;

pub use change::{Outcome, Refusal};
pub use event::{Change, Event, Link, Put, Report, Review};
pub use files::Disk;
pub use forget::Forgotten;
pub use known::{Fate, Known, Same, Waiting};
pub use line::{Line, Rest, Tip, read};
pub use link::{Keys, Made, is_code};
pub use report::{DAYS, OF_ALL, OF_ONE};
pub use restore::NoTime;
pub use review::NoReview;
pub use state::State;
pub use store::{FOLDER, JOURNAL, LOG, Store, StoreError, event, system_clock};
pub use undo::NoUndo;
pub use view::View;

/// Opens the journal of a source folder, unless a symlink is where something would be written or the journal is another user's.
pub fn open(folder: &std::path::Path) -> Result<Store<Disk>, StoreError> {
    let disk = Disk::new(folder);
    if let Some(path) = disk.symlink(&[FOLDER, ".staff/journal", LOG, LIST, REPORTS]) {
        return Err(StoreError::Link(path));
    }
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(folder.join(FOLDER)) {
        let (owner, own) = (std::os::unix::fs::MetadataExt::uid(&found), rustix::process::geteuid().as_raw());
        if owner != own {
            return Err(StoreError::Owner(owner, own));
        }
    }
    Store::open(disk)
}

/// The list of stations, below the source folder.
pub const LIST: &str = crate::source::STATIONS;
/// The riders' reports, below the source folder.
pub const REPORTS: &str = "data/reports.json";
