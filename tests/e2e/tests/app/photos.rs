//! Photos of the door: small ones for small screens, seen when they come into sight.

use e2e::{Scene, visit};

#[test]
fn photos_come_in_the_width_and_kind_that_is_needed() {
    visit(Scene::phone(), |page| {
        page.open_app("/s/sy-huanggu-mudan/");
        page.wait_for("#page .photos picture img");
        page.eval("document.querySelector('#page .photos img').scrollIntoView({ block: 'center' })");
        page.wait_until(
            "the photo to be there",
            "(i => i.complete && i.naturalWidth > 0)(document.querySelector('#page .photos img'))",
        );
        let shown = page.eval("document.querySelector('#page .photos img').currentSrc");
        let shown = shown.as_str().unwrap_or_default();
        assert!(shown.contains("/data/photos/") && shown.contains(".webp"), "{shown}");
        assert!(page.attribute("#page .photos img", "alt").is_some_and(|alt| !alt.is_empty()));
        // Its place was kept: wide as it may be, and four to three.
        let ratio = page.eval(
            "(b => b.width / b.height)(document.querySelector('#page .photos img').getBoundingClientRect())",
        );
        assert!(ratio.as_f64().is_some_and(|ratio| (ratio - 4.0 / 3.0).abs() < 0.02), "{ratio}");
        let jpeg = page.attribute("#page .photos img", "srcset").unwrap_or_default();
        assert!(jpeg.contains("_480.jpg 480w") && jpeg.contains("_960.jpg 960w"), "{jpeg}");
        page.assert_quiet();
    });
}
