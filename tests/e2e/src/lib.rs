//! Drives the built app in a real Chromium.
//!
//! A test is a [`Scene`] (which phone, where, when, in what language) and what happens in it:
//!
//! ```no_run
//! use e2e::{Scene, visit};
//! visit(Scene::phone(), |page| {
//!     page.open("/");
//!     page.click(".chip");
//!     page.wait_for(".row");
//! });
//! ```
//!
//! Each test has a server, a browser context and a clock of its own. Waiting is always for a condition, never for
//! a time. At its end a test fails if the page complained on its console about anything that was not expected.
#![expect(
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a harness for tests says that something is wrong by panicking, at the test's line"
)]

mod axe;
mod browser;
mod complaint;
mod emulate;
pub mod faults;
mod input;
mod page;
mod pipe;
mod place;
pub mod ride;
mod scene;
mod server;
mod wait;

pub use input::Key;
pub use page::{Page, decode_base64, quoted};
pub use place::{dist, target, workspace};
pub use scene::{Scene, visit, visit_at, visit_beside};
pub use server::{Asked, Fault, Said, Server};
