//! What is about to be sent, in words, with who must agree to it.

use domain::patch::{Op, Tier};
use domain::station::Station;
use love_stations::edge::dom::{El, el, text};

use super::button;
use crate::state::Shown;
use crate::tap::{Plain, Tap};
use crate::words::{self, Key, tr};

/// The summary.
pub fn review(shown: &Shown, station: &Station) -> Vec<El> {
    let wanted = shown.wanted(station);
    let list = |key, ops: Vec<&Op>| {
        let rows: Vec<El> = ops.into_iter().map(|op| row(shown, op)).collect();
        let head = text("h2", "", tr(shown.lang, key));
        (!rows.is_empty())
            .then(|| el("section").class("block").push(head).push(el("ul").class("summary").all(rows)))
    };
    // Without an API nothing happens before somebody merges it.
    if !shown.has_api() {
        return list(Key::TierMerge, wanted.ops.iter().collect()).into_iter().collect();
    }
    let of = |tier| wanted.ops.iter().filter(|op| op.field.tier() == tier).collect();
    [list(Key::TierLive, of(Tier::Live)), list(Key::TierStaff, of(Tier::Staff))]
        .into_iter()
        .flatten()
        .collect()
}

/// One field, from what to what.
fn row(shown: &Shown, op: &Op) -> El {
    text("li", "", &words::op(shown.lang, op, shown.now().date())).attr("dir", "auto")
}

/// Yes, or back.
pub fn bar(shown: &Shown, station: &Station) -> Vec<El> {
    let lang = shown.lang;
    let back = button("button", Key::Back, lang, &Tap::Plain(Plain::Form)).attr("id", "to-form");
    if shown.wanted(station).ops.is_empty() {
        return vec![back];
    }
    let send = if shown.has_api() { Key::Send } else { Key::SendCode };
    vec![back, button("button primary", send, lang, &Tap::Plain(Plain::Send)).attr("id", "send")]
}
