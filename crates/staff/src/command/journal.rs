//! What the commands around the journal share.

use std::fs::File;
use std::path::Path;

use domain::time::LocalDateTime;

use super::{CHINA_MINUTES, DISK, REFUSED};
use crate::journal::{self, Disk, Store, StoreError};
use crate::kept::{is_served, source_of};
use crate::words::{Said, journal as say};

/// Why a command did not do what it should, and its exit code.
pub(super) type Failure = (Said, u8);

/// Opens the journal of a source folder.
pub(super) fn open(data: &Path) -> Result<Store<Disk>, Failure> {
    journal::open(data).map_err(|error| failure(&error))
}

/// An error of the journal.
pub(super) fn failure(error: &StoreError) -> Failure {
    let code = match error {
        StoreError::BadList
        | StoreError::BadBook(_)
        | StoreError::Damaged(_)
        | StoreError::Senseless(_)
        | StoreError::Owner(..)
        | StoreError::Broken(_)
        | StoreError::Kept(..) => REFUSED,
        StoreError::Disk(..) | StoreError::NoList | StoreError::Link(_) => DISK,
    };
    (say::store(error), code)
}

/// Holds the journal that a file of its folder is a view of, with the file as the journal has it: an edit begins there, and nobody writes
/// until it is dropped. Nothing where no server keeps that folder.
pub(super) fn hold_shown(file: &Path) -> Result<Option<File>, Failure> {
    if !is_served(file) {
        return Ok(None);
    }
    let mut store = open(source_of(file))?;
    let held = store.hold().and_then(|hold| store.show().map(|()| hold));
    held.map(Some).map_err(|error| failure(&error))
}

/// Rewrites the files that people see after something was written into the journal, which has it whatever happens here.
pub(super) fn show(store: &mut Store<Disk>) -> Result<(), Failure> {
    let shown = store.hold().and_then(|hold| {
        let shown = store.show();
        store.keep();
        drop(hold);
        shown
    });
    shown.map_err(|error| {
        let said = say::store(&error);
        let zh = format!("已经记下，但 data/ 里的文件还没有跟上：{}", said.zh);
        (Said::new(zh, format!("it is taken down, but the files in data/ are behind: {}", said.en)), DISK)
    })
}

/// A moment as people read it, in China.
pub(super) fn when(unix: i64) -> String {
    LocalDateTime::from_unix(unix, CHINA_MINUTES).to_string().replace('T', " ")
}
