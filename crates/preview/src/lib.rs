//! Preview images: what a chat shows beside a link. Each [`Card`] is drawn twice, wide for chats that show a picture over
//! the link, square for those that show one beside it.
//!
//! Drawn with a font and pictures that are part of the program, so that an image is the same on every machine. An image is
//! a palette with coverage in it and no true colours: a tenth of the bytes, and nothing to guess when it is packed.
//!
//! ```
//! use preview::{Card, SIZES};
//! let card = Card { brand: "爱心驿站地图".into(), name: "太原街工会驿站".into(), ..Card::default() };
//! let images = card.draw().unwrap();
//! assert!(SIZES.iter().zip(&images).all(|(_, png)| preview::is_whole(png)));
//! ```

mod canvas;
mod font;
mod icon;
mod square;
mod wide;

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use font::{BOLD, Fonts, REGULAR};
use icon::SPRITE;

/// Goes up when the same card becomes another picture by the drawing alone; fonts and pictures are counted in anyway.
const RECIPE: u32 = 2;

/// The images of a card, in the order they are drawn.
pub const SIZES: [Size; 2] = [
    Size { ending: "_1200.png", width: 1200, height: 630 },
    Size { ending: "_300.png", width: 300, height: 300 },
];

/// One of the images of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// What its name ends with.
    pub ending: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What an image says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Card {
    /// The site's name.
    pub brand: String,
    /// Something to say beside it, as that the data are a sample.
    pub tag: Option<String>,
    /// What the link leads to.
    pub name: String,
    /// The same in English.
    pub english: Option<String>,
    /// Where that is, in short: what there is room for in the square.
    pub area: Option<String>,
    /// What to know of it, a line each.
    pub lines: Vec<Labelled>,
    /// What it has.
    pub offers: Vec<Labelled>,
}

/// A picture of the app's set, and words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Labelled {
    /// Which picture, by its name in the set; one that is not there is left out.
    pub picture: &'static str,
    /// The words.
    pub words: String,
}

impl Labelled {
    /// A picture with words.
    pub fn new(picture: &'static str, words: impl Into<String>) -> Self {
        Self { picture, words: words.into() }
    }
}

impl Card {
    /// 16 hexadecimal digits that stand for this card and for the way it is drawn.
    pub fn hash(&self) -> String {
        /// Everything that is drawn with.
        static TOOLS: LazyLock<Sha256> = LazyLock::new(|| {
            let tools = [BOLD, REGULAR, SPRITE.as_bytes(), &RECIPE.to_le_bytes()];
            tools.into_iter().fold(Sha256::new(), Sha256::chain_update)
        });
        let Self { brand, tag, name, english, area, lines, offers } = self;
        let mut hash = TOOLS.clone();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        // No text is as good as an empty one: both draw nothing.
        for text in [Some(brand), tag.as_ref(), Some(name), english.as_ref(), area.as_ref()] {
            add(text.map_or("", String::as_str));
        }
        for list in [lines, offers] {
            add(&list.len().to_string());
            for Labelled { picture, words } in list {
                add(picture);
                add(words);
            }
        }
        let hash = hash.finalize();
        hash.iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// The card's images as PNG, in the order of [`SIZES`]. None where they cannot be drawn, which takes a broken font.
    pub fn draw(&self) -> Option<[Vec<u8>; 2]> {
        let fonts = Fonts::load()?;
        Some([wide::draw(self, fonts).png()?, square::draw(self, fonts).png()?])
    }
}

/// The characters of a text that images cannot show, each once, in order. Those that nobody sees anyway are none of them.
pub fn lacking(text: &str) -> Vec<char> {
    let Some(fonts) = Fonts::load() else {
        return Vec::new();
    };
    let mut lacking: Vec<char> = text.chars().filter(|&c| !fonts.bold.can_show(c)).collect();
    lacking.sort_unstable();
    lacking.dedup();
    lacking
}

/// Whether bytes are an image that was written to its end.
pub fn is_whole(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xaeB`\x82")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            brand: "爱心驿站地图".into(),
            tag: Some("示例数据".into()),
            name: "太原街工会驿站".into(),
            english: Some("Taiyuan Street Union Station".into()),
            area: Some("沈阳市和平区".into()),
            lines: vec![Labelled::new("ui-clock", "周一至周五 08:30-12:00,13:00-17:30")],
            offers: vec![Labelled::new("water", "饮水"), Labelled::new("toilet", "如厕")],
        }
    }

    /// The name of an image holds its content only as long as a change of the drawing changes [`RECIPE`]. What counts is what is
    /// seen, and not how a version of the packer packs it.
    #[test]
    fn another_drawing_is_another_recipe() {
        let mut hash = Sha256::new();
        for image in card().draw().unwrap() {
            let mut decoder = png::Decoder::new(std::io::Cursor::new(image));
            decoder.set_transformations(png::Transformations::EXPAND);
            let mut reader = decoder.read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            hash.update(pixels);
        }
        let hash = hash.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(
            (RECIPE, &hash[..16]),
            (2, "2a7336e7377603c6"),
            "raise RECIPE when the same card looks different, and write both down here"
        );
    }

    #[test]
    fn every_word_counts_in_the_hash() {
        let mut hashes = vec![card().hash()];
        let changes: [fn(&mut Card); 8] = [
            |card| card.brand.push('x'),
            |card| card.tag = None,
            |card| card.name.push('x'),
            |card| card.english = None,
            |card| card.area = None,
            |card| card.lines.clear(),
            |card| card.offers[0].words.push('x'),
            |card| card.offers[0].picture = "wifi",
        ];
        for change in changes {
            let mut card = card();
            change(&mut card);
            hashes.push(card.hash());
        }
        assert!(hashes.iter().all(|hash| hash.len() == 16));
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 9);
    }

    #[test]
    fn cards_with_nothing_and_with_too_much_are_drawn() {
        let long = "很长的名字".repeat(60);
        let offers = vec![Labelled::new("water", "饮水"); 40];
        let lines = vec![Labelled::new("ui-pin", long.clone()); 3];
        let much = Card { name: long.clone(), english: Some("x".repeat(900)), lines, offers, ..card() };
        let odd =
            Card { name: "\u{1F600}\u{202e}".into(), offers: vec![Labelled::new("none", long)], ..card() };
        for card in [Card::default(), much, odd] {
            let images = card.draw().unwrap();
            for (size, png) in SIZES.iter().zip(&images) {
                assert!(is_whole(png) && !is_whole(&png[..png.len() - 1]));
                let info = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
                assert_eq!((info.info().width, info.info().height), (size.width, size.height));
            }
        }
    }

    #[test]
    fn what_cannot_be_shown_is_named() {
        assert_eq!(lacking("驿站 Station №5\u{200b}\u{fe0f}\n"), []);
        assert_eq!(lacking("龘站☕龘"), ['☕', '龘']);
    }
}
