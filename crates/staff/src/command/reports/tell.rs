//! What is told of riders' reports. Their texts are strangers': everything of them is made visible first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use domain::report::{Dropped, Heard, Received, Report, Reports};
use domain::time::Date;
use serde_json::{Value, json};

use crate::words::{Lang, Said, report as say, visible, visible_whole};

/// The reports of a station, newest first.
struct Station<'a> {
    id: &'a str,
    name: &'a str,
    heard: Option<Heard>,
    list: Vec<&'a Received>,
    answered: Option<String>,
}

/// What a list shows: the station with the newest report first.
pub(super) struct Shown<'a> {
    stations: Vec<Station<'a>>,
    /// What was too much to be kept, by station.
    dropped: Vec<(&'a str, Dropped)>,
    today: Date,
}

impl<'a> Shown<'a> {
    /// Of all reports, those that are wanted, and what was too much to be kept, of one station where one is named.
    pub(super) fn new(
        reports: &'a Reports,
        names: &'a BTreeMap<String, String>,
        today: Date,
        only: Option<&str>,
        wanted: impl Fn(&Received) -> bool,
    ) -> Self {
        let heard = reports.heard();
        let mut by_station: BTreeMap<&str, Vec<&Received>> = BTreeMap::new();
        for one in reports.list.iter().filter(|one| wanted(one)) {
            by_station.entry(one.report.station().as_str()).or_default().push(one);
        }
        let station = |(id, mut list): (&'a str, Vec<&'a Received>)| {
            list.sort_by_key(|one| std::cmp::Reverse(one.at));
            let own = list.first().map(|one| one.report.station());
            Station {
                id,
                name: names.get(id).map_or("", String::as_str),
                heard: own.and_then(|own| heard.get(own).cloned()),
                answered: own
                    .and_then(|own| reports.answers.get(own))
                    .map(|at| at.to_string().replace('T', " ")),
                list,
            }
        };
        let mut stations: Vec<Station<'a>> = by_station.into_iter().map(station).collect();
        stations.sort_by_key(|station| std::cmp::Reverse(station.list.first().map(|one| one.at)));
        let dropped = reports.dropped.iter().map(|(id, dropped)| (id.as_str(), *dropped));
        let dropped = dropped.filter(|(id, _)| only.is_none_or(|only| only == *id)).collect();
        Self { stations, dropped, today }
    }

    /// In words.
    pub(super) fn write(&self, out: &mut impl Write, lang: Lang) -> io::Result<()> {
        if self.stations.is_empty() {
            writeln!(out, "{}", Said::new("没有反映", "no reports").get(lang))?;
        }
        for station in &self.stations {
            writeln!(out, "{} {}", visible(station.id), visible(station.name))?;
            if let Some(Heard { praise, told }) = &station.heard {
                for told in told.iter().filter(|told| told.is_fresh(self.today)) {
                    writeln!(out, "  ! {}", say::told(told).get(lang))?;
                }
                if *praise > 0 {
                    let said = Said::new(format!("五星好评 {praise}"), format!("praised by {praise}"));
                    writeln!(out, "  * {}", said.get(lang))?;
                }
            }
            if let Some(at) = &station.answered {
                let said = Said::new(format!("站长 {at} 回应过"), format!("the host answered {at}"));
                writeln!(out, "  = {}", said.get(lang))?;
            }
            for Received { report, at, counted } in &station.list {
                let at = at.to_string().replace('T', " ");
                let (kind, text) = (say::kind(report.kind()).get(lang), visible_whole(report.text()));
                let again = if *counted { String::new() } else { say::again().get(lang) };
                let line = format!("  {at}  {kind}{again}  {text}");
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        for (id, dropped) in &self.dropped {
            writeln!(out, "! {}", say::dropped(id, *dropped).get(lang))?;
        }
        Ok(())
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let station = |station: &Station<'_>| {
            let heard = station.heard.clone().unwrap_or_default();
            let told = heard.told.iter().filter(|told| told.is_fresh(self.today));
            json!({
                "station": station.id,
                "name": station.name,
                "praise": heard.praise,
                "shown": told.map(|told| json!({
                    "kind": told.kind.word(), "riders": told.riders, "last": told.last.to_string(),
                })).collect::<Vec<_>>(),
                "answered": station.answered.as_ref().map(|at| at.replace(' ', "T")),
                "reports": station.list.iter().map(|one| json!({
                    "at": one.at.to_string(),
                    "kind": one.report.kind().word(),
                    "text": one.report.text(),
                    "uuid": domain::report::digits(one.report.uuid()),
                    "counted": one.counted,
                })).collect::<Vec<_>>(),
            })
        };
        let stations: Vec<Value> = self.stations.iter().map(station).collect();
        let dropped = self.dropped.iter().map(
            |(id, Dropped { count, last })| json!({"station": id, "count": count, "last": last.to_string()}),
        );
        json!({"ok": true, "stations": stations, "dropped": dropped.collect::<Vec<_>>()})
    }
}

/// What was taken in from a chat.
pub(super) struct Added<'a> {
    pub(super) new: &'a [Report],
    pub(super) again: usize,
    pub(super) refused: &'a [(usize, Said)],
    pub(super) names: &'a BTreeMap<String, String>,
}

impl Added<'_> {
    /// In words.
    pub(super) fn write(&self, out: &mut impl Write, lang: Lang) -> io::Result<()> {
        for report in self.new {
            let id = report.station().as_str();
            let name = self.names.get(id).map_or("", String::as_str);
            let kind = say::kind(report.kind()).get(lang);
            let line = format!("+ {id} {}  {kind}  {}", visible(name), visible_whole(report.text()));
            writeln!(out, "{}", line.trim_end())?;
        }
        for (line, why) in self.refused {
            let said = Said::new(format!("第 {line} 行：{}", why.zh), format!("line {line}: {}", why.en));
            writeln!(out, "x {}", said.get(lang))?;
        }
        let (added, again, refused) = (self.new.len(), self.again, self.refused.len());
        let next = say::next();
        let (next_zh, next_en) = if added > 0 {
            (format!("；{}", next.zh), format!("; {}", next.en))
        } else {
            ("；什么也没写".to_owned(), "; nothing was written".to_owned())
        };
        let said = Said::new(
            format!("记下 {added} 条，{again} 条以前记过，{refused} 条没记{next_zh}"),
            format!("{added} taken in, {again} known before, {refused} refused{next_en}"),
        );
        writeln!(out, "{}", said.get(lang))
    }

    /// For programs.
    pub(super) fn json(&self, ok: bool) -> Value {
        let refused =
            self.refused.iter().map(|(line, why)| json!({"line": line, "zh": why.zh, "en": why.en}));
        let added = self.new.iter().map(|report| {
            json!({
                "uuid": domain::report::digits(report.uuid()),
                "station": report.station().as_str(),
                "kind": report.kind().word(),
                "text": report.text(),
            })
        });
        json!({
            "ok": ok,
            "added": added.collect::<Vec<_>>(),
            "again": self.again,
            "refused": refused.collect::<Vec<_>>(),
        })
    }
}
