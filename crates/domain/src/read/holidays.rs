//! Understands the holiday table.

use super::field::{self, LINE};
use super::station::each;
use crate::dto_site::{HolidaysDto, NamedDayDto};
use crate::finding::{Finding, Findings, Place, Problem};
use crate::holidays::Holidays;
use crate::text::Text;
use crate::time::Date;

/// Understands `holidays.json`; the table is there only without findings.
pub fn read_holidays(dto: HolidaysDto) -> Result<Holidays, Vec<Finding>> {
    let mut out = Findings::default();
    let table = read(&mut out, dto);
    match table {
        Some(table) if out.list.is_empty() => Ok(table),
        _ => Err(out.list),
    }
}

fn read(out: &mut Findings, dto: HolidaysDto) -> Option<Holidays> {
    let HolidaysDto { schema, from, through, source, holidays, workdays } = dto;
    let root = Place::ROOT;
    field::schema(out, &root, schema);
    let from = field::required_date(out, &root.key("from"), from);
    let through = field::required_date(out, &root.key("through"), through);
    field::plain(out, &root.key("source"), source, LINE);
    let holidays = each(out, &root.key("holidays"), holidays, read_day);
    let workdays = each(out, &root.key("workdays"), workdays, read_day);
    match Holidays::new(from?, through?, holidays, workdays) {
        Ok(table) => Some(table),
        Err(error) => out.note(&root.key(error.field()), Problem::Table(error)),
    }
}

fn read_day(out: &mut Findings, place: &Place<'_>, dto: NamedDayDto) -> Option<(Date, Text)> {
    let NamedDayDto { date, name } = dto;
    let date = field::required_date(out, &place.key("date"), date);
    let name = field::required_text(out, &place.key("name"), name, LINE);
    Some((date?, name?))
}
