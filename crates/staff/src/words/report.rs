//! What is said of riders' reports, of an emergency, and of the files that commands edit.

use std::path::Path;

use domain::report::{Cut, Dropped, Kind, Told};

use super::{Said, plural, visible};
use crate::kept::KeptError;

/// What a rider says, in a word or two.
pub fn kind(kind: Kind) -> Said {
    let en = match kind {
        Kind::Closed => "shut",
        Kind::Moved => "moved away",
        Kind::NoWater => "no water",
        Kind::PhoneWrong => "wrong number",
        Kind::Praise => "praise",
        Kind::Suggestion => "a suggestion",
        Kind::Dispute => "a labour dispute",
    };
    Said::new(kind.zh(), en)
}

/// What several riders say of a station.
pub fn told(told: &Told) -> Said {
    let (Said { zh, en }, riders, last) = (kind(told.kind), told.riders, told.last);
    Said::new(
        format!("有骑友反映{zh}（{riders} 人，最近 {last}）"),
        format!("{}: {en} (last {last})", plural(riders, "rider says", "riders say")),
    )
}

/// That a report counts for nobody new.
pub fn again() -> Said {
    Said::new("（同一处当天又说，不另计）", " (again from one place that day, not counted)")
}

/// That reports of a station were too many to be kept.
pub fn dropped(id: &str, Dropped { count, last }: Dropped) -> Said {
    let (id, last) = (visible(id), last.to_string().replace('T', " "));
    Said::new(
        format!("{id}：反映太多，有 {count} 条没有留下，最近一次 {last}"),
        format!("{id}: too many reports, {} not kept, the last at {last}", plural(count, "is", "are")),
    )
}

/// What is wrong with a report in a chat.
pub fn cut(cut: Cut) -> Said {
    match cut {
        Cut::Kind => Said::new("不知道反映的是什么", "it does not say what"),
        Cut::Station => Said::new("没有站点编号", "it does not say of which station"),
        Cut::Number => Said::new(
            "编号不完整，应是 32 位十六进制数；请对方重发整条",
            "its number is not whole: 32 hexadecimal digits; have it sent again",
        ),
    }
}

/// That the list has no such station.
pub fn no_station(id: &str) -> Said {
    let id = visible(id);
    Said::new(format!("清单里没有 {id} 这个站"), format!("the list has no station {id}"))
}

/// Why a file cannot be edited.
pub fn kept(path: &Path, error: &KeptError) -> Said {
    let name = visible(&path.display().to_string());
    match error {
        KeptError::Disk(error) => Said::new(format!("{name} 读写失败：{error}"), format!("{name}: {error}")),
        KeptError::Json(said) => {
            let said = visible(said);
            Said::new(format!("{name} 不是正确的 JSON（{said}）"), format!("{name} is not JSON ({said})"))
        }
        KeptError::Link => {
            Said::new(format!("{name} 是链接，不写"), format!("{name} is a link, which is not written to"))
        }
        KeptError::Busy => Said::new(
            format!("另一个 staff 正在改 {name}；等它结束再来"),
            format!("another staff command is at {name}; wait for it to end"),
        ),
    }
}

/// That somebody else changed a file.
pub fn overtaken(path: &Path) -> Said {
    let name = visible(&path.display().to_string());
    Said::new(
        format!("{name} 同时被别人改过；什么也没写，请再来一次"),
        format!("{name} was changed by somebody else meanwhile; nothing was written, try again"),
    )
}

/// What to do next, after a file of the source was changed.
pub fn next() -> Said {
    Said::new("运行 staff build 后生效", "run staff build to publish it")
}

/// What to do about an emergency's text and numbers, which everybody sees.
pub fn shelters(count: Option<usize>) -> Said {
    match count {
        None => Said::new("避险点：没有标", "shelters: none named"),
        Some(0) => Said::new("避险点：全部驿站", "shelters: every station"),
        Some(count) => Said::new(
            format!("避险点：{count} 个驿站"),
            format!("shelters: {}", plural(count, "station", "stations")),
        ),
    }
}
