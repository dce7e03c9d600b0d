//! The list of a city office as it comes: 90 stations, in sheets of three kinds, in GCJ-02.
//!
//! Names, places and numbers are invented; how they are written is what the field does (banks and pharmacies with a
//! building's name, hours in five forms, several and masked numbers in a cell, two in five without a position).

use domain::basemap::Basemap;
use domain::coords::{Gcj02, Wgs84};
use domain::text::Lang;
use serde_json::{Value, json};
use staff::sheet::{Row, Table};

const MAP: &[u8] = include_bytes!("../../../../public/basemap/liaoning.bin");

pub const HEADER: [&str; 11] = [
    "序号",
    "驿站名称",
    "所属区县",
    "详细地址",
    "经度",
    "纬度",
    "营业时间",
    "联系人",
    "联系电话",
    "服务内容",
    "停车",
];
const AREAS: [(&str, &str); 6] = [
    ("沈阳市", "铁西区"),
    ("沈阳市", "皇姑区"),
    ("沈阳市", "浑南区"),
    ("大连市", "甘井子区"),
    ("鞍山市", "立山区"),
    ("丹东市", "凤城市"),
];
const STREETS: [&str; 5] = ["启工街", "黄河大街", "沈中大街", "建设路", "凤凰路"];
const KINDS: [&str; 3] = ["银行%支行", "大药房%店", "%社区党群服务中心"];
const HOURS: [&str; 5] =
    ["24小时", "周一至周五 09:00-17:00", "周一至周五 08:30-12:00,13:00-17:30", "07:30-22:30", "工作日开放"];
const SERVICES: [&str; 4] =
    ["饮水、热水、休息桌椅", "饮水，手机充电，WiFi", "如厕;饮水机坏了", "休息、微波炉、应急药箱"];

/// One row's cells, with an empty one for what is not known.
fn row(number: usize) -> Vec<String> {
    let (city, district) = AREAS[number % AREAS.len()];
    let kind = KINDS[number % KINDS.len()].replace('%', &format!("{}{}", &district[..6], chinese(number)));
    let (lng, lat) = if number % 5 < 2 { Default::default() } else { position(district, number) };
    let phone = match number % 3 {
        0 => format!("024-0000{number:04}"),
        1 => format!("024-0000{number:04}；138****{number:04}"),
        _ => format!("024-0000{number:04}、024-0001{number:04}"),
    };
    [
        number.to_string(),
        kind,
        format!("{city}{district}"),
        format!("{city}{district}{}{number}号", STREETS[number % STREETS.len()]),
        lng,
        lat,
        HOURS[number % HOURS.len()].to_owned(),
        format!("值班{}", chinese(number)),
        phone,
        SERVICES[number % SERVICES.len()].to_owned(),
        if number.is_multiple_of(4) { "√" } else { "×" }.to_owned(),
    ]
    .to_vec()
}

fn chinese(number: usize) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(digit - b'0')])
        .collect()
}

/// Somewhere in a district, as Amap draws it: half of them a step inside its border, where datums differ.
fn position(district: &str, number: usize) -> (String, String) {
    let map = Basemap::from_bytes(MAP).unwrap();
    let middle = map.districts().find(|label| label.name.get(Lang::Zh) == district).unwrap().position;
    let inside = |at: Wgs84| map.district_at(at).is_some_and(|name| name.get(Lang::Zh) == district);
    let angle = f64::from(u32::try_from(number).unwrap()) * 2.399_963;
    let at = |metres: f64| {
        let (lat, lng) = (metres * angle.sin() / 111_000.0, metres * angle.cos() / 83_000.0);
        Wgs84::new(middle.lat() + lat, middle.lng() + lng).unwrap()
    };
    let edge = (1..400)
        .map(|step| f64::from(step) * 100.0)
        .take_while(|metres| inside(at(*metres)))
        .last()
        .unwrap_or(0.0);
    let here = Gcj02::from(at(if number.is_multiple_of(2) { (edge - 150.0).max(0.0) } else { edge / 2.0 }));
    (format!("{:.6}", here.lng()), format!("{:.6}", here.lat()))
}

pub fn rows() -> Vec<Vec<String>> {
    (1..=90).map(row).collect()
}

/// With a title above the header, as offices do.
pub fn table() -> Table {
    let title = vec!["爱心驿站一览表（示例）".to_owned()];
    let header = HEADER.map(str::to_owned).to_vec();
    let rows = [title, header].into_iter().chain(rows());
    Table {
        name: "驿站".into(),
        rows: (1..).zip(rows).map(|(number, cells)| Row { number, cells }).collect(),
    }
}

pub fn xlsx() -> Vec<u8> {
    staff::sheet::xlsx_bytes(&[table()]).unwrap()
}

/// As Excel writes it in China.
pub fn gb18030() -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{cell}\"");
    let line = |row: &Row| row.cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    let text: String = table().rows.iter().map(line).collect();
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

pub fn geojson() -> Vec<u8> {
    let feature = |cells: Vec<String>| {
        let number = |cell: &String| cell.parse::<f64>().ok();
        let geometry = match (number(&cells[4]), number(&cells[5])) {
            (Some(lng), Some(lat)) => json!({"type": "Point", "coordinates": [lng, lat]}),
            _ => Value::Null,
        };
        let named = HEADER.iter().zip(cells).filter(|(name, _)| !["经度", "纬度"].contains(name));
        let properties: serde_json::Map<String, Value> =
            named.map(|(name, cell)| ((*name).to_owned(), cell.into())).collect();
        json!({"type": "Feature", "geometry": geometry, "properties": properties})
    };
    let features: Vec<Value> = rows().into_iter().map(feature).collect();
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}
