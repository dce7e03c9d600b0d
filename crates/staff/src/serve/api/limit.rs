//! How often something may be done: a bucket that fills up slowly, for each address and for all together.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::super::visitors::{household, near};

/// So many at once, and so many a second in the long run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    /// At once.
    pub(super) burst: f64,
    /// A second.
    pub(super) each: f64,
}

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// A token that is none.
    Token,
    /// A short code.
    Code,
    /// A report.
    Report,
    /// A change, by its link.
    Change,
}

impl What {
    /// For one address or link, and for all of them.
    const fn rates(self) -> (Rate, Rate) {
        match self {
            Self::Token => (Rate { burst: 20.0, each: 0.5 }, Rate { burst: 200.0, each: 20.0 }),
            Self::Code => (Rate { burst: 10.0, each: 1.0 / 30.0 }, Rate { burst: 60.0, each: 0.5 }),
            Self::Report => (Rate { burst: 20.0, each: 0.1 }, Rate { burst: 120.0, each: 0.5 }),
            Self::Change => (Rate { burst: 30.0, each: 1.0 }, Rate { burst: 400.0, each: 100.0 }),
        }
    }
}

/// Who is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// A subscriber.
    Address(IpAddr),
    /// The network of a subscriber.
    Near(IpAddr),
    /// A link.
    Link(u32),
    /// All together.
    All,
}

impl Who {
    /// How often they may.
    const fn rate(self, what: What) -> Rate {
        let (own, all) = what.rates();
        match self {
            Self::Address(_) | Self::Link(_) => own,
            Self::Near(_) => FIRST,
            Self::All => all,
        }
    }
}

/// The buckets. Addresses are kept in memory, and only while their bucket is not full.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<(What, Who), (f64, Instant)>>);

/// Buckets after which full ones are looked for.
const MANY: usize = 10_000;

/// So many that an address's neighbourhood sends need nothing of what all share: whoever empties that holds up nobody who has not tried
/// before. Not an address alone: many of them are cheap to have in one neighbourhood.
const FIRST: Rate = Rate { burst: 5.0, each: 1.0 / 60.0 };

impl Limits {
    /// Takes one from the bucket of an address or a link, and from that of all unless it is among the first of its neighbourhood; or
    /// says in how many seconds there will be one.
    pub(super) fn take(&self, what: What, who: Who, now: Instant) -> Result<(), u64> {
        self.take_from(what, who, now, true)
    }

    /// The same from its own bucket alone.
    pub(super) fn take_own(&self, what: What, who: Who, now: Instant) -> Result<(), u64> {
        self.take_from(what, who, now, false)
    }

    fn take_from(&self, what: What, who: Who, now: Instant, shared: bool) -> Result<(), u64> {
        let (own, near) = match who {
            Who::Address(address) => (Who::Address(household(address)), Some(Who::Near(near(address)))),
            other => (other, None),
        };
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            buckets.retain(|(what, who), (level, at)| {
                let rate = who.rate(*what);
                *level + now.duration_since(*at).as_secs_f64() * rate.each < rate.burst
            });
        }
        // With more than can be remembered nobody is new.
        let near = near.filter(|_| buckets.len() <= MANY);
        let level = |who: Who| {
            let rate = who.rate(what);
            let (level, at) = buckets.get(&(what, who)).copied().unwrap_or((rate.burst, now));
            (level + now.duration_since(at).as_secs_f64() * rate.each).min(rate.burst)
        };
        let common = near.filter(|near| level(*near) >= 1.0).unwrap_or(Who::All);
        let needed = if shared { vec![own, common] } else { vec![own] };
        let levels: Vec<(Who, f64)> = needed.into_iter().map(|who| (who, level(who))).collect();
        if let Some((who, level)) = levels.iter().find(|(_, level)| *level < 1.0) {
            return Err(seconds((1.0 - level) / who.rate(what).each));
        }
        for (who, level) in levels {
            buckets.insert((what, who), (level - 1.0, now));
        }
        Ok(())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds, and above zero")]
fn seconds(wait: f64) -> u64 {
    wait.ceil().max(1.0) as u64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn ten_thousand_guesses_are_slowed() {
        let limits = Limits::default();
        let start = Instant::now();
        let one = Who::Address("203.0.113.7".parse().unwrap());
        let mut passed = 0;
        // From one address, a hundred a second.
        for guess in 0..10_000 {
            passed +=
                u32::from(limits.take(What::Code, one, start + Duration::from_millis(guess * 10)).is_ok());
        }
        assert_eq!(passed, 10 + 3, "ten at once, then one in half a minute");
        // From as many addresses as one likes, of 40 networks.
        let limits = Limits::default();
        let mut passed = 0;
        for guess in 0..10_000_u32 {
            let who = Who::Address(std::net::Ipv4Addr::from(guess).into());
            passed += u32::from(
                limits.take(What::Code, who, start + Duration::from_millis(u64::from(guess) * 10)).is_ok(),
            );
        }
        let first = 40 * 5;
        assert!(
            (first + 100..=first + 110).contains(&passed),
            "{passed}: sixty at once, then one in two seconds"
        );
        assert!(limits.0.lock().unwrap().len() < 400, "who is refused is not remembered");
        assert_eq!(
            limits.take(What::Code, one, start),
            Ok(()),
            "who comes for the first time is not held up"
        );
    }

    /// Fifteen addresses at the pace that each may keep used to empty what all share.
    #[test]
    fn a_few_addresses_keep_nobody_out() {
        let limits = Limits::default();
        let start = Instant::now();
        let at = |second: u64| start + Duration::from_secs(second);
        let of = |text: &str| Who::Address(text.parse().unwrap());
        let mut refused = 0;
        for second in 0..600 {
            for number in 0..200 {
                let who = of(&format!("198.51.100.{number}"));
                refused += u32::from(limits.take(What::Code, who, at(second)).is_err());
            }
        }
        assert!(refused > 100_000);
        for network in 0..50 {
            for _ in 0..5 {
                assert_eq!(limits.take(What::Code, of(&format!("203.0.{network}.7")), at(599)), Ok(()));
            }
            assert!(
                limits.take(What::Code, of(&format!("203.0.{network}.8")), at(599)).is_err(),
                "but not for ever"
            );
        }
        assert_eq!(limits.take(What::Code, of("2001:db8:1::1"), at(599)), Ok(()));
        // What nobody can read takes from its own bucket, and from no other.
        let limits = Limits::default();
        for number in 0..100 {
            let who = of(&format!("198.51.100.{number}"));
            let passed = (0..20).filter(|_| limits.take_own(What::Code, who, start).is_ok()).count();
            assert_eq!(passed, 10);
        }
        assert!(!limits.0.lock().unwrap().contains_key(&(What::Code, Who::All)));
    }

    /// From more networks than can be remembered there is what all share, and no more.
    #[test]
    fn memory_is_bounded() {
        let limits = Limits::default();
        let start = Instant::now();
        let mut passed = 0;
        for network in 0..6_000_u128 {
            let who = Who::Address(std::net::Ipv6Addr::from((0x2001_0db8 << 96) + (network << 80)).into());
            passed += u32::from(limits.take(What::Code, who, start).is_ok());
        }
        assert!(limits.0.lock().unwrap().len() <= MANY + 200, "{}", limits.0.lock().unwrap().len());
        assert!(passed < 5_200, "{passed}");
    }
}
