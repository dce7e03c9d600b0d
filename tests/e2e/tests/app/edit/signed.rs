//! The phone's signature: made by the browser, taken in by staff, known by `staff merge`; and everything without it.

use std::path::Path;
use std::process::{Command, Output};

use domain::patch::{Code, Op, Patch, Uuid, Value};
use e2e::{Page, Scene, visit, workspace};
use serde_json::json;

use super::{ID, open, send};
use crate::hosts::{copy, staff};
use crate::share::{copied_by, picture, read_code, watch_clipboard};

/// A folder in which staff work.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    copy(&workspace().join("public/data"), &desk.path().join("public/data"));
    desk
}

fn run(desk: &Path, args: &[&str]) -> Output {
    let mut run = Command::new(staff());
    for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
        run.env_remove(name);
    }
    run.current_dir(desk).args(args).output().unwrap()
}

/// What `staff merge` says of the signature of one code; empty where it takes it for no code.
fn signature(desk: &Path, line: &str) -> String {
    std::fs::write(desk.join("chat.txt"), line).unwrap();
    let said = run(desk, &["merge", "chat.txt", "--keys", "staff-keys.json", "--dry-run"]);
    let said = String::from_utf8(said.stdout).unwrap();
    let known = said
        .lines()
        .find_map(|line| line.split_once('[')?.1.split_once(']').map(|(known, _)| known.to_owned()));
    known.unwrap_or_default()
}

/// Opens the corner and makes a key; the line for staff.
#[track_caller]
fn make_key(page: &Page) -> String {
    page.click("#open-signing");
    page.click("#make-key");
    page.text("#key")
}

/// Sends that something is broken; the code.
#[track_caller]
fn code(page: &Page, what: &str, signed: bool) -> String {
    page.click(&format!("#a-{what}-out"));
    send(page);
    if signed {
        page.wait_for(".change:first-child .signed");
    }
    let code = page.text(".change:first-child .code");
    page.click("#to-form");
    page.wait_for("#hours");
    code
}

/// Another change under the same signature.
fn altered(line: &str) -> String {
    let Code { patch, signature } = Code::parse(line).unwrap();
    let ops = patch
        .ops()
        .iter()
        .cloned()
        .map(|op| Op { after: Some(Value::State(domain::amenity::AmenityState::Unknown)), ..op });
    let (by, at) = (patch.by().map(str::to_owned), patch.made_at());
    let other =
        Patch::new(Uuid([9; 16]), patch.station().clone(), patch.base_rev(), ops.collect(), by, at).unwrap();
    Code { patch: other, signature }.text().unwrap()
}

#[test]
fn a_key_of_the_browser_is_known_to_staff_until_it_is_forgotten() {
    let desk = desk();
    let desk = desk.path();
    visit(Scene::phone(), |page| {
        open(page);
        // Made before there was a key, and signed once there is one.
        let before = code(page, "water", false);
        assert_eq!(Code::parse(&before).unwrap().signature, None);
        let line = make_key(page);
        watch_clipboard(page);
        assert_eq!(copied_by(page, "#copy-key"), line);
        page.click("#key-qr");
        page.wait_for("#signing .qr");
        assert_eq!(read_code(&picture(page, "#signing .qr")), line);
        page.screenshot("edit-key");
        // Nobody reads the secret out of the phone.
        let secret = "new Promise(done => { const opened = indexedDB.open('ls.keys'); opened.onsuccess = () => {
            opened.result.transaction('keys').objectStore('keys').get('host').onsuccess = ({ target }) =>
                crypto.subtle.exportKey('pkcs8', target.result.privateKey).then(() => done('read'), error => done(error.name)); } })";
        assert_eq!(page.eval(secret), json!("InvalidAccessError"));

        let added = run(desk, &["key", "add", &line, "--for", "王姐", "--station", ID]);
        let said = String::from_utf8(added.stdout).unwrap();
        assert!(added.status.success() && said.contains(&page.text(".key-check")), "{said}");
        // The key is there over a reload.
        page.reload();
        page.wait_for("#hours");
        let signed = code(page, "toilet", true);
        assert_eq!(signature(desk, &signed), "已知密钥：王姐");
        page.click("#to-changes");
        let first = page.texts(".change .code").pop().unwrap();
        assert_eq!(signature(desk, &first), "已知密钥：王姐", "what waited is signed, too");
        assert_eq!(Code::parse(&first).unwrap().patch, Code::parse(&before).unwrap().patch);
        // A changed code is none; one made anew under the signature is nobody's.
        let at = signed.len() / 2;
        let other = if &signed[at..=at] == "0" { "1" } else { "0" };
        assert_eq!(signature(desk, &[&signed[..at], other, &signed[at + 1..]].concat()), "");
        assert_eq!(signature(desk, &altered(&signed)), "签名对不上任何已知密钥");
        assert_eq!(signature(desk, &before), "没有签名");

        // Forgotten in two taps: what comes is nobody's.
        page.click("#to-form");
        page.click("#open-signing");
        page.click("#forget-key");
        page.click("#forget-now");
        page.wait_for("#make-key");
        assert_eq!(signature(desk, &code(page, "charging", false)), "没有签名");
        // Another key is a stranger's until staff know it.
        assert_ne!(make_key(page), line);
        assert_eq!(signature(desk, &code(page, "heating", true)), "签名对不上任何已知密钥");
    });
}

#[test]
fn a_browser_that_cannot_sign_says_so_and_does_without() {
    visit(Scene::phone(), |page| {
        open(page);
        page.eval("crypto.subtle.generateKey = () => Promise.reject(new DOMException('', 'NotSupportedError')), true");
        page.click("#open-signing");
        page.click("#make-key");
        page.wait_for_text("#no-signature", "这个浏览器不会签名");
        assert_eq!(Code::parse(&code(page, "water", false)).unwrap().signature, None);
    });
    // A phone that keeps no key.
    visit(Scene::phone(), |page| {
        open(page);
        page.eval(
            "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'DataCloneError') }, true",
        );
        page.click("#open-signing");
        page.click("#make-key");
        page.wait_for_text("#no-signature", "不肯保存");
        assert_eq!(Code::parse(&code(page, "water", false)).unwrap().signature, None);
    });
}
