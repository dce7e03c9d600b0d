//! What a station can offer, in the field's words.

/// Defines an enum whose variants are words of the data, so that the words, their order and the parser
/// cannot drift apart.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every one, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The words of the data, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word in the data.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one with this word, or nothing.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        // By number: the order of the variants is part of the published files' schema.
        impl $crate::wire::Wire for $name {
            fn put(&self, out: &mut $crate::wire::Writer) {
                (*self as u8).put(out);
            }
            fn take(from: &mut $crate::wire::Reader<'_>) -> Self {
                from.choice(Self::ALL)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// One thing a station offers. The order is the order of need: what riders ask for most comes first.
    Amenity {
        /// 饮水 (OSM `amenity=drinking_water`).
        Water = "water",
        /// 热水.
        HotWater = "hot_water",
        /// 手机充电 (OSM `amenity=device_charging_station`).
        Charging = "charging",
        /// 休息桌椅.
        Seat = "seat",
        /// 如厕 (OSM `amenity=toilets`).
        Toilet = "toilet",
        /// 取暖.
        Heating = "heating",
        /// 纳凉空调.
        Cooling = "cooling",
        /// 热饭.
        Microwave = "microwave",
        /// 应急药箱 (OSM `emergency=first_aid_kit`).
        FirstAid = "first_aid",
        /// AED (OSM `emergency=defibrillator`).
        Aed = "aed",
        /// 电动车充换电.
        Ebike = "ebike",
        /// Wi-Fi.
        Wifi = "wifi",
        /// 停车.
        Parking = "parking",
        /// 雨具.
        Umbrella = "umbrella",
        /// 优惠餐食.
        Meal = "meal",
        /// 冰箱.
        Fridge = "fridge",
        /// 维修工具.
        Tools = "tools",
        /// 淋浴.
        Shower = "shower",
        /// 洗衣.
        Laundry = "laundry",
        /// 理发.
        Haircut = "haircut",
        /// 阅览 (OSM `amenity=public_bookcase`).
        Books = "books",
        /// 法律咨询.
        Legal = "legal",
        /// 无障碍通行 (OSM `wheelchair=yes`).
        StepFree = "step_free",
        /// 视障引导.
        Guide = "guide",
    }
}

words! {
    /// Whether it can be used today.
    AmenityState {
        /// There and working.
        Ok = "ok",
        /// There but out of order.
        Out = "out",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

/// A set of amenities, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AmenitySet(u32);

impl AmenitySet {
    /// The set with nothing in it.
    pub const EMPTY: Self = Self(0);

    /// Whether `amenity` is in it.
    pub const fn has(self, amenity: Amenity) -> bool {
        self.0 & (1 << amenity as u32) != 0
    }

    /// The set with `amenity` added.
    #[must_use]
    pub const fn with(self, amenity: Amenity) -> Self {
        Self(self.0 | (1 << amenity as u32))
    }

    /// The set with `amenity` added if it was missing, taken away if it was there.
    #[must_use]
    pub const fn toggled(self, amenity: Amenity) -> Self {
        Self(self.0 ^ (1 << amenity as u32))
    }

    /// Whether everything in `other` is in this set too.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many are in it.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// What is in it, in showing order.
    pub fn iter(self) -> impl Iterator<Item = Amenity> {
        Amenity::ALL.iter().copied().filter(move |&amenity| self.has(amenity))
    }
}

impl FromIterator<Amenity> for AmenitySet {
    fn from_iter<I: IntoIterator<Item = Amenity>>(iter: I) -> Self {
        iter.into_iter().fold(Self::EMPTY, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_variant() {
        for (&amenity, &word) in Amenity::ALL.iter().zip(Amenity::WORDS) {
            assert_eq!(Amenity::from_word(word), Some(amenity));
        }
        assert_eq!(Amenity::from_word("Water"), None);
        assert_eq!(Amenity::from_word(""), None);
    }

    #[test]
    fn a_set_keeps_what_it_was_given() {
        let set: AmenitySet = [Amenity::Guide, Amenity::Water].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Amenity::Water, Amenity::Guide]);
        assert!(set.contains(AmenitySet::EMPTY.with(Amenity::Guide)));
        assert!(!AmenitySet::EMPTY.contains(set));
        assert_eq!(set.toggled(Amenity::Guide).len(), 1);
        assert!(AmenitySet::EMPTY.is_empty());
    }
}
