//! `staff import`: sheets into the list of stations.

mod tell;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::basemap::Basemap;
use domain::site::Datum;
use domain::station::Kind;
use domain::time::{Date, LocalDateTime};

use super::{CHINA_MINUTES, DISK, GOOD, REFUSED, answer, journal, system_date};
use crate::cli::day;
use crate::import::{self, Field, ListError, Mapping, Merged, Options, Refused, Rows, Rules};
use crate::progress::{Progress, Stage};
use crate::sheet::{self, Row, Table};
use crate::words::import as say;
use crate::words::{self, Lang, Said};

/// What to import, into what, and how.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
    /// 表格：.xlsx .xls .csv .geojson .json / the sheets
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 导入到哪份清单 / the list to import into
    #[arg(long, value_name = "FILE", default_value = "public/data/stations.json")]
    into: PathBuf,
    /// 表里坐标的坐标系：wgs84 gcj02 bd09；默认自动判断 / datum of the points; default: found out
    #[arg(long, value_name = "DATUM", value_parser = datum)]
    crs: Option<Datum>,
    /// 表头对照文件，JSON：{"你的表头": "名称"} / header words of your own, as JSON
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// 表里没写城市时用这个 / the city of rows that name none
    #[arg(long, value_name = "CITY")]
    city: Option<String>,
    /// 表里没写类型时用这个，如 bank / the kind of rows that name none
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// 这张表是哪天的；默认取文件日期 / the day of the sheet; default: the file's
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// 与后来改过的内容冲突时以表为准 / the sheet wins over what changed later
    #[arg(long)]
    theirs: bool,
    /// 只看结果，什么也不写 / write nothing
    #[arg(long)]
    dry_run: bool,
    /// 把被拒的行写成一张表，.xlsx 或 .csv / the refused rows as a sheet to hand back
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// 判断坐标系用的内置地图 / the map that points are judged by
    #[arg(long, value_name = "FILE", default_value = "public/basemap/liaoning.bin")]
    basemap: PathBuf,
    /// 全部列出，不省略 / list everything
    #[arg(long)]
    all: bool,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn datum(word: &str) -> Result<Datum, &'static str> {
    Datum::from_word(word).ok_or("wgs84、gcj02 或 bd09 / wgs84, gcj02 or bd09")
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::from_word(word).ok_or_else(|| Kind::WORDS.join(" "))
}

/// Imports.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    match import(args, Progress::new(lang, args.json)) {
        Ok((rows, merged)) => {
            if args.json {
                writeln!(io::stdout(), "{}", crate::words::json(&tell::as_json(args, &rows, &merged)))?;
            } else {
                tell::tell(&mut io::stdout().lock(), args, &rows, &merged, lang)?;
            }
            Ok(if is_whole(&rows, &merged) { GOOD } else { REFUSED })
        }
        Err((said, code)) => answer(&said, code, args.json, lang),
    }
}

/// Whether every row is in, of at least one sheet that was understood.
fn is_whole(rows: &Rows, merged: &Merged) -> bool {
    merged.refused.is_empty() && !rows.headers.is_empty()
}

type Failure = (Said, u8);

fn import(args: &Args, progress: Progress) -> Result<(Rows, Merged), Failure> {
    let mapping = mapping(args.map.as_deref())?;
    let basemap = fs::read(&args.basemap).ok().and_then(|bytes| Basemap::from_bytes(&bytes));
    let mut books = Vec::new();
    let bar = progress.stage(Stage::Sheets, Some(args.files.len()));
    for file in &args.files {
        bar.step();
        let book = sheet::read(file).map_err(|error| {
            let said = words::sheet::say(&error);
            let file = file.display();
            let code = if error.is_system() { DISK } else { REFUSED };
            (Said::new(format!("{file}：{}", said.zh), format!("{file}: {}", said.en)), code)
        })?;
        books.push((file.display().to_string(), book));
    }
    drop(bar);
    let options =
        Options { datum: args.crs, mapping, city: args.city.clone(), kind: args.kind, map: basemap.as_ref() };
    let mut rows = import::read(&books, &options);
    // A large sheet's cells are no longer needed, and the list comes now.
    drop(books);
    // Nothing that a server takes meanwhile is lost: it waits until the list is written.
    let held = if args.dry_run { None } else { journal::hold_shown(&args.into)? };
    let (mut list, indent) =
        import::file::read(&args.into).map_err(|error| list_error(&args.into, &error))?;
    let had_stations = list.get("stations").is_some();
    let rules = Rules { as_of: args.as_of.unwrap_or_else(|| newest(&args.files)), theirs: args.theirs };
    let mut merged = import::merge(&mut list, std::mem::take(&mut rows.drafts), rules, progress);
    merged.refused.splice(0..0, rows.refused.iter().cloned());
    merged.refused.sort_by(|a, b| a.at.cmp(&b.at));
    let sum = merged.created.len() + merged.updated.len() + merged.unchanged + merged.refused.len();
    if sum != rows.read {
        let read = rows.read;
        let zh = format!("程序出错：读入 {read} 行，只交代了 {sum} 行；什么也没写");
        return Err((
            Said::new(
                zh,
                format!("a fault of this program: {read} rows, {sum} told of; nothing was written"),
            ),
            DISK,
        ));
    }
    if let Some(path) = &args.refused {
        hand_back(path, &rows, &merged.refused)?;
    }
    let has_changed = !had_stations || !merged.created.is_empty() || !merged.updated.is_empty();
    if !args.dry_run && has_changed {
        let text = import::file::text(&list, indent).map_err(|error| disk(&args.into, &error.into()))?;
        let written = match held {
            Some(_) => import::file::replace_held(&args.into, |to| to.write_all(&text)),
            None => import::file::replace(&args.into, &text),
        };
        written.map_err(|error| disk(&args.into, &error))?;
    }
    drop(held);
    Ok((rows, merged))
}

fn disk(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
}

pub(super) fn list_error(path: &Path, error: &ListError) -> Failure {
    let name = path.display();
    match error {
        ListError::Disk(error) => disk(path, error),
        ListError::Json(said) => {
            let said = words::visible(said);
            (
                Said::new(
                    format!("{name} 不是驿站清单（{said}）；先用 staff check 检查"),
                    format!("{name} is no list of stations ({said}); see staff check"),
                ),
                REFUSED,
            )
        }
        ListError::Link => (
            Said::new(format!("{name} 是链接，不写"), format!("{name} is a link, which is not written to")),
            REFUSED,
        ),
    }
}

/// The caller's own header words.
fn mapping(path: Option<&Path>) -> Result<Mapping, Failure> {
    let Some(path) = path else { return Ok(Mapping::new()) };
    let name = path.display();
    let bytes = fs::read(path).map_err(|error| disk(path, &error))?;
    let words: BTreeMap<String, String> = serde_json::from_slice(&bytes)
        .map_err(|error| (Said::new(format!("{name}：{error}"), format!("{name}: {error}")), REFUSED))?;
    words
        .into_iter()
        .map(|(own, known)| {
            if let Some(field) = Field::of_header(&known) {
                Ok((own, field))
            } else {
                let known = words::visible(&known);
                Err((
                    Said::new(
                        format!("{name}：没有“{known}”这一列"),
                        format!("{name}: there is no column {known}"),
                    ),
                    REFUSED,
                ))
            }
        })
        .collect()
}

/// The newest day of the files.
fn newest(files: &[PathBuf]) -> Date {
    let days = files.iter().filter_map(|file| {
        let modified = fs::metadata(file).ok()?.modified().ok()?;
        let passed = modified.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
        Some(LocalDateTime::from_unix(passed.cast_signed(), CHINA_MINUTES).date())
    });
    days.max().unwrap_or_else(system_date)
}

/// Writes the refused rows as a sheet, each with its place and the reason before it.
fn hand_back(path: &Path, rows: &Rows, refused: &[Refused]) -> Result<(), Failure> {
    let header = rows.headers.first().map(|header| header.words.clone()).unwrap_or_default();
    let head = ["原因", "文件", "工作表", "行"].map(str::to_owned).into_iter().chain(header).collect();
    let mut table = Table { name: "退回".to_owned(), rows: vec![Row { number: 1, cells: head }] };
    for (number, one) in (2..).zip(refused) {
        let own = [say::why(&one.why).zh, one.at.file.clone(), one.at.sheet.clone(), one.at.row.to_string()];
        table.rows.push(Row { number, cells: own.into_iter().chain(one.cells.clone()).collect() });
    }
    let bytes = if path.extension().is_some_and(|extension| extension == "csv") {
        sheet::csv_bytes(&table)
    } else {
        sheet::xlsx_bytes(&[table]).map_err(|error| {
            let said = words::sheet::say(&error);
            (said, DISK)
        })?
    };
    import::file::replace(path, &bytes).map_err(|error| disk(path, &error))
}
