//! What riders say of a station: it is shut, it has moved, thank you. No account, no position, no name of a phone.
//!
//! A [`Report`] is what a phone sends, as a form ([`Report::form`]) or as a text for a chat ([`Report::message`]); a [`Received`]
//! one has a time. [`Reports`] are all that came, with the hosts' answers, and [`Heard`] is what of them is shown: what several
//! riders say alike and lately, until the host answers, and praise as a count. No text of a rider's is ever published, and
//! nothing here is part of a [`crate::station::Station`], so that no rank can see it.
//!
//! ```
//! use domain::patch::Uuid;
//! use domain::report::{Kind, Report};
//! # let id = domain::station::StationId::new("sy-1").unwrap();
//! let report = Report::new(Uuid([7; 16]), id, Kind::Closed, "门口贴了条子")?;
//! assert_eq!(Report::from_form(&report.form()), Ok(report.clone()));
//! let heard = Report::heard_in(&report.message("北站驿站"));
//! assert_eq!(heard[0].report, Ok(report));
//! # Ok::<(), domain::finding::Problem>(())
//! ```

mod form;
mod heard;
mod message;

use crate::amenity::words;
use crate::finding::Problem;
use crate::patch::Uuid;
use crate::phone::Phone;
use crate::read::is_hidden;
use crate::site::Site;
use crate::station::{Role, Station, StationId};
use crate::time::LocalDateTime;

pub use form::{FormError, form};
pub use heard::{Dropped, FRESH_DAYS, Heard, Reports, SEVERAL, Told};
pub use message::{Cut, InChat, MARK, message};

/// Most characters of a report's text.
pub const TEXT: usize = 300;

words! {
    /// What a rider says. Numbers are published: new ones go to the end.
    Kind {
        /// 关着门: shut when it should be open.
        Closed = "closed",
        /// 搬走了: not there any more.
        Moved = "moved",
        /// 没水: no water.
        NoWater = "no_water",
        /// 电话不对: the number is wrong or nobody answers.
        PhoneWrong = "phone_wrong",
        /// 五星好评: praise.
        Praise = "praise",
        /// 金点子: a suggestion.
        Suggestion = "suggestion",
        /// 劳动纠纷: a labour dispute, for those who help with it and for nobody else.
        Dispute = "dispute",
    }
}

impl Kind {
    /// Whether riders are warned of it when several say so. A suggestion is for the host, a dispute for nobody to read.
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::Closed | Self::Moved | Self::NoWater | Self::PhoneWrong)
    }

    /// Whether it is said once, however often somebody says it, so that riders can be counted: another suggestion is
    /// another one.
    pub const fn is_counted(self) -> bool {
        !matches!(self, Self::Suggestion | Self::Dispute)
    }

    /// The nationwide hotlines that are for it, where a site's data name them: 12345 for public services, 12351 (unions),
    /// 12348 (law) and 12333 (labour) for a dispute.
    const fn hotlines(self) -> &'static [&'static str] {
        match self {
            Self::Dispute => &["12351", "12348", "12333"],
            _ => &["12345"],
        }
    }

    /// Whether a station's contact of this role is for it.
    const fn is_for(self, role: Role) -> bool {
        match self {
            Self::Dispute => matches!(role, Role::Mediation | Role::LegalAid),
            _ => matches!(role, Role::Host),
        }
    }
}

/// Calls `offer` with everybody to call about a report: the station's own contacts for it, then the hotlines, these without a
/// role and with their place in [`Site::service_numbers`]. Only numbers that the data name and that can be dialled. Without a
/// host's number, the first that the station has.
pub fn helpers<'a>(
    kind: Kind,
    station: &'a Station,
    site: &'a Site,
    offer: &mut dyn FnMut(Result<Role, usize>, &'a Phone),
) {
    let can = |phone: &&Phone| phone.dial().is_some();
    let mut none = true;
    for contact in &station.contacts {
        if let Some(phone) = contact.phones.iter().find(can)
            && kind.is_for(contact.role)
        {
            none = false;
            offer(Ok(contact.role), phone);
        }
    }
    if let Some((contact, phone)) = station.first_call()
        && none
        && kind != Kind::Dispute
    {
        offer(Ok(contact.role), phone);
    }
    for (index, service) in site.service_numbers.iter().enumerate() {
        if let Some(phone) = service.phones.iter().find(can)
            && phone.dial().is_some_and(|dial| kind.hotlines().contains(&dial))
        {
            offer(Err(index), phone);
        }
    }
}

/// Whether a number can take a text message: a mobile one of mainland China, eleven digits from 1.
pub fn takes_text(dial: &str) -> bool {
    let number = dial.strip_prefix("+86").unwrap_or(dial);
    number.len() == 11 && number.starts_with('1')
}

/// What a rider says of a station. Valid: its text is at most [`TEXT`] characters, none of them hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    uuid: Uuid,
    station: StationId,
    kind: Kind,
    text: String,
}

impl Report {
    /// A report. Spaces around the text are left out; it may be empty.
    pub fn new(uuid: Uuid, station: StationId, kind: Kind, text: &str) -> Result<Self, Problem> {
        Self::judge(text)?;
        Ok(Self { uuid, station, kind, text: text.trim().to_owned() })
    }

    /// Whether a text may be a report's.
    pub(crate) fn judge(text: &str) -> Result<(), Problem> {
        let text = text.trim();
        if text.chars().nth(TEXT).is_some() {
            return Err(Problem::TooLong { max: TEXT });
        }
        match text.chars().find(|&c| is_hidden(c)) {
            Some(c) => Err(Problem::HiddenCharacter(c)),
            None => Ok(()),
        }
    }

    /// A report with a text as somebody typed it: what [`clean`] leaves of it.
    pub fn typed(uuid: Uuid, station: StationId, kind: Kind, text: &str) -> Self {
        Self { uuid, station, kind, text: clean(text) }
    }

    /// Its own name: one that arrives again is known by it.
    pub const fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The station.
    pub const fn station(&self) -> &StationId {
        &self.station
    }

    /// What is said.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What was typed beside it; often nothing.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A typed text as it may be sent: without hidden characters, line breaks among them, and no longer than [`TEXT`].
pub fn clean(text: &str) -> String {
    let seen: String = text.chars().filter(|&c| !is_hidden(c)).collect();
    let mut short: String = seen.trim().chars().take(TEXT).collect();
    short.truncate(short.trim_end().len());
    short
}

/// A report that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it says.
    pub report: Report,
    /// When it arrived, local time.
    pub at: LocalDateTime,
    /// Whether it counts as another rider's. From one place the same thing counts once a day.
    pub counted: bool,
}

/// A uuid as a report's texts have it: 32 hexadecimal digits, without dashes.
pub fn digits(uuid: Uuid) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    uuid.0
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}
