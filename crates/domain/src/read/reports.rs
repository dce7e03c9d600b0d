//! Understands what riders said.

use std::collections::BTreeMap;

use super::field;
use super::station::{each, read_id};
use crate::dto_report::{DroppedDto, ReportDto, ReportsDto};
use crate::finding::{Finding, Findings, Place, Problem};
use crate::patch::Uuid;
use crate::report::{Dropped, Kind, Received, Report, Reports};

/// Understands `reports.json`; the reports are there only without findings.
pub fn read_reports(dto: ReportsDto) -> Result<Reports, Vec<Finding>> {
    let mut out = Findings::default();
    let reports = read(&mut out, dto);
    if out.list.is_empty() { Ok(reports) } else { Err(out.list) }
}

fn read(out: &mut Findings, dto: ReportsDto) -> Reports {
    let ReportsDto { schema, reports, answers, dropped } = dto;
    let root = Place::ROOT;
    field::schema(out, &root, schema);
    let place = root.key("reports");
    note_repeated(out, &place, reports.as_deref().unwrap_or_default());
    let list = each(out, &place, reports, read_report);
    let place = root.key("answers");
    let mut known = BTreeMap::new();
    for (id, at) in answers.unwrap_or_default() {
        let place = place.key(&id);
        let at = out.require(&place, at);
        let at = field::moment(out, &place, at);
        known.extend(read_id(out, &place, Some(id.clone())).zip(at));
    }
    let place = root.key("dropped");
    let mut gone = BTreeMap::new();
    for (id, dto) in dropped.unwrap_or_default() {
        let place = place.key(&id);
        let dto = out.require(&place, dto).and_then(|dto| read_dropped(out, &place, dto));
        gone.extend(read_id(out, &place, Some(id.clone())).zip(dto));
    }
    Reports { list, answers: known, dropped: gone }
}

fn read_dropped(out: &mut Findings, place: &Place<'_>, dto: DroppedDto) -> Option<Dropped> {
    let DroppedDto { count, last } = dto;
    let count = out.require(&place.key("count"), count);
    let last = out.require(&place.key("last"), last);
    let last = field::moment(out, &place.key("last"), last);
    Some(Dropped { count: count?, last: last? })
}

fn read_report(out: &mut Findings, place: &Place<'_>, dto: ReportDto) -> Option<Received> {
    let ReportDto { uuid, station, kind, text, at, counted } = dto;
    out.station.clone_from(&station);
    let uuid = read_uuid(out, &place.key("uuid"), uuid);
    let station = read_id(out, &place.key("station"), station);
    let kind = field::required_word(out, &place.key("kind"), kind, Kind::from_word, Kind::WORDS);
    let at = out.require(&place.key("at"), at);
    let at = field::moment(out, &place.key("at"), at);
    // Judged also where the rest is wrong, so that all of it is told at once.
    let text = text.unwrap_or_default();
    let judged = Report::judge(&text).map_err(|problem| out.note::<()>(&place.key("text"), problem));
    out.station = None;
    judged.ok()?;
    let report = Report::new(uuid?, station?, kind?, &text).ok()?;
    Some(Received { report, at: at?, counted: counted.unwrap_or(true) })
}

fn read_uuid(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<Uuid> {
    let value = out.require(place, value)?;
    match Uuid::parse(&value) {
        None => out.note(place, Problem::BadUuid(value)),
        some => some,
    }
}

/// One that stands twice would make one rider two.
fn note_repeated(out: &mut Findings, place: &Place<'_>, reports: &[ReportDto]) {
    let mut first: BTreeMap<Uuid, usize> = BTreeMap::new();
    for (index, dto) in reports.iter().enumerate() {
        let Some(uuid) = dto.uuid.as_deref().and_then(Uuid::parse) else { continue };
        if let Some(&before) = first.get(&uuid) {
            let before = place.index(before).to_string();
            out.note::<()>(&place.index(index).key("uuid"), Problem::Duplicate { first: before });
        } else {
            first.insert(uuid, index);
        }
    }
}
