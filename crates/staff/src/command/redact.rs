//! `staff redact`: taking somebody's data out.

use std::io;

use serde_json::{Value as Json, json};

use super::REFUSED;
use super::journal::{Failure, failure, open};
use super::review::{Place, tell};
use crate::journal::{LIST, StoreError};
use crate::merge::book::{BOOK, is_linked};
use crate::words::{Lang, Said, plural};

/// What to forget.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 要抹去的姓名、电话或文字，照原样写 / the name, number or text to take out, as it is written
    #[arg(value_name = "TEXT", value_parser = text)]
    text: String,
    /// 确认：抹去后谁也找不回来 / be sure: nobody gets it back
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Place,
}

fn text(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.chars().count() < 2 {
        Err("至少两个字 / at least two characters")
    } else {
        Ok(text.to_owned())
    }
}

/// Does it.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let done = if args.yes { forget(args) } else { Err(ask()) };
    tell(done, args.place.json, lang)
}

fn ask() -> Failure {
    let zh = "什么也没做。抹去后谁也找不回来，撤回和恢复也到不了以前；确定就加 --yes";
    let en = "nothing was done. Nobody gets it back, and undo and restore will not reach past it; if you are sure, add --yes";
    (Said::new(zh, en), REFUSED)
}

fn forget(args: &Args) -> Result<(Said, Json), Failure> {
    let list = args.place.data.join(LIST);
    if is_linked(&list) {
        return Err(failure(&StoreError::Link(list.with_file_name(BOOK))));
    }
    let mut store = open(&args.place.data)?;
    let done = store.forget(&args.text).map_err(|error| match error {
        StoreError::BadList => {
            let zh = "抹去后清单会有错，什么也没做；请先手工改清单";
            (
                Said::new(zh, "the list would have errors without it; nothing was done, edit the list first"),
                REFUSED,
            )
        }
        error => failure(&error),
    })?;
    let Some(done) = done else {
        return Err((Said::new("哪里都没有这段文字", "it is nowhere"), REFUSED));
    };
    let (entries, places, merged, seq) = (done.entries.len(), done.places, done.merged, done.seq);
    let (zh, en) = match merged {
        0 => (String::new(), String::new()),
        _ => (
            format!("、{merged} 条群聊合并记录"),
            format!(", of {}", plural(merged, "merged change", "merged changes")),
        ),
    };
    let said = Said::new(
        format!(
            "已抹去：{places} 处现有数据{zh}，{entries} 条历史记录的内容（第 {seq} 条记录）。没有在运行 staff serve 的话，接着：staff build --prune"
        ),
        format!(
            "taken out of {}{en} and of {} of the journal (entry {seq}). Where staff serve is not running, go on: staff build --prune",
            plural(places, "place", "places"),
            plural(entries, "entry", "entries")
        ),
    );
    let json = json!({"seq": seq, "entries": done.entries, "places": places, "merged": merged});
    Ok((said, json))
}
