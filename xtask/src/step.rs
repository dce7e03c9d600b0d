//! Commands that are run, with their name before and their time after.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::trouble::Trouble;

/// A command to run.
pub struct Step(Command);

impl Step {
    /// A program with its arguments, run in `folder`.
    pub fn new(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder);
        Self(command)
    }

    /// The same cargo that runs this.
    pub fn cargo(folder: &Path, arguments: &[&str]) -> Self {
        Self::new(folder, std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
    }

    /// With an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Without the environment variables whose names begin so.
    #[must_use]
    pub fn without(mut self, prefix: &str) -> Self {
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(prefix)) {
            self.0.env_remove(name);
        }
        self
    }

    /// With more arguments.
    #[must_use]
    pub fn args(mut self, arguments: &[String]) -> Self {
        self.0.args(arguments);
        self
    }

    /// Runs it with everything it prints to be seen.
    pub fn run(mut self, name: &str) -> Result<(), Trouble> {
        eprintln!("▶ {name}");
        let start = Instant::now();
        let ended = self.0.status();
        match ended {
            Ok(status) if status.success() => {
                eprintln!("✔ {name} ({} s)", start.elapsed().as_secs());
                Ok(())
            }
            Ok(_) => Err(Trouble::Failed(name.to_owned())),
            Err(error) => {
                Err(Trouble::Failed(format!("{name} ({}: {error})", self.0.get_program().to_string_lossy())))
            }
        }
    }

    /// Runs it with everything it prints to be seen; whether it went well, and what it wrote to standard output.
    pub fn told(mut self, name: &str) -> Result<(bool, String), Trouble> {
        eprintln!("▶ {name}");
        let start = Instant::now();
        let program = self.0.get_program().to_string_lossy().into_owned();
        let failed = |error: std::io::Error| Trouble::Failed(format!("{name} ({program}: {error})"));
        let mut child = self.0.stdout(Stdio::piped()).spawn().map_err(failed)?;
        let mut told = String::new();
        for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')) {
            let line = String::from_utf8_lossy(&line.map_err(failed)?).into_owned();
            println!("{line}");
            told.push_str(&line);
            told.push('\n');
        }
        let well = child.wait().map_err(failed)?.success();
        let mark = if well { "✔" } else { "✘" };
        eprintln!("{mark} {name} ({} s)", start.elapsed().as_secs());
        Ok((well, told))
    }

    /// Runs it unseen; what it wrote to standard output, or None if it failed.
    pub fn ask(mut self) -> Option<String> {
        let output = self.0.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
