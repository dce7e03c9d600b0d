//! The matrix of faults: everything that can go wrong with a request, a deploy or a phone, and what must be so all the
//! same: no white page, nothing that slips through, old good data kept, of use within eight seconds, `seq` never back.

mod case;
mod judge;
mod killed;
mod plan;
mod requests;
mod run;
mod scripts;
mod sites;
mod worker;

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde_json::Value;

pub use case::Case;
use judge::World;
use requests::Requests;
use sites::Sites;
pub use sites::integrity;

use crate::browser::Browser;

/// How many cases that mostly wait run at once besides.
const WAITING: usize = 4;

/// Which cases to run.
#[derive(Clone, Debug)]
pub enum Choice {
    /// All.
    Whole,
    /// Each kind at least once.
    Bounded,
    /// Those that one of these words begins.
    Named(Vec<String>),
}

/// How it went.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many cases were tried.
    pub tried: usize,
    /// The names of those that failed, alone as well, and why.
    pub failed: Vec<(String, String)>,
    /// The names of those that failed beside others and held alone.
    pub unsteady: Vec<String>,
}

/// The matrix over the built app.
pub struct Matrix {
    world: World,
}

impl Matrix {
    /// Makes the builds and learns what the app asks for. `patient`: cases wait until a stalled answer has come after all.
    /// `plant` may change each build's files first: a matrix that is any good finds what was broken.
    pub fn prepare(patient: bool, plant: impl Fn(&Path) -> Result<(), String>) -> Result<Self, String> {
        let sites = Sites::make(plant)?;
        let worker = sites.first().join("sw.js").is_file();
        let (requests, _) = Requests::learn(Box::new(Browser::start()?), &sites, worker)?;
        let station = format!("/s/{}/", first_station()?);
        Ok(Self { world: World { sites, requests, station, worker, patient } })
    }

    /// The chosen cases.
    pub fn cases(&self, choice: &Choice) -> Vec<Case> {
        match choice {
            Choice::Bounded => plan::bounded(&self.world.requests, self.world.worker),
            Choice::Whole => plan::whole(&self.world.requests, self.world.worker),
            Choice::Named(words) => {
                let mut all = plan::whole(&self.world.requests, self.world.worker);
                all.retain(|case| words.iter().any(|word| case.to_string().starts_with(word)));
                all
            }
        }
    }

    /// Runs cases, telling of each that fails as it does. What fails is run once more with nothing beside it: on a machine that is
    /// busy with something else eight seconds are soon over.
    pub fn run(&self, cases: Vec<Case>) -> Tally {
        let tried = cases.len();
        let (waiting, busy): (VecDeque<Case>, VecDeque<Case>) = cases.into_iter().partition(Case::waits);
        let (waiting, busy) = (Mutex::new(waiting), Mutex::new(busy));
        let failed = Mutex::new(Vec::new());
        // Of those that compute, one a core.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for queue in [vec![&busy; cores], vec![&waiting; WAITING]].concat() {
                let failed = &failed;
                scope.spawn(move || self.work(queue, failed));
            }
        });
        let first: Vec<(Case, String)> = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let again = Mutex::new(Vec::new());
        let names: Vec<String> = first.iter().map(|(case, _)| case.to_string()).collect();
        self.work(&Mutex::new(first.into_iter().map(|(case, _)| case).collect()), &again);
        let again: Vec<(Case, String)> = again.into_inner().unwrap_or_else(PoisonError::into_inner);
        let failed: Vec<_> = again.into_iter().map(|(case, why)| (case.to_string(), why)).collect();
        let holds = |name: &String| failed.iter().all(|(failed, _)| failed != name);
        let unsteady = names.into_iter().filter(holds).collect();
        Tally { tried, failed, unsteady }
    }

    /// Runs cases of a queue until it is empty.
    fn work(&self, queue: &Mutex<VecDeque<Case>>, failed: &Mutex<Vec<(Case, String)>>) {
        let mut browser = None;
        loop {
            let case = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(case) = case else { return };
            let outcome = match browser.take().map_or_else(|| Browser::start().map(Box::new), Ok) {
                Ok(started) => {
                    let (outcome, left) = self.world.run(&case, started);
                    browser = left;
                    outcome
                }
                Err(why) => Err(why),
            };
            if let Err(why) = outcome {
                eprintln!("✘ {case}\n  {why}");
                failed.lock().unwrap_or_else(PoisonError::into_inner).push((case, why));
            }
        }
    }
}

/// The id of the first station of the source.
fn first_station() -> Result<String, String> {
    let path = crate::place::workspace().join("public/data/stations.json");
    let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let json: Value =
        serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let id = json["stations"][0]["id"].as_str().map(str::to_owned);
    id.ok_or_else(|| format!("{}: no station", path.display()))
}
