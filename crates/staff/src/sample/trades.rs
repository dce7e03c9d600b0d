//! The kinds of stations: how many there are of each, what they are called, who keeps them, when they are open, what they
//! have.

use domain::amenity::Amenity::{
    self, Aed, Books, Charging, Cooling, Ebike, FirstAid, Fridge, Haircut, Heating, HotWater, Laundry, Legal,
    Meal, Microwave, Parking, Seat, Shower, StepFree, Toilet, Tools, Umbrella, Water, Wifi,
};
use domain::station::Kind;

use super::phrases::Phrase;

/// One kind.
pub(super) struct Trade {
    /// Which.
    pub(super) kind: Kind,
    /// How many of a hundred stations are of it.
    pub(super) share: u32,
    /// Names. `{s}` is the street, `{c}` a community, `{b}` a bank, `{p}` a pharmacy.
    pub(super) names: &'static [Phrase],
    /// Who keeps it.
    pub(super) host: Phrase,
    /// Who is on duty there.
    pub(super) person: &'static str,
    /// Opening hours as people write them, and how often; empty for nothing written down.
    pub(super) hours: &'static [(&'static str, u32)],
    /// What it has beside water, seats and sockets, and how many of a thousand have it.
    pub(super) has: &'static [(Amenity, u32)],
}

/// What nearly every station has, and how many of a thousand.
pub(super) const USUAL: [(Amenity, u32); 6] =
    [(Water, 800), (HotWater, 850), (Charging, 880), (Seat, 980), (FirstAid, 420), (Wifi, 400)];

const OFFICE: &[(&str, u32)] = &[
    ("工作日 08:30-17:00", 24),
    ("周一至周五 08:30-17:00", 14),
    ("周一至周五 08:30-12:00,13:00-17:30", 16),
    ("工作日 08:30-12:00,13:00-17:00", 12),
    ("周一至周五 08:30-17:30; 周六、周日 09:30-15:30", 14),
    ("周一至周五 08:30-17:00; 节假日除外", 12),
    ("每日 08:00-20:00", 4),
    ("", 4),
];

/// All kinds.
pub(super) static TRADES: [Trade; 9] = [
    Trade {
        kind: Kind::Union,
        share: 24,
        names: &[
            ("{s}工会驿站", "{s} Union Station"),
            ("{s}户外劳动者服务站点", "{s} Outdoor Workers' Station"),
            ("{c}工会爱心驿站", "{c} Union Love Station"),
        ],
        host: ("区总工会职工服务中心", "District Union Workers' Service Centre"),
        person: "值班工会干事（示例）",
        hours: &[
            ("24小时", 30),
            ("07:30-22:30", 22),
            ("每日 08:00-20:00", 16),
            ("冬季 11-1 至 3-31 07:30-17:30; 夏季 4-1 至 10-31 06:00-20:00", 10),
            ("06:00-22:00", 8),
            ("周一至周五 08:30-17:30; 周六、周日 09:30-15:30", 10),
            ("", 4),
        ],
        has: &[
            (Heating, 800),
            (Microwave, 600),
            (Cooling, 500),
            (Toilet, 550),
            (Ebike, 300),
            (Tools, 350),
            (Fridge, 250),
            (Umbrella, 250),
            (Books, 200),
            (Aed, 150),
            (Haircut, 60),
            (Shower, 40),
        ],
    },
    Trade {
        kind: Kind::Community,
        share: 24,
        names: &[
            ("{c}社区爱心驿站", "{c} Community Love Station"),
            ("{c}社区暖心驿站", "{c} Community Warm Station"),
        ],
        host: ("社区居民委员会", "Community Residents' Committee"),
        person: "值班社工（示例）",
        hours: OFFICE,
        has: &[
            (Toilet, 800),
            (Heating, 750),
            (Books, 450),
            (Microwave, 400),
            (Legal, 250),
            (Umbrella, 300),
            (StepFree, 500),
            (Haircut, 150),
            (Meal, 120),
        ],
    },
    Trade {
        kind: Kind::Party,
        share: 12,
        names: &[
            ("{c}党群驿站", "{c} Party-Masses Station"),
            ("{s}党群服务中心“小哥驿站”", "{s} Party-Masses Centre Couriers' Station"),
        ],
        host: ("街道党群服务中心", "Subdistrict Party-Masses Service Centre"),
        person: "值班党务工作者（示例）",
        hours: OFFICE,
        has: &[
            (Toilet, 800),
            (Heating, 800),
            (Cooling, 600),
            (Books, 650),
            (Microwave, 400),
            (Aed, 300),
            (Legal, 350),
            (StepFree, 500),
        ],
    },
    Trade {
        kind: Kind::Bank,
        share: 14,
        names: &[("{b}{s}支行爱心驿站", "{b} {s} Branch"), ("{b}{c}支行劳动者港湾", "{b} {c} Branch")],
        host: ("网点大堂", "Branch front desk"),
        person: "大堂值班经理（示例）",
        hours: &[
            ("周一至周五 09:00-17:00", 30),
            ("工作日 09:00-16:30", 20),
            ("周一至周日 09:00-16:30", 16),
            ("周一至周五 09:00-16:30; 周六 09:30-15:00; 节假日除外", 18),
            ("每日 09:00-16:00; 节假日除外", 14),
            ("", 2),
        ],
        has: &[(Cooling, 900), (Heating, 850), (Umbrella, 700), (Books, 500), (StepFree, 600), (Toilet, 250)],
    },
    Trade {
        kind: Kind::Pharmacy,
        share: 10,
        names: &[("{p}{s}店爱心驿站", "{p} {s} Shop"), ("{p}{c}店爱心驿站", "{p} {c} Shop")],
        host: ("药店前台", "Pharmacy counter"),
        person: "值班药师（示例）",
        hours: &[
            ("08:00-21:00", 40),
            ("07:30-20:30", 24),
            ("每日 08:00-21:30", 22),
            ("24小时", 8),
            ("08:00-20:00", 6),
        ],
        has: &[(FirstAid, 950), (Heating, 600), (Cooling, 600), (Umbrella, 300)],
    },
    Trade {
        kind: Kind::DriversHome,
        share: 5,
        names: &[
            ("{s}司机之家", "{s} Drivers' Home"),
            ("{s}货运场站司机之家", "{s} Freight Yard Drivers' Home"),
        ],
        host: ("司机之家服务台", "Drivers' Home desk"),
        person: "值班管理员（示例）",
        hours: &[("24小时", 80), ("06:00-24:00", 12), ("05:00-23:30", 8)],
        has: &[
            (Parking, 980),
            (Toilet, 950),
            (Shower, 600),
            (Laundry, 400),
            (Meal, 600),
            (Heating, 900),
            (Fridge, 300),
            (Tools, 400),
        ],
    },
    Trade {
        kind: Kind::Company,
        share: 6,
        names: &[
            ("{s}产业园职工驿站", "{s} Park Workers' Station"),
            ("{s}快递分拨中心驿站", "{s} Parcel Hub Station"),
        ],
        host: ("企业工会", "Company union"),
        person: "后勤值班员（示例）",
        hours: &[
            ("08:00-20:00", 24),
            ("24小时", 16),
            ("10:00-22:00", 18),
            ("周一至周六 08:00-18:00; 周日 09:00-16:00", 20),
            ("20:00-次日06:00", 8),
            ("05:30-08:30,16:30-21:00", 8),
            ("", 6),
        ],
        has: &[(Heating, 850), (Microwave, 700), (Toilet, 800), (Fridge, 400), (Ebike, 500), (Meal, 300)],
    },
    Trade {
        kind: Kind::Clinic,
        share: 1,
        names: &[("{c}社区义诊点", "{c} Volunteer Clinic")],
        host: ("义诊服务队", "Volunteer clinic team"),
        person: "义诊联络员（示例）",
        hours: &[("周一、周三、周五 09:00-11:30", 60), ("周六 09:00-11:00", 40)],
        has: &[(FirstAid, 980), (Aed, 400), (StepFree, 600)],
    },
    Trade {
        kind: Kind::Other,
        share: 4,
        names: &[
            ("{s}环卫工人休息室", "{s} Street Cleaners' Lounge"),
            ("{s}公交场站驾驶员休息室", "{s} Bus Depot Drivers' Lounge"),
            ("{s}菜站暖心小屋", "{s} Market Warm Room"),
        ],
        host: ("驿站值班室", "Station duty room"),
        person: "值班员（示例）",
        hours: &[
            ("05:00-17:30", 24),
            ("04:30-23:00", 18),
            ("冬季 11-1 至 3-31 08:00-16:30", 14),
            ("24小时", 14),
            ("10:00-01:30", 8),
            // As some do write it: understood by people alone.
            ("看店里有人没有", 1),
            ("", 21),
        ],
        has: &[(Heating, 850), (Microwave, 500), (Toilet, 300)],
    },
];
