use e2e::{Scene, visit};
#[test]
fn it_opens() {
    visit(Scene::phone(), |page| {
        page.open("/");
        assert_eq!(page.text("h1"), "你好");
        assert_eq!(page.eval("new Date().toISOString().slice(0,16)"), "2026-11-23T02:30");
        assert_eq!(page.eval("navigator.language"), "zh-CN");
        page.click("button");
        page.wait_for_text("h1", "tapped");
        page.stand_at(41.8, 123.4);
        page.eval("new Promise((y,n)=>navigator.geolocation.getCurrentPosition(p=>y(p.coords.latitude),n))");
        page.screenshot("harness");
    });
}
