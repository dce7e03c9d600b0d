//! What a tap on a piece of content means, as a word in its `data-do` attribute, and doing it.

use domain::amenity::Amenity;
use domain::filter::OpenWhen;
use domain::navigate::TravelMode;
use domain::report::Kind;
use domain::station::StationId;

use super::dialog::{report, share};
use super::words::other_lang;
use crate::edge::{page, worker};
use crate::state::{App, Dialog, actions};

/// What a tap means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a station's page.
    Choose(u32),
    /// Choose how to be led to a station.
    Navigate(u32),
    /// Share a station.
    Share(u32),
    /// Make a station's poster.
    Poster(u32),
    /// Report something of a station; what, once it is chosen.
    Report(u32, Option<Kind>),
    /// Copy this text.
    Copy(String),
    /// Star a station, or no longer.
    Star(StationId),
    /// Look from the nth of the places that can be chosen.
    LookFrom(usize),
    /// Keep the nth of these places on this phone, or no longer.
    Save(usize),
    /// Ask for one amenity more or less.
    Amenity(Amenity),
    /// Travel like this.
    Mode(TravelMode),
    /// One of those without more to say.
    Plain(Plain),
}

/// A command without more to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// To the list.
    Home,
    /// Back, to the list.
    Back,
    /// To the page about this map.
    About,
    /// Ask the phone where it is.
    Locate,
    /// Choose a place to look from.
    Place,
    /// Choose it on the map.
    PickOnMap,
    /// Stop choosing on the map.
    StopPicking,
    /// All filters.
    Filters,
    /// Only those open now, or no longer.
    OpenNow,
    /// Only those that never close, or no longer.
    OpenAlways,
    /// Ask for nothing any more.
    Clear,
    /// More rows.
    More,
    /// Ask for the data again.
    Refresh,
    /// Load the page anew, with the newest version of the app.
    Reload,
    /// Show the plain list.
    TextList,
    /// Close the dialog.
    Close,
    /// Past the bar, to the list.
    Skip,
    /// Empty the search field.
    ClearSearch,
    /// The other language.
    Lang,
    /// The next colours.
    Theme,
    /// Share the list as it is filtered.
    ShareList,
    /// Share what the dialog is about by the phone's own means.
    ShareMore,
    /// Send the report, or copy its text.
    Send,
    /// Write it as a text message.
    Sms,
}

const PLAIN: [(Plain, &str); 24] = [
    (Plain::Home, "home"),
    (Plain::Back, "back"),
    (Plain::About, "about"),
    (Plain::Locate, "locate"),
    (Plain::Place, "place"),
    (Plain::PickOnMap, "pick"),
    (Plain::StopPicking, "stop-picking"),
    (Plain::Filters, "filters"),
    (Plain::OpenNow, "open-now"),
    (Plain::OpenAlways, "open-always"),
    (Plain::Clear, "clear"),
    (Plain::More, "more"),
    (Plain::Refresh, "refresh"),
    (Plain::Reload, "reload"),
    (Plain::TextList, "plain-list"),
    (Plain::Close, "close"),
    (Plain::Skip, "skip"),
    (Plain::ClearSearch, "clear-search"),
    (Plain::Lang, "lang"),
    (Plain::Theme, "theme"),
    (Plain::ShareList, "share-list"),
    (Plain::ShareMore, "share-more"),
    (Plain::Send, "send"),
    (Plain::Sms, "sms"),
];

const MODES: [(TravelMode, &str); 3] =
    [(TravelMode::Ride, "ride"), (TravelMode::Walk, "walk"), (TravelMode::Drive, "drive")];

fn word_of<T: Copy + PartialEq>(table: &[(T, &'static str)], one: T) -> &'static str {
    table.iter().find(|(other, _)| *other == one).map_or("", |(_, word)| word)
}

fn of_word<T: Copy>(table: &[(T, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, other)| *other == word).map(|(one, _)| *one)
}

impl Command {
    /// The command as a word.
    pub fn to_word(&self) -> String {
        match self {
            Self::Choose(index) => format!("choose:{index}"),
            Self::Navigate(index) => format!("navigate:{index}"),
            Self::Share(index) => format!("share:{index}"),
            Self::Poster(index) => format!("poster:{index}"),
            Self::Report(index, kind) => format!("report:{index}:") + kind.map_or("", Kind::word),
            Self::Copy(text) => format!("copy:{text}"),
            Self::Star(id) => format!("star:{id}"),
            Self::LookFrom(number) => format!("look:{number}"),
            Self::Save(number) => format!("save:{number}"),
            Self::Amenity(amenity) => format!("amenity:{}", amenity.word()),
            Self::Mode(mode) => format!("mode:{}", word_of(&MODES, *mode)),
            Self::Plain(plain) => word_of(&PLAIN, *plain).to_owned(),
        }
    }

    /// The command of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let Some((name, rest)) = word.split_once(':') else {
            return of_word(&PLAIN, word).map(Self::Plain);
        };
        Some(match name {
            "choose" => Self::Choose(rest.parse().ok()?),
            "navigate" => Self::Navigate(rest.parse().ok()?),
            "share" => Self::Share(rest.parse().ok()?),
            "poster" => Self::Poster(rest.parse().ok()?),
            "report" => {
                let (index, kind) = rest.split_once(':')?;
                Self::Report(index.parse().ok()?, Kind::from_word(kind))
            }
            "copy" => Self::Copy(rest.to_owned()),
            "star" => Self::Star(StationId::new(rest)?),
            "look" => Self::LookFrom(rest.parse().ok()?),
            "save" => Self::Save(rest.parse().ok()?),
            "amenity" => Self::Amenity(Amenity::from_word(rest)?),
            "mode" => Self::Mode(of_word(&MODES, rest)?),
            _ => return None,
        })
    }
}

/// Does what a tap means.
pub fn run(app: App, command: Command) {
    match command {
        Command::Choose(index) => actions::choose(app, index),
        Command::Navigate(index) => actions::open_dialog(app, Dialog::Navigate(index)),
        Command::Share(index) => actions::open_dialog(app, Dialog::Share(Some(index))),
        Command::Poster(index) => actions::open_dialog(app, Dialog::Poster(index)),
        Command::Report(index, kind) => actions::open_dialog(app, Dialog::Report(index, kind)),
        Command::Copy(text) => actions::copy(app, text),
        Command::Star(id) => actions::toggle_star(app, &id),
        Command::LookFrom(number) => actions::look_from_area(app, number),
        Command::Save(number) => actions::save_area(app, number),
        Command::Amenity(amenity) => actions::toggle_amenity(app, amenity),
        Command::Mode(mode) => actions::set_mode(app, mode),
        Command::Plain(plain) => run_plain(app, plain),
    }
}

fn run_plain(app: App, plain: Plain) {
    match plain {
        Plain::Home => actions::go_list(app),
        Plain::Back => actions::go_back(app),
        Plain::About => actions::open_about(app),
        Plain::Locate => {
            actions::close_dialog(app);
            actions::locate(app);
        }
        Plain::Place => actions::open_dialog(app, Dialog::Place),
        Plain::PickOnMap => actions::pick_on_map(app, true),
        Plain::StopPicking => actions::pick_on_map(app, false),
        Plain::Filters => actions::open_dialog(app, Dialog::Filters),
        Plain::OpenNow => actions::toggle_open(app, OpenWhen::Now),
        Plain::OpenAlways => actions::toggle_open(app, OpenWhen::Always),
        Plain::Clear => actions::clear_filters(app),
        Plain::More => actions::show_more(app),
        Plain::Refresh => actions::refresh(app),
        Plain::Reload => worker::renew(),
        Plain::TextList => page::open("/list.html"),
        Plain::Close => actions::close_dialog(app),
        Plain::Skip => page::focus("list"),
        Plain::ClearSearch => {
            actions::search(app, String::new());
            page::focus("search");
        }
        Plain::Lang => actions::set_lang(app, other_lang(app.lang())),
        Plain::Theme => actions::next_theme(app),
        Plain::ShareList => actions::open_dialog(app, Dialog::Share(None)),
        Plain::ShareMore => share::by_phone(app),
        Plain::Send => report::send(app, false),
        Plain::Sms => report::send(app, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_survives_its_word() {
        let plain = PLAIN.iter().map(|(plain, _)| Command::Plain(*plain));
        let modes = MODES.iter().map(|(mode, _)| Command::Mode(*mode));
        let others = [
            Command::Choose(7),
            Command::Navigate(u32::MAX),
            Command::Share(2),
            Command::Poster(3),
            Command::Report(4, None),
            Command::Report(5, Some(Kind::NoWater)),
            Command::Copy("沈阳市: 1:2".into()),
            Command::Star(StationId::new("sy-1").unwrap()),
            Command::LookFrom(3),
            Command::Save(4),
            Command::Amenity(Amenity::StepFree),
        ];
        for command in plain.chain(modes).chain(others) {
            assert_eq!(Command::from_word(&command.to_word()), Some(command));
        }
    }

    #[test]
    fn other_words_mean_nothing() {
        for word in ["", "x", "choose:", "choose:-1", "star:../x", "amenity:gold", "x:1"] {
            assert_eq!(Command::from_word(word), None, "{word}");
        }
    }
}
