//! The words of the data, as people say them.

use domain::amenity::Amenity;
use domain::station::Role;

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
