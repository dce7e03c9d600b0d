//! A flood or a storm, as plain HTML: on every page, readable without the app. The page may be read long after it was built, so
//! that it says from when and until when instead of whether it is over.

use std::fmt;

use domain::site::Site;
use domain::station::Station;
use domain::text::Lang;

use super::html::Escaped;
use super::list::write_phones;

/// What a shelter is marked with.
pub(super) const SHELTER: &str =
    "<strong class=\"shelter\">应急避险点 <span lang=\"en\">Shelter</span></strong>";

/// Whether a station is a shelter in the emergency of a site, if there is one.
pub(super) fn is_shelter(site: &Site, station: &Station) -> bool {
    site.emergency.as_ref().is_some_and(|emergency| emergency.is_shelter(&station.id))
}

/// What a site says of an emergency; nothing where there is none. `stations` are looked through for the shelters' names.
pub(super) fn write(f: &mut fmt::Formatter<'_>, site: &Site, stations: &[Station]) -> fmt::Result {
    let Some(emergency) = &site.emergency else { return Ok(()) };
    write!(
        f,
        "<section class=\"banner emergency\"><p><strong>紧急通知 <span lang=\"en\">Emergency</span></strong></p><p>{}</p>",
        Escaped(emergency.text.get(Lang::Zh))
    )?;
    if let Some(english) = emergency.text.english() {
        write!(f, "<p lang=\"en\">{}</p>", Escaped(english))?;
    }
    let since = emergency.since.map(|since| format!("{since} 起").replace('T', " "));
    let until = emergency.until.map(|until| match until.last_day() {
        Some(day) => format!("至 {day}"),
        None => format!("至 {}", until.end()).replace('T', " "),
    });
    let times: Vec<String> = [since, until].into_iter().flatten().collect();
    if !times.is_empty() {
        write!(f, "<p>{}</p>", times.join("，"))?;
    }
    for contact in &emergency.contacts {
        write!(f, "<p>{}：", Escaped(contact.name.get(Lang::Zh)))?;
        write_phones(f, &contact.phones)?;
        f.write_str("</p>")?;
    }
    match emergency.shelters.as_deref() {
        None => {}
        Some([]) => {
            f.write_str("<p>全部驿站都是应急避险点 <span lang=\"en\">Every station is a shelter</span></p>")?;
        }
        Some(_) => write_shelters(f, site, stations)?,
    }
    f.write_str("</section>")
}

/// The shelters by name. Where there are no stations to name them from, the mark beside each will do.
fn write_shelters(f: &mut fmt::Formatter<'_>, site: &Site, stations: &[Station]) -> fmt::Result {
    let mut shelters = stations.iter().filter(|station| is_shelter(site, station)).peekable();
    if shelters.peek().is_none() {
        return Ok(());
    }
    f.write_str("<p>应急避险点 <span lang=\"en\">Shelters</span>：</p><ul>")?;
    for station in shelters {
        write!(f, "<li><a href=\"/s/{}/\">{}</a></li>", station.id, Escaped(station.name.get(Lang::Zh)))?;
    }
    f.write_str("</ul>")
}
