//! The `staff` binary; see [`staff`].

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    staff::command::run(&staff::cli::Cli::parse())
}
