//! What a careful editor would say, and what the kinds and levels of findings are called.

use super::{Said, visible};
use crate::trouble::{Kind, Level, Trouble};

/// How many fields without English are named in a line; all of them are in the JSON.
const FIELDS: usize = 6;

/// What a level is called.
pub fn level(level: Level) -> Said {
    match level {
        Level::Error => Said::new("错误", "error"),
        Level::Warning => Said::new("警告", "warning"),
        Level::Advice => Said::new("建议", "advice"),
    }
}

/// How many more of a kind there are than were listed.
pub fn more(count: usize) -> Said {
    Said::new(
        format!("  …… 同类还有 {count} 条；staff check --all 全部列出"),
        format!("  … {count} more of this kind; staff check --all lists them"),
    )
}

/// What a kind of findings is called.
pub fn kind(kind: Kind) -> Said {
    let (zh, en) = match kind {
        Kind::Unreadable => ("文件读不出来", "file cannot be read"),
        Kind::Json => ("不是正确的 JSON", "not JSON"),
        Kind::RepeatedKey => ("同一项写了两次", "key stands twice"),
        Kind::Field => ("字段不合规", "field breaks a rule"),
        Kind::Photo => ("照片有问题", "photo cannot be used"),
        Kind::Basemap => ("内置地图读不懂", "embedded map makes no sense"),
        Kind::NoBasemap => ("没有内置地图", "no embedded map"),
        Kind::UnknownKey => ("没有这一项", "unknown key"),
        Kind::UnreviewedBoundaries => ("显示界线但没有审图号", "boundaries without a review number"),
        Kind::NoSiteUrl => ("没有写网址", "no address of the site"),
        Kind::Undrawable => ("预览图画不出的字", "signs that no preview image can show"),
        Kind::UnclearHours => ("开放时间读不懂", "opening hours make no sense"),
        Kind::HolidaysEnd => ("节假日表快到期", "holiday table ends soon"),
        Kind::Over => ("公告已过期", "notice is over"),
        Kind::NoContact => ("没有联系电话", "no telephone number"),
        Kind::Stale => ("半年没有核实", "not verified for half a year"),
        Kind::Future => ("日期在将来", "a day to come"),
        Kind::Elsewhere => ("位置不在所写区县", "outside its district"),
        Kind::Close => ("两站挨得太近", "two stations at one place"),
        Kind::NoStation => ("没有这个站", "no such station"),
        Kind::Undialable => ("电话不能拨", "number cannot be dialled"),
        Kind::NeverVerified => ("从未核实", "never verified"),
        Kind::Masked => ("电话打了星号", "masked number"),
        Kind::EventOver => ("活动早已结束", "event was over long ago"),
        Kind::Untranslated => ("没有英文", "no English"),
    };
    Said::new(zh, en)
}

/// What a careful editor would say.
pub(super) fn say(trouble: &Trouble) -> Said {
    match trouble {
        Trouble::EventOver { ended } => {
            let ended = visible(ended);
            Said::new(
                format!("活动已于 {ended} 结束，可以删掉"),
                format!("the event ended on {ended}; it can go"),
            )
        }
        Trouble::NoContact => Said::new(
            "没有任何联系电话，骑手找不到人；知道就补上",
            "no telephone number, so that a rider reaches nobody; add one if you know it",
        ),
        Trouble::NeverVerified => Said::new(
            "没有核实日期；到现场看过后填上",
            "never verified; put the day here once somebody has been there",
        ),
        Trouble::Stale { days } => Said::new(
            format!("已 {days} 天没有核实，请到现场看看再更新日期"),
            format!("not verified for {days} days; look again and put the day here"),
        ),
        Trouble::Future { date } => {
            Said::new(format!("{date} 还没到，是不是写错了？"), format!("{date} is still to come; a slip?"))
        }
        Trouble::Elsewhere { district, metres, around } => elsewhere(district, *metres, around.as_deref()),
        Trouble::Close { other, metres } => {
            let other = visible(other);
            Said::new(
                format!("与 {other} 只隔 {metres:.0} 米，是不是同一个站？"),
                format!("{metres:.0} m from {other}; is it the same station?"),
            )
        }
        Trouble::NoStation { id } => {
            let id = visible(id);
            Said::new(
                format!("清单里没有 {id} 这个站；是撤了，还是写错了？"),
                format!("the list has no station {id}; is it gone, or a slip?"),
            )
        }
        Trouble::Undialable(phone) => {
            let phone = visible(phone);
            Said::new(
                format!("“{phone}”不是能拨的号码；说明文字请写进公告或位置说明"),
                format!("\"{phone}\" is no number to dial; words belong into a notice or the directions"),
            )
        }
        Trouble::Masked(phone) => {
            let phone = visible(phone);
            Said::new(
                format!("“{phone}”打了星号，只显示、不能拨；能公开的话请换成值班电话"),
                format!("\"{phone}\" is masked: shown, never dialled; better a duty number that is public"),
            )
        }
        Trouble::Untranslated { fields } => {
            let shown = fields.iter().take(FIELDS).map(|field| visible(field)).collect::<Vec<_>>();
            let (more_zh, more_en) = match fields.len().checked_sub(FIELDS) {
                Some(more @ 1..) => (format!(" 等 {} 处", fields.len()), format!(" and {more} more")),
                _ => (String::new(), String::new()),
            };
            Said::new(
                format!("没有英文：{}{more_zh}", shown.join("、")),
                format!("no English: {}{more_en}", shown.join(", ")),
            )
        }
        // The rest is said in `trouble`.
        _ => Said::new("", ""),
    }
}

fn elsewhere(district: &str, metres: f64, around: Option<&str>) -> Said {
    let district = visible(district);
    let (far_zh, far_en) = if metres < 1000.0 {
        (format!("{metres:.0} 米"), format!("{metres:.0} m"))
    } else {
        (format!("{:.1} 公里", metres / 1000.0), format!("{:.1} km", metres / 1000.0))
    };
    let (around_zh, around_en) = match around {
        Some(around) if around != district => (format!("，落在{around}"), format!(", in {around}")),
        Some(_) => (String::new(), String::new()),
        None => ("，不在地图的任何区县里".to_owned(), ", in no district of the map".to_owned()),
    };
    Said::new(
        format!("位置在{district}之外约 {far_zh}{around_zh}；请核对坐标、坐标系或区县"),
        format!(
            "about {far_en} outside {district}{around_en}; check the position, its datum or the district"
        ),
    )
}
