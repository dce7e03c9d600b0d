//! How the hosts' page looks and is used: screens, colours, languages, large text, keyboard, axe-core.

use e2e::{Key, Page, Scene, visit};

use super::events::{announce, event, pick};
use super::stub::{KEY, Stub};
use super::{open, open_at};
use domain::patch::{Field, Value};

/// Looks at what is further down.
#[track_caller]
fn look_down_to(page: &Page, css: &str, look: &mut dyn FnMut(&Page)) {
    page.eval(&format!(
        "document.querySelector(\"{css}\").scrollIntoView({{ block: 'start', behavior: 'instant' }})"
    ));
    look(page);
}

/// Through all its states; what axe-core finds and what sticks out.
#[track_caller]
fn walk(page: &Page, name: &str) {
    let mut found = Vec::new();
    let mut look = |page: &Page, state: &str| {
        page.wait_for_rest();
        found.extend(page.axe_violations().into_iter().map(|violation| format!("{state}: {violation}")));
        found.extend(page.sticks_out().into_iter().map(|what| format!("{state} sticks out: {what}")));
        page.screenshot(&format!("edit-{name}-{state}"));
    };
    page.stand_about(41.8057, 123.4315, 12);
    open(page);
    look(page, "form");
    page.click("#a-water-out");
    page.click("#close-until");
    look(page, "closing");
    page.click("[id='close-day-2026-11-26']");
    page.type_into("#hours", "工作日 8点半到晚上");
    page.wait_for("#hours-wrong");
    look(page, "hours");
    page.type_into("#hours", "工作日 08:30-17:00");
    for part in ["#open-more", "#open-notes", "#open-notice", "#open-contact", "#open-names"] {
        page.click(part);
    }
    page.type_into("#notice-text", "饮水机维修，先用热水壶");
    page.click("#here");
    page.wait_for("#sketch");
    look(page, "place");
    look_down_to(page, "#open-notes", &mut |page| look(page, "notes"));
    announce(page, 1, "冬季心脑血管义诊", "2026-11-29", "09:00");
    pick(page, "#ev-new1-to", "08:00");
    page.click("#open-ev-new1-more");
    page.wait_for_text("#ev-new1-seen", "");
    look_down_to(page, "#events", &mut |page| look(page, "event"));
    look_down_to(page, "#ev-new1-seen", &mut |page| look(page, "event-wrong"));
    pick(page, "#ev-new1-to", "11:30");
    page.click("#open-signing");
    page.click("#make-key");
    page.wait_for("#key");
    look_down_to(page, "#signing", &mut |page| look(page, "key"));
    page.click("#next");
    page.wait_for(".summary");
    look(page, "review");
    page.click("#send");
    page.wait_for(".code");
    page.click("[id^='qr-']");
    page.wait_for(".qr");
    look(page, "code");
    page.eval("localStorage.clear()");
    let stub = Stub::start(page);
    open(page);
    page.wait_for("#no-key");
    look(page, "no-key");
    open_at(page, &format!("#k={KEY}"));
    page.wait_for("#me");
    stub.change(&Field::Hours, &Value::Hours("07:00-19:00".into()));
    page.type_into("#hours", "08:00-18:00");
    super::send(page);
    page.wait_for(".sides");
    look(page, "conflict");
    page.click("#to-form");
    for (title, day) in [("中秋送月饼", "2026-09-24T15:00"), ("量血压、测血糖", "2026-11-29T09:30")]
    {
        let event = event(title, day);
        stub.change(&Field::event(&event), &Value::Event(event));
    }
    page.eval("dispatchEvent(new Event('focus'))");
    page.click("[id='open-past']");
    page.click("#events [id$='-change']");
    look_down_to(page, "#events", &mut |page| look(page, "events"));
    look_down_to(page, "#open-past", &mut |page| look(page, "events-past"));
    page.expect_complaint("412");
    assert!(found.is_empty(), "{} troubles:\n{}", found.len(), found.join("\n"));
}

#[test]
fn phone() {
    visit(Scene::phone(), |page| walk(page, "phone"));
}

#[test]
fn phone_in_the_dark() {
    visit(Scene::phone().dark(), |page| walk(page, "phone-dark"));
}

#[test]
fn phone_in_english() {
    visit(Scene::phone().lang("en"), |page| walk(page, "phone-en"));
}

#[test]
fn phone_in_english_in_the_dark() {
    visit(Scene::phone().lang("en").dark(), |page| walk(page, "phone-en-dark"));
}

#[test]
fn phone_turned_sideways() {
    visit(Scene::sideways(), |page| walk(page, "sideways"));
    visit(Scene::sideways(), |page| {
        open(page);
        let high = page.eval("document.querySelector('#editor-main').clientHeight");
        assert!(high.as_f64().unwrap() >= 240.0, "two thirds of the screen are the form's, and not {high}");
    });
}

#[test]
fn desktop() {
    visit(Scene::desktop(), |page| walk(page, "desktop"));
}

#[test]
fn desktop_in_english_in_the_dark() {
    visit(Scene::desktop().lang("en").dark(), |page| walk(page, "desktop-en-dark"));
}

#[test]
fn text_at_200_percent() {
    visit(Scene::phone().text_size(32), |page| walk(page, "large"));
}

#[test]
fn a_gloved_finger_hits_everything() {
    visit(Scene::phone(), |page| {
        open(page);
        for part in [
            "#open-more",
            "#open-notes",
            "#open-notice",
            "#open-contact",
            "#open-names",
            "#close-until",
            "#move",
            "#add-event",
            "#open-ev-new1-more",
            "#open-signing",
            "#make-key",
            "#forget-key",
        ] {
            page.click(part);
        }
        let small = page.strings(
            "[...document.querySelectorAll('#editor :is(button, a, input, select, textarea)')]
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, b]) => b.width > 0 && (b.height < 47.5 || b.width < 47.5))
                .map(([e, b]) => `${e.id} ${e.className} ${e.innerText.trim()} ${b.width} x ${b.height}`)",
        );
        assert_eq!(small, Vec::<String>::new());
    });
}

#[test]
fn with_the_keyboard_alone() {
    visit(Scene::desktop(), |page| {
        open(page);
        page.tab_to("#a-water-out", 30);
        page.press(Key::Space);
        page.wait_for_text("#count", "改了 1 项");
        assert_eq!(page.focused(), "#a-water-out", "the focus stays");
        page.tab_to("#next", 200);
        page.press(Key::Enter);
        page.wait_for(".summary li");
        assert_eq!(page.focused(), "#title");
        page.tab_to("#send", 20);
        page.press(Key::Enter);
        page.wait_for(".code");
    });
}
