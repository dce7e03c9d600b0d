//! The pages of stations and places, read as chats and search engines read them: without scripts, and compared with the data as
//! written, not with what the tool makes of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::told;
use super::tool::{copy, data, staff};

const ORIGIN: &str = "https://love-stations.example";
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The repository's own sample, built.
struct Sample {
    folder: tempfile::TempDir,
    stations: Vec<Value>,
}

impl Sample {
    fn build() -> Self {
        let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
        let folder = tempfile::tempdir().unwrap();
        copy(&public.join("data"), &folder.path().join("public/data"));
        let out = folder.path().join("dist");
        fs::create_dir(&out).unwrap();
        fs::copy(data("page.html"), out.join("index.html")).unwrap();
        let mut command = staff();
        command.args(["build", "--no-pack", "--today", "2026-11-24", "--source"]);
        let output = command.arg(folder.path().join("public")).arg("--out").arg(&out).output().unwrap();
        assert!(output.status.success(), "{}", told(&output, &[]));
        let list = fs::read(folder.path().join("public/data/stations.json")).unwrap();
        let list: Value = serde_json::from_slice(&list).unwrap();
        Self { folder, stations: list["stations"].as_array().unwrap().clone() }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("dist").join(path)
    }

    fn page(&self, path: &str) -> Page {
        Page { html: Html::parse_document(&fs::read_to_string(self.path(path)).unwrap()), path: path.into() }
    }
}

/// A page as a parser reads it.
struct Page {
    html: Html,
    path: String,
}

impl Page {
    /// An attribute of every element that fits, in order.
    fn all(&self, css: &str, attribute: &str) -> Vec<String> {
        let found = self.html.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
        found.iter().map(|element| element.attr(attribute).unwrap_or_default().to_owned()).collect()
    }

    /// An attribute of the one element that fits.
    #[track_caller]
    fn one(&self, css: &str, attribute: &str) -> String {
        let found = self.all(css, attribute);
        assert_eq!(found.len(), 1, "{}: {css}", self.path);
        found[0].clone()
    }

    /// The words in the one element that fits.
    #[track_caller]
    fn words(&self, css: &str) -> String {
        let found = self.html.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{}: {css}", self.path);
        found[0].text().collect()
    }

    /// Title, description, address and images: those in words, those for chats, and the files behind them.
    #[track_caller]
    fn check_head(&self, sample: &Sample, url: &str) {
        let (title, description) = (self.words("title"), self.one("meta[name=description]", "content"));
        assert!(!title.is_empty() && description.chars().count() > 10, "{}", self.path);
        assert!(description.chars().count() <= 120, "{}: {description}", self.path);
        let property = |name: &str| self.one(&format!("meta[property='og:{name}']"), "content");
        assert_eq!((property("title"), property("description")), (title.clone(), description.clone()));
        assert_eq!((property("type").as_str(), property("locale").as_str()), ("website", "zh_CN"));
        assert_eq!(property("site_name"), "爱心驿站地图");
        assert_eq!(self.one("meta[itemprop=name]", "content"), title);
        assert_eq!(self.one("meta[itemprop=description]", "content"), description);
        assert_eq!(
            (property("url"), self.one("link[rel=canonical]", "href")),
            (url.to_owned(), url.to_owned())
        );

        let images = |name: &str| self.all(&format!("meta[property='og:{name}']"), "content");
        let sizes: Vec<_> = images("image:width").into_iter().zip(images("image:height")).collect();
        let size = |width: &str, height: &str| (width.to_owned(), height.to_owned());
        assert_eq!(sizes, [size("1200", "630"), size("300", "300")], "{}", self.path);
        assert!(images("image:alt").iter().all(|alt| !alt.is_empty()));
        assert_eq!(self.one("meta[itemprop=image]", "content"), images("image")[1]);
        for (image, (width, height)) in images("image").iter().zip(sizes) {
            let file = image.strip_prefix(ORIGIN).unwrap().trim_start_matches('/');
            let picture = image::open(sample.path(file)).unwrap();
            let measured = (picture.width().to_string(), picture.height().to_string());
            assert_eq!(measured, (width, height), "{image}");
        }
    }
}

fn zh(text: &Value) -> &str {
    text.as_str().or_else(|| text["zh"].as_str()).unwrap_or_default()
}

/// The first number that can be dialled, by what its owner answers for.
fn first_dial(station: &Value) -> Option<String> {
    let roles = ["host", "party_branch", "community", "volunteer", "mediation", "legal_aid", "emergency"];
    let mut contacts: Vec<&Value> = station["contacts"].as_array().into_iter().flatten().collect();
    contacts.sort_by_key(|contact| roles.iter().position(|role| contact["role"] == **role));
    let numbers = contacts.into_iter().filter_map(|contact| contact["phone"].as_str());
    let mut numbers = numbers.flat_map(|cell| cell.split([';', '；', '、', ',', '，', '/']));
    let number =
        numbers.find(|number| !number.contains('*') && number.chars().any(|c| c.is_ascii_digit()))?;
    Some(number.split('转').next().unwrap().chars().filter(char::is_ascii_digit).collect())
}

/// What schema.org may say of hours as written: (days, opens, closes); None where the days depend on a calendar.
fn said_hours(text: &str) -> Option<Vec<(Vec<&'static str>, String, String)>> {
    if ["工作日", "节假日", "PH", "季", "至 "].iter().any(|word| text.contains(word)) {
        return None;
    }
    if text == "24小时" {
        return Some(vec![(DAYS.to_vec(), "00:00".into(), "23:59".into())]);
    }
    let mut out: Vec<(Vec<&str>, String, String)> = Vec::new();
    for rule in text.split("; ") {
        let (days, spans) = rule.rsplit_once(' ').unwrap_or(("每日", rule));
        let number = |name: &str| "一二三四五六日".chars().position(|c| name.ends_with(c)).unwrap();
        let days: Vec<usize> = match days.split_once('至') {
            _ if days == "每日" => (0..7).collect(),
            Some((from, to)) => (number(from)..=number(to)).collect(),
            None => days.split('、').map(number).collect(),
        };
        for span in spans.split(',') {
            let (opens, closes) = span.split_once('-').unwrap();
            let days = days.iter().map(|day| DAYS[*day]).collect();
            // Midnight is the next day's beginning.
            out.push((days, opens.into(), closes.replace("24:00", "00:00")));
        }
    }
    Some(out)
}

/// The data block of a page against the station as written.
fn check_place(place: &Value, station: &Value, url: &str, page: &Page) {
    let id = station["id"].as_str().unwrap();
    assert_eq!((&place["@context"], &place["@type"]), (&json!("https://schema.org"), &json!("Place")));
    assert_eq!((place["identifier"].as_str(), place["url"].as_str()), (Some(id), Some(url)));
    assert_eq!(place["name"], zh(&station["name"]), "{id}");
    assert_eq!(place["alternateName"]["@value"], station["name"]["en"], "{id}");
    let location = &station["location"];
    let area = format!("{}{}", location["city"].as_str().unwrap(), location["district"].as_str().unwrap());
    assert_eq!(place["address"]["addressLocality"], area, "{id}");
    assert_eq!(
        place["address"]["streetAddress"].as_str().unwrap_or_default(),
        zh(&location["address"]),
        "{id}"
    );
    assert_eq!(place["geo"]["latitude"], location["lat"], "{id}");
    assert_eq!(place["geo"]["longitude"], location["lng"], "{id}");
    assert_eq!(place["telephone"].as_str(), first_dial(station).as_deref(), "{id}");
    assert_eq!(place["subjectOf"]["dateModified"], station["updated_at"], "{id}");
    let is_free = if station["access"] == "free" { json!(true) } else { Value::Null };
    assert_eq!((&place["publicAccess"], &place["isAccessibleForFree"]), (&is_free, &is_free), "{id}");
    let photos = place["photo"].as_array().map_or(0, Vec::len);
    assert_eq!(photos, station["photos"].as_array().map_or(0, Vec::len), "{id}");
    assert_eq!(place["image"].as_array().unwrap().len(), 2);

    // In the page's own words, so that both say the same.
    let features = place["amenityFeature"].as_array().cloned().unwrap_or_default();
    let count = |state: &str| {
        station["amenities"].as_array().into_iter().flatten().filter(|it| it["state"] == state).count()
    };
    for (value, state, class) in [(true, "ok", "is-ok"), (false, "out", "is-out")] {
        let said: BTreeSet<String> = features
            .iter()
            .filter(|feature| feature["value"] == value)
            .map(|feature| feature["name"].as_str().unwrap().to_owned())
            .collect();
        let css = Selector::parse(&format!(".offer.{class} .offer-name")).unwrap();
        let shown = page.html.select(&css);
        let shown: BTreeSet<String> = shown.map(|name| name.text().next().unwrap().to_owned()).collect();
        assert_eq!((said.len(), &said), (count(state), &shown), "{id}: {state}");
    }
    assert_eq!(features.len(), count("ok") + count("out"), "{id}: what is unknown is not said");

    // Shut for whole days can be said, shut until a minute or for good cannot.
    let by_days = |notice: &Value| {
        let is_day = |end: &Value| end.as_str().is_some_and(|end| !end.contains('T'));
        is_day(&notice["until"]) && (notice["from"].is_null() || is_day(&notice["from"]))
    };
    let notices: Vec<&Value> = station["notices"].as_array().into_iter().flatten().collect();
    let mut closed = notices.iter().filter(|notice| notice["kind"] == "closed");
    let shut = closed.clone().any(|notice| !by_days(notice));
    let expected = station["hours"].as_str().filter(|_| !shut).and_then(said_hours);
    let said = place["openingHoursSpecification"].as_array().map(|list| {
        list.iter()
            .map(|spec| {
                let days = spec["dayOfWeek"].as_array().unwrap().iter();
                let days = days.map(|day| day.as_str().unwrap().trim_start_matches("https://schema.org/"));
                let time = |key: &str| spec[key].as_str().unwrap().to_owned();
                (days.collect::<Vec<_>>(), time("opens"), time("closes"))
            })
            .collect::<Vec<_>>()
    });
    let plain = |list: Vec<(Vec<&str>, String, String)>| json!(list);
    let special = place["specialOpeningHoursSpecification"].as_array().cloned().unwrap_or_default();
    if said.is_some() {
        assert!(special.iter().all(|it| closed.any(|notice| it["validThrough"] == notice["until"])), "{id}");
    }
    assert_eq!(said.map(plain), expected.map(plain), "{id}: {}", station["hours"]);
}

#[test]
fn every_page_says_what_the_data_says() {
    let sample = Sample::build();
    assert!(sample.stations.len() > 100);
    let mut with_hours = 0;
    for station in &sample.stations {
        let id = station["id"].as_str().unwrap();
        let url = format!("{ORIGIN}/s/{id}/");
        let page = sample.page(&format!("s/{id}/index.html"));
        page.check_head(&sample, &url);
        assert_eq!(page.words("title"), format!("{} - 爱心驿站地图", zh(&station["name"])));
        let place: Value =
            serde_json::from_str(&page.words("script[type='application/ld+json']")).expect("a block is JSON");
        check_place(&place, station, &url, &page);
        with_hours += usize::from(place.get("openingHoursSpecification").is_some());

        // And what a person reads.
        assert_eq!(page.words("article h1"), zh(&station["name"]));
        let text = page.words("article");
        for field in [&station["hours"], &station["location"]["address"], &station["location"]["directions"]]
        {
            assert!(text.contains(zh(field)), "{id}: {field}");
        }
        for notice in station["notices"].as_array().into_iter().flatten() {
            assert!(text.contains(zh(&notice["text"])), "{id}: {notice}");
        }
        if let Some(dial) = first_dial(station) {
            assert!(
                page.all("article .button[href^='tel:']", "href").contains(&format!("tel:{dial}")),
                "{id}"
            );
        }
        let maps = ["uri.amap.com", "apis.map.qq.com", "api.map.baidu.com", "maps.apple.com"];
        let links = page.all("article a[href^='https://']", "href");
        for map in maps {
            let found = links.iter().any(|link| link.starts_with(&format!("https://{map}/")));
            assert_eq!(found, !station["location"]["lat"].is_null(), "{id}: {map}");
        }
        for (css, attribute) in [("article img", "alt"), ("article img", "width"), ("article img", "height")]
        {
            assert!(page.all(css, attribute).iter().all(|value| !value.is_empty()), "{id}: {attribute}");
        }
    }
    assert!(with_hours > 50, "{with_hours}");
    check_places(&sample);
    for path in ["index.html", "list.html"] {
        let url = format!("{ORIGIN}/{}", path.trim_start_matches("index.html"));
        let page = sample.page(path);
        assert_eq!(page.one("meta[property='og:url']", "content"), url);
        assert_eq!(page.all("meta[property='og:image']", "content").len(), 2);
    }
}

/// From `/list/` every station is found by links alone; each page of a place has a head of its own.
fn check_places(sample: &Sample) {
    let (mut left, mut seen) = (vec!["/list/".to_owned()], BTreeSet::new());
    let mut stations = BTreeSet::new();
    while let Some(path) = left.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = sample.page(&format!("{}index.html", &path[1..]));
        page.check_head(sample, &format!("{ORIGIN}{path}"));
        let links = page.all("main a[href^='/']", "href");
        stations.extend(
            links.iter().filter_map(|link| link.strip_prefix("/s/")?.strip_suffix('/')).map(str::to_owned),
        );
        left.extend(links.into_iter().filter(|link| link.starts_with("/list/")));
    }
    let all: BTreeSet<String> =
        sample.stations.iter().map(|station| station["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(stations, all);
    // And every station leads to its own.
    for id in &all {
        let page = sample.page(&format!("s/{id}/index.html"));
        let places: Vec<String> = page.all("article a[href^='/list/']", "href");
        assert!(places.len() == 2 && places.iter().all(|place| seen.contains(place)), "{id}: {places:?}");
    }
    let map = fs::read_to_string(sample.path("sitemap.xml")).unwrap();
    assert!(seen.iter().all(|path| map.contains(&format!("<loc>{ORIGIN}{path}</loc>"))));
}
