//! `staff build`: the published site.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::time::Date;
use serde_json::json;

use super::{DISK, GOOD, REFUSED, code, fail, report_json, system_date, write_report};
use crate::build::{self, BuildError, Built, DiskError};
use crate::cli::day;
use crate::progress::Progress;
use crate::trouble::Keep;
use crate::words::{self, Lang, Said, plural};

/// What to build from what, and how.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that people give")]
pub struct Args {
    /// 源文件夹 / source folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    source: PathBuf,
    /// 网站文件夹，其中已有 index.html / the site's folder, with its index.html
    #[arg(long, value_name = "DIR", env = "TRUNK_STAGING_DIR", default_value = "dist")]
    out: PathBuf,
    /// 现已发布的网站，序号接着它往上数；默认同 --out / the site published now, whose number is followed; default: --out
    #[arg(long, value_name = "DIR", env = "TRUNK_DIST_DIR")]
    previous: Option<PathBuf>,
    /// nginx 和 Caddy 的配置放在这里；默认为网站文件夹里的 .deploy / where the pieces for nginx and Caddy go; default: .deploy in the site's folder
    #[arg(long, value_name = "DIR")]
    conf: Option<PathBuf>,
    /// 不生成 .br 和 .gz / no .br and .gz files
    #[arg(long)]
    no_pack: bool,
    /// 不生成 sw.js；装过的手机会自行撤掉离线版本 / no sw.js; phones that have it take it off
    #[arg(long)]
    no_worker: bool,
    /// 立即删除不再使用的旧文件，不等 30 天 / remove old files now, not after 30 days
    #[arg(long)]
    prune: bool,
    /// 以这一天为今天 / take this day for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Builds.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { source, out, previous, conf, no_pack, no_worker, prune, today, json } = args;
    let debug = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "debug");
    let options = build::Options {
        source: source.clone(),
        out: out.clone(),
        previous: previous.clone().unwrap_or_else(|| out.clone()),
        conf: conf.clone(),
        // Packing takes longer than `trunk serve` should make one wait.
        packed: !no_pack && !debug,
        // Who changes the app wants to see the change at once.
        worker: !no_worker && !debug,
        prune: *prune,
        today: today.unwrap_or_else(system_date),
        keep: if *json { Keep::ALL } else { Keep::WARNINGS },
        progress: Progress::new(lang, *json),
        live: None,
    };
    tell(&options, *json, lang)
}

/// Builds from a source folder into a site's folder as `staff build` does by itself.
pub(super) fn data(source: &Path, out: &Path, today: Date, lang: Lang) -> io::Result<u8> {
    let options = build::Options {
        source: source.to_owned(),
        out: out.to_owned(),
        previous: out.to_owned(),
        conf: None,
        packed: true,
        worker: true,
        prune: false,
        today,
        keep: Keep::WARNINGS,
        progress: Progress::new(lang, false),
        live: None,
    };
    tell(&options, false, lang)
}

fn tell(options: &build::Options, json: bool, lang: Lang) -> io::Result<u8> {
    match build::build(options) {
        Ok(built) if json => {
            let mut value = serde_json::to_value(&built)?;
            value["ok"] = true.into();
            value["check"] = report_json(&built.report);
            writeln!(io::stdout(), "{}", crate::words::json(&value))?;
            Ok(GOOD)
        }
        Ok(built) => {
            let mut out = io::stdout().lock();
            write_report(&mut out, &built.report, lang)?;
            writeln!(out, "{}", words::summary(&built.report).get(lang))?;
            writeln!(out, "{}", said_built(&built).get(lang))?;
            Ok(GOOD)
        }
        Err(BuildError::Refused(report)) => {
            let refused = Said::new("数据有错，什么也没写", "the data has errors; nothing was written");
            if json {
                writeln!(
                    io::stdout(),
                    "{}",
                    crate::words::json(&json!({"ok": false, "check": report_json(&report)}))
                )?;
            } else {
                let mut out = io::stderr().lock();
                write_report(&mut out, &report, lang)?;
                writeln!(out, "{}", words::summary(&report).get(lang))?;
                writeln!(out, "{}", refused.get(lang))?;
            }
            Ok(code(&report))
        }
        Err(error) => {
            let (said, code) = build_error(&error);
            if json {
                writeln!(
                    io::stdout(),
                    "{}",
                    crate::words::json(&json!({"ok": false, "zh": said.zh, "en": said.en}))
                )?;
            } else {
                fail(&said, lang)?;
            }
            Ok(code)
        }
    }
}

fn said_built(built: &Built) -> Said {
    let Built { seq, unchanged, stations, files, bytes, photos, previews, old, removed, report: _ } = built;
    let kilobytes = bytes.div_ceil(1024);
    let count = files.len();
    let (zh, en) = if *unchanged { ("数据未变", "unchanged") } else { ("已更新", "updated") };
    let (mut more_zh, mut more_en) = (String::new(), String::new());
    for (number, zh, one, more) in [
        (photos, "张照片", "photo", "photos"),
        (previews, "张预览图", "preview image", "preview images"),
        (old, "个旧文件保留 30 天", "old file kept for 30 days", "old files kept for 30 days"),
        (removed, "个旧文件已删除", "old file removed", "old files removed"),
    ] {
        if *number > 0 {
            more_zh = format!("{more_zh}，{number} {zh}");
            more_en = format!("{more_en}, {}", plural(*number, one, more));
        }
    }
    Said::new(
        format!("第 {seq} 号数据（{zh}）：{stations} 个站点，{count} 个文件，{kilobytes} KB{more_zh}"),
        format!(
            "data {seq} ({en}): {}, {}, {kilobytes} KB{more_en}",
            plural(*stations, "station", "stations"),
            plural(count, "file", "files")
        ),
    )
}

pub(crate) fn build_error(error: &BuildError) -> (Said, u8) {
    match error {
        BuildError::Refused(report) => (words::summary(report), code(report)),
        BuildError::NoPage(path) => {
            let path = path.display();
            let zh = format!("没有 {path}，请先用 trunk build 生成网页；什么也没写");
            (
                Said::new(zh, format!("no {path}: build the app first (trunk build); nothing was written")),
                DISK,
            )
        }
        BuildError::Markers { page, markers } => {
            let (page, markers) = (page.display(), markers.join(" "));
            let zh = format!("{page} 里缺少（或不止一处）标记 {markers}；什么也没写");
            (Said::new(zh, format!("{page} lacks, or has twice, {markers}; nothing was written")), REFUSED)
        }
        BuildError::Glue(path) => {
            let path = path.display();
            let zh = format!("{path} 不是 wasm-bindgen 生成的脚本，程序无法启动；什么也没写");
            (
                Said::new(
                    zh,
                    format!(
                        "{path} is no script of wasm-bindgen's: nothing would start; nothing was written"
                    ),
                ),
                REFUSED,
            )
        }
        BuildError::Symlink(path) => {
            let path = path.display();
            let zh = format!("{path} 是符号链接，生成的网站不写到链接里；什么也没写");
            (
                Said::new(
                    zh,
                    format!(
                        "{path} is a symlink, and a site is not written through one; nothing was written"
                    ),
                ),
                REFUSED,
            )
        }
        BuildError::Previous(path) => {
            let path = path.display();
            let zh =
                format!("{path} 读不懂，序号无法接续；请修复，或删去它并调高 dataset.revision；什么也没写");
            let en = format!(
                "{path} makes no sense, so its number cannot be followed: mend it, or delete it and raise \
                 dataset.revision; nothing was written"
            );
            (Said::new(zh, en), REFUSED)
        }
        BuildError::Disk(DiskError { path, error }) => {
            let path = path.display();
            (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
        }
        BuildError::Behind(seq) => (
            Said::new(
                format!("现已发布的是第 {seq} 号数据，序号不能往回走"),
                format!("data {seq} is published now, and numbers never go back"),
            ),
            REFUSED,
        ),
        BuildError::Unwritable => {
            (Said::new("数据写不成发布的格式", "the data does not fit the published form"), REFUSED)
        }
    }
}
