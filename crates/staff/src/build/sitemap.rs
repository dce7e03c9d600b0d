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
/// The pages that are no station's.
const OWN: [&str; 2] = ["/", "/list.html"];

/// Puts both in place.
pub(super) fn write(out: &Path, site: &Site, stations: &[Station]) -> Result<(), DiskError> {
    write_maps(out, site, stations, MOST)?;
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n", site.site_url);
    put(out, &File { path: "robots.txt".into(), bytes: robots.into_bytes() }).map(|_| ())
}

/// One sitemap, or where there are more than `most` addresses several and an index of them.
fn write_maps(out: &Path, site: &Site, stations: &[Station], most: usize) -> Result<(), DiskError> {
    let newest = stations.iter().filter_map(|station| station.updated_at).max();
    let count = OWN.len() + stations.len();
    let url = |index: usize| {
        let (path, changed) = match (OWN.get(index), index.checked_sub(OWN.len())) {
            (Some(path), _) => ((*path).to_owned(), newest),
            (None, Some(index)) => stations
                .get(index)
                .map_or((String::new(), None), |it| (format!("/s/{}/", it.id), it.updated_at)),
            (None, None) => (String::new(), None),
        };
        let changed = changed.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        format!("<url><loc>{}{path}</loc>{changed}</url>\n", Escaped(&site.site_url))
    };
    let mut parts = 0;
    if count <= most {
        put_urls(out, "sitemap.xml", (0..count).map(url))?;
    } else {
        let mut index = format!("{HEAD}<sitemapindex {SPACE}>\n");
        for start in (0..count).step_by(most) {
            parts += 1;
            put_urls(out, &part(parts), (start..count.min(start + most)).map(url))?;
            let (origin, part) = (Escaped(&site.site_url), part(parts));
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
        let path = out.join(part(number));
        // Somebody else's file of that name is left alone.
        if !is_plain_file(&path) || !at(&path, fs::read(&path))?.starts_with(HEAD.as_bytes()) {
            return Ok(());
        }
        remove(&path)?;
        super::packed::remove_packed(out, &part(number))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn many_addresses_are_split_and_few_are_one_again() {
        let source = Source::read(Path::new("tests/data/good"));
        let (site, stations) = (source.site.unwrap(), source.reading.stations);
        let folder = tempfile::tempdir().unwrap();
        let text = |name: &str| fs::read_to_string(folder.path().join(name));
        write_maps(folder.path(), &site, &stations, 2).unwrap();
        let index = text("sitemap.xml").unwrap();
        let mut urls = 0;
        for number in 1..=3 {
            assert!(index.contains(&format!("<loc>https://stations.example.org/sitemap-{number}.xml</loc>")));
            urls += text(&part(number)).unwrap().matches("<url>").count();
        }
        assert_eq!((urls, text(&part(4)).is_err()), (5, true));
        write_maps(folder.path(), &site, &stations, 5).unwrap();
        assert_eq!(text("sitemap.xml").unwrap().matches("<url>").count(), 5);
        assert!((1..=3).all(|number| text(&part(number)).is_err()));
    }
}
