//! What an import tells.

use std::io::{self, Write};

use domain::site::Datum;
use serde_json::json;

use super::Args;
use crate::import::{self, Field, Merged, Rows};
use crate::sheet;
use crate::words::import as say;
use crate::words::{self, Lang, Said, plural};

/// How many cities and districts that were not in their own column are listed.
const GUESSED: usize = 3;
/// How many of a kind are listed unless all are asked for.
const LISTED: usize = 20;

/// In words.
pub(super) fn tell(
    out: &mut impl Write,
    args: &Args,
    rows: &Rows,
    merged: &Merged,
    lang: Lang,
) -> io::Result<()> {
    let most = if args.all { usize::MAX } else { LISTED };
    for header in &rows.headers {
        let at = say::place(&header.at).get(lang);
        let known = header.fields.iter().flatten().filter(|field| **field != Field::Nothing).count();
        let said = Said::new(
            format!("表头，认出 {known} 列"),
            format!("header, {} understood", plural(known, "column", "columns")),
        );
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
        let mut line = say::place(&one.at).get(lang);
        for part in [
            one.header.clone(),
            if one.value.is_empty() { String::new() } else { format!("“{}”", one.value) },
        ] {
            if !part.is_empty() {
                line.push(' ');
                line.push_str(&words::visible(&part));
            }
        }
        line + ": " + &say::why(&one.why).get(lang)
    });
    section(out, &Said::new("被拒的行", "refused rows"), &refused.collect::<Vec<_>>(), usize::MAX, lang)?;
    let changed = |list: &[import::Changed]| -> Vec<String> {
        list.iter()
            .map(|one| {
                let changes: Vec<String> = one.changes.iter().map(say::change).collect();
                format!("{} {} {}", one.id, words::visible(&one.name), changes.join("; "))
                    .trim_end()
                    .to_owned()
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
    let (zh, en) = if rows.headers.is_empty() {
        (
            "；没有一张表认得出表头，什么也没写",
            "; no sheet has a header that is understood, nothing was written",
        )
    } else if args.dry_run {
        ("（试导入，什么也没写）", " (dry run, nothing was written)")
    } else {
        ("", "")
    };
    Said::new(
        format!("读入 {read} 行 = 新建 {created} + 更新 {updated} + 未变 {unchanged} + 被拒 {refused}{zh}"),
        format!(
            "{} = {created} created + {updated} updated + {unchanged} unchanged + {refused} refused{en}",
            plural(read, "row", "rows")
        ),
    )
}

/// As JSON.
pub(super) fn as_json(args: &Args, rows: &Rows, merged: &Merged) -> serde_json::Value {
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
    let said = summary(args, rows, merged);
    json!({
        "ok": super::is_whole(rows, merged),
        "zh": said.zh,
        "en": said.en,
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
