//! Pretending: the screen, the place, the time, the network of a phone.

use serde_json::{Value, json};

use crate::page::Page;
use crate::scene::Scene;

impl Page {
    /// Makes the page see the scene.
    pub(crate) fn set_scene(&self, scene: &Scene) {
        let Scene { width, height, scale, touch, lang, dark, still, now, zone, font_px } = scene;
        self.resize(*width, *height, *scale, *touch);
        self.send("Emulation.setTouchEmulationEnabled", json!({ "enabled": touch, "maxTouchPoints": 5 }));
        self.send("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }));
        self.send("Page.setFontSizes", json!({ "fontSizes": { "standard": font_px, "fixed": font_px } }));
        let agent = self.with_browser(|browser| browser.agent().to_owned());
        let agent = if *touch { agent.replace("X11; Linux x86_64", "Linux; Android 13; K") } else { agent };
        self.send("Emulation.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": lang }));
        let colours = if *dark { "dark" } else { "light" };
        let motion = if *still { "reduce" } else { "no-preference" };
        self.send(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": colours },
                { "name": "prefers-reduced-motion", "value": motion },
            ] }),
        );
        self.set_clock(now);
    }

    /// Gives the page's window this size, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32, scale: f64, mobile: bool) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.send("Emulation.setDeviceMetricsOverride", size);
    }

    /// The system changes its colours while the page is open.
    pub fn system_colours(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.send("Emulation.setEmulatedMedia", feature);
    }

    /// The next pages opened begin at this instant, in ISO 8601 with its offset.
    fn set_clock(&self, now: &str) {
        let source = format!(
            "(() => {{
                const Real = Date;
                const ahead = Real.parse({}) - Real.now();
                globalThis.Date = class Date extends Real {{
                    constructor(...args) {{ if (args.length === 0) super(Real.now() + ahead); else super(...args); }}
                    static now() {{ return Real.now() + ahead; }}
                }};
            }})()",
            Value::from(now)
        );
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// The phone is here (WGS-84 degrees, exact to 20 m) and the user allows the page to know.
    pub fn stand_at(&self, lat: f64, lng: f64) {
        self.stand_about(lat, lng, 20);
    }

    /// The same, exact to so many metres.
    pub fn stand_about(&self, lat: f64, lng: f64, accuracy: u32) {
        self.permit("granted");
        let position = json!({ "latitude": lat, "longitude": lng, "accuracy": accuracy });
        self.send("Emulation.setGeolocationOverride", position);
    }

    /// The user refuses to say where the phone is.
    pub fn refuse_position(&self) {
        self.permit("denied");
    }

    /// The user allows it, but the phone does not know where it is.
    pub fn lose_position(&self) {
        self.permit("granted");
        self.send("Emulation.setGeolocationOverride", json!({}));
    }

    /// In the next pages opened, what happens every so often happens so many times as often. How often it would have been, in
    /// milliseconds, is in `window.everySoOften`.
    pub fn hurry(&self, times: u32) {
        let source = format!(
            "(() => {{
                const real = globalThis.setInterval;
                globalThis.everySoOften = [];
                globalThis.setInterval = (act, pause, ...more) => {{
                    globalThis.everySoOften.push(pause);
                    return real(act, pause / {times}, ...more);
                }};
            }})()"
        );
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// The phone has no network, or has one again: what the page itself asks for does not come, and it hears of either.
    pub fn lose_network(&self, lost: bool) {
        let none = json!({ "offline": lost, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.send("Network.emulateNetworkConditions", none);
    }

    /// The next pages opened count in `window.askedForPosition` how often they ask the phone where it is.
    pub fn watch_geolocation(&self) {
        let source = "for (const name of ['getCurrentPosition', 'watchPosition']) {
            const real = Geolocation.prototype[name];
            Geolocation.prototype[name] = function (...args) {
                window.askedForPosition = (window.askedForPosition ?? 0) + 1;
                return real.apply(this, args);
            };
        }";
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// The next pages opened complain of everything that their content security policy forbids them.
    pub fn watch_policy(&self) {
        let source = "document.addEventListener('securitypolicyviolation', e =>
            console.error(`policy: ${e.effectiveDirective} forbids ${e.blockedURI} ${e.sample} at ${e.sourceFile}:${e.lineNumber}`))";
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    fn permit(&self, setting: &str) {
        let permission = json!({
            "permission": { "name": "geolocation" },
            "setting": setting,
            "origin": self.server().origin(),
            "browserContextId": self.context(),
        });
        self.send_to_browser("Browser.setPermission", permission);
    }

    /// The browser keeps at most so many bytes for the site. Chromium 156 takes 0 for any number.
    pub fn limit_storage(&self, bytes: u64) {
        let params = json!({ "origin": self.server().origin(), "quotaSize": bytes });
        self.send("Storage.overrideQuotaForOrigin", params);
    }

    /// How many times slower than this machine the phone is.
    pub fn slow_down(&self, rate: f64) {
        self.send("Emulation.setCPUThrottlingRate", json!({ "rate": rate }));
    }

    /// Nothing whose address fits one of `patterns` (`*` for anything) can be loaded.
    pub fn block(&self, patterns: &[&str]) {
        self.send("Network.setBlockedURLs", json!({ "urls": patterns }));
    }

    /// The browser runs no scripts of pages.
    pub fn disable_scripts(&self) {
        self.send("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }
}
