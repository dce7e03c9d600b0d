//! Workbooks that are well-formed archives and mean harm.

use crate::case::Case;
use crate::zipped::{Entry, archive};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// A workbook's entries with this sheet.
fn book(sheet: &str) -> Vec<Entry> {
    [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        (SHEET, sheet),
    ]
    .map(|(name, content)| Entry::new(name, content.as_bytes()))
    .to_vec()
}

fn with(sheet: &str, more: &[Entry]) -> Vec<u8> {
    archive(&[&book(sheet), more].concat(), false)
}

fn sheet(before: &str, rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn cell(at: &str) -> String {
    format!(r#"<c r="{at}"><v>1</v></c>"#)
}

/// The good workbook that the others are made from.
pub fn good_book() -> Vec<u8> {
    with(&good(), &[])
}

fn good() -> String {
    sheet("", &format!(r#"<row r="1">{}</row>"#, cell("A1")))
}

/// All of them.
pub fn cases() -> Vec<Case> {
    [shapes(), xml(), strings(), bombs(), names(), lies()].concat()
}

/// Cells where no rectangle should be made.
fn shapes() -> Vec<Case> {
    let one = |number: &str, cells: &str| sheet("", &format!(r#"<row r="{number}">{cells}</row>"#));
    let wide: Vec<String> =
        (0..5_000).map(|column| cell(&format!("{}1", staff::sheet::column_name(column)))).collect();
    let huge_dimension = r#"<dimension ref="A1:XFD1048576"/>"#;
    let two = format!(r#"<row r="1">{}</row><row r="1048576">{}</row>"#, cell("A1"), cell("XFD1048576"));
    let tall = format!(r#"<row r="1">{}</row><row r="1048576">{}</row>"#, cell("A1"), cell("A1048576"));
    let back = format!(r#"<row r="9">{}</row><row r="2">{}</row>"#, cell("A9"), cell("A2"));
    let long = "长".repeat(40_000);
    let inline = format!(r#"<c r="A1" t="inlineStr"><is><t>{long}</t></is></c>"#);
    let sheets = [
        ("lone-cell", one("1048576", &cell("XFD1048576")), Some("more than 1000 columns (at XFD1048576)")),
        ("two-corners", sheet("", &two), Some("more than 1000 columns (at XFD1048576)")),
        ("tall", sheet("", &tall), None),
        ("wide", one("1", &wide.concat()), Some("more than 1000 columns (at ALM1)")),
        ("dimension", sheet(huge_dimension, &format!(r#"<row r="1">{}</row>"#, cell("A1"))), None),
        ("beyond", one("1048577", &cell("XFE1048577")), Some("")),
        ("far-beyond", one("4294967296", &cell("A4294967296")), Some("")),
        ("long-column", one("1", &cell(&format!("{}1", "A".repeat(5_000)))), Some("")),
        ("row-zero", one("0", &cell("A0")), Some("")),
        ("bad-reference", one("1", &cell("1A")), Some("")),
        ("backwards", sheet("", &back), Some("row 2 after row 9")),
        ("long-cell", one("1", &inline), Some("more than 32767 characters")),
        ("no-data", "<worksheet/>".to_owned(), Some("")),
        ("not-a-sheet", "<chartsheet><a/></chartsheet>".to_owned(), Some("")),
        ("open-row", "<worksheet><sheetData><row><c r=\"A1\"><v>1".to_owned(), Some("not whole")),
        ("bad-number", one("1", "<c r=\"A1\"><v>1e</v></c>"), None),
        ("bad-style", one("1", "<c r=\"A1\" s=\"99999999\"><v>1</v></c>"), None),
        ("nan", one("1", "<c r=\"A1\"><v>NaN</v></c>"), None),
        ("infinite-date", one("1", "<c r=\"A1\" t=\"d\"><v>9999999999-99-99</v></c>"), None),
        ("odd-type", one("1", "<c r=\"A1\" t=\"zz\"><v>1</v></c>"), None),
    ];
    sheets
        .into_iter()
        .map(|(name, sheet, expected)| Case {
            name: format!("shape-{name}.xlsx"),
            bytes: with(&sheet, &[]),
            expected,
        })
        .collect()
}

/// What XML can do to a reader.
fn xml() -> Vec<Case> {
    let laughs: Vec<String> = (1..10)
        .map(|step| format!("<!ENTITY l{step} \"{}\">", format!("&l{};", step - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE l [<!ENTITY l0 \"lol\">{}]>", laughs.concat());
    let quadratic = format!("<!DOCTYPE q [<!ENTITY q \"{}\">]>", "q".repeat(50_000));
    let declared = [
        ("laughs", laughs),
        ("quadratic", quadratic),
        ("file", "<!DOCTYPE f [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>".to_owned()),
        ("net", "<!DOCTYPE n [<!ENTITY n SYSTEM \"http://127.0.0.1:9/\">]>".to_owned()),
        ("parameter", "<!DOCTYPE p [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]>".to_owned()),
        ("plain", "<!DOCTYPE worksheet>".to_owned()),
        // Behind what fills the first buffer.
        ("late", format!("<!--{}--><!DOCTYPE late>", "-x".repeat(40_000))),
    ];
    let mut cases = Vec::new();
    for (name, declaration) in &declared {
        let text = good().replacen("?>", &format!("?>{declaration}"), 1);
        let expected = "declares a document type or entities";
        cases.push(Case::refused(format!("xml-{name}.xlsx"), with(&text, &[]), expected));
        let strings = Entry::new(STRINGS, format!("{declaration}<sst><si><t>&l9;</t></si></sst>").as_bytes());
        cases.push(Case::refused(format!("xml-strings-{name}.xlsx"), with(&good(), &[strings]), expected));
    }
    let deep = "<a>".repeat(100_000);
    let many: Vec<String> = (0..20_000).map(|n| format!(" a{n}=\"\"")).collect();
    cases.extend([
        Case::any("xml-deep.xlsx", with(&sheet(&deep, ""), &[])),
        Case::any("xml-deep-cell.xlsx", with(&sheet("", &format!("<row><c r=\"A1\">{deep}")), &[])),
        Case::any("xml-attributes.xlsx", with(&sheet(&format!("<x{}/>", many.concat()), ""), &[])),
        Case::any("xml-same-attribute.xlsx", with(&sheet("", "<row r=\"1\" r=\"2\"/>"), &[])),
        Case::any(
            "xml-unknown-entity.xlsx",
            with(&sheet("", "<row><c r=\"A1\" t=\"str\"><v>&x;</v></c></row>"), &[]),
        ),
        Case::any(
            "xml-not-utf8.xlsx",
            archive(&[book("").as_slice(), &[Entry::new("x.xml", b"\xFF\xFE<\0!\0D\0")]].concat(), false),
        ),
    ]);
    cases
}

/// Tables of strings that are not what they say.
fn strings() -> Vec<Case> {
    let table = |count: &str, content: &str| {
        let text = format!("<sst count=\"{count}\" uniqueCount=\"{count}\">{content}</sst>");
        with(
            &sheet("", "<row><c r=\"A1\" t=\"s\"><v>4000000000</v></c></row>"),
            &[Entry::new(STRINGS, text.as_bytes())],
        )
    };
    let lie = "claims a size that it does not have";
    let many = "<si><t>x</t></si>".repeat(300_000);
    vec![
        Case::refused("strings-4000000000.xlsx", table("4000000000", "<si><t>x</t></si>"), lie),
        Case::refused("strings-max.xlsx", table("18446744073709551615", "<si/>"), lie),
        Case::refused("strings-more-than-max.xlsx", table("99999999999999999999999", "<si/>"), lie),
        Case::refused("strings-a-million.xlsx", table("1000000", "<si/>"), lie),
        Case::any("strings-negative.xlsx", table("-1", "<si/>")),
        Case::any("strings-many.xlsx", table("1", &many)),
        Case::any("strings-none.xlsx", table("0", "")),
        Case::any("strings-open.xlsx", table("1", "<si><t>x")),
    ]
}

/// Archives that unpack to far more than they are.
fn bombs() -> Vec<Case> {
    let zeros = Entry::new("xl/media/zeros.bin", &vec![0; 24 << 20]);
    let small = Entry::new("xl/media/0.bin", &vec![0; 3 << 20]);
    let spaces = Entry::new(SHEET, sheet(&" ".repeat(12 << 20), "").as_bytes());
    let many: Vec<Entry> = (0..100).map(|n| small.named(&format!("xl/media/{n}.bin"))).collect();
    let overlaid: Vec<Entry> = (0..100).map(|n| small.named(&format!("xl/{n}.xml"))).collect();
    let inner = archive(std::slice::from_ref(&zeros), false);
    let nested =
        (0..5).fold(inner, |inner, depth| archive(&[Entry::new(&format!("{depth}.zip"), &inner)], false));
    let crowd: Vec<Entry> = (0..5_000).map(|n| Entry::new(&format!("xl/x{n}"), b"")).collect();
    let head = &book(&good())[..1];
    vec![
        Case::refused("bomb-zeros.xlsx", with(&good(), std::slice::from_ref(&zeros)), "unpacks to far more"),
        Case::refused("bomb-lying.xlsx", with(&good(), &[zeros.claiming(100)]), ""),
        Case::refused("bomb-sheet.xlsx", with("", &[spaces]), ""),
        Case::refused("bomb-many.xlsx", with(&good(), &many), "unpacks to more than 256 MB"),
        Case::refused(
            "bomb-overlaid.xlsx",
            archive(&[&overlaid[..1], head, &overlaid[1..]].concat(), true),
            "",
        ),
        Case::refused("bomb-nested.zip", nested.clone(), "is no workbook"),
        Case::any("bomb-nested.xlsx", with(&good(), &[Entry::new("xl/nested.zip", &nested)])),
        Case::refused("bomb-crowd.xlsx", with(&good(), &crowd), "more than 4000 files"),
    ]
}

/// Names that lead elsewhere, or stand twice.
fn names() -> Vec<Case> {
    let leads = |name: &str, inner: &str| {
        let entry = Entry::new(inner, b"x");
        Case::refused(format!("name-{name}.xlsx"), with(&good(), &[entry]), "leads out of the workbook")
    };
    let entry = |name: &str| Entry::new(name, b"<a/>");
    vec![
        leads("up", "../../etc/evil"),
        leads("up-inside", "xl/../../evil.xml"),
        leads("up-backwards", "..\\..\\evil"),
        Case::any("name-root.xlsx", with(&good(), &[entry("/etc/evil")])),
        Case::any("name-drive.xlsx", with(&good(), &[entry("C:\\evil")])),
        Case::any("name-empty.xlsx", with(&good(), &[entry("")])),
        Case::any("name-nul.xlsx", with(&good(), &[entry("xl/a\0b.xml")])),
        Case::any("name-bidi.xlsx", with(&good(), &[entry("xl/\u{202e}lmx.xml")])),
        Case::any("name-long.xlsx", with(&good(), &[entry(&"x".repeat(60_000))])),
        Case::any("name-twice.xlsx", with(&good(), &[Entry::new(SHEET, b"<worksheet/>")])),
        Case::any("name-book-twice.xlsx", with(&good(), &[entry("xl/workbook.xml")])),
        Case::any("name-other-case.xlsx", with(&good(), &[entry("XL/WORKBOOK.XML")])),
    ]
}

/// Archives of which a part is missing or not as it is said.
fn lies() -> Vec<Case> {
    let mut cases = vec![
        Case::refused(
            "lie-locked.xlsx",
            archive(&book(&good()).into_iter().map(Entry::locked).collect::<Vec<_>>(), false),
            "",
        ),
        Case::refused("lie-method.xlsx", with("", &[Entry::new("xl/a.xml", b"a").packed_by(99)]), ""),
        Case::refused("lie-stored.xlsx", with("", &[Entry::new("xl/a.xml", b"a").packed_by(0)]), ""),
        Case::refused("lie-checksum.xlsx", with(&good(), &[Entry::new("xl/a.xml", b"a").miscounted()]), ""),
        Case::refused("lie-xlsb.xlsx", archive(&[Entry::new("xl/workbook.bin", b"\0")], false), ".xlsb"),
        Case::refused(
            "lie-ods.xlsx",
            archive(&[Entry::new("mimetype", b"x"), Entry::new("content.xml", b"x")], false),
            ".ods",
        ),
        Case::refused(
            "lie-docx.xlsx",
            archive(&[Entry::new("[Content_Types].xml", b"x"), Entry::new("word/document.xml", b"x")], false),
            "another Office file",
        ),
        Case::refused("lie-zip.xlsx", archive(&[Entry::new("photo.jpg", b"x")], false), "is no workbook"),
        Case::refused("lie-nothing.xlsx", archive(&[], false), "is no workbook"),
    ];
    for missing in 0..5 {
        let mut entries = book(&good());
        entries.remove(missing);
        cases.push(Case::any(format!("lie-without-{missing}.xlsx"), archive(&entries, false)));
    }
    for (name, target) in [("up", "../../../etc/passwd"), ("root", "/etc/passwd"), ("self", "workbook.xml")] {
        let mut entries = book(&good());
        entries[3] = Entry::new(
            "xl/_rels/workbook.xml.rels",
            BOOK_RELS.replace("worksheets/sheet1.xml", target).as_bytes(),
        );
        cases.push(Case::refused(format!("lie-target-{name}.xlsx"), archive(&entries, false), ""));
    }
    cases
}
