//! `staff schema`: the JSON Schema of `stations.json`, for editors.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{fs, str};

use super::{DISK, GOOD, REFUSED, answer};
use crate::import::file;
use crate::schema;
use crate::words::{Lang, Said};

/// Whether to print it, to write it, or to compare a file with it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 写进这个文件，不输出 / write it to this file instead of printing it
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    to: Option<PathBuf>,
    /// 只看这个文件是不是最新，不同就以 1 退出 / compare this file; exit with 1 where it differs
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = "public/data/stations.schema.json"
    )]
    check: Option<PathBuf>,
    /// 结果也输出成 JSON / print what came of it as JSON too
    #[arg(long)]
    json: bool,
}

/// Prints, writes or compares.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { to, check, json } = args;
    let (said, code) = match (to, check) {
        (Some(path), _) => write(path),
        (None, Some(path)) => compare(path),
        (None, None) => {
            io::stdout().write_all(schema::text().as_bytes())?;
            return Ok(GOOD);
        }
    };
    answer(&said, code, *json, lang)
}

fn write(path: &Path) -> (Said, u8) {
    let name = path.display();
    match file::replace(path, schema::text().as_bytes()) {
        Ok(()) => (Said::new(format!("已写好 {name}"), format!("{name} is written")), GOOD),
        Err(error) => disk(path, &error),
    }
}

fn compare(path: &Path) -> (Said, u8) {
    let name = path.display();
    match fs::read(path) {
        // An editor or a checkout may have changed the line ends.
        Ok(bytes)
            if str::from_utf8(&bytes).is_ok_and(|text| text.replace("\r\n", "\n") == schema::text()) =>
        {
            (Said::new(format!("{name} 是最新的"), format!("{name} is up to date")), GOOD)
        }
        Ok(_) => {
            let zh = format!("{name} 和程序不一致；用 staff schema --to {name} 重新生成");
            (
                Said::new(
                    zh,
                    format!("{name} differs from the program; make it anew with staff schema --to {name}"),
                ),
                REFUSED,
            )
        }
        Err(error) => disk(path, &error),
    }
}

fn disk(path: &Path, error: &io::Error) -> (Said, u8) {
    let path = path.display();
    (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
}
