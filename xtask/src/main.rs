//! Developer commands; `cargo xtask help` lists them.
mod basemap;
mod trouble;
fn main() { let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(); if let Err(e) = basemap::run(root) { println!("{e}"); } }
