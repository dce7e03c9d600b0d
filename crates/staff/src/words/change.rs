//! What changes to stations say, and what merging them says.

use domain::geodesy::distance_m;
use domain::patch::{Conflict, Current, Field, Op, Settled, Value};
use domain::station::{Access, Contact, Event, EventKind, Notice, NoticeKind, Offer};
use domain::text::{Lang as Tongue, Text};

use super::kinds::{amenity, role};
use super::{Said, visible};
use crate::merge::{moment, until};

/// One field of a change, from what to what.
pub fn op(op: &Op) -> Said {
    let Said { zh, en } = field(&op.field);
    match (&op.before, &op.after) {
        (_, None) if op.field == Field::Station => {
            Said::new("撤销整个驿站", "remove the station from the list")
        }
        (None, Some(new)) if is_entry(&op.field) => {
            let new = value(new);
            Said::new(format!("{zh} 新增：{}", new.zh), format!("{en} added: {}", new.en))
        }
        (Some(old), None) if is_entry(&op.field) => {
            let old = value(old);
            Said::new(format!("{zh} 去掉：{}", old.zh), format!("{en} taken away: {}", old.en))
        }
        (old, new) => {
            let far = moved(old.as_ref(), new.as_ref());
            let (old, new) = (maybe(old.as_ref()), maybe(new.as_ref()));
            Said::new(
                format!("{zh}：{} → {}{}", old.zh, new.zh, far.zh),
                format!("{en}: {} → {}{}", old.en, new.en, far.en),
            )
        }
    }
}

/// The same with what becomes of it, or, undecided, would become of it.
pub fn settled(own: &Op, settled: &Settled, decided: bool) -> Said {
    let said = op(own);
    match settled {
        Settled::Applied => said,
        Settled::Same => {
            Said::new(format!("{}（已是这样）", said.zh), format!("{} (is so already)", said.en))
        }
        Settled::Overtaken => Said::new(
            format!("{}（后来又改回来了，那条已合并）", said.zh),
            format!("{} (a later change, merged before, took it back)", said.en),
        ),
        Settled::Conflict(it) if !decided => conflict(own, it, "冲突", "conflict"),
        Settled::Conflict(it) => conflict(own, it, "冲突，保持现在的", "conflict, left as it is"),
        Settled::Replaced(it) => conflict(own, it, "冲突，改成这条的", "conflict, this change taken"),
    }
}

fn conflict(own: &Op, it: &Conflict, zh: &str, en: &str) -> Said {
    let Said { zh: name, en: word } = field(&own.field);
    let (base, mine) = (maybe(it.base.as_ref()), maybe(it.mine.as_ref()));
    let theirs = match &it.theirs {
        Current::Is(value) => maybe(value.as_ref()),
        Current::Gone => Said::new("已经没有", "gone"),
        Current::Several => Said::new("有几条一样的，请手工改", "several alike, edit by hand"),
    };
    Said::new(
        format!("{zh}：{name}：改的人看到{}，想改成{}；现在是{}", base.zh, mine.zh, theirs.zh),
        format!("{en}: {word}: its author saw {} and wants {}; it is {}", base.en, mine.en, theirs.en),
    )
}

const fn is_entry(field: &Field) -> bool {
    matches!(field, Field::Amenity(_) | Field::Notice(_) | Field::Event(..) | Field::Contact(..))
}

/// What a field is called.
pub(super) fn field(field: &Field) -> Said {
    let amenity_en = field.amenity().map_or("", domain::amenity::Amenity::word);
    let amenity_zh = field.amenity().map_or("", amenity);
    match field {
        Field::Name => Said::new("名称", "name"),
        Field::Position => Said::new("位置", "position"),
        Field::Address => Said::new("地址", "address"),
        Field::Directions => Said::new("怎么走", "directions"),
        Field::Hours => Said::new("开放时间", "hours"),
        Field::Access => Said::new("进门方式", "access"),
        Field::Amenity(_) => Said::new("设施", "amenity"),
        Field::AmenityState(_) => Said::new(amenity_zh, amenity_en),
        Field::AmenityNote(_) => Said::new(format!("{amenity_zh}的说明"), format!("{amenity_en}, note")),
        Field::Notice(_) => Said::new("公告", "notice"),
        Field::Event(..) => Said::new("活动", "event"),
        Field::Contact(..) => Said::new("联系人", "contact"),
        Field::Station => Said::new("驿站", "station"),
    }
}

fn maybe(of: Option<&Value>) -> Said {
    of.map_or_else(|| Said::new("无", "nothing"), value)
}

/// How far a position moves, in metres.
fn moved(old: Option<&Value>, new: Option<&Value>) -> Said {
    let (Some(Value::Position(old)), Some(Value::Position(new))) = (old, new) else {
        return Said::new("", "");
    };
    let metres = distance_m(*old, *new).round();
    Said::new(format!("（移动 {metres} 米）"), format!(" ({metres} m away)"))
}

/// A value as people read it.
fn value(value: &Value) -> Said {
    match value {
        Value::Text(value) => quoted(value),
        Value::Hours(value) => Said::new(format!("“{}”", visible(value)), format!("\"{}\"", visible(value))),
        Value::Position(at) => {
            let point = format!("{}, {}", at.lat(), at.lng());
            Said::new(point.clone(), point)
        }
        Value::Access(value) => access(*value),
        Value::State(value) => state(*value),
        Value::Offer(value) => offer(value),
        Value::Notice(value) => notice(value),
        Value::Event(value) => event(value),
        Value::Contact(value) => contact(value),
        Value::Seen(_) => Said::new("在列表里", "listed"),
    }
}

/// A text in Chinese, and its English where there is some, for the English reader too.
fn quoted(text: &Text) -> Said {
    let zh = visible(text.get(Tongue::Zh));
    match text.english() {
        None => Said::new(format!("“{zh}”"), format!("\"{zh}\"")),
        Some(en) => {
            let en = visible(en);
            Said::new(format!("“{zh}”（英文“{en}”）"), format!("\"{zh}\" (English \"{en}\")"))
        }
    }
}

const ACCESS: [(&str, &str); 4] =
    [("免费开放", "free"), ("扫码", "scan a code"), ("刷脸", "face recognition"), ("需登记", "sign in")];

fn access(access: Access) -> Said {
    let (zh, en) = match access {
        Access::Free => ACCESS[0],
        Access::Scan => ACCESS[1],
        Access::Face => ACCESS[2],
        Access::Register => ACCESS[3],
    };
    Said::new(zh, en)
}

fn state(state: domain::amenity::AmenityState) -> Said {
    use domain::amenity::AmenityState::{Ok, Out, Unknown};
    match state {
        Ok => Said::new("可用", "working"),
        Out => Said::new("坏了", "out of order"),
        Unknown => Said::new("不确定", "not sure"),
    }
}

/// Joins parts, in both languages, leaving out what is not there.
fn joined(parts: impl IntoIterator<Item = Option<Said>>) -> Said {
    let (zh, en): (Vec<String>, Vec<String>) =
        parts.into_iter().flatten().map(|said| (said.zh, said.en)).unzip();
    Said::new(zh.join("，"), en.join(", "))
}

fn offer(offer: &Offer) -> Said {
    joined([
        Some(Said::new(amenity(offer.amenity), offer.amenity.word())),
        Some(state(offer.state)),
        offer.note.as_ref().map(quoted),
        offer.access.map(access),
    ])
}

fn notice(notice: &Notice) -> Said {
    let kind = match notice.kind {
        NoticeKind::Closed => Said::new("暂停开放", "closed"),
        NoticeKind::Limited => Said::new("部分受限", "limited"),
        NoticeKind::Info => Said::new("提示", "note"),
    };
    let (from, until) = (notice.from.map(moment).map(spaced), notice.until.map(until).map(spaced));
    let from = from.map(|day| Said::new(format!("{day} 起"), format!("from {day}")));
    let until = until.map(|day| Said::new(format!("到 {day}"), format!("until {day}")));
    joined([Some(kind), Some(quoted(&notice.text)), from, until])
}

/// A day and a minute as people write them.
#[expect(clippy::needless_pass_by_value, reason = "called with what was just made")]
fn spaced(moment: String) -> String {
    moment.replace('T', " ")
}

fn event(event: &Event) -> Said {
    let kind = match event.kind {
        EventKind::Clinic => Said::new("义诊", "clinic"),
        EventKind::Activity => Said::new("活动", "activity"),
    };
    let starts = spaced(event.starts.to_string());
    let ends = event.ends.map(|ends| spaced(ends.to_string()));
    let ends = ends.map(|ends| Said::new(format!("到 {ends}"), format!("until {ends}")));
    let starts = Said::new(starts.clone(), starts);
    joined([Some(kind), Some(quoted(&event.title)), Some(starts), ends, event.note.as_ref().map(quoted)])
}

fn contact(contact: &Contact) -> Said {
    let same = |text: String| Said::new(text.clone(), text);
    let phones: Vec<&str> = contact.phones.iter().map(domain::phone::Phone::text).collect();
    let phones = if phones.is_empty() {
        Said::new("没有电话", "no phone")
    } else {
        same(visible(&phones.join(" / ")))
    };
    joined([
        Some(Said::new(role(contact.role), contact.role.word())),
        contact.organisation.as_ref().map(quoted),
        contact.person.as_deref().map(visible).map(same),
        Some(phones),
        contact.hours.as_ref().map(|hours| same(visible(hours.text()))),
    ])
}
