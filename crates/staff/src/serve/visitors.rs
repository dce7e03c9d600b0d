//! Who is connected: so many from one address, and no more.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts connections by address.
#[derive(Debug)]
pub(super) struct Visitors {
    /// Connections from one address at once.
    most: usize,
    here: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection that counts until it is dropped.
#[derive(Debug)]
pub(super) struct Visit {
    visitors: Arc<Visitors>,
    address: IpAddr,
}

impl Visitors {
    /// At most `most` connections from one address.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, here: Mutex::default() })
    }

    /// Lets a connection in, unless its address has enough of them.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Visit> {
        let address = household(address);
        let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        let count = here.get(&address).copied().unwrap_or(0);
        if count >= self.most {
            return None;
        }
        here.insert(address, count + 1);
        drop(here);
        Some(Visit { visitors: Arc::clone(self), address })
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut here = self.visitors.here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = here.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                here.remove(&self.address);
            }
        }
    }
}

/// One subscriber's address: IPv6 gives each a network of 64 bits, so that its lower half says nothing.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The network of an address: of IPv4 24 bits, of IPv6 the 48 that a place is given.
pub(super) fn near(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() & (u32::MAX << 8)).into()),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 80)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_share_and_gets_it_back() {
        let visitors = Visitors::new(2);
        let enter = |address: &str| visitors.enter(address.parse().unwrap());
        let (one, two) = (enter("203.0.113.7").unwrap(), enter("::ffff:203.0.113.7").unwrap());
        assert!(enter("203.0.113.7").is_none(), "also by its IPv6 form");
        let other = enter("203.0.113.8").unwrap();
        drop(one);
        assert!(enter("203.0.113.7").is_some());
        let (a, b) = (enter("2001:db8:0:1::1").unwrap(), enter("2001:db8:0:1::2").unwrap());
        assert!(enter("2001:db8:0:1:ffff::3").is_none());
        assert!(enter("2001:db8:0:2::3").is_some());
        drop((two, other, a, b));
        assert!(visitors.here.lock().unwrap().is_empty(), "nobody is remembered");
    }
}
