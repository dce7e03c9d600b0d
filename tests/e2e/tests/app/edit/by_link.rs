//! A host with a link, where the site takes changes by itself.

use domain::amenity::{Amenity, AmenityState};
use domain::hours::Hours;
use domain::patch::{Field, Value};
use e2e::{Page, Scene, visit};
use serde_json::json;

use super::stub::{KEY, SHORT, Stub};
use super::{ID, broken, open, open_at, send, states, wait_for_state};
use crate::offline::{expect_no_network, visit_once};

/// Opens the page by the link.
#[track_caller]
fn open_link(page: &Page) {
    open_at(page, &format!("#k={KEY}"));
    page.wait_for_text("#me", "王姐");
}

#[test]
fn a_change_by_link_is_live_and_can_be_taken_back() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open_link(page);
        // The key is on the phone and nowhere else.
        assert_eq!(page.eval("location.href.includes('#') || location.href.includes('AAAA')"), false);
        assert_eq!(page.eval(&format!("localStorage.getItem('ls.edit.key.{ID}')")), KEY);
        assert_eq!(page.eval("document.documentElement.outerHTML.includes('AAAAAAAA')"), false);
        assert!(page.server().asked().iter().all(|path| !path.contains("AAAA")));
        let before = stub.station();
        page.click("#a-water-out");
        page.click("#open-names");
        page.type_into("#name", "新名字");
        page.click("#next");
        assert_eq!(page.texts("#body h2"), ["立即生效", "等工作人员确认"]);
        page.click("#send");
        wait_for_state(page, "等工作人员确认");
        let state = |station: &domain::station::Station| station.offer(Amenity::Water).unwrap().state;
        assert_eq!(state(&stub.station()), AmenityState::Out);
        assert_eq!(stub.station().name, before.name, "staff have not agreed yet");
        page.click("#to-form");
        page.click("#a-charging-out");
        send(page);
        wait_for_state(page, "已生效");
        assert_eq!(stub.came(), (2, 2));
        page.click(".change:first-child [id^='undo-']");
        wait_for_state(page, "已撤回");
        assert_eq!(stub.station().offer(Amenity::Charging), before.offer(Amenity::Charging));
    });
}

#[test]
fn changes_wait_without_a_network_and_go_in_order_once() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        visit_once(page);
        open_link(page);
        super::wait_for_kept(page);
        page.server().kill();
        page.type_into("#hours", "08:00-18:00");
        send(page);
        page.click("#to-form");
        page.type_into("#hours", "09:00-18:00");
        send(page);
        assert_eq!(states(page), ["待发送", "待发送"]);
        page.wait_for("#offline");
        page.reload();
        page.click("#to-changes");
        assert_eq!(states(page), ["待发送", "待发送"]);
        page.server().revive().unwrap();
        page.eval("dispatchEvent(new Event('online'))");
        page.wait_until(
            "both to be live",
            "[...document.querySelectorAll('.change-head .state')].every(e => e.innerText === '已生效')",
        );
        let hours: Vec<_> =
            stub.patches().iter().map(|patch| patch.ops()[0].after.clone().unwrap()).collect();
        assert_eq!(hours, ["08:00-18:00", "09:00-18:00"].map(|hours| Value::Hours(hours.into())));
        page.eval("dispatchEvent(new Event('focus'))");
        page.reload();
        page.wait_for("#to-changes");
        assert_eq!(stub.came(), (2, 2), "never twice");
        assert!(Hours::parse(stub.station().hours.unwrap().text()).is_ok());
        expect_no_network(page);
    });
}

#[test]
fn an_answer_that_was_lost_does_not_count_twice() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open_link(page);
        page.click("#a-water-out");
        // It arrives, and the answer does not.
        page.eval("window.real = fetch; window.fetch = async (url, how) => { const said = await real(url, how);
            if (how?.method === 'PATCH') { window.fetch = real; throw new TypeError('lost'); } return said; }, true");
        send(page);
        page.wait_for("#unsent");
        assert_eq!(states(page), ["待发送"]);
        page.click("#retry");
        wait_for_state(page, "已生效");
        assert_eq!(stub.came(), (2, 1), "it came twice and counted once");
    });
}

#[test]
fn a_conflict_shows_both_and_is_settled_by_the_host() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open_link(page);
        stub.change(&Field::Hours, &Value::Hours("07:00-19:00".into()));
        page.type_into("#hours", "08:00-18:00");
        page.click("#a-water-out");
        send(page);
        wait_for_state(page, "有冲突");
        let sides = page.texts(".sides .choice");
        assert!(
            sides[0].contains("08:00-18:00") && sides[1].contains("07:00-19:00") && sides.len() == 2,
            "{sides:?}"
        );
        assert_eq!(page.count("[id^='resend-']"), 0, "first choose");
        // Kept as it is over a reload.
        page.reload();
        page.click("#to-changes");
        page.click("[id^='mine-']");
        page.screenshot("edit-conflict");
        page.click("[id^='resend-']");
        wait_for_state(page, "已生效");
        assert_eq!(stub.station().hours.unwrap().text(), "08:00-18:00");
        assert_eq!(stub.station().offer(Amenity::Water).unwrap().state, AmenityState::Out);
        // The other way round.
        page.click("#to-form");
        stub.change(&Field::Hours, &Value::Hours("10:00-12:00".into()));
        page.type_into("#hours", "09:00-18:00");
        page.wait_for("#next");
        send(page);
        wait_for_state(page, "有冲突");
        page.click("[id^='theirs-']");
        page.click("[id^='resend-']");
        wait_for_state(page, "已撤回");
        assert_eq!(stub.station().hours.unwrap().text(), "10:00-12:00");
        page.expect_complaint("412");
    });
}

#[test]
fn each_refusal_has_words_and_the_change_stays() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open_link(page);
        stub.instead(Some(507));
        page.click("#a-water-out");
        send(page);
        for (status, css, words) in [
            (507, "#unsent", "存不下"),
            (429, "#unsent", "稍等"),
            (503, "#unsent", "暂时不能保存"),
            (500, "#unsent", "没有收"),
        ] {
            stub.instead(Some(status));
            page.click("#retry");
            page.wait_for_text(css, words);
            assert_eq!(states(page), ["待发送"], "{status}");
        }
        for (status, words) in [(403, "别的驿站"), (401, "失效或过期")] {
            stub.instead(Some(status));
            page.reload();
            page.wait_for_text("#no-key", words);
            page.click("#to-changes");
            assert_eq!(states(page), ["待发送"], "{status}");
            assert!(page.text(".code").starts_with("RS1."), "the code is the way out");
            page.click("#to-form");
        }
        // A new key, by its short code.
        stub.instead(None);
        page.type_into("#short-code", "WRONG");
        page.click("#key-send");
        page.wait_for_text("#toast", "短码不对");
        page.type_into("#short-code", &SHORT.to_lowercase());
        page.click("#key-send");
        page.wait_gone("#no-key");
        page.click("#to-changes");
        wait_for_state(page, "已生效");
        assert_eq!(stub.came(), (1, 1));
        for status in ["507", "429", "503", "500", "403", "401", "404"] {
            page.expect_complaint(status);
        }
    });
}

#[test]
fn without_a_link_the_page_asks_for_it() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        open(page);
        page.wait_for_text("#no-key", "专用链接");
        page.click("#a-water-out");
        send(page);
        assert_eq!(states(page), ["待发送"]);
        // The link, into the page that is open.
        page.eval(&format!("location.hash = 'k={KEY}', true"));
        wait_for_state(page, "已生效");
        assert_eq!(page.eval("location.hash"), "");
        assert_eq!(stub.came(), (1, 1));
    });
}

#[test]
fn a_rider_sees_it_without_a_reload() {
    visit(Scene::phone(), |page| {
        let stub = Stub::start(page);
        page.open_app(&format!("/s/{ID}/"));
        page.wait_for(".page.station");
        page.eval("window.wasHere = true");
        assert_eq!(page.eval(&broken("饮水")), json!(false));
        stub.change(&Field::AmenityState(Amenity::Water), &Value::State(AmenityState::Out));
        page.eval("dispatchEvent(new Event('focus'))");
        page.wait_until("the broken water", &broken("饮水"));
        assert_eq!(page.eval("window.wasHere"), json!(true));
    });
    // A site without an API is not asked again and again.
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.wait_for(".row");
        page.wait_for_rest();
        let asked =
            |page: &Page| page.server().asked().iter().filter(|path| *path == "/data/index.json").count();
        let before = asked(page);
        page.eval("dispatchEvent(new Event('focus'))");
        page.wait_for_rest();
        assert_eq!(asked(page), before);
    });
}
