//! The field's words for the words of the data.

use domain::amenity::{Amenity, AmenityState};
use domain::geodesy::Compass;
use domain::navigate::MapApp;
use domain::report;
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};
use domain::text::Lang;
use domain::time::Weekday;

const fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// An amenity, short enough for a chip.
pub const fn amenity(lang: Lang, amenity: Amenity) -> &'static str {
    let (zh, en) = match amenity {
        Amenity::Water => ("饮水", "Water"),
        Amenity::HotWater => ("热水", "Hot water"),
        Amenity::Charging => ("手机充电", "Charging"),
        Amenity::Seat => ("休息桌椅", "Seats"),
        Amenity::Toilet => ("如厕", "Toilet"),
        Amenity::Heating => ("取暖", "Heating"),
        Amenity::Cooling => ("纳凉空调", "Cooling"),
        Amenity::Microwave => ("热饭", "Microwave"),
        Amenity::FirstAid => ("应急药箱", "First aid"),
        Amenity::Aed => ("AED", "AED"),
        Amenity::Ebike => ("电动车充换电", "E-bike power"),
        Amenity::Wifi => ("Wi-Fi", "Wi-Fi"),
        Amenity::Parking => ("停车", "Parking"),
        Amenity::Umbrella => ("雨具", "Rain gear"),
        Amenity::Meal => ("优惠餐食", "Cheap meals"),
        Amenity::Fridge => ("冰箱", "Fridge"),
        Amenity::Tools => ("维修工具", "Tools"),
        Amenity::Shower => ("淋浴", "Shower"),
        Amenity::Laundry => ("洗衣", "Laundry"),
        Amenity::Haircut => ("理发", "Haircut"),
        Amenity::Books => ("阅览", "Books"),
        Amenity::Legal => ("法律咨询", "Legal advice"),
        Amenity::StepFree => ("无障碍通行", "Step-free"),
        Amenity::Guide => ("视障引导", "Guide for the blind"),
    };
    pick(lang, zh, en)
}

/// Whether an amenity works.
pub const fn amenity_state(lang: Lang, state: AmenityState) -> &'static str {
    match state {
        AmenityState::Ok => pick(lang, "可用", "Working"),
        AmenityState::Out => pick(lang, "坏了", "Out of order"),
        AmenityState::Unknown => pick(lang, "不确定", "Not sure"),
    }
}

/// Who runs a station.
pub const fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (zh, en) = match kind {
        Kind::Union => ("工会驿站", "Union station"),
        Kind::Community => ("社区驿站", "Community station"),
        Kind::Party => ("党群驿站", "Party-masses station"),
        Kind::Bank => ("银行网点", "Bank branch"),
        Kind::Pharmacy => ("药店", "Pharmacy"),
        Kind::DriversHome => ("司机之家", "Drivers' home"),
        Kind::Company => ("企业驿站", "Company station"),
        Kind::Clinic => ("义诊点", "Free clinic"),
        Kind::Other => ("爱心驿站", "Love station"),
    };
    pick(lang, zh, en)
}

/// What it takes to get in.
pub const fn access(lang: Lang, access: Access) -> &'static str {
    match access {
        Access::Free => pick(lang, "免费开放，直接进", "Free, walk in"),
        Access::Scan => pick(lang, "扫码进门", "Scan the code at the door"),
        Access::Face => pick(lang, "刷脸进门", "Face recognition at the door"),
        Access::Register => pick(lang, "需登记", "Sign in with the staff"),
    }
}

/// How much a notice changes.
pub const fn notice_kind(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Closed => pick(lang, "暂停开放", "Closed"),
        NoticeKind::Limited => pick(lang, "部分受限", "Limited"),
        NoticeKind::Info => pick(lang, "提示", "Note"),
    }
}

/// What a contact answers for.
pub const fn role(lang: Lang, role: Role) -> &'static str {
    let (zh, en) = match role {
        Role::Host => ("驿站负责人", "Station host"),
        Role::PartyBranch => ("党组织联系人", "Party group"),
        Role::Community => ("社区", "Community"),
        Role::Volunteer => ("志愿者", "Volunteers"),
        Role::Mediation => ("人民调解", "Mediation"),
        Role::LegalAid => ("法律援助", "Legal aid"),
        Role::Emergency => ("应急联系人", "Emergency"),
    };
    pick(lang, zh, en)
}

/// What a rider reports.
pub const fn report_kind(lang: Lang, kind: report::Kind) -> &'static str {
    use report::Kind::{Closed, Dispute, Moved, NoWater, PhoneWrong, Praise, Suggestion};
    let en = match kind {
        Closed => "Closed",
        Moved => "Moved away",
        NoWater => "No water",
        PhoneWrong => "Wrong number",
        Praise => "Five stars",
        Suggestion => "An idea",
        Dispute => "Labour dispute",
    };
    pick(lang, kind.zh(), en)
}

/// What happens at an event.
pub const fn event_kind(lang: Lang, kind: EventKind) -> &'static str {
    match kind {
        EventKind::Clinic => pick(lang, "义诊", "Clinic"),
        EventKind::Activity => pick(lang, "活动", "Activity"),
    }
}

/// A day of the week.
pub const fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let (zh, en) = match day {
        Weekday::Monday => ("周一", "Monday"),
        Weekday::Tuesday => ("周二", "Tuesday"),
        Weekday::Wednesday => ("周三", "Wednesday"),
        Weekday::Thursday => ("周四", "Thursday"),
        Weekday::Friday => ("周五", "Friday"),
        Weekday::Saturday => ("周六", "Saturday"),
        Weekday::Sunday => ("周日", "Sunday"),
    };
    pick(lang, zh, en)
}

/// A day of the week in a sentence about opening times.
pub const fn weekday_short(lang: Lang, day: Weekday) -> &'static str {
    match lang {
        Lang::Zh => weekday(lang, day),
        Lang::En => match day {
            Weekday::Monday => "Mon",
            Weekday::Tuesday => "Tue",
            Weekday::Wednesday => "Wed",
            Weekday::Thursday => "Thu",
            Weekday::Friday => "Fri",
            Weekday::Saturday => "Sat",
            Weekday::Sunday => "Sun",
        },
    }
}

/// A direction.
pub const fn compass(lang: Lang, direction: Compass) -> &'static str {
    let (zh, en) = match direction {
        Compass::North => ("北", "N"),
        Compass::NorthEast => ("东北", "NE"),
        Compass::East => ("东", "E"),
        Compass::SouthEast => ("东南", "SE"),
        Compass::South => ("南", "S"),
        Compass::SouthWest => ("西南", "SW"),
        Compass::West => ("西", "W"),
        Compass::NorthWest => ("西北", "NW"),
    };
    pick(lang, zh, en)
}

/// A map app.
pub const fn map_app(lang: Lang, app: MapApp) -> &'static str {
    let (zh, en) = match app {
        MapApp::Tencent => ("腾讯地图", "Tencent Maps"),
        MapApp::Amap => ("高德地图", "Amap"),
        MapApp::Baidu => ("百度地图", "Baidu Maps"),
        MapApp::Apple => ("苹果地图", "Apple Maps"),
        MapApp::Geo => ("手机里的其他地图", "Another app on this phone"),
    };
    pick(lang, zh, en)
}
