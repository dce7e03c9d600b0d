//! Dialogs: one at a time; the browser keeps the focus inside and gives it back.

mod filters;
mod navigate;
mod place;

use leptos::ev;
use leptos::prelude::*;

use super::icon::icon;
use super::words::use_words;
use crate::edge::dialog;
use crate::i18n::Key;
use crate::state::{Dialog, actions, use_app};

/// The dialog that is open, if one is.
#[component]
pub fn Dialogs() -> impl IntoView {
    let app = use_app();
    move || {
        app.dialog().map(|which| match which {
            Dialog::Navigate(index) => view! {
                <Frame title=Key::GoToHow><navigate::NavigateChoices index=index/></Frame>
            }
            .into_any(),
            Dialog::Place => view! { <Frame title=Key::ChoosePlace><place::PlaceChoices/></Frame> }.into_any(),
            Dialog::Filters => view! { <Frame title=Key::Filters><filters::FilterChoices/></Frame> }.into_any(),
        })
    }
}

/// A dialog's frame: title, close button; closes on Escape and on a tap beside it.
#[component]
fn Frame(title: Key, children: Children) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            dialog::open(&node);
        }
    });
    let beside = move |event: ev::MouseEvent| {
        if node.get_untracked().is_some_and(|node| dialog::is_backdrop(&event, &node)) {
            actions::close_dialog(app);
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-labelledby="dialog-title"
            on:click=beside
            on:close=move |_| actions::close_dialog(app)
        >
            <div class="dialog-head">
                <h2 id="dialog-title">{words.t(title)}</h2>
                <button
                    type="button"
                    class="round"
                    aria-label=words.t(Key::Close)
                    on:click=move |_| match node.get_untracked() {
                        // Closing it, rather than taking it away, gives the focus back.
                        Some(node) => dialog::close(&node),
                        None => actions::close_dialog(app),
                    }
                >
                    {icon("ui-close")}
                </button>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
