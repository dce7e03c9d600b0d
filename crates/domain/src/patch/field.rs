//! What of a station may change, and the values it may have.

use crate::amenity::{Amenity, AmenityState};
use crate::coords::Wgs84;
use crate::phone::Phone;
use crate::station::{Access, Contact, Event, Notice, Offer, Role};
use crate::text::{Lang, Text};
use crate::time::LocalDateTime;
use crate::wire::{decode, encode};

/// One thing that may change. Entries of lists are named by what makes them that entry, so that a change of one says
/// nothing of the others: a notice by its Chinese text, an event by title and start, a contact by role, organisation
/// and person. Another text is another notice: the old one goes and the new one comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Name on the door.
    Name,
    /// The door's position.
    Position,
    /// Street address.
    Address,
    /// How to find the door.
    Directions,
    /// Opening hours as written.
    Hours,
    /// What it takes to get in.
    Access,
    /// A whole amenity: whether the station has it, and all that is said of it.
    Amenity(Amenity),
    /// Whether an amenity that the station has works.
    AmenityState(Amenity),
    /// What to know about an amenity that the station has.
    AmenityNote(Amenity),
    /// The notice of this text.
    Notice(String),
    /// The event of this title and start.
    Event(String, LocalDateTime),
    /// The contact of this role, organisation and person.
    Contact(Role, Option<String>, Option<String>),
    /// The station itself: its removal.
    Station,
}

/// What a field may hold. Which sort belongs to which field: [`Field::fits`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A name, an address, directions, a note.
    Text(Text),
    /// Opening hours as written.
    Hours(String),
    /// A position, in whole 1e-7 degrees as it is published.
    Position(Wgs84),
    /// What it takes to get in.
    Access(Access),
    /// Whether an amenity works.
    State(AmenityState),
    /// A whole amenity.
    Offer(Offer),
    /// A notice.
    Notice(Notice),
    /// An event.
    Event(Event),
    /// A contact.
    Contact(Contact),
    /// A station, by the fingerprint of what is known of it ([`fingerprint`]).
    ///
    /// [`fingerprint`]: super::fingerprint
    Seen([u8; 8]),
}

/// Who must agree to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A host's word suffices: hours, how to get in, notices, amenities, events. Wrong, it costs a walk.
    Live,
    /// Staff look at it first: name, place, contacts, removal. Wrong, it sends people astray or publishes a number.
    Staff,
}

impl Field {
    /// Who must agree to a change of this.
    pub const fn tier(&self) -> Tier {
        match self {
            Self::Hours
            | Self::Access
            | Self::Amenity(_)
            | Self::AmenityState(_)
            | Self::AmenityNote(_)
            | Self::Notice(_)
            | Self::Event(..) => Tier::Live,
            Self::Name
            | Self::Position
            | Self::Address
            | Self::Directions
            | Self::Contact(..)
            | Self::Station => Tier::Staff,
        }
    }

    /// Whether a change of the one can be a change of the other. What does not overlap is changed in any order.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Station, _) | (_, Self::Station) => true,
            (Self::Amenity(one), _) => other.amenity() == Some(*one),
            (_, Self::Amenity(one)) => self.amenity() == Some(*one),
            _ => self == other,
        }
    }

    /// The amenity it is about.
    pub const fn amenity(&self) -> Option<Amenity> {
        match self {
            Self::Amenity(one) | Self::AmenityState(one) | Self::AmenityNote(one) => Some(*one),
            _ => None,
        }
    }

    /// Whether this field can hold `value`: of the right sort, and of this entry where it is one of a list.
    pub fn fits(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else {
            return !matches!(self, Self::Name | Self::AmenityState(_));
        };
        match (self, value) {
            (Self::Name | Self::Address | Self::Directions | Self::AmenityNote(_), Value::Text(_))
            | (Self::Position, Value::Position(_))
            | (Self::Hours, Value::Hours(_))
            | (Self::Access, Value::Access(_))
            | (Self::AmenityState(_), Value::State(_))
            | (Self::Station, Value::Seen(_)) => true,
            (Self::Amenity(_) | Self::Notice(_) | Self::Event(..) | Self::Contact(..), value) => {
                Self::of(value).as_ref() == Some(self)
            }
            _ => false,
        }
    }

    /// The entry of a list that a value is; none for a value that does not say where it belongs.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Offer(offer) => Some(Self::Amenity(offer.amenity)),
            Value::Notice(notice) => Some(Self::notice(notice)),
            Value::Event(event) => Some(Self::event(event)),
            Value::Contact(contact) => Some(Self::contact(contact)),
            _ => None,
        }
    }

    /// The field that a notice is.
    pub fn notice(notice: &Notice) -> Self {
        Self::Notice(notice.text.get(Lang::Zh).to_owned())
    }

    /// The field that an event is.
    pub fn event(event: &Event) -> Self {
        Self::Event(event.title.get(Lang::Zh).to_owned(), event.starts)
    }

    /// The field that a contact is.
    pub fn contact(contact: &Contact) -> Self {
        let organisation = contact.organisation.as_ref().map(|text| text.get(Lang::Zh).to_owned());
        Self::Contact(contact.role, organisation, contact.person.clone())
    }

    /// Where it stands in the data, as `location.address`; an entry of a list without its number.
    pub fn path(&self) -> String {
        match self {
            Self::Name => "name".into(),
            Self::Position => "location".into(),
            Self::Address => "location.address".into(),
            Self::Directions => "location.directions".into(),
            Self::Hours => "hours".into(),
            Self::Access => "access".into(),
            Self::Amenity(one) => ["amenities.", one.word()].concat(),
            Self::AmenityState(one) => ["amenities.", one.word(), ".state"].concat(),
            Self::AmenityNote(one) => ["amenities.", one.word(), ".note"].concat(),
            Self::Notice(_) => "notices".into(),
            Self::Event(..) => "events".into(),
            Self::Contact(role, ..) => ["contacts.", role.word()].concat(),
            Self::Station => String::new(),
        }
    }
}

impl Value {
    /// The value as it comes back from the data: a position in whole 1e-7 degrees, phones parted as they are read.
    #[must_use]
    pub fn normal(self) -> Self {
        match self {
            Self::Position(position) => Self::Position(decode(&encode(&position)).unwrap_or(position)),
            Self::Contact(contact) => {
                let phones = Phone::all(&written_phones(&contact.phones).unwrap_or_default());
                Self::Contact(Contact { phones, ..contact })
            }
            other => other,
        }
    }
}

/// Numbers as one cell of the data; nothing where there are none.
pub fn written_phones(phones: &[Phone]) -> Option<String> {
    let numbers: Vec<&str> = phones.iter().map(Phone::text).collect();
    (!numbers.is_empty()).then(|| numbers.join("；"))
}
