//! Whom to call, by what they answer for; the party group stands out.

use domain::phone::Phone;
use domain::station::{Contact, Role, Station};
use leptos::prelude::*;

use crate::i18n::{self, Key};
use crate::state::{App, actions};
use crate::view::about::call_link;
use crate::view::icon::icon;
use crate::view::words::{Words, say};

/// The contacts' section.
pub fn contacts(app: App, words: Words, station: &Station) -> impl IntoView + use<> {
    let (party, others): (Vec<&Contact>, Vec<_>) =
        station.contacts.iter().partition(|contact| contact.role == Role::PartyBranch);
    let rows = party.into_iter().chain(others).map(|contact| row(app, words, contact)).collect_view();
    let unknown = station.contacts.is_empty().then(|| view! { <p class="hint">{words.t(Key::ContactsUnknown)}</p> });
    view! {
        <section class="block">
            <h2>{words.t(Key::Contact)}</h2>
            {unknown}
            <ul class="contacts">{rows}</ul>
        </section>
    }
}

fn row(app: App, words: Words, contact: &Contact) -> impl IntoView + use<> {
    let is_party = contact.role == Role::PartyBranch;
    let organisation = contact.organisation.as_ref().map(|text| view! { <p class="contact-name">{say(words, text)}</p> });
    let person = contact.person.clone().map(|person| view! { <p lang="zh-CN">{person}</p> });
    let hours = contact.hours.as_ref().map(|hours| view! { <p class="hint" lang="zh-CN">{hours.text().to_owned()}</p> });
    let phones = contact.phones.iter().map(|phone| number(app, words, phone)).collect_view();
    view! {
        <li class="contact" class:is-party=is_party>
            <div>
                <p class="role">{is_party.then(|| icon("ui-people"))}{i18n::role(words.0, contact.role)}</p>
                {organisation}
                {person}
                {hours}
            </div>
            <div class="contact-phones">{phones}</div>
        </li>
    }
}

fn number(app: App, words: Words, phone: &Phone) -> impl IntoView + use<> {
    let masked = phone.dial().is_none().then(|| view! { <span class="hint">{words.t(Key::Masked)}</span> });
    let copy = phone.dial().map(|_| {
        let text = phone.text().to_owned();
        let label = format!("{} {text}", words.t(Key::Copy));
        view! {
            <button type="button" class="round" aria-label=label on:click=move |_| actions::copy(app, text.clone())>
                {icon("ui-copy")}
            </button>
        }
    });
    view! { <p class="phone">{call_link(phone)}{masked}{copy}</p> }
}
