//! Dialogs: one at a time; the browser keeps the focus inside and gives it back.

mod filters;
mod navigate;
mod place;
mod poster;
pub mod report;
mod saved;
pub mod share;

use leptos::prelude::untrack;
use web_sys::Event;

use super::command::{Command, Plain};
use super::slot::{fill, follow, hear};
use super::words::round_button;
use crate::edge::dialog;
use crate::edge::dom::text;
use crate::i18n::{Key, tr};
use crate::state::{App, Dialog, actions};

/// The dialog's id.
pub const DIALOG: &str = "dialog";

/// Keeps the dialog to what the state says.
pub fn start(app: App) {
    fill(
        "dialog-head",
        Box::new(move || {
            let title = match app.dialog() {
                Some(Dialog::Navigate(_)) => Key::GoToHow,
                Some(Dialog::Place) => Key::ChoosePlace,
                Some(Dialog::Filters) => Key::Filters,
                Some(Dialog::Share(_)) => Key::Share,
                Some(Dialog::Poster(_)) => Key::PosterTitle,
                Some(Dialog::Report(..)) => Key::Report,
                None => return Vec::new(),
            };
            let t = |key| tr(app.lang(), key);
            vec![
                text("h2", "", t(title)).attr("id", "dialog-title"),
                round_button("ui-close", t(Key::Close), &Command::Plain(Plain::Close))
                    .attr("id", "dialog-close"),
            ]
        }),
    );
    // What follows the state while the dialog is open.
    fill(
        "dialog-live",
        Box::new(move || match app.dialog() {
            Some(Dialog::Navigate(index)) => navigate::choices(app, index),
            Some(Dialog::Filters) => filters::chips(app),
            Some(Dialog::Share(index)) => share::choices(app, index),
            Some(Dialog::Report(index, None)) => report::kinds(app, index),
            Some(Dialog::Place) => place::ways(app),
            Some(Dialog::Poster(_) | Dialog::Report(..)) | None => Vec::new(),
        }),
    );
    // What is built once when it opens: fields that must not be taken from under the finger.
    fill(
        "dialog-fixed",
        Box::new(move || match app.dialog() {
            Some(Dialog::Place) => place::districts(app),
            Some(Dialog::Filters) => untrack(move || filters::fields(app)),
            Some(Dialog::Poster(index)) => untrack(move || poster::poster(app, index)),
            Some(Dialog::Report(index, Some(kind))) => untrack(move || report::form(app, index, kind)),
            Some(Dialog::Navigate(_) | Dialog::Share(_) | Dialog::Report(..)) | None => Vec::new(),
        }),
    );
    fill(
        "dialog-foot",
        Box::new(move || match app.dialog() {
            Some(Dialog::Filters) => vec![filters::foot(app)],
            _ => Vec::new(),
        }),
    );
    follow(Box::new(move || dialog::set_open(DIALOG, app.dialog().is_some())));
    let beside = move |event: &Event| {
        // What somebody has typed is not lost by a touch beside it.
        if dialog::is_backdrop(event, DIALOG) && !report::is_typed() {
            actions::close_dialog(app);
        }
    };
    // Said a moment later: by then another one may be open.
    let closed = move |_: &Event| {
        if !dialog::is_open(DIALOG) {
            actions::close_dialog(app);
        }
    };
    hear(DIALOG, "click", Box::new(beside));
    hear(DIALOG, "close", Box::new(closed));
    hear(DIALOG, "change", Box::new(move |event| filters::changed(app, event)));
}
