//! `staff export`: the list of stations as a sheet or as points.

use std::io;
use std::path::{Path, PathBuf};

use domain::read::read_stations;
use domain::station::Station;
use domain::text::Lang as Speech;
use serde_json::Value;

use super::{DISK, GOOD, REFUSED, answer};
use crate::export;
use crate::import::{ListError, file};
use crate::points;
use crate::sheet;
use crate::words::{self, Lang, Said, plural};

/// What to export, and into what.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 写成哪个文件：.xlsx .csv .geojson .kml .gpx / the file to write
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// 导出哪份清单 / the list to export
    #[arg(long, value_name = "FILE", default_value = "public/data/stations.json")]
    from: PathBuf,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Exports.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let (said, code) = match write(args) {
        Ok(count) => {
            let to = args.to.display();
            (
                Said::new(
                    format!("{to}：{count} 个站点"),
                    format!("{to}: {}", plural(count, "station", "stations")),
                ),
                GOOD,
            )
        }
        Err(failure) => failure,
    };
    answer(&said, code, args.json, lang)
}

fn disk(path: &Path, error: &io::Error) -> (Said, u8) {
    let path = path.display();
    (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
}

fn write(args: &Args) -> Result<usize, (Said, u8)> {
    let from = args.from.display();
    if !args.from.exists() {
        return Err((Said::new(format!("没有 {from}"), format!("there is no {from}")), DISK));
    }
    let (list, _) = file::read(&args.from).map_err(|error| match error {
        ListError::Disk(error) => disk(&args.from, &error),
        ListError::Link => {
            let zh = format!("{from} 是链接，不读；请给出文件本身");
            (Said::new(zh, format!("{from} is a link, which is not followed; name the file itself")), REFUSED)
        }
        ListError::Json(_) => {
            let zh = format!("{from} 读不懂，先用 staff check 检查");
            (Said::new(zh, format!("{from} makes no sense; see staff check")), REFUSED)
        }
    })?;
    let table = export::table(&list);
    let count = table.rows.len() - 1;
    let extension = args.to.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let bytes = match extension {
        "xlsx" => sheet::xlsx_bytes(&[table]).map_err(|error| (words::sheet::say(&error), DISK))?,
        "csv" => sheet::csv_bytes(&table),
        "geojson" => format!("{:#}\n", export::geojson(&list)).into_bytes(),
        "kml" => points(args, &list, points::kml)?,
        "gpx" => points(args, &list, points::gpx)?,
        _ => {
            let said = Said::new(
                "--to 要以 .xlsx .csv .geojson .kml .gpx 结尾",
                "--to ends in .xlsx, .csv, .geojson, .kml or .gpx",
            );
            return Err((said, 2));
        }
    };
    file::replace(&args.to, &bytes).map_err(|error| disk(&args.to, &error))?;
    Ok(count)
}

/// The stations as points of a map program: understood first, so that only a list without errors is written.
fn points(args: &Args, list: &Value, write: fn(&[Station], &str) -> String) -> Result<Vec<u8>, (Said, u8)> {
    let reading = serde_json::from_value(list.clone()).ok().map(read_stations);
    let whole = reading.filter(|reading| reading.findings.is_empty());
    let Some((reading, title)) = whole.and_then(|reading| {
        let title = reading.dataset.as_ref()?.title.get(Speech::Zh).to_owned();
        Some((reading, title))
    }) else {
        let from = args.from.display();
        let zh = format!("{from} 里有错，先用 staff check 检查；什么也没写");
        return Err((
            Said::new(zh, format!("{from} has errors; see staff check; nothing was written")),
            REFUSED,
        ));
    };
    Ok(write(&reading.stations, &title).into_bytes())
}
