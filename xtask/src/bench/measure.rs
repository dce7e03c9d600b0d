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
    /// The time that all cores together worked for it, in seconds; none where the system does not say. Unlike the first it
    /// does not grow when the machine has other work.
    pub(super) worked: Option<f64>,
    /// The most memory that it or one of its own children had at a time, in bytes; none where the system does not say.
    pub(super) peak: Option<u64>,
}

impl Cost {
    /// The time that counts in a ratio.
    pub(super) fn work(&self) -> f64 {
        self.worked.unwrap_or(self.seconds)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s | ", self.seconds)?;
        match self.worked {
            Some(seconds) => write!(f, "{seconds:.2} s | ")?,
            None => f.write_str("- | ")?,
        }
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
    let mut number = || numbers.next();
    let seconds = number().and_then(|word| word.parse().ok());
    match seconds {
        Some(seconds) if output.status.success() => {
            let worked = number().and_then(|word| word.parse().ok());
            Ok(Cost { seconds, worked, peak: number().and_then(|word| word.parse().ok()) })
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
    match usage() {
        Some((worked, peak)) => println!("{seconds} {worked} {peak}"),
        None => println!("{seconds}"),
    }
    Ok(())
}

/// The seconds of all cores and the most memory, in bytes, of the children that have ended.
#[cfg(unix)]
fn usage() -> Option<(f64, i64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "linux") { 1024 } else { 1 };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let worked = usage.user_time() + usage.system_time();
    #[expect(clippy::cast_precision_loss, reason = "a few hours in microseconds are exact")]
    let seconds = worked.num_microseconds() as f64 / 1e6;
    Some((seconds, usage.max_rss() * unit))
}

#[cfg(not(unix))]
fn usage() -> Option<(f64, i64)> {
    None
}
