//! One Chromium for all tests of a process. Each test gets a private context of its own: no cookies, storage or
//! permissions of another.

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::pipe::{Event, Pipe, PipeError};

/// A running Chromium.
pub struct Browser {
    pipe: Pipe,
    agent: String,
    _child: Child,
}

/// A page in a private context of its own.
#[derive(Clone, Debug)]
pub struct Tab {
    /// The context, to be closed with the page.
    pub context: String,
    /// The page, as commands name it.
    pub session: String,
}

static SHARED: Mutex<Option<Browser>> = Mutex::new(None);

/// The process's Chromium, started at the first call. Whoever holds the guard is alone with it, so that tests run
/// one after another.
pub fn shared() -> Result<MutexGuard<'static, Option<Browser>>, String> {
    // A test that failed has panicked with the guard; its page is closed, and the browser is as good as before.
    let mut guard = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let alive =
        guard.as_mut().is_some_and(|browser| browser.command(None, "Browser.getVersion", &json!({})).is_ok());
    if !alive {
        *guard = Some(Browser::start()?);
    }
    Ok(guard)
}

impl Browser {
    /// Starts Chromium (`CHROME`, otherwise `/usr/bin/chromium`) with an empty profile.
    fn start() -> Result<Self, String> {
        let program = env::var("CHROME").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let profile = fresh_profile().map_err(|error| format!("no room for a browser profile: {error}"))?;
        let mut child =
            launch(&program, &profile).map_err(|error| format!("{program} does not start: {error}"))?;
        let pipe = Pipe::new(&mut child).ok_or("Chromium's pipes are missing")?;
        let mut browser = Self { pipe, agent: String::new(), _child: child };
        let version = browser.command(None, "Browser.getVersion", &json!({})).map_err(|error| {
            format!("{program} does not answer ({error}). Is Chromium installed? Set CHROME to another one.")
        })?;
        browser.agent = version["userAgent"].as_str().unwrap_or_default().replace("HeadlessChrome", "Chrome");
        Ok(browser)
    }

    /// Sends a command to a page, or to the browser itself, and waits for its result.
    pub fn command(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, PipeError> {
        self.pipe.command(session, method, params)
    }

    /// The user agent of a desktop Chromium that is not headless.
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// The events since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.pipe.take_events()
    }

    /// Opens an empty page in a new context.
    pub fn open_tab(&mut self) -> Result<Tab, PipeError> {
        let id = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let made = self.command(None, "Target.createBrowserContext", &json!({ "disposeOnDetach": true }))?;
        let context = id(&made, "browserContextId");
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let made = self.command(None, "Target.createTarget", &target)?;
        let target = json!({ "targetId": id(&made, "targetId"), "flatten": true });
        let session = id(&self.command(None, "Target.attachToTarget", &target)?, "sessionId");
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            self.command(Some(&session), domain, &json!({}))?;
        }
        Ok(Tab { context, session })
    }

    /// Closes a page and forgets its context.
    pub fn close_tab(&mut self, tab: &Tab) -> Result<(), PipeError> {
        self.command(None, "Target.disposeBrowserContext", &json!({ "browserContextId": tab.context }))?;
        self.take_events();
        Ok(())
    }
}

/// An empty folder for this process's profile; those of processes that died are taken away.
fn fresh_profile() -> io::Result<PathBuf> {
    let all = crate::place::target().join("e2e-profiles");
    let own = all.join(std::process::id().to_string());
    fs::create_dir_all(&all)?;
    for old in fs::read_dir(&all)?.flatten() {
        let alive = PathBuf::from("/proc").join(old.file_name()).exists();
        if !alive || old.path() == own {
            // One that cannot be removed is only litter.
            let _ = fs::remove_dir_all(old.path());
        }
    }
    fs::create_dir_all(&own)?;
    Ok(own)
}

/// Chromium reads commands from descriptor 3 and answers on 4; the shell puts our pipes there.
fn launch(program: &str, profile: &std::path::Path) -> io::Result<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#, program]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.args([
        "--headless=new",
        "--remote-debugging-pipe",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--disable-features=Translate,MediaRouter",
        // A test's server of tiles has a certificate that nobody vouches for.
        "--ignore-certificate-errors",
    ]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}
