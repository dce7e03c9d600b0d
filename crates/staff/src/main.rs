//! The `staff` binary; see [`staff`].

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    staff::run::run(&staff::cli::Cli::parse())
}
