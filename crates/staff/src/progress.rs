//! How far a long work is, for somebody who waits at a terminal.
//!
//! On standard error and only where that is a terminal; shown when the work has taken a second, gone when it is done. So a
//! pipe, a log and a test see nothing of it.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::words::{self, Lang};

/// Shorter work is over before anybody would have read a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The list is read.
    Reading,
    /// Sample stations are made.
    Making,
    /// Pages are written.
    Pages,
    /// Files are packed.
    Packing,
    /// Sheets are read.
    Sheets,
    /// Rows are taken into the list.
    Rows,
}

/// Tells how far the work is, or nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// The language of who waits; none where nobody does.
    lang: Option<Lang>,
}

impl Progress {
    /// For somebody who waits: nobody does where the output is for a program or standard error is no terminal.
    pub fn new(lang: Lang, json: bool) -> Self {
        Self { lang: (!json && io::stderr().is_terminal()).then_some(lang) }
    }

    /// For nobody.
    pub const fn none() -> Self {
        Self { lang: None }
    }

    /// A part of the work with so many steps; none where that is not known before.
    pub fn stage(self, stage: Stage, steps: Option<usize>) -> Bar {
        Bar {
            bar: self.lang.map(|lang| (hidden(stage, steps, lang), Instant::now())),
            shown: OnceLock::new(),
        }
    }
}

fn hidden(stage: Stage, steps: Option<usize>, lang: Lang) -> ProgressBar {
    // Hidden at first: a bar that is gone at once only flickers.
    let bar = ProgressBar::with_draw_target(steps.map(|steps| steps as u64), ProgressDrawTarget::hidden());
    let form = match steps {
        Some(_) => "{msg} {wide_bar} {human_pos}/{human_len} {eta}",
        None => "{msg} {spinner} {human_pos}",
    };
    // The forms are fixed, so that they are understood; otherwise the bar would be a plain one.
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.with_message(words::stage(stage).get(lang))
}

/// A part of the work. It is taken away with its value.
#[derive(Debug)]
pub struct Bar {
    bar: Option<(ProgressBar, Instant)>,
    shown: OnceLock<()>,
}

impl Bar {
    /// One step is done.
    pub fn step(&self) {
        let Some((bar, start)) = &self.bar else { return };
        bar.inc(1);
        if self.shown.get().is_none() && start.elapsed() >= PATIENCE && self.shown.set(()).is_ok() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((bar, _)) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
