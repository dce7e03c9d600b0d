//! Every field of `stations.json`: whether it must be there, what it may hold, and what to tell whoever fills it in.

use domain::amenity::{Amenity, AmenityState};
use domain::dto::{
    AmenityDto, ContactDto, DatasetDto, EventDto, LinkDto, LocationDto, NoticeDto, PhotoDto, StationDto,
    StationsDto,
};
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};
use serde_json::{Value, json};

use super::rule::Need::{self, Optional, Required};
use super::rule::{
    Rule, count, date, degrees, fits, id, line, line_text, list, moment, note, note_text, object, photo,
    truth, url, version, word,
};
use crate::words::{self, Said};

/// The fields of a type, all of them: the type is taken apart in a closure that is never called, and each field with the
/// rule that is for its type.
macro_rules! fields {
    ($dto:ident $name:literal { $($field:ident $need:ident $rule:expr, $title:expr, $text:expr;)+ }) => {{
        let _ = |dto: &$dto| {
            let $dto { $($field: _,)+ } = dto;
            $(fits(dto.$field.as_ref(), &$rule);)+
        };
        let fields: Vec<(&'static str, Need, Value)> = vec![$({
            let (title, text): ((&str, &str), (&str, &str)) = ($title, $text);
            let field = $rule.field($need, &Said::new(title.0, title.1), &Said::new(text.0, text.1));
            (stringify!($field), $need, field)
        },)+];
        object::<$dto>($name, fields)
    }};
}

/// The whole file.
pub(super) fn file() -> Value {
    let definitions = [
        dataset().definition(),
        station().definition(),
        location().definition(),
        notice().definition(),
        amenity().definition(),
        contact().definition(),
        event().definition(),
        picture().definition(),
        link().definition(),
        line_text().definition(),
        note_text().definition(),
        line().definition(),
        note().definition(),
        date().definition(),
        moment().definition(),
    ];
    let file = fields!(StationsDto "file" {
        schema Required version(), ("格式版本", "Version of this form"), ("现在是 1", "now 1");
        dataset Required dataset(), ("这份清单", "This list"), ("是什么，谁负责", "what it is and who answers for it");
        stations Required list(&station()), ("驿站", "Stations"), ("一项一个驿站", "one entry a station");
    });
    let mut schema = file.root(
        &Said::new("爱心驿站清单", "List of rest stations"),
        &Said::new(
            "stations.json 的格式。由 staff schema 从程序的类型生成，不要手改；不知道的填 null 或不写，不要猜",
            "the form of stations.json, made by staff schema from the program's types, not by hand; what is unknown is null or \
             left away, never guessed",
        ),
        definitions.into_iter().collect(),
    );
    schema["properties"]["$schema"] = json!({
        "title": "编辑器用的格式文件 / This schema, for editors",
        "description": "写 ./stations.schema.json，编辑器就会提示和检查 / with ./stations.schema.json editors help and check",
        "type": "string",
    });
    schema
}

fn dataset() -> Rule<DatasetDto> {
    fields!(DatasetDto "dataset" {
        title Required line_text(), ("标题", "Title"), ("这份清单叫什么", "what the list is called");
        publisher Optional line_text(), ("发布单位", "Publisher"), ("谁发布", "who publishes it");
        contact Optional note_text(), ("怎么联系", "Contact"), ("找发布单位", "how to reach the publisher");
        licence Optional line(), ("许可", "Licence"), ("如 CC BY 4.0", "as CC BY 4.0");
        sample Optional truth(), ("示例数据", "Sample"), ("true 表示是编出来的，网页会注明", "true for invented data, which the app marks");
        revision Optional count(), ("第几版", "Revision"), ("每改一版加一", "counts up with each edition");
    })
}

fn station() -> Rule<StationDto> {
    fields!(StationDto "station" {
        id Required id(), ("编号", "Id"), ("小写字母、数字、减号，最多 40 个；永不改变，它在链接里", "small letters, digits, hyphens; for ever the same, for it is in links");
        name Required line_text(), ("名称", "Name"), ("门上的名字", "the name on the door");
        kind Required word(Kind::ALL, Kind::word, words::station_kind), ("类型", "Kind"), ("谁办的，或是什么地方", "who runs it, or what it is");
        location Required location(), ("位置", "Location"), ("在哪里", "where it is");
        hours Optional note().like(&["24小时", "工作日 08:30-17:00", "周一至周五 08:30-12:00,13:00-17:30; 周六、周日 09:30-15:30; 节假日除外"]),
            ("开放时间", "Opening hours"), ("照平常写法", "as people write them, or as OpenStreetMap does");
        access Optional word(Access::ALL, Access::word, words::access), ("怎么进", "Access"), ("不知道就不写", "left away where nobody knows");
        notices Optional list(&notice()), ("公告", "Notices"), ("暂停开放、受限、提示", "closed, limited, or worth knowing");
        amenities Optional list(&amenity()), ("设施", "Amenities"), ("有的才写，每样一次", "what it has, each once");
        contacts Optional list(&contact()), ("联系人", "Contacts"), ("找谁", "whom to call");
        events Optional list(&event()), ("活动", "Events"), ("义诊和别的活动", "clinics and activities");
        photos Optional list(&picture()), ("照片", "Photos"), ("门的样子", "pictures of the door");
        links Optional list(&link()), ("网页", "Links"), ("介绍这个驿站的网页", "pages about the station");
        verified_at Optional date(), ("核实日期", "Verified on"), ("最近一次到现场核实的日子，2026-11-20", "the day somebody last checked on the spot");
        updated_at Optional date(), ("更新日期", "Updated on"), ("这一项最近改动的日子", "the day the entry last changed");
        source Optional line(), ("来源", "Source"), ("这些内容从哪里来", "where the facts come from");
    })
}

fn location() -> Rule<LocationDto> {
    let location = fields!(LocationDto "location" {
        lat Optional degrees(90), ("纬度", "Latitude"), ("WGS-84 度数；高德、腾讯、百度的坐标先用 staff convert 换算", "degrees north, WGS-84; see staff convert for others");
        lng Optional degrees(180), ("经度", "Longitude"), ("WGS-84 度数；和纬度要么都有要么都没有", "degrees east, WGS-84; with the latitude or not at all");
        city Required line(), ("市", "City"), ("如 沈阳市", "as 沈阳市");
        district Required line(), ("区县", "District"), ("如 浑南区", "as 浑南区");
        address Optional note_text(), ("地址", "Address"), ("街道门牌", "street and number");
        directions Optional note_text(), ("怎么找到门", "Directions"), ("进了院子往哪走", "how to find the door");
    });
    // Both numbers or neither.
    location.with(json!({
        "if": {"required": ["lat"], "properties": {"lat": {"type": "number"}}},
        "then": {"required": ["lng"], "properties": {"lng": {"type": "number"}}},
        "else": {"properties": {"lng": {"type": "null"}}},
    }))
}

fn notice() -> Rule<NoticeDto> {
    fields!(NoticeDto "notice" {
        kind Required word(NoticeKind::ALL, NoticeKind::word, words::notice_kind), ("轻重", "Kind"), ("影响多大", "how much it changes");
        text Required note_text(), ("内容", "Text"), ("写什么", "what it says");
        from Optional moment(), ("从", "From"), ("2026-11-20 或 2026-11-20T08:00", "a day or a minute");
        until Optional moment(), ("到", "Until"), ("2026-12-01（那天全天都算）或 2026-12-01T18:00", "a day, which counts whole, or a minute");
    })
}

fn amenity() -> Rule<AmenityDto> {
    fields!(AmenityDto "amenity" {
        id Required word(Amenity::ALL, Amenity::word, words::amenity_both), ("设施", "Amenity"), ("哪一样", "which");
        state Required word(AmenityState::ALL, AmenityState::word, words::amenity_state), ("能用吗", "State"), ("今天能不能用", "whether it works");
        note Optional note_text(), ("说明", "Note"), ("要知道的", "what to know about it");
        access Optional word(Access::ALL, Access::word, words::access), ("怎么用", "Access"), ("和驿站不同才写", "where it differs from the station's");
    })
}

fn contact() -> Rule<ContactDto> {
    fields!(ContactDto "contact" {
        role Required word(Role::ALL, Role::word, words::role_both), ("谁", "Role"), ("负责什么", "what they answer for");
        organisation Optional line_text(), ("单位", "Organisation"), ("哪个单位", "which");
        person Optional line(), ("姓名", "Person"), ("值班的人；能不写就不写", "who is on duty; better left away");
        phone Optional line().like(&["024-00000001", "024-00000001转801", "024-00000001；138****5596"]),
            ("电话", "Telephone"), ("几个号码用；分开；打星号的只显示、不能拨", "several are parted by ;, masked ones are shown and not dialled");
        hours Optional note(), ("接听时间", "Hours"), ("照平常写法", "as people write them");
    })
}

fn event() -> Rule<EventDto> {
    fields!(EventDto "event" {
        kind Required word(EventKind::ALL, EventKind::word, words::event_kind), ("类型", "Kind"), ("义诊还是别的", "a clinic or anything else");
        title Required line_text(), ("标题", "Title"), ("是什么活动", "what it is");
        starts Required moment(), ("开始", "Starts"), ("2026-11-28T09:00", "a day or a minute");
        ends Optional moment(), ("结束", "Ends"), ("2026-11-28T11:30", "a day or a minute");
        note Optional note_text(), ("说明", "Note"), ("要知道的", "what to know");
    })
}

fn picture() -> Rule<PhotoDto> {
    fields!(PhotoDto "photo" {
        file Required photo(), ("文件", "File"), ("public/data/photos/ 里的英文文件名，写 photos/door.jpg", "below public/data/photos/, as photos/door.jpg");
        alt Required note_text(), ("画面", "Description"), ("写给看不见的人", "what it shows, for those who cannot see it");
    })
}

fn link() -> Rule<LinkDto> {
    fields!(LinkDto "link" {
        title Required line_text(), ("标题", "Title"), ("是什么网页", "what the page is");
        url Required url(), ("网址", "Address"), ("只能是 https", "https alone");
    })
}
