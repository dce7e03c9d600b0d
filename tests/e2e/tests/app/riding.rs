//! A short ride of the kind that `cargo xtask ride` makes long: all that a rider does, by chance, on one page.

use e2e::ride::{End, growth, ride};
use e2e::{Scene, visit};

/// Things done; a minute or two.
const ACTS: usize = 80;

#[test]
fn a_short_ride_complains_of_nothing_and_grows_nothing() {
    visit(Scene::phone(), |page| {
        let ridden = ride(page, 7, End::Acts(ACTS), ACTS / 8, |acts, gauge| println!("{acts} acts: {gauge}"));
        assert_eq!(ridden.acts, ACTS);
        assert_eq!(growth(&ridden.gauges), [""; 0]);
    });
}
