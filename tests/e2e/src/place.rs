//! Where things are on this disk.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Where builds put what they make.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Where the tests leave pictures of what they saw.
pub fn screenshots() -> PathBuf {
    target().join("e2e-screenshots")
}

/// The built app: `LOVE_STATIONS_DIST`, otherwise the workspace's `dist`.
pub fn dist() -> Result<PathBuf, String> {
    let dist = env::var_os("LOVE_STATIONS_DIST").map_or_else(|| workspace().join("dist"), PathBuf::from);
    if dist.join("index.html").is_file() && dist.join("data/index.json").is_file() {
        Ok(dist)
    } else {
        Err(format!("there is no built app in {}: run `cargo xtask build` first", dist.display()))
    }
}

/// The staff tool: `STAFF`, otherwise what a plain build of it left.
pub fn staff() -> PathBuf {
    let usual = || target().join("debug").join(format!("staff{}", env::consts::EXE_SUFFIX));
    env::var_os("STAFF").map_or_else(usual, PathBuf::from)
}

/// axe-core's script: `AXE_PATH`, otherwise where `cargo xtask test` puts it.
pub fn axe() -> Result<PathBuf, String> {
    if let Some(path) = env::var_os("AXE_PATH").map(PathBuf::from) {
        let missing = format!("AXE_PATH names {}, which is no file", path.display());
        return if path.is_file() { Ok(path) } else { Err(missing) };
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache =
        cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache"))).unwrap_or_default();
    let tools = cache.join("love-stations/tools");
    let folders = tools.read_dir().into_iter().flatten().flatten();
    let mut found: Vec<_> = folders
        .filter(|folder| folder.file_name().to_string_lossy().starts_with("axe-core-"))
        .map(|folder| folder.path().join("node_modules/axe-core/axe.min.js"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop().ok_or_else(|| {
        format!(
            "axe-core is missing in {}: `cargo xtask test` installs it, or `npm install axe-core` and set AXE_PATH \
             to its axe.min.js",
            tools.display()
        )
    })
}
