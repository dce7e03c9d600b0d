//! What a station has, as people write it: "饮水、热水(坏了)；无空调，有WiFi".

use domain::amenity::{Amenity, AmenityState};

/// What one word or one cell says of an amenity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is there.
    There(AmenityState),
    /// It is not.
    Absent,
}

/// The words of an amenity, the longer ones before those that they contain.
const WORDS: &[(Amenity, &[&str])] = &[
    (Amenity::HotWater, &["热水", "开水", "热饮", "hot water"]),
    (Amenity::Water, &["饮用水", "矿泉水", "饮水机", "饮水", "喝水", "直饮水", "drinking water", "water"]),
    (Amenity::Ebike, &["电动车充电", "电瓶车充电", "换电", "充电桩", "电动车充换电", "ebike", "e-bike"]),
    (Amenity::Charging, &["手机充电", "充电宝", "充电", "charging"]),
    (Amenity::Seat, &["休息桌椅", "桌椅", "座椅", "座位", "沙发", "歇脚", "休息", "seat"]),
    (Amenity::Toilet, &["卫生间", "洗手间", "厕所", "如厕", "公厕", "toilet"]),
    (Amenity::Heating, &["取暖", "暖气", "供暖", "驱寒", "heating"]),
    (Amenity::Cooling, &["纳凉空调", "空调", "纳凉", "cooling", "air conditioning"]),
    (Amenity::Microwave, &["微波炉", "热饭", "餐食加热", "加热", "microwave"]),
    (Amenity::Aed, &["aed", "除颤"]),
    (Amenity::FirstAid, &["应急药箱", "急救箱", "药箱", "急救", "药品", "first aid"]),
    (Amenity::Wifi, &["wi-fi", "wifi", "无线网络", "无线网"]),
    (Amenity::Parking, &["停车", "parking"]),
    (Amenity::Umbrella, &["雨具", "雨伞", "雨衣", "避雨", "umbrella"]),
    (Amenity::Meal, &["优惠餐食", "爱心餐", "优惠餐", "用餐", "餐优可享", "meal"]),
    (Amenity::Fridge, &["冰箱", "fridge"]),
    (Amenity::Tools, &["维修工具", "工具箱", "工具", "打气筒", "tools"]),
    (Amenity::Shower, &["淋浴", "洗澡", "shower"]),
    (Amenity::Laundry, &["洗衣", "laundry"]),
    (Amenity::Haircut, &["理发", "haircut"]),
    (Amenity::Books, &["阅览", "读书", "图书", "书报", "书籍", "books"]),
    (Amenity::Legal, &["法律咨询", "法律援助", "法律", "legal"]),
    (Amenity::StepFree, &["无障碍通行", "无障碍", "坡道", "step-free", "wheelchair"]),
    (Amenity::Guide, &["视障引导", "导盲", "盲道", "guide"]),
];

/// Words that say that what stands beside them is not there. 无障碍 and 无线 are no such words.
const ABSENT: &[&str] = &["没有", "暂无", "不提供", "无", "×", "✗", "no "];
const BROKEN: &[&str] = &["坏", "故障", "维修中", "停用", "损坏", "out of order", "broken"];

/// The amenity a word is about.
fn amenity(word: &str) -> Option<Amenity> {
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|known| word.contains(known)))
        .map(|(amenity, _)| *amenity)
}

fn said(word: &str) -> Said {
    let word = word.replace("无障碍", "").replace("无线", "").replace("维修工具", "");
    if BROKEN.iter().any(|broken| word.contains(broken)) {
        Said::There(AmenityState::Out)
    } else if ABSENT.iter().any(|absent| word.contains(absent)) {
        Said::Absent
    } else {
        Said::There(AmenityState::Ok)
    }
}

/// What a text says, amenity by amenity in order, and the words that nobody knows. The last word on an amenity counts.
pub fn read_text(text: &str) -> (Vec<(Amenity, Said)>, Vec<String>) {
    let mut found: Vec<(Amenity, Said)> = Vec::new();
    let mut unknown = Vec::new();
    let parts = text.split([';', '；', '、', ',', '，', '/', '|', '\n', '。', '+']);
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let small = part.to_lowercase();
        match amenity(&small) {
            Some(amenity) => {
                found.retain(|(known, _)| *known != amenity);
                found.push((amenity, said(&small)));
            }
            None => unknown.push(part.to_owned()),
        }
    }
    (found, unknown)
}

/// What a cell of an amenity's own column says; none where it is empty or says nothing we know.
pub fn read_cell(cell: &str) -> Option<Said> {
    let cell = cell.trim().to_lowercase();
    match cell.as_str() {
        "" => None,
        "有" | "√" | "✓" | "✔" | "是" | "y" | "yes" | "true" | "ok" | "可用" | "正常" => {
            Some(Said::There(AmenityState::Ok))
        }
        "无" | "×" | "✗" | "✘" | "x" | "否" | "n" | "no" | "false" | "没有" | "-" | "/" | "0" => {
            Some(Said::Absent)
        }
        "?" | "？" | "未知" | "不详" | "不确定" | "unknown" => {
            Some(Said::There(AmenityState::Unknown))
        }
        word if BROKEN.iter().any(|broken| word.contains(broken)) => Some(Said::There(AmenityState::Out)),
        // How many there are.
        word if word.chars().next().is_some_and(|c| ('1'..='9').contains(&c)) => {
            Some(Said::There(AmenityState::Ok))
        }
        word if word.starts_with('有') => Some(Said::There(AmenityState::Ok)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: Said = Said::There(AmenityState::Ok);
    const OUT: Said = Said::There(AmenityState::Out);

    #[test]
    fn texts_as_people_write_them() {
        type Case = (&'static str, &'static [(Amenity, Said)], usize);
        let cases: [Case; 7] = [
            (
                "饮水、热水；休息桌椅",
                &[(Amenity::Water, OK), (Amenity::HotWater, OK), (Amenity::Seat, OK)],
                0,
            ),
            ("饮水机坏了，无空调", &[(Amenity::Water, OUT), (Amenity::Cooling, Said::Absent)], 0),
            ("无障碍坡道,无线网络", &[(Amenity::StepFree, OK), (Amenity::Wifi, OK)], 0),
            ("电动车充电/手机充电", &[(Amenity::Ebike, OK), (Amenity::Charging, OK)], 0),
            ("WiFi、AED、棋牌", &[(Amenity::Wifi, OK), (Amenity::Aed, OK)], 1),
            ("维修工具、微波炉（维修中）", &[(Amenity::Tools, OK), (Amenity::Microwave, OUT)], 0),
            ("", &[], 0),
        ];
        for (text, expected, unknown) in cases {
            let (found, others) = read_text(text);
            assert_eq!((found.as_slice(), others.len()), (expected, unknown), "{text}");
        }
    }

    #[test]
    fn cells_as_people_write_them() {
        for (cell, expected) in [
            ("有", Some(OK)),
            ("√", Some(OK)),
            ("2台", Some(OK)),
            ("×", Some(Said::Absent)),
            ("无", Some(Said::Absent)),
            ("故障", Some(OUT)),
            ("？", Some(Said::There(AmenityState::Unknown))),
            ("", None),
            ("绿色", None),
        ] {
            assert_eq!(read_cell(cell), expected, "{cell}");
        }
    }

    /// Every amenity is found by its own word.
    #[test]
    fn own_words_are_known() {
        for &one in Amenity::ALL {
            let (found, _) = read_text(crate::words::amenity(one));
            assert_eq!(found, [(one, OK)], "{one:?}");
        }
    }
}
