//! Riders report: with a server and without, offline first, and what is shown of it.

use domain::patch::Uuid;
use domain::report::{Kind, Report};
use domain::station::StationId;
use e2e::{Fault, Page, Scene, visit_at};
use serde_json::{Value, json};

use crate::site::Site;
use crate::steps::{listed, locate};
use crate::truth::{station, stations};

#[path = "../../../../crates/staff/tests/reports/payloads.rs"]
pub mod payloads;

const API: &str = "/api/reports";
/// A station of the sample that has a host's number.
const ID: &str = "sy-hunnan-yuetanshan";

fn plain() -> Site {
    Site::new(|_| (), &json!([]), false)
}

fn served() -> Site {
    Site::new(|_| (), &json!([]), true)
}

/// Opens the dialog on a station's page and chooses what to report.
#[track_caller]
fn choose(page: &Page, words: &str) {
    page.click("#page-report");
    page.wait_for("dialog[open] .choice");
    page.click_text("dialog .choice", words);
    page.wait_for("dialog .dialog-lead");
}

/// The reports that the server was sent.
fn sent(page: &Page) -> Vec<Report> {
    let sent = page.server().sent();
    assert!(sent.iter().all(|(path, _)| path == API), "{sent:?}");
    sent.iter().map(|(_, body)| Report::from_form(body).unwrap()).collect()
}

fn waiting(page: &Page) -> usize {
    let kept = page.eval("localStorage.getItem('ls.reports') ?? ''");
    kept.as_str().unwrap().lines().count()
}

fn report(number: u8, station: &str, kind: Kind, at: &str) -> Value {
    json!({ "uuid": format!("{number:032x}"), "station": station, "kind": kind.word(), "text": "不公开", "at": at })
}

#[test]
fn a_report_arrives_and_is_counted_once() {
    let site = served();
    visit_at(Scene::phone(), site.serve(), |page| {
        page.watch_policy();
        page.server().fault(API, Fault::Status(202));
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "关着门");
        page.type_into("#report-text", "门口贴了条子");
        page.click("#report-send");
        page.wait_for_text("#toast.is-shown", "已送达");
        // Again, from another visit: the same rider says the same.
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "关着门");
        page.click("#report-send");
        page.wait_for_text("#toast.is-shown", "已送达");
        choose(page, "金点子");
        page.type_into("#report-text", "装个雨棚");
        page.click("#report-send");
        page.wait_for_text("#toast.is-shown", "已送达");
        let reports = sent(page);
        assert_eq!(reports.len(), 3);
        assert_eq!((reports[0].kind(), reports[0].text()), (Kind::Closed, "门口贴了条子"));
        assert_eq!(reports[0].station().as_str(), ID);
        assert_eq!(reports[0].uuid(), reports[1].uuid(), "one rider");
        assert_ne!(reports[0].uuid(), reports[2].uuid());
        assert_eq!(waiting(page), 0);
        let body = &page.server().sent()[0].1;
        let fields: Vec<&str> = body.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
        assert_eq!(fields, ["uuid", "station", "kind", "text"], "nothing of the rider or the phone");
    });
}

#[test]
fn without_a_network_it_waits_and_goes_once() {
    let site = served();
    visit_at(Scene::phone(), site.serve(), |page| {
        page.server().fault(API, Fault::Refused);
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "没水");
        page.click("#report-send");
        page.wait_for_text("#toast.is-shown", "有网络就发送");
        assert_eq!(waiting(page), 1);
        page.server().kill();
        page.eval("localStorage.setItem('was', localStorage.getItem('ls.reports'))");
        page.reload();
        assert_eq!(waiting(page), 1, "a reload loses nothing");
        page.server().revive().unwrap();
        page.server().heal();
        page.server().fault(API, Fault::Status(503));
        page.open_app("/");
        page.wait_until("a try that the server declines", "!!localStorage.getItem('ls.reports')");
        page.server().heal();
        page.server().fault(API, Fault::Status(202));
        page.open_app("/");
        page.wait_until("nothing to wait", "localStorage.getItem('ls.reports') === ''");
        let kept = page.eval("localStorage.getItem('was')");
        let first = Report::from_form(kept.as_str().unwrap().trim()).unwrap();
        let all = sent(page);
        assert!(all.iter().all(|report| *report == first), "one report, however often it was tried");
        let before = all.len();
        page.open_app("/");
        page.wait_for_rest();
        assert_eq!(sent(page).len(), before, "never again");
        page.expect_complaint("net::");
        page.expect_complaint("503");
    });
}

#[test]
fn what_is_refused_for_good_does_not_wait() {
    let site = served();
    visit_at(Scene::phone().lang("en"), site.serve(), |page| {
        page.server().fault(API, Fault::Status(404));
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "Moved away");
        page.click("#report-send");
        page.wait_for_text("#toast.is-shown", "could not be sent");
        assert_eq!((sent(page).len(), waiting(page)), (1, 0));
        page.expect_complaint("404");
    });
}

#[test]
fn without_a_server_there_is_a_text_for_the_host() {
    let site = plain();
    visit_at(Scene::phone(), site.serve(), |page| {
        page.open_app(&format!("/s/{ID}/"));
        page.eval(
            "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }, 1",
        );
        choose(page, "电话不对");
        page.type_into("#report-text", "停机了");
        page.click("#report-send");
        page.wait_until("a copied text", "!!window.copied");
        let copied = page.eval("window.copied");
        let found = Report::heard_in(copied.as_str().unwrap());
        let report = found[0].report.as_ref().unwrap();
        assert_eq!(
            (report.kind(), report.text(), report.station().as_str()),
            (Kind::PhoneWrong, "停机了", ID)
        );
        let dials = page.attributes("dialog a.button", "href");
        assert!(dials.iter().any(|dial| dial.starts_with("tel:024")), "{dials:?}");
        assert!(dials.contains(&"tel:12345".to_owned()), "{dials:?}");
        assert_eq!(sent(page), []);
    });
}

/// Where the host has a mobile number, the text goes to it; only the phone sends it.
#[test]
fn a_text_message_begins_with_the_hosts_number_and_the_report() {
    const TYPED: &str = "停机了 & 50%? #2";
    let change = |list: &mut Value| {
        let stations = list["stations"].as_array_mut().unwrap();
        let station = stations.iter_mut().find(|station| station["id"] == ID).unwrap();
        station["contacts"][0]["phone"] = json!("13800000000");
    };
    let site = Site::of("stations.json", change, &json!([]), false);
    visit_at(Scene::phone(), site.serve(), |page| {
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "电话不对");
        let dials = page.attributes("dialog a.button", "href");
        assert_eq!(dials, ["tel:13800000000", "tel:12345"]);
        page.type_into("#report-text", TYPED);
        // What the phone would open; headless there is no app to open it with.
        page.eval(
            "navigation.addEventListener('navigate', event => { window.opened = event.destination.url; event.preventDefault() }), 1",
        );
        page.click_text("dialog .button", "发短信");
        page.wait_until("a message to write", "!!window.opened");
        let opened = page.eval("window.opened");
        let (number, body) = opened.as_str().unwrap().split_once("?&body=").unwrap();
        assert_eq!(number, "sms:13800000000");
        assert!(body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"%-_.~".contains(&byte)), "{body}");
        let text = page.eval(&format!("decodeURIComponent('{body}')"));
        let heard = Report::heard_in(text.as_str().unwrap());
        let report = heard[0].report.as_ref().unwrap();
        assert_eq!((report.kind(), report.text(), report.station().as_str()), (Kind::PhoneWrong, TYPED, ID));
        assert!(text.as_str().unwrap().contains(&station(ID).name));
        assert_eq!(sent(page), []);
    });
    // A number that takes none, and a site that takes reports itself, offer none.
    for site in [plain(), served()] {
        visit_at(Scene::phone(), site.serve(), |page| {
            page.open_app(&format!("/s/{ID}/"));
            choose(page, "电话不对");
            assert!(!page.texts("dialog .button").contains(&"发短信".to_owned()));
        });
    }
}

#[test]
fn a_dispute_is_sent_to_nobody() {
    let site = served();
    visit_at(Scene::phone(), site.serve(), |page| {
        page.open_app(&format!("/s/{ID}/"));
        choose(page, "劳动纠纷");
        assert_eq!(page.count("#report-send") + page.count("#report-text"), 0);
        let dials = page.attributes("dialog a.button", "href");
        for dial in ["tel:12351", "tel:12348", "tel:12333"] {
            assert!(dials.contains(&dial.to_owned()), "{dials:?}");
        }
        assert_eq!((sent(page), waiting(page)), (vec![], 0));
    });
}

#[test]
fn what_several_say_shows_for_a_week_and_praise_moves_nobody() {
    let last = stations().last().unwrap().id.clone();
    let praise = (10..90).map(|number| report(number, &last, Kind::Praise, "2026-11-01T08:00"));
    let warned = [
        report(1, ID, Kind::Closed, "2026-11-21T08:00"),
        report(2, ID, Kind::Closed, "2026-11-22T08:00"),
        report(3, ID, Kind::NoWater, "2026-11-22T08:00"),
    ];
    let site = Site::new(|_| (), &praise.chain(warned).collect(), false);
    let words = "有骑友反映关着门（2 人，11月22日）";
    let order = |site: &Site| {
        let mut order = Vec::new();
        visit_at(Scene::phone(), site.serve(), |page| {
            page.open_app("/");
            locate(page);
            order = listed(page);
        });
        order
    };
    assert_eq!(order(&site), order(&plain()));
    visit_at(Scene::phone(), site.serve(), |page| {
        page.open_app(&format!("/s/{ID}/"));
        assert_eq!(page.texts("#page-content .said"), [words]);
        page.screenshot("reports-page");
        page.click("#page-report");
        page.wait_for("dialog[open] .choice");
        page.wait_for_rest();
        page.screenshot("reports-kinds");
        assert_eq!(page.axe_violations(), Vec::<String>::new());
        page.click_text("dialog .choice", "关着门");
        page.wait_for("#report-text");
        page.wait_for_rest();
        page.screenshot("reports-form");
        assert_eq!(page.axe_violations(), Vec::<String>::new());
        assert_eq!(page.sticks_out(), Vec::<String>::new());
        page.open_app(&format!("/s/{last}/"));
        assert_eq!(page.texts("#page-content .said"), ["五星好评 80"]);
        page.open_app("/");
        page.type_into("#search", &station(ID).name);
        page.wait_for(&format!("#row-{ID}"));
        let said = page.eval(&format!("document.querySelector('#row-{ID} .said').textContent"));
        assert_eq!(said, words);
    });
    for (now, shown) in [("2026-11-29T23:00:00+08:00", 1), ("2026-11-30T00:30:00+08:00", 0)] {
        visit_at(Scene::phone().dark().lang("en").at(now), site.serve(), |page| {
            page.open_app(&format!("/s/{ID}/"));
            page.wait_for("#page-report");
            assert_eq!(page.count("#page-content .said"), shown, "{now}");
            page.wait_for_rest();
            page.screenshot(&format!("reports-page-en-{shown}"));
            assert_eq!(page.axe_violations(), Vec::<String>::new());
        });
    }
}

/// Three hundred texts of script, addresses and tricks, typed into the dialog: sent as texts, run as nothing.
#[test]
fn hostile_texts_are_sent_as_texts() {
    let site = served();
    visit_at(Scene::phone(), site.serve(), |page| {
        page.watch_policy();
        page.server().fault(API, Fault::Status(202));
        page.open_app(&format!("/s/{ID}/"));
        let payloads = payloads::payloads();
        let script = "(async payloads => {
            const until = async found => { for (let n = 0; n < 500 && !found(); n++) await new Promise(r => setTimeout(r, 10)); return found() };
            const get = css => document.querySelector(css);
            for (const text of payloads) {
                get('#page-report').click();
                (await until(() => get('dialog .choice[data-do$=suggestion]'))).click();
                (await until(() => get('#report-text'))).value = text;
                get('#report-send').click();
                await until(() => !get('dialog[open]') && localStorage.getItem('ls.reports') === '');
            }
            return true;
        })(PAYLOADS)";
        for some in payloads.chunks(30) {
            page.eval(&script.replace("PAYLOADS", &json!(some).to_string()));
        }
        let sent = sent(page);
        assert!(payloads.len() >= 300);
        assert_eq!(sent.len(), payloads.len());
        let id = StationId::new(ID).unwrap();
        for (report, payload) in sent.iter().zip(&payloads) {
            // A field of one line drops line breaks, where `typed` makes spaces of them.
            let one_line = payload.replace(['\r', '\n'], "");
            let expected = Report::typed(Uuid([0; 16]), id.clone(), Kind::Suggestion, &one_line);
            assert_eq!(report.text(), expected.text(), "{payload:?}");
        }
        assert!(page.eval("window.hurt === undefined") == true);
    });
}
