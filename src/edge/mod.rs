//! Every browser and JavaScript API the app uses, one hook a file. Knows `domain` and nothing else of ours.
//!
//! A hook gives back a value that ends what it began when it is dropped: JavaScript lifetimes are Rust lifetimes.

pub mod boot;
pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod device;
pub mod dialog;
pub mod dom;
pub mod field;
pub mod geolocation;
pub mod history;
pub mod json;
pub mod keyring;
pub mod map;
pub mod net;
pub mod page;
pub mod pointer;
pub mod qr;
pub mod random;
pub mod script;
pub mod share;
pub mod storage;
pub mod turns;
pub mod worker;
