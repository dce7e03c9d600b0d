//! Changes are made here: out of the form, out of a conflict, out of another change that is taken back.

use std::rc::Rc;

use domain::patch::{Patch, Uuid};
use love_stations::edge::random;
use wasm_bindgen_futures::spawn_local;

use crate::actions::{change_queue, go, keep_form, seen, show_all, synchronize, toast};
use crate::form::Form;
use crate::queue::{Entry, State, disputed};
use crate::send;
use crate::state::{Editor, Finding, Screen};
use crate::words::Key;

/// The form becomes a change. It is kept before the form is forgotten, and before anything is sent.
pub fn confirm(editor: &Rc<Editor>) {
    let Some(station) = seen(editor) else { return };
    let made = random::sixteen().and_then(|uuid| {
        editor.with(|shown| {
            let wanted = shown.wanted(&station);
            let patch =
                shown.patch(&station, Uuid(uuid), wanted.ops).ok().filter(|_| wanted.troubles.is_empty());
            Entry::new(patch?, ready(shown.has_api()))
        })
    });
    let Some(entry) = made else {
        return toast(editor, Key::TooLong);
    };
    change_queue(editor, |queue| queue.push(entry));
    editor.update(|shown| {
        shown.form = Form::default();
        shown.finding = Finding::Idle;
        shown.open.clear();
    });
    if editor.with(|shown| !shown.unkept) {
        keep_form(editor);
    }
    go(editor, Screen::Changes);
    synchronize(editor);
}

const fn ready(has_api: bool) -> State {
    if has_api { State::Waiting } else { State::ToMerge }
}

/// Gives a change up.
pub fn discard(editor: &Editor, uuid: Uuid) {
    set_state(editor, uuid, State::Undone);
    show_all(editor);
}

fn set_state(editor: &Editor, uuid: Uuid, state: State) {
    change_queue(editor, |queue| {
        if let Some(entry) = queue.get_mut(uuid) {
            entry.state = state;
        }
    });
}

/// Takes a change back: one that never left the phone is given up, one that the server knows it takes back, for any
/// other there is a change the other way round.
pub fn undo(editor: &Rc<Editor>, uuid: Uuid) {
    let Some(entry) = editor.with(|shown| shown.queue.get(uuid).cloned()) else { return };
    if entry.state == State::Waiting && entry.tries == 0 {
        return discard(editor, uuid);
    }
    let by_server = editor.with(|shown| shown.has_api() && shown.key.is_some());
    if by_server && matches!(entry.state, State::Live | State::Review) {
        let editor = Rc::clone(editor);
        spawn_local(async move {
            if send::undo(&editor, uuid).await == Some(false) {
                toast(&editor, Key::UndoLater);
            }
            show_all(&editor);
            send::sync(editor).await;
        });
        return;
    }
    let back = random::sixteen().and_then(|name| {
        let (now, has_api) = editor.with(|shown| (shown.now(), shown.has_api()));
        let back = entry.patch.inverse(Uuid(name), entry.patch.by().map(str::to_owned), now);
        Entry::new(back?, ready(has_api))
    });
    match back {
        Some(back) => {
            change_queue(editor, |queue| queue.push(back));
            show_all(editor);
            synchronize(editor);
        }
        None => toast(editor, Key::UndoLater),
    }
}

/// Sends a change in conflict as the host chose, under another name.
pub fn resend(editor: &Rc<Editor>, uuid: Uuid) {
    let made = random::sixteen().and_then(|name| {
        editor.with(|shown| {
            let entry = shown.queue.get(uuid)?;
            let disputed = disputed(entry);
            let rebased = entry.rebased.as_ref()?;
            let mine = |number: &usize| shown.choices.get(&(uuid, *number)).copied().unwrap_or(false);
            let kept = |number: &usize| !disputed.contains(number) || mine(number);
            let ops = rebased.ops().iter().enumerate().filter(|(number, _)| kept(number));
            let ops: Vec<_> = ops.map(|(_, op)| op.clone()).collect();
            let seq = shown.world.as_ref().map_or(0, |world| world.index.seq);
            let by = rebased.by().map(str::to_owned);
            let patch = Patch::new(Uuid(name), rebased.station().clone(), seq, ops, by, shown.now());
            Some(patch.ok().and_then(|patch| Entry::new(patch, ready(shown.has_api()))))
        })
    });
    let Some(made) = made else { return };
    change_queue(editor, |queue| {
        // Nothing left of it: everything is as the others have it.
        if let Some(entry) = queue.get_mut(uuid) {
            entry.state = State::Undone;
        }
        if let Some(made) = made {
            queue.push(made);
        }
    });
    show_all(editor);
    synchronize(editor);
}
