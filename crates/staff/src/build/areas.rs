//! The stations by place, as plain HTML: `/list/` has the cities, `/list/shenyang/` its districts, and
//! `/list/shenyang/heping/` the stations there. For search engines, and for people without the app.
//!
//! A link to a district may outlive its stations: the page of one that is gone says so and leads to the others.

use std::collections::HashSet;
use std::fmt::{self, Display};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use domain::read::Dataset;
use domain::site::Site;
use domain::text::Lang;

use super::emergency;
use super::html::Escaped;
use super::list::{write_count, write_head, write_station};
use super::marks::Marks;
use super::meta::{Image, Meta};
use super::packed::{each, put_page};
use super::places::{City, District, Places};
use super::previews::Previews;
use super::publish::File;
use super::station::cut;
use super::write::{DiskError, at, is_plain_file};
use super::{AREAS, PAGE};
use crate::pack::Effort;

/// The most stations on one page of a district.
const PER_PAGE: usize = 300;
/// Up to this many districts the page of all cities names them, too.
const NAMED: usize = 500;
/// How deep the pages lie: city, district, further pages.
const DEPTH: usize = 3;
/// Every page here has it, so that the tool knows its own.
const MARK: &str = "<!--area-->";

/// What the pages are made from.
pub(super) struct Areas<'a> {
    /// What the list is.
    pub(super) dataset: &'a Dataset,
    /// The site's settings.
    pub(super) site: &'a Site,
    /// The stations by place.
    pub(super) places: &'a Places<'a>,
    /// What holds of the stations just now.
    pub(super) marks: &'a Marks<'a>,
    /// The images that stand for places.
    pub(super) previews: &'a Previews,
    /// The links to the app's style sheets, as HTML.
    pub(super) styles: &'a str,
}

/// One of the pages.
#[derive(Clone, Copy)]
enum Area<'a> {
    All,
    City(&'a City<'a>),
    /// A district's page of this number, from 0.
    District(&'a City<'a>, &'a District<'a>, usize),
}

impl Area<'_> {
    fn url(self) -> String {
        match self {
            Self::All => format!("/{AREAS}/"),
            Self::City(city) => city.url(),
            Self::District(city, district, page) => page_url(city, district, page),
        }
    }
}

/// The address of a district's page of a number, from 0.
fn page_url(city: &City<'_>, district: &District<'_>, page: usize) -> String {
    let first = district.url(city);
    if page == 0 { first } else { format!("{first}{}/", page + 1) }
}

fn areas<'a>(places: &'a Places<'a>) -> Vec<Area<'a>> {
    let mut areas = vec![Area::All];
    for city in &places.cities {
        areas.push(Area::City(city));
        for district in &city.districts {
            let pages = district.stations.len().div_ceil(PER_PAGE);
            areas.extend((0..pages).map(|page| Area::District(city, district, page)));
        }
    }
    areas
}

/// Where the page of an address is, relative to the site.
fn path(url: &str) -> String {
    format!("{}{PAGE}", url.trim_start_matches('/'))
}

impl Areas<'_> {
    /// The addresses of all pages.
    pub(super) fn urls(&self) -> Vec<String> {
        areas(self.places).into_iter().map(Area::url).collect()
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        areas(self.places).len()
    }

    /// Puts every page in place, and what takes the place of pages that are no longer any, here or in the site published
    /// before.
    pub(super) fn put(&self, out: &Path, previous: &Path, effort: Option<Effort>) -> Result<(), DiskError> {
        let areas = areas(self.places);
        each(areas.len(), |index| {
            let bytes = format!("{}", Shown { areas: self, area: areas[index] }).into_bytes();
            put_page(out, &File { path: path(&areas[index].url()), bytes }, effort)
        })?;
        let shown: HashSet<String> = areas.iter().map(|area| path(&area.url())).collect();
        for site in [out, previous] {
            for path in ours(site)? {
                if !shown.contains(&path) {
                    put_page(out, &File { path, bytes: self.gone().into_bytes() }, effort)?;
                }
            }
        }
        Ok(())
    }

    /// The page of a place that has no stations any more.
    fn gone(&self) -> String {
        let title = Escaped(self.site.title.get(Lang::Zh));
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"/icons/favicon.svg\" \
             type=\"image/svg+xml\">\n<title>这一页已经没有站点 - {title}</title>\n</head>\n<body>\n<main>{MARK}\n\
             <h1>这一页已经没有站点</h1>\n<p>站点可能已经撤销或搬走了。</p>\n<p><a href=\"/{AREAS}/\">全部城市</a></p>\n\
             <p><a href=\"/\">打开{title}，找最近的站点</a></p>\n<p lang=\"en\">No stations are listed here any more. <a \
             href=\"/{AREAS}/\">All cities</a></p>\n</main>\n</body>\n</html>\n"
        )
    }
}

/// The pages in a site that this tool wrote, in order.
fn ours(site: &Path) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut folders = vec![(AREAS.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let here = site.join(&folder);
        let entries = match fs::read_dir(&here) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            read => at(&here, read)?,
        };
        for entry in entries {
            let entry = at(&here, entry)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{folder}/{name}");
            if at(&entry.path(), entry.file_type())?.is_dir() {
                if depth < DEPTH {
                    folders.push((path, depth + 1));
                }
            } else if name == PAGE && is_plain_file(&entry.path()) {
                let is_ours = fs::read_to_string(entry.path()).is_ok_and(|page| page.contains(MARK));
                found.extend(is_ours.then_some(path));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A page being written.
struct Shown<'a> {
    areas: &'a Areas<'a>,
    area: Area<'a>,
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.area {
            Area::All => self.all(f),
            Area::City(city) => self.city(f, city),
            Area::District(city, district, page) => self.district(f, city, district, page),
        }
    }
}

impl Shown<'_> {
    fn all(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.areas.places;
        let count = places.cities.iter().map(City::count).sum();
        let names: Vec<&str> = places.cities.iter().map(|city| city.name).collect();
        self.frame(f, "全部城市", &names.join("、"), count, self.areas.previews.site(), &|f| {
            write_cities(f, places)
        })
    }

    fn city(&self, f: &mut fmt::Formatter<'_>, city: &City<'_>) -> fmt::Result {
        let names: Vec<&str> = city.districts.iter().map(|district| district.name).collect();
        self.frame(f, city.name, &names.join("、"), city.count(), self.areas.previews.site(), &|f| {
            write_districts(f, city)
        })
    }

    fn district(
        &self,
        f: &mut fmt::Formatter<'_>,
        city: &City<'_>,
        district: &District<'_>,
        page: usize,
    ) -> fmt::Result {
        let pages = district.stations.len().div_ceil(PER_PAGE);
        let mut title = format!("{}{}", city.name, district.name);
        if page > 0 {
            title = format!("{title}（第 {} 页）", page + 1);
        }
        let stations = district.stations.chunks(PER_PAGE).nth(page).unwrap_or_default();
        let names: Vec<&str> = stations.iter().take(12).map(|station| station.name.get(Lang::Zh)).collect();
        let image = self.areas.previews.district(city, district);
        self.frame(f, &title, &names.join("、"), district.stations.len(), image, &|f| {
            f.write_str("<ul>")?;
            stations.iter().try_for_each(|station| write_station(f, self.areas.marks, station, 2, false))?;
            f.write_str("</ul>")?;
            if pages > 1 {
                write!(f, "<nav aria-label=\"分页\"><p>第 {} / {pages} 页 ", page + 1)?;
                for (to, word) in [(page.checked_sub(1), "上一页"), (Some(page + 1), "下一页")] {
                    if let Some(to) = to.filter(|to| *to < pages) {
                        write!(f, "<a href=\"{}\">{word}</a>", page_url(city, district, to))?;
                    }
                }
                f.write_str("</p></nav>")?;
            }
            Ok(())
        })
    }

    /// A page around what it lists.
    fn frame(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        names: &str,
        count: usize,
        image: Option<Image<'_>>,
        body: &dyn Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        let Areas { dataset, site, styles, .. } = *self.areas;
        let title = format!("{name} - {}", site.title.get(Lang::Zh));
        let sample = if dataset.sample { "示例数据。" } else { "" };
        let description = cut(format!("{sample}{name}，{count} 个站点：{names}"));
        let url = self.area.url();
        write_head(f, &Meta { site, title: &title, description: &description, path: &url, image }, styles)?;
        write!(
            f,
            "<main id=\"plain\">{MARK}\n<nav aria-label=\"位置\"><p><a href=\"/\">打开地图 <span lang=\"en\">Map</span></a>"
        )?;
        match self.area {
            Area::All => {}
            Area::City(_) => write!(f, "<a href=\"/{AREAS}/\">全部城市</a>")?,
            Area::District(city, ..) => {
                let (url, name) = (city.url(), Escaped(city.name));
                write!(f, "<a href=\"/{AREAS}/\">全部城市</a><a href=\"{url}\">{name}</a>")?;
            }
        }
        write!(f, "</p></nav>\n<h1>{}</h1>\n", Escaped(name))?;
        write_count(f, dataset, count)?;
        emergency::write(f, site, &[])?;
        body(f)?;
        f.write_str("</main>\n</body>\n</html>\n")
    }
}

/// The cities, and their districts where these are not too many.
pub(super) fn write_cities(f: &mut fmt::Formatter<'_>, places: &Places<'_>) -> fmt::Result {
    if places.districts().count() <= NAMED {
        for city in &places.cities {
            let (url, name, count) = (city.url(), Escaped(city.name), city.count());
            write!(f, "<h2><a href=\"{url}\">{name}</a> {count}</h2>")?;
            write_districts(f, city)?;
        }
        return Ok(());
    }
    f.write_str("<ul class=\"districts\">")?;
    for city in &places.cities {
        write!(f, "<li><a href=\"{}\">{}</a> {}</li>", city.url(), Escaped(city.name), city.count())?;
    }
    f.write_str("</ul>")
}

fn write_districts(f: &mut fmt::Formatter<'_>, city: &City<'_>) -> fmt::Result {
    f.write_str("<ul class=\"districts\">")?;
    for district in &city.districts {
        let (url, name) = (district.url(city), Escaped(district.name));
        write!(f, "<li><a href=\"{url}\">{name}</a> {}</li>", district.stations.len())?;
    }
    f.write_str("</ul>")
}
