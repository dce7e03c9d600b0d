//! Notices: those that are there, and one more.

use domain::patch::Field;
use domain::station::{Notice, NoticeKind, Station};
use love_stations::edge::dom::{El, el, text};
use love_stations::i18n;

use super::form::last_day;
use super::{chinese, choice, field, label, opener, part, say, switch};
use crate::state::Shown;
use crate::tap::Tap;
use crate::wanted::of_entry;
use crate::words::{Key, tr};

/// The notices' part of the form.
pub fn notices(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let rows: Vec<El> = station.notices.iter().map(|notice| row(shown, notice)).collect();
    let none = rows.is_empty().then(|| text("p", "hint", tr(lang, Key::NoticesNone)));
    let is_open = shown.open.contains("notice") || shown.form.get("notice-text").is_some();
    part("notices", lang, Key::Notices)
        .maybe(none)
        .push(el("ul").class("entries").all(rows))
        .push(opener("notice", tr(lang, Key::NewNotice), is_open))
        .maybe(is_open.then(|| one_more(shown)))
}

fn row(shown: &Shown, notice: &Notice) -> El {
    let lang = shown.lang;
    let until =
        notice.until.map(|until| text("span", "hint", &i18n::notice_until(lang, until, shown.now().date())));
    let kind = text("b", "", i18n::notice_kind(lang, notice.kind));
    let gone = of_entry("gone", &Field::notice(notice));
    let is_gone = shown.form.is(&gone, "1");
    let words = tr(lang, if is_gone { Key::Restore } else { Key::Remove });
    let remove = switch("button small", words, &Tap::Set(gone.clone(), "1".to_owned()), &gone, is_gone);
    let class = if is_gone { "entry is-gone" } else { "entry" };
    let words = el("p").push(kind).say(" ").push(say(lang, &notice.text)).say(" ").maybe(until);
    el("li").class(class).push(words).push(remove)
}

fn one_more(shown: &Shown) -> El {
    let lang = shown.lang;
    let form = &shown.form;
    let kind = |kind: NoticeKind, words| choice("segment", tr(lang, words), form, "notice-kind", kind.word());
    let kinds = el("div")
        .class("segments")
        .attr("role", "group")
        .attr("aria-label", tr(lang, Key::NoticeKind))
        .push(kind(NoticeKind::Info, Key::KindInfo))
        .push(kind(NoticeKind::Limited, Key::KindLimited));
    let area = chinese("textarea", "", form.get("notice-text").unwrap_or_default())
        .attr("id", "notice-text")
        .attr("rows", "2")
        .attr("maxlength", "600");
    el("div")
        .push(kinds)
        .push(el("div").class("field").push(label("notice-text", tr(lang, Key::NoticeText))).push(area))
        .push(field("notice-en", form.get("notice-en").unwrap_or_default(), Key::English, lang, "1200"))
        .push(last_day("notice-day", shown))
}
