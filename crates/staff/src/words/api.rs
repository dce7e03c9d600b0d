//! What the server says to phones that send changes and reports. The app chooses its own words by the first of these.

use domain::patch::CodeError;

use super::Said;
use super::merge::patch;
use crate::journal::{NoUndo, Refusal, StoreError};
use crate::serve::No;

/// Why a request is refused: a word for programs, and the words for people.
pub(crate) fn refused(no: &No) -> (&'static str, Said) {
    let (word, zh, en) = match no {
        No::Nowhere => ("no_route", "没有这个接口", "there is no such route"),
        No::Method(_) => ("method", "这里不用这种方法", "another method is needed here"),
        No::TooLong => ("too_long", "内容太长", "the body is too long"),
        No::Body => ("body", "内容没有收全，请重发", "the body did not come whole; send it again"),
        No::Foreign => ("foreign", "只接受从本站网页发来的", "only this site's own pages may send this"),
        No::Token | No::Refused(Refusal::NoLink) | No::NotUndone(NoUndo::NoLink) => (
            "token",
            "链接无效、已过期或已收回，请向工作人员要新的",
            "the link is unknown, expired or revoked; ask staff for a new one",
        ),
        No::TooOften(_) => ("too_often", "太频繁，请稍后再试", "too often; try again later"),
        No::OtherStation => ("other_station", "这个链接不管这个站", "the link is for another station"),
        No::Unseen => (
            "no_edition",
            "没有说明是按第几号数据改的（If-Match）",
            "nobody said which edition was looked at (If-Match)",
        ),
        No::BadEdition => ("bad_edition", "If-Match 应是引号里的序号", "If-Match is a number in quotes"),
        No::BadCode(said) => return ("code", said.clone()),
        No::CodeOfOther => ("code_of_other", "这条改动是另一个站的", "the change is of another station"),
        No::UnknownChange | No::NotUndone(NoUndo::Unknown) => {
            ("no_change", "没有收到过这条改动", "no such change came")
        }
        No::WrongCode => {
            ("wrong_code", "短码不对，或已过期、已收回", "the code is wrong, expired or revoked")
        }
        No::BadReport(field) => {
            let said = Said::new(format!("反馈的 {field} 不对"), format!("the report's {field} is wrong"));
            return ("report", said);
        }
        No::Refused(refusal) => return change(refusal),
        No::NotUndone(NoUndo::Store(error)) | No::Store(error) => return store(error),
        No::NotUndone(_) => {
            ("stands", "后来又改过，不能撤回；请另外改", "something later stands on it; change it anew")
        }
    };
    (word, Said::new(zh, en))
}

fn change(refusal: &Refusal) -> (&'static str, Said) {
    let (word, zh, en) = match refusal {
        Refusal::NoStation => ("no_station", "清单里没有这个站", "the list has no such station"),
        Refusal::Broken => {
            ("broken", "这个站的数据本身有错，请联系工作人员", "the station's data has an error; tell staff")
        }
        // Said as any link that is none, before it comes here.
        Refusal::NoLink => ("token", "链接已收回", "the link was taken away"),
        Refusal::Clash => ("clash", "编号和另一条改动相同", "it has the number of another change"),
        Refusal::Conflict(_) => (
            "conflict",
            "别人刚改过同一处，请看一看再定",
            "somebody else changed the same; look and settle it",
        ),
        Refusal::Fault => ("fault", "程序出错，什么也没改", "a fault of this program; nothing was changed"),
        Refusal::Store(error) => return store(error),
    };
    (word, Said::new(zh, en))
}

fn store(error: &StoreError) -> (&'static str, Said) {
    let (word, zh, en) = if error.is_full() {
        (
            "full",
            "服务器存不下了，没有收到；请稍后再发",
            "the server cannot store it; nothing was taken, send it later",
        )
    } else {
        (
            "unavailable",
            "服务器暂时收不了，没有收到；请稍后再发",
            "the server cannot take it now; nothing was taken, send it later",
        )
    };
    (word, Said::new(zh, en))
}

/// A body that is no text.
pub(crate) fn no_text() -> Said {
    Said::new("内容不是文字", "the body is no text")
}

/// Why a body is no code.
pub(crate) fn no_code(error: &CodeError) -> Said {
    match error {
        CodeError::Newer => {
            Said::new("是更新版本的改动，服务器不认得", "of a newer form than the server knows")
        }
        CodeError::Patch(error) => patch(error),
        _ => Said::new("内容不是一条改动编码", "the body is no code of a change"),
    }
}
