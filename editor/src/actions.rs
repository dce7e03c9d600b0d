//! Everything that happens on the page.

use std::cell::RefCell;
use std::rc::Rc;

use domain::patch::Uuid;
use domain::station::Station;
use domain::text::Lang;
use love_stations::edge::clock::Later;
use love_stations::edge::{clipboard, clock, history, page, storage, worker};
use love_stations::state::prefs;
use wasm_bindgen_futures::spawn_local;

use crate::keep::{self, What};
use crate::queue::Queue;
use crate::send;
use crate::state::{Editor, Finding, Screen};
use crate::tap::{Plain, Tap};
use crate::words::{self, Key};
use crate::{make, place, signing, view};

const LANG: &str = "ls.lang";
/// How long a word at the bottom of the screen stays.
const TOAST_MS: u32 = 4_000;

thread_local! {
    // Dropping a timeout stops it, so that only the last word counts.
    static TOAST_TIMER: RefCell<Option<Later>> = const { RefCell::new(None) };
}

/// Takes the key out of the address, if `early.js` could not.
pub fn take_key(editor: &Rc<Editor>) {
    const LENGTH: usize = 22;
    let fragment = history::fragment();
    let key = fragment.strip_prefix("k=").filter(|key| {
        key.len() == LENGTH && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    });
    if let Some(key) = key {
        let address = history::address();
        let query = if address.query.is_empty() { String::new() } else { ["?", &address.query].concat() };
        history::replace(&[&address.path, query.as_str()].concat());
        use_key(editor, key);
    }
}

/// From now on this is the key.
fn use_key(editor: &Rc<Editor>, key: &str) {
    let Some(id) = &editor.id else { return };
    let kept = keep::write(What::Key, id, key).is_ok();
    editor.update(|shown| {
        shown.key = Some(key.to_owned());
        shown.denied = None;
        shown.me = None;
        shown.unkept |= !kept;
    });
    synchronize(editor);
}

/// Brings phone and server together, in the background.
pub fn synchronize(editor: &Rc<Editor>) {
    let editor = Rc::clone(editor);
    spawn_local(async move {
        signing::sign(&editor).await;
        send::sync(editor).await;
    });
}

/// Draws everything anew, but for the form where somebody is typing in it.
pub fn show(editor: &Editor) {
    view::show(editor, !(page::is_typing() && editor.with(|shown| shown.screen == Screen::Form)));
}

/// Draws everything anew.
pub(crate) fn show_all(editor: &Editor) {
    view::show(editor, true);
}

/// Changes the list of changes, as it is kept: another tab may have changed it, too.
pub fn change_queue(editor: &Editor, change: impl FnOnce(&mut Queue)) {
    let Some(id) = &editor.id else { return };
    let unkept = editor.with(|shown| shown.unkept);
    let kept = keep::read(What::Queue, id).filter(|_| !unkept).map(|text| Queue::from_text(&text));
    let mut queue = kept.unwrap_or_else(|| editor.with(|shown| shown.queue.clone()));
    change(&mut queue);
    let kept = keep::write(What::Queue, id, &queue.to_text()).is_ok();
    editor.update(|shown| {
        shown.queue = queue;
        shown.unkept = !kept;
    });
}

/// Keeps the form as it is.
pub(crate) fn keep_form(editor: &Editor) {
    let Some(id) = &editor.id else { return };
    let text = editor.with(|shown| shown.form.to_text());
    let kept = keep::write(What::Draft, id, &text).is_ok();
    editor.update(|shown| shown.unkept |= !kept);
}

/// Somebody typed into a field.
pub fn typed(editor: &Editor, field: &str, value: &str) {
    match field {
        "by" => {
            editor.update(|shown| value.clone_into(&mut shown.by));
            if let Some(id) = &editor.id {
                // Typed again next time, if the phone keeps nothing.
                let _ = keep::write(What::By, id, value.trim());
            }
        }
        // Not part of the change, and a secret.
        "short-code" => editor.update(|shown| value.clone_into(&mut shown.short_code)),
        _ => {
            editor.update(|shown| shown.form.set(field, value));
            keep_form(editor);
        }
    }
    view::follow_typing(editor, field);
}

/// Does what a tap means.
pub fn tap(editor: &Rc<Editor>, tap: Tap, at: Option<(f64, f64)>) {
    match tap {
        Tap::Set(field, value) => {
            editor.update(|shown| {
                if shown.form.is(&field, &value) && !matches!(field.as_str(), "hours") {
                    shown.form.unset(&field);
                } else {
                    shown.form.set(&field, &value);
                }
            });
            keep_form(editor);
            show_all(editor);
        }
        Tap::Open(part) => {
            editor.update(|shown| {
                if !shown.open.remove(&part) {
                    shown.open.insert(part);
                }
            });
            show_all(editor);
        }
        Tap::Forget(prefix) => {
            editor.update(|shown| {
                shown.form.unset_all(&prefix);
                shown.open.retain(|part| !part.starts_with(&prefix));
            });
            keep_form(editor);
            show_all(editor);
        }
        Tap::Undo(uuid) => make::undo(editor, uuid),
        Tap::Copy(uuid) => copy(editor, uuid, true),
        Tap::CopyLine(uuid) => copy(editor, uuid, false),
        Tap::Qr(uuid) => {
            editor.update(|shown| shown.qr = Some(uuid).filter(|_| shown.qr != Some(uuid)));
            show_all(editor);
        }
        Tap::Choose(uuid, number, mine) => {
            editor.update(|shown| shown.choices.insert((uuid, number), mine));
            show_all(editor);
        }
        Tap::Resend(uuid) => make::resend(editor, uuid),
        Tap::Discard(uuid) => make::discard(editor, uuid),
        Tap::Nudge(north, east) => {
            place::nudge(editor, f64::from(north), f64::from(east));
            keep_form(editor);
            show_all(editor);
        }
        Tap::Plain(Plain::Pin) => {
            if let Some((x, y)) = at {
                place::pin(editor, x, y);
                keep_form(editor);
                show_all(editor);
            }
        }
        Tap::Plain(plain) => plainly(editor, plain),
    }
}

fn plainly(editor: &Rc<Editor>, plain: Plain) {
    match plain {
        Plain::Review => go(editor, Screen::Review),
        Plain::Form => go(editor, Screen::Form),
        Plain::Changes => go(editor, Screen::Changes),
        Plain::Send => make::confirm(editor),
        Plain::SendAnyway => {
            editor.update(|shown| shown.send_unkept = true);
            synchronize(editor);
        }
        Plain::Reset => {
            editor.update(|shown| {
                shown.form = crate::form::Form::default();
                shown.finding = Finding::Idle;
            });
            keep_form(editor);
            show_all(editor);
        }
        Plain::Here => here(editor),
        Plain::Move => {
            place::begin(editor);
            show_all(editor);
        }
        Plain::Key => redeem(editor),
        Plain::MakeKey => {
            let editor = Rc::clone(editor);
            spawn_local(async move { signing::begin(&editor).await });
        }
        Plain::CopyKey => {
            if let Some(key) = editor.with(|shown| shown.signing.public()) {
                copy_text(editor, key.text());
            }
        }
        Plain::ForgetKey => {
            let editor = Rc::clone(editor);
            spawn_local(async move { signing::forget(&editor).await });
        }
        Plain::Retry => synchronize(editor),
        Plain::Reload => worker::renew(),
        Plain::Lang => {
            let lang = editor.with(|shown| if shown.lang == Lang::Zh { Lang::En } else { Lang::Zh });
            // A phone that keeps nothing speaks its own language next time.
            let _ = storage::write(LANG, prefs::lang_word(lang));
            editor.update(|shown| shown.lang = lang);
            show_all(editor);
        }
        Plain::Pin => {}
    }
}

/// Another screen, from its top.
pub(crate) fn go(editor: &Editor, screen: Screen) {
    editor.update(|shown| shown.screen = screen);
    show_all(editor);
    view::to_top();
}

/// Says a short word.
pub(crate) fn toast(editor: &Rc<Editor>, word: Key) {
    editor.update(|shown| shown.toast = Some(word));
    view::show_toast(editor);
    let later = Rc::clone(editor);
    TOAST_TIMER.with_borrow_mut(|timer| {
        *timer = Some(clock::after(TOAST_MS, move || {
            later.update(|shown| shown.toast = None);
            view::show_toast(&later);
        }));
    });
}

pub(crate) fn seen(editor: &Editor) -> Option<Station> {
    let id = editor.id.as_ref()?;
    editor.with(|shown| shown.station(id))
}

fn copy(editor: &Rc<Editor>, uuid: Uuid, whole: bool) {
    let text = editor.with(|shown| {
        let entry = shown.queue.get(uuid)?;
        let station = shown.published(entry.patch.station())?;
        Some(if whole { words::message(station, &entry.patch, &entry.code) } else { entry.code.clone() })
    });
    if let Some(text) = text {
        copy_text(editor, text);
    }
}

fn copy_text(editor: &Rc<Editor>, text: String) {
    let editor = Rc::clone(editor);
    spawn_local(async move {
        let copied = clipboard::copy(&text).await;
        toast(&editor, if copied { Key::CodeCopied } else { Key::NotCopied });
    });
}

fn here(editor: &Rc<Editor>) {
    editor.update(|shown| shown.finding = Finding::Asking);
    show_all(editor);
    let editor = Rc::clone(editor);
    spawn_local(async move {
        place::find(&editor).await;
        keep_form(&editor);
        show_all(&editor);
    });
}

fn redeem(editor: &Rc<Editor>) {
    let Some(id) = editor.id.clone() else { return };
    let code = editor.with(|shown| shown.short_code.clone());
    let editor = Rc::clone(editor);
    spawn_local(async move {
        match send::redeem(&editor, &id, code.trim()).await {
            Some(key) => {
                editor.update(|shown| shown.short_code.clear());
                use_key(&editor, &key);
            }
            None => toast(&editor, Key::KeyBad),
        }
        show_all(&editor);
    });
}
