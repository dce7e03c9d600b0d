//! What was said in a chat, merged into the list.

use std::collections::HashMap;

use domain::finding::Problem;
use domain::patch::{Code, Decision, Fate, Ledger, Patch, Seen, Settled};
use domain::time::Date;
use serde_json::Value as Json;

use super::book::{Noted, Verdict};
use super::entry::Entry;
use super::keys::{Keys, Known};
use super::scan::{Damage, scan};

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file; empty for the standard input.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// A change that was said, once or often.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Where it was said first.
    pub at: Place,
    /// The change.
    pub code: Code,
    /// Whose it is.
    pub known: Known,
}

/// Everything that was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chat {
    /// The changes, each once, in the order of the text.
    pub heard: Vec<Heard>,
    /// What is no change.
    pub refused: Vec<Refused>,
    /// How many codes said again what another says.
    pub copies: usize,
}

/// A code that is not merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Where it stands.
    pub at: Place,
    /// Why.
    pub why: Why,
}

/// Why a code is not merged.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It cannot be read.
    Damage(Damage),
    /// The list has no such station.
    NoStation(String),
    /// The station breaks a rule as it is, so that nobody could say what a change makes of it.
    BrokenStation {
        /// The station.
        id: String,
        /// The field.
        path: String,
        /// The rule.
        problem: Problem,
    },
    /// It bears the number of another change.
    Clash,
    /// The station did not become what it should have; it is left as it was.
    Fault(String),
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The change.
    pub heard: Heard,
    /// The station's name, before.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
}

/// What merging did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// Station by station, the earliest change first.
    pub told: Vec<Told>,
    /// What was not merged.
    pub refused: Vec<Refused>,
    /// For the book.
    pub noted: Vec<Noted>,
}

/// Every code in some texts, each with the name of its file.
pub fn hear(texts: &[(String, String)], keys: &Keys) -> Chat {
    let mut chat = Chat::default();
    for (file, text) in texts {
        let found = scan(text);
        chat.copies += found.cut_copies;
        for one in found.found {
            let at = Place { file: file.clone(), line: one.line };
            match one.code {
                Err(damage) => chat.refused.push(Refused { at, why: Why::Damage(damage) }),
                Ok(code) => {
                    let known = keys.known(&code);
                    match chat.heard.iter_mut().find(|heard| heard.code.patch == code.patch) {
                        None => chat.heard.push(Heard { at, code, known }),
                        Some(first) => {
                            chat.copies += 1;
                            // Of two copies, the one that is signed by somebody known says more.
                            if matches!(known, Known::Key(_)) && first.known != known {
                                (first.code, first.known) = (code, known);
                            }
                        }
                    }
                }
            }
        }
    }
    chat
}

/// Merges into a list, the value of a whole `stations.json`. `today` bounds the days that phones say.
pub fn merge_into(
    list: &mut Json,
    heard: &[Heard],
    ledger: &mut Ledger,
    today: Date,
    decide: &mut dyn FnMut(&Heard, &Entry, &[Settled]) -> Decision,
) -> Done {
    let mut done = Done::default();
    let Some(stations) = list.get_mut("stations").and_then(Json::as_array_mut) else { return done };
    let mut by_station: Vec<(&str, Vec<&Heard>)> = Vec::new();
    let mut number: HashMap<&str, usize> = HashMap::new();
    for one in heard {
        let id = one.code.patch.station().as_str();
        let at = *number.entry(id).or_insert_with(|| {
            by_station.push((id, Vec::new()));
            by_station.len() - 1
        });
        by_station[at].1.push(one);
    }
    for (id, heard) in by_station {
        let own =
            stations.iter().enumerate().filter(|(_, one)| one.get("id").and_then(Json::as_str) == Some(id));
        let places: Vec<usize> = own.map(|(index, _)| index).collect();
        let opened = match places[..] {
            [] => Err(Why::NoStation(id.to_owned())),
            [index] => Entry::new(index, &stations[index])
                .map(|entry| (index, entry))
                .map_err(|(path, problem)| Why::BrokenStation { id: id.to_owned(), path, problem }),
            [first, ..] => {
                let problem = Problem::Duplicate { first: format!("stations[{first}]") };
                Err(Why::BrokenStation { id: id.to_owned(), path: "id".to_owned(), problem })
            }
        };
        match opened {
            Err(why) => {
                for one in heard {
                    if ledger.seen(&one.code.patch) == Seen::Again {
                        let (heard, name) = (one.clone(), String::new());
                        done.told.push(Told { heard, name, fate: Fate::Again });
                    } else {
                        done.refused.push(Refused { at: one.at.clone(), why: why.clone() });
                    }
                }
            }
            Ok((index, entry)) => {
                let entry = merge_one(entry, &heard, ledger, today, decide, &mut done);
                match entry.as_ref().map(Entry::json) {
                    Some(Some(json)) => stations[index] = json,
                    Some(None) => drop(stations.remove(index)),
                    None => {}
                }
            }
        }
    }
    done
}

/// Merges into one station; none where it did not become what it should have.
fn merge_one(
    mut entry: Entry,
    heard: &[&Heard],
    ledger: &mut Ledger,
    today: Date,
    decide: &mut dyn FnMut(&Heard, &Entry, &[Settled]) -> Decision,
    done: &mut Done,
) -> Option<Entry> {
    let name = entry.station().map(|station| station.name.get(domain::text::Lang::Zh).to_owned());
    let name = name.unwrap_or_default();
    let patches: Vec<Patch> = heard.iter().map(|one| one.code.patch.clone()).collect();
    let mut order = Vec::new();
    let fates = domain::patch::merge(&mut entry, &patches, ledger, |index, entry, ahead| {
        entry.begin(index);
        order.push(index);
        decide(heard[index], entry, ahead)
    });
    for index in order {
        if entry.is_touched_by(index) {
            entry.begin(index);
            entry.date(patches[index].made_at().date().min(today));
        }
    }
    if !entry.is_sound() {
        let why = Why::Fault(patches[0].station().as_str().to_owned());
        done.refused.extend(heard.iter().map(|one| Refused { at: one.at.clone(), why: why.clone() }));
        return None;
    }
    for (index, (one, fate)) in heard.iter().zip(fates).enumerate() {
        let verdict = match &fate {
            Fate::Clash => {
                done.refused.push(Refused { at: one.at.clone(), why: Why::Clash });
                continue;
            }
            Fate::Merged(_) => Some(Verdict::Merged),
            Fate::Declined => Some(Verdict::Declined),
            Fate::Again | Fate::Waiting(_) => None,
        };
        if let Some((verdict, code)) = verdict.zip(one.code.text()) {
            let edits = entry.edits_of(index, &patches[index]);
            let same = match &fate {
                Fate::Merged(all) => domain::patch::same(all).collect(),
                _ => Vec::new(),
            };
            done.noted.push(Noted { verdict, code, forgotten: None, same, edits });
        }
        done.told.push(Told { heard: (*one).clone(), name: name.clone(), fate });
    }
    Some(entry)
}
