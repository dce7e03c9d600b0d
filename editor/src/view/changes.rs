//! The changes that were made on this phone, the newest first: what became of each, and what can be done about it.

use domain::patch::Uuid;
use domain::text::Lang;
use love_stations::edge::canvas::Canvas;
use love_stations::edge::dom::{El, el, text};
use love_stations::edge::qr::{self, Worn};
use love_stations::i18n;

use super::{button, switch};
use crate::queue::{Entry, State, disputed};
use crate::state::Shown;
use crate::tap::Tap;
use crate::words::{self, Key, tr};

/// All of them.
pub fn changes(shown: &Shown) -> Vec<El> {
    let rows: Vec<El> = shown.queue.entries.iter().rev().map(|entry| row(shown, entry)).collect();
    let none = rows.is_empty().then(|| text("p", "hint", tr(shown.lang, Key::ChangesNone)));
    none.into_iter().chain([el("ul").class("changes").all(rows)]).collect()
}

fn row(shown: &Shown, entry: &Entry) -> El {
    let lang = shown.lang;
    let today = shown.now().date();
    let class = match entry.state {
        State::Live => "state is-live",
        State::Conflict | State::Refused => "state is-wrong",
        State::Undone => "state is-over",
        _ => "state",
    };
    let made = i18n::moment(lang, entry.patch.made_at(), today);
    let head = el("p")
        .class("change-head")
        .push(text("b", class, words::state(lang, entry.state)))
        .push(text("span", "hint", &made));
    let ops =
        entry.patch.ops().iter().map(|op| text("li", "", &words::op(lang, op, today)).attr("dir", "auto"));
    let said = entry
        .said
        .as_ref()
        .map(|(zh, en)| text("p", "notice-text", if lang == Lang::Zh { zh } else { en }).attr("dir", "auto"));
    let uuid = entry.patch.uuid();
    let conflict = (entry.state == State::Conflict).then(|| conflict(shown, entry));
    let code = matches!(entry.state, State::Waiting | State::ToMerge).then(|| code(shown, entry));
    let undo = (entry.state.is_ahead() || entry.state == State::Live).then(|| {
        button("link", Key::Undo, lang, &Tap::Undo(uuid)).attr("id", &["undo-", &uuid.to_string()].concat())
    });
    el("li")
        .class("change")
        .attr("data-uuid", &uuid.to_string())
        .push(head)
        .push(el("ul").class("summary").all(ops.collect()))
        .maybe(said)
        .maybe(conflict)
        .maybe(code)
        .maybe(undo)
}

/// The code, to be copied or shown.
fn code(shown: &Shown, entry: &Entry) -> El {
    let lang = shown.lang;
    let uuid = entry.patch.uuid();
    let is_main = entry.state == State::ToMerge;
    let hint = is_main.then(|| text("p", "", tr(lang, Key::CodeHint)));
    let class = if is_main { "button primary" } else { "button" };
    let buttons = el("div")
        .class("buttons")
        .push(button(class, Key::Copy, lang, &Tap::Copy(uuid)).attr("id", &named("copy", uuid)))
        .push(button("button", Key::CopyLine, lang, &Tap::CopyLine(uuid)).attr("id", &named("line", uuid)))
        .push(switch(
            "button",
            tr(lang, Key::Qr),
            &Tap::Qr(uuid),
            &named("qr", uuid),
            shown.qr == Some(uuid),
        ));
    let line = text("p", "code", &entry.code).attr("translate", "no");
    let picture = (shown.qr == Some(uuid)).then(|| picture(lang, &entry.code, Key::QrAlt));
    let signed = entry.is_signed().then(|| text("p", "hint signed", tr(lang, Key::Signed)));
    el("div").maybe(hint).push(buttons).maybe(picture).push(line).maybe(signed)
}

fn named(what: &str, uuid: Uuid) -> String {
    [what, "-", &uuid.to_string()].concat()
}

/// A line as a QR code, with what it is of in words.
pub fn picture(lang: Lang, line: &str, what: Key) -> El {
    const PIXELS: u32 = 800;
    let drawn = Canvas::new(PIXELS, PIXELS).and_then(|canvas| {
        qr::draw(&canvas, line, Worn::Little, 0.0, 0.0, f64::from(PIXELS))?;
        canvas.address()
    });
    match drawn {
        None => text("p", "notice-text", tr(lang, Key::QrTooLong)),
        Some(address) => {
            let image =
                el("img").class("qr").attr("src", &address).attr("width", "300").attr("height", "300");
            let image = image.attr("alt", tr(lang, what));
            el("figure").class("shared").push(image).push(text("figcaption", "hint", tr(lang, Key::QrHint)))
        }
    }
}

/// Mine and theirs, side by side, for each field that somebody else changed.
fn conflict(shown: &Shown, entry: &Entry) -> El {
    let lang = shown.lang;
    let today = shown.now().date();
    let uuid = entry.patch.uuid();
    let value = |value| words::value_or_nothing(lang, value, today);
    let disputed = disputed(entry);
    let rows = entry.rebased.iter().flat_map(|rebased| rebased.ops().iter().enumerate());
    let rows = rows.filter(|(number, _)| disputed.contains(number)).map(|(number, op)| {
        let mine = shown.choices.get(&(uuid, number)).copied();
        let one = |is_mine: bool, key, words: &str| {
            let id =
                [&named(if is_mine { "mine" } else { "theirs" }, uuid), "-", &number.to_string()].concat();
            let label = [tr(lang, key), words::colon(lang), words].concat();
            switch("choice", &label, &Tap::Choose(uuid, number, is_mine), &id, mine == Some(is_mine))
                .attr("dir", "auto")
        };
        el("div")
            .class("sides")
            .attr("role", "group")
            .attr("aria-label", &words::op_name(lang, &op.field))
            .push(text("b", "", &words::op_name(lang, &op.field)))
            .push(one(true, Key::ConflictMine, &value(op.after.as_ref())))
            .push(one(false, Key::ConflictTheirs, &value(op.before.as_ref())))
    });
    let rows: Vec<El> = rows.collect();
    let is_chosen = disputed.iter().all(|number| shown.choices.contains_key(&(uuid, *number)));
    let resend = (is_chosen && !rows.is_empty()).then(|| {
        button("button primary", Key::Resend, lang, &Tap::Resend(uuid)).attr("id", &named("resend", uuid))
    });
    let discard =
        button("button", Key::Discard, lang, &Tap::Discard(uuid)).attr("id", &named("discard", uuid));
    el("div")
        .push(text("p", "notice-text", tr(lang, Key::ConflictHint)))
        .all(rows)
        .push(el("div").class("buttons").maybe(resend).push(discard))
}
