//! stub
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)] pub struct Date(i32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)] pub enum Weekday { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday }
impl Date { pub fn parse(_: &str) -> Option<Self> { None } pub const fn add_days(self, n: i32) -> Self { Self(self.0 + n) } pub fn days_since(self, o: Self) -> i32 { self.0 - o.0 } pub fn year(self) -> i32 { 0 } pub fn month(self) -> u8 { 0 } pub fn day(self) -> u8 { 0 } pub fn weekday(self) -> Weekday { Weekday::Monday } }
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)] pub struct LocalDateTime(Date, u16);
impl LocalDateTime { pub const fn midnight(d: Date) -> Self { Self(d, 0) } pub fn parse(_: &str) -> Option<Self> { None } pub fn date(self) -> Date { self.0 } pub fn minute(self) -> u16 { self.1 } pub fn from_unix(_: i64, _: i32) -> Self { Self(Date(0), 0) } }
impl core::fmt::Display for LocalDateTime { fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { f.write_str("") } }
