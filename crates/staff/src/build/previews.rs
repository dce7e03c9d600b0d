//! The preview images of the site, its districts and its stations.
//!
//! An image's name holds the hash of what it shows, so that one that is there, here or in the site published before, is not
//! drawn again. Where nobody said where the site is published there are none: a chat asks for an image by its whole address.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use domain::amenity::Amenity;
use domain::published::StationsFile;
use domain::site::Site;
use domain::station::{Location, Station, StationId};
use domain::text::Lang;
use preview::{Card, Labelled, SIZES, is_whole};

use super::meta::Image;
use super::packed::each;
use super::places::{City, District, Places};
use super::publish::File;
use super::write::{DiskError, is_plain_file, put};
use crate::words;

/// Where they lie, relative to the site.
pub(super) const FOLDER: &str = "data/previews";
/// Up to this many stations each has an image of its own, 25 KB of it; beyond, that of its district stands for it.
const MOST: usize = 5_000;
/// How many things are named on an image of many stations.
const OFFERS: usize = 12;

/// The images.
#[derive(Default)]
pub(super) struct Previews {
    all: Vec<Preview>,
    /// Where in `all` each station's is.
    stations: HashMap<StationId, usize>,
    /// The same for the districts, by city and district as they are called in addresses.
    districts: HashMap<(String, String), usize>,
}

struct Preview {
    base: String,
    card: Card,
    alt: String,
}

impl Previews {
    /// What is to be drawn.
    pub(super) fn new(site: &Site, file: &StationsFile, places: &Places<'_>) -> Self {
        Self::with_most(site, file, places, MOST)
    }

    fn with_most(site: &Site, file: &StationsFile, places: &Places<'_>, most: usize) -> Self {
        let mut out = Self::default();
        if site.site_url.get().is_none() {
            return out;
        }
        let cards = Cards { site, is_sample: file.dataset.sample };
        out.add("site", cards.site(&file.stations, places));
        for (city, district) in places.districts() {
            let at = out.add(&format!("{}-{}", city.slug, district.slug), cards.district(city, district));
            out.districts.insert((city.slug.clone(), district.slug.clone()), at);
        }
        if file.stations.len() <= most {
            for station in &file.stations {
                let at = out.add(&format!("s-{}", station.id), cards.station(station));
                out.stations.insert(station.id.clone(), at);
            }
        }
        out
    }

    fn add(&mut self, name: &str, card: Card) -> usize {
        // In short: it stands twice in the page that everybody loads first.
        let last = card.lines.last().filter(|line| line.picture != "ui-pin").map(|line| &line.words);
        let words = card.area.iter().chain(last).map(String::as_str);
        let alt = [card.name.as_str()].into_iter().chain(words).collect::<Vec<_>>().join("，");
        self.all.push(Preview { base: format!("{FOLDER}/{name}-{}", card.hash()), card, alt });
        self.all.len() - 1
    }

    fn image(&self, at: usize) -> Option<Image<'_>> {
        self.all.get(at).map(|preview| Image { base: &preview.base, alt: &preview.alt })
    }

    /// The image of the whole site.
    pub(super) fn site(&self) -> Option<Image<'_>> {
        self.image(0)
    }

    /// The image of a district.
    pub(super) fn district(&self, city: &City<'_>, district: &District<'_>) -> Option<Image<'_>> {
        let key = (city.slug.clone(), district.slug.clone());
        self.image(*self.districts.get(&key)?)
    }

    /// The image of a station, or of its district.
    pub(super) fn station(&self, station: &Station, places: &Places<'_>) -> Option<Image<'_>> {
        if let Some(&at) = self.stations.get(&station.id) {
            return self.image(at);
        }
        let (city, district) = places.of(station)?;
        self.district(city, district)
    }

    /// The files, relative to the site.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        self.all.iter().flat_map(|preview| SIZES.map(|size| format!("{}{}", preview.base, size.ending)))
    }

    /// How many images there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Puts every image in place: takes it along from `previous`, or draws it.
    pub(super) fn put(&self, out: &Path, previous: &Path) -> Result<(), DiskError> {
        each(self.all.len(), |index| self.all[index].put(out, previous))
    }
}

impl Preview {
    fn put(&self, out: &Path, previous: &Path) -> Result<(), DiskError> {
        let paths = SIZES.map(|size| format!("{}{}", self.base, size.ending));
        let read = |site: &Path| -> Option<Vec<Vec<u8>>> {
            let path = |path: &String| Some(site.join(path)).filter(|path| is_plain_file(path));
            let read = |at: &String| fs::read(path(at)?).ok().filter(|bytes| is_whole(bytes));
            paths.iter().map(read).collect()
        };
        if read(out).is_some() {
            return Ok(());
        }
        let images = read(previous).or_else(|| self.card.draw().map(Vec::from));
        // It takes a broken font to draw nothing, and the fonts are part of the tool.
        for (path, bytes) in paths.iter().zip(images.into_iter().flatten()) {
            put(out, &File { path: path.clone(), bytes })?;
        }
        Ok(())
    }
}

/// Makes the cards of a site.
struct Cards<'a> {
    site: &'a Site,
    is_sample: bool,
}

impl Cards<'_> {
    fn card(&self, name: &str) -> Card {
        Card {
            brand: self.site.title.get(Lang::Zh).to_owned(),
            tag: self.is_sample.then(|| "示例数据".to_owned()),
            name: name.to_owned(),
            ..Card::default()
        }
    }

    fn site(&self, stations: &[Station], places: &Places<'_>) -> Card {
        let cities: Vec<&str> = places.cities.iter().map(|city| city.name).collect();
        Card {
            lines: vec![
                Labelled::new("ui-pin", cities.join("、")),
                Labelled::new("ui-list", format!("{} 个站点", stations.len())),
            ],
            offers: offers(stations),
            english: self.site.title.english().map(str::to_owned),
            ..self.card(self.site.title.get(Lang::Zh))
        }
    }

    fn district(&self, city: &City<'_>, district: &District<'_>) -> Card {
        Card {
            lines: vec![Labelled::new("ui-list", format!("{} 个站点", district.stations.len()))],
            offers: offers(district.stations.iter().copied()),
            area: Some(city.name.to_owned()),
            ..self.card(&format!("{}{}", city.name, district.name))
        }
    }

    fn station(&self, station: &Station) -> Card {
        let Location { city, district, address, .. } = &station.location;
        let area = format!("{city}{district}");
        let street = address.as_ref().map_or("", |address| address.get(Lang::Zh));
        let mut lines = vec![Labelled::new("ui-pin", format!("{area}{street}"))];
        lines.extend(station.hours.as_ref().map(|hours| Labelled::new("ui-clock", hours.text())));
        Card {
            english: station.name.english().map(str::to_owned),
            area: Some(area),
            lines,
            offers: station.usable().iter().map(labelled).collect(),
            ..self.card(station.name.get(Lang::Zh))
        }
    }
}

/// What any of these stations has, what is needed most first.
fn offers<'a>(stations: impl IntoIterator<Item = &'a Station>) -> Vec<Labelled> {
    let all: BTreeSet<Amenity> =
        stations.into_iter().flat_map(|station| station.usable().iter().collect::<Vec<_>>()).collect();
    all.into_iter().take(OFFERS).map(labelled).collect()
}

fn labelled(amenity: Amenity) -> Labelled {
    Labelled::new(amenity.word(), words::amenity(amenity))
}

#[cfg(test)]
mod tests {
    use domain::site::SiteUrl;

    use super::*;
    use crate::source::Source;

    #[test]
    fn many_stations_share_the_image_of_their_district() {
        let source = Source::read(Path::new("tests/data/good"));
        let (site, dataset) = (source.site.unwrap(), source.reading.dataset.unwrap());
        let file = StationsFile { dataset, stations: source.reading.stations };
        let places = Places::new(&file.stations);
        let districts = places.districts().count();
        let own = Previews::with_most(&site, &file, &places, 3);
        assert_eq!(own.len(), 1 + districts + 3);
        let shared = Previews::with_most(&site, &file, &places, 2);
        assert_eq!(shared.len(), 1 + districts);
        let base =
            |previews: &Previews| previews.station(&file.stations[0], &places).unwrap().base.to_owned();
        assert!(base(&own).starts_with("data/previews/s-sy-yuetanshan-"), "{}", base(&own));
        assert!(base(&shared).starts_with("data/previews/shenyang-"), "{}", base(&shared));
        let nowhere = Site { site_url: SiteUrl::default(), ..site };
        assert_eq!(Previews::new(&nowhere, &file, &places).len(), 0);
    }
}
