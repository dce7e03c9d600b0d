//! The built app in a real Chromium, as riders meet it. Run `cargo xtask build` first.

#[cfg(test)]
mod harness;
