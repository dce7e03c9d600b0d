//! The process that parses a file for another of this program, within limits of its own.

use std::io;

use super::GOOD;
use crate::sheet;

/// What the other one knows of the file, which comes in by standard input.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its name without the extension.
    #[arg(long, allow_hyphen_values = true)]
    stem: String,
    /// The extension.
    #[arg(long, allow_hyphen_values = true)]
    extension: String,
}

/// Parses, and says what it found to standard output.
pub fn run(args: &Args) -> io::Result<u8> {
    sheet::work(&args.stem, &args.extension, io::stdin().lock(), io::stdout().lock())?;
    Ok(GOOD)
}
