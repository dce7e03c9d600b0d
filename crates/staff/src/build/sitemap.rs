//! `sitemap.xml` and `robots.txt`: what a search engine may read, and when it last changed.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use domain::site::Site;
use domain::station::Station;

use super::html::Escaped;
use super::publish::File;
use super::write::{DiskError, at, is_plain_file, put, put_with, remove};

/// The most addresses that one sitemap may hold: <https://www.sitemaps.org/protocol.html>.
const MOST: usize = 50_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
/// The pages that are no station's and no place's.
const OWN: [&str; 2] = ["/", "/list.html"];

/// Puts both in place. `places` are the addresses of the pages by place. Where nobody said where the site is published, there
/// is no sitemap, as that names whole addresses alone.
pub(super) fn write(
    out: &Path,
    site: &Site,
    places: &[String],
    stations: &[Station],
) -> Result<(), DiskError> {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if let Some(origin) = site.site_url.get() {
        let places = OWN.into_iter().chain(places.iter().map(String::as_str)).collect::<Vec<_>>();
        write_maps(out, origin, &places, stations, MOST)?;
        // Writing to a String does not fail.
        let _ = write!(robots, "\nSitemap: {origin}/sitemap.xml\n");
    } else {
        remove_ours(out, "sitemap.xml")?;
        remove_parts_after(out, 0)?;
    }
    put(out, &File { path: "robots.txt".into(), bytes: robots.into_bytes() }).map(|_| ())
}

/// One sitemap, or where there are more than `most` addresses several and an index of them.
fn write_maps(
    out: &Path,
    origin: &str,
    own: &[&str],
    stations: &[Station],
    most: usize,
) -> Result<(), DiskError> {
    let origin = Escaped(origin);
    let newest = stations.iter().filter_map(|station| station.updated_at).max();
    let count = own.len() + stations.len();
    let url = |index: usize| {
        let (path, changed) = match (own.get(index), index.checked_sub(own.len())) {
            (Some(path), _) => ((*path).to_owned(), newest),
            (None, Some(index)) => stations
                .get(index)
                .map_or((String::new(), None), |it| (format!("/s/{}/", it.id), it.updated_at)),
            (None, None) => (String::new(), None),
        };
        let changed = changed.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        format!("<url><loc>{origin}{path}</loc>{changed}</url>\n")
    };
    let mut parts = 0;
    if count <= most {
        put_urls(out, "sitemap.xml", (0..count).map(url))?;
    } else {
        let mut index = format!("{HEAD}<sitemapindex {SPACE}>\n");
        for start in (0..count).step_by(most) {
            parts += 1;
            put_urls(out, &part(parts), (start..count.min(start + most)).map(url))?;
            let part = part(parts);
            // Writing to a String does not fail.
            let _ = writeln!(index, "<sitemap><loc>{origin}/{part}</loc></sitemap>");
        }
        index.push_str("</sitemapindex>\n");
        put(out, &File { path: "sitemap.xml".into(), bytes: index.into_bytes() })?;
    }
    remove_parts_after(out, parts)
}

fn part(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn put_urls(out: &Path, path: &str, mut urls: impl Iterator<Item = String>) -> Result<bool, DiskError> {
    put_with(out, path, |to| {
        writeln!(to, "{HEAD}<urlset {SPACE}>")?;
        urls.try_for_each(|url| to.write_all(url.as_bytes()))?;
        to.write_all(b"</urlset>\n")
    })
}

/// Takes away the parts of a larger sitemap that was here before.
fn remove_parts_after(out: &Path, parts: usize) -> Result<(), DiskError> {
    for number in parts + 1.. {
        if !remove_ours(out, &part(number))? {
            return Ok(());
        }
    }
    Ok(())
}

/// Takes a sitemap away, and says whether there was one. Somebody else's file of that name is left alone.
fn remove_ours(out: &Path, name: &str) -> Result<bool, DiskError> {
    let path = out.join(name);
    if !is_plain_file(&path) || !at(&path, fs::read(&path))?.starts_with(HEAD.as_bytes()) {
        return Ok(false);
    }
    remove(&path)?;
    super::packed::remove_packed(out, name)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn many_addresses_are_split_and_few_are_one_again() {
        let source = Source::read(Path::new("tests/data/good"));
        let stations = source.reading.stations;
        let origin = "https://stations.example.org";
        let folder = tempfile::tempdir().unwrap();
        let text = |name: &str| fs::read_to_string(folder.path().join(name));
        write_maps(folder.path(), origin, &OWN, &stations, 2).unwrap();
        let index = text("sitemap.xml").unwrap();
        let mut urls = 0;
        for number in 1..=3 {
            assert!(index.contains(&format!("<loc>https://stations.example.org/sitemap-{number}.xml</loc>")));
            urls += text(&part(number)).unwrap().matches("<url>").count();
        }
        assert_eq!((urls, text(&part(4)).is_err()), (5, true));
        write_maps(folder.path(), origin, &OWN, &stations, 5).unwrap();
        assert_eq!(text("sitemap.xml").unwrap().matches("<url>").count(), 5);
        assert!((1..=3).all(|number| text(&part(number)).is_err()));
    }
}
