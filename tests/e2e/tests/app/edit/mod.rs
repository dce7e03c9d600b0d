//! The hosts' page, `/s/{id}/edit/`.

mod by_code;
mod by_link;
mod events;
mod hostile;
mod looks;
mod served;
mod signed;
mod stub;

use e2e::Page;

use crate::offline::visit_once;
use crate::steps::visit_page;

/// The station that is corrected.
pub const ID: &str = "sy-huanggu-beihang";

/// Opens its page for hosts and waits for the form.
#[track_caller]
pub fn open(page: &Page) {
    open_at(page, "");
}

/// The same, with something behind its address.
#[track_caller]
pub fn open_at(page: &Page, behind: &str) {
    visit_page(page, &format!("/s/{ID}/edit/{behind}"), "html[data-app='running'] #hours");
}

/// Waits until the worker keeps the page.
#[track_caller]
pub fn wait_for_kept(page: &Page) {
    page.wait_until("the page to be kept", "caches.match('/edit.html').then(kept => !!kept)");
}

/// Opens it once with a network, and then in a cellar.
#[track_caller]
pub fn open_in_a_cellar(page: &Page) {
    visit_once(page);
    open(page);
    wait_for_kept(page);
    page.server().kill();
    open(page);
    page.wait_for("#offline");
}

/// Looks at what is sent, and sends it.
#[track_caller]
pub fn send(page: &Page) {
    page.click("#next");
    page.wait_for(".summary li");
    page.click("#send");
    page.wait_for(".change");
}

/// What became of the changes, the newest first.
#[track_caller]
pub fn states(page: &Page) -> Vec<String> {
    page.texts(".change-head .state")
}

/// Waits until that became of the newest change.
#[track_caller]
pub fn wait_for_state(page: &Page, state: &str) {
    page.wait_for_text(".change-head .state", state);
}

/// Whether an amenity is broken, by the page that riders see, as JavaScript.
pub fn broken(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('.page .offer.is-out')].some(e => e.innerText.startsWith('{name}'))"
    )
}
