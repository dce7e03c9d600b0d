//! Good files, cut off or with a few bits turned.

use encoding_rs::GB18030;
use staff::sheet::{Row, Table, csv_bytes, xlsx_bytes};

use crate::case::Case;
use crate::compound;

/// Numbers that look thrown, the same every time: splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }
}

fn table() -> Table {
    let rows = (1..40).map(|number| Row {
        number,
        cells: vec![
            format!("示例驿站{number}"),
            format!("示例路 {number} 号, \"院内\""),
            "024-00000001".to_owned(),
        ],
    });
    Table { name: "示例".to_owned(), rows: rows.collect() }
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let table = table();
    let csv = csv_bytes(&table);
    let text = std::str::from_utf8(&csv).unwrap().trim_start_matches('\u{feff}').to_owned();
    let features: Vec<String> = table
        .rows
        .iter()
        .map(|row| format!(r#"{{"type":"Feature","properties":{{"名称":"{}"}},"geometry":{{"type":"Point","coordinates":[123.4,41.8]}}}}"#, row.cells[0]))
        .collect();
    let geojson = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let files = [
        ("xlsx", xlsx_bytes(&[table]).unwrap(), 30, 50),
        ("xls", compound::good(), 20, 40),
        ("csv", GB18030.encode(&text).0.into_owned(), 10, 10),
        ("geojson", geojson.into_bytes(), 10, 10),
    ];
    let mut dice = Dice(20_261_124);
    let mut cases = Vec::new();
    for (kind, good, cuts, flips) in &files {
        for cut in 1..=*cuts {
            let bytes = &good[..good.len() * cut / (cuts + 1)];
            cases.push(Case::any(format!("cut-{cut}.{kind}"), bytes));
        }
        for flip in 0..*flips {
            let mut bytes = good.clone();
            for _ in 0..=flip % 5 {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            cases.push(Case::any(format!("flip-{flip}.{kind}"), bytes));
        }
    }
    cases
}
