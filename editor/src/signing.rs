//! The key of this phone, and signing with it: so that staff know a code for the host's. Nothing needs it.
//!
//! A change is kept first and signed then: a code that was copied in between is one without a signature, as good as any.

use std::rc::Rc;

use domain::patch::{Code, HostKey};
use love_stations::edge::keyring::{self, Key, KeyError};

use crate::actions::{change_queue, show_all, toast};
use crate::state::Editor;
use crate::words;

/// What is known of the phone's key.
#[derive(Clone, Debug, Default)]
pub enum Signing {
    /// Not looked for.
    #[default]
    Unasked,
    /// There is none.
    Without,
    /// There is none, and cannot be.
    Cannot(KeyError),
    /// This one.
    With(Rc<Key>),
}

impl Signing {
    /// The key by which staff know this phone.
    pub fn public(&self) -> Option<HostKey> {
        if let Self::With(key) = self { Some(HostKey(key.public())) } else { None }
    }
}

/// Makes a key, and signs what waits.
pub async fn begin(editor: &Editor) {
    let made = keyring::make().await;
    editor.update(|shown| {
        shown.signing = match made {
            Ok(key) => Signing::With(Rc::new(key)),
            Err(error) => Signing::Cannot(error),
        };
    });
    sign(editor).await;
    show_all(editor);
}

/// Forgets the key. What it signed stays signed.
pub async fn forget(editor: &Rc<Editor>) {
    let word = match keyring::forget().await {
        Ok(()) => {
            editor.update(|shown| {
                shown.signing = Signing::Without;
                shown.open.retain(|part| !part.starts_with("key-"));
            });
            words::Key::KeyForgotten
        }
        Err(_) => words::Key::KeyNotForgotten,
    };
    show_all(editor);
    toast(editor, word);
}

/// Signs the changes that wait. Another tab may have made them, or the page was closed before they were signed.
pub async fn sign(editor: &Editor) {
    if editor.with(|shown| matches!(shown.signing, Signing::Unasked)) {
        let found = keyring::find().await;
        editor.update(|shown| {
            shown.signing = match found {
                Ok(Some(key)) => Signing::With(Rc::new(key)),
                // Whether it could make one is seen when it is asked to.
                Ok(None) | Err(_) => Signing::Without,
            };
        });
    }
    let Signing::With(key) = editor.with(|shown| shown.signing.clone()) else { return };
    let waiting = editor.with(|shown| {
        let all = shown.queue.entries.iter();
        let unsigned = all.filter(|entry| entry.state.is_ahead() && !entry.is_signed());
        unsigned.map(|entry| entry.patch.clone()).collect::<Vec<_>>()
    });
    let any = !waiting.is_empty();
    for patch in waiting {
        let Some(signature) = key.sign(&Code::signed(&patch)).await else { return };
        let signed = Code { patch, signature: Some(signature) };
        change_queue(editor, |queue| {
            if let Some(entry) = queue.get_mut(signed.patch.uuid()) {
                entry.sign(&signed);
            }
        });
    }
    if any {
        crate::actions::show(editor);
    }
}
