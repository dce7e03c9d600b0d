//! All of it without a mouse or a finger.

use e2e::{Key, Page, Scene, visit};

use crate::steps::{listed, raise_sheet};
use crate::truth::station;

#[test]
fn tab_reaches_everything_in_order() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        page.press(Key::Tab);
        assert!(page.focused().contains("skip"), "first comes the way past the map: {}", page.focused());
        // Logo, language, colours, about, the map's own, place buttons, then the search.
        let way = page.tab_to("#search", 30);
        let position = |part: &str| way.iter().position(|one| one.contains(part));
        assert!(position("bar-home") < position("bar-about"), "{way:#?}");
        assert!(position("bar-about") < position("hero-locate"), "{way:#?}");
        page.tab_to(".finder .chip", 3);
        page.tab_to(".row > a", 12);
        assert_eq!(page.focused(), format!("#row-{}", listed(page)[0]));
        page.press(Key::Tab);
        assert_eq!(page.focused(), format!("#row-{}", listed(page)[1]));
    });
}

#[test]
fn the_skip_link_leads_to_the_list() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        page.press(Key::Tab);
        assert!(page.is_visible(".skip"));
        page.press(Key::Enter);
        page.wait_until("the focus on the list", "document.activeElement.id === 'list'");
        page.press(Key::Tab);
        assert!(page.eval("document.activeElement.closest('#list') !== null") == true, "{}", page.focused());
    });
}

#[test]
fn a_row_opens_and_escape_gives_the_focus_back() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        page.tab_to(".row > a", 45);
        page.press(Key::Tab);
        let row = page.focused();
        page.press(Key::Enter);
        page.wait_for(".page.station");
        page.wait_until("the focus on the page's title", "document.activeElement.id === 'page-title'");
        page.press(Key::Escape);
        page.wait_gone(".page.station");
        page.wait_until(
            "the focus on the row again",
            &format!("document.activeElement.id === '{}'", row.trim_start_matches('#')),
        );
    });
}

#[test]
fn number_keys_open_stations() {
    visit(Scene::desktop(), |page| {
        page.open_app("/");
        page.wait_for(".row");
        let third = listed(page)[2].clone();
        page.press(Key::Digit(3));
        page.wait_for_address(&format!("/s/{third}/"));
        assert_eq!(page.text("#page-title"), station(&third).name);
        page.press(Key::Escape);
        page.wait_for_address("/");
        // In the search field digits are digits.
        page.eval("document.querySelector('#search').focus()");
        page.press(Key::Digit(3));
        page.wait_until("the digit in the field", "document.querySelector('#search').value === '3'");
        assert!(!page.address().starts_with("/s/"), "{}", page.address());
    });
}

#[test]
fn the_handle_obeys_arrows() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.tab_to(".handle", 40);
        let height = |page: &Page| {
            page.wait_for_rest();
            page.eval("document.querySelector('.sheet').getBoundingClientRect().height").as_f64().unwrap()
        };
        let peek = height(page);
        page.press(Key::Up);
        let half = height(page);
        page.press(Key::Up);
        let full = height(page);
        assert!(peek < half && half < full && full <= 640.0, "{peek} {half} {full}");
        assert_eq!(page.attribute(".handle", "aria-expanded").as_deref(), Some("true"));
        page.press(Key::Down);
        assert!((height(page) - half).abs() < 1.0);
        page.press(Key::Home);
        assert!((height(page) - full).abs() < 1.0);
        page.press(Key::End);
        assert!((height(page) - peek).abs() < 1.0);
        page.press(Key::Enter);
        assert!((height(page) - half).abs() < 1.0, "Enter raises it like a tap");
    });
}

#[test]
fn the_handle_follows_a_finger() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        page.wait_for_rest();
        let middle = page.eval("(b => [b.left + b.width / 2, b.top + b.height / 2])(document.querySelector('.handle').getBoundingClientRect())");
        let (x, y) = (middle[0].as_f64().unwrap(), middle[1].as_f64().unwrap());
        page.drag((x, y), (x, 90.0));
        page.wait_for(".sheet.is-full");
        page.wait_for_rest();
        page.drag((x, 70.0), (x, 420.0));
        page.wait_gone(".sheet.is-full");
    });
}

#[test]
fn dialogs_keep_the_focus_and_give_it_back() {
    visit(Scene::phone(), |page| {
        page.open_app("/");
        raise_sheet(page);
        for (opener, turns) in
            [(".hero.ask .button:not(.primary)", 25), (".finder .chip:not([aria-pressed])", 60)]
        {
            page.eval(&format!("document.querySelector(\"{opener}\").focus()"));
            page.press(Key::Enter);
            page.wait_for("dialog[open]");
            for _ in 0..turns {
                page.press(Key::Tab);
                let inside =
                    "!!document.activeElement.closest('dialog') || document.activeElement === document.body";
                assert!(page.eval(inside) == true, "{} has the focus behind the dialog", page.focused());
            }
            page.press(Key::Escape);
            page.wait_gone("dialog");
            page.wait_until(
                "the focus on what opened the dialog",
                &format!("document.activeElement?.matches(\"{opener}\") ?? false"),
            );
        }
    });
}

#[test]
fn a_whole_journey_by_keys() {
    visit(Scene::phone(), |page| {
        page.stand_at(41.8057, 123.4315);
        page.open_app("/");
        page.tab_to(".hero.ask .button.primary", 40);
        page.press(Key::Enter);
        page.wait_for(".hero.nearest");
        page.press(Key::Digit(1));
        page.wait_for(".page.station");
        page.tab_to(".page .button.primary", 10);
        page.press(Key::Enter);
        page.wait_for("dialog[open]");
        page.tab_to("dialog a.choice", 8);
        assert!(page.eval("document.activeElement.href").as_str().unwrap().starts_with("https://"));
        page.press(Key::Escape);
        page.wait_gone("dialog");
        page.press(Key::Escape);
        page.wait_for_address("/");
    });
}
