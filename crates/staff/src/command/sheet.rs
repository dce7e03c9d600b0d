//! `staff sheet`: what the tool reads from a spreadsheet, before anything is imported from it.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{DISK, GOOD, REFUSED};
use crate::sheet::{self, Book, Row, SheetError, Table, column_name};
use crate::words::sheet::{format, say};
use crate::words::{Lang, Said, plural, visible};

/// What to read, and how much of it to show.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 表格：.xlsx .xls .csv .geojson .json / the sheet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 每张表显示几行 / rows shown of each table
    #[arg(long, value_name = "N", default_value_t = 5)]
    rows: usize,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Shows.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { file, rows, json } = args;
    match sheet::read(file) {
        Ok(book) => {
            let mut out = io::stdout().lock();
            if *json {
                writeln!(out, "{}", crate::words::json(&book_json(file, &book, *rows)))?;
            } else {
                out.write_all(shown(file, &book, *rows, lang).as_bytes())?;
            }
            Ok(GOOD)
        }
        Err(error) => {
            let said = say(&error);
            if *json {
                let value =
                    json!({"ok": false, "file": file.display().to_string(), "zh": said.zh, "en": said.en});
                writeln!(io::stdout(), "{}", crate::words::json(&value))?;
            } else {
                let file = visible(&file.display().to_string());
                writeln!(io::stderr(), "{file}: {}", said.get(lang))?;
            }
            Ok(code(&error))
        }
    }
}

fn code(error: &SheetError) -> u8 {
    if error.is_system() { DISK } else { REFUSED }
}

fn shown(file: &Path, book: &Book, rows: usize, lang: Lang) -> String {
    let Book { format: kind, tables } = book;
    let count = tables.len();
    let head = Said::new(
        format!("{}，{count} 张表", format(*kind)),
        format!("{}, {}", format(*kind), plural(count, "table", "tables")),
    );
    let mut lines = vec![format!("{}: {}", visible(&file.display().to_string()), head.get(lang))];
    for table in tables {
        let Table { name, rows: all } = table;
        let (count, width) = (all.len(), width(table));
        let head = Said::new(
            format!("“{}”：{count} 行，{width} 列", visible(name)),
            format!(
                "\"{}\": {}, {}",
                visible(name),
                plural(count, "row", "rows"),
                plural(width, "column", "columns")
            ),
        );
        lines.push(head.get(lang));
        for Row { number, cells } in all.iter().take(rows) {
            let cells: Vec<String> = cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(column, cell)| format!("{}={}", column_name(column), visible(cell)))
                .collect();
            lines.push(format!("  {number}  {}", cells.join("  ")));
        }
        if let Some(more) = count.checked_sub(rows).filter(|more| *more > 0) {
            let en = format!("  … {}", plural(more, "more row", "more rows"));
            lines.push(Said::new(format!("  …… 还有 {more} 行"), en).get(lang));
        }
    }
    lines.join("\n") + "\n"
}

fn width(table: &Table) -> usize {
    table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

fn book_json(file: &Path, book: &Book, rows: usize) -> Value {
    let tables: Vec<Value> = book
        .tables
        .iter()
        .map(|table| {
            json!({
                "name": table.name,
                "rows": table.rows.len(),
                "columns": width(table),
                "first": table
                    .rows
                    .iter()
                    .take(rows)
                    .map(|Row { number, cells }| json!({"row": number, "cells": cells}))
                    .collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({"ok": true, "file": file.display().to_string(), "format": book.format, "tables": tables})
}
