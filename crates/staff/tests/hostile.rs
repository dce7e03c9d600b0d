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
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use case::Case;
use serde_json::Value;

/// What the tool is asked to do with each file, before the file's name.
const SHEET: &[&str] = &["sheet", "--json", "--rows", "1"];
/// The list is a copy of a good one, so that there is something to lose.
const IMPORT: &[&str] = &["import", "--json", "--city", "沈阳市", "--into", LIST];
const LIST: &str = "own-list.json";
const GOOD_LIST: &[u8] = include_bytes!("data/good/data/stations.json");
/// The tool's own patience is 20 seconds of a busy machine; beyond this it hangs.
const PATIENCE: Duration = Duration::from_secs(40);

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
        let output = run(folder.path(), SHEET, name).unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["tables"][0]["rows"], rows, "{told}");
    }
}

/// The same good ones go into a list, so that what is refused below is not refused for nothing.
#[test]
fn a_good_one_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(LIST), GOOD_LIST).unwrap();
    fs::write(folder.path().join("good.csv"), "名称,城市,区县\n甲驿站,沈阳市,沈河区\n").unwrap();
    let output = run(folder.path(), IMPORT, "good.csv").unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), told["created"].as_array().unwrap().len()), (Some(0), 1), "{told}");
    assert_ne!(fs::read(folder.path().join(LIST)).unwrap(), GOOD_LIST);
}

/// Every file through both commands that read sheets.
#[test]
fn no_file_crashes_hangs_or_changes_anything() {
    let cases = all();
    let tried = cases.len();
    let work = Mutex::new(cases);
    let wrong = Mutex::new(Vec::new());
    let late = AtomicUsize::new(0);
    let one_after_the_other = || {
        loop {
            let Some(case) = work.lock().unwrap().pop() else { return };
            for asked in [SHEET, IMPORT] {
                match check(&case, asked) {
                    Ok(in_time) => drop(late.fetch_add(usize::from(!in_time), Ordering::Relaxed)),
                    Err(said) => {
                        wrong.lock().unwrap().push(format!("staff {} {}: {said}", asked[0], case.name));
                    }
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(one_after_the_other);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    let (failed, late) = (wrong.len(), late.into_inner());
    println!(
        "tried {tried} files by staff sheet and by staff import, failed {failed}; {late} ended by the clock"
    );
    assert!(wrong.is_empty(), "{failed} files:\n{}", wrong.join("\n"));
    // On a busy machine the clock is sometimes quicker than the limit that a file is meant for.
    assert!(late * 10 < tried, "{late} of {tried} ended by the clock");
}

/// Whether a file was judged before the tool's clock ended it.
fn check(case: &Case, asked: &[&str]) -> Result<bool, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [(LIST, GOOD_LIST), (&case.name, &case.bytes)] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let before = tool::listing(folder.path());
    let output = run(folder.path(), asked, &case.name).ok_or("hangs")?;
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
    let says = |words: &str| told["en"].as_str().is_some_and(|said| said.contains(words));
    let in_time = !says("not read within 5 seconds");
    if let Some(expected) = case.expected
        && in_time
        && !says(expected)
    {
        return Err(format!("not \"{expected}\": {told}"));
    }
    let after = tool::listing(folder.path());
    if after != before {
        let left: Vec<_> = after.keys().collect();
        return Err(format!("changed files: {left:?}, told {told}"));
    }
    Ok(in_time)
}

/// Runs the tool in `folder`; nothing when it has to be ended.
fn run(folder: &Path, asked: &[&str], file: &str) -> Option<Output> {
    let mut command = tool();
    command.args(asked).arg(file).current_dir(folder);
    // Into files: what an import tells may not fit into a pipe.
    let mut said = [tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap()];
    let [out, err] = said.each_ref().map(|file| Stdio::from(file.try_clone().unwrap()));
    let mut child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().unwrap();
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > end {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let [stdout, stderr] = said.each_mut().map(|file| {
        let mut bytes = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    });
    Some(Output { status, stdout, stderr })
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
