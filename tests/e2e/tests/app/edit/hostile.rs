//! Texts that would be more than texts: in every field, kept and typed, in every view. None of them runs.

use e2e::{Page, Scene, Server, visit_at};

use super::{ID, open};
use crate::hosts::{Host, Kind};

/// Markup, addresses, and characters that turn the direction of what follows or hide it.
const SEEDS: [&str; 20] = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "\"><svg onload=window.ran=1>",
    "'><iframe srcdoc=\"<script>parent.ran=1</script>\">",
    "javascript:window.ran=1",
    "data:text/html,<script>parent.ran=1</script>",
    "</textarea><script>window.ran=1</script>",
    "</option></select><img src=x onerror=window.ran=1>",
    "<a href=javascript:window.ran=1>x</a>",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "<style>*{display:none}</style>",
    "<base href=//example.invalid/>",
    "<meta http-equiv=refresh content=0;url=//example.invalid>",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "驿站\u{202e}gnp.exe",
    "驿\u{200b}站\u{2066}x\u{2069}",
    "a\u{0}b\tc\nd\\t\\n",
    "RS1.0000.0000",
    "set:hours=x|undo:1",
];
const FIELDS: [&str; 22] = [
    "hours",
    "n-water",
    "notice-text",
    "notice-en",
    "notice-day",
    "contact-org",
    "contact-person",
    "contact-phone",
    "contact-role",
    "name",
    "name-en",
    "address",
    "way",
    "close-day",
    "access",
    "pos",
    "ev-new1-title",
    "ev-new1-title-en",
    "ev-new1-day",
    "ev-new1-from",
    "ev-new1-note",
    "ev-new1-kind",
];

#[test]
fn three_hundred_payloads_in_every_field_and_view() {
    let host = Host::start(Kind::Staff, |_| ());
    visit_at(Scene::phone(), Server::elsewhere(host.address), |page| {
        page.watch_policy();
        open(page);
        let mut tried = 0;
        for seed in SEEDS {
            // As kept by a page before: every field at once, and the name of who says so.
            let line = |field: &str| format!("{field}\t{}", escaped(seed));
            let draft: Vec<String> = FIELDS.iter().map(|field| line(field)).collect();
            let kept = serde_json::json!([draft.join("\n") + "\nev-new1-on\t1\n", seed]);
            page.eval(&format!(
                "(([draft, by]) => {{ localStorage.setItem('ls.edit.draft.{ID}', draft); localStorage.setItem('ls.edit.by.{ID}', by); }})({kept})"
            ));
            page.reload();
            page.wait_for("html[data-app='running'] #hours");
            page.click("#open-names");
            look(page, seed);
            // Typed and sent, where it may be sent: the summary, the list of changes, the code's text.
            if page.count("#reset") == 1 {
                page.click("#reset");
            }
            page.eval(&format!("localStorage.removeItem('ls.edit.draft.{ID}')"));
            open(page);
            page.type_into("#hours", seed);
            page.click("#open-notice");
            page.type_into("#notice-text", seed);
            look(page, seed);
            if page.count("#next") == 1 {
                page.click("#next");
                look(page, seed);
                page.click("#send");
                page.wait_for(".change");
                look(page, seed);
            }
            page.eval(&format!(
                "['draft', 'queue'].forEach(what => localStorage.removeItem(`ls.edit.${{what}}.{ID}`))"
            ));
            open(page);
            tried += FIELDS.len();
        }
        println!("{tried} payloads in fields, {} in views", SEEDS.len() * 4);
        assert!(tried >= 300);
        // Nor by the address.
        for behind in
            ["#k=<script>window.ran=1</script>", "?s=<img src=x onerror=window.ran=1>", "#k=javascript:ran=1"]
        {
            super::open_at(page, behind);
            look(page, behind);
        }
        page.assert_quiet();
    });
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n")
}

/// Nothing ran, nothing was made, and the policy had nothing to forbid.
#[track_caller]
fn look(page: &Page, seed: &str) {
    page.wait_for_rest();
    assert_eq!(page.eval("window.ran === undefined"), true, "{seed}");
    assert_eq!(
        page.count("#editor script, #editor iframe, #editor style, #editor base, #editor meta"),
        0,
        "{seed}"
    );
    assert_eq!(page.count("#editor [onerror], #editor [onload], #editor a[href^='javascript']"), 0, "{seed}");
    page.assert_quiet();
}
