//! stub
use crate::time::*; use crate::holidays::Holidays; use crate::text::Text;
#[derive(Debug, Clone, PartialEq)] pub struct Hours;
#[derive(Debug, Clone, PartialEq, Eq)] pub struct HoursError;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)] pub enum UnknownReason { HolidayTableEnds { date: Date }, TimesNotGiven }
#[derive(Debug, Clone, Copy, PartialEq, Eq)] pub enum OpenState { OpenAlways, Open { until: LocalDateTime }, OpenUntilUnknown, Closed { opens: Option<LocalDateTime> }, Unknown(UnknownReason) }
pub struct Span; impl Span { pub fn start(&self) -> u32 { 0 } pub fn end(&self) -> u32 { 0 } }
pub enum DayState { Open(Vec<Span>), AllDay, Closed, TimesUnknown, Unknown(UnknownReason) }
pub struct DayHours; impl DayHours { pub fn date(&self) -> Date { Date::parse("").unwrap() } pub fn name(&self) -> Option<&Text> { None } pub fn state(&self) -> &DayState { &DayState::Closed } }
impl Hours { pub fn parse(_: &str) -> Result<Self, HoursError> { Err(HoursError) } pub fn state(&self, _: LocalDateTime, _: &Holidays) -> OpenState { OpenState::OpenAlways } pub fn is_always(&self) -> bool { true } pub fn week(&self, _: Date, _: &Holidays) -> [DayHours; 7] { unimplemented!() } }
