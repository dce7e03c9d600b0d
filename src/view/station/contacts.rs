//! Whom to call, by what they answer for; the party group stands out.

use domain::phone::Phone;
use domain::station::{Contact, Role, Station};
use domain::text::Lang;

use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::view::command::Command;
use crate::view::words::{block, chinese, number, round_button, say};

/// The contacts' section.
pub fn contacts(lang: Lang, station: &Station) -> El {
    let (party, others): (Vec<&Contact>, Vec<_>) =
        station.contacts.iter().partition(|contact| contact.role == Role::PartyBranch);
    let rows = party.into_iter().chain(others).map(|contact| row(lang, contact)).collect();
    let unknown = station.contacts.is_empty().then(|| text("p", "hint", tr(lang, Key::ContactsUnknown)));
    block(lang, None, Key::Contact).maybe(unknown).push(el("ul").class("contacts").all(rows))
}

fn row(lang: Lang, contact: &Contact) -> El {
    let is_party = contact.role == Role::PartyBranch;
    let role =
        el("p").class("role").maybe(is_party.then(|| icon("ui-people"))).say(i18n::role(lang, contact.role));
    let organisation =
        contact.organisation.as_ref().map(|name| el("p").class("contact-name").push(say(lang, name)));
    let person = contact.person.as_ref().map(|person| chinese("p", "", person));
    let hours = contact.hours.as_ref().map(|hours| chinese("p", "hint", hours.text()));
    let phones = contact.phones.iter().map(|phone| line(lang, phone)).collect();
    el("li")
        .class(if is_party { "contact is-party" } else { "contact" })
        .push(el("div").push(role).maybe(organisation).maybe(person).maybe(hours))
        .push(el("div").all(phones))
}

fn line(lang: Lang, phone: &Phone) -> El {
    let masked = phone.dial().is_none().then(|| text("span", "hint", tr(lang, Key::Masked)));
    let copy = phone.dial().map(|_| {
        let label = format!("{} {}", tr(lang, Key::Copy), phone.text());
        round_button("ui-copy", &label, &Command::Copy(phone.text().to_owned()))
    });
    el("p").class("phone").push(number(phone)).maybe(masked).maybe(copy)
}
