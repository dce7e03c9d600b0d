//! What a rider reports: one tap for what it is, a few words if they like, and off it goes; or, where there is no server, the text
//! for the host. A dispute is sent to nobody: it says who helps.

use domain::navigate::percent_encode;
use domain::report::{self, Kind, helpers, takes_text};
use domain::text::Lang;

use crate::data::World;
use crate::edge::dom::{El, el, text};
use crate::edge::{field, page};
use crate::i18n::{self, Key, tr};
use crate::state::{App, Dialog, actions, outbox};
use crate::view::command::{Command, Plain};
use crate::view::words::{button, call_button, say};

const TEXT: &str = "report-text";

/// The pictures of what can be reported.
const fn picture(kind: Kind) -> &'static str {
    match kind {
        Kind::Closed => "ui-close",
        Kind::Moved => "ui-pin",
        Kind::NoWater => "water",
        Kind::PhoneWrong => "ui-phone",
        Kind::Praise => "ui-star-on",
        Kind::Suggestion => "ui-info",
        Kind::Dispute => "ui-people",
    }
}

/// What can be reported.
pub fn kinds(app: App, index: u32) -> Vec<El> {
    let choice = |&kind: &Kind| {
        let command = Command::Report(index, Some(kind));
        el("li").push(button("choice", picture(kind), i18n::report_kind(app.lang(), kind), &command))
    };
    vec![el("ul").class("choices").all(Kind::ALL.iter().map(choice).collect())]
}

/// What was chosen, a few words, and whom to call.
pub fn form(app: App, index: u32, kind: Kind) -> Vec<El> {
    let lang = app.lang();
    let Some(world) = app.world() else { return Vec::new() };
    let Some(station) = world.catalogue.station(index) else { return Vec::new() };
    let lead =
        text("p", "dialog-lead", i18n::report_kind(lang, kind)).say(" · ").push(say(lang, &station.name));
    let mut content = vec![lead];
    if kind == Kind::Dispute {
        content.push(text("p", "hint", tr(lang, Key::ReportDispute)));
    } else {
        let input = el("input").attr("id", TEXT).attr("maxlength", "300").attr("autocomplete", "off");
        content
            .push(el("label").class("field").push(text("span", "", tr(lang, Key::ReportText))).push(input));
        content.push(text("p", "hint", tr(lang, Key::ReportPrivacy)));
        let wide = |class, label, plain| button(class, "ui-share", tr(lang, label), &Command::Plain(plain));
        let label = if world.index.api { Key::Send } else { Key::ReportCopy };
        content.push(wide("button primary wide", label, Plain::Send).attr("id", "report-send"));
        if !world.index.api && text_number(&world, index).is_some() {
            content.push(wide("button wide", Key::Sms, Plain::Sms));
        }
    }
    helpers(kind, station, &world.site, &mut |who, phone| {
        let name = match who {
            Ok(role) => i18n::role(lang, role),
            Err(index) => world.site.service_numbers.get(index).map_or("", |one| one.name.get(lang)),
        };
        let label = [name, " ", phone.text()].concat();
        content.push(call_button("button wide", phone.dial().unwrap_or_default(), &label));
    });
    content
}

/// Whether something is typed into the report.
pub fn is_typed() -> bool {
    field::value(TEXT).is_some_and(|text| !text.trim().is_empty())
}

/// A number of the station's that takes a text message.
fn text_number(world: &World, index: u32) -> Option<&str> {
    let (_, phone) = world.catalogue.station(index)?.first_call()?;
    phone.dial().filter(|dial| takes_text(dial))
}

/// Sends what the dialog says; by a text message, or as this site sends it.
pub fn send(app: App, sms: bool) {
    let (Some(Dialog::Report(index, Some(kind))), Some(world)) = (app.dialog(), app.world()) else { return };
    let Some(station) = world.catalogue.station(index) else { return };
    let typed = report::clean(&field::value(TEXT).unwrap_or_default());
    let name = outbox::name(station.id.as_str(), kind, app.today());
    if world.index.api {
        actions::close_dialog(app);
        return outbox::add(app, &report::form(&name, &station.id, kind, &typed));
    }
    let message = report::message(&name, &station.id, kind, &typed, station.name.get(Lang::Zh));
    if sms {
        // Both signs: phones differ in which of them they take for the beginning.
        let dial = text_number(&world, index).unwrap_or_default();
        page::open(&["sms:", dial, "?&body=", &percent_encode(&message)].concat());
    } else {
        actions::copy(app, message);
    }
}
