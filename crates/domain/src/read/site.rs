//! Understands the site's settings.

use super::field::{self, LINE, NOTE};
use super::station::{self, each};
use crate::dto_site::{EmergencyDto, NamedNumberDto, ServiceNumberDto, SiteDto, TileLayerDto};
use crate::finding::{Finding, Findings, Place, Problem};
use crate::phone::Phone;
use crate::site::{Datum, Emergency, NamedNumber, ServiceNumber, Site, SiteUrl, TileLayer};

/// Minutes that China is ahead of UTC.
const CHINA: i32 = 480;

/// Understands `site.json`; the settings are there only without findings.
pub fn read_site(dto: SiteDto) -> Result<Site, Vec<Finding>> {
    let mut out = Findings::default();
    let site = read(&mut out, dto);
    match site {
        Some(site) if out.list.is_empty() => Ok(site),
        _ => Err(out.list),
    }
}

fn read(out: &mut Findings, dto: SiteDto) -> Option<Site> {
    let SiteDto {
        schema,
        title,
        site_url,
        utc_offset_minutes,
        boundaries,
        review_number,
        map_source,
        icp,
        police_icp,
        tiles,
        emergency,
        service_numbers,
    } = dto;
    let root = Place::ROOT;
    field::schema(out, &root, schema);
    let title = field::required_text(out, &root.key("title"), title, LINE);
    let site_url = site_url.and_then(|url| field::url(out, &root.key("site_url"), Some(url)));
    let offset = utc_offset_minutes.unwrap_or(CHINA);
    // UTC-12:00 to UTC+14:00 are all the offsets there are.
    if !(-720..=840).contains(&offset) {
        out.note::<()>(&root.key("utc_offset_minutes"), Problem::OutOfRange);
    }
    let review_number = field::plain(out, &root.key("review_number"), review_number, LINE);
    let map_source = field::text(out, &root.key("map_source"), map_source, NOTE);
    let icp = field::plain(out, &root.key("icp"), icp, LINE);
    let police_icp = field::plain(out, &root.key("police_icp"), police_icp, LINE);
    let tiles = each(out, &root.key("tiles"), tiles, read_tiles);
    let emergency = emergency.and_then(|dto| read_emergency(out, &root.key("emergency"), dto));
    let service_numbers = each(out, &root.key("service_numbers"), service_numbers, read_service);
    Some(Site {
        title: title?,
        site_url: site_url.as_deref().map_or_else(SiteUrl::default, SiteUrl::new),
        utc_offset_minutes: offset,
        boundaries: boundaries.unwrap_or(false),
        review_number,
        map_source,
        icp,
        police_icp,
        tiles,
        emergency,
        service_numbers,
    })
}

fn read_tiles(out: &mut Findings, place: &Place<'_>, dto: TileLayerDto) -> Option<TileLayer> {
    let TileLayerDto { name, url, subdomains, datum, min_zoom, max_zoom, attribution, overlay } = dto;
    let name = field::required_text(out, &place.key("name"), name, LINE);
    let url = field::url(out, &place.key("url"), url);
    if let Some(url) = &url
        && !["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part))
    {
        out.note::<()>(&place.key("url"), Problem::BadUrl(url.clone()));
    }
    let datum = field::required_word(out, &place.key("datum"), datum, Datum::from_word, Datum::WORDS);
    let attribution = out.require(&place.key("attribution"), attribution);
    let attribution = field::plain(out, &place.key("attribution"), attribution, NOTE);
    let (min_zoom, max_zoom) = (min_zoom.unwrap_or(3), max_zoom.unwrap_or(18));
    if min_zoom > max_zoom || max_zoom > 24 {
        out.note::<()>(&place.key("max_zoom"), Problem::OutOfRange);
    }
    Some(TileLayer {
        name: name?,
        url: url?,
        subdomains: subdomains.unwrap_or_default(),
        datum: datum?,
        min_zoom,
        max_zoom,
        attribution: attribution?,
        overlay: overlay.unwrap_or(false),
    })
}

fn read_emergency(out: &mut Findings, place: &Place<'_>, dto: EmergencyDto) -> Option<Emergency> {
    let EmergencyDto { text, until, since, stations, contacts } = dto;
    let text = field::required_text(out, &place.key("text"), text, NOTE);
    let until = field::until(out, &place.key("until"), until);
    let since = field::moment(out, &place.key("since"), since);
    if since.zip(until).is_some_and(|(since, until)| until.end() <= since) {
        out.note::<()>(&place.key("until"), Problem::EndsBeforeStart);
    }
    let read_id = |out: &mut Findings, place: &Place<'_>, id| station::read_id(out, place, Some(id));
    let shelters = stations.map(|ids| each(out, &place.key("stations"), Some(ids), read_id));
    let contacts = each(out, &place.key("contacts"), contacts, read_number);
    Some(Emergency { text: text?, until, since, shelters, contacts })
}

fn read_number(out: &mut Findings, place: &Place<'_>, dto: NamedNumberDto) -> Option<NamedNumber> {
    let NamedNumberDto { name, phone } = dto;
    let name = field::required_text(out, &place.key("name"), name, LINE);
    let phones = phones(out, &place.key("phone"), phone);
    Some(NamedNumber { name: name?, phones: phones? })
}

fn read_service(out: &mut Findings, place: &Place<'_>, dto: ServiceNumberDto) -> Option<ServiceNumber> {
    let ServiceNumberDto { name, phone, note, city } = dto;
    let name = field::required_text(out, &place.key("name"), name, LINE);
    let phones = phones(out, &place.key("phone"), phone);
    let note = field::text(out, &place.key("note"), note, NOTE);
    let city = field::plain(out, &place.key("city"), city, LINE);
    Some(ServiceNumber { name: name?, phones: phones?, note, city })
}

fn phones(out: &mut Findings, place: &Place<'_>, phone: Option<String>) -> Option<Vec<Phone>> {
    let phone = out.require(place, phone);
    field::plain(out, place, phone, LINE).map(|cell| Phone::all(&cell))
}
