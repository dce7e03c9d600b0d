//! The phone's signature: a quiet corner at the end of the form.

use domain::patch::HostKey;
use love_stations::edge::dom::{El, el, text};
use love_stations::edge::keyring::KeyError;

use super::changes::picture;
use super::{button, switch};
use crate::signing::Signing;
use crate::state::Shown;
use crate::tap::{Plain, Tap};
use crate::words::{Key, tr};

/// The corner: closed until somebody opens it. Where the site takes changes by itself, the link says whose they are.
pub fn signing(shown: &Shown) -> Option<El> {
    let lang = shown.lang;
    let public = shown.signing.public();
    if shown.has_api() && public.is_none() {
        return None;
    }
    let is_open = shown.open.contains("signing");
    let opener = text("button", "link", tr(lang, Key::SignatureTitle))
        .attr("type", "button")
        .attr("id", "open-signing")
        .attr("aria-expanded", if is_open { "true" } else { "false" })
        .command(&Tap::Open("signing".to_owned()).to_word());
    let content = is_open.then(|| match (&shown.signing, public) {
        (_, Some(key)) => with(shown, key),
        (Signing::Cannot(error), None) => {
            let words = match error {
                KeyError::Missing => Key::SignatureMissing,
                KeyError::Unkept => Key::SignatureUnkept,
            };
            el("div").push(text("p", "notice-text", tr(lang, words)).attr("id", "no-signature"))
        }
        _ => el("div").push(text("p", "hint", tr(lang, Key::SignatureHint))).push(
            el("div").class("buttons").push(
                button("button", Key::SignatureMake, lang, &Tap::Plain(Plain::MakeKey))
                    .attr("id", "make-key"),
            ),
        ),
    });
    Some(el("div").attr("id", "signing").push(opener).maybe(content))
}

/// The key, to be handed to staff once, and the way to be rid of it.
fn with(shown: &Shown, key: HostKey) -> El {
    let lang = shown.lang;
    let open = |part: &str| Tap::Open(part.to_owned());
    let (is_shown, is_leaving) = (shown.open.contains("key-qr"), shown.open.contains("key-forget"));
    let copy = button("button", Key::SignatureCopy, lang, &Tap::Plain(Plain::CopyKey)).attr("id", "copy-key");
    let code = switch("button", tr(lang, Key::Qr), &open("key-qr"), "key-qr", is_shown);
    let leave =
        switch("button", tr(lang, Key::SignatureForget), &open("key-forget"), "forget-key", is_leaving);
    let check = el("p")
        .say(tr(lang, Key::SignatureCheck))
        .push(text("b", "key-check", &key.check()).attr("translate", "no"));
    let sure = is_leaving.then(|| {
        el("div").push(text("p", "notice-text", tr(lang, Key::SignatureForgetHint))).push(
            button("button", Key::SignatureForgetNow, lang, &Tap::Plain(Plain::ForgetKey))
                .attr("id", "forget-now"),
        )
    });
    el("div")
        .push(text("p", "", tr(lang, Key::SignatureSend)))
        .push(text("p", "code", &key.text()).attr("id", "key").attr("translate", "no"))
        .push(check)
        .push(el("div").class("buttons").push(copy).push(code).push(leave))
        .maybe(is_shown.then(|| picture(lang, &key.text(), Key::SignatureQrAlt)))
        .maybe(sure)
}
