//! Which days are holidays: the table the State Council publishes each year, as data.
//!
//! Days outside the table are not guessed. The holidays of a year are fixed in the November before it, and which
//! weekends become working days (调休) cannot be computed.

use crate::text::Text;
use crate::time::Date;
use crate::wire::{Reader, Wire, Writer, wire};

/// Holidays and make-up working days between two dates. The default covers nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holidays {
    /// First and last day covered.
    covered: Option<(Date, Date)>,
    /// Each date once, in order.
    named: Vec<NamedDay>,
}

#[derive(Clone, Debug, PartialEq)]
struct NamedDay {
    date: Date,
    off: bool,
    name: Text,
}

/// What a day is, to somebody who works office hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Monday to Friday, and nothing special.
    Workday,
    /// Saturday or Sunday, and nothing special.
    Weekend,
    /// A day off by the table, whichever day of the week.
    Holiday,
    /// A working day by the table, as a rule on a weekend (调休上班).
    MakeUpWorkday,
    /// The table does not reach this day.
    NotCovered,
}

/// Which of the table's two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HolidayList {
    /// The days off.
    Holidays,
    /// The make-up working days.
    Workdays,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolidayError {
    /// The last day covered is before the first.
    RangeReversed,
    /// A day lies outside the days covered.
    Outside {
        /// The day.
        date: Date,
        /// Where it is listed.
        list: HolidayList,
    },
    /// A day is listed twice.
    Twice {
        /// The day.
        date: Date,
        /// Where it is listed again; a day in both lists is blamed on the working days.
        list: HolidayList,
    },
}

impl HolidayError {
    /// The field of `holidays.json` to correct.
    pub fn field(&self) -> &'static str {
        match self {
            Self::RangeReversed => "through",
            Self::Outside { list: HolidayList::Holidays, .. }
            | Self::Twice { list: HolidayList::Holidays, .. } => "holidays",
            Self::Outside { list: HolidayList::Workdays, .. }
            | Self::Twice { list: HolidayList::Workdays, .. } => "workdays",
        }
    }
}

wire! { NamedDay { date, off, name } }

impl Wire for Holidays {
    fn put(&self, out: &mut Writer) {
        self.covered.put(out);
        self.named.put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let table = Self { covered: Wire::take(from), named: Wire::take(from) };
        if !table.named.is_sorted_by(|day, next| day.date < next.date) {
            from.fail();
        }
        table
    }
}

impl Holidays {
    /// A table that knows every day from `from` to `through`, both included.
    pub fn new(
        from: Date,
        through: Date,
        holidays: Vec<(Date, Text)>,
        workdays: Vec<(Date, Text)>,
    ) -> Result<Self, HolidayError> {
        if through < from {
            return Err(HolidayError::RangeReversed);
        }
        let mut named: Vec<NamedDay> = Vec::with_capacity(holidays.len() + workdays.len());
        for (list, days) in [(HolidayList::Holidays, holidays), (HolidayList::Workdays, workdays)] {
            for (date, name) in days {
                if date < from || through < date {
                    return Err(HolidayError::Outside { date, list });
                }
                let Err(index) = named.binary_search_by_key(&date, |day| day.date) else {
                    return Err(HolidayError::Twice { date, list });
                };
                named.insert(index, NamedDay { date, off: list == HolidayList::Holidays, name });
            }
        }
        Ok(Self { covered: Some((from, through)), named })
    }

    /// What `date` is.
    pub fn day_kind(&self, date: Date) -> DayKind {
        match (self.covered, self.named(date)) {
            (_, Some(day)) if day.off => DayKind::Holiday,
            (_, Some(_)) => DayKind::MakeUpWorkday,
            (Some((from, through)), None) if from <= date && date <= through => {
                if date.weekday().is_weekend() { DayKind::Weekend } else { DayKind::Workday }
            }
            _ => DayKind::NotCovered,
        }
    }

    /// The name of the holiday on `date`, or of the holiday for which it is a working day.
    pub fn name(&self, date: Date) -> Option<&Text> {
        self.named(date).map(|day| &day.name)
    }

    /// The last day covered.
    pub fn through(&self) -> Option<Date> {
        self.covered.map(|(_, through)| through)
    }

    fn named(&self, date: Date) -> Option<&NamedDay> {
        let index = self.named.binary_search_by_key(&date, |day| day.date).ok()?;
        self.named.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn table(
        from: &str,
        through: &str,
        holidays: &[&str],
        workdays: &[&str],
    ) -> Result<Holidays, HolidayError> {
        let named = |days: &[&str]| days.iter().map(|day| (date(day), Text::zh(*day))).collect();
        Holidays::new(date(from), date(through), named(holidays), named(workdays))
    }

    #[test]
    fn the_table_is_checked() {
        let check = |from, through, holidays: &[&str], workdays: &[&str], error: HolidayError, field| {
            assert_eq!(error.field(), field);
            assert_eq!(table(from, through, holidays, workdays), Err(error));
        };
        let day = "2026-02-14";
        let date = date(day);
        let (off, work) = (HolidayList::Holidays, HolidayList::Workdays);
        check("2026-02-02", "2026-02-01", &[], &[], HolidayError::RangeReversed, "through");
        check("2026-01-01", "2026-02-13", &[day], &[], HolidayError::Outside { date, list: off }, "holidays");
        check(
            "2026-02-15",
            "2026-02-28",
            &[],
            &[day],
            HolidayError::Outside { date, list: work },
            "workdays",
        );
        check(day, day, &[day, day], &[], HolidayError::Twice { date, list: off }, "holidays");
        check(day, day, &[day], &[day], HolidayError::Twice { date, list: work }, "workdays");
    }

    #[test]
    fn days_have_kinds_and_names() {
        let table =
            table("2026-02-09", "2026-02-20", &["2026-02-16", "2026-02-15"], &["2026-02-14"]).unwrap();
        for (day, kind) in [
            ("2026-02-08", DayKind::NotCovered),
            ("2026-02-09", DayKind::Workday),
            ("2026-02-13", DayKind::Workday),
            ("2026-02-14", DayKind::MakeUpWorkday),
            ("2026-02-15", DayKind::Holiday),
            ("2026-02-16", DayKind::Holiday),
            ("2026-02-17", DayKind::Workday),
            ("2026-02-20", DayKind::Workday),
            ("2026-02-21", DayKind::NotCovered),
        ] {
            assert_eq!(table.day_kind(date(day)), kind, "{day}");
        }
        assert_eq!(table.name(date("2026-02-15")), Some(&Text::zh("2026-02-15")));
        assert_eq!(table.name(date("2026-02-13")), None);
        assert_eq!(table.through(), Some(date("2026-02-20")));
    }

    #[test]
    fn the_default_knows_nothing() {
        let table = Holidays::default();
        assert_eq!(table.day_kind(date("2026-02-14")), DayKind::NotCovered);
        assert_eq!((table.through(), table.name(date("2026-02-14"))), (None, None));
    }
}
