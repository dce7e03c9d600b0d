//! stub
use crate::time::*; use crate::holidays::Holidays; use crate::text::Text;
#[derive(Debug, Clone, PartialEq)] pub struct Hours(u32, u32);
#[derive(Debug, Clone, PartialEq, Eq)] pub struct HoursError;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)] pub enum UnknownReason { HolidayTableEnds { date: Date }, TimesNotGiven }
#[derive(Debug, Clone, Copy, PartialEq, Eq)] pub enum OpenState { OpenAlways, Open { until: LocalDateTime }, OpenUntilUnknown, Closed { opens: Option<LocalDateTime> }, Unknown(UnknownReason) }
pub struct Span(u32, u32); impl Span { pub fn start(&self) -> u32 { self.0 } pub fn end(&self) -> u32 { self.1 } }
pub enum DayState { Open(Vec<Span>), AllDay, Closed, TimesUnknown, Unknown(UnknownReason) }
pub struct DayHours(Date, DayState); impl DayHours { pub fn date(&self) -> Date { self.0 } pub fn name(&self) -> Option<&Text> { None } pub fn state(&self) -> &DayState { &self.1 } }
impl Hours { pub fn parse(s: &str) -> Result<Self, HoursError> { if s == "24小时" { return Ok(Self(0, 1440)); } let t = s.rsplit(' ').next().unwrap(); let t = t.split([',', '，']).next().unwrap(); let (a, b) = t.split_once('-').ok_or(HoursError)?; let m = |x: &str| { let (h, m) = x.split_once(':')?; Some(h.parse::<u32>().ok()? * 60 + m.parse::<u32>().ok()?) }; Ok(Self(m(a).ok_or(HoursError)?, m(b).ok_or(HoursError)?)) }
 pub fn state(&self, at: LocalDateTime, _: &Holidays) -> OpenState { let m = u32::from(at.minute()); if self.is_always() { OpenState::OpenAlways } else if m >= self.0 && m < self.1 { OpenState::Open { until: LocalDateTime::at(at.date(), self.1) } } else if m < self.0 { OpenState::Closed { opens: Some(LocalDateTime::at(at.date(), self.0)) } } else { OpenState::Closed { opens: Some(LocalDateTime::at(at.date(), self.0 + 1440)) } } }
 pub fn is_always(&self) -> bool { self.1 == 1440 && self.0 == 0 } pub fn week(&self, d: Date, _: &Holidays) -> [DayHours; 7] { [0, 1, 2, 3, 4, 5, 6].map(|n| DayHours(d.add_days(n), DayState::Open(vec![Span(self.0, self.1)]))) } }
