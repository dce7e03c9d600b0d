//! `staff import`: sheets into the list of stations.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use domain::basemap::Basemap;
use domain::site::Datum;
use domain::station::Kind;
use domain::time::{Date, LocalDateTime};
use serde_json::json;

use super::{CHINA_MINUTES, DISK, GOOD, REFUSED, fail, system_date};
use crate::cli::day;
use crate::import::{self, Field, ListError, Mapping, Merged, Options, Refused, Rows, Rules};
use crate::sheet::{self, Book, Row, Table};
use crate::words::import as say;
use crate::words::{self, Lang, Said};

/// What to import, into what, and how.
#[derive(Debug, clap::Args)]
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
    match import(args) {
        Ok((rows, merged)) => {
            if args.json {
                writeln!(io::stdout(), "{:#}", as_json(args, &rows, &merged))?;
            } else {
                tell(&mut io::stdout().lock(), args, &rows, &merged, lang)?;
            }
            Ok(if merged.refused.is_empty() { GOOD } else { REFUSED })
        }
        Err((said, code)) => {
            if args.json {
                writeln!(io::stdout(), "{:#}", json!({"ok": false, "zh": said.zh, "en": said.en}))?;
            } else {
                fail(&said, lang)?;
            }
            Ok(code)
        }
    }
}

type Failure = (Said, u8);

fn import(args: &Args) -> Result<(Rows, Merged), Failure> {
    let mapping = mapping(args.map.as_deref())?;
    let basemap = fs::read(&args.basemap).ok().and_then(|bytes| Basemap::from_bytes(&bytes));
    let mut books = Vec::new();
    for file in &args.files {
        let book = sheet::read(file).map_err(|error| {
            let said = words::sheet::say(&error);
            let file = file.display();
            (Said::new(format!("{file}：{}", said.zh), format!("{file}: {}", said.en)), REFUSED)
        })?;
        books.push((file.display().to_string(), book));
    }
    let options =
        Options { datum: args.crs, mapping, city: args.city.clone(), kind: args.kind, map: basemap.as_ref() };
    let rows = import::read(&books, &options);
    let (mut list, indent) =
        import::file::read(&args.into).map_err(|error| list_error(&args.into, &error))?;
    let before = list.clone();
    let rules = Rules { as_of: args.as_of.unwrap_or_else(|| newest(&args.files)), theirs: args.theirs };
    let mut merged = import::merge(&mut list, &rows, rules);
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
        hand_back(path, &books, &rows, &merged.refused)?;
    }
    if !args.dry_run && list != before {
        let text = import::file::text(&list, indent).map_err(|error| disk(&args.into, &error.into()))?;
        import::file::replace(&args.into, &text).map_err(|error| disk(&args.into, &error))?;
    }
    Ok((rows, merged))
}

fn disk(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
}

fn list_error(path: &Path, error: &ListError) -> Failure {
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
        .map(|(own, known)| match Field::of_header(&known) {
            Some(field) => Ok((own, field)),
            None => {
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
fn hand_back(path: &Path, books: &[(String, Book)], rows: &Rows, refused: &[Refused]) -> Result<(), Failure> {
    let header = rows.headers.first().map(|header| header.words.clone()).unwrap_or_default();
    let head = ["原因", "文件", "工作表", "行"].map(str::to_owned).into_iter().chain(header).collect();
    let mut table = Table { name: "退回".to_owned(), rows: vec![Row { number: 1, cells: head }] };
    for (number, one) in (2..).zip(refused) {
        let own = [say::why(&one.why).zh, one.at.file.clone(), one.at.sheet.clone(), one.at.row.to_string()];
        table.rows.push(Row { number, cells: own.into_iter().chain(one.cells.clone()).collect() });
    }
    let _ = books;
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

/// How many cities and districts that were not in their own column are listed.
const GUESSED: usize = 3;
/// How many of a kind are listed unless all are asked for.
const LISTED: usize = 20;

fn tell(out: &mut impl Write, args: &Args, rows: &Rows, merged: &Merged, lang: Lang) -> io::Result<()> {
    let most = if args.all { usize::MAX } else { LISTED };
    for header in &rows.headers {
        let at = say::place(&header.at).get(lang);
        let known = header.fields.iter().flatten().filter(|field| **field != Field::Nothing).count();
        let said = Said::new(format!("表头，认出 {known} 列"), format!("header, {known} columns understood"));
        writeln!(out, "{at}: {}", said.get(lang))?;
    }
    if let Some((datum, evidence)) = &rows.datum {
        writeln!(out, "{}", datum_words(args, *datum, evidence).get(lang))?;
    }
    // What is the same in every row is no news after a few.
    let mut guessed = 0;
    let told = rows.notes.iter().filter(|note| {
        guessed += usize::from(matches!(note, import::Note::Area(..)));
        args.all || guessed <= GUESSED || !matches!(note, import::Note::Area(..))
    });
    let notes: Vec<String> = told
        .map(|note| {
            let (at, said) = say::note(note);
            format!("{}: {}", say::place(at).get(lang), said.get(lang))
        })
        .collect();
    section(out, &Said::new("提示", "notes"), &notes, most, lang)?;
    if guessed > GUESSED && !args.all {
        let more = guessed - GUESSED;
        let said = Said::new(
            format!("市或区县按地址、位置补上的还有 {more} 处，--all 全部列出"),
            format!("{more} more cities and districts taken from addresses and positions, see --all"),
        );
        writeln!(out, "  {}", said.get(lang))?;
    }
    let refused = merged.refused.iter().map(|one| {
        let value = if one.value.is_empty() {
            String::new()
        } else {
            format!(" “{}”", words::visible(&one.value))
        };
        format!(
            "{} {}{value}: {}",
            say::place(&one.at).get(lang),
            words::visible(&one.header),
            say::why(&one.why).get(lang)
        )
    });
    section(out, &Said::new("被拒的行", "refused rows"), &refused.collect::<Vec<_>>(), usize::MAX, lang)?;
    let changed = |list: &[import::Changed]| -> Vec<String> {
        list.iter()
            .map(|one| {
                let changes: Vec<String> = one.changes.iter().map(say::change).collect();
                format!("{} {} {}", one.id, words::visible(&one.name), changes.join("; "))
            })
            .collect()
    };
    section(out, &Said::new("新建", "created"), &changed(&merged.created), most, lang)?;
    section(out, &Said::new("更新", "updated"), &changed(&merged.updated), most, lang)?;
    let kept = Said::new(
        "保留后来改过的（--theirs 以表为准）",
        "kept, for they changed later (--theirs takes the sheet's)",
    );
    section(out, &kept, &changed(&merged.kept), most, lang)?;
    let alike: Vec<String> = merged.alike.iter().map(|(one, other)| format!("{one} ? {other}")).collect();
    section(out, &Said::new("可能重复", "perhaps the same"), &alike, most, lang)?;
    section(
        out,
        &Said::new("没有位置，不上地图", "without a position, not on the map"),
        &merged.without_place,
        most,
        lang,
    )?;
    writeln!(out, "{}", summary(args, rows, merged).get(lang))
}

fn section(out: &mut impl Write, title: &Said, lines: &[String], most: usize, lang: Lang) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{} ({}):", title.clone().get(lang), lines.len())?;
    for line in lines.iter().take(most) {
        writeln!(out, "  {line}")?;
    }
    if lines.len() > most {
        let more = lines.len() - most;
        writeln!(
            out,
            "  {}",
            Said::new(format!("还有 {more} 条，--all 全部列出"), format!("{more} more, see --all")).get(lang)
        )?;
    }
    Ok(())
}

fn datum_words(args: &Args, datum: Datum, evidence: &import::Evidence) -> Said {
    let [wgs84, gcj02, bd09] = evidence.fit;
    let judged = evidence.judged;
    let counts = format!("wgs84 {wgs84}, gcj02 {gcj02}, bd09 {bd09} / {judged}");
    let word = datum.word();
    let better = evidence.suggests(datum);
    if evidence.is_swapped() {
        return Said::new(
            format!("经度和纬度写反了，已对调（{counts}）"),
            format!("longitude and latitude are exchanged; they were put right ({counts})"),
        );
    }
    match (better, args.crs) {
        (Some(better), _) => {
            let better = better.word();
            Said::new(
                format!(
                    "警告：坐标按 {word} 读，但更像 {better}：落在所写区县内的点数 {counts}；请核对，或加 --crs {better}"
                ),
                format!(
                    "warning: points read as {word} look like {better}: points within their own district {counts}; check, or say --crs {better}"
                ),
            )
        }
        (None, None) => Said::new(
            format!("坐标系判断为 {word}（落在所写区县内的点数 {counts}）"),
            format!("points taken for {word} (points within their own district {counts})"),
        ),
        (None, Some(_)) => Said::new(
            format!("坐标按 {word} 读（落在所写区县内的点数 {counts}）"),
            format!("points read as {word} (points within their own district {counts})"),
        ),
    }
}

fn summary(args: &Args, rows: &Rows, merged: &Merged) -> Said {
    let Merged { created, updated, unchanged, refused, .. } = merged;
    let (read, created, updated, refused) = (rows.read, created.len(), updated.len(), refused.len());
    let (zh, en) = if args.dry_run {
        ("（试导入，什么也没写）", " (dry run, nothing was written)")
    } else {
        ("", "")
    };
    Said::new(
        format!("读入 {read} 行 = 新建 {created} + 更新 {updated} + 未变 {unchanged} + 被拒 {refused}{zh}"),
        format!(
            "{read} rows = {created} created + {updated} updated + {unchanged} unchanged + {refused} refused{en}"
        ),
    )
}

fn as_json(args: &Args, rows: &Rows, merged: &Merged) -> serde_json::Value {
    let at = |at: &import::Place| json!({"file": at.file, "sheet": at.sheet, "row": at.row, "column": at.column.map(sheet::column_name)});
    let changed = |list: &[import::Changed]| -> Vec<serde_json::Value> {
        list.iter()
            .map(|one| {
                let changes: Vec<_> = one
                    .changes
                    .iter()
                    .map(
                        |change| json!({"path": change.path, "before": change.before, "after": change.after}),
                    )
                    .collect();
                json!({"at": at(&one.at), "id": one.id, "name": one.name, "changes": changes})
            })
            .collect()
    };
    let both = |said: Said| json!({"zh": said.zh, "en": said.en});
    let refused: Vec<_> = merged
        .refused
        .iter()
        .map(|one| json!({"at": at(&one.at), "header": one.header, "value": one.value, "why": both(say::why(&one.why))}))
        .collect();
    let notes: Vec<_> = rows
        .notes
        .iter()
        .map(|note| {
            let (place, said) = say::note(note);
            json!({"at": at(place), "zh": said.zh, "en": said.en})
        })
        .collect();
    json!({
        "ok": merged.refused.is_empty(),
        "dry_run": args.dry_run,
        "rows": rows.read,
        "created": changed(&merged.created),
        "updated": changed(&merged.updated),
        "unchanged": merged.unchanged,
        "kept": changed(&merged.kept),
        "refused": refused,
        "notes": notes,
        "datum": rows.datum.as_ref().map(|(datum, _)| datum.word()),
        "alike": merged.alike,
        "without_place": merged.without_place,
    })
}
