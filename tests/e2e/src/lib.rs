//! Drives the built app in a real Chromium.
