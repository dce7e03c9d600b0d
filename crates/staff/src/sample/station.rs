//! One invented station, as `stations.json` writes it.

use domain::amenity::{Amenity, AmenitySet, AmenityState};
use domain::dto::{AmenityDto, ContactDto, EventDto, LocationDto, NoticeDto, StationDto};
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};
use domain::text::Text;
use domain::time::Date;

use super::dice::Dice;
use super::phrases::{BANKS, COMMUNITIES, DIRECTIONS, EVENTS, NOTES, NOTICES, PHARMACIES, Phrase, REPAIRS};
use super::town::Address;
use super::trades::{TRADES, Trade, USUAL};
use crate::import::id::letters;

/// Contacts beside the host: role, organisation, how many of a thousand stations have one.
const OTHERS: [(Role, Phrase, &str, u32); 6] = [
    (Role::PartyBranch, ("驿站联合党支部", "Joint Party Branch of the Station"), "党支部联络员（示例）", 600),
    (Role::Community, ("社区网格服务站", "Community grid service point"), "网格员（示例）", 170),
    (Role::Volunteer, ("骑手志愿服务队", "Riders' Volunteer Team"), "志愿者（示例）", 160),
    (Role::Mediation, ("人民调解委员会", "People's Mediation Committee"), "值班调解员（示例）", 120),
    (Role::LegalAid, ("公共法律服务工作站", "Public Legal Service Point"), "值班律师（示例）", 110),
    (Role::Emergency, ("园区应急值守", "On-site emergency desk"), "应急值班员（示例）", 60),
];
/// How long ago the facts of most stations were checked, in days.
const CHECKED: u32 = 150;

/// What a station is made from.
pub(super) struct Maker<'a> {
    /// Its chance.
    pub(super) dice: Dice,
    /// Its number in the list, from 1.
    pub(super) number: u64,
    /// The day it is made for.
    pub(super) today: Date,
    /// Where it stands.
    pub(super) address: Address<'a>,
}

impl Maker<'_> {
    /// The station.
    pub(super) fn station(mut self) -> StationDto {
        let trade = self.dice.weigh(&TRADES, |trade| trade.share).unwrap_or(&TRADES[0]);
        let has_english = self.dice.happens(450);
        let hours = self.dice.weigh(trade.hours, |hours| hours.1).map_or("", |hours| hours.0);
        let name = self.name(trade, has_english);
        let location = self.location(has_english);
        let (verified_at, updated_at) = self.days();
        StationDto {
            id: Some(format!("{}-sample-{}", letters(self.address.district.city.name), self.number)),
            name: Some(name),
            kind: Some(trade.kind.word().into()),
            location: Some(location),
            hours: (!hours.is_empty()).then(|| hours.to_owned()),
            access: self.access(trade.kind),
            notices: Some(self.notices(has_english)),
            amenities: Some(self.amenities(trade, has_english)),
            contacts: Some(self.contacts(trade, has_english)),
            events: Some(self.events(trade.kind, has_english)),
            photos: Some(Vec::new()),
            links: Some(Vec::new()),
            verified_at,
            updated_at: Some(updated_at),
            source: Some("示例数据".into()),
        }
    }

    fn one(&mut self, of: &[Phrase]) -> Phrase {
        self.dice.pick(of).copied().unwrap_or_default()
    }

    /// Says that it is a sample, and as the number is in it, no other station's name.
    fn name(&mut self, trade: &Trade, has_english: bool) -> Text {
        let name = self.one(trade.names);
        let parts = [
            ("{s}", self.address.street),
            ("{c}", self.one(&COMMUNITIES)),
            ("{b}", self.one(&BANKS)),
            ("{p}", self.one(&PHARMACIES)),
        ];
        let (zh, en) = parts.iter().fold((name.0.to_owned(), name.1.to_owned()), |(zh, en), (mark, part)| {
            (zh.replace(mark, part.0), en.replace(mark, part.1))
        });
        let number = self.number;
        text((&format!("{zh}（示例{number}）"), &format!("{en} (sample {number})")), has_english)
    }

    fn location(&mut self, has_english: bool) -> LocationDto {
        let Address { district, street, house, door } = &self.address;
        let (lat, lng) = door.degrees();
        let (city, english) = (district.city.name, district.english);
        // As in any list: of some nobody measured the place, of some of those nobody knows the street.
        let has_place = !self.dice.happens(30);
        let has_address = has_place || self.dice.happens(700);
        let address = text(
            (&format!("{}{house}号", street.0), &format!("{house} {}, {english}", street.1)),
            has_english,
        );
        let district = district.name;
        let directions = self.dice.happens(150).then(|| text(self.one(&DIRECTIONS), has_english));
        LocationDto {
            lat: has_place.then_some(lat),
            lng: has_place.then_some(lng),
            city: Some(city.into()),
            district: Some(district.into()),
            address: has_address.then_some(address),
            directions,
        }
    }

    fn access(&mut self, kind: Kind) -> Option<String> {
        let walk_in = matches!(kind, Kind::Bank | Kind::Pharmacy);
        let access = match self.dice.below(100) {
            0..70 => Access::Free,
            _ if walk_in => Access::Free,
            70..84 => Access::Scan,
            84..89 => Access::Face,
            89..96 => Access::Register,
            _ => return None,
        };
        Some(access.word().into())
    }

    fn amenities(&mut self, trade: &Trade, has_english: bool) -> Vec<AmenityDto> {
        let all =
            trade.has.iter().chain(USUAL.iter().filter(|one| trade.has.iter().all(|own| own.0 != one.0)));
        let has: AmenitySet =
            all.filter(|(_, share)| self.dice.happens(*share)).map(|(amenity, _)| *amenity).collect();
        has.iter().map(|amenity| self.amenity(amenity, has_english)).collect()
    }

    fn amenity(&mut self, amenity: Amenity, has_english: bool) -> AmenityDto {
        let state = match self.dice.below(100) {
            0..92 => AmenityState::Ok,
            92..97 => AmenityState::Unknown,
            _ => AmenityState::Out,
        };
        let phrase = match state {
            AmenityState::Ok if self.dice.happens(250) => {
                let own: Vec<Phrase> =
                    NOTES.iter().filter(|note| note.0 == amenity).map(|note| note.1).collect();
                self.dice.pick(&own).copied()
            }
            AmenityState::Out => Some(self.one(&REPAIRS)),
            _ => None,
        };
        AmenityDto {
            id: Some(amenity.word().into()),
            state: Some(state.word().into()),
            note: phrase.map(|phrase| text(phrase, has_english)),
            access: (amenity == Amenity::Toilet && self.dice.happens(80))
                .then(|| Access::Register.word().into()),
        }
    }

    fn contacts(&mut self, trade: &Trade, has_english: bool) -> Vec<ContactDto> {
        let host = (Role::Host, trade.host, trade.person, 975);
        let mut contacts = Vec::new();
        for (role, organisation, person, share) in [host].into_iter().chain(OTHERS) {
            if !self.dice.happens(share) {
                // A station that nobody keeps has nobody else either.
                if role == Role::Host {
                    break;
                }
                continue;
            }
            let on_duty = self.dice.happens(450);
            contacts.push(ContactDto {
                role: Some(role.word().into()),
                organisation: Some(text(organisation, has_english)),
                person: on_duty.then(|| person.to_owned()),
                phone: Some(self.phone()),
                hours: self.dice.happens(120).then(|| "工作日 08:30-17:00".to_owned()),
            });
        }
        contacts
    }

    /// Numbers that reach nobody: 0000 after the area code begins no number in China, and a masked one cannot be
    /// dialled.
    fn phone(&mut self) -> String {
        let code = self.address.district.city.code;
        let number = self.dice.below(10_000);
        match self.dice.below(100) {
            0..86 => format!("{code}-0000{number:04}"),
            86..94 => format!("{code}-0000{number:04}；{code}-0000{:04}", (number + 1) % 10_000),
            _ => {
                let start = self.dice.pick(&["138", "139", "150", "186"]).copied().unwrap_or_default();
                format!("{start}****{number:04}")
            }
        }
    }

    /// None of them over on the day the list is made for.
    fn notices(&mut self, has_english: bool) -> Vec<NoticeDto> {
        if !self.dice.happens(60) {
            return Vec::new();
        }
        let Some((kind, phrase)) = self.dice.pick(&NOTICES).copied() else { return Vec::new() };
        let from = self.ahead(-20, 30);
        let ends = kind != NoticeKind::Info || self.dice.happens(300);
        let until = self.today.max(from).add_days(signed(1 + self.dice.below(30)));
        vec![NoticeDto {
            kind: Some(kind.word().into()),
            text: Some(text(phrase, has_english)),
            from: Some(from.to_string()),
            until: ends.then(|| until.to_string()),
        }]
    }

    fn events(&mut self, kind: Kind, has_english: bool) -> Vec<EventDto> {
        let share = if kind == Kind::Clinic { 600 } else { 70 };
        if !self.dice.happens(share) {
            return Vec::new();
        }
        let fits = |event: &(EventKind, Phrase, u32)| {
            u32::from(kind != Kind::Clinic || event.0 == EventKind::Clinic)
        };
        let Some((event, title, hour)) = self.dice.weigh(&EVENTS, fits).copied() else { return Vec::new() };
        let day = self.ahead(1, 45);
        vec![EventDto {
            kind: Some(event.word().into()),
            title: Some(text(title, has_english)),
            starts: Some(format!("{day}T{hour:02}:00")),
            ends: Some(format!("{day}T{:02}:30", hour + 1)),
            note: None,
        }]
    }

    /// A day so many days from today, `span` of them from `first` on.
    fn ahead(&mut self, first: i32, span: u32) -> Date {
        self.today.add_days(first + signed(self.dice.below(span)))
    }

    /// When somebody last looked, and when the entry last changed.
    fn days(&mut self) -> (Option<String>, String) {
        let ago = match self.dice.below(1000) {
            0..20 => 190 + self.dice.below(200),
            20..40 => {
                let day = self.today.add_days(-signed(self.dice.below(CHECKED)));
                return (None, day.to_string());
            }
            _ => self.dice.below(CHECKED),
        };
        let later = self.dice.below(ago.min(12) + 1);
        let day = |ago: u32| self.today.add_days(-signed(ago)).to_string();
        (Some(day(ago)), day(ago - later))
    }
}

fn signed(days: u32) -> i32 {
    i32::try_from(days).unwrap_or_default()
}

fn text((zh, en): (&str, &str), has_english: bool) -> Text {
    if has_english { Text::both(zh, en) } else { Text::zh(zh) }
}
