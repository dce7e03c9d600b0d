//! What this is, who answers for the data, what happens to a rider's position, where the map comes from,
//! and the city's service numbers.

use domain::site::ServiceNumber;

use super::pages::heading;
use super::words::{block, number, say};
use crate::data::World;
use crate::edge::dom::{El, el, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;

/// The page about this map.
pub fn about(app: App) -> Vec<El> {
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let mut page = vec![
        heading().say(t(Key::About)),
        text("p", "lead", t(Key::AboutIntro)),
        block(lang, Some("ui-locate"), Key::AboutPrivacy).push(text("p", "", t(Key::AboutPrivacyText))),
    ];
    if let Some(world) = app.world() {
        let numbers = world.site.service_numbers.iter().map(|number| service(app, number)).collect();
        let numbers = el("ul").class("numbers").all(numbers);
        page.push(block(lang, Some("ui-phone"), Key::AboutService).push(numbers));
        page.push(data(app, &world));
        page.push(map(app, &world));
        let records = [&world.site.icp, &world.site.police_icp];
        page.extend(records.into_iter().flatten().map(|record| text("p", "hint", record)));
    }
    page
}

fn service(app: App, service: &ServiceNumber) -> El {
    let lang = app.lang();
    let mut name = el("p").class("number-name").push(say(lang, &service.name));
    if let Some(city) = &service.city {
        name = name.say(" · ").say(city);
    }
    let note = service.note.as_ref().map(|note| say(lang, note).class("hint"));
    let numbers = service.phones.iter().map(number).collect();
    el("li").class("number").push(el("div").push(name).maybe(note)).push(el("div").all(numbers))
}

fn data(app: App, world: &World) -> El {
    let lang = app.lang();
    let dataset = world.catalogue.dataset();
    let fact = |key: Key, value: El| el("div").push(text("dt", "", tr(lang, key))).push(el("dd").push(value));
    let written = |text: &domain::text::Text| say(lang, text);
    let facts = [
        dataset.publisher.as_ref().map(|text| fact(Key::DataPublisher, written(text))),
        dataset.contact.as_ref().map(|text| fact(Key::DataContact, written(text))),
        dataset.licence.as_ref().map(|licence| fact(Key::DataLicence, text("span", "", licence))),
        i18n::published(lang, &world.index.published_at, app.today())
            .map(|of| fact(Key::DataDate, text("span", "", &of))),
        Some(fact(Key::DataStations, text("span", "", &world.root.count.to_string()))),
    ];
    let facts = facts.into_iter().flatten().collect();
    let sample = dataset.sample.then(|| text("p", "notice-text", tr(lang, Key::SampleWarning)));
    block(lang, Some("ui-list"), Key::AboutData)
        .push(el("p").push(el("b").push(say(lang, &dataset.title))))
        .maybe(sample)
        .push(el("dl").class("facts").all(facts))
        .push(text("a", "outside", tr(lang, Key::DataDownload)).attr("href", "/list.html#data"))
}

fn map(app: App, world: &World) -> El {
    let lang = app.lang();
    let source = world.site.map_source.as_ref().map(|source| el("p").push(say(lang, source)));
    let review = world.site.review_number.as_ref().map(|number| text("p", "", "审图号：").say(number));
    block(lang, Some("ui-map"), Key::AboutMap)
        .push(text("p", "", tr(lang, Key::AboutMapSketch)))
        .maybe(source)
        .maybe(review)
}
