//! `staff review`, `staff undo`, `staff restore`: what staff decide after the fact.

use std::io::{self, Write as _};
use std::path::PathBuf;

use domain::patch::{Settled, Tier};
use domain::time::{Date, LocalDateTime};
use serde_json::{Value as Json, json};

use super::journal::{Failure, failure, open, show, when};
use super::{CHINA_MINUTES, GOOD, REFUSED, answer, system_date};
use crate::cli::{OPTIONS, TEMPLATE, day};
use crate::journal::{Disk, NoReview, NoTime, NoUndo, Store, Waiting};
use crate::words::change::settled;
use crate::words::{self, Lang, Said, journal as say, visible};

/// What waits, and what to do with it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    place: Place,
    /// 以这一天为今天 / take this day for today
    #[arg(long, value_name = "DATE", value_parser = day, global = true)]
    today: Option<Date>,
}

/// Where, and how to tell.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// 源文件夹 / source folder
    #[arg(long, value_name = "DIR", default_value = "public", global = true)]
    pub(super) data: PathBuf,
    /// 输出 JSON / print JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 列出待审的改动 / list what waits
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    List,
    /// 显示一条 / show one
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Show {
        /// 编号 / its number
        #[arg(value_name = "N")]
        number: u64,
    },
    /// 通过 / take it
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Accept {
        /// 编号 / its number
        #[arg(value_name = "N")]
        number: u64,
        /// 后来又变了的地方也以它为准 / over what changed since, too
        #[arg(long)]
        replace: bool,
    },
    /// 不通过 / do not take it
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Refuse {
        /// 编号 / its number
        #[arg(value_name = "N")]
        number: u64,
    },
}

/// What to take back.
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// 记录的编号，见 staff audit / the entry's number, see staff audit
    #[arg(value_name = "SEQ")]
    seq: u64,
    #[command(flatten)]
    place: Place,
}

/// To when.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// 恢复到这一刻（北京时间），如 2026-11-25T08:30 / to this minute, by the time in China
    #[arg(long, value_name = "TIME", value_parser = minute)]
    at: LocalDateTime,
    #[command(flatten)]
    place: Place,
}

fn minute(text: &str) -> Result<LocalDateTime, &'static str> {
    LocalDateTime::parse(text).ok_or("应写作 2026-11-20T18:00 / write it like 2026-11-20T18:00")
}

/// Tells what came of it.
pub(super) fn tell(done: Result<(Said, Json), Failure>, json: bool, lang: Lang) -> io::Result<u8> {
    match done {
        Ok((said, mut value)) if json => {
            value["ok"] = true.into();
            (value["zh"], value["en"]) = (said.zh.into(), said.en.into());
            writeln!(io::stdout(), "{}", crate::words::json(&value))?;
            Ok(GOOD)
        }
        Ok((said, _)) => answer(&said, GOOD, false, lang),
        Err((said, code)) => answer(&said, code, json, lang),
    }
}

/// `staff review`.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Place { data, json } = &args.place;
    let mut store = match open(data) {
        Ok(store) => store,
        Err((said, code)) => return answer(&said, code, *json, lang),
    };
    let today = args.today.unwrap_or_else(system_date);
    let refused = |number: u64, error: &NoReview| {
        let code = match error {
            NoReview::Store(error) => failure(error).1,
            _ => REFUSED,
        };
        (say::no_review(number, error), code)
    };
    match &args.what {
        None | Some(What::List) => list(&store, None, *json, lang),
        Some(What::Show { number }) if store.state().waiting.contains_key(number) => {
            list(&store, Some(*number), *json, lang)
        }
        Some(What::Show { number }) => {
            answer(&say::no_review(*number, &NoReview::Nothing), REFUSED, *json, lang)
        }
        Some(What::Accept { number, replace }) => {
            let done = store.accept(*number, *replace, today).map_err(|error| refused(*number, &error));
            let done = done.and_then(|seq| {
                show(&mut store)?;
                let said = Said::new(
                    format!("{number} 已通过（第 {seq} 条记录）"),
                    format!("{number} is accepted (entry {seq})"),
                );
                Ok((said, json!({"number": number, "seq": seq})))
            });
            tell(done, *json, lang)
        }
        Some(What::Refuse { number }) => {
            let done = store.refuse(*number).map_err(|error| refused(*number, &error));
            let done = done.map(|seq| {
                let said = Said::new(
                    format!("{number} 未通过（第 {seq} 条记录）"),
                    format!("{number} is refused (entry {seq})"),
                );
                (said, json!({"number": number, "seq": seq}))
            });
            tell(done, *json, lang)
        }
    }
}

fn list(store: &Store<Disk>, only: Option<u64>, as_json: bool, lang: Lang) -> io::Result<u8> {
    let all = store.state().waiting.iter().filter(|(seq, _)| only.is_none_or(|only| only == **seq));
    let all: Vec<(u64, &Waiting)> = all.map(|(seq, waiting)| (*seq, waiting)).collect();
    let mut out = io::stdout().lock();
    let mut values = Vec::new();
    for (seq, waiting) in &all {
        let name = store.state().links.get(&waiting.link).map(|link| visible(&link.name)).unwrap_or_default();
        let over = if waiting.over {
            ("，被手工改动盖掉", ", undone by an edit of the list")
        } else {
            ("", "")
        };
        let (title, lines) = match store.ahead(waiting) {
            Err(error) => (Said::new(waiting.uuid.clone(), waiting.uuid.clone()), vec![say::refusal(&error)]),
            Ok((code, ahead)) => {
                let (id, made) =
                    (code.patch.station().as_str(), code.patch.made_at().to_string().replace('T', " "));
                let by = code.patch.by().map(|by| format!("（{}）", visible(by))).unwrap_or_default();
                let title = format!("{id}，{name}{by} {made}");
                let ops = code.patch.ops();
                let line =
                    |(number, one): &(usize, Settled)| ops.get(*number).map(|op| settled(op, one, false));
                (Said::new(title.clone(), title), ahead.iter().filter_map(line).collect())
            }
        };
        if as_json {
            let fields: Vec<Json> = lines.iter().map(|said| json!({"zh": said.zh, "en": said.en})).collect();
            values.push(json!({"number": seq, "link": waiting.link, "for": name, "uuid": waiting.uuid, "over": waiting.over, "fields": fields}));
            continue;
        }
        let title =
            Said::new(format!("{seq} {}{}", title.zh, over.0), format!("{seq} {}{}", title.en, over.1));
        writeln!(out, "{}", title.get(lang))?;
        for line in lines {
            writeln!(out, "    {}", line.get(lang))?;
        }
    }
    let stalled = store.stalled();
    if as_json {
        let line = |item| json!({"zh": words::line(item, Lang::Zh), "en": words::line(item, Lang::En)});
        let stalled: Vec<Json> = stalled.iter().map(line).collect();
        writeln!(out, "{}", crate::words::json(&json!({"ok": true, "waiting": values, "stalled": stalled})))?;
        return Ok(GOOD);
    }
    let count = all.len();
    let last = match (only, count) {
        (Some(number), _) => Said::new(
            format!("通过：staff review accept {number}；不通过：staff review refuse {number}"),
            format!("staff review accept {number}, or staff review refuse {number}"),
        ),
        (None, 0) => Said::new("没有待审的改动", "nothing waits"),
        (None, _) => Said::new(
            format!("{count} 条待审；{}", crate::words::merge::tier(Tier::Staff).zh),
            format!("{count} waiting; {}", crate::words::merge::tier(Tier::Staff).en),
        ),
    };
    writeln!(out, "{}", last.get(lang))?;
    if !stalled.is_empty() {
        writeln!(out, "! {}", say::stalled(&stalled).get(lang))?;
    }
    Ok(GOOD)
}

/// `staff undo`.
pub fn undo(args: &UndoArgs, lang: Lang) -> io::Result<u8> {
    let done = open(&args.place.data).and_then(|mut store| {
        let seq = store.undo(args.seq).map_err(|error| {
            let code = match &error {
                NoUndo::Store(error) => failure(error).1,
                _ => REFUSED,
            };
            (say::no_undo(args.seq, &error), code)
        })?;
        show(&mut store)?;
        let of = args.seq;
        let said = Said::new(
            format!("已撤回第 {of} 条（第 {seq} 条记录）"),
            format!("entry {of} is taken back (entry {seq})"),
        );
        Ok((said, json!({"of": of, "seq": seq})))
    });
    tell(done, args.place.json, lang)
}

/// `staff restore`.
pub fn restore(args: &RestoreArgs, lang: Lang) -> io::Result<u8> {
    let done = open(&args.place.data).and_then(|mut store| {
        // The whole minute.
        let minutes = LocalDateTime::from_unix(0, CHINA_MINUTES).minutes_until(args.at);
        let (seq, to) = store.restore(minutes * 60 + 59).map_err(|error| {
            let code = match &error {
                NoTime::Store(error) => failure(error).1,
                _ => REFUSED,
            };
            (say::no_time(&error, when), code)
        })?;
        show(&mut store)?;
        let said = Said::new(
            format!("清单已恢复到第 {to} 条之后的样子（第 {seq} 条记录）；要反悔：staff restore --at 现在之前的时刻"),
            format!("the list is what it was after entry {to} (entry {seq}); to go back: staff restore --at a later time"),
        );
        Ok((said, json!({"to": to, "seq": seq})))
    });
    tell(done, args.place.json, lang)
}
