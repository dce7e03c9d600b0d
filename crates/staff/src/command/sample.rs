//! `staff sample`: invented stations, for trying the tool and for tests.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use domain::basemap::Basemap;
use domain::time::Date;
use serde_json::json;

use super::{DISK, GOOD, REFUSED, USAGE, fail};
use crate::cli::day;
use crate::import::file;
use crate::progress::{Progress, Stage};
use crate::sample::{MOST, Sample, write};
use crate::words::{Lang, Said, plural};

/// How many, which, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 多少个驿站，最多 1000000 / how many stations
    #[arg(long, value_name = "N")]
    count: u64,
    /// 种子：同样的种子总是得到同样的驿站 / the same seed gives the same stations
    #[arg(long, value_name = "S")]
    seed: u64,
    /// 写到哪个文件；默认输出到屏幕 / the file to write; default: standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// 文件已存在时替换它 / replace the file if there is one
    #[arg(long, requires = "out")]
    force: bool,
    /// 公告、活动和核实日期围绕这一天 / the day that notices, events and dates are around
    #[arg(long, value_name = "DATE", value_parser = day, default_value = "2026-11-20")]
    today: Date,
    /// 内置地图，驿站都在它的区县里 / the map whose districts the stations are in
    #[arg(long, value_name = "FILE", default_value = "public/basemap/liaoning.bin")]
    basemap: PathBuf,
    /// 输出 JSON / print JSON
    #[arg(long, requires = "out")]
    json: bool,
}

/// Makes them.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let (said, code) = match make(args, Progress::new(lang, args.json)) {
        Ok(None) => return Ok(GOOD),
        Ok(Some(out)) => {
            let (count, seed, out) = (args.count, args.seed, out.display());
            let zh = format!("{out}：{count} 个示例驿站（种子 {seed}）");
            (
                Said::new(
                    zh,
                    format!("{out}: {} (seed {seed})", plural(count, "sample station", "sample stations")),
                ),
                GOOD,
            )
        }
        Err(Failure::Pipe(error)) => return Err(error),
        Err(Failure::Told(said, code)) => (said, code),
    };
    if args.json {
        let value = json!({"ok": code == GOOD, "zh": said.zh, "en": said.en});
        writeln!(io::stdout(), "{}", crate::words::json(&value))?;
    } else if code == GOOD {
        writeln!(io::stdout(), "{}", said.get(lang))?;
    } else {
        fail(&said, lang)?;
    }
    Ok(code)
}

enum Failure {
    /// Whoever read standard output left.
    Pipe(io::Error),
    /// Something to tell.
    Told(Said, u8),
}

/// Writes them; gives back the file, where there is one.
fn make(args: &Args, progress: Progress) -> Result<Option<&Path>, Failure> {
    let Args { count, seed, out, force, today, basemap, json: _ } = args;
    if *count > MOST {
        let zh = format!("最多 {MOST} 个，{count} 个太多；什么也没写");
        let en = format!("{count} stations are too many, {MOST} is the most; nothing was written");
        return Err(Failure::Told(Said::new(zh, en), USAGE));
    }
    if let Some(out) = out {
        refuse_to_replace(out, *force)?;
    }
    let name = basemap.display();
    let bytes = fs::read(basemap).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let zh = format!("没有内置地图 {name}，不知道区县在哪里；用 --basemap 指出；什么也没写");
            let en = format!(
                "no map {name} to say where the districts are; name one with --basemap; nothing was written"
            );
            Failure::Told(Said::new(zh, en), DISK)
        }
        _ => disk(basemap, &error),
    })?;
    let map = Basemap::from_bytes(&bytes);
    let sample = map.as_ref().and_then(|map| Sample::new(map, *seed, *today)).ok_or_else(|| {
        let zh = format!("{name} 不是辽宁的内置地图；什么也没写");
        Failure::Told(Said::new(zh, format!("{name} is no map of Liaoning; nothing was written")), REFUSED)
    })?;
    let bar = progress.stage(Stage::Making, usize::try_from(*count).ok());
    if let Some(out) = out {
        file::replace_with(out, |to| write(to, sample, *count, || bar.step()))
            .map_err(|error| disk(out, &error))?;
    } else {
        let mut to = BufWriter::new(io::stdout().lock());
        write(&mut to, sample, *count, || bar.step()).and_then(|()| to.flush()).map_err(Failure::Pipe)?;
    }
    Ok(out.as_deref())
}

fn refuse_to_replace(out: &Path, force: bool) -> Result<(), Failure> {
    let name = out.display();
    let said = match fs::symlink_metadata(out) {
        Ok(found) if found.is_symlink() => {
            Said::new(format!("{name} 是链接，不写"), format!("{name} is a link, which is not written to"))
        }
        Ok(found) if found.is_dir() => Said::new(
            format!("{name} 是文件夹；什么也没写"),
            format!("{name} is a folder; nothing was written"),
        ),
        Ok(_) if !force => Said::new(
            format!("{name} 已存在；要替换它就加 --force；什么也没写"),
            format!("{name} is there already; --force replaces it; nothing was written"),
        ),
        _ => return Ok(()),
    };
    Err(Failure::Told(said, REFUSED))
}

fn disk(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::Told(Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
}
