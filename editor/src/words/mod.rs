//! What the page says: 简体中文 first, English beside it.

mod change;

use domain::finding::Problem;
use domain::patch::PatchError;
use domain::text::Lang;
use love_stations::edge::geolocation::FixError;
use love_stations::keys;

use crate::queue::State;
use crate::wanted::Trouble;

pub use change::{event_time, message, op, op_name, value_or_nothing};

keys! {
    Access: "进门方式" / "How to get in",
    AccessUnsaid: "没有说明" / "Not said",
    AddContact: "加一个联系人" / "Add a contact",
    Address: "地址" / "Address",
    Amenities: "服务设施" / "What there is",
    AmenitiesHint: "坏了、没有了，点一下。" / "Out of order or gone? One tap.",
    AmenityHas: "有" / "Yes",
    AmenityNone: "没有" / "No",
    AmenityOut: "坏了" / "Broken",
    AmenitiesMore: "其他设施" / "Other things",
    AmenityNotes: "给设施写一句话，如在几楼、怎么用" / "A few words on each: which floor, how to use it",
    Back: "返回" / "Back",
    By: "您怎么称呼（可不填）" / "Your name (may be left empty)",
    Changes: "我的改动" / "My changes",
    ChangesNone: "还没有改动。" / "No changes yet.",
    CloseNo: "照常开门" / "Open as usual",
    CloseToday: "今天关门" / "Closed today",
    CloseUntil: "关到…" / "Closed until…",
    CodeCopied: "已复制，粘贴到群里就行" / "Copied. Paste it into the group",
    CodeHint: "把它发到工作人员的群里，工作人员合并以后，这里会显示「已生效」。" / "Send it to the staff's group. Once they have merged it, this page says so.",
    Contacts: "联系人和电话" / "Contacts and phones",
    ConflictHint: "别人也改了这里。两边都留着，请您选一个再发送。" / "Somebody else changed this too. Both are kept: choose one and send again.",
    ConflictMine: "用我的" / "Mine",
    ConflictTheirs: "用现在的" / "As it is",
    Copy: "复制文字和编码" / "Copy text and code",
    CopyLine: "只复制编码" / "Copy the code alone",
    DataFailed: "驿站信息没能加载" / "The station did not load",
    Day: "到哪一天（含当天）" / "Last day",
    Discard: "不发了，按现在的" / "Drop mine, keep what is there",
    Directions: "怎么找到门" / "Finding the door",
    DraftKept: "没发送的内容已存在手机里" / "What you did not send is kept on this phone",
    English: "英文（可不填）" / "English (may be left empty)",
    EventAdd: "加一场义诊或活动" / "Add a clinic or an event",
    EventChange: "改一改" / "Change",
    EventDay: "哪一天" / "Day",
    EventEnds: "几点结束（可不填）" / "Ends at (optional)",
    EventFrom: "几点开始" / "Starts at",
    EventKeep: "不改了" / "Leave it as it is",
    EventLast: "另一天才结束的，填那一天" / "Its last day, if that is another one",
    EventMore: "英文、另一天结束" / "English, another last day",
    EventNot: "不加了" / "Do not add it",
    EventNote: "要带什么、在哪儿（可不填）" / "What to bring, where (may be left empty)",
    EventNoteEn: "说明的英文（可不填）" / "The note in English (may be left empty)",
    EventSeen: "骑友会看到：" / "Riders will see: ",
    EventTitle: "叫什么" / "What it is called",
    Events: "义诊和活动" / "Clinics and events",
    EventsNone: "没有将要办的活动。" / "Nothing is coming up.",
    EventsPast: "已经结束的" / "Those that are over",
    Here: "我就站在门口" / "I am standing at the door",
    Hours: "开放时间" / "Opening hours",
    HoursAlways: "24小时" / "24 h",
    HoursEmpty: "不填表示开放时间不详。" / "Left empty, the hours are unknown.",
    HoursLabel: "开放时间，照平常的写法" / "Opening hours, as people write them",
    HoursUnclear: "从划线处起看不懂，骑友只会看到原文，不知道开没开门。可以照下面的样子写。" / "From the mark on this is not understood: riders will see the words and not whether it is open. Write it as below.",
    HoursWeek: "骑友会看到这一周：" / "Riders will see this week:",
    KeyAsk: "请打开工作人员发给您的专用链接。链接打不开时，在这里输入 12 位短码。" / "Open the link that the staff gave to you. If it does not work, type the short code of 12 characters here.",
    KeyBad: "短码不对，请核对后再试" / "This code is not known. Check it and try again",
    KeyEnd: "您的链接已失效或过期。没发的改动还在手机里。请向工作人员要新的链接，或先把编码发到群里。" / "Your link is revoked or over. Your changes are still on this phone. Ask the staff for a new link, or send the code to the group.",
    KeyLabel: "短码" / "Short code",
    KeyOther: "这个链接是别的驿站的，不能改这里。" / "This link is for another station.",
    KeySend: "确定" / "Use it",
    KindInfo: "提示" / "Note",
    KindLimited: "部分受限" / "Limited",
    Lang: "EN" / "中文",
    LangLabel: "EN: switch to English" / "中文：切换到中文",
    Loading: "正在打开…" / "Opening…",
    Locating: "正在定位…" / "Finding you…",
    Name: "驿站名称" / "Name",
    NameAndAddress: "名称和地址" / "Name and address",
    NewNotice: "写一条公告" / "Write a notice",
    Next: "看看要发的内容" / "Check and send",
    NoSend: "还没有改什么" / "Nothing is changed yet",
    NotCopied: "没能复制，请长按下面的文字选择" / "Could not copy. Press and hold the text below",
    Notices: "公告" / "Notices",
    NoticesNone: "现在没有公告。" / "There is no notice now.",
    NoticeKind: "哪一种" / "Kind",
    NoticeText: "写什么" / "What it says",
    Offline: "没有网络。改动先存在手机里，有网络时会自动发出。" / "No network. Changes are kept on this phone and sent once there is one.",
    OfflineCode: "没有网络，显示的是手机里存的信息。照样可以改。" / "No network: this is what the phone kept. You can change it all the same.",
    Open: "改名称、地址、怎么找到门" / "Change name, address, directions",
    Organisation: "单位" / "Organisation",
    Person: "姓名" / "Person",
    Phone: "电话（几个号码用 、 隔开）" / "Phone numbers (part several by 、)",
    PhoneOdd: "有号码拨不通，请核对。" / "A number cannot be dialled. Check it.",
    Place: "位置" / "Place",
    PlaceHint: "圆圈是新位置，空心圈是原来的。点图，或用箭头挪动，每次 5 米，上面是北。" / "The dot is the new place, the ring the one before. Tap the picture or use the arrows, 5 m each. North is up.",
    PlaceKnown: "已经有位置。搬家了，或导航总差一点，请站到门口再点。" / "There is a position. If the station moved or the way ends elsewhere, stand at the door and tap.",
    PlaceMove: "在示意图上挪一挪" / "Move it on the sketch",
    PlaceUnknown: "还没有位置，地图上看不到这个驿站。请站到门口点一下。" / "There is no position yet, so the map does not show this station. Stand at the door and tap.",
    NudgeEast: "往东 5 米" / "5 m east",
    NudgeNorth: "往北 5 米" / "5 m north",
    NudgeSouth: "往南 5 米" / "5 m south",
    NudgeWest: "往西 5 米" / "5 m west",
    Qr: "二维码" / "QR code",
    QrAlt: "这条改动的二维码" / "QR code of this change",
    QrHint: "工作人员扫一扫，得到同一行编码。" / "Staff scan it and get the same line.",
    QrTooLong: "内容太长，放不进一个二维码，请复制文字。" / "Too long for a QR code: copy the text.",
    Reopen: "恢复开放" / "Open again",
    Remove: "去掉" / "Take away",
    Removed: "将去掉" / "Will be taken away",
    Resend: "按所选发送" / "Send what I chose",
    Reset: "全部恢复原样" / "Undo everything here",
    Restore: "不去掉了" / "Keep it",
    Review: "将要这样改" / "This will change",
    Role: "负责什么" / "Answers for",
    KeyForgotten: "已忘掉这部手机的签名" / "The phone's signature is forgotten",
    KeyNotForgotten: "没能忘掉，请再试一次" / "It could not be forgotten. Try again",
    Sample: "示例数据" / "Sample data",
    Send: "发送" / "Send",
    SendCode: "生成编码" / "Make the code",
    SendAnyway: "手机存不下，直接发送" / "The phone keeps nothing: send it now",
    SignatureCheck: "核对码：" / "Check: ",
    SignatureCopy: "复制这一行" / "Copy the line",
    SignatureForget: "忘掉这个签名" / "Forget this signature",
    SignatureForgetHint: "忘掉以后找不回来；再要签名，得重新做一个，再发给工作人员。" / "Forgotten, it does not come back: you would make another one and send it to the staff.",
    SignatureForgetNow: "确定忘掉" / "Yes, forget it",
    SignatureHint: "可不用。签了名，工作人员一看编码就知道是您改的。签名只在这部手机里，谁也拿不走。" / "Not needed. Signed, your codes are known to the staff as yours. The key stays on this phone, and nobody can take it.",
    SignatureMake: "让这部手机签名" / "Have this phone sign",
    SignatureMissing: "这个浏览器不会签名。不签也一样能改，工作人员会多问一句。" / "This browser cannot sign. Your changes are as good without, the staff ask once more.",
    SignatureQrAlt: "这部手机签名的二维码" / "QR code of this phone's signature",
    SignatureSend: "把这一行发给工作人员，一次就够。他们会打电话，和您对一下核对码。" / "Send this line to the staff, once. They call and compare the check with you.",
    SignatureTitle: "这部手机的签名" / "This phone's signature",
    SignatureUnkept: "这部手机不肯保存签名（空间满了，或是无痕窗口）。不签也一样能改。" / "This phone keeps no signature: its storage is full, or this is a private window. Your changes are as good without.",
    Signed: "已由这部手机签名" / "Signed by this phone",
    SketchAlt: "示意图：新位置和原来的位置" / "Sketch: the new place and the one before",
    StationMissing: "没有这个驿站" / "There is no such station",
    StationMissingHint: "它可能已经撤掉，或链接不完整。" / "It may be gone, or the link is cut.",
    TierLive: "立即生效" / "At once",
    TierMerge: "工作人员合并后生效" / "Once staff have merged it",
    TierStaff: "等工作人员确认" / "After staff agree",
    Title: "更新驿站信息" / "Update the station",
    Today: "今天" / "Today",
    TooLong: "改动太多，一条编码放不下，请分几次发。" / "Too much for one change. Send it in parts.",
    Newer: "这个网页有新版本。写到一半的内容会留着。" / "There is a newer version of this page. What you have typed stays.",
    NewerTake: "更新" / "Update",
    TryAgain: "再试一次" / "Try again",
    Undo: "撤回这次改动" / "Take this back",
    UndoLater: "后来又有人改过，不能直接撤回。请在上面改成您要的样子再发送。" / "Somebody changed it since. Change it above to what it should be, and send that.",
    Unkept: "这部手机不肯保存（空间满了，或是无痕窗口）。关掉页面就会丢，请现在就复制编码发出去。" / "This phone keeps nothing: its storage is full, or this is a private window. Closing the page loses your changes. Copy the code and send it now.",
    Until: "有效期到" / "Link valid until",
    Write: "写法" / "Written like",
    YourLink: "您的链接" / "Your link",
}

/// What became of a change, in a word or two.
pub const fn state(lang: Lang, state: State) -> &'static str {
    let (zh, en) = match state {
        State::Waiting => ("待发送", "Waiting to be sent"),
        State::ToMerge => ("待合并", "Waiting to be merged"),
        State::Review => ("等工作人员确认", "Staff look at it"),
        State::Live => ("已生效", "Live"),
        State::Conflict => ("有冲突", "In conflict"),
        State::Refused => ("未通过", "Not taken"),
        State::Undone => ("已撤回", "Taken back"),
    };
    pick(lang, zh, en)
}

/// What is wrong with the form.
pub const fn trouble(lang: Lang, trouble: Trouble) -> &'static str {
    let (zh, en) = match trouble {
        Trouble::NoDay => ("请选一个日期。", "Choose a day."),
        Trouble::DayOver => ("这个日期已经过了。", "This day is over."),
        Trouble::NoticeEmpty => ("公告还没写内容。", "The notice says nothing yet."),
        Trouble::NameEmpty => ("名称不能空着。", "The name must not be empty."),
        Trouble::ContactEmpty => (
            "新联系人要有单位或姓名，还要有电话。",
            "A new contact needs an organisation or a person, and a number.",
        ),
        Trouble::EventNoTitle => ("活动还没写叫什么。", "The event has no name yet."),
        Trouble::EventNoStart => {
            ("请写明活动在哪一天、几点开始。", "Say on which day and at what time the event starts.")
        }
        Trouble::EventEnds => (
            "活动的结束要晚于开始；另一天才结束的，日期和时间都要填。",
            "An event ends after it starts. If it ends on another day, give that day and the time.",
        ),
        Trouble::EventOver => {
            ("这场活动已经过了，请核对日期。", "This event would be over already. Check the day.")
        }
        Trouble::EventTwice => (
            "两场活动同名又同时开始，请改一个。",
            "Two events have the same name and start. Change one of them.",
        ),
    };
    pick(lang, zh, en)
}

/// Why something is no change that may be sent.
pub fn refused(lang: Lang, error: &PatchError) -> String {
    let (zh, en) = match error {
        PatchError::TooMany => (tr(Lang::Zh, Key::TooLong).to_owned(), tr(Lang::En, Key::TooLong).to_owned()),
        PatchError::Rule(finding) => {
            let (zh, en) = problem(&finding.problem);
            // The place in the data is for who mends the program; the words are for who mends the text.
            (zh, en)
        }
        PatchError::Empty | PatchError::Nothing(_) => {
            (tr(Lang::Zh, Key::NoSend).to_owned(), tr(Lang::En, Key::NoSend).to_owned())
        }
        PatchError::Misfit(_) | PatchError::Twice(_) => {
            ("同一项改了两次，请去掉一个。".to_owned(), "The same thing is changed twice.".to_owned())
        }
    };
    if lang == Lang::Zh { zh } else { en }
}

fn problem(problem: &Problem) -> (String, String) {
    let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match problem {
        Problem::TooLong { max } => {
            let max = max.to_string();
            (
                ["有一项太长，最多 ", &max, " 个字。"].concat(),
                ["A text is too long: at most ", &max, " characters."].concat(),
            )
        }
        Problem::HiddenCharacter(_) => fixed(
            "文字里有看不见的字符或换行（多半是粘贴带进来的），请重新打一遍。",
            "A text has hidden characters or line breaks in it, as pasting brings them. Type it again.",
        ),
        Problem::Empty | Problem::Missing => fixed("有一项只有空格。", "A text is only spaces."),
        Problem::EndsBeforeStart => fixed("结束早于开始。", "It ends before it starts."),
        _ => fixed("有一项不能这样写。", "A text cannot be written like this."),
    }
}

/// Why there is no position.
pub const fn no_fix(lang: Lang, error: FixError) -> &'static str {
    match error {
        FixError::Refused => pick(
            lang,
            "没有拿到位置权限。可在手机设置里为微信（或浏览器）打开位置。",
            "The position was refused. Allow it in the phone's settings for this browser.",
        ),
        FixError::TimedOut => {
            pick(lang, "定位超时。请走到门外空旷处再试。", "No position in time. Step outside and try again.")
        }
        FixError::Unavailable => {
            pick(lang, "这部手机现在给不出位置。", "This phone cannot tell its position now.")
        }
    }
}

/// A position that is too coarse for a door.
pub fn coarse(lang: Lang, metres: u32) -> String {
    let metres = metres.to_string();
    match lang {
        Lang::Zh => {
            ["误差有 ", &metres, " 米，用来标门口太粗。请走到门外空旷处，打开精确定位再试。"].concat()
        }
        Lang::En => {
            ["This is exact to ", &metres, " m only: too coarse for a door. Step outside and try again."]
                .concat()
        }
    }
}

/// How exact a position is.
pub fn exact(lang: Lang, metres: u32) -> String {
    let metres = metres.to_string();
    match lang {
        Lang::Zh => ["已定位，误差约 ", &metres, " 米。"].concat(),
        Lang::En => ["Position found, exact to about ", &metres, " m."].concat(),
    }
}

/// How many things are changed.
pub fn count(lang: Lang, changes: usize) -> String {
    let number = changes.to_string();
    match lang {
        Lang::Zh => ["改了 ", &number, " 项"].concat(),
        Lang::En => [number.as_str(), if changes == 1 { " change" } else { " changes" }].concat(),
    }
}

/// Why a change is still on the phone, by the server's status.
pub fn not_sent(lang: Lang, status: u16) -> String {
    let (zh, en) = match status {
        429 => (
            "服务器请稍等一会儿，到时会自动再发。",
            "The server asks to wait a little. It is sent again by itself.",
        ),
        507 => (
            "服务器存不下了，没有收。改动还在手机里，请告诉工作人员。",
            "The server is full and took nothing. The change is still on this phone. Tell the staff.",
        ),
        503 => (
            "服务器暂时不能保存，改动还在手机里，会自动再发。",
            "The server cannot save now. The change is still on this phone and is sent again.",
        ),
        _ => (
            "服务器没有收，改动还在手机里，会自动再发。",
            "The server took nothing. The change is still on this phone and is sent again.",
        ),
    };
    pick(lang, zh, en).to_owned()
}

/// What parts a name from what is said of it.
pub const fn colon(lang: Lang) -> &'static str {
    pick(lang, "：", ": ")
}

const fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_speaks_both_languages() {
        let has_han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for &key in Key::ALL {
            if !matches!(key, Key::Lang | Key::LangLabel) {
                assert!(has_han(tr(Lang::Zh, key)), "{key:?} in Chinese");
                assert!(!has_han(tr(Lang::En, key)), "{key:?} in English");
            }
        }
    }
}
