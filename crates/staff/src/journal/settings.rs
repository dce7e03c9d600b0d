//! What is published beside the list. A typo in one file holds up nobody's change: its last good copy is published until it is mended.

use std::io;

use super::files::{Files, put};
use super::store::{Store, StoreError, at};
use super::{LIST, REPORTS};
use crate::source::{self, HOLIDAYS, SITE};
use crate::trouble::Item;

/// The settings, and where the last good copy of each is kept.
const KEPT: [(&str, &str); 2] = [(SITE, ".staff/site.json"), (HOLIDAYS, ".staff/holidays.json")];
/// The reports where none were ever good.
const NONE: &str = r#"{"schema": 1, "reports": []}"#;

impl<F: Files> Store<F> {
    /// The files that are published: the list and the reports as the journal has them, the settings as they stand, or as they were when they
    /// were good last. One that never was is not among them.
    pub(crate) fn published(&mut self) -> source::Files {
        let reports = self.state.reports.as_mut().map(|view| view.text().to_vec());
        let reports = reports.filter(|bytes| super::views::is_good(REPORTS, bytes));
        let mut all = source::Files::from([
            (LIST, self.state.list.text().to_vec()),
            (REPORTS, reports.unwrap_or_else(|| NONE.into())),
        ]);
        for (path, kept) in KEPT {
            let (now, before) = (good(path, self.files.read(path, 0)), self.files.read(kept, 0));
            if let Some(bytes) = &now
                && before.as_ref().ok() != Some(bytes)
            {
                // Where there is no room, the next time: nothing depends on it until somebody makes a mistake.
                let _ = put(&self.files, kept, bytes);
            }
            all.extend(now.or_else(|| good(path, before)).map(|bytes| (path, bytes)));
        }
        all
    }

    /// The first error of each file that is not published as it stands.
    pub fn stalled(&self) -> Vec<Item> {
        let edited = self.broken().into_iter();
        let paths = edited.chain(KEPT.map(|(path, _)| path));
        paths.filter_map(|path| source::wrong(path, self.files.read(path, 0).as_deref())).collect()
    }

    /// A file of settings that is broken as it stands, so that its kept copy is needed.
    pub(super) fn needed(&self) -> Option<&'static str> {
        let is_there = |path: &str| self.files.stat(path).is_ok_and(|stat| stat.is_some());
        let mut needed = KEPT
            .iter()
            .filter(|(path, kept)| is_there(kept) && good(path, self.files.read(path, 0)).is_none());
        needed.next().map(|(path, _)| *path)
    }

    /// Takes the kept copies away. The next that is published is kept again.
    pub(super) fn drop_settings(&self) -> Result<(), StoreError> {
        KEPT.iter().try_for_each(|(_, kept)| at(kept, self.files.remove(kept)))
    }
}

fn good(path: &'static str, read: io::Result<Vec<u8>>) -> Option<Vec<u8>> {
    if source::wrong(path, read.as_deref()).is_none() { read.ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// A copy is kept, used while it is needed, and gone with whom it may name.
    #[test]
    fn the_last_good_copy_is_published_and_forgets() {
        let folder = tempfile::tempdir().unwrap();
        let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/good/data");
        fs::create_dir(folder.path().join("data")).unwrap();
        for name in ["stations.json", "site.json", "holidays.json"] {
            fs::copy(good.join(name), folder.path().join("data").join(name)).unwrap();
        }
        let (site, kept) = (folder.path().join(SITE), folder.path().join(KEPT[0].1));
        let was = fs::read_to_string(&site).unwrap();
        let mut store = crate::journal::open(folder.path()).unwrap();
        assert_eq!(store.published()[SITE], was.as_bytes());
        assert!(store.stalled().is_empty() && store.needed().is_none());
        // Broken before anything of the kind was good: it is what it is, and a build says so.
        fs::remove_file(&kept).unwrap();
        fs::write(&site, "{").unwrap();
        assert!(!store.published().contains_key(SITE));
        assert_eq!((store.stalled().len(), store.needed()), (1, None));
        fs::write(&site, &was).unwrap();
        store.published();
        fs::remove_file(&site).unwrap();
        assert_eq!(store.published()[SITE], was.as_bytes(), "also where it is gone");
        fs::write(&site, was.replacen("\"schema\": 1", "\"schema\": true", 1)).unwrap();
        assert_eq!(store.published()[SITE], was.as_bytes());
        // A copy of another program's time is judged, too.
        fs::write(&kept, "{}").unwrap();
        assert!(!store.published().contains_key(SITE));
        fs::write(&kept, &was).unwrap();
        let name = "樾檀山";
        assert!(matches!(store.forget(name), Err(StoreError::Broken(SITE))));
        fs::write(&site, &was).unwrap();
        store.forget(name).unwrap().unwrap();
        assert!(!kept.exists());
        assert_eq!(store.published()[SITE], was.as_bytes());
        assert!(kept.exists());
    }
}
