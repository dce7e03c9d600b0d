//! Contacts: numbers as they are, and one more contact.

use domain::patch::Field;
use domain::phone::Phone;
use domain::station::{Contact, Role, Station};
use love_stations::edge::dom::{El, el, text};
use love_stations::i18n;

use super::{field, label, opener, part, say, switch};
use crate::form::Form;
use crate::state::Shown;
use crate::tap::Tap;
use crate::wanted::of_entry;
use crate::words::{Key, tr};

/// The contacts' part of the form.
pub fn contacts(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let is_open = shown.open.contains("contact") || shown.form.get("contact-phone").is_some();
    part("contacts", lang, Key::Contacts)
        .push(text("p", "hint", tr(lang, Key::TierStaff)))
        .push(
            el("ul")
                .class("entries")
                .all(station.contacts.iter().map(|contact| row(shown, contact)).collect()),
        )
        .push(opener("contact", tr(lang, Key::AddContact), is_open))
        .maybe(is_open.then(|| one_more(shown)))
        .push(el("div").attr("id", "phones-seen").attr("aria-live", "polite").all(seen(shown, station)))
}

fn phones(form: &Form, contact: &Contact) -> String {
    let now: Vec<&str> = contact.phones.iter().map(Phone::text).collect();
    form.get(&of_entry("phone", &Field::contact(contact))).map_or_else(|| now.join("、"), str::to_owned)
}

fn row(shown: &Shown, contact: &Contact) -> El {
    let lang = shown.lang;
    let entry = Field::contact(contact);
    let (phone, gone) = (of_entry("phone", &entry), of_entry("nocontact", &entry));
    let is_gone = shown.form.is(&gone, "1");
    let words = tr(lang, if is_gone { Key::Restore } else { Key::Remove });
    let remove = switch("button small", words, &Tap::Set(gone.clone(), "1".to_owned()), &gone, is_gone);
    let name = el("p")
        .push(text("b", "", i18n::role(lang, contact.role)))
        .say(" ")
        .maybe(contact.organisation.as_ref().map(|name| say(lang, name)))
        .say(" ")
        .maybe(contact.person.as_ref().map(|person| super::chinese("bdi", "", person)));
    let numbers = field(&phone, &phones(&shown.form, contact), Key::Phone, lang, "120");
    let class = if is_gone { "entry is-gone" } else { "entry" };
    el("li").class(class).push(name).maybe((!is_gone).then_some(numbers)).push(remove)
}

fn one_more(shown: &Shown) -> El {
    let lang = shown.lang;
    let form = &shown.form;
    let now = Role::from_word(form.text("contact-role")).unwrap_or(Role::Host);
    let option = |role: &Role| {
        let option = text("option", "", i18n::role(lang, *role)).attr("value", role.word());
        if *role == now { option.attr("selected", "") } else { option }
    };
    let select = el("select").attr("id", "contact-role").all(Role::ALL.iter().map(option).collect());
    let one = |id: &str, key| field(id, form.get(id).unwrap_or_default(), key, lang, "120");
    el("div")
        .push(el("div").class("field").push(label("contact-role", tr(lang, Key::Role))).push(select))
        .push(one("contact-org", Key::Organisation))
        .push(one("contact-person", Key::Person))
        .push(one("contact-phone", Key::Phone))
}

/// Whether a number that was touched cannot be dialled.
pub fn seen(shown: &Shown, station: &Station) -> Vec<El> {
    let form = &shown.form;
    let touched =
        station.contacts.iter().filter_map(|one| form.get(&of_entry("phone", &Field::contact(one))));
    let cells: Vec<&str> = touched.chain(form.get("contact-phone")).collect();
    let odd = |phone: &Phone| phone.dial().is_none() && !phone.is_masked();
    let is_odd = cells.iter().any(|cell| Phone::all(cell).iter().any(odd));
    let words =
        is_odd.then(|| text("p", "notice-text", tr(shown.lang, Key::PhoneOdd)).attr("id", "phone-odd"));
    words.into_iter().collect()
}
