//! What the journal and the commands around it say.

use super::{Lang, Said, line, plural, visible};
use crate::build::{BuildError, DiskError};
use crate::journal::{Event, LOG, NoReview, NoTime, NoUndo, Refusal, StoreError};
use crate::serve::LiveError;
use crate::trouble::Item;

/// Why the journal cannot be read or written.
pub fn store(error: &StoreError) -> Said {
    match error {
        StoreError::Disk(path, error) if path.is_empty() => {
            Said::new(format!("读写失败：{error}"), format!("reading or writing failed: {error}"))
        }
        StoreError::Disk(path, error) => Said::new(
            format!("{path} 读写失败：{error}；没有记下"),
            format!("{path}: {error}; nothing was taken down"),
        ),
        StoreError::NoList => Said::new(
            "没有 data/stations.json；用 --data 指明源文件夹",
            "there is no data/stations.json; name the source folder with --data",
        ),
        StoreError::BadList => Said::new(
            "data/stations.json 有错，先用 staff check 检查并改好",
            "data/stations.json has errors; see staff check and mend them first",
        ),
        StoreError::BadBook(line) => Said::new(
            format!(
                "群聊合并记录 data/.staff/merged.jsonl 第 {line} 行坏了，什么也没做；请从备份恢复，或移走它"
            ),
            format!(
                "line {line} of data/.staff/merged.jsonl is broken, nothing was done; restore it, or move it away"
            ),
        ),
        StoreError::Damaged(line) => Said::new(
            format!("{LOG} 第 {line} 行损坏或被改过；原样未动，请从备份恢复"),
            format!(
                "{LOG} line {line} is damaged or was changed; it is left as it is, restore it from a backup"
            ),
        ),
        StoreError::Senseless(line) => Said::new(
            format!("{LOG} 第 {line} 行完好，但所需的文件不在，或本程序太旧"),
            format!(
                "{LOG} line {line} is whole, but a file that it needs is gone, or this program is too old"
            ),
        ),
        StoreError::Owner(owner, own) => Said::new(
            format!(
                ".staff 是 {owner} 号用户的，现在是 {own} 号；请用运行 staff serve 的那个用户来做（sudo -u）"
            ),
            format!(
                ".staff is user {owner}'s and this is user {own}; do it as the user who runs staff serve (sudo -u)"
            ),
        ),
        StoreError::Broken(path) => Said::new(
            format!("{path} 被手工改坏了，先用 staff check 检查并改好；什么也没做"),
            format!(
                "{path} was edited and has errors; see staff check and mend them first, nothing was done"
            ),
        ),
        StoreError::Kept(path, place) => {
            let place = visible(place.trim_start_matches('.'));
            Said::new(
                format!("{path} 的 {place} 里也有，那里不能自动抹去；先手工改掉再来，什么也没做"),
                format!(
                    "{path} has it at {place}, too, where only a person can change it; nothing was done, edit that first"
                ),
            )
        }
        StoreError::Link(path) => {
            let path = path.display();
            Said::new(format!("{path} 是链接，不写"), format!("{path} is a link, which is not written to"))
        }
    }
}

/// Why the site does not keep up with the journal.
pub fn live(error: &LiveError) -> Said {
    match error {
        LiveError::Store(error) => store(error),
        LiveError::Build(error) => match &**error {
            BuildError::Refused(report) => {
                let said = super::summary(report);
                let first =
                    report.items().first().map(|item| [Lang::Zh, Lang::En].map(|lang| line(item, lang)));
                let [zh, en] = first.unwrap_or_default();
                Said::new(
                    format!("数据有错，没有发布：{}；{zh}", said.zh),
                    format!("the data has errors, nothing is published: {}; {en}", said.en),
                )
            }
            BuildError::Disk(DiskError { path, error }) => {
                let path = path.display();
                Said::new(
                    format!("没有发布：{path}：{error}"),
                    format!("nothing is published: {path}: {error}"),
                )
            }
            other => {
                let (said, _) = crate::command::build_error(other);
                Said::new(format!("没有发布：{}", said.zh), format!("nothing is published: {}", said.en))
            }
        },
    }
}

/// That files are not published as they stand: what is wrong with each, and what is published instead.
pub fn stalled(items: &[Item]) -> Said {
    let lines = |lang| items.iter().map(|item| line(item, lang)).collect::<Vec<_>>();
    let (zh, en) = (lines(Lang::Zh).join("；"), lines(Lang::En).join("; "));
    Said::new(
        format!("改好之前按上一份正确的发布：{zh}"),
        format!("published as it was when it was good last, until it is mended: {en}"),
    )
}

/// Why a change was not taken.
pub fn refusal(refusal: &Refusal) -> Said {
    match refusal {
        Refusal::NoStation => Said::new("清单里没有这个站", "the list has no such station"),
        Refusal::Broken => Said::new(
            "这个站在清单里本身有错，先用 staff check 检查",
            "the station has an error in the list itself; see staff check",
        ),
        Refusal::NoLink => Said::new("链接已收回", "the link was taken away"),
        Refusal::Clash => Said::new("编号和另一条改动相同", "it has the number of another change"),
        Refusal::Conflict(_) => Said::new("别人改过同一处", "somebody else changed the same"),
        Refusal::Fault => Said::new("程序出错，什么也没改", "a fault of this program; nothing was changed"),
        Refusal::Store(error) => store(error),
    }
}

/// Why nothing was decided on what waits.
pub fn no_review(number: u64, error: &NoReview) -> Said {
    match error {
        NoReview::Nothing => Said::new(
            format!("没有编号 {number} 的待审改动；staff review 列出全部"),
            format!("nothing waits under {number}; staff review lists what does"),
        ),
        NoReview::Refused(error) => refusal(error),
        NoReview::Conflict(_) => Said::new(
            format!("{number} 改的地方后来又变了；要以它为准：staff review accept {number} --replace"),
            format!(
                "what {number} changes has changed since; to take it all the same: staff review accept {number} --replace"
            ),
        ),
        NoReview::Store(error) => store(error),
    }
}

/// Why nothing was taken back.
pub fn no_undo(seq: u64, error: &NoUndo) -> Said {
    match error {
        NoUndo::Unknown => Said::new(
            format!("没有第 {seq} 条记录；staff audit 列出全部"),
            format!("there is no entry {seq}; staff audit lists all"),
        ),
        NoUndo::NoLink => Said::new("链接已收回", "the link was taken away"),
        NoUndo::NoChange => Said::new(
            format!("第 {seq} 条不是改动，不能撤回"),
            format!("entry {seq} is no change and cannot be taken back"),
        ),
        NoUndo::Forgotten => Said::new(
            format!("第 {seq} 条的内容已抹去，不能撤回"),
            format!("what entry {seq} said is forgotten; it cannot be taken back"),
        ),
        NoUndo::Already(by) => Said::new(
            format!("第 {seq} 条已由第 {by} 条撤回"),
            format!("entry {seq} was taken back by entry {by}"),
        ),
        NoUndo::Stuck(stuck, path) => super::merge::stuck(stuck, path),
        NoUndo::Store(error) => store(error),
    }
}

/// Why the list did not become what it was. `when` are the moments that it names, in words.
pub fn no_time(error: &NoTime, when: impl Fn(i64) -> String) -> Said {
    match error {
        NoTime::Before(first) => {
            let first = when(*first);
            Said::new(format!("记录从 {first} 开始，更早的没有"), format!("the journal begins at {first}"))
        }
        NoTime::Forgotten(since) => {
            let since = when(*since);
            Said::new(
                format!("那时的内容已因抹去个人信息而删除，只能恢复到 {since} 以后"),
                format!(
                    "what was then is forgotten with somebody's data; only from {since} on can be restored"
                ),
            )
        }
        NoTime::Same => Said::new("清单现在就和那时一样", "the list is as it was then"),
        NoTime::Store(error) => store(error),
    }
}

/// What an entry of the journal is.
pub fn event(event: &Event) -> Said {
    let same = |text: String| Said::new(text.clone(), text);
    match event {
        Event::Adopted { over, .. } if over.is_empty() => {
            Said::new("收入手工改过的清单", "took in the list as somebody edited it")
        }
        Event::Adopted { over, .. } => {
            let count = over.len();
            Said::new(
                format!("收入手工改过的清单；其中盖掉了 {count} 条站长的改动，转为待审"),
                format!(
                    "took in the list as somebody edited it; it undid {}",
                    plural(count, "change of a host, which waits now", "changes of hosts, which wait now")
                ),
            )
        }
        Event::Reports { .. } => {
            Said::new("收入手工改过的反馈", "took in the reports as somebody edited them")
        }
        Event::Change(change) => {
            let (id, link) = (&change.station, change.link);
            let waits =
                if change.review.is_empty() { ("", "") } else { ("，有待审", ", some of it waits") };
            Said::new(
                format!("改动 {id}（链接 {link}）{}", waits.0),
                format!("change of {id} (link {link}){}", waits.1),
            )
        }
        Event::Review(review) if review.accepted => {
            Said::new(format!("通过待审 {}", review.of), format!("accepted what waited as {}", review.of))
        }
        Event::Review(review) => {
            Said::new(format!("不通过待审 {}", review.of), format!("refused what waited as {}", review.of))
        }
        Event::Undone { of, .. } => Said::new(format!("撤回第 {of} 条"), format!("took entry {of} back")),
        Event::Restored { to, .. } => Said::new(
            format!("清单恢复到第 {to} 条之后的样子"),
            format!("the list became what it was after entry {to}"),
        ),
        Event::Link(link) => {
            let (number, id, name) = (link.number, &link.station, visible(&link.name));
            Said::new(format!("发出链接 {number}：{id} {name}"), format!("made link {number}: {id} {name}"))
        }
        Event::Rotated { number, .. } => {
            Said::new(format!("更换链接 {number}"), format!("renewed link {number}"))
        }
        Event::Revoked { number } => {
            Said::new(format!("收回链接 {number}"), format!("revoked link {number}"))
        }
        Event::Used { number, .. } => Said::new(
            format!("有人用短码打开了链接 {number}"),
            format!("somebody typed the code of link {number}"),
        ),
        Event::Report(report) => {
            let (id, kind) = (visible(&report.station), visible(&report.kind));
            Said::new(format!("骑友反馈 {id}：{kind}"), format!("report on {id}: {kind}"))
        }
        Event::Trimmed { over, dropped, .. } => {
            let (over, dropped) = (over.len(), dropped.len());
            Said::new(
                format!("不再保留的骑友反馈：满一年 {over} 条，太多 {dropped} 条"),
                format!("reports kept no longer: {over} older than a year, {dropped} too many"),
            )
        }
        Event::Redacted { entries, .. } => {
            let count = entries.len();
            Said::new(
                format!("抹去个人信息：{count} 条记录的内容不再保留"),
                format!(
                    "took somebody's data out: what {} said is forgotten",
                    plural(count, "entry", "entries")
                ),
            )
        }
        Event::Cut { bytes } => Said::new(
            format!("断电留下的半条记录（{bytes} 字节）移到一边"),
            format!("put half a line aside ({}) that a power cut left", plural(*bytes, "byte", "bytes")),
        ),
        Event::Raised { edition } => same(format!("seq → {edition}")),
    }
}

/// The first entry.
pub fn beginning() -> Said {
    Said::new("开始记录，收入现有的清单", "the journal begins with the list as it is")
}

/// An entry that was forgotten.
pub fn forgotten(kind: &str) -> Said {
    let kind = visible(kind);
    Said::new(format!("（{kind}，内容已抹去）"), format!("({kind}, forgotten)"))
}
