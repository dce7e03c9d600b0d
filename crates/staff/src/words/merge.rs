//! What merging a chat says.

use domain::patch::{CodeError, PatchError, Tier};

use super::change::field;
use super::{Said, problem, visible};
use crate::merge::scan::Damage;
use crate::merge::{Known, Place, Stuck, Why};

/// Where a code stands: file and line.
pub fn place(at: &Place) -> Said {
    let (file, line) = (visible(&at.file), at.line);
    if file.is_empty() {
        Said::new(format!("第 {line} 行"), format!("line {line}"))
    } else {
        Said::new(format!("{file} 第 {line} 行"), format!("{file} line {line}"))
    }
}

/// Whose a change is.
pub fn known(known: &Known) -> Said {
    match known {
        Known::Unsigned => Said::new("没有签名", "not signed"),
        Known::Key(name) => {
            let name = visible(name);
            Said::new(format!("已知密钥：{name}"), format!("known key: {name}"))
        }
        Known::Elsewhere(name) => {
            let name = visible(name);
            Said::new(
                format!("{name} 的密钥不管这个站"),
                format!("the key of {name}, which is not for this station"),
            )
        }
        Known::Stranger => Said::new("签名对不上任何已知密钥", "signed with no known key"),
    }
}

/// Who must agree.
pub fn tier(tier: Tier) -> Said {
    match tier {
        Tier::Live => Said::new("站长可改", "a host may change this"),
        Tier::Staff => Said::new("需工作人员核实", "for staff to verify"),
    }
}

/// Why a code is not merged.
pub fn why(why: &Why) -> Said {
    match why {
        Why::Damage(damage) => say_damage(damage),
        Why::NoStation(id) => {
            Said::new(format!("清单里没有 {id} 这个站"), format!("the list has no station {id}"))
        }
        Why::BrokenStation { id, path, problem } => {
            let (said, path) = (problem::say(problem), visible(path));
            Said::new(
                format!("{id} 在清单里本身有错（{path}：{}），先用 staff check 检查", said.zh),
                format!("{id} has an error in the list itself ({path}: {}); see staff check", said.en),
            )
        }
        Why::Clash => Said::new(
            "编号和另一条改动相同、内容却不同，像是伪造的",
            "it has the number of another change with other content, as a forgery would",
        ),
        Why::Fault(id) => Said::new(
            format!("程序出错：{id} 改完与预想不符，这个站没有改"),
            format!(
                "a fault of this program: {id} was not changed, as it would not have become what it should"
            ),
        ),
    }
}

fn say_damage(damage: &Damage) -> Said {
    match damage {
        Damage::Cut { have, want } => Said::new(
            format!("编码不完整，应有 {want} 个字符，只有 {have} 个；请对方重发整条"),
            format!("cut short: {have} of {want} characters; have it sent again whole"),
        ),
        Damage::Altered => Said::new(
            "编码有字符被改或丢失，校验不符；请对方重发",
            "altered: the checksum does not fit; have it sent again",
        ),
        Damage::Newer => Said::new("是更新版本的编码，请更新本程序", "of a newer form; update this program"),
        Damage::Refused(CodeError::Patch(error)) => patch(error),
        Damage::Refused(_) => Said::new("编码完整，但内容不是改动", "whole, but it holds no change"),
    }
}

/// Why something is no change.
pub fn patch(error: &PatchError) -> Said {
    match error {
        PatchError::Empty => Said::new("什么也没改", "it changes nothing"),
        PatchError::TooMany => Said::new("一次改得太多", "it changes too many fields"),
        PatchError::Rule(finding) => {
            let (said, path) = (problem::say(&finding.problem), visible(&finding.path));
            Said::new(format!("{path}：{}", said.zh), format!("{path}: {}", said.en))
        }
        PatchError::Misfit(own) => {
            let Said { zh, en } = field(own);
            Said::new(format!("{zh}：不能是这样的值"), format!("{en}: no such value is possible"))
        }
        PatchError::Nothing(own) => {
            let Said { zh, en } = field(own);
            Said::new(format!("{zh}：已经是这样"), format!("{en}: is so already"))
        }
        PatchError::Twice(own) => {
            let Said { zh, en } = field(own);
            Said::new(format!("{zh}：同一处改了两次"), format!("{en}: changed twice"))
        }
    }
}

/// Why a change cannot be taken back.
pub fn stuck(stuck: &Stuck, path: &str) -> Said {
    match stuck {
        Stuck::Changed(_) => Said::new(
            format!("{path} 后来又改过，不能撤回；请另外改"),
            format!("{path} has changed again since, so it cannot be taken back; change it anew"),
        ),
        Stuck::Station => Said::new(
            "这个站后来被撤销、恢复或改坏，不能撤回",
            "the station has been removed, brought back or broken since",
        ),
    }
}
