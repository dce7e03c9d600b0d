//! The page on which a host corrects their station, `/s/{id}/edit/`: an app of its own, so that riders never load it.
//!
//! What the host touches is a [`form`], kept as it is typed; [`wanted`] says what it means; confirmed it becomes a change of
//! `domain::patch` in the [`queue`], kept before anything is sent. Where the site has an API, [`send`] brings the changes
//! there; elsewhere each is a code to be pasted into a chat, and the next edition tells what became of it.
//!
//! Elements are plain ones, as in the app (`love_stations::edge::dom`): [`view`] builds a region anew when what it shows
//! changed, and never a field that somebody is typing in. Of the app's library only what is called here is linked.

mod actions;
mod form;
mod keep;
mod make;
mod place;
mod queue;
mod send;
mod signing;
mod state;
mod tap;
mod view;
mod wanted;
mod words;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::station::StationId;
use love_stations::edge::{clock, device, dom, field, history, page, pointer, storage, worker};
use love_stations::routes::{self, Page};
use love_stations::state::{prefs, url};
use wasm_bindgen_futures::spawn_local;

use form::Form;
use keep::What;
use queue::Queue;
use state::{Editor, Shown};
use tap::Tap;

thread_local! {
    // What is watched, for as long as the page is there.
    static WATCHED: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Puts the editor into the page.
pub fn start() {
    love_stations::edge::boot::clear_shell();
    let id = station();
    let read = |what| id.as_ref().and_then(|id| keep::read(what, id));
    let key = read(What::Key).or_else(|| page::left("editKey"));
    let kept_lang = storage::read("ls.lang");
    let shown = Shown {
        lang: prefs::first_lang(kept_lang.as_deref(), device::language().as_deref()),
        world: love_stations::data::kept().map(Rc::new),
        form: Form::from_text(&read(What::Draft).unwrap_or_default()),
        queue: Queue::from_text(&read(What::Queue).unwrap_or_default()),
        by: read(What::By).unwrap_or_default(),
        key,
        ..Shown::default()
    };
    let editor = Rc::new(Editor {
        id,
        shown: RefCell::new(shown),
        busy: Cell::new(false),
        again: Cell::new(false),
        not_before: Cell::new(0),
    });
    dom::append(view::frame());
    actions::take_key(&editor);
    watch(&editor);
    actions::show(&editor);
    actions::synchronize(&editor);
    spawn_local(async {
        // Where there is no worker, the page needs the network the next time.
        let _ = worker::keep_editor().await;
    });
}

/// The station that the address names: `/s/{id}/edit/`, or `?s={id}` where a host has this page at one address only.
fn station() -> Option<StationId> {
    let address = history::address();
    match routes::page(&address.path) {
        Page::Station(id) => StationId::new(&id),
        _ => StationId::new(&url::value(&address.query, "s")?),
    }
}

/// Hears taps and typing, and looks for news when the page or the network comes back, and every so often.
fn watch(editor: &Rc<Editor>) {
    /// Seconds between two looks at what became of the changes.
    const NEWS: u32 = 30;
    let with = |act: fn(&Rc<Editor>)| {
        let editor = Rc::clone(editor);
        move || act(&editor)
    };
    let (tapped, typed) = (Rc::clone(editor), Rc::clone(editor));
    let tap = move |event: &_| {
        if let Some(tap) = dom::command_of(event).and_then(|word| Tap::from_word(&word)) {
            actions::tap(&tapped, tap, pointer::place_in(event, view::SKETCH));
        }
    };
    let input = move |event: &_| {
        if let Some((id, value)) = field::any_id_and_value(event) {
            actions::typed(&typed, &id, &value);
        }
    };
    let wait = |editor: &Rc<Editor>| {
        let waits =
            |shown: &Shown| shown.has_api() || shown.queue.entries.iter().any(|entry| !entry.state.is_over());
        if page::is_visible() && editor.with(waits) {
            actions::synchronize(editor);
        }
    };
    let newer = |editor: &Rc<Editor>| {
        editor.update(|shown| shown.newer = true);
        actions::show(editor);
    };
    let watched: [Box<dyn Any>; 8] = [
        Box::new(dom::listen(view::ROOT, "click", Rc::new(tap))),
        // Not `change`: it comes between the finger's going down on a button and the tap.
        Box::new(dom::listen(view::ROOT, "input", Rc::new(input))),
        Box::new(page::on_visible(with(actions::synchronize))),
        Box::new(page::on_focus(with(actions::synchronize))),
        Box::new(page::on_network(with(actions::synchronize))),
        Box::new(history::on_fragment(with(actions::take_key))),
        Box::new(clock::every(NEWS, with(wait))),
        Box::new(worker::on_newer(with(newer))),
    ];
    WATCHED.with_borrow_mut(|all| all.extend(watched));
}
