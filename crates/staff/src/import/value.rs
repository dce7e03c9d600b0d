//! What single cells mean.

use domain::station::{Access, Kind};
use domain::time::Date;
use serde_json::{Value, json};

/// Words for kinds, beside those of the data.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::DriversHome, &["司机之家"]),
    (Kind::Clinic, &["义诊"]),
    (Kind::Bank, &["银行", "信用社", "农商行"]),
    (Kind::Pharmacy, &["药店", "药房", "大药房"]),
    (Kind::Union, &["工会", "户外劳动者"]),
    (Kind::Party, &["党群"]),
    (Kind::Community, &["社区", "街道"]),
    (Kind::Company, &["企业", "公司", "集团", "产业园", "工业园", "厂"]),
    (Kind::Other, &["其他", "其它"]),
];

const ACCESS: &[(Access, &[&str])] = &[
    (Access::Scan, &["扫码"]),
    (Access::Face, &["刷脸", "人脸"]),
    (Access::Register, &["登记"]),
    (Access::Free, &["免费", "开放", "直接进"]),
];

/// The kind a cell names.
pub(super) fn kind(cell: &str) -> Option<Kind> {
    Kind::from_word(cell.trim()).or_else(|| kind_in(cell))
}

/// The kind that a name gives away.
pub(super) fn kind_in(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, words)| words.iter().any(|word| name.contains(word))).map(|(kind, _)| *kind)
}

/// How to get in.
pub(super) fn access(cell: &str) -> Option<Access> {
    let known = || ACCESS.iter().find(|(_, words)| words.iter().any(|word| cell.contains(word)));
    Access::from_word(cell.trim()).or_else(|| known().map(|(access, _)| *access))
}

/// A day: `2026-11-20`, `2026/11/20`, `2026.11.20`, `2026年11月20日`, with or without a time behind it.
pub(super) fn date(cell: &str) -> Option<Date> {
    let day = cell.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> =
        day.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let &[year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A text in Chinese, and in English where there is some.
pub(super) fn text(zh: &str, en: Option<&str>) -> Value {
    match en {
        Some(en) if !en.is_empty() => json!({ "zh": zh, "en": en }),
        _ => zh.into(),
    }
}

/// Degrees as they are written: seven decimals, 11 mm.
pub(super) fn degrees(value: f64) -> Value {
    ((value * 1e7).round() / 1e7).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field() {
        for (cell, expected) in [
            ("工会驿站", Some(Kind::Union)),
            ("bank", Some(Kind::Bank)),
            ("盛京银行铁西支行", Some(Kind::Bank)),
            ("成大方圆药房", Some(Kind::Pharmacy)),
            ("党群服务中心", Some(Kind::Party)),
            ("亭子", None),
        ] {
            assert_eq!(kind(cell), expected, "{cell}");
        }
        assert_eq!(access("需登记"), Some(Access::Register));
        assert_eq!(access("扫码进入"), Some(Access::Scan));
        assert_eq!(access("看情况"), None);
    }

    #[test]
    fn days_as_people_write_them() {
        let day = Date::parse("2026-11-02");
        for cell in
            ["2026-11-02", "2026/11/2", "2026.11.02", "2026年11月2日", "2026-11-02 08:00", "2026-11-02T08:00"]
        {
            assert_eq!(date(cell), day, "{cell}");
        }
        for cell in ["", "昨天", "11-02", "2026-13-01", "45000", "26-11-02"] {
            assert_eq!(date(cell), None, "{cell}");
        }
    }
}
