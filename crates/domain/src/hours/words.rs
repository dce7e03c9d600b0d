//! The words of opening hours, folded as [`super::cursor`] folds them.

use super::rule::Days;

/// Words that say nothing that the rest does not.
pub(super) const FILLERS: [&str; 9] =
    ["开放时间", "营业时间", "服务时间", "对外", "正常", "开放", "营业", "服务", ":"];

pub(super) const CLOSED: [(&str, ()); 13] = [
    ("不对外开放", ()),
    ("不开放", ()),
    ("不营业", ()),
    ("除外", ()),
    ("休息", ()),
    ("闭馆", ()),
    ("闭站", ()),
    ("关闭", ()),
    ("停业", ()),
    ("放假", ()),
    ("休", ()),
    ("off", ()),
    ("closed", ()),
];

pub(super) const ALWAYS: [(&str, ()); 7] = [
    ("24小时", ()),
    ("二十四小时", ()),
    ("全天候", ()),
    ("全天", ()),
    ("24/7", ()),
    ("24 hours", ()),
    ("24h", ()),
];

pub(super) const SEASON_WORDS: [(&str, ()); 8] = [
    ("冬季", ()),
    ("夏季", ()),
    ("春季", ()),
    ("秋季", ()),
    ("冬令时", ()),
    ("夏令时", ()),
    ("冬天", ()),
    ("夏天", ()),
];

pub(super) const MONTHS: [(&str, u8); 12] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

pub(super) const NAMED_DAYS: [(&str, Days); 15] = [
    ("每日", Days::ALL),
    ("每天", Days::ALL),
    ("天天", Days::ALL),
    ("全年", Days::ALL),
    ("法定工作日", Days::WORKDAYS),
    ("工作日", Days::WORKDAYS),
    ("周末", Days::FREE_WEEKEND),
    ("双休日", Days::FREE_WEEKEND),
    ("国家法定节假日", Days::HOLIDAYS),
    ("法定节假日", Days::HOLIDAYS),
    ("法定假日", Days::HOLIDAYS),
    ("节假日", Days::HOLIDAYS),
    ("寒暑假", Days::SCHOOL),
    ("ph", Days::HOLIDAYS),
    ("sh", Days::SCHOOL),
];

pub(super) const WEEK_PREFIXES: [(&str, ()); 4] = [("每周", ()), ("周", ()), ("星期", ()), ("礼拜", ())];

pub(super) const WEEKDAYS: [(&str, u16); 8] =
    [("一", 0), ("二", 1), ("三", 2), ("四", 3), ("五", 4), ("六", 5), ("日", 6), ("天", 6)];

/// The long forms first, as they begin with the short ones.
pub(super) const LATIN_WEEKDAYS: [(&str, u16); 14] = [
    ("mon", 0),
    ("tue", 1),
    ("wed", 2),
    ("thu", 3),
    ("fri", 4),
    ("sat", 5),
    ("sun", 6),
    ("mo", 0),
    ("tu", 1),
    ("we", 2),
    ("th", 3),
    ("fr", 4),
    ("sa", 5),
    ("su", 6),
];

/// Which part of the day an hour from 1 to 12 is in.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

pub(super) const PARTS: [(&str, Part); 8] = [
    ("上午", Part::Morning),
    ("早上", Part::Morning),
    ("凌晨", Part::Morning),
    ("早", Part::Morning),
    ("中午", Part::Noon),
    ("下午", Part::Afternoon),
    ("晚上", Part::Evening),
    ("晚", Part::Evening),
];

pub(super) const NEXT_DAY: [&str; 3] = ["次日", "翌日", "第二天"];
pub(super) const NEXT_YEAR: [&str; 4] = ["次年", "翌年", "来年", "第二年"];
pub(super) const JOINTS: [&str; 5] = [",", "及", "和", "与", "/"];
