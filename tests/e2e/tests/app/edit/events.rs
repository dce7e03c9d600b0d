//! Clinics and activities: announced, moved and taken away by a host's code.

use domain::patch::{Code, Field, Value};
use domain::station::{Event, EventKind};
use domain::text::{Lang, Text};
use domain::time::LocalDateTime;
use e2e::{Page, Scene, visit, visit_beside};
use serde_json::json;

use super::by_code::merge;
use super::stub::{KEY, Stub};
use super::{ID, open_at, open_in_a_cellar, states, wait_for_state};
use crate::offline::expect_no_network;

/// Puts a day or a time into a field, as the phone's picker does.
#[track_caller]
pub fn pick(page: &Page, css: &str, value: &str) {
    page.wait_for(css);
    let put = "(([css, value]) => { const e = document.querySelector(css); e.value = value;
        e.dispatchEvent(new Event('input', { bubbles: true })); })";
    page.eval(&format!("{put}({})", json!([css, value])));
}

/// Writes a new event into the form.
#[track_caller]
pub fn announce(page: &Page, number: usize, title: &str, day: &str, from: &str) {
    page.click("#add-event");
    page.type_into(&format!("#ev-new{number}-title"), title);
    pick(page, &format!("#ev-new{number}-day"), day);
    pick(page, &format!("#ev-new{number}-from"), from);
}

/// A clinic.
pub fn event(title: &str, starts: &str) -> Event {
    let (title, starts) = (Text::zh(title), LocalDateTime::parse(starts).unwrap());
    Event { kind: EventKind::Clinic, title, starts, ends: None, note: None }
}

/// What the riders' page says of the station's events.
const EVENTS: &str = ".page .events .event";

#[test]
fn an_event_by_code_offline_first_until_riders_see_it() {
    visit(Scene::phone(), |page| {
        open_in_a_cellar(page);
        assert_eq!(page.text("#events .hint"), "没有将要办的活动。");
        page.click("#add-event");
        page.type_into("#ev-new1-title", "灯谜");
        // What is wrong is said while it is typed.
        page.wait_for_text("#ev-new1-seen", "请写明活动在哪一天");
        assert_eq!(page.count("#next"), 0);
        pick(page, "#ev-new1-day", "2026-11-22");
        pick(page, "#ev-new1-from", "18:00");
        page.wait_for_text("#ev-new1-seen", "已经过了");
        pick(page, "#ev-new1-day", "2026-11-29");
        pick(page, "#ev-new1-to", "17:00");
        page.wait_for_text("#ev-new1-seen", "结束要晚于开始");
        // The phone takes the page away.
        page.reload();
        page.wait_for_text("#ev-new1-seen", "结束要晚于开始");
        assert_eq!(page.eval("document.querySelector('#ev-new1-title').value"), "灯谜");
        pick(page, "#ev-new1-to", "20:00");
        page.wait_for_text("#ev-new1-seen", "骑友会看到：11月29日周日 18:00–20:00 活动 灯谜");
        // A second one, that is given up again.
        announce(page, 2, "守岁", "2026-12-31", "22:00");
        page.wait_for_text("#count", "改了 2 项");
        page.click("#ev-new2-not");
        page.wait_for_text("#count", "改了 1 项");
        page.click("#next");
        assert_eq!(page.texts(".summary li"), ["活动安排：新增 活动，“灯谜”，11月29日周日 18:00–20:00"]);
        page.click("#send");
        assert_eq!(states(page), ["待合并"]);
        let line = page.text(".code");
        let patch = Code::parse(&line).unwrap().patch;
        let Some(Value::Event(Event { title, starts, ends, .. })) = &patch.ops()[0].after else {
            panic!("{patch:?}")
        };
        let at = LocalDateTime::parse;
        assert_eq!(title.get(Lang::Zh), "灯谜");
        assert_eq!((Some(*starts), *ends), (at("2026-11-29T18:00"), at("2026-11-29T20:00")));

        let merged = merge(&line, &line);
        page.server().revive().unwrap();
        page.server().deploy(&merged.path().join("dist"));
        page.eval("dispatchEvent(new Event('focus'))");
        wait_for_state(page, "已生效");
        visit_beside(Scene::phone(), page.server().beside(), |rider| {
            rider.open_app(&format!("/s/{ID}/"));
            rider.wait_for_text(EVENTS, "灯谜");
            assert!(rider.text(EVENTS).contains("18:00–20:00"), "{}", rider.text(EVENTS));
        });
        expect_no_network(page);
    });
}

#[test]
fn an_event_is_moved_and_taken_away_and_what_is_over_stands_apart() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open_at(page, &format!("#k={KEY}"));
        page.wait_for("#me");
        // One that is over, one to come.
        for (title, day) in [("中秋送月饼", "2026-09-24T15:00"), ("量血压", "2026-11-29T09:30")] {
            let event = event(title, day);
            stub.change(&Field::event(&event), &Value::Event(event));
        }
        page.eval("dispatchEvent(new Event('focus'))");
        page.wait_for_text("#events .entry", "量血压");
        assert_eq!(page.count("#events .entry"), 1, "what is over stands apart");
        page.click("#open-past");
        page.wait_for_text("#events .over .entry", "中秋送月饼");
        assert_eq!(page.count("#events .over .entry button"), 1, "it can be taken away only");
        page.click("#events .over .entry button");
        page.wait_for_text("#count", "改了 1 项");
        // Changed, given up, changed again.
        page.click("#events [id$='-change']");
        page.type_into("#events [id$='-title']", "");
        page.wait_for_text("#wrong", "还没写叫什么");
        page.click("#events [id$='-change']");
        page.wait_gone("#events [id$='-title']");
        page.wait_for_text("#count", "改了 1 项");
        page.click("#events [id$='-change']");
        pick(page, "#events [id$='-day']", "2026-11-30");
        page.wait_for_text("#count", "改了 3 项");
        page.click("#next");
        assert_eq!(page.texts("#body h2"), ["立即生效"]);
        page.click("#send");
        wait_for_state(page, "已生效");
        let starts =
            || stub.station().events.iter().map(|event| event.starts.to_string()).collect::<Vec<_>>();
        assert_eq!(starts(), ["2026-11-30T09:30"]);
        page.click(".change:first-child [id^='undo-']");
        wait_for_state(page, "已撤回");
        assert_eq!(starts(), ["2026-09-24T15:00", "2026-11-29T09:30"]);
        assert_eq!(page.eval("localStorage.getItem('ls.edit.draft.sy-huanggu-beihang')"), json!(null));
    });
}
