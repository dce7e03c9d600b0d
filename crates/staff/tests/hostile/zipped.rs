//! A writer of ZIP archives that does as it is told, also what is wrong.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A file for an archive.
#[derive(Clone)]
pub struct Entry {
    name: String,
    packed: Vec<u8>,
    crc: u32,
    /// What is said of its size.
    size: u32,
    method: u16,
    flags: u16,
}

impl Entry {
    /// An honest one.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(content).unwrap();
        let mut crc = Crc::new();
        crc.update(content);
        Self {
            name: name.to_owned(),
            packed: encoder.finish().unwrap(),
            crc: crc.sum(),
            size: u32::try_from(content.len()).unwrap(),
            method: 8,
            flags: 0x0800,
        }
    }

    /// The same under another name.
    pub fn named(&self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self.clone() }
    }

    /// The same, said to have another size.
    pub fn claiming(self, size: u32) -> Self {
        Self { size, ..self }
    }

    /// The same, said to be packed otherwise.
    pub fn packed_by(self, method: u16) -> Self {
        Self { method, ..self }
    }

    /// The same, said to be encrypted.
    pub fn locked(self) -> Self {
        Self { flags: self.flags | 1, ..self }
    }

    /// The same with a wrong check sum.
    pub fn miscounted(self) -> Self {
        Self { crc: !self.crc, ..self }
    }

    fn head(&self, out: &mut Vec<u8>) {
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0, 0, 0x21, 0]);
        out.extend(self.crc.to_le_bytes());
        out.extend(u32::try_from(self.packed.len()).unwrap().to_le_bytes());
        out.extend(self.size.to_le_bytes());
        out.extend(u16::try_from(self.name.len()).unwrap().to_le_bytes());
        out.extend([0, 0]);
    }
}

/// An archive of `entries`; with `overlaid`, all names lead to the content of the first.
pub fn archive(entries: &[Entry], overlaid: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut places = Vec::new();
    for entry in entries {
        if overlaid && !places.is_empty() {
            places.push(0);
            continue;
        }
        places.push(u32::try_from(out.len()).unwrap());
        out.extend(b"PK\x03\x04\x14\0");
        entry.head(&mut out);
        out.extend(entry.name.bytes());
        out.extend(&entry.packed);
    }
    let start = u32::try_from(out.len()).unwrap();
    for (entry, place) in entries.iter().zip(places) {
        out.extend(b"PK\x01\x02\x14\0\x14\0");
        entry.head(&mut out);
        out.extend([0; 10]);
        out.extend(place.to_le_bytes());
        out.extend(entry.name.bytes());
    }
    let length = u32::try_from(out.len()).unwrap() - start;
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX).to_le_bytes();
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
