//! The words of the data, as people say them.

use domain::amenity::Amenity;
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};

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

/// What a station is.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Union => "工会驿站",
        Kind::Community => "社区驿站",
        Kind::Party => "党群驿站",
        Kind::Bank => "银行网点",
        Kind::Pharmacy => "药店",
        Kind::DriversHome => "司机之家",
        Kind::Company => "企业驿站",
        Kind::Clinic => "义诊点",
        Kind::Other => "爱心驿站",
    }
}

/// What it takes to get in, or to use something.
pub const fn access(access: Access) -> &'static str {
    match access {
        Access::Free => "免费开放，直接进",
        Access::Scan => "扫码进门",
        Access::Face => "刷脸进门",
        Access::Register => "需登记",
    }
}

/// What a notice is called.
pub const fn notice(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Closed => "暂停开放",
        NoticeKind::Limited => "服务调整",
        NoticeKind::Info => "提醒",
    }
}

/// What happens at an event.
pub const fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Clinic => "义诊",
        EventKind::Activity => "活动",
    }
}
