//! The stations by city and district, each with a name for its address: `/list/shenyang/heping/`.
//!
//! A name is the pinyin of the place without the word for what it is (市, 区, 县). Where two places would have one name, both
//! get a few digits of their own hash behind it: an address never comes to mean another place.

use std::collections::HashMap;

use domain::station::{Location, Station};
use pinyin::ToPinyin as _;

use crate::hash::sha256_hex;

/// Digits behind a name that two places would share.
const DIGITS: usize = 4;
/// The longest name without such digits, in bytes: twice with them it is 40 at most, as servers' rules have it.
const LONGEST: usize = 30;
/// What places are called where it is not the first reading of their characters.
const READINGS: [(&str, &str); 15] = [
    ("重庆", "chongqing"),
    ("长", "chang"),
    ("厦", "xia"),
    ("蚌埠", "bengbu"),
    ("六安", "luan"),
    ("番禺", "panyu"),
    ("乐亭", "laoting"),
    ("西藏", "xizang"),
    ("单县", "shan"),
    ("尉犁", "yuli"),
    ("台州", "taizhou"),
    ("繁峙", "fanshi"),
    ("洪洞", "hongtong"),
    ("渑池", "mianchi"),
    ("黄陂", "huangpi"),
];

/// All stations, by city and district: places in the order in which the list first names them.
pub(super) struct Places<'a> {
    /// The cities.
    pub(super) cities: Vec<City<'a>>,
    /// City and district, by their names.
    known: HashMap<(&'a str, &'a str), (usize, usize)>,
}

/// A city.
pub(super) struct City<'a> {
    /// As people write it.
    pub(super) name: &'a str,
    /// For its address.
    pub(super) slug: String,
    /// Its districts.
    pub(super) districts: Vec<District<'a>>,
}

/// A district or county.
pub(super) struct District<'a> {
    /// As people write it.
    pub(super) name: &'a str,
    /// For its address.
    pub(super) slug: String,
    /// Its stations, in the list's order.
    pub(super) stations: Vec<&'a Station>,
}

impl<'a> Places<'a> {
    /// Sorts the stations.
    pub(super) fn new(stations: &'a [Station]) -> Self {
        let (mut cities, mut at): (Vec<City<'_>>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
        let mut known = HashMap::new();
        for station in stations {
            let Location { city, district, .. } = &station.location;
            let of_city = *at.entry(city).or_insert(cities.len());
            if of_city == cities.len() {
                cities.push(City { name: city, slug: String::new(), districts: Vec::new() });
            }
            let districts = &mut cities[of_city].districts;
            let key = (city.as_str(), district.as_str());
            let (_, of_district) = *known.entry(key).or_insert((of_city, districts.len()));
            if of_district == districts.len() {
                districts.push(District { name: district, slug: String::new(), stations: Vec::new() });
            }
            districts[of_district].stations.push(station);
        }
        let slugs = slugs(cities.iter().map(|city| city.name));
        for (city, slug) in cities.iter_mut().zip(slugs) {
            city.slug = slug;
            let slugs = self::slugs(city.districts.iter().map(|district| district.name));
            city.districts.iter_mut().zip(slugs).for_each(|(district, slug)| district.slug = slug);
        }
        Self { cities, known }
    }

    /// Every district, with its city.
    pub(super) fn districts(&self) -> impl Iterator<Item = (&City<'a>, &District<'a>)> {
        self.cities.iter().flat_map(|city| city.districts.iter().map(move |district| (city, district)))
    }

    /// Where a station of the list is.
    pub(super) fn of(&self, station: &Station) -> Option<(&City<'a>, &District<'a>)> {
        let Location { city, district, .. } = &station.location;
        let &(city, district) = self.known.get(&(city.as_str(), district.as_str()))?;
        let city = &self.cities[city];
        Some((city, &city.districts[district]))
    }
}

impl City<'_> {
    /// How many stations it has.
    pub(super) fn count(&self) -> usize {
        self.districts.iter().map(|district| district.stations.len()).sum()
    }

    /// The address of its page.
    pub(super) fn url(&self) -> String {
        format!("/list/{}/", self.slug)
    }
}

impl District<'_> {
    /// The address of its page, the first where there are several.
    pub(super) fn url(&self, city: &City<'_>) -> String {
        format!("/list/{}/{}/", city.slug, self.slug)
    }
}

/// The names of places for addresses, in their order.
fn slugs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let pairs: Vec<(&str, String)> = names.map(|name| (name, slug(name))).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, slug) in &pairs {
        *counts.entry(slug).or_default() += 1;
    }
    let unlike = |(name, slug): &(&str, String)| {
        if counts.get(slug.as_str()) == Some(&1) {
            return slug.clone();
        }
        format!("{slug}-{}", &sha256_hex(name.as_bytes())[..DIGITS])
    };
    pairs.iter().map(unlike).collect()
}

/// A place's name in letters, digits and dashes.
fn slug(name: &str) -> String {
    let is_long = name.chars().count() > 2;
    let mut rest = name.strip_suffix(['市', '区', '县']).filter(|_| is_long).unwrap_or(name);
    let mut out = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((known, reading)) = READINGS.iter().find(|(known, _)| rest.starts_with(known)) {
            out.push_str(reading);
            rest = &rest[known.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c.to_pinyin() {
            Some(reading) => out.push_str(&reading.plain().replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            None => {}
        }
    }
    let mut slug = out.trim_end_matches('-').to_owned();
    if slug.len() > LONGEST {
        // All of it is ASCII.
        slug.truncate(LONGEST);
        return format!("{slug}-{}", &sha256_hex(name.as_bytes())[..DIGITS]);
    }
    // A number would be taken for that of a page.
    if slug.is_empty() || slug.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("p{}", &sha256_hex(name.as_bytes())[..DIGITS])
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_readable_names() {
        for (name, expected) in [
            ("沈阳市", "shenyang"),
            ("和平区", "heping"),
            ("单县", "shan"),
            ("长海县", "changhai"),
            ("重庆市", "chongqing"),
            ("吕梁市", "lvliang"),
            ("宽甸满族自治县", "kuandianmanzuzizhi"),
            ("Heping District", "heping-district"),
            ("开发区（东）", "kaifaqu-dong"),
            ("区", "qu"),
            ("../..", "p0cfd"),
            ("12", "p6b51"),
            ("双江拉祜族佤族布朗族傣族自治县", "shuangjianglahuzuwazubulangzud-b53e"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    /// A name that is shared is nobody's: else a link to 福州 would lead to 抚州 once that comes.
    #[test]
    fn no_name_means_two_places() {
        let names = |list: &[&'static str]| slugs(list.iter().copied());
        let both = names(&["福州市", "沈阳市", "抚州市"]);
        assert_eq!(both[1], "shenyang");
        assert!(both[0].starts_with("fuzhou-") && both[2].starts_with("fuzhou-") && both[0] != both[2]);
        assert_eq!(names(&["抚州市", "福州市"]), [both[2].clone(), both[0].clone()]);
        assert_eq!(names(&["福州市"]), ["fuzhou"]);
    }
}
