//! How often something may be done: a bucket that fills up slowly, for each address and for all together.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::super::visitors::household;

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
            Self::Report => (Rate { burst: 20.0, each: 0.1 }, Rate { burst: 120.0, each: 2.0 }),
            Self::Change => (Rate { burst: 30.0, each: 1.0 }, Rate { burst: 400.0, each: 100.0 }),
        }
    }
}

/// Who is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// A subscriber.
    Address(IpAddr),
    /// A link.
    Link(u32),
    /// All together.
    All,
}

/// The buckets. Addresses are kept in memory, and only while their bucket is not full.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<(What, Who), (f64, Instant)>>);

/// Buckets after which full ones are looked for.
const MANY: usize = 10_000;

impl Limits {
    /// Takes one from the bucket of an address and of all; or says in how many seconds there will be one.
    pub(super) fn take(&self, what: What, who: Who, now: Instant) -> Result<(), u64> {
        let who = match who {
            Who::Address(address) => Who::Address(household(address)),
            other => other,
        };
        let (own, all) = what.rates();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            buckets.retain(|(what, who), (level, at)| {
                let (own, all) = what.rates();
                let rate = if *who == Who::All { all } else { own };
                *level + now.duration_since(*at).as_secs_f64() * rate.each < rate.burst
            });
        }
        let level = |who, rate: Rate| {
            let (level, at) = buckets.get(&(what, who)).copied().unwrap_or((rate.burst, now));
            (level + now.duration_since(at).as_secs_f64() * rate.each).min(rate.burst)
        };
        let (mine, everyones) = (level(who, own), level(Who::All, all));
        for (level, rate) in [(mine, own), (everyones, all)] {
            if level < 1.0 {
                return Err(seconds((1.0 - level) / rate.each));
            }
        }
        buckets.insert((what, who), (mine - 1.0, now));
        buckets.insert((what, Who::All), (everyones - 1.0, now));
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
        // From as many addresses as one likes.
        let limits = Limits::default();
        let mut passed = 0;
        for guess in 0..10_000_u32 {
            let who = Who::Address(std::net::Ipv4Addr::from(guess).into());
            passed += u32::from(
                limits.take(What::Code, who, start + Duration::from_millis(u64::from(guess) * 10)).is_ok(),
            );
        }
        assert!((108..=110).contains(&passed), "{passed}: sixty at once, then one in two seconds");
        assert!(limits.0.lock().unwrap().len() < 200, "who is refused is not remembered");
        assert_eq!(limits.take(What::Code, one, start), Err(2));
    }
}
