//! A list of stations as an office's sheet: what people fill in, in columns that they name.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use domain::dto::{AmenityDto, ContactDto, StationDto};
use domain::text::Lang;

use crate::trouble::{Trouble, at};

/// Rows in a file: what one sheet may hold is bounded, and no office has more.
const ROWS: usize = 50_000;
const HEADER: &str = "序号,驿站名称,类型,城市,区县,详细地址,经度,纬度,营业时间,单位,联系人,联系电话,服务内容";

/// Writes the sheets into a folder; gives back their names.
pub(super) fn write(folder: &Path, stations: &[StationDto]) -> Result<Vec<String>, Trouble> {
    let mut names = Vec::new();
    for (number, stations) in stations.chunks(ROWS).enumerate() {
        let name = format!("sheet-{number}.csv");
        let path = folder.join(&name);
        let mut to = BufWriter::new(at(&path, File::create(&path))?);
        at(&path, to.write_all(HEADER.as_bytes()))?;
        for (number, station) in (1..).zip(stations) {
            let cells = row(station).map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            at(&path, write!(to, "\r\n{number},{}", cells.join(",")))?;
        }
        at(&path, to.flush())?;
        names.push(name);
    }
    Ok(names)
}

fn row(station: &StationDto) -> [String; 12] {
    let zh = |text: Option<&domain::text::Text>| text.map_or("", |text| text.get(Lang::Zh)).to_owned();
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let location = station.location.clone().unwrap_or_default();
    let host: ContactDto = station.contacts.iter().flatten().next().cloned().unwrap_or_default();
    let amenities = station.amenities.iter().flatten().filter_map(|AmenityDto { id, .. }| id.as_deref());
    [
        zh(station.name.as_ref()),
        word(&station.kind),
        word(&location.city),
        word(&location.district),
        zh(location.address.as_ref()),
        degrees(location.lng),
        degrees(location.lat),
        word(&station.hours),
        zh(host.organisation.as_ref()),
        word(&host.person),
        word(&host.phone),
        amenities.collect::<Vec<_>>().join("、"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_a_cell_for_each_column() {
        let folder = std::env::temp_dir().join(format!("xtask-sheet-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let station = StationDto { hours: Some("24小时, \"每日\"".into()), ..StationDto::default() };
        let names = write(&folder, &vec![station; ROWS + 1]).unwrap();
        assert_eq!(names, ["sheet-0.csv", "sheet-1.csv"]);
        let text = std::fs::read_to_string(folder.join("sheet-1.csv")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let expected =
            format!("{HEADER}\r\n1,{}\"24小时, \"\"每日\"\"\",\"\",\"\",\"\",\"\"", "\"\",".repeat(7));
        assert_eq!(text, expected);
        assert_eq!(HEADER.split(',').count(), 13);
    }
}
