//! The words of the data, as people say them.

use domain::amenity::{Amenity, AmenityState};
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};

use super::Said;

/// What an amenity is called.
pub const fn amenity(amenity: Amenity) -> &'static str {
    match amenity {
        Amenity::Water => "饮水",
        Amenity::HotWater => "热水",
        Amenity::Charging => "手机充电",
        Amenity::Seat => "休息桌椅",
        Amenity::Toilet => "如厕",
        Amenity::Heating => "取暖",
        Amenity::Cooling => "纳凉空调",
        Amenity::Microwave => "热饭",
        Amenity::FirstAid => "应急药箱",
        Amenity::Aed => "AED",
        Amenity::Ebike => "电动车充换电",
        Amenity::Wifi => "Wi-Fi",
        Amenity::Parking => "停车",
        Amenity::Umbrella => "雨具",
        Amenity::Meal => "优惠餐食",
        Amenity::Fridge => "冰箱",
        Amenity::Tools => "维修工具",
        Amenity::Shower => "淋浴",
        Amenity::Laundry => "洗衣",
        Amenity::Haircut => "理发",
        Amenity::Books => "阅览",
        Amenity::Legal => "法律咨询",
        Amenity::StepFree => "无障碍通行",
        Amenity::Guide => "视障引导",
    }
}

/// What somebody to call is called.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Host => "驿站负责人",
        Role::PartyBranch => "党组织联系人",
        Role::Community => "社区",
        Role::Volunteer => "志愿者",
        Role::Mediation => "人民调解",
        Role::LegalAid => "法律援助",
        Role::Emergency => "应急联系人",
    }
}

/// What an amenity is called, in both languages.
pub fn amenity_both(amenity: Amenity) -> Said {
    let en = match amenity {
        Amenity::Water => "drinking water",
        Amenity::HotWater => "hot water",
        Amenity::Charging => "phone charging",
        Amenity::Seat => "seats",
        Amenity::Toilet => "toilet",
        Amenity::Heating => "heating",
        Amenity::Cooling => "cooling",
        Amenity::Microwave => "microwave oven",
        Amenity::FirstAid => "first aid kit",
        Amenity::Aed => "defibrillator",
        Amenity::Ebike => "e-bike charging or battery swap",
        Amenity::Wifi => "Wi-Fi",
        Amenity::Parking => "parking",
        Amenity::Umbrella => "umbrellas",
        Amenity::Meal => "cheap meals",
        Amenity::Fridge => "fridge",
        Amenity::Tools => "repair tools",
        Amenity::Shower => "shower",
        Amenity::Laundry => "laundry",
        Amenity::Haircut => "haircut",
        Amenity::Books => "books",
        Amenity::Legal => "legal advice",
        Amenity::StepFree => "step-free",
        Amenity::Guide => "guidance for the blind",
    };
    Said::new(self::amenity(amenity), en)
}

/// What somebody to call is called, in both languages.
pub fn role_both(role: Role) -> Said {
    let en = match role {
        Role::Host => "whoever keeps the station",
        Role::PartyBranch => "party group",
        Role::Community => "community",
        Role::Volunteer => "volunteer",
        Role::Mediation => "mediation",
        Role::LegalAid => "legal aid",
        Role::Emergency => "emergency contact",
    };
    Said::new(self::role(role), en)
}

/// What a kind of station is called.
pub fn station_kind(kind: Kind) -> Said {
    let (zh, en) = match kind {
        Kind::Union => ("工会驿站", "the unions' own"),
        Kind::Community => ("社区驿站", "in a community centre"),
        Kind::Party => ("党群驿站", "in a party-masses service centre"),
        Kind::Bank => ("银行网点", "in a bank branch"),
        Kind::Pharmacy => ("药店", "in a pharmacy"),
        Kind::DriversHome => ("司机之家", "for drivers, with parking"),
        Kind::Company => ("企业驿站", "at a company"),
        Kind::Clinic => ("义诊点", "where volunteer doctors come"),
        Kind::Other => ("其他", "any other"),
    };
    Said::new(zh, en)
}

/// What it takes to get in.
pub fn access(access: Access) -> Said {
    let (zh, en) = match access {
        Access::Free => ("免费开放", "walk in"),
        Access::Scan => ("扫码", "scan a code"),
        Access::Face => ("刷脸", "face recognition"),
        Access::Register => ("需登记", "sign in with the staff"),
    };
    Said::new(zh, en)
}

/// How much a notice changes.
pub fn notice_kind(kind: NoticeKind) -> Said {
    let (zh, en) = match kind {
        NoticeKind::Closed => ("暂停开放", "closed"),
        NoticeKind::Limited => ("部分受限", "limited"),
        NoticeKind::Info => ("提示", "worth knowing"),
    };
    Said::new(zh, en)
}

/// What happens at an event.
pub fn event_kind(kind: EventKind) -> Said {
    let (zh, en) = match kind {
        EventKind::Clinic => ("义诊", "volunteer doctors"),
        EventKind::Activity => ("活动", "anything else"),
    };
    Said::new(zh, en)
}

/// Whether an amenity works.
pub fn amenity_state(state: AmenityState) -> Said {
    let (zh, en) = match state {
        AmenityState::Ok => ("可用", "works"),
        AmenityState::Out => ("坏了", "out of order"),
        AmenityState::Unknown => ("不确定", "nobody has said"),
    };
    Said::new(zh, en)
}
