//! The app's words: 简体中文 first, English beside it. Each key has both, or it does not compile.

mod freshness;
mod names;
mod phrases;

use domain::text::Lang;

pub use freshness::kept;
pub use names::{
    access, amenity, amenity_state, compass, event_kind, kind, map_app, notice_kind, report_kind, role,
    weekday, weekday_short,
};
pub use phrases::{
    ago, clock, date, distance, load_error, moment, notice_until, open_words, phrase_badge, phrase_count,
    phrase_part, published, told, travel,
};

/// Defines the keys with their words in both languages, for a page of ours: `Key`, and `tr`.
#[macro_export]
macro_rules! keys {
    ($($(#[$doc:meta])* $key:ident: $zh:literal / $en:literal,)+) => {
        /// A fixed text of this page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $($(#[$doc])* #[doc = $en] $key,)+ }

        impl Key {
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$key,)+];
        }

        /// The words of `key`.
        pub const fn tr(lang: Lang, key: Key) -> &'static str {
            match (lang, key) {
                $((Lang::Zh, Key::$key) => $zh, (Lang::En, Key::$key) => $en,)+
            }
        }
    };
}

keys! {
    About: "关于" / "About",
    AboutData: "数据" / "Data",
    AboutIntro: "给快递员、外卖骑手、网约车司机找歇脚的地方：最近的驿站在哪、开没开门、有什么、怎么去、找谁。" / "Finds couriers, food riders and ride-hail drivers a place to rest: the nearest station, whether it is open, what it has, how to get there and whom to call.",
    AboutMap: "地图" / "Map",
    AboutMapSketch: "内置地图为示意图，不能用于精确测量。" / "The built-in map is a sketch and not fit for measuring.",
    AboutPrivacy: "隐私" / "Privacy",
    AboutPrivacyText: "您的位置只在这部手机里用来算距离，不上传、不保存，关掉页面就没了。收藏和最近看过的驿站只存在这部手机里。没有账号，没有统计，没有广告。" / "Your position is used on this phone to work out distances. It is never sent anywhere and never stored; it is gone when you close the page. Starred and recent stations stay on this phone. No account, no tracking, no advertising.",
    AboutService: "服务热线" / "Service numbers",
    AccessTitle: "进门方式" / "How to get in",
    Address: "地址" / "Address",
    AllFilters: "全部筛选" / "All filters",
    AllKinds: "全部类型" / "All kinds",
    Amenities: "服务设施" / "What it has",
    AmenitiesUnknown: "还没有人登记这里有什么。" / "Nobody has said yet what there is.",
    AskPlaceTitle: "最近的驿站在哪？" / "Where is the nearest station?",
    AskPlaceWhy: "位置只在手机里用，不上传。" / "Your position stays on this phone.",
    AtTime: "指定时间营业" / "Open at",
    BackToList: "返回列表" / "Back to the list",
    Brand: "爱心驿站" / "Love Stations",
    ByWhat: "出行方式" / "How you travel",
    Call: "电话" / "Call",
    Cancel: "取消" / "Cancel",
    ChangePlace: "换位置" / "Change place",
    ChooseOnMap: "在地图上点选" / "Point on the map",
    ChoosePlace: "选个位置" / "Choose a place",
    ClearAll: "清除条件" / "Clear all",
    ClearSearch: "清除搜索" / "Clear search",
    Close: "关闭" / "Close",
    Contact: "联系谁" / "Whom to call",
    ContactsUnknown: "没有登记联系方式，可拨 12345 询问。" / "No contact is known. Ask at 12345.",
    Copied: "已复制" / "Copied",
    Copy: "复制" / "Copy",
    CopyAddress: "复制地址" / "Copy the address",
    CopyLink: "复制链接" / "Copy the link",
    CopyMessage: "复制介绍文字" / "Copy a message",
    DataContact: "联系" / "Contact",
    DataDate: "数据日期" / "Data of",
    DataDownload: "下载数据" / "Download the data",
    DataLicence: "许可" / "Licence",
    DataPublisher: "发布" / "Published by",
    DataStations: "驿站数" / "Stations",
    DayClosed: "不开放" / "Closed",
    DayTimesUnknown: "开放，时间不详" / "Open, times unknown",
    Directions: "怎么找" / "Finding the door",
    Done: "好了" / "Done",
    Drive: "驾车" / "Drive",
    EmergencyBanner: "紧急通知" / "Emergency",
    EmptyData: "这份数据里还没有驿站。" / "There is no station in these data yet.",
    Events: "义诊和活动" / "Clinics and activities",
    NotSent: "没能发出去" / "It could not be sent",
    NotVerified: "尚未现场核实" / "Not yet checked on the spot",
    FilterAmenities: "需要什么" / "What you need",
    FilterKind: "类型" / "Kind",
    Filters: "筛选" / "Filters",
    FilterTime: "什么时候" / "When",
    FixRefused: "没有拿到位置权限。可在「手机设置 → 微信（或浏览器）→ 位置」里打开，也可以自己选个位置。" / "The position was refused. Allow it in the phone's settings for this browser, or choose a place yourself.",
    FixTimedOut: "定位超时，室内信号常常不好。再试一次，或自己选个位置。" / "No position in time; signals are weak indoors. Try again, or choose a place yourself.",
    FixUnavailable: "这部手机现在给不出位置。可以自己选个位置。" / "This phone cannot tell its position now. Choose a place yourself.",
    Fresh: "信息核实" / "How fresh this is",
    From: "自" / "From",
    FromChosen: "从选定位置" / "From the chosen place",
    GoTo: "导航" / "Go there",
    GoToHow: "用哪个地图去？" / "Which map app?",
    Found: "找到" / "Found",
    GoToNoPlace: "这个驿站还没有坐标，请按地址找或先打电话。" / "This station has no position yet. Use the address, or call first.",
    HostEdit: "我是站长，更新信息" / "I run this station: correct it",
    HourTable: "开放时间" / "Opening hours",
    HoursAsWritten: "原文" / "As written",
    HoursUnknown: "没有登记开放时间，去之前先打电话。" / "The hours are not known. Call before you go.",
    Lang: "English" / "中文",
    LangLabel: "EN: switch to English" / "切换到中文",
    Links: "相关链接" / "Links",
    List: "驿站列表" / "Stations",
    Loading: "正在打开地图…" / "Opening the map…",
    LoadingMore: "正在加载更多驿站…" / "Loading more stations…",
    Locate: "用我的位置" / "Use my position",
    Locating: "正在定位…" / "Finding you…",
    Map: "地图" / "Map",
    MapMissing: "地图没能打开，列表照样可用。" / "The map could not open. The list still works.",
    MapSketch: "示意图" / "Sketch map",
    Masked: "号码不公开" / "Number withheld",
    Nearest: "最近的营业驿站" / "Nearest open station",
    NearestNoneOpen: "附近没有确定在营业的驿站，最近的是" / "None nearby is sure to be open. The nearest",
    Newer: "有新版本" / "A new version is ready",
    NewerSchema: "数据格式比这个页面新，请刷新页面。" / "The data are newer than this page. Reload it.",
    NewerTake: "点这里更新" / "Update now",
    NoMatch: "没有符合条件的驿站" / "No station fits",
    NoMatchHint: "少选几个条件，或换个词搜。" / "Ask for less, or search for another word.",
    NoMatchNear: "附近的驿站里没有，可以再往远处找。" / "None of those nearby fits. You can look farther.",
    NoPlace: "位置未知" / "Place unknown",
    NotCopied: "没能复制，请长按文字选择" / "Could not copy. Press and hold the text",
    NotFound: "找不到这个页面" / "There is no such page",
    NotFoundHint: "链接可能不完整，看看附近的驿站吧。" / "The link may be cut. Have a look at the stations nearby.",
    Offline: "没有网络" / "No network",
    OfflineTitle: "数据没能加载" / "The data did not load",
    Open24: "24小时" / "24 hours",
    OpenNow: "营业中" / "Open now",
    PartMissing: "有些驿站没有加载出来，上面只是这部手机里有的，不一定最近。" / "Some stations did not load. Those above are what this phone has; nearer ones may be missing.",
    Past: "已结束" / "Over",
    Photos: "门口照片" / "Pictures of the door",
    PickDistrict: "按区县选" / "By district",
    PickHint: "点一下地图选位置" / "Tap the map to choose a place",
    PlainList: "文字版列表" / "Plain list",
    Poster: "生成海报" / "Make a poster",
    PosterAlt: "海报：名称、地址、服务设施、二维码" / "Poster: name, address, what it has, QR code",
    PosterFailed: "这个浏览器画不出图片，请用链接或二维码。" / "This browser cannot draw the picture. Use the link or the code.",
    PosterHint: "长按图片保存，可打印成 A4 贴在门口。" / "Press and hold to save it. Prints as A4 for the door.",
    PosterSave: "保存图片" / "Save the picture",
    PosterScan: "扫码看开没开门、怎么去" / "Scan: is it open, how to get there",
    PosterTitle: "海报" / "Poster",
    QrAlt: "这个页面的二维码" / "QR code of this page",
    QrHint: "让对方扫一扫，或长按图片识别。" / "Let others scan it, or press and hold.",
    Refresh: "再试一次" / "Try again",
    Reload: "刷新页面" / "Reload",
    Report: "反馈" / "Report",
    ReportCopy: "复制文字，发给站长" / "Copy the text for the host",
    ReportDispute: "他们能帮您。这里不发送、不公开。" / "They can help. Nothing is sent or published.",
    ReportPrivacy: "不含姓名、位置。" / "No name, no position.",
    ReportText: "补充一句（可不写）" / "Add a few words, if you like",
    Ride: "骑行" / "Ride",
    Sample: "示例数据" / "Sample data",
    SampleWarning: "这是示例数据，电话和地点都不是真的。" / "These are sample data: numbers and places are not real.",
    SaveDistrict: "存到手机" / "Keep it here",
    SavedCaption: "存在手机里的片区" / "Districts kept on this phone",
    SavedComing: "正在存…" / "Being loaded…",
    SavedHint: "存下常跑的片区，没网也能看到那里的全部驿站。" / "Keep the districts you ride in: all their stations, also without a network.",
    SavedNoLonger: "不再存" / "Keep no longer",
    SavedPartly: "还没存全，有网会接着存" / "Not whole yet; goes on with a network",
    SavedTooMuch: "存不下这么多，先去掉一个片区" / "That is too much: take one away first",
    SavedWhole: "已存好，没网也能看" / "Kept: works without a network",
    Search: "名称、地址、区县、单位，拼音也行" / "Name, address, district, pinyin",
    SearchLabel: "搜索驿站" / "Search stations",
    SearchedKept: "只找了这部手机里存着的驿站。" / "Only the stations kept on this phone were searched.",
    Searching: "正在查找…" / "Searching…",
    Send: "发送" / "Send",
    Sent: "已送达，谢谢" / "Delivered, thank you",
    Share: "分享" / "Share",
    ShareList: "分享这个列表" / "Share this list",
    ShareMore: "更多分享方式" / "Share by…",
    ShareNoPosition: "分享的内容里没有您的位置。" / "Nothing shared has your position in it.",
    ShareWeChat: "在微信里也可以点右上角 ··· 转发。" / "In WeChat you can also forward by ··· at the top.",
    SheetDown: "收起面板" / "Lower the panel",
    SheetUp: "展开面板" / "Raise the panel",
    Shelter: "应急避险点" / "Shelter",
    ShowMore: "再多看一些" / "Show more",
    Sms: "发短信" / "Text message",
    Source: "来源" / "Source",
    Stale: "没能更新数据" / "Not updated",
    Star: "收藏" / "Star",
    Starred: "已收藏" / "Starred",
    StationMissing: "没有这个驿站" / "There is no such station",
    StationMissingHint: "它可能已经撤掉，或链接不完整。" / "It may be gone, or the link is cut.",
    Theme: "颜色" / "Colours",
    ThemeDark: "深色" / "Dark",
    ThemeLight: "浅色" / "Light",
    ThemeSystem: "跟随手机" / "As the phone",
    TilesFailed: "在线地图连不上，已换成内置示意图" / "The online map does not answer; showing the built-in sketch",
    Today: "今天" / "Today",
    Unknown: "不确定" / "Not sure",
    UpdatedAt: "更新" / "Updated",
    UpdatedData: "数据已更新" / "The data were updated",
    VerifiedAt: "核实" / "Checked",
    Waiting: "已记下，有网络就发送" / "Kept: it goes as soon as there is a network",
    Walk: "步行" / "Walk",
    Week: "一周" / "The week",
    You: "我的位置" / "My position",
    ZoomIn: "放大" / "Zoom in",
    ZoomOut: "缩小" / "Zoom out",
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_han(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn each_key_speaks_both_languages() {
        for &key in Key::ALL {
            // The language switch names the other language in that language.
            if matches!(key, Key::Lang | Key::LangLabel) {
                continue;
            }
            assert!(has_han(tr(Lang::Zh, key)), "{key:?} in Chinese");
            assert!(!has_han(tr(Lang::En, key)), "{key:?} in English");
        }
    }
}
