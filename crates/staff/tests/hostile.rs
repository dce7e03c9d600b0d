//! Files that are broken, or made to break the reader: each through the built binary, which must say what it makes
//! of it, soon, without failing, and without touching anything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "hostile/archives.rs"]
mod archives;
#[path = "hostile/case.rs"]
mod case;
#[path = "hostile/compound.rs"]
mod compound;
#[path = "hostile/damage.rs"]
mod damage;
#[path = "hostile/plain.rs"]
mod plain;
#[path = "hostile/zipped.rs"]
mod zipped;

mod tool;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use case::Case;
use serde_json::Value;

/// What the tool is asked to do with each file, before the file's name. Any command that reads sheets will do.
const ASKED: &[&str] = &["sheet", "--json", "--rows", "1"];
/// The tool's own limit is 5 seconds; beyond this it hangs.
const PATIENCE: Duration = Duration::from_secs(20);

fn all() -> Vec<Case> {
    [damage::cases(), archives::cases(), compound::cases(), plain::cases()].concat()
}

#[test]
fn there_are_300_different_files() {
    let cases = all();
    assert!(cases.len() >= 300, "{}", cases.len());
    let names: HashSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    let contents: HashSet<(&str, &[u8])> =
        cases.iter().map(|case| (case.extension(), case.bytes.as_slice())).collect();
    assert_eq!(contents.len(), cases.len());
}

/// What the others are made from is read: they are refused for what was done to them.
#[test]
fn the_good_ones_are_good() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, rows) in [("good.xlsx", archives::good_book(), 1), ("good.xls", compound::good(), 60)] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let output = run(folder.path(), name).unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["tables"][0]["rows"], rows, "{told}");
    }
}

#[test]
fn no_file_crashes_hangs_or_changes_anything() {
    let work = Mutex::new(all());
    let wrong = Mutex::new(Vec::new());
    let one_after_the_other = || {
        loop {
            let Some(case) = work.lock().unwrap().pop() else { return };
            if let Err(said) = check(&case) {
                wrong.lock().unwrap().push(format!("{}: {said}", case.name));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(one_after_the_other);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

fn check(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(&case.name), &case.bytes).unwrap();
    let output = run(folder.path(), &case.name).ok_or("hangs")?;
    let code = output.status.code().ok_or_else(|| format!("crashed: {}", output.status))?;
    if code > 1 || !output.stderr.is_empty() {
        return Err(format!("exit {code}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    if told["ok"].as_bool() != Some(code == 0) {
        return Err(format!("exit {code}, but {told}"));
    }
    for language in ["zh", "en"] {
        if code == 1 && told[language].as_str().is_none_or(str::is_empty) {
            return Err(format!("no words: {told}"));
        }
    }
    if let Some(expected) = case.expected
        && !told["en"].as_str().is_some_and(|said| said.contains(expected))
    {
        return Err(format!("not \"{expected}\": {told}"));
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    if left != [case.name.as_str()] || fs::read(folder.path().join(&case.name)).unwrap() != case.bytes {
        return Err(format!("changed files: {left:?}"));
    }
    Ok(())
}

/// Runs the tool in `folder`; nothing when it has to be ended.
fn run(folder: &Path, file: &str) -> Option<Output> {
    let mut command = tool();
    command.args(ASKED).arg(file).current_dir(folder);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + PATIENCE;
    // What it prints fits into the pipes.
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    }
    Some(child.wait_with_output().unwrap())
}

/// The tool with an address space of 384 MB for itself too: the child's limit is its own, this one is the parent's.
fn tool() -> Command {
    if cfg!(unix) {
        let mut command = Command::new("sh");
        let script = "ulimit -v 393216 && exec \"$0\" \"$@\"";
        command.args(["-c", script, env!("CARGO_BIN_EXE_staff")]);
        command
    } else {
        tool::staff()
    }
}
