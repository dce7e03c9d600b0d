//! The bottom sheet's three heights, and where it comes to rest when a finger lets go. Numbers only.

use crate::routes::Page;

/// How much of the screen the sheet takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Height {
    /// The nearest station and its two buttons.
    #[default]
    Peek,
    /// The list's first stations, with the map above.
    Half,
    /// All but a strip of the map.
    Full,
}

/// Height of the peeking sheet in CSS pixels: handle, nearest station, two buttons.
const PEEK_PX: f64 = 232.0;
/// Part of the window that the half sheet takes.
const HALF: f64 = 0.56;
/// What the full sheet leaves of the map, in CSS pixels.
const STRIP_PX: f64 = 56.0;
/// A finger faster than this, in CSS pixels a millisecond, throws the sheet to the next height.
const FLING: f64 = 0.5;

impl Height {
    const ALL: [Self; 3] = [Self::Peek, Self::Half, Self::Full];

    /// The sheet's height in CSS pixels in a window this high. Never more than the window; the three stay in order
    /// on the smallest phone.
    pub fn pixels(self, window: f64) -> f64 {
        let full = (window - STRIP_PX).max(0.0);
        match self {
            Self::Peek => PEEK_PX.min(full),
            Self::Half => (window * HALF).max(PEEK_PX).min(full),
            Self::Full => full,
        }
    }

    /// How much of a page is shown when it is the first that opens.
    pub const fn for_page(page: &Page) -> Self {
        match page {
            Page::Home => Self::Peek,
            Page::Station(_) => Self::Half,
            Page::About | Page::Unknown => Self::Full,
        }
    }

    /// The next height up, the highest staying itself.
    #[must_use]
    pub const fn up(self) -> Self {
        match self {
            Self::Peek => Self::Half,
            Self::Half | Self::Full => Self::Full,
        }
    }

    /// The next height down, the lowest staying itself.
    #[must_use]
    pub const fn down(self) -> Self {
        match self {
            Self::Peek | Self::Half => Self::Peek,
            Self::Full => Self::Half,
        }
    }

    /// Where a tap on the handle leads: up, and from the top down again.
    #[must_use]
    pub const fn tapped(self) -> Self {
        match self {
            Self::Full => Self::Peek,
            other => other.up(),
        }
    }

    /// Where the sheet comes to rest when it is let go at `pixels` with `speed` (CSS pixels a millisecond, up is
    /// positive): thrown to the next height in that direction, otherwise the nearest one.
    pub fn settle(pixels: f64, speed: f64, window: f64) -> Self {
        let nearest = |best: Self, one: Self| {
            let off = |height: Self| (height.pixels(window) - pixels).abs();
            if off(one) < off(best) { one } else { best }
        };
        if speed > FLING {
            Self::ALL.into_iter().find(|height| height.pixels(window) > pixels).unwrap_or(Self::Full)
        } else if speed < -FLING {
            Self::ALL.into_iter().rev().find(|height| height.pixels(window) < pixels).unwrap_or(Self::Peek)
        } else {
            Self::ALL.into_iter().fold(Self::Peek, nearest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_stay_in_order_and_in_the_window() {
        for window in [0.0, 200.0, 320.0, 360.0, 480.0, 640.0, 915.0, 2000.0] {
            let [peek, half, full] = Height::ALL.map(|height| height.pixels(window));
            assert!(peek <= half && half <= full && full <= window, "{window}: {peek} {half} {full}");
        }
    }

    #[test]
    fn a_slow_finger_leaves_it_at_the_nearest() {
        for (pixels, expected) in
            [(0.0, Height::Peek), (240.0, Height::Peek), (340.0, Height::Half), (560.0, Height::Full)]
        {
            assert_eq!(Height::settle(pixels, 0.0, 640.0), expected, "{pixels}");
        }
    }

    #[test]
    fn a_fast_finger_throws_it() {
        assert_eq!(Height::settle(240.0, 1.0, 640.0), Height::Half);
        assert_eq!(Height::settle(400.0, 1.0, 640.0), Height::Full);
        assert_eq!(Height::settle(600.0, 1.0, 640.0), Height::Full);
        assert_eq!(Height::settle(500.0, -1.0, 640.0), Height::Half);
        assert_eq!(Height::settle(300.0, -1.0, 640.0), Height::Peek);
        assert_eq!(Height::settle(100.0, -1.0, 640.0), Height::Peek);
    }
}
