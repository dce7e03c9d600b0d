//! One Chromium for all tests of a process, or one of one's own. Each test gets a private context of its own: no cookies,
//! storage or permissions of another.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::pipe::{Event, Pipe, PipeError};

/// A running Chromium.
pub struct Browser {
    pipe: Pipe,
    agent: String,
    child: Child,
}

/// A page in a private context of its own.
#[derive(Clone, Debug)]
pub struct Tab {
    /// The context, to be closed with the page; None for the profile's own.
    pub context: Option<String>,
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
    pub fn start() -> Result<Self, String> {
        let profile = fresh_profile().map_err(|error| format!("no room for a browser profile: {error}"))?;
        Self::start_in(&profile)
    }

    /// Starts Chromium with the profile in a folder, which it makes if need be.
    pub fn start_in(profile: &Path) -> Result<Self, String> {
        let program = env::var("CHROME").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let mut child =
            launch(&program, profile).map_err(|error| format!("{program} does not start: {error}"))?;
        let pipe = Pipe::new(&mut child).ok_or("Chromium's pipes are missing")?;
        let mut browser = Self { pipe, agent: String::new(), child };
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

    /// Ends it at once, as a phone that needs its memory does: nothing is written any more.
    pub fn kill(mut self) {
        // Gone already if it failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Ends it as a person does: what it keeps is written first.
    pub fn quit(mut self) {
        // It may be gone before it answers.
        let _ = self.command(None, "Browser.close", &json!({}));
        let _ = self.child.wait();
    }

    /// Opens an empty page in a new context.
    pub fn open_tab(&mut self) -> Result<Tab, PipeError> {
        let made = self.command(None, "Target.createBrowserContext", &json!({ "disposeOnDetach": true }))?;
        let context = made["browserContextId"].as_str().unwrap_or_default().to_owned();
        self.open_tab_in(Some(context))
    }

    /// Opens an empty page in a context; None for the profile's own, which outlives the browser.
    pub fn open_tab_in(&mut self, context: Option<String>) -> Result<Tab, PipeError> {
        let id = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let mut target = json!({ "url": "about:blank" });
        if let Some(context) = &context {
            target["browserContextId"] = json!(context);
        }
        let made = self.command(None, "Target.createTarget", &target)?;
        let target = json!({ "targetId": id(&made, "targetId"), "flatten": true });
        let session = id(&self.command(None, "Target.attachToTarget", &target)?, "sessionId");
        for domain in
            ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable", "ServiceWorker.enable"]
        {
            self.command(Some(&session), domain, &json!({}))?;
        }
        Ok(Tab { context, session })
    }

    /// Closes a page and forgets its context.
    pub fn close_tab(&mut self, tab: &Tab) -> Result<(), PipeError> {
        if let Some(context) = &tab.context {
            self.command(None, "Target.disposeBrowserContext", &json!({ "browserContextId": context }))?;
        }
        self.take_events();
        Ok(())
    }
}

/// An empty folder for a profile of this process; those of processes that died are taken away.
pub fn fresh_profile() -> io::Result<PathBuf> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let all = crate::place::target().join("e2e-profiles");
    let own = all.join(format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir_all(&all)?;
    for old in fs::read_dir(&all)?.flatten() {
        let name = old.file_name().to_string_lossy().into_owned();
        let alive = name.split('-').next().is_some_and(|id| PathBuf::from("/proc").join(id).exists());
        if !alive || old.path() == own {
            // One that cannot be removed is only litter.
            let _ = fs::remove_dir_all(old.path());
        }
    }
    fs::create_dir_all(&own)?;
    Ok(own)
}

/// Chromium reads commands from descriptor 3 and answers on 4; the shell puts our pipes there.
fn launch(program: &str, profile: &Path) -> io::Result<Child> {
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
        "--disable-features=Translate,MediaRouter,BackForwardCache",
        // A test's server of tiles has a certificate that nobody vouches for.
        "--ignore-certificate-errors",
    ]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}
