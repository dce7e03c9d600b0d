//! A cell's value as the text that a person sees.

use calamine::{DataType, ExcelDateTime};
use domain::time::Date;

/// The text of a cell of a workbook. Formats other than those of dates and times are not followed: 12% is 0.12.
pub(super) fn text(cell: &impl DataType) -> String {
    if let Some(text) = cell.get_string() {
        text.to_owned()
    } else if let Some(number) = cell.get_float() {
        self::number(number)
    } else if let Some(number) = cell.get_int() {
        number.to_string()
    } else if let Some(value) = cell.get_bool() {
        if value { "TRUE" } else { "FALSE" }.to_owned()
    } else if let Some(moment) = cell.get_datetime() {
        self::moment(&moment)
    } else if let Some(written) = cell.get_datetime_iso().or_else(|| cell.get_duration_iso()) {
        written.replace('T', " ")
    } else if let Some(error) = cell.get_error() {
        error.to_string()
    } else {
        String::new()
    }
}

/// A number with the 15 digits that Excel shows, without the noise behind them.
pub(super) fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded == 0.0 {
        "0".to_owned()
    } else if (1e-9..1e21).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// A day, a day with a time, or a time alone, as Excel keeps them: days since an epoch, and a part of a day.
fn moment(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    // Year 9999 ends there; what is beyond is no date.
    if !(0.0..2_958_466.0).contains(&value) {
        return number(value);
    }
    // To the minute: parts of a day are no round numbers.
    let minutes = (value * 1440.0).round();
    let (days, minute) = ((minutes / 1440.0).floor(), minutes.rem_euclid(1440.0));
    let time = format!("{:02}:{:02}", (minute / 60.0).floor(), minute % 60.0);
    if moment.is_duration() {
        return format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    if value < 1.0 && days == 0.0 {
        return time;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    // The parser rounds down; 23:59:59.999 is noise of the next day.
    let carried = i32::from(days > value.floor());
    match Date::new(i32::from(year), month, day) {
        Some(date) if minute == 0.0 => date.add_days(carried).to_string(),
        Some(date) => format!("{} {time}", date.add_days(carried)),
        None => number(value),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, ExcelDateTimeType};

    use super::*;

    #[test]
    fn numbers_without_noise() {
        let cases = [
            (123.4, "123.4"),
            (123.399_999_999_999_99, "123.4"),
            (0.1 + 0.2, "0.3"),
            (41.805_123_456_789, "41.805123456789"),
            (13_800_000_000.0, "13800000000"),
            (2.0, "2"),
            (-0.0, "0"),
            (1e300, "1e300"),
            (f64::INFINITY, "inf"),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&Data::Float(value)), expected);
        }
        assert_eq!(text(&Data::Int(-5)), "-5");
    }

    #[test]
    fn days_and_times() {
        let kind = ExcelDateTimeType::DateTime;
        let cases = [
            (46_346.0, kind, false, "2026-11-20"),
            (46_346.0 - 1462.0, kind, true, "2026-11-20"),
            (46_346.375, kind, false, "2026-11-20 09:00"),
            // 08:30 as a part of a day is no round number.
            (46_346.0 + 8.5 / 24.0, kind, false, "2026-11-20 08:30"),
            (46_345.999_999_99, kind, false, "2026-11-20"),
            (0.375, kind, false, "09:00"),
            (0.999_999_9, kind, false, "1900-01-01"),
            (0.0, kind, false, "00:00"),
            (1.5, ExcelDateTimeType::TimeDelta, false, "36:00"),
            (-1.0, kind, false, "-1"),
            (3e9, kind, false, "3000000000"),
        ];
        for (value, kind, is_1904, expected) in cases {
            let cell = Data::DateTime(ExcelDateTime::new(value, kind, is_1904));
            assert_eq!(text(&cell), expected, "{value}");
        }
        assert_eq!(text(&Data::DateTimeIso("2026-11-20T09:00".into())), "2026-11-20 09:00");
    }

    #[test]
    fn other_values() {
        assert_eq!(text(&Data::Bool(true)), "TRUE");
        assert_eq!(text(&Data::Error(calamine::CellErrorType::NA)), "#N/A");
        assert_eq!(text(&Data::Empty), "");
        assert_eq!(text(&Data::String(" 驿站 ".into())), " 驿站 ");
    }
}
