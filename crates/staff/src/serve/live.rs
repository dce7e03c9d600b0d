//! Keeps the published site up with the journal: the data at once, the pages around them after, one build at a time.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use domain::time::LocalDateTime;

use super::api::Api;
use super::log::{CHINA_MINUTES, Event, Log};
use crate::build::{self, BuildError, Live};
use crate::journal::{Disk, Store, StoreError, system_clock};
use crate::progress::Progress;
use crate::trouble::{Item, Keep};
use crate::words::{Lang, Said, journal as say};

/// How often the journal and the files are looked at for what others wrote.
const LOOK: Duration = Duration::from_millis(250);
/// How long a data file stays after the index stopped naming it.
const STAY: Duration = Duration::from_mins(15);
/// How long the pages rest at least between two builds.
const REST: Duration = Duration::from_secs(2);

/// What is published, from where to where.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) source: PathBuf,
    pub(super) out: PathBuf,
    pub(super) packed: bool,
    pub(super) worker: bool,
}

/// Why the site is not up with the journal.
#[derive(Debug)]
pub enum LiveError {
    /// The journal.
    Store(StoreError),
    /// The build.
    Build(Box<BuildError>),
}

impl From<StoreError> for LiveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<BuildError> for LiveError {
    fn from(error: BuildError) -> Self {
        Self::Build(Box::new(error))
    }
}

/// What was published last.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// The last entry.
    seq: u64,
    /// The last redaction.
    redacted: u64,
    /// Data files that are not named any more, and since when.
    old: VecDeque<(Instant, String)>,
    /// The settings and the holidays, by when they were written and their lengths.
    settings: Settings,
    /// Why files are not published as they stand, but as they were when they were good last.
    pub(super) stalled: Vec<Item>,
}

/// When files were written, and their lengths.
type Settings = [Option<(SystemTime, u64)>; 2];

/// The threads that publish. They end with it.
#[derive(Debug)]
pub(super) struct Publisher {
    api: Arc<Api>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.api.bell().ring();
        for thread in self.threads.drain(..) {
            // A build in its middle is waited for: it takes seconds, and what it puts in place is whole at any time.
            let _ = thread.join();
        }
    }
}

impl Site {
    fn options(&self, store: &mut Store<Disk>, prune: bool) -> build::Options {
        build::Options {
            source: self.source.clone(),
            out: self.out.clone(),
            previous: self.out.clone(),
            conf: None,
            packed: self.packed,
            worker: self.worker,
            prune,
            today: LocalDateTime::from_unix(system_clock(), CHINA_MINUTES).date(),
            keep: Keep::WARNINGS,
            progress: Progress::none(),
            live: Some(Live { edition: store.state().edition, files: store.published() }),
        }
    }

    /// Publishes all there is, before anybody is served.
    pub(super) fn first(&self, api: &Api) -> Result<Done, LiveError> {
        let mut done = Done::default();
        build::clean(&self.out).map_err(BuildError::from)?;
        self.data(api, &mut done)?;
        self.pages(api, done.redacted > 0)?;
        Ok(done)
    }

    /// The settings and the holidays as they stand: staff edit them, the emergency switch among them, while the server runs.
    fn settings(&self) -> Settings {
        ["site.json", "holidays.json"].map(|name| {
            let found = std::fs::metadata(self.source.join("data").join(name)).ok()?;
            Some((found.modified().ok()?, found.len()))
        })
    }

    /// Publishes the data if the journal went on, or somebody wrote into the files. Whether there was something.
    fn data(&self, api: &Api, done: &mut Done) -> Result<bool, LiveError> {
        let settings = self.settings();
        let (options, seq, redacted, stalled) = {
            let mut store = api.store();
            if !store.look()?
                && store.seq() == done.seq
                && settings == done.settings
                && !store.is_edited()?
                && self.is_own(store.state().edition)
            {
                return Ok(false);
            }
            let hold = store.hold()?;
            store.show()?;
            store.keep();
            drop(hold);
            // Of one moment: what shows somebody who was forgotten goes once a list without them is in place, and not before.
            (self.options(&mut store, false), store.seq(), store.state().redacted, store.stalled())
        };
        let named = match build::publish_data(&options) {
            Err(BuildError::Behind(seq)) => {
                let mut store = api.store();
                let hold = store.hold()?;
                store.raise(seq + 1)?;
                drop(hold);
                return Ok(true);
            }
            published => published?,
        };
        let now = Instant::now();
        // Names are made of what is in a file: one that is as it was before has its old name again, and stays.
        done.old.retain(|(_, path)| !named.now.contains(path));
        done.old.extend(named.old.into_iter().map(|path| (now, path)));
        let stay = if redacted == done.redacted { STAY } else { Duration::ZERO };
        let over = done.old.iter().take_while(|(since, _)| now.duration_since(*since) >= stay).count();
        let paths: Vec<String> = done.old.iter().take(over).map(|(_, path)| path.clone()).collect();
        build::remove(&self.out, &paths).map_err(BuildError::from)?;
        done.old.drain(..over);
        // Only what is whole is not tried again.
        (done.seq, done.settings, done.redacted, done.stalled) = (seq, settings, redacted, stalled);
        Ok(true)
    }

    /// Whether the index is still the one that was put here: somebody may have built into the same folder.
    fn is_own(&self, edition: u64) -> bool {
        let index = std::fs::read(self.out.join("data/index.json")).unwrap_or_default();
        let index = serde_json::from_slice::<domain::published::Index>(&index);
        index.is_ok_and(|index| index.api && index.seq == edition)
    }

    /// Builds what stands around the data.
    fn pages(&self, api: &Api, prune: bool) -> Result<(), LiveError> {
        let options = {
            let mut store = api.store();
            self.options(&mut store, prune)
        };
        build::build(&options)?;
        Ok(())
    }

    /// Publishes from now on, whenever there is something. `done` is what was published first.
    pub(super) fn keep_up(self: Arc<Self>, api: &Arc<Api>, log: &Arc<Log>, mut done: Done) -> Publisher {
        let stop = Arc::new(AtomicBool::new(false));
        let pages = Arc::new((super::api::Bell::default(), AtomicBool::new(false), AtomicBool::new(false)));
        let data = {
            let (site, api, log) = (Arc::clone(&self), Arc::clone(api), Arc::clone(log));
            let (stop, pages) = (Arc::clone(&stop), Arc::clone(&pages));
            move || {
                let mut said = String::new();
                while !stop.load(Ordering::Relaxed) {
                    api.bell().wait(LOOK);
                    let before = done.redacted;
                    let result = site.data(&api, &mut done);
                    let stalled = || (!done.stalled.is_empty()).then(|| say::stalled(&done.stalled));
                    tell(&log, &mut said, result.as_ref().err().map(say::live).or_else(stalled));
                    if result.is_err() {
                        // It stays as it is until somebody mends it.
                        std::thread::sleep(REST);
                    }
                    if result.is_ok_and(|new| new) {
                        pages.1.store(true, Ordering::Relaxed);
                        pages.2.fetch_or(done.redacted != before, Ordering::Relaxed);
                        pages.0.ring();
                    }
                }
                pages.0.ring();
            }
        };
        let around = {
            let (site, api, log, stop) = (self, Arc::clone(api), Arc::clone(log), Arc::clone(&stop));
            move || {
                let mut said = String::new();
                while !stop.load(Ordering::Relaxed) {
                    pages.0.wait(LOOK);
                    if !pages.1.swap(false, Ordering::Relaxed) || stop.load(Ordering::Relaxed) {
                        continue;
                    }
                    let begun = Instant::now();
                    let prune = pages.2.swap(false, Ordering::Relaxed);
                    let result = site.pages(&api, prune);
                    if result.is_err() {
                        // It is tried again, and what was to go is to go then.
                        pages.2.fetch_or(prune, Ordering::Relaxed);
                        pages.1.store(true, Ordering::Relaxed);
                    }
                    tell(&log, &mut said, result.as_ref().err().map(say::live));
                    let rest = Instant::now() + REST.max(begun.elapsed());
                    while Instant::now() < rest && !stop.load(Ordering::Relaxed) {
                        std::thread::sleep(Duration::from_millis(50));
                    }
                }
            }
        };
        let threads = vec![std::thread::spawn(data), std::thread::spawn(around)];
        Publisher { api: Arc::clone(api), stop, threads }
    }
}

/// Says once what goes wrong, as long as it is the same.
fn tell(log: &Log, said: &mut String, now: Option<Said>) {
    let now = now.map(|now| now.get(Lang::Both)).unwrap_or_default();
    if now != *said && !now.is_empty() {
        log.note(&Event::Trouble(now.clone()));
    }
    *said = now;
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use domain::published::Index;

    use super::*;

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            let to = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &to);
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }

    fn begun(folder: &Path) -> (Site, Api) {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let (source, out) = (folder.join("public"), folder.join("dist"));
        copy(&data.join("good"), &source);
        fs::create_dir(&out).unwrap();
        fs::copy(data.join("page.html"), out.join("index.html")).unwrap();
        let api = Api::open(&source).unwrap();
        (Site { source, out, packed: false, worker: false }, api)
    }

    /// The list becomes what it was a while ago: its files have their old names, which were on their way out.
    #[test]
    fn what_is_named_again_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (site, api) = begun(folder.path());
        let named = || -> Vec<String> {
            let index = fs::read(site.out.join("data/index.json")).unwrap();
            let index: Index = serde_json::from_slice(&index).unwrap();
            index.files.into_iter().map(|file| file.path).collect()
        };
        let mut done = Done::default();
        let list = site.source.join("data/stations.json");
        let first = fs::read_to_string(&list).unwrap();
        let other = first.replace("周一至周五 08:30-17:00", "周一至周五 08:00-17:00");
        assert_ne!(first, other);
        assert!(site.data(&api, &mut done).unwrap());
        let before = named();
        fs::write(&list, other).unwrap();
        assert!(site.data(&api, &mut done).unwrap());
        assert_ne!(named(), before);
        fs::write(&list, first).unwrap();
        // As after a redaction: what is old goes at once.
        done.redacted = u64::MAX;
        assert!(site.data(&api, &mut done).unwrap());
        assert_eq!(named(), before);
        for path in named() {
            assert!(site.out.join("data").join(&path).is_file(), "{path} is named and gone");
        }
    }

    /// What one thread is just writing, the other's build leaves alone; what was left by a kill goes at the start.
    #[test]
    fn one_thread_takes_no_files_from_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let (site, api) = begun(folder.path());
        let (new, half) = (site.out.join(".staff-new"), site.out.join(".staff-new/1-0"));
        fs::create_dir(&new).unwrap();
        fs::write(&half, "half").unwrap();
        site.first(&api).unwrap();
        assert!(!half.exists());
        fs::create_dir_all(&new).unwrap();
        fs::write(&half, "half").unwrap();
        site.pages(&api, false).unwrap();
        assert!(half.exists());
    }
}
