//! Shorter names between the app and its glue.
//!
//! wasm-bindgen names each function that the app takes from JavaScript by what it does and sixteen digits that nobody can
//! compress, in the WebAssembly and in the glue. Here both get numbers instead: 6 KB less of a first load. What is no
//! such pair stays as it is.

use std::collections::HashMap;

/// The glue and the WebAssembly with short names, or none where there is nothing to do.
pub(super) fn shrink(glue: &str, wasm: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut names = Names::default();
    let wasm = rename_imports(wasm, &mut names)?;
    if names.0.is_empty() {
        return None;
    }
    Some((rename_words(glue, &names), wasm))
}

/// Short names by long ones.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// The name of an import: a short one for one that wasm-bindgen made up.
    fn of(&mut self, long: &str) -> String {
        let digits = long.rsplit_once('_').map_or("", |(_, digits)| digits);
        let is_hash = digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !long.starts_with("__wb") || !is_hash {
            return long.to_owned();
        }
        let number = self.0.len();
        self.0.entry(long.to_owned()).or_insert_with(|| format!("i{number}")).clone()
    }
}

/// The glue with the names of imports replaced wherever they stand as a word, without comments and indentation.
fn rename_words(glue: &str, names: &Names) -> String {
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let mut out = String::with_capacity(glue.len());
    let mut in_comment = false;
    for line in glue.lines().map(str::trim_start) {
        // wasm-bindgen's comments have lines of their own.
        in_comment |= line.starts_with("/*");
        if in_comment || line.starts_with("//") {
            in_comment &= !line.ends_with("*/");
            continue;
        }
        let mut rest = line;
        while !rest.is_empty() {
            let (word, after) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
            out.push_str(names.0.get(word).map_or(word, String::as_str));
            let (between, after) = after.split_at(after.find(in_word).unwrap_or(after.len()));
            out.push_str(between);
            rest = after;
        }
        out.push('\n');
    }
    out
}

/// A module of WebAssembly with its imports renamed. None for what is no module, as the specification of the binary
/// format (webassembly.github.io/spec/core/binary/modules.html) has it, or has imports of a kind unknown here.
fn rename_imports(wasm: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    const HEAD: &[u8] = b"\0asm\x01\0\0\0";
    const IMPORTS: u8 = 2;
    let mut reader = Reader(wasm.strip_prefix(HEAD)?);
    let mut out = HEAD.to_vec();
    while let Some(id) = reader.byte() {
        let len = reader.number()?;
        let content = reader.bytes(len)?;
        let renamed = if id == IMPORTS { Some(rename_section(content, names)?) } else { None };
        let content = renamed.as_deref().unwrap_or(content);
        out.push(id);
        write_number(&mut out, content.len());
        out.extend_from_slice(content);
    }
    Some(out)
}

fn rename_section(content: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut reader = Reader(content);
    let count = reader.number()?;
    let mut out = Vec::with_capacity(content.len());
    write_number(&mut out, count);
    for _ in 0..count {
        let module = reader.name()?;
        let name = names.of(reader.name()?);
        write_name(&mut out, module);
        write_name(&mut out, &name);
        out.extend_from_slice(reader.what()?);
    }
    reader.0.is_empty().then_some(out)
}

fn write_name(out: &mut Vec<u8>, name: &str) {
    write_number(out, name.len());
    out.extend_from_slice(name.as_bytes());
}

/// LEB128, seven bits a byte, the low ones first.
#[expect(clippy::cast_possible_truncation, reason = "only seven bits are taken")]
fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number as u8 & 0x7f) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads what is left of a module.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    /// A number of at most 32 bits.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        core::str::from_utf8(self.bytes(len)?).ok()
    }

    /// What is imported: a function, table, memory, global or tag, with its type. Gives back its bytes.
    fn what(&mut self) -> Option<&'a [u8]> {
        let before = self.0;
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => drop(self.bytes(2)?),
            4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return None,
        }
        before.get(..before.len() - self.0.len())
    }

    fn limits(&mut self) -> Option<()> {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "__wbg_now_0123456789abcdef";
    const GLUE: &str = "/**\n * @returns {any}\n */\nconst imports = {\n    // a\n    __wbg_now_0123456789abcdef: function() { return x__wbg_now_0123456789abcdef; },\n};\n";

    /// A module whose imports are these, each by its name and what it is, and one more section.
    fn module(imports: &[(&str, &[u8])]) -> Vec<u8> {
        let mut section = Vec::new();
        write_number(&mut section, imports.len());
        for (name, what) in imports {
            write_name(&mut section, "./app_bg.js");
            write_name(&mut section, name);
            section.extend_from_slice(what);
        }
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        write_number(&mut wasm, section.len());
        wasm.extend(section);
        wasm.extend_from_slice(b"\x00\x03\x02hi");
        wasm
    }

    #[test]
    fn made_up_names_become_numbers_in_both() {
        let other = "__wbg_set_fedcba9876543210";
        let kept = "__wbindgen_init_externref_table";
        let function: &[u8] = &[0, 0];
        let wasm = module(&[
            (LONG, function),
            (kept, function),
            ("table", &[1, 0x70, 1, 2, 0x80, 1]),
            ("memory", &[2, 0, 1]),
            ("global", &[3, 0x7f, 1]),
            ("tag", &[4, 0, 0]),
            (other, function),
            (LONG, function),
        ]);
        let (glue, short) = shrink(GLUE, &wasm).unwrap();
        assert_eq!(
            short,
            module(&[
                ("i0", function),
                (kept, function),
                ("table", &[1, 0x70, 1, 2, 0x80, 1]),
                ("memory", &[2, 0, 1]),
                ("global", &[3, 0x7f, 1]),
                ("tag", &[4, 0, 0]),
                ("i1", function),
                ("i0", function),
            ])
        );
        // A longer word that ends with the name is another word.
        assert_eq!(glue, "const imports = {\ni0: function() { return x__wbg_now_0123456789abcdef; },\n};\n");
        assert_eq!(shrink(&glue, &short), None, "once more there is nothing to do");
    }

    #[test]
    fn what_is_no_such_module_stays() {
        let whole = module(&[(LONG, &[0, 0])]);
        for len in 0..whole.len() - 5 {
            assert_eq!(shrink(GLUE, &whole[..len]), None, "{len} bytes");
        }
        assert_eq!(shrink(GLUE, &module(&[(LONG, &[9, 0])])), None, "a kind that is not known");
        assert_eq!(shrink(GLUE, &module(&[("now", &[0, 0])])), None);
        assert_eq!(shrink(GLUE, b"\0asm\x02\0\0\0"), None);
        let number = |bytes: &[u8]| Reader(bytes).number();
        assert_eq!((number(&[0xe5, 0x8e, 0x26]), number(&[0x80; 9])), (Some(624_485), None));
    }
}
