//! Days and minutes of local time, without a clock and without a time zone.
//!
//! A place keeps one offset from UTC all year (China has no summer time), so local time is UTC shifted by a
//! constant that the caller gives, and minutes can be added and compared as numbers.
//!
//! Between calendar and day count: `days_from_civil` and `civil_from_days` of Howard Hinnant,
//! "chrono-Compatible Low-Level Date Algorithms", <https://howardhinnant.github.io/date_algorithms.html>.

use std::fmt;

/// Minutes in a day.
pub const DAY_MINUTES: u32 = 1440;

/// Days from 0000-03-01, where Hinnant's years begin, to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days in the 400 years after which the Gregorian calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 1970-01-01.
    days: i32,
}

/// A day of the week, Monday first as in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 周一
    Monday,
    /// 周二
    Tuesday,
    /// 周三
    Wednesday,
    /// 周四
    Thursday,
    /// 周五
    Friday,
    /// 周六
    Saturday,
    /// 周日
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Saturday or Sunday.
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

impl Date {
    /// 1970-01-01.
    pub(crate) const EPOCH: Self = Self { days: 0 };

    /// The day `day` (from 1) of `month` (from 1) of `year`; None where the calendar has no such day, and outside
    /// the years 0 to 9999 that four digits can write.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(0..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day < 1
            || day > month_days(year, month)
        {
            return None;
        }
        i32::try_from(days_from_civil(year, month, day)).ok().map(|days| Self { days })
    }

    /// `YYYY-MM-DD`, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let year = i32::from(two_digits(y1, y2)?) * 100 + i32::from(two_digits(y3, y4)?);
        Self::new(year, two_digits(m1, m2)?, two_digits(d1, d2)?)
    }

    /// The day `days` later (earlier, if negative). Stops at the ends of what can be counted, millions of years off.
    #[must_use]
    pub const fn add_days(self, days: i32) -> Self {
        Self { days: self.days.saturating_add(days) }
    }

    /// How many days this is after `earlier`; negative if it is before.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.days.saturating_sub(earlier.days)
    }

    /// The year.
    pub fn year(self) -> i32 {
        civil_from_days(self.days).0
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        civil_from_days(self.days).1
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        civil_from_days(self.days).2
    }

    /// The month and the day of the month.
    pub(crate) fn month_day(self) -> (u8, u8) {
        let (_, month, day) = civil_from_days(self.days);
        (month, day)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, three days after a Monday.
        match (i64::from(self.days) + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.days);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A minute of a day in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    date: Date,
    /// Below 1440.
    minute: u16,
}

impl LocalDateTime {
    /// The minute at which `date` begins.
    pub const fn midnight(date: Date) -> Self {
        Self { date, minute: 0 }
    }

    /// The minute that begins `minute` minutes after midnight of `date`; past 1440 it is on a later day.
    pub fn at(date: Date, minute: u32) -> Self {
        let days = i32::try_from(minute / DAY_MINUTES).unwrap_or(i32::MAX);
        Self { date: date.add_days(days), minute: u16::try_from(minute % DAY_MINUTES).unwrap_or(0) }
    }

    /// `YYYY-MM-DDTHH:MM`, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let &[h1, h2, b':', m1, m2] = time.as_bytes() else {
            return None;
        };
        let (hour, minute) = (u16::from(two_digits(h1, h2)?), u16::from(two_digits(m1, m2)?));
        let date = Date::parse(date)?;
        (hour < 24 && minute < 60).then_some(Self { date, minute: hour * 60 + minute })
    }

    /// Local time at `seconds` after 1970-01-01T00:00Z in a place `offset_minutes` ahead of UTC.
    pub fn from_unix(seconds: i64, offset_minutes: i32) -> Self {
        let minutes = seconds.div_euclid(60) + i64::from(offset_minutes);
        let days = minutes.div_euclid(i64::from(DAY_MINUTES));
        let minute = minutes.rem_euclid(i64::from(DAY_MINUTES));
        let end = if days < 0 { i32::MIN } else { i32::MAX };
        Self {
            date: Date { days: i32::try_from(days).unwrap_or(end) },
            minute: u16::try_from(minute).unwrap_or(0),
        }
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// Minutes since midnight, below 1440.
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// Minutes from here to `other`; negative if `other` is earlier.
    pub fn minutes_until(self, other: Self) -> i64 {
        let days = i64::from(other.date.days) - i64::from(self.date.days);
        days * i64::from(DAY_MINUTES) + i64::from(other.minute) - i64::from(self.minute)
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date, self.minute / 60, self.minute % 60)
    }
}

/// The number of days in `month` (1 to 12) of `year`.
pub(crate) const fn month_days(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// Days from 1970-01-01. The year begins in March here, so that the leap day is its last.
fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    year.div_euclid(400) * ERA_DAYS + day_of_era - EPOCH
}

/// Year, month and day of a count of days from 1970-01-01. Never inlined: it would be computed ahead where mostly nobody asks.
#[inline(never)]
#[expect(clippy::cast_possible_truncation, reason = "a day count of 32 bits has a year of fewer")]
#[expect(clippy::cast_sign_loss, reason = "months and days are positive")]
const fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let days = days as i64 + EPOCH;
    let day_of_era = days.rem_euclid(ERA_DAYS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + days.div_euclid(ERA_DAYS) * 400 + (month <= 2) as i64;
    (year as i32, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let (mut day, mut weekday) = (date("1600-01-01"), 5);
        for year in 1600..2400 {
            for month in 1..=12 {
                for day_of_month in 1..=month_days(year, month) {
                    assert_eq!(Date::new(year, month, day_of_month), Some(day));
                    assert_eq!((day.year(), day.month(), day.day()), (year, month, day_of_month));
                    assert_eq!(day.weekday(), Weekday::ALL[weekday]);
                    (day, weekday) = (day.add_days(1), (weekday + 1) % 7);
                }
            }
        }
        assert_eq!(day.days_since(date("1600-01-01")), 2 * 146_097);
    }

    #[test]
    fn dates_are_read_strictly() {
        assert_eq!(date("1970-01-01").days, 0);
        assert_eq!(date("2026-11-23").to_string(), "2026-11-23");
        assert_eq!(date("0000-01-01").to_string(), "0000-01-01");
        for text in [
            "",
            "2026-11-3",
            "2026-1-03",
            "26-11-23",
            "2026-11-31",
            "2026-02-29",
            "1900-02-29",
            "2026-00-01",
            "2026-13-01",
            "2026-01-00",
            "+026-01-01",
            "2026/01/01",
            " 2026-01-01",
            "2026-01-01 ",
            "２026-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2000-02-29").is_some());
        assert_eq!(Date::new(10_000, 1, 1), None);
    }

    #[test]
    fn minutes_are_read_strictly() {
        let at = LocalDateTime::parse("2026-11-23T15:07").unwrap();
        assert_eq!(
            (at.date(), at.minute(), at.to_string().as_str()),
            (date("2026-11-23"), 907, "2026-11-23T15:07")
        );
        for text in [
            "2026-11-23",
            "2026-11-23T",
            "2026-11-23T24:00",
            "2026-11-23T12:60",
            "2026-11-23T1:00",
            "2026-11-23 12:00",
            "2026-11-23T12:00:00",
            "2026-11-31T12:00",
            "2026-11-23T+1:00",
        ] {
            assert_eq!(LocalDateTime::parse(text), None, "{text}");
        }
    }

    #[test]
    fn unix_seconds_become_local_minutes() {
        let check = |seconds, offset, expected| {
            assert_eq!(LocalDateTime::from_unix(seconds, offset).to_string(), expected, "{seconds} {offset}");
        };
        check(0, 0, "1970-01-01T00:00");
        check(-1, 0, "1969-12-31T23:59");
        check(59, 480, "1970-01-01T08:00");
        check(1_763_827_199, 480, "2025-11-22T23:59");
        check(1_763_827_200, 480, "2025-11-23T00:00");
        check(0, -1, "1969-12-31T23:59");
        // The ends of the scale stay on it.
        assert!(LocalDateTime::from_unix(i64::MIN, 0) < LocalDateTime::from_unix(i64::MAX, 0));
        assert!(LocalDateTime::from_unix(i64::MAX, 0).date().year() > 5_000_000);
        assert!(LocalDateTime::from_unix(i64::MIN, 0).to_string().starts_with('-'));
    }

    #[test]
    fn minutes_past_midnight_belong_to_the_next_day() {
        let day = date("2026-12-31");
        assert_eq!(LocalDateTime::at(day, 0), LocalDateTime::midnight(day));
        assert_eq!(LocalDateTime::at(day, 1439).to_string(), "2026-12-31T23:59");
        assert_eq!(LocalDateTime::at(day, 1440).to_string(), "2027-01-01T00:00");
        assert_eq!(LocalDateTime::at(day, 1560).to_string(), "2027-01-01T02:00");
        assert_eq!(LocalDateTime::midnight(day).minutes_until(LocalDateTime::at(day, 1560)), 1560);
        assert_eq!(LocalDateTime::at(day, 1560).minutes_until(LocalDateTime::midnight(day)), -1560);
    }
}
