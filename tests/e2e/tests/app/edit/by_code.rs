//! A host without a server: the change waits on the phone, travels through a chat, and is merged by staff.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use domain::amenity::Amenity;
use domain::patch::{Code, Field, Value};
use domain::text::Text;
use e2e::{Page, Scene, dist, visit, visit_beside, workspace};
use serde_json::json;

use super::{ID, broken, open, open_in_a_cellar, send, states, wait_for_state};
use crate::hosts::{copy, staff};
use crate::offline::{expect_no_network, visit_once};
use crate::share::{copied_by, picture, read_code, watch_clipboard};

/// What a chat makes of a message: quotes, names and times between its lines, lines cut anywhere, wide digits, invisible signs.
fn as_chatted(message: &str) -> String {
    let (words, code) = message.rsplit_once('\n').unwrap();
    let mut chat = format!("王姐 10:31\n「{words}\n");
    for (number, c) in code.chars().enumerate() {
        match number % 29 {
            28 => chat.push_str("\n\n李哥 2026-11-23 10:32:07\n> "),
            13 => chat.push('\u{200b}'),
            _ => {}
        }
        let wide = c.is_ascii_digit() && number % 3 == 0;
        chat.push(if wide { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c });
    }
    chat + "」\n- - - - - -\n李哥 10:33\n收到\n"
}

#[test]
fn hours_and_water_by_code_offline_first_until_they_are_live() {
    visit(Scene::phone(), |page| {
        // All of it.
        open_in_a_cellar(page);
        page.click("#a-water-out");
        page.type_into("#hours", "工作日 08:30-");
        page.wait_for("#hours-wrong mark");
        // Half-typed, and the phone takes the page away.
        page.reload();
        page.wait_for("html[data-app='running'] #hours");
        assert_eq!(page.eval("document.querySelector('#hours').value"), "工作日 08:30-");
        assert_eq!(page.attribute("#a-water-out", "aria-pressed").as_deref(), Some("true"));
        page.type_into("#hours", "工作日 08:30-17:00");
        page.wait_for_text("#hours-seen", "08:30–17:00");
        page.wait_for_text("#count", "改了 2 项");
        page.type_into("#by", "王姐");
        send(page);
        assert_eq!(states(page), ["待合并"]);
        page.reload();
        page.wait_for("#to-changes");
        assert_eq!(page.count("#next"), 0, "the form is empty");
        page.click("#to-changes");
        assert_eq!(states(page), ["待合并"]);

        watch_clipboard(page);
        let message = copied_by(page, "[id^='copy-']");
        let line = copied_by(page, "[id^='line-']");
        assert!(
            message.contains("饮水：") && message.contains("→ 坏了") && message.contains("王姐"),
            "{message}"
        );
        assert!(message.ends_with(&line) && line.starts_with("RS1."), "{message}");
        let code = Code::parse(&line).unwrap();
        assert_eq!((code.patch.station().as_str(), code.patch.ops().len()), (ID, 2));
        page.click("[id^='qr-']");
        page.wait_for(".qr");
        assert_eq!(read_code(&picture(page, ".qr")), line);
        page.screenshot("edit-code");

        let merged = merge(&as_chatted(&message), &line);
        page.server().revive().unwrap();
        visit_beside(Scene::phone(), page.server().beside(), |rider| {
            rider.open_app(&format!("/s/{ID}/"));
            rider.eval("window.wasHere = true");
            assert_eq!(rider.eval(&broken("饮水")), json!(false));
            page.server().deploy(&merged.path().join("dist"));
            page.eval("dispatchEvent(new Event('focus'))");
            wait_for_state(page, "已生效");
            // A site without an API is looked at anew when its page is seen again.
            rider.eval("document.dispatchEvent(new Event('visibilitychange'))");
            rider.wait_until("the broken water", &broken("饮水"));
            rider.wait_for_text(".page.station", "08:30–17:00");
            assert_eq!(rider.eval("window.wasHere"), json!(true), "no reload");
        });
        page.click("#to-form");
        page.wait_for("#hours");
        assert_eq!(page.eval("document.querySelector('#hours').value"), "工作日 08:30-17:00");
        expect_no_network(page);
    });
}

/// The site after staff pasted a chat into `staff merge`.
pub fn merge(chat: &str, line: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (public, site) = (folder.path().join("public"), folder.path().join("dist"));
    copy(&dist().unwrap(), &site);
    copy(&workspace().join("public/data"), &public.join("data"));
    copy(&workspace().join("public/basemap"), &public.join("basemap"));
    let uuid = Code::parse(line).unwrap().patch.uuid().to_string();
    let mut run = Command::new(staff());
    for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
        run.env_remove(name);
    }
    run.args(["merge", "-", "--accept", &uuid, "--into"]).arg(public.join("data/stations.json"));
    run.args(["--build", "--out"])
        .arg(&site)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut run = run.spawn().unwrap();
    run.stdin.take().unwrap().write_all(chat.as_bytes()).unwrap();
    let done = run.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{err}");
    folder
}

#[test]
fn a_phone_that_keeps_nothing_says_so_and_still_gives_the_code() {
    visit(Scene::phone(), |page| {
        open(page);
        // Full to the last letter.
        page.eval("for (let n = 1 << 20; n >= 1; n >>= 1) for (;;) try { localStorage.setItem('full' + Math.random(), 'x'.repeat(n)) } catch { break }");
        page.click("#a-water-out");
        page.wait_for("#unkept");
        send(page);
        assert_eq!(states(page), ["待合并"]);
        page.wait_for("#unkept");
        assert!(page.text(".code").starts_with("RS1."));
        // Room again: from here on it is kept.
        page.eval("Object.keys(localStorage).filter(key => key.startsWith('full')).forEach(key => localStorage.removeItem(key))");
        page.click("#to-form");
        page.click("#a-water-ok");
        page.click("#reset");
        page.click("#a-toilet-out");
        send(page);
        page.wait_gone("#unkept");
        page.reload();
        page.click("#to-changes");
        assert_eq!(states(page), ["待合并", "待合并"]);
    });
}

#[test]
fn what_a_change_says_is_taken_back_by_another_one() {
    visit(Scene::phone(), |page| {
        open(page);
        page.click("#close-today");
        page.wait_for_text("#now", "");
        send(page);
        page.click("[id^='undo-']");
        page.wait_until("two changes", "document.querySelectorAll('.change').length === 2");
        let codes = page.texts(".code");
        let [back, first] = [&codes[0], &codes[1]].map(|code| Code::parse(code).unwrap().patch);
        assert_eq!(back.ops()[0].before, first.ops()[0].after);
        assert_eq!(back.ops()[0].after, None);
        assert_ne!(back.uuid(), first.uuid());
    });
}

#[test]
fn a_few_words_on_an_amenity() {
    visit(Scene::phone(), |page| {
        open(page);
        page.click("#open-notes");
        page.type_into("#n-hot_water", "热水器在二楼");
        page.wait_for_text("#count", "改了 1 项");
        page.reload();
        page.wait_for("#n-hot_water");
        assert_eq!(page.eval("document.querySelector('#n-hot_water').value"), "热水器在二楼");
        page.type_into("#n-hot_water-en", "On the second floor");
        page.click("#next");
        assert!(page.text(".summary li").starts_with("热水的说明："), "{}", page.text(".summary li"));
        page.click("#send");
        page.click("[id^='undo-']");
        page.wait_until("two changes", "document.querySelectorAll('.change').length === 2");
        let codes = page.texts(".code");
        let [back, first] = [&codes[0], &codes[1]].map(|code| Code::parse(code).unwrap().patch);
        let note = Text::both("热水器在二楼", "On the second floor");
        assert_eq!(first.ops()[0].field, Field::AmenityNote(Amenity::HotWater));
        assert_eq!(first.ops()[0].after, Some(Value::Text(note)));
        assert_eq!((first.ops().len(), &back.ops()[0].after), (1, &first.ops()[0].before));
        page.click("#to-form");
        page.click("#open-notes");
        page.wait_for("#n-hot_water");
        page.click("#a-hot_water-none");
        assert_eq!(page.count("#n-hot_water"), 0, "what goes needs no words");
    });
}

#[test]
fn closed_until_in_two_taps_and_other_troubles() {
    visit(Scene::phone(), |page| {
        open(page);
        page.click("#close-until");
        page.wait_for_text("#wrong", "请选一个日期");
        assert_eq!(page.count("#next"), 0);
        page.click("[id='close-day-2026-11-26']");
        page.wait_for_text("#count", "改了 1 项");
        page.click("#next");
        assert_eq!(page.texts(".summary li").len(), 1);
        assert!(page.text(".summary li").contains("11月26日"), "{}", page.text(".summary li"));
        page.click("#to-form");
        page.click("#open-names");
        page.type_into("#name", "驿\u{202e}站");
        page.wait_for_text("#wrong", "看不见的字符");
        page.type_into("#name", "驿站新名");
        page.wait_for_text("#count", "改了 2 项");
        page.click("#open-contact");
        page.type_into("#contact-phone", "没有");
        page.wait_for("#phone-odd");
        page.wait_for_text("#wrong", "新联系人");
        page.click("#back");
        page.wait_for(".page.station");
        // What was typed is there when the host comes back.
        page.click("#page-edit");
        page.wait_for("#wrong");
        assert_eq!(page.eval("document.querySelector('#name')?.value ?? null"), json!(null), "closed");
        page.click("#open-names");
        assert_eq!(page.eval("document.querySelector('#name').value"), "驿站新名");
    });
}

#[test]
fn the_door_is_where_the_host_stands_if_the_phone_knows_it_well() {
    visit(Scene::phone(), |page| {
        page.stand_about(41.8057, 123.4315, 120);
        open(page);
        page.click("#here");
        page.wait_for_text("#place-trouble", "120 米");
        assert_eq!(page.count("#next"), 0, "too coarse for a door");
        page.stand_about(41.8057, 123.4315, 12);
        page.click("#here");
        page.wait_for_text("#exact", "12 米");
        page.click("#nudge-north");
        page.click("#nudge-north");
        page.click("#nudge-east");
        page.click("#sketch");
        page.click("#nudge-north");
        page.click("#nudge-north");
        send(page);
        let patch = Code::parse(&page.text(".code")).unwrap().patch;
        let Some(Value::Position(at)) = &patch.ops()[0].after else { panic!("{patch:?}") };
        // Ten metres north of the middle of the sketch.
        assert!(
            (at.lat() - 41.8057 - 10.0 / 111_195.0).abs() < 2e-5 && (at.lng() - 123.4315).abs() < 2e-5,
            "{at:?}"
        );
    });
}

#[test]
fn other_addresses_lead_here_or_say_what_is_wrong() {
    visit(Scene::phone(), |page| {
        crate::steps::visit_page(page, &format!("/edit.html?s={ID}"), "#hours");
        crate::steps::visit_page(page, "/s/no-such-station/edit/", "#missing");
        assert!(
            fs::read_to_string(dist().unwrap().join(format!("s/{ID}/edit/index.html")))
                .unwrap()
                .contains("editor")
        );
        page.server().fault("/data/*", e2e::Fault::Refused);
        page.eval("localStorage.clear()");
        crate::steps::visit_page(page, &format!("/s/{ID}/edit/"), ".panel.problem");
        page.server().heal();
        page.click("#retry");
        page.wait_for("#hours");
        page.expect_complaint("net::");
    });
}

/// Riders never load the hosts' page.
#[test]
fn riders_load_nothing_of_it() {
    visit(Scene::phone(), |page: &Page| {
        visit_once(page);
        page.wait_for_rest();
        let asked = page.server().asked();
        assert!(asked.iter().all(|path| !path.contains("edit")), "{asked:#?}");
        assert_eq!(page.eval("caches.match('/edit.html').then(kept => !!kept)"), json!(false));
    });
}
