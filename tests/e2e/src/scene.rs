//! In what circumstances a page is visited.

use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};

use crate::browser::Browser;
use crate::page::Page;
use crate::place;
use crate::server::Server;

/// The screen, the person and the moment.
#[derive(Clone, Debug)]
pub struct Scene {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) scale: f64,
    pub(crate) touch: bool,
    pub(crate) lang: &'static str,
    pub(crate) dark: bool,
    pub(crate) still: bool,
    pub(crate) now: String,
    pub(crate) zone: &'static str,
    pub(crate) font_px: u32,
}

impl Scene {
    /// A phone of 360 × 640 in the hand of somebody who reads Chinese, on Monday 2026-11-23 at 10:30 in Shenyang.
    pub fn phone() -> Self {
        Self {
            width: 360,
            height: 640,
            scale: 2.0,
            touch: true,
            lang: "zh-CN",
            dark: false,
            still: false,
            now: "2026-11-23T10:30:00+08:00".to_owned(),
            zone: "Asia/Shanghai",
            font_px: 16,
        }
    }

    /// A desktop of 1280 × 800, with mouse and keyboard; otherwise as [`Scene::phone`].
    pub fn desktop() -> Self {
        Self { width: 1280, height: 800, scale: 1.0, touch: false, ..Self::phone() }
    }

    /// The phone turned sideways, 640 × 360.
    pub fn sideways() -> Self {
        Self { width: 640, height: 360, ..Self::phone() }
    }

    /// The page opens at this instant, as `2026-11-23T10:30:00+08:00`, and its clock goes on from there.
    #[must_use]
    pub fn at(self, now: &str) -> Self {
        Self { now: now.to_owned(), ..self }
    }

    /// A phone set to another time zone, as `America/New_York`.
    #[must_use]
    pub fn zone(self, zone: &'static str) -> Self {
        Self { zone, ..self }
    }

    /// A phone that speaks another language, as `en`.
    #[must_use]
    pub fn lang(self, lang: &'static str) -> Self {
        Self { lang, ..self }
    }

    /// A phone set to dark colours.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// A phone set to reduced motion.
    #[must_use]
    pub fn still(self) -> Self {
        Self { still: true, ..self }
    }

    /// A phone whose standard text size is this, in CSS pixels; 16 is usual, 32 is 200 %.
    #[must_use]
    pub fn text_size(self, font_px: u32) -> Self {
        Self { font_px, ..self }
    }

    /// Device pixels for each CSS pixel.
    #[must_use]
    pub fn scale(self, scale: f64) -> Self {
        Self { scale, ..self }
    }
}

/// Runs a test in a page of its own, on a server of the built app of its own.
///
/// # Panics
/// When the test does, when the app is not built or Chromium not there, and when the page has reported errors that
/// the test did not expect. What the page showed is then printed, with the path of a screenshot.
#[track_caller]
pub fn visit(scene: Scene, test: impl FnOnce(&Page)) {
    let dist = place::dist().unwrap_or_else(|why| panic!("{why}"));
    let server = Server::start(&dist).unwrap_or_else(|error| panic!("no port for a server: {error}"));
    visit_at(scene, server, test);
}

/// The same on a server that is given.
///
/// # Panics
/// As [`visit`].
#[track_caller]
pub fn visit_at(scene: Scene, server: Server, test: impl FnOnce(&Page)) {
    let page = Page::new(scene, server).unwrap_or_else(|why| panic!("{why}"));
    watch_over(page, &name_of(Location::caller()), test);
}

/// The same in a browser of its own, beside the page of a test: another person's phone.
///
/// # Panics
/// As [`visit`].
#[track_caller]
pub fn visit_beside(scene: Scene, server: Server, test: impl FnOnce(&Page)) {
    let browser = Browser::start().map(Box::new);
    let page = browser.and_then(|browser| Page::new_in(browser, false, scene, server));
    let page = page.unwrap_or_else(|why| panic!("{why}"));
    watch_over(page, &name_of(Location::caller()), test);
}

/// Runs a test in a page and closes it, whatever comes of the test.
fn watch_over(page: Page, name: &str, test: impl FnOnce(&Page)) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        test(&page);
        page.assert_quiet();
    }));
    if let Err(panic) = outcome {
        eprintln!("{}", page.evidence(name));
        page.close();
        resume_unwind(panic);
    }
    page.close();
}

/// `journey-42` for line 42 of tests/app/journey.rs.
fn name_of(at: &Location) -> String {
    let file = std::path::Path::new(at.file()).file_stem().unwrap_or_default();
    format!("{}-{}", file.to_string_lossy(), at.line())
}
