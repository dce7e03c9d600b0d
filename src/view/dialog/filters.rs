//! All filters: when, what, which kind. They act at once; closing is only closing.

use domain::filter::OpenWhen;
use domain::station::Kind;
use domain::time::LocalDateTime;

use crate::edge::dom::{El, el, text};
use crate::edge::field;
use crate::i18n::{self, Key, tr};
use crate::state::{App, actions};
use crate::view::command::{Command, Plain};
use crate::view::finder::{amenity_choices, open_choices};
use crate::view::list::count;
use crate::view::words::button;

const AT: &str = "filter-at";
const KIND: &str = "filter-kind";

/// The filters that are on or off.
pub fn chips(app: App) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    let group = |key, chips| {
        let chips = el("div").class("chips wrap").all(chips);
        el("fieldset").push(text("legend", "", t(key))).push(chips)
    };
    vec![group(Key::FilterTime, open_choices(app)), group(Key::FilterAmenities, amenity_choices(app))]
}

/// The filters that are chosen from more.
pub fn fields(app: App) -> Vec<El> {
    let lang = app.lang();
    let filter = app.filter();
    let at = match filter.open {
        OpenWhen::At(at) => at.to_string(),
        _ => String::new(),
    };
    let option = |value: &str, label: &str, selected: bool| {
        let option = text("option", "", label).attr("value", value);
        if selected { option.attr("selected", "") } else { option }
    };
    let all = option("", tr(lang, Key::AllKinds), filter.kind.is_none());
    let kinds =
        Kind::ALL.iter().map(|&kind| option(kind.word(), i18n::kind(lang, kind), filter.kind == Some(kind)));
    let kinds = std::iter::once(all).chain(kinds).collect();
    let labelled =
        |key, control: El| el("label").class("field").push(text("span", "", tr(lang, key))).push(control);
    vec![
        labelled(Key::AtTime, el("input").attr("type", "datetime-local").attr("id", AT).attr("value", &at)),
        labelled(Key::FilterKind, el("select").attr("id", KIND).all(kinds)),
    ]
}

/// How many fit, and the ways out.
pub fn foot(app: App) -> El {
    let t = |key| tr(app.lang(), key);
    el("div")
        .class("foot")
        .push(text("p", "count", &count(app).unwrap_or_default()).attr("role", "status"))
        .push(
            el("div")
                .class("buttons")
                .push(
                    button("button", "ui-close", t(Key::ClearAll), &Command::Plain(Plain::Clear))
                        .attr("id", "foot-clear"),
                )
                .push(
                    button("button primary", "ui-check", t(Key::Done), &Command::Plain(Plain::Close))
                        .attr("id", "foot-done"),
                ),
        )
}

/// Takes over a field that was changed.
pub fn changed(app: App, event: &web_sys::Event) {
    let Some((id, value)) = field::id_and_value(event) else {
        return;
    };
    match id.as_str() {
        AT => {
            let open = LocalDateTime::parse(&value).map_or(OpenWhen::Any, OpenWhen::At);
            actions::set_open(app, open);
        }
        KIND => actions::set_kind(app, Kind::from_word(&value)),
        _ => {}
    }
}
