//! What a tap means, as a word in its element's `data-do` attribute.

use domain::patch::Uuid;

/// What a tap means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tap {
    /// A field of the form holds a value from now on; again: it is as before.
    Set(String, String),
    /// Open a part of the form, or close it.
    Open(String),
    /// Forget what was put into all fields of a part, and close it.
    Forget(String),
    /// Take a change back.
    Undo(Uuid),
    /// Copy a change as text and code.
    Copy(Uuid),
    /// Copy its code.
    CopyLine(Uuid),
    /// Show its code as a picture, or no longer.
    Qr(Uuid),
    /// In a conflict, choose one's own value of a field, or the one that is there.
    Choose(Uuid, usize, bool),
    /// Send a change in conflict as chosen.
    Resend(Uuid),
    /// Give a change up.
    Discard(Uuid),
    /// Move the pin: metres north and east.
    Nudge(i32, i32),
    /// One of those without more to say.
    Plain(Plain),
}

/// A tap without more to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Look at what is sent.
    Review,
    /// Back to the form.
    Form,
    /// The changes that were made.
    Changes,
    /// Send it.
    Send,
    /// Send what the phone did not keep.
    SendAnyway,
    /// Forget what was typed.
    Reset,
    /// Ask the phone where it is.
    Here,
    /// Move the pin from where it is.
    Move,
    /// The pin to where the sketch was tapped.
    Pin,
    /// Use the short code.
    Key,
    /// Make a key for this phone.
    MakeKey,
    /// Copy its public part.
    CopyKey,
    /// Forget it.
    ForgetKey,
    /// Try again now.
    Retry,
    /// Take the newest version of this page.
    Reload,
    /// The other language.
    Lang,
}

const PLAIN: [(Plain, &str); 16] = [
    (Plain::Review, "review"),
    (Plain::Form, "form"),
    (Plain::Changes, "changes"),
    (Plain::Send, "send"),
    (Plain::SendAnyway, "send-anyway"),
    (Plain::Reset, "reset"),
    (Plain::Here, "here"),
    (Plain::Move, "move"),
    (Plain::Pin, "pin"),
    (Plain::Key, "key"),
    (Plain::MakeKey, "make-key"),
    (Plain::CopyKey, "copy-key"),
    (Plain::ForgetKey, "forget-key"),
    (Plain::Retry, "retry"),
    (Plain::Reload, "reload"),
    (Plain::Lang, "lang"),
];

impl Tap {
    /// As it stands in the attribute.
    pub fn to_word(&self) -> String {
        let about = |what: &str, uuid: &Uuid| [what, ":", &uuid.to_string()].concat();
        match self {
            Self::Plain(plain) => {
                PLAIN.iter().find(|(one, _)| one == plain).map_or("", |(_, word)| word).to_owned()
            }
            Self::Set(field, value) => ["set:", field, "=", value].concat(),
            Self::Open(part) => ["open:", part].concat(),
            Self::Forget(prefix) => ["forget:", prefix].concat(),
            Self::Undo(uuid) => about("undo", uuid),
            Self::Copy(uuid) => about("copy", uuid),
            Self::CopyLine(uuid) => about("line", uuid),
            Self::Qr(uuid) => about("qr", uuid),
            Self::Resend(uuid) => about("resend", uuid),
            Self::Discard(uuid) => about("discard", uuid),
            Self::Choose(uuid, number, mine) => [
                about("choose", uuid).as_str(),
                "/",
                &number.to_string(),
                if *mine { "/mine" } else { "/theirs" },
            ]
            .concat(),
            Self::Nudge(north, east) => ["nudge:", &north.to_string(), "/", &east.to_string()].concat(),
        }
    }

    /// What a word means; none for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        if let Some((plain, _)) = PLAIN.iter().find(|(_, one)| *one == word) {
            return Some(Self::Plain(*plain));
        }
        let (what, rest) = word.split_once(':')?;
        let about = |make: fn(Uuid) -> Self| Uuid::parse(rest).map(make);
        match what {
            "set" => rest.split_once('=').map(|(field, value)| Self::Set(field.to_owned(), value.to_owned())),
            "open" => Some(Self::Open(rest.to_owned())),
            "forget" => Some(Self::Forget(rest.to_owned())),
            "undo" => about(Self::Undo),
            "copy" => about(Self::Copy),
            "line" => about(Self::CopyLine),
            "qr" => about(Self::Qr),
            "resend" => about(Self::Resend),
            "discard" => about(Self::Discard),
            "choose" => {
                let mut parts = rest.split('/');
                let (uuid, number) = (Uuid::parse(parts.next()?)?, parts.next()?.parse().ok()?);
                Some(Self::Choose(uuid, number, parts.next()? == "mine"))
            }
            "nudge" => {
                let (north, east) = rest.split_once('/')?;
                Some(Self::Nudge(north.parse().ok()?, east.parse().ok()?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tap_survives_its_word() {
        let uuid = Uuid([0xab; 16]);
        let others = [
            Tap::Set("a-water".into(), "out".into()),
            Tap::Set("hours".into(), "周一至周五 08:00-17:00; PH off=x:y".into()),
            Tap::Open("more".into()),
            Tap::Forget("ev-new1-".into()),
            Tap::Undo(uuid),
            Tap::Copy(uuid),
            Tap::CopyLine(uuid),
            Tap::Qr(uuid),
            Tap::Choose(uuid, 7, true),
            Tap::Choose(uuid, 0, false),
            Tap::Resend(uuid),
            Tap::Discard(uuid),
            Tap::Nudge(-5, 0),
        ];
        for tap in PLAIN.iter().map(|(plain, _)| Tap::Plain(*plain)).chain(others) {
            assert_eq!(Tap::from_word(&tap.to_word()), Some(tap));
        }
        for word in ["", "x", "set:", "undo:1", "choose:1/2", "nudge:a/b"] {
            assert_eq!(Tap::from_word(word), None, "{word}");
        }
    }
}
