//! What the form says of events: those that are there, changed or taken away, and new ones.
//!
//! An event is named by its title and its start ([`Field::Event`]): one that is moved or renamed goes, and another one comes.

use domain::patch::{Field, Value};
use domain::station::{Event, EventKind, Station};
use domain::text::{Lang, Text};
use domain::time::{Date, LocalDateTime};

use super::{Trouble, Wanted, both, mark, of_entry};
use crate::form::Form;

/// Most events that are added at once.
const MOST_NEW: usize = 9;

/// What of an event has a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Clinic or activity.
    Kind,
    /// What it is called.
    Title,
    /// The same in English.
    TitleEn,
    /// Its day.
    Day,
    /// The time it starts.
    From,
    /// The time it ends.
    To,
    /// The day it ends, where that is another one.
    Last,
    /// What to know.
    Note,
    /// The same in English.
    NoteEn,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Kind,
        Self::Title,
        Self::TitleEn,
        Self::Day,
        Self::From,
        Self::To,
        Self::Last,
        Self::Note,
        Self::NoteEn,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Title => "title",
            Self::TitleEn => "title-en",
            Self::Day => "day",
            Self::From => "from",
            Self::To => "to",
            Self::Last => "last",
            Self::Note => "note",
            Self::NoteEn => "note-en",
        }
    }
}

/// An event of the form: one that is there, as it is, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<'a> {
    /// What the names of all its fields begin with.
    pub prefix: String,
    /// What it is as long as nobody touches it.
    pub before: Option<&'a Event>,
}

impl<'a> Asked<'a> {
    /// One that is there.
    pub fn there(event: &'a Event) -> Self {
        Self { prefix: ["ev-", &mark(&Field::event(event)), "-"].concat(), before: Some(event) }
    }

    fn new(number: usize) -> Self {
        Self { prefix: ["ev-new", &number.to_string(), "-"].concat(), before: None }
    }

    /// The new ones that were begun.
    pub fn begun(form: &Form) -> Vec<Self> {
        (1..=MOST_NEW).map(Self::new).filter(|one| form.is(&one.begins(), "1")).collect()
    }

    /// The next new one; none where there are enough.
    pub fn next(form: &Form) -> Option<Self> {
        (1..=MOST_NEW).map(Self::new).find(|one| !form.is(&one.begins(), "1"))
    }

    /// The field that says of a new one that it was begun.
    pub fn begins(&self) -> String {
        self.prefix.clone() + "on"
    }

    /// The field of one part.
    pub fn field(&self, part: Part) -> String {
        self.prefix.clone() + part.word()
    }

    /// What the field of one part holds.
    pub fn value(&self, form: &Form, part: Part) -> String {
        form.get(&self.field(part)).map_or_else(|| self.untouched(part), str::to_owned)
    }

    /// Whether somebody touched one of its fields.
    pub fn is_touched(&self, form: &Form) -> bool {
        Part::ALL.iter().any(|part| form.get(&self.field(*part)).is_some())
    }

    fn untouched(&self, part: Part) -> String {
        let Some(Event { kind, title, starts, ends, note }) = self.before else { return String::new() };
        let english = |text: &Text| text.english().unwrap_or_default().to_owned();
        match part {
            Part::Kind => kind.word().to_owned(),
            Part::Title => title.get(Lang::Zh).to_owned(),
            Part::TitleEn => english(title),
            Part::Day => starts.date().to_string(),
            Part::From => clock(*starts),
            Part::To => ends.map(clock).unwrap_or_default(),
            Part::Last => {
                let last = ends.map(LocalDateTime::date).filter(|last| *last != starts.date());
                last.map(|last| last.to_string()).unwrap_or_default()
            }
            Part::Note => note.as_ref().map(|note| note.get(Lang::Zh).to_owned()).unwrap_or_default(),
            Part::NoteEn => note.as_ref().map(english).unwrap_or_default(),
        }
    }

    /// What its fields mean; none where nothing is written into them.
    pub fn read(&self, form: &Form, now: LocalDateTime) -> Option<Result<Event, Trouble>> {
        let get = |part| self.value(form, part).trim().to_owned();
        if !self.is_touched(form) {
            return None;
        }
        let written = Part::ALL.iter().any(|part| *part != Part::Kind && !get(*part).is_empty());
        written.then(|| self.judge(&get, now))
    }

    fn judge(&self, get: &dyn Fn(Part) -> String, now: LocalDateTime) -> Result<Event, Trouble> {
        let (title, note, day) = (get(Part::Title), get(Part::Note), get(Part::Day));
        if title.is_empty() {
            return Err(Trouble::EventNoTitle);
        }
        let at = |day: &str, clock: &str| LocalDateTime::parse(&[day, "T", clock].concat());
        let starts = at(&day, &get(Part::From)).ok_or(Trouble::EventNoStart)?;
        let (to, last) = (get(Part::To), get(Part::Last));
        let ends = match (to.as_str(), last.as_str()) {
            ("", "") => None,
            (to, last) => {
                let ends = at(if last.is_empty() { &day } else { last }, to);
                Some(ends.filter(|ends| *ends > starts).ok_or(Trouble::EventEnds)?)
            }
        };
        let kind = EventKind::from_word(&get(Part::Kind)).unwrap_or(EventKind::Activity);
        let note = (!note.is_empty()).then(|| both(&note, &get(Part::NoteEn)));
        let event = Event { kind, title: both(&title, &get(Part::TitleEn)), starts, ends, note };
        // One that is on may be said to have ended; a new one would be no news.
        let is_moved = self.before.is_none_or(|before| before.starts != event.starts);
        if is_moved && event.is_over(now) {
            return Err(Trouble::EventOver);
        }
        Ok(event)
    }
}

/// As a field for a time holds it.
fn clock(at: LocalDateTime) -> String {
    at.to_string().split_once('T').map(|(_, clock)| clock.to_owned()).unwrap_or_default()
}

/// The field that takes an event away.
pub fn of_removal(event: &Event) -> String {
    of_entry("noevent", &Field::event(event))
}

/// What the form asks for. What comes is looked at last, when it is known what goes.
pub fn events(form: &Form, station: &Station, now: LocalDateTime, out: &mut Wanted) {
    let mut coming = Vec::new();
    for event in &station.events {
        let (field, before) = (Field::event(event), Some(Value::Event(event.clone())));
        if form.is(&of_removal(event), "1") {
            out.change(field, before, None);
            continue;
        }
        match Asked::there(event).read(form, now) {
            None => {}
            Some(Err(trouble)) => out.troubles.push(trouble),
            Some(Ok(after)) if Field::event(&after) == field => {
                out.change(field, before, Some(Value::Event(after)));
            }
            Some(Ok(after)) => {
                out.change(field, before, None);
                coming.push(after);
            }
        }
    }
    for asked in Asked::begun(form) {
        match asked.read(form, now) {
            None => {}
            Some(Err(trouble)) => out.troubles.push(trouble),
            Some(Ok(event)) => coming.push(event),
        }
    }
    for event in coming {
        put(station, event, out);
    }
}

fn put(station: &Station, event: Event, out: &mut Wanted) {
    let field = Field::event(&event);
    let is_there = station.events.iter().any(|one| Field::event(one) == field);
    match out.ops.iter().position(|op| op.field == field) {
        // What was taken away comes back, perhaps otherwise.
        Some(at) if out.ops[at].after.is_none() => {
            let before = out.ops.remove(at).before;
            out.change(field, before, Some(Value::Event(event)));
        }
        None if !is_there => out.change(field, None, Some(Value::Event(event))),
        _ => out.troubles.push(Trouble::EventTwice),
    }
}

/// The day that a field for a day may begin with: the event's own where that is over.
pub fn first_day(asked: &Asked<'_>, today: Date) -> Date {
    asked.before.map_or(today, |before| before.starts.date().min(today))
}

#[cfg(test)]
mod tests;
