use domain::station::{Kind, Location, StationId, WrittenHours};

use super::*;

/// A station with one of everything.
pub(crate) fn station() -> Station {
    let host = Contact {
        role: Role::Host,
        organisation: Some(Text::zh("示例社区")),
        person: Some("王姐".into()),
        phones: Phone::all("024-00000001"),
        hours: None,
    };
    let info = Notice { kind: NoticeKind::Info, text: Text::zh("门口修路"), from: None, until: None };
    let water = Offer { amenity: Amenity::Water, state: AmenityState::Ok, note: None, access: None };
    let note = Some(Text::both("微波炉旁", "By the microwave"));
    let heating = Offer { amenity: Amenity::Heating, state: AmenityState::Ok, note, access: None };
    Station {
        id: StationId::new("sy-1").unwrap(),
        name: Text::both("驿站", "Station"),
        kind: Kind::Community,
        location: Location {
            position: Some(Wgs84::new(41.8, 123.4).unwrap()),
            city: "沈阳市".into(),
            district: "浑南区".into(),
            address: Some(Text::zh("示例路 1 号")),
            directions: None,
        },
        hours: Some(WrittenHours::new("24小时")),
        access: None,
        notices: vec![info],
        offers: vec![water, heating],
        contacts: vec![host],
        events: Vec::new(),
        photos: Vec::new(),
        links: Vec::new(),
        verified_at: None,
        updated_at: None,
        source: None,
    }
}

pub(super) fn now() -> LocalDateTime {
    LocalDateTime::parse("2026-11-23T10:30").unwrap()
}

pub(super) fn form(fields: &[(&str, &str)]) -> Form {
    let mut form = Form::default();
    for (field, value) in fields {
        form.set(field, value);
    }
    form
}

#[track_caller]
fn check(fields: &[(&str, &str)], expected: &[&str]) {
    let found = wanted(&form(fields), &station(), now());
    let said: Vec<String> = found.ops.iter().map(|op| crate::words::op(Lang::Zh, op, now().date())).collect();
    assert_eq!(said, expected, "{fields:?}");
    assert_eq!(found.troubles, [], "{fields:?}");
}

#[track_caller]
fn check_trouble(fields: &[(&str, &str)], expected: Trouble) {
    let found = wanted(&form(fields), &station(), now());
    assert_eq!((found.ops, found.troubles), (Vec::new(), vec![expected]), "{fields:?}");
}

#[test]
fn what_is_touched_and_stays_the_same_is_no_change() {
    check(&[], &[]);
    check(
        &[
            ("a-water", "ok"),
            ("a-toilet", "none"),
            ("n-toilet", "没有这样设施的说明不算"),
            ("n-water", " "),
            ("n-heating", "微波炉旁"),
            ("hours", " 24小时 "),
            ("access", ""),
            ("name", "驿站"),
            ("name-en", "Station"),
            ("way", ""),
            ("pos", "418000000,1234000000"),
            ("close", ""),
        ],
        &[],
    );
}

#[test]
fn each_field_is_a_change_in_words() {
    check(&[("a-water", "out")], &["饮水：可用 → 坏了"]);
    check(&[("a-water", "none")], &["饮水：去掉 可用"]);
    check(&[("a-toilet", "ok")], &["如厕：新增 可用"]);
    check(&[("hours", "工作日 08:30-17:00")], &["开放时间：“24小时” → “工作日 08:30-17:00”"]);
    check(&[("hours", "")], &["开放时间：“24小时” → （空）"]);
    check(&[("access", "scan")], &["进门方式：（空） → 扫码进门"]);
    check(
        &[("close", "today")],
        &["公告：新增 暂停开放，“11月23日临时关门” / \"Closed on 23 Nov\"，至11月23日"],
    );
    check(
        &[("close", "until"), ("close-day", "2026-11-28")],
        &["公告：新增 暂停开放，“临时关门，到11月28日” / \"Closed until 28 Nov\"，至11月28日"],
    );
    check(&[("name", "新驿站")], &["名称：“驿站” / \"Station\" → “新驿站” / \"Station\""]);
    check(&[("address", "")], &["地址：“示例路 1 号” → （空）"]);
    check(&[("pos", "418001000,1234000000")], &["位置：移动 11 米"]);
    check(
        &[("notice-kind", "limited"), ("notice-text", "饮水机维修"), ("notice-day", "2026-12-01")],
        &["公告：新增 部分受限，“饮水机维修”，至12月1日"],
    );
    check(
        &[
            ("contact-role", "volunteer"),
            ("contact-person", "李姐"),
            ("contact-phone", "024-00000002、024-00000003"),
        ],
        &["联系人：新增 志愿者，李姐，024-00000002、024-00000003"],
    );
}

#[test]
fn what_is_said_of_an_amenity_is_a_change_of_its_own() {
    check(&[("n-water", " 热水器在二楼 ")], &["饮水的说明：（空） → “热水器在二楼”"]);
    check(
        &[("a-water", "out"), ("n-water", "热水器在二楼")],
        &["饮水：可用 → 坏了", "饮水的说明：（空） → “热水器在二楼”"],
    );
    // Its English stays until somebody says it anew, and goes with it.
    check(
        &[("n-heating", "门口右手")],
        &["取暖的说明：“微波炉旁” / \"By the microwave\" → “门口右手” / \"By the microwave\""],
    );
    check(
        &[("n-heating-en", "On the right")],
        &["取暖的说明：“微波炉旁” / \"By the microwave\" → “微波炉旁” / \"On the right\""],
    );
    check(&[("n-heating", "")], &["取暖的说明：“微波炉旁” / \"By the microwave\" → （空）"]);
    // What goes takes it along, what comes brings it.
    check(
        &[("a-heating", "none"), ("n-heating", "门口右手")],
        &["取暖：去掉 可用，“微波炉旁” / \"By the microwave\""],
    );
    check(&[("a-toilet", "ok"), ("n-toilet", "在地下一层")], &["如厕：新增 可用，“在地下一层”"]);
}

#[test]
fn entries_are_meant_by_what_they_are() {
    let station = station();
    let gone = of_entry("gone", &Field::notice(&station.notices[0]));
    check(&[(&gone, "1")], &["公告：去掉 提示，“门口修路”"]);
    // Down and up again in other words: one change.
    check(
        &[(&gone, "1"), ("notice-kind", "limited"), ("notice-text", "门口修路")],
        &["公告：提示，“门口修路” → 部分受限，“门口修路”"],
    );
    let contact = Field::contact(&station.contacts[0]);
    check(
        &[(&of_entry("phone", &contact), "024-00000009")],
        &["联系人：驿站负责人，示例社区，王姐，024-00000001 → 驿站负责人，示例社区，王姐，024-00000009"],
    );
    check(
        &[(&of_entry("nocontact", &contact), "1"), (&of_entry("phone", &contact), "024")],
        &["联系人：去掉 驿站负责人，示例社区，王姐，024-00000001"],
    );
}

#[test]
fn what_is_wrong_is_said() {
    check_trouble(&[("close", "until")], Trouble::NoDay);
    check_trouble(&[("close", "until"), ("close-day", "2026-11-22")], Trouble::DayOver);
    check_trouble(&[("notice-kind", "info")], Trouble::NoticeEmpty);
    check_trouble(&[("notice-text", "x"), ("notice-day", "2026-11-22")], Trouble::DayOver);
    check_trouble(&[("name", " ")], Trouble::NameEmpty);
    check_trouble(&[("contact-person", "李姐")], Trouble::ContactEmpty);
}

#[test]
fn positions_come_back() {
    let at = Wgs84::new(-41.805_712_3, 123.0).unwrap();
    assert_eq!(position(&position_text(at)), Some(at));
    for text in ["", "1", "1,", "910000000,0", "x,y", "1.5,2"] {
        assert_eq!(position(text), None, "{text}");
    }
}
