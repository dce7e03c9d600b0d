//! Sharing: what is copied, what the codes say, and what is never in either.

use e2e::{Page, Scene, decode_base64, visit};
use image::{GrayImage, imageops};

use crate::offline::{expect_no_network, visit_once};
use crate::steps::{locate, raise_sheet};
use crate::truth::station;

const ID: &str = "sy-hunnan-yuetanshan";

/// From here on what is copied is kept in the page.
pub fn watch_clipboard(page: &Page) {
    page.eval(
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }, true",
    );
}

/// What was copied by a tap on `css`.
#[track_caller]
pub fn copied_by(page: &Page, css: &str) -> String {
    page.eval("window.copied = ''");
    page.click(css);
    page.wait_until("a copied text", "!!window.copied");
    page.eval("window.copied").as_str().unwrap().to_owned()
}

fn origin(page: &Page) -> String {
    page.eval("location.origin").as_str().unwrap().to_owned()
}

/// The picture in an `<img>` with a data address.
pub fn picture(page: &Page, css: &str) -> GrayImage {
    let address = page.attribute(css, "src").unwrap();
    let (kind, data) = address.split_once(',').unwrap();
    assert_eq!(kind, "data:image/png;base64");
    image::load_from_memory(&decode_base64(data)).unwrap().to_luma8()
}

/// What an independent decoder reads.
#[track_caller]
pub fn read_code(picture: &GrayImage) -> String {
    try_to_read(picture).unwrap()
}

/// What it reads of a worn code, which a person would hold another way if it is not read at once: of 28,231 such codes this
/// decoder read 105 only turned around.
#[track_caller]
fn read_worn_code(picture: &GrayImage) -> String {
    let read = try_to_read(picture);
    read.or_else(|_| try_to_read(&imageops::rotate90(picture))).unwrap()
}

fn try_to_read(picture: &GrayImage) -> Result<String, String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.as_raw()[y * width + x]);
    let codes = prepared.detect_grids();
    let [code] = codes.as_slice() else { return Err(format!("{} codes in the picture", codes.len())) };
    code.decode().map(|(_, text)| text).map_err(|error| error.to_string())
}

/// The same code, 300 pixels wide, with 15 % of it (its margin aside) under one dark thumb print: anywhere but on the
/// marks in its corners, by which a reader finds it at all.
fn smudged(picture: &GrayImage) -> GrayImage {
    const SIDE: u32 = 300;
    let mut small = imageops::resize(picture, SIDE, SIDE, imageops::FilterType::Triangle);
    let dark = small.enumerate_pixels().filter(|(.., pixel)| pixel.0[0] < 128).map(|(x, ..)| x);
    let (first, last) = dark.fold((SIDE, 0), |(first, last), x| (first.min(x), last.max(x)));
    let radius = (f64::from(last - first).powi(2) * 0.15 / std::f64::consts::PI).sqrt();
    for (x, y) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))) {
        if (f64::from(x) - 165.0).hypot(f64::from(y) - 140.0) < radius {
            small.put_pixel(x, y, image::Luma([60]));
        }
    }
    small
}

#[test]
fn a_station_is_shared_by_link_message_and_code() {
    visit(Scene::phone(), |page| {
        page.stand_at(41.8057, 123.4315);
        page.open_app(&format!("/s/{ID}/?from=timeline&isappinstalled=0"));
        page.click("#locate");
        page.wait_for(".page .far");
        watch_clipboard(page);
        page.click("#page-share");
        page.wait_for("dialog[open] .qr");
        let url = format!("{}/s/{ID}/", origin(page));
        assert_eq!(copied_by(page, "#share-link"), url, "the address alone");
        page.wait_until(
            "the word to be seen before the dialog",
            "(() => {
                const b = document.querySelector('#toast.is-shown')?.getBoundingClientRect();
                return !!b && !!document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)?.closest('#toast');
            })()",
        );
        let message = copied_by(page, "#share-text");
        let lines: Vec<&str> = message.lines().collect();
        assert!(lines[0].contains(&station(ID).name) && lines[1].contains("浑南区"), "{message}");
        assert_eq!(lines.last(), Some(&url.as_str()));
        // 41.8057, 123.4315 in whatever form.
        assert!(!message.contains("41.8") && !message.contains("123.4"), "{message}");
        let code = picture(page, "dialog .qr");
        assert_eq!(read_code(&code), url);
        assert_eq!(read_worn_code(&smudged(&code)), url, "worn");
        page.screenshot("share");
    });
}

#[test]
fn a_poster_fits_the_door_and_its_code_leads_here() {
    for (scene, words) in [(Scene::phone(), "zh"), (Scene::phone().lang("en"), "en")] {
        visit(scene, |page| {
            page.open_app(&format!("/s/{ID}/"));
            page.click("#page-share");
            page.click("#share-poster");
            page.wait_for("dialog .poster");
            page.wait_until("the picture", "document.querySelector('.poster').naturalWidth === 1240");
            let poster = picture(page, ".poster");
            assert_eq!(poster.dimensions(), (1240, 1754), "A4 at 150 dots an inch");
            let code = imageops::crop_imm(&poster, 60, 1200, 480, 500).to_image();
            let url = format!("{}/s/{ID}/", origin(page));
            assert_eq!(read_code(&code), url);
            // Something is drawn where the name, the map and the foot are.
            for (y, what) in [(300, "name"), (900, "map"), (1400, "foot")] {
                let band = imageops::crop_imm(&poster, 96, y, 1048, 120).to_image();
                assert!(band.pixels().any(|pixel| pixel.0[0] < 140), "{what} in {words}");
            }
            page.screenshot(&format!("poster-{words}"));
            page.press(e2e::Key::Escape);
            page.wait_gone("dialog");
            assert_eq!(page.address(), format!("/s/{ID}/"));
        });
    }
}

#[test]
fn a_filtered_list_is_shared_without_the_rider() {
    visit(Scene::phone(), |page| {
        page.open_app("/?isappinstalled=0");
        locate(page);
        raise_sheet(page);
        assert_eq!(page.count("#share-list"), 0, "everybody's link shows all stations");
        page.click_text(".finder .chip", "饮水");
        watch_clipboard(page);
        page.click("#share-list");
        page.wait_for("dialog[open] .qr");
        let url = format!("{}/?has=water", origin(page));
        assert_eq!(copied_by(page, "#share-link"), url);
        assert_eq!(read_code(&picture(page, "dialog .qr")), url);
        assert_eq!(page.count("#share-text") + page.count("#share-poster"), 0);
    });
}

#[test]
fn the_phones_own_way_is_offered_where_there_is_one() {
    visit(Scene::phone(), |page| {
        page.open_app(&format!("/s/{ID}/"));
        page.eval(
            "Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }), true",
        );
        page.click("#page-share");
        page.wait_for("dialog[open] #share-link");
        assert_eq!(page.count("#share-more"), 0);
        page.press(e2e::Key::Escape);
        page.wait_gone("dialog");
        page.eval(
            "Object.defineProperty(navigator, 'share', { value: what => { window.shared = what; return Promise.reject(new Error('changed my mind')) }, configurable: true }), true",
        );
        page.click("#page-share");
        page.click("#share-more");
        page.wait_until("what was shared", "!!window.shared");
        assert_eq!(page.eval("window.shared.url"), format!("{}/s/{ID}/", origin(page)).as_str());
        assert_eq!(page.count("dialog[open]"), 1, "the other ways are still there");
    });
}

/// What stands behind `/s/{id}` once a chat is through with a link.
const CHATS: [&str; 14] = [
    // WeChat's timeline and its login.
    "/?from=timeline&isappinstalled=0",
    "/?nsukey=a%2Bb%3D&from=singlemessage",
    "/?nsukey=x%252By&from=timeline&isappinstalled=0#wechat_redirect",
    // A fragment added; one that said something, stripped; the slash at the end lost. No two that differ by their
    // fragments alone stand together: that would be one visit.
    "/#rd",
    "?share=1",
    "/#",
    "",
    "/",
    "#rd",
    // The sentence goes on, and is escaped once or twice or not at all.
    "。",
    "%E3%80%82",
    "/%EF%BC%8C%E5%BF%AB%E6%9D%A5",
    "%25E3%2580%2582",
    "/%25EF%25BC%2589?from=groupmessage",
];

/// What chats do to a link on the way: each opens the station.
#[test]
fn shared_links_survive_chats() {
    visit(Scene::phone(), |page| {
        each_opens_the_station(page);
    });
}

#[test]
fn shared_links_survive_chats_without_a_network() {
    visit(Scene::phone(), |page| {
        visit_once(page);
        page.server().kill();
        each_opens_the_station(page);
        expect_no_network(page);
    });
}

#[track_caller]
fn each_opens_the_station(page: &Page) {
    // The id itself escaped, once and twice.
    let escaped = [ID.replace('-', "%2D"), ID.replace('-', "%252D")].map(|id| format!("/s/{id}/"));
    for path in CHATS.iter().map(|end| format!("/s/{ID}{end}")).chain(escaped) {
        page.open_app(&path);
        page.wait_for(".page.station");
        assert_eq!(page.text("#page-title"), station(ID).name, "{path}");
    }
}
