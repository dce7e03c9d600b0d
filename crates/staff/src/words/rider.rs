//! The words of the data as a station's page says them to riders.

use domain::station::{Access, EventKind, Kind, NoticeKind};

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
