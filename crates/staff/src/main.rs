//! `staff`: checks station data, builds the published site, serves it.
fn main() {}
