//! What merging tells.

use std::io::{self, Write};

use domain::patch::{Fate, Settled, Tier};
use serde_json::{Value, json};

use super::Args;
use crate::merge::{Chat, Done, Heard, Known, Refused, Told};
use crate::words::change::settled;
use crate::words::merge as say;
use crate::words::{Lang, Said, plural, visible};

/// The first digits of a number, enough to name it.
fn short(heard: &Heard) -> String {
    heard.code.patch.uuid().to_string().chars().take(8).collect()
}

/// A change in lines: whose it is, and field by field what becomes of it, or would.
pub(super) fn change(heard: &Heard, name: &str, ahead: &[Settled], decided: bool, lang: Lang) -> Vec<String> {
    let patch = &heard.code.patch;
    let (number, id, when) = (short(heard), patch.station(), patch.made_at().to_string().replace('T', " "));
    let Said { zh, en } = say::place(&heard.at);
    let by = patch.by().map(|by| visible(by) + " ").unwrap_or_default();
    let known = say::known(&heard.known);
    let tier = (patch.tier() == Tier::Staff).then(|| say::tier(Tier::Staff));
    let base = match patch.base_rev() {
        0 => Said::new("", ""),
        base => Said::new(format!("，按第 {base} 号数据"), format!(", by data {base}")),
    };
    let mut title = Said::new(
        format!("{number} {zh}：{id} {name}，{by}{when}{}", base.zh),
        format!("{number} {en}: {id} {name}, {by}{when}{}", base.en),
    );
    let mark = |known: String, tier: Option<String>, joint: &str| match tier {
        Some(tier) => format!(" [{known}{joint}{tier}]"),
        None => format!(" [{known}]"),
    };
    title.zh += &mark(known.zh, tier.clone().map(|said| said.zh), "；");
    title.en += &mark(known.en, tier.map(|said| said.en), "; ");
    let fields = patch.ops().iter().zip(ahead);
    let fields = fields.map(|(op, ahead)| format!("    {}", settled(op, ahead, decided).get(lang)));
    std::iter::once(title.get(lang)).chain(fields).collect()
}

fn said_refused(refused: &Refused, lang: Lang) -> String {
    format!("{}: {}", say::place(&refused.at).get(lang), say::why(&refused.why).get(lang))
}

/// In words.
pub(super) fn tell(
    out: &mut impl Write,
    args: &Args,
    chat: &Chat,
    done: &Done,
    lang: Lang,
) -> io::Result<()> {
    let refused: Vec<String> =
        chat.refused.iter().chain(&done.refused).map(|one| said_refused(one, lang)).collect();
    section(out, &Said::new("被拒", "refused"), &refused, lang)?;
    for (title, wanted) in [
        (Said::new("已合并", "merged"), "merged"),
        (Said::new("等工作人员决定", "waiting for a decision"), "waiting"),
        (Said::new("不要", "declined"), "declined"),
    ] {
        let lines: Vec<String> = done
            .told
            .iter()
            .filter(|told| fate(told) == wanted)
            .flat_map(|told| match &told.fate {
                Fate::Merged(all) => change(&told.heard, &visible(&told.name), all, true, lang),
                Fate::Waiting(all) => change(&told.heard, &visible(&told.name), all, false, lang),
                _ => change(&told.heard, &visible(&told.name), &[], true, lang),
            })
            .collect();
        section(out, &title, &lines, lang)?;
    }
    writeln!(out, "{}", summary(args, chat, done).get(lang))?;
    let changes = |one: &Settled| matches!(one, Settled::Applied | Settled::Replaced(_));
    let to_build =
        done.told.iter().any(|told| matches!(&told.fate, Fate::Merged(all) if all.iter().any(changes)));
    if to_build && !args.dry_run && !args.build {
        let next = Said::new("接着生成网站：staff build", "now build the site: staff build");
        writeln!(out, "{}", next.get(lang))?;
    }
    if done.told.iter().any(|told| matches!(told.fate, Fate::Waiting(_))) {
        let next = Said::new(
            "要合并某一条：staff merge FILE --accept 编号（冲突处也改：--replace；不要：--decline）",
            "to take one: staff merge FILE --accept NUMBER (over a conflict too: --replace; not at all: --decline)",
        );
        writeln!(out, "{}", next.get(lang))?;
    }
    Ok(())
}

fn section(out: &mut impl Write, title: &Said, lines: &[String], lang: Lang) -> io::Result<()> {
    if !lines.is_empty() {
        writeln!(out, "{}:", title.clone().get(lang))?;
    }
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn fate(told: &Told) -> &'static str {
    match told.fate {
        Fate::Merged(_) => "merged",
        Fate::Again => "again",
        Fate::Clash => "clash",
        Fate::Declined => "declined",
        Fate::Waiting(_) => "waiting",
    }
}

/// How many of each fate; together, and with the copies and what was refused, they are all the codes there are.
fn summary(args: &Args, chat: &Chat, done: &Done) -> Said {
    let count = |wanted| done.told.iter().filter(|told| fate(told) == wanted).count();
    let refused = chat.refused.len() + done.refused.len();
    let [merged, again, declined, waiting] = ["merged", "again", "declined", "waiting"].map(count);
    let (copies, all) = (chat.copies, chat.copies + done.told.len() + refused);
    let (zh, en) = if args.dry_run {
        ("（试合并，什么也没写）", " (dry run, nothing was written)")
    } else {
        ("", "")
    };
    Said::new(
        format!(
            "找到 {all} 个编码 = 合并 {merged} + 待定 {waiting} + 不要 {declined} + 以前决定过 {again} + 重复 {copies} + 被拒 {refused}{zh}"
        ),
        format!(
            "{} = {merged} merged + {waiting} waiting + {declined} declined + {again} decided before + {} + {refused} refused{en}",
            plural(all, "code", "codes"),
            plural(copies, "copy", "copies")
        ),
    )
}

/// As JSON.
pub(super) fn as_json(args: &Args, chat: &Chat, done: &Done) -> Value {
    let both = |said: Said| json!({"zh": said.zh, "en": said.en});
    let refused: Vec<Value> = chat
        .refused
        .iter()
        .chain(&done.refused)
        .map(|one| json!({"file": one.at.file, "line": one.at.line, "why": both(say::why(&one.why))}))
        .collect();
    let changes: Vec<Value> = done
        .told
        .iter()
        .map(|told| {
            let patch = &told.heard.code.patch;
            let all: &[Settled] = match &told.fate {
                Fate::Merged(all) | Fate::Waiting(all) => all,
                _ => &[],
            };
            let fields: Vec<Value> = patch
                .ops()
                .iter()
                .zip(all)
                .map(|(op, one)| json!({"path": op.field.path(), "outcome": outcome(one), "said": both(settled(op, one, fate(told) == "merged"))}))
                .collect();
            json!({
                "number": patch.uuid().to_string(),
                "file": told.heard.at.file,
                "line": told.heard.at.line,
                "station": patch.station().as_str(),
                "by": patch.by(),
                "made_at": patch.made_at().to_string(),
                "base_rev": patch.base_rev(),
                "tier": if patch.tier() == Tier::Live { "live" } else { "staff" },
                "known": matches!(told.heard.known, Known::Key(_)),
                "signature": both(say::known(&told.heard.known)),
                "fate": fate(told),
                "fields": fields,
            })
        })
        .collect();
    json!({
        "ok": super::exit_code(chat, done) == super::GOOD,
        "dry_run": args.dry_run,
        "changes": changes,
        "refused": refused,
        "copies": chat.copies,
    })
}

const fn outcome(settled: &Settled) -> &'static str {
    match settled {
        Settled::Applied => "applied",
        Settled::Same => "same",
        Settled::Overtaken => "overtaken",
        Settled::Conflict(_) => "conflict",
        Settled::Replaced(_) => "replaced",
    }
}
