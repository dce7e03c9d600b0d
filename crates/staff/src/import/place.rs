//! Where a station is, as people write it: two numbers in either order, and a city and a district in an address.

/// Degrees east and north, in whatever datum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degrees {
    /// Degrees east.
    pub lng: f64,
    /// Degrees north.
    pub lat: f64,
}

/// Degrees in a cell: `123.4567`, `东经123.4567°`, `123°27'24.1"E`; none for anything else.
pub fn degrees(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let south_or_west = cell.contains(['S', 'W', '南', '西']) && !cell.contains(['N', 'E', '北', '东']);
    let kept: String = cell
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '．' => '.',
            '－' => '-',
            other => other,
        })
        .filter(|c| !matches!(c, '东' | '西' | '南' | '北' | '经' | '纬' | 'E' | 'W' | 'N' | 'S'))
        .collect();
    let mut parts = kept
        .split(['°', '度', '\'', '′', '’', '分', '"', '″', '”', '秒'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let mut total = 0.0;
    let mut negative = south_or_west;
    for unit in [1.0, 60.0, 3600.0] {
        let Some(part) = parts.next() else { break };
        let number: f64 = part.parse().ok().filter(|number: &f64| number.is_finite())?;
        negative |= number < 0.0;
        if unit > 1.0 && !(0.0..60.0).contains(&number) {
            return None;
        }
        total += number.abs() / unit;
    }
    let nothing_left = parts.next().is_none();
    (nothing_left && !kept.is_empty()).then_some(if negative { -total } else { total })
}

/// Both numbers of one cell, in either order: in and around China a longitude is above 60 and a latitude is not.
pub fn point(cell: &str) -> Option<Degrees> {
    let cell = cell.trim().trim_matches(['(', ')', '（', '）', '[', ']']);
    let mut parts =
        cell.split([',', '，', ';', '；', '、', ' ', '\t']).filter(|part| !part.trim().is_empty());
    let (first, second) = (degrees(parts.next()?)?, degrees(parts.next()?)?);
    if parts.next().is_some() {
        return None;
    }
    Some(if first.abs() > 60.0 {
        Degrees { lng: first, lat: second }
    } else {
        Degrees { lng: second, lat: first }
    })
}

/// City and district at the beginning of an address: 辽宁省沈阳市铁西区启工街 → 沈阳市, 铁西区.
pub fn area(address: &str) -> (Option<String>, Option<String>) {
    /// Most characters of a city's or a district's name.
    const LONGEST: usize = 12;
    let rest = address.trim();
    let rest = rest.split_once('省').map_or(
        rest,
        |(province, after)| {
            if province.chars().count() <= 3 { after } else { rest }
        },
    );
    let up_to = |text: &str, ends: &[char]| {
        let (at, end) = text.char_indices().take(LONGEST).find(|(at, c)| *at >= 6 && ends.contains(c))?;
        Some(text.split_at(at + end.len_utf8())).map(|(name, after)| (name.to_owned(), after.to_owned()))
    };
    match up_to(rest, &['市', '盟', '州']) {
        Some((city, after)) => {
            let district = up_to(&after, &['区', '县', '市', '旗']).map(|(district, _)| district);
            (Some(city), district)
        }
        None => (None, up_to(rest, &['区', '县', '旗']).map(|(district, _)| district)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (cell, expected) in [
            ("123.4567", 123.4567),
            (" 41.8° ", 41.8),
            ("东经123.5", 123.5),
            ("123°30'36\"E", 123.51),
            ("北纬41度30分", 41.5),
            ("１２３．５", 123.5),
            ("-12.5", -12.5),
            ("12.5°S", -12.5),
        ] {
            let found = degrees(cell).unwrap();
            assert!((found - expected).abs() < 1e-9, "{cell}: {found}");
        }
        for cell in ["", "abc", "NaN", "inf", "1e999", "12°70'", "1 2 3", "12°1'1\"1", "-"] {
            assert_eq!(degrees(cell), None, "{cell}");
        }
    }

    #[test]
    fn points_in_either_order() {
        let here = Some(Degrees { lng: 123.4, lat: 41.8 });
        for cell in ["123.4,41.8", "41.8，123.4", "(123.4 41.8)", "41.8;123.4"] {
            assert_eq!(point(cell), here, "{cell}");
        }
        for cell in ["123.4", "123.4,41.8,5", "a,b", ""] {
            assert_eq!(point(cell), None, "{cell}");
        }
    }

    #[test]
    fn areas_of_addresses() {
        for (address, city, district) in [
            ("辽宁省沈阳市铁西区启工街1号", Some("沈阳市"), Some("铁西区")),
            ("沈阳市浑南区浑河站东街道", Some("沈阳市"), Some("浑南区")),
            ("丹东市凤城市凤凰城街道", Some("丹东市"), Some("凤城市")),
            ("铁岭市昌图县宝力镇", Some("铁岭市"), Some("昌图县")),
            ("浑南区沈中大街", None, Some("浑南区")),
            ("启工街1号", None, None),
            ("", None, None),
        ] {
            let found = area(address);
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (city, district), "{address}");
        }
    }
}
