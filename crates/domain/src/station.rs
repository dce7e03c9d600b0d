//! A station as the rest of the program knows it: every field already understood.
//!
//! Values are made by [`crate::read`] from the data, never by hand, so that a `Station` that exists is valid.

use std::fmt;

use crate::amenity::{Amenity, AmenitySet, AmenityState, words};
use crate::coords::Wgs84;
use crate::hours::{Hours, HoursError};
use crate::phone::Phone;
use crate::text::Text;
use crate::time::{Date, LocalDateTime};

words! {
    /// Who runs the station, or what it is.
    Kind {
        /// 工会驿站: the unions' own.
        Union = "union",
        /// 社区驿站: in a community centre.
        Community = "community",
        /// 党群驿站: in a party-masses service centre.
        Party = "party",
        /// 银行网点: in a bank branch.
        Bank = "bank",
        /// 药店: in a pharmacy.
        Pharmacy = "pharmacy",
        /// 司机之家: for drivers, with parking.
        DriversHome = "drivers_home",
        /// 企业驿站: at a company or an industry park.
        Company = "company",
        /// 义诊点: where volunteer doctors come.
        Clinic = "clinic",
        /// Any other.
        Other = "other",
    }
}

words! {
    /// What it takes to get in.
    Access {
        /// 免费开放: walk in.
        Free = "free",
        /// 扫码: scan a code at the door.
        Scan = "scan",
        /// 刷脸: face recognition.
        Face = "face",
        /// 需登记: sign in with the staff.
        Register = "register",
    }
}

words! {
    /// How much a notice changes.
    NoticeKind {
        /// The station is shut while it holds.
        Closed = "closed",
        /// Something is missing or shorter.
        Limited = "limited",
        /// Worth knowing.
        Info = "info",
    }
}

words! {
    /// What a contact answers for. The order is the order they are shown in.
    Role {
        /// 驿站负责人: whoever keeps the station.
        Host = "host",
        /// 党组织联系人: the party group.
        PartyBranch = "party_branch",
        /// 社区.
        Community = "community",
        /// 志愿者.
        Volunteer = "volunteer",
        /// 人民调解: disputes.
        Mediation = "mediation",
        /// 法律援助: legal aid.
        LegalAid = "legal_aid",
        /// 应急联系人.
        Emergency = "emergency",
    }
}

words! {
    /// What happens at an event.
    EventKind {
        /// 义诊: volunteer doctors.
        Clinic = "clinic",
        /// 活动: anything else.
        Activity = "activity",
    }
}

/// A station's name in links and files: `^[a-z0-9-]{1,40}$`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StationId(String);

impl StationId {
    /// The longest id, in bytes.
    pub const MAX_LEN: usize = 40;

    /// An id, if `id` is one.
    pub fn new(id: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_LEN).contains(&id.len())
            && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        fits.then(|| Self(id.to_owned()))
    }

    /// Stands where a file turned out to be nonsense; never seen.
    pub(crate) const fn none() -> Self {
        Self(String::new())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One station.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Its name in links.
    pub id: StationId,
    /// Name on the door.
    pub name: Text,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub location: Location,
    /// When it is open; none where nobody wrote it down.
    pub hours: Option<WrittenHours>,
    /// What it takes to get in; none where nobody said.
    pub access: Option<Access>,
    /// Closed, limited, or something to know.
    pub notices: Vec<Notice>,
    /// What it has, in showing order.
    pub offers: Vec<Offer>,
    /// Whom to call, in showing order.
    pub contacts: Vec<Contact>,
    /// Clinics and activities, by start.
    pub events: Vec<Event>,
    /// Pictures of the door.
    pub photos: Vec<Photo>,
    /// Pages about it.
    pub links: Vec<Link>,
    /// Day somebody last checked the facts on the spot.
    pub verified_at: Option<Date>,
    /// Day the entry last changed.
    pub updated_at: Option<Date>,
    /// Where the facts come from.
    pub source: Option<String>,
}

impl Station {
    /// The amenities that are there, working or not said to be broken.
    pub fn usable(&self) -> AmenitySet {
        self.offers
            .iter()
            .filter(|offer| offer.state != AmenityState::Out)
            .map(|offer| offer.amenity)
            .collect()
    }

    /// What is said of `amenity`, if anything.
    pub fn offer(&self, amenity: Amenity) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.amenity == amenity)
    }

    /// The first contact with a number that can be dialled, in showing order, and that number.
    pub fn first_call(&self) -> Option<(&Contact, &Phone)> {
        self.contacts.iter().find_map(|contact| {
            let phone = contact.phones.iter().find(|phone| phone.dial().is_some())?;
            Some((contact, phone))
        })
    }
}

/// Where a station is.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The door; none where nobody measured it.
    pub position: Option<Wgs84>,
    /// City, as 沈阳市.
    pub city: String,
    /// District or county, as 浑南区.
    pub district: String,
    /// Street address.
    pub address: Option<Text>,
    /// How to find the door.
    pub directions: Option<Text>,
}

/// Opening hours as written, and what could be understood of them.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenHours {
    text: String,
    rules: Result<Hours, HoursError>,
}

impl WrittenHours {
    /// Understands `text`, keeping it as written.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), rules: Hours::parse(text) }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text means, or where it stops making sense.
    pub fn rules(&self) -> Result<&Hours, &HoursError> {
        self.rules.as_ref()
    }
}

/// The end of something: a minute, or the end of a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Until {
    end: LocalDateTime,
    day: Option<Date>,
}

impl Until {
    /// Holds up to `end`, not including it.
    pub const fn minute(end: LocalDateTime) -> Self {
        Self { end, day: None }
    }

    /// Holds all of `day`.
    pub fn whole_day(day: Date) -> Self {
        Self { end: LocalDateTime::midnight(day.add_days(1)), day: Some(day) }
    }

    /// The first minute it no longer holds.
    pub const fn end(self) -> LocalDateTime {
        self.end
    }

    /// The last whole day it holds, where it was given as a day.
    pub const fn last_day(self) -> Option<Date> {
        self.day
    }
}

/// Something to know before setting out.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How much it changes.
    pub kind: NoticeKind,
    /// What it says.
    pub text: Text,
    /// First minute it holds; none: since ever.
    pub from: Option<LocalDateTime>,
    /// When it ends; none: until somebody takes it down.
    pub until: Option<Until>,
}

impl Notice {
    /// Whether it holds at `at`.
    pub fn holds(&self, at: LocalDateTime) -> bool {
        self.from.is_none_or(|from| from <= at) && !self.is_over(at)
    }

    /// Whether it has ended by `at`.
    pub fn is_over(&self, at: LocalDateTime) -> bool {
        self.until.is_some_and(|until| until.end() <= at)
    }
}

/// One thing the station has.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What.
    pub amenity: Amenity,
    /// Whether it works.
    pub state: AmenityState,
    /// What to know about it.
    pub note: Option<Text>,
    /// What it takes to use it, where that differs from the station.
    pub access: Option<Access>,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// What they answer for.
    pub role: Role,
    /// The organisation.
    pub organisation: Option<Text>,
    /// The person on duty.
    pub person: Option<String>,
    /// Their numbers, as many as were written.
    pub phones: Vec<Phone>,
    /// When they answer.
    pub hours: Option<WrittenHours>,
}

/// A clinic or an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Which of the two.
    pub kind: EventKind,
    /// What it is.
    pub title: Text,
    /// When it starts.
    pub starts: LocalDateTime,
    /// When it ends, if known.
    pub ends: Option<LocalDateTime>,
    /// What to know.
    pub note: Option<Text>,
}

impl Event {
    /// Whether it is over at `at`. One without an end is over when its day is.
    pub fn is_over(&self, at: LocalDateTime) -> bool {
        match self.ends {
            Some(ends) => ends <= at,
            None => self.starts.date() < at.date(),
        }
    }
}

/// A picture of the door.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// File below the data folder, made of safe parts: `photos/door.webp` in the source. As published the base of four
    /// files, `photos/door-0123456789abcdef`: `_480.webp`, `_480.jpg`, `_960.webp` and `_960.jpg` follow.
    pub file: String,
    /// What it shows.
    pub alt: Text,
}

/// A page about the station.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What the page is.
    pub title: Text,
    /// An `https://` address.
    pub url: String,
}
