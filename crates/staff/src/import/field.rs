//! What a column can be, and the header words by which it is recognised.

use domain::amenity::Amenity;
use domain::station::Role;

use crate::words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The station's id.
    Id,
    /// The name on the door.
    Name,
    /// The name in English.
    NameEn,
    /// What kind of station it is.
    Kind,
    /// The city.
    City,
    /// The district or county.
    District,
    /// The street address.
    Address,
    /// The street address in English.
    AddressEn,
    /// How to find the door.
    Directions,
    /// Degrees east.
    Lng,
    /// Degrees north.
    Lat,
    /// Both in one cell.
    Point,
    /// Opening hours.
    Hours,
    /// What it takes to get in.
    Access,
    /// Everything the station has, as text.
    Amenities,
    /// Whether it has this one.
    Amenity(Amenity),
    /// The organisation of a contact.
    Organisation(Role),
    /// The person of a contact.
    Person(Role),
    /// The numbers of a contact.
    Phone(Role),
    /// Something to know, shown as a notice.
    Notice,
    /// Day somebody checked the facts on the spot.
    Verified,
    /// Day the row last changed.
    Updated,
    /// Where the facts come from.
    Source,
    /// What no other column holds, as JSON; written by `staff export`.
    Raw,
    /// Of no use: a running number, an empty header.
    Nothing,
}

const HOST: Role = Role::Host;
const PARTY: Role = Role::PartyBranch;

/// Header words, as [`plain`] makes them. The first one of a field is what `staff export` writes.
const WORDS: &[(Field, &[&str])] = &[
    (Field::Id, &["编号", "id", "驿站编号", "站点编号", "stationid"]),
    (
        Field::Name,
        &["名称", "站点名称", "驿站名称", "网点名称", "站名", "驿站", "name", "stationname", "title"],
    ),
    (Field::NameEn, &["英文名称", "英文名", "nameen", "englishname"]),
    (Field::Kind, &["类型", "类别", "站点类型", "驿站类型", "kind", "type", "category"]),
    (Field::City, &["城市", "市", "所在市", "地市", "所属市", "city"]),
    (
        Field::District,
        &["区县", "区", "县区", "区市县", "所在区", "所属区", "所属区县", "行政区", "district", "county"],
    ),
    (Field::Address, &["地址", "详细地址", "站点地址", "驿站地址", "位置", "address", "addr"]),
    (Field::AddressEn, &["英文地址", "addressen", "englishaddress"]),
    (Field::Directions, &["怎么找", "指引", "位置说明", "directions"]),
    (Field::Lng, &["经度", "lng", "lon", "long", "longitude", "x"]),
    (Field::Lat, &["纬度", "lat", "latitude", "y"]),
    (
        Field::Point,
        &[
            "坐标",
            "经纬度",
            "位置坐标",
            "坐标经纬度",
            "坐标纬经度",
            "lnglat",
            "latlng",
            "coordinates",
            "location",
        ],
    ),
    (Field::Hours, &["开放时间", "营业时间", "服务时间", "开门时间", "工作时间", "hours", "openinghours"]),
    (Field::Access, &["进门方式", "开放方式", "access"]),
    (
        Field::Amenities,
        &[
            "服务设施",
            "服务内容",
            "服务项目",
            "设施",
            "设施设备",
            "配套设施",
            "amenities",
            "services",
            "facilities",
        ],
    ),
    (
        Field::Organisation(HOST),
        &["单位", "主管单位", "建设单位", "管理单位", "运营单位", "organisation", "organization", "host"],
    ),
    (Field::Person(HOST), &["联系人", "负责人", "站长", "驿站负责人", "contact", "person"]),
    (
        Field::Phone(HOST),
        &[
            "联系电话",
            "电话",
            "手机",
            "联系方式",
            "负责人电话",
            "联系人电话",
            "值班电话",
            "phone",
            "tel",
            "telephone",
            "mobile",
        ],
    ),
    (Field::Organisation(PARTY), &["党组织", "党支部", "所属党组织"]),
    (Field::Person(PARTY), &["党组织联系人", "党支部书记"]),
    (Field::Phone(PARTY), &["党组织电话", "党支部电话", "党组织联系电话"]),
    (Field::Notice, &["备注", "说明", "注意事项", "note", "remark", "remarks"]),
    (Field::Verified, &["核实日期", "核实时间", "verifiedat", "verified"]),
    (Field::Updated, &["更新日期", "更新时间", "修改日期", "updatedat", "updated"]),
    (Field::Source, &["来源", "数据来源", "source"]),
    (Field::Raw, &["原始数据", "raw"]),
    (Field::Nothing, &["序号", "no", "index", "fid", "objectid"]),
];

/// A header word as it is compared: half-width, small, without spaces, brackets with what is in them, and marks.
pub(super) fn plain(word: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in word.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        };
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || c.is_control() => {}
            '_' | '-' | '*' | ':' | '/' | '、' | '.' | '#' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

impl Field {
    /// The field of a header word, if it is one.
    pub fn of_header(header: &str) -> Option<Self> {
        let plain = plain(header);
        let known = WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(field, _)| *field);
        known.or_else(|| {
            let amenity = |amenity: &&Amenity| {
                let word = self::plain(words::amenity(**amenity));
                word == plain || self::plain(amenity.word()) == plain
            };
            Amenity::ALL.iter().find(amenity).copied().map(Self::Amenity)
        })
    }

    /// The header word that `staff export` writes.
    pub fn header(self) -> &'static str {
        match self {
            Self::Amenity(amenity) => words::amenity(amenity),
            _ => WORDS.iter().find(|(field, _)| *field == self).map_or("", |(_, words)| words[0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_people_write_them() {
        for (header, field) in [
            ("名称", Field::Name),
            (" 驿站 名称 *", Field::Name),
            ("开放时间（夏季）", Field::Hours),
            ("经度(WGS84)", Field::Lng),
            ("Ｌａｔ", Field::Lat),
            ("Opening_Hours", Field::Hours),
            ("联系电话：", Field::Phone(Role::Host)),
            ("党组织联系人", Field::Person(Role::PartyBranch)),
            ("饮水", Field::Amenity(Amenity::Water)),
            ("hot_water", Field::Amenity(Amenity::HotWater)),
            ("Wi-Fi", Field::Amenity(Amenity::Wifi)),
            ("序号", Field::Nothing),
        ] {
            assert_eq!(Field::of_header(header), Some(field), "{header}");
        }
        for header in ["", "天气", "name2", "铁西区"] {
            assert_eq!(Field::of_header(header), None, "{header}");
        }
    }

    #[test]
    fn what_export_writes_is_recognised() {
        for (field, _) in WORDS {
            assert_eq!(Field::of_header(field.header()), Some(*field));
        }
        for &amenity in Amenity::ALL {
            assert_eq!(Field::of_header(Field::Amenity(amenity).header()), Some(Field::Amenity(amenity)));
        }
    }
}
