//! Time and peak memory of a command.
//!
//! The system tells a process the largest memory of all its children together, so that each command is run by a process of
//! its own: this program again, which runs the one command and prints what it took.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::trouble::Trouble;

/// The word by which this program runs itself to measure.
pub(super) const COMMAND: &str = "measured";

/// What a command took.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Cost {
    /// From start to end, in seconds.
    pub(super) seconds: f64,
    /// The most memory that it or one of its own children had at a time, in bytes; none where the system does not say.
    pub(super) peak: Option<u64>,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s | ", self.seconds)?;
        match self.peak {
            Some(bytes) => write!(f, "{} MB", bytes.div_ceil(1_000_000)),
            None => f.write_str("-"),
        }
    }
}

/// Runs a program in `folder` with what it prints thrown away. An exit code among `fine` is no failure.
pub(super) fn measure(folder: &Path, program: &str, args: &[&str], fine: &[i32]) -> Result<Cost, Trouble> {
    let failed = |what: String| Trouble::Failed(format!("{program} {} ({what})", args.join(" ")));
    let own = std::env::current_exe().map_err(|error| failed(error.to_string()))?;
    let fine = fine.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let output = Command::new(own)
        .args(["bench", COMMAND, &fine, program])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace();
    let seconds = numbers.next().and_then(|word| word.parse().ok());
    match seconds {
        Some(seconds) if output.status.success() => {
            Ok(Cost { seconds, peak: numbers.next().and_then(|word| word.parse().ok()) })
        }
        _ => Err(failed("it failed".into())),
    }
}

/// The other side: runs the command, prints seconds and bytes.
pub(super) fn child(words: &[String]) -> Result<(), Trouble> {
    let [fine, program, args @ ..] = words else {
        return Err(Trouble::Usage("a command to measure is missing".into()));
    };
    let start = Instant::now();
    let ended = Command::new(program).args(args).stdout(Stdio::null()).status();
    let seconds = start.elapsed().as_secs_f64();
    let code = ended.map_err(|error| Trouble::Failed(format!("{program} ({error})")))?.code();
    if !fine.split(',').any(|fine| fine.parse().ok() == code) {
        return Err(Trouble::Failed(format!("{program} (exit code {code:?})")));
    }
    println!("{seconds} {}", peak().map(|bytes| bytes.to_string()).unwrap_or_default());
    Ok(())
}

/// The most memory of the children that have ended, in bytes.
#[cfg(unix)]
fn peak() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "linux") { 1024 } else { 1 };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    u64::try_from(usage.max_rss()).ok().map(|peak| peak * unit)
}

#[cfg(not(unix))]
fn peak() -> Option<u64> {
    None
}
