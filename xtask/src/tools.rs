//! The tools that building and testing need, in pinned versions; what is missing is installed.
//!
//! Cargo's and npm's registries are all that is needed of the network, and the system's packages for Chromium and nginx. Tools
//! go to `~/.cache/love-stations/tools`, a folder for each version, so that checkouts share them.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::step::Step;
use crate::trouble::{Trouble, at};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
const AXE: &str = "4.14.1";
/// The last that Node.js 18 runs.
const HTML_VALIDATE: &str = "9.7.1";
/// The target of everything that runs in a browser.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Where the tools are.
pub struct Tools {
    /// `PATH` with the tools first.
    pub path: OsString,
    /// Chromium's driver and axe-core's script, if they were asked for.
    pub testing: Option<Testing>,
    /// wasm-bindgen's test runner.
    pub wasm_runner: PathBuf,
}

/// What the tests in a browser need.
pub struct Testing {
    /// Chromium.
    pub chromium: PathBuf,
    /// Its driver.
    pub driver: PathBuf,
    /// axe-core's script.
    pub axe: PathBuf,
    /// The web server that the built site is tried behind.
    pub nginx: PathBuf,
    /// The validator that reads the built pages.
    pub html_validate: PathBuf,
}

impl Tools {
    /// What a build needs.
    pub fn for_building(root: &Path) -> Result<Self, Trouble> {
        let folder = cache()?;
        at(&folder, fs::create_dir_all(&folder))?;
        wasm_target(root)?;
        let bindgen = locked(root, "wasm-bindgen")?;
        let trunk = cargo_tool(root, &folder, "trunk", TRUNK, "trunk", &["--locked"])?;
        let bindgen = cargo_tool(root, &folder, "wasm-bindgen-cli", &bindgen, "wasm-bindgen", &[])?;
        let binaryen = npm_tool(&folder, "binaryen", BINARYEN, "node_modules/.bin/wasm-opt")?;
        let parents =
            [&trunk, &bindgen, &binaryen].map(|tool| tool.parent().unwrap_or(Path::new("")).to_owned());
        let before = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(parents.into_iter().chain(env::split_paths(&before)))
            .map_err(|error| Trouble::Usage(format!("PATH: {error}")))?;
        let wasm_runner = bindgen.with_file_name("wasm-bindgen-test-runner");
        Ok(Self { path, testing: None, wasm_runner })
    }

    /// What building and testing need.
    pub fn for_testing(root: &Path) -> Result<Self, Trouble> {
        let mut tools = Self::for_building(root)?;
        let axe = npm_tool(&cache()?, "axe-core", AXE, "node_modules/axe-core/axe.min.js")?;
        let validator = "node_modules/.bin/html-validate";
        let html_validate = npm_tool(&cache()?, "html-validate", HTML_VALIDATE, validator)?;
        let (chromium, driver) = chromium(root)?;
        let nginx = nginx(root)?;
        tools.testing = Some(Testing { chromium, driver, axe, nginx, html_validate });
        Ok(tools)
    }
}

fn cache() -> Result<PathBuf, Trouble> {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")));
    let cache = cache.ok_or_else(|| Trouble::Usage("HOME is not set: there is no place for tools".into()))?;
    Ok(cache.join("love-stations/tools"))
}

/// The version of a package in the lockfile.
fn locked(root: &Path, package: &str) -> Result<String, Trouble> {
    let path = root.join("Cargo.lock");
    let lock = at(&path, fs::read_to_string(&path))?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| Trouble::Usage(format!("Cargo.lock has no {package}")))
}

/// The wasm target of the toolchain in use.
pub fn wasm_target(root: &Path) -> Result<(), Trouble> {
    let folder = Step::new(root, "rustc", &["--print", "target-libdir", "--target", WASM]).ask();
    if folder.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    let added = Step::new(root, "rustup", &["target", "add", WASM]).run("install the wasm target");
    added.map_err(|_| Trouble::Missing {
        tool: format!("Rust's target {WASM}"),
        remedy: format!("Install it with `rustup target add {WASM}`, or with your system's Rust packages."),
    })
}

/// A tool from cargo's registry. Installed elsewhere first and moved: half an installation is none.
fn cargo_tool(
    root: &Path,
    folder: &Path,
    package: &str,
    version: &str,
    program: &str,
    flags: &[&str],
) -> Result<PathBuf, Trouble> {
    let place = folder.join(format!("{package}-{version}"));
    let tool = place.join("bin").join(program);
    if tool.is_file() {
        return Ok(tool);
    }
    let part = folder.join(format!("{package}-{version}.part"));
    let build = folder.join(format!("{package}-{version}.build"));
    let part_text = part.to_string_lossy().into_owned();
    let mut arguments = vec!["install", package, "--version", version, "--root", &part_text];
    arguments.extend_from_slice(flags);
    let name = format!("install {package} {version} (some minutes, once)");
    // Trunk's own release profile links as one unit for minutes; here it runs for seconds.
    let installed = Step::cargo(root, &arguments)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .run(&name);
    // Only what was built on the way; a leftover costs disk, nothing else.
    let _ = fs::remove_dir_all(&build);
    installed.map_err(|_| Trouble::Missing {
        tool: format!("{package} {version}"),
        remedy: format!(
            "Look at what cargo said above (no network? no C compiler?), or install it by hand:\n  cargo {}",
            arguments.join(" ")
        ),
    })?;
    let _ = fs::remove_dir_all(&place);
    at(&place, fs::rename(&part, &place))?;
    Ok(tool)
}

/// A tool from npm's registry.
fn npm_tool(folder: &Path, package: &str, version: &str, file: &str) -> Result<PathBuf, Trouble> {
    let spec = format!("{package}@{version}");
    let place = npm(folder, &format!("{package}-{version}"), file, &[spec])?;
    Ok(place.join(file))
}

/// Packages from npm's registry that are used together; the folder that has them in `node_modules`. Another list of
/// versions makes another folder.
pub fn npm_packages(name: &str, packages: &[(&str, &str)]) -> Result<PathBuf, Trouble> {
    let folder = cache()?;
    at(&folder, fs::create_dir_all(&folder))?;
    let specs: Vec<String> =
        packages.iter().map(|(package, version)| format!("{package}@{version}")).collect();
    let versions: Vec<&str> = packages.iter().map(|(_, version)| *version).collect();
    npm(&folder, &format!("{name}-{}", versions.join("-")), "node_modules/.package-lock.json", &specs)
}

/// Installs elsewhere first and moves: half an installation is none. `file` is there when all is.
fn npm(folder: &Path, name: &str, file: &str, specs: &[String]) -> Result<PathBuf, Trouble> {
    let place = folder.join(name);
    if place.join(file).is_file() {
        return Ok(place);
    }
    let part = folder.join(format!("{name}.part"));
    at(&part, fs::create_dir_all(&part))?;
    let arguments = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."];
    let all = specs.join(" ");
    let step = Step::new(&part, "npm", &arguments).args(specs);
    step.run(&format!("install {all} from npm")).map_err(|_| Trouble::Missing {
        tool: all.clone(),
        remedy: "npm is needed for it: install Node.js 18 or newer (Debian: apt-get install nodejs npm), \
                 and see that its registry can be reached."
            .into(),
    })?;
    let _ = fs::remove_dir_all(&place);
    at(&place, fs::rename(&part, &place))?;
    Ok(place)
}

/// Chromium and its driver, of the system.
fn chromium(root: &Path) -> Result<(PathBuf, PathBuf), Trouble> {
    let both = || {
        let browser = named("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?;
        Some((browser, named("CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"])?))
    };
    let fonts = || {
        Step::new(root, "fc-list", &[":lang=zh-cn", "family"])
            .ask()
            .is_none_or(|list| !list.trim().is_empty())
    };
    if let (Some(both), true) = (both(), fonts()) {
        return Ok(both);
    }
    let missing = || {
        Trouble::Missing {
        tool: "Chromium with its driver and a Chinese font".into(),
        remedy: "Install them: `apt-get install chromium chromium-driver fonts-noto-cjk` on Debian, or set CHROMIUM and \
                 CHROMEDRIVER to their paths."
            .into(),
    }
    };
    apt(root, "Chromium", &["chromium", "chromium-driver", "fonts-noto-cjk"]).map_err(|_| missing())?;
    both().ok_or_else(missing)
}

/// nginx, of the system. Not everybody's `PATH` has the folder that Debian puts it in.
fn nginx(root: &Path) -> Result<PathBuf, Trouble> {
    let found = || {
        let usual = Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file());
        named("NGINX", &["nginx"]).or(usual)
    };
    let missing = || Trouble::Missing {
        tool: "nginx".into(),
        remedy: "Install it: `apt-get install nginx-light` on Debian, or set NGINX to its path.".into(),
    };
    if let Some(found) = found() {
        return Ok(found);
    }
    apt(root, "nginx", &["nginx-light"]).map_err(|_| missing())?;
    found().ok_or_else(missing)
}

/// Installs packages of the system.
fn apt(root: &Path, what: &str, packages: &[&str]) -> Result<(), Trouble> {
    let run = |arguments: &[&str], name: &str| {
        Step::new(root, "apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").run(name)
    };
    run(&["update", "-qq"], &format!("look for {what} in the system's packages"))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    run(&[&install[..], packages].concat(), &format!("install {what}"))
}

/// A program by its variable or its usual names.
fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable).map(PathBuf::from) {
        return path.is_file().then_some(path);
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}
