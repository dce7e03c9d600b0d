//! Three hundred texts that hope to be taken for something else, each in every field of a station: in the list, on its page, on the map,
//! in what is shared and printed, in the search, and in the pages that read without the app. All are seen as texts, and nothing runs.

use e2e::{Page, Scene, visit_at};
use serde_json::{Value, json};

use crate::reports::payloads::payloads;
use crate::site::Site;
use crate::steps::locate;

#[path = "../../../../crates/staff/tests/payloads/list.rs"]
mod list;

/// What the page has to find things with, and to look whether something became more than a text.
const TOOLS: &str = r"
    window.plain = text => text.replace(/\s+/g, ' ').trim();
    window.until = async (what, found) => {
        for (let n = 0; n < 1000; n++) { if (found()) return true; await new Promise(r => setTimeout(r, 10)); }
        window.odd.push('no ' + what);
        return false;
    };
    window.odd = [];
    // A poster is drawn on the phone, and saved as the picture that it is.
    const poster = `#poster-save[download][href^='data:image/png;base64,']`;
    window.look = where => {
        const all = [...document.body.querySelectorAll('*')];
        const active = all.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))
            || e.matches('iframe, object, embed, base, meta, body style, math, form, template, video, audio, script:not([src]):not([type$=json])')
            || /^\s*(javascript|vbscript|data|file):/i.test(e.getAttribute('href') ?? '') && !e.matches(poster));
        active.forEach(e => odd.push(where + ': ' + e.outerHTML.slice(0, 200)));
        if (window.hurt !== undefined) odd.push(where + ': something ran');
    };
";

/// Runs a script with the tools and these texts; it tells what is odd.
#[track_caller]
fn run(page: &Page, script: &str, texts: &[(usize, &String)]) {
    let script =
        format!("(async texts => {{ {script}; look('the end'); return odd.splice(0); }})({})", json!(texts));
    assert_eq!(page.eval(&script), json!([]));
}

#[test]
fn three_hundred_texts_in_every_view_of_riders() {
    let texts = list::lines(&payloads());
    assert!(texts.len() >= 290);
    let own = texts.clone();
    let site = Site::of(
        "stations.json",
        move |file: &mut Value| {
            file["stations"] = list::stations(&own).into();
            (file["dataset"]["title"], file["dataset"]["publisher"]) =
                (own[0].clone().into(), own[1].clone().into());
        },
        &json!([]),
        false,
    );
    let numbered: Vec<(usize, &String)> = texts.iter().enumerate().collect();
    for lang in ["zh-CN", "en"] {
        visit_at(Scene::desktop().lang(lang), site.serve(), |page| {
            page.watch_policy();
            page.open_app("/");
            locate(page);
            page.eval(TOOLS);
            run(page, LIST, &numbered);
            for some in numbered.chunks(30) {
                run(page, SEARCH, some);
                run(page, STATION, some);
            }
            for path in ["/about", "/list.html", "/list/", "/list/shenyang/", "/s/p-0/edit/"] {
                page.open(path);
                page.wait_for_rest();
                page.eval(TOOLS);
                run(
                    page,
                    "document.querySelectorAll('a, button, input').length || odd.push('nothing is there')",
                    &[],
                );
            }
            page.assert_quiet();
        });
    }
    // As their pages read without scripts, some of them: what they are made of is compared for all where they are built.
    visit_at(Scene::phone(), site.serve(), |page| {
        page.watch_policy();
        page.disable_scripts();
        for (number, text) in numbered.iter().step_by(30) {
            page.open(&format!("/s/p-{number}/"));
            let shown = page.text("body").split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                shown.contains(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
                "{text}: {shown}"
            );
        }
        page.assert_quiet();
    });
    println!("{} texts, each in every field, in 2 languages", texts.len());
}

/// The whole list, row by row.
const LIST: &str = r"
    const row = n => document.querySelector('#row-p-' + n);
    await until('whole list', () => { document.querySelector('.layer.home button.wide')?.click(); return texts.every(([n]) => row(n)); });
    for (const [n, text] of texts) {
        if (!plain(row(n)?.closest('.row')?.textContent ?? '').includes(plain(text))) odd.push('row ' + n + ': ' + text);
    }
    look('list')";

/// Typed into the search, as far as the field takes it.
const SEARCH: &str = r"
    const field = document.querySelector('#search');
    const type = text => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); };
    for (const [n, text] of texts) {
        type(text);
        await until('search', () => document.querySelector('.list .row') || document.querySelector('.home .empty, .home .none'));
        look('search ' + n);
    }
    type('');
    await until('list', () => document.querySelector('.list .row'))";

/// Each station's page, its pin on the map, and what of it is shared; of some the poster.
const STATION: &str = r"
    const get = css => document.querySelector(css);
    const go = path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate', { state: null })); };
    for (const [n, text] of texts) {
        go('/s/p-' + n + '/');
        const words = plain(text);
        if (!await until('page ' + n, () => plain(get('#page-title')?.textContent ?? '') === words)) continue;
        const times = plain(get('.page.station').textContent).split(words).length - 1;
        if (times < 9) odd.push('page ' + n + ' says it ' + times + ' times: ' + text);
        await until('pin ' + n, () => [...document.querySelectorAll('.leaflet-marker-pane *')]
            .some(e => plain(e.getAttribute('aria-label') ?? e.title ?? '').includes(words)));
        look('page ' + n);
        get('#page-share').click();
        await until('share ' + n, () => get('dialog[open] .qr'));
        if (!plain(get('dialog[open]').textContent).includes(words)) odd.push('share ' + n);
        look('share ' + n);
        if (n % 30 === 0) {
            get('#share-poster').click();
            await until('poster ' + n, () => get('dialog .poster')?.naturalWidth === 1240);
            look('poster ' + n);
        }
        get('#dialog-close').click();
        await until('closed ' + n, () => !get('dialog[open]'));
        get('#page-report').click();
        await until('report ' + n, () => get('dialog[open] .choice'));
        look('report ' + n);
        get('#dialog-close').click();
        await until('closed again ' + n, () => !get('dialog[open]'));
    }
    go('/');
    await until('list', () => get('.list .row'))";
