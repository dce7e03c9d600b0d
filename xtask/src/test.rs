//! `cargo xtask test`: everything that must hold.

use std::path::Path;

use crate::bench::pages;
use crate::build;
use crate::step::Step;
use crate::tidy;
use crate::tools::{Testing, Tools};
use crate::trouble::Trouble;

/// How many stations a long ride is among.
const RIDDEN: &str = "3000";
const WASM: &str = "wasm32-unknown-unknown";

/// Every check and test, the quick ones first.
pub fn all(root: &Path) -> Result<(), Trouble> {
    Step::cargo(root, &["fmt", "--all", "--check"]).run("fmt")?;
    tidy::run(root)?;
    let tools = Tools::for_testing(root)?;
    let strict = ["--", "-D", "warnings"];
    let native = ["clippy", "--quiet", "--workspace", "--all-targets"];
    Step::cargo(root, &[&native[..], &strict].concat()).run("clippy, native")?;
    let wasm = ["clippy", "--quiet", "--package", "love-stations", "--package", "editor", "--target", WASM];
    Step::cargo(root, &[&wasm[..], &strict].concat()).run("clippy, wasm")?;
    Step::cargo(root, &["test", "--quiet", "--workspace", "--exclude", "e2e"]).run("native tests")?;
    in_wasm(root, &tools)?;
    let fits = build::build(root, &tools)?;
    valid(root, &tools)?;
    end_to_end(root, &tools, &[])?;
    matrix(root, &["--bounded".to_owned()])?;
    if !fits {
        return Err(Trouble::Failed("the first load's budget".into()));
    }
    eprintln!("\nall tests passed");
    Ok(())
}

/// Builds, and runs the tests of the whole app in Chromium.
pub fn in_chromium(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let tools = Tools::for_testing(root)?;
    build::build(root, &tools)?;
    end_to_end(root, &tools, words)
}

/// Builds, and runs the matrix of faults: the cases whose names begin with one of `words`, otherwise all.
pub fn faults(root: &Path, words: &[String]) -> Result<(), Trouble> {
    build::build(root, &Tools::for_testing(root)?)?;
    matrix(root, words)
}

/// Builds, and rides through the app with a city's list: so many minutes, with a seed.
pub fn ride(root: &Path, words: &[String]) -> Result<(), Trouble> {
    build::build(root, &Tools::for_testing(root)?)?;
    let site = pages::site(root, &root.join("target/bench-pages").join(RIDDEN), RIDDEN)?;
    Step::cargo(root, &["run", "--quiet", "--package", "e2e", "--bin", "ride", "--"])
        .env("LOVE_STATIONS_DIST", site)
        .args(words)
        .run("the ride")
}

fn matrix(root: &Path, words: &[String]) -> Result<(), Trouble> {
    Step::cargo(root, &["run", "--quiet", "--package", "e2e", "--bin", "faults", "--"])
        .args(words)
        .run("the matrix of faults")
}

fn in_wasm(root: &Path, tools: &Tools) -> Result<(), Trouble> {
    let testing = testing(tools)?;
    Step::cargo(root, &["test", "--package", "love-stations", "--target", WASM, "--test", "web"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.wasm_runner)
        .env("CHROMEDRIVER", &testing.driver)
        .run("wasm tests in Chromium")
}

/// Every page of the built site is HTML as the standard has it.
fn valid(root: &Path, tools: &Tools) -> Result<(), Trouble> {
    let validator = &testing(tools)?.html_validate;
    let rules = root.join("xtask/html-validate.json");
    let pages = ["--config", &rules.to_string_lossy(), "*.html", "s/**/*.html", "list/**/*.html"];
    Step::new(&root.join("dist"), validator, &pages).run("the built pages are valid HTML")
}

/// How many tests that failed beside others are tried once more, alone. More than these are no busy machine.
const ALONE: usize = 6;

fn end_to_end(root: &Path, tools: &Tools, words: &[String]) -> Result<(), Trouble> {
    let testing = testing(tools)?;
    let step = |threads: &str| {
        Step::cargo(root, &["test", "--package", "e2e", "--", "--test-threads", threads])
            .env("CHROMIUM", &testing.chromium)
            .env("AXE_PATH", &testing.axe)
            .env("NGINX", &testing.nginx)
    };
    // Two browsers at once on two cores; more would starve each other.
    let name = "end-to-end tests in Chromium";
    let (well, told) = step("2").args(words).told(name)?;
    if well {
        return Ok(());
    }
    let failed = failures(&told);
    if failed.is_empty() || failed.len() > ALONE {
        return Err(Trouble::Failed(name.into()));
    }
    step("1").args(&["--exact".to_owned()]).args(&failed).run("what failed, alone")?;
    eprintln!("held only alone: {}", failed.join(" "));
    Ok(())
}

/// The names under the last `failures:` of what a test binary wrote.
fn failures(told: &str) -> Vec<String> {
    let Some((_, list)) = told.rsplit_once("\nfailures:\n") else { return Vec::new() };
    list.lines().map_while(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

fn testing(tools: &Tools) -> Result<&Testing, Trouble> {
    tools.testing.as_ref().ok_or_else(|| Trouble::Usage("the tools for testing were not asked for".into()))
}

#[cfg(test)]
mod tests {
    use super::failures;

    #[test]
    fn the_failures_are_the_last_list() {
        let told = "failures:\n\n---- a::b stdout ----\n    x\n\nfailures:\n    a::b\n    c\n\ntest result: FAILED\n";
        assert_eq!(failures(told), ["a::b", "c"]);
        assert_eq!(failures("test result: ok\n"), [""; 0]);
    }
}
