//! 1,000 chats, mangled ten ways: each code in them is read exactly or refused with a reason, and none is read wrongly.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "mutations/dice.rs"]
#[allow(dead_code, reason = "shared with another test, which uses more of it")]
mod dice;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dice::Dice;
use domain::patch::{Code, Field, Op, Patch, Uuid, Value};
use domain::station::StationId;
use domain::text::Text;
use domain::time::LocalDateTime;
use staff::merge::scan::{Damage, scan};

const DUMPS: u64 = 1000;

/// What a chat does to a code without harm.
const HARMLESS: [&str; 10] = [
    "lines wrapped",
    "zero-width characters",
    "full-width characters",
    "case and look-alikes",
    "quoted line by line",
    "names and times between the lines",
    "spaces",
    "words around it",
    "the dots of an input method",
    "all at once",
];

fn code(dice: &mut Dice) -> Code {
    let text = |dice: &mut Dice| {
        "驿站开到很晚请从北门进来找值班的人".chars().take(1 + dice.below(16)).collect::<String>()
    };
    let mut ops = vec![Op { field: Field::Hours, before: None, after: Some(Value::Hours(text(dice))) }];
    if dice.below(2) == 0 {
        let before = Some(Value::Text(Text::zh("门")));
        ops.push(Op {
            field: Field::Directions,
            before,
            after: Some(Value::Text(Text::both(text(dice) + "。", "door"))),
        });
    }
    let mut uuid = [0; 16];
    for byte in &mut uuid {
        *byte = u8::try_from(dice.below(256)).unwrap();
    }
    let made_at = LocalDateTime::parse("2026-11-24T08:30").unwrap();
    let id = StationId::new(["sy-yuetanshan", "dl-hengli", "a"][dice.below(3)]).unwrap();
    let patch = Patch::new(Uuid(uuid), id, 3, ops, Some("王姐".into()), made_at).unwrap();
    let signature = (dice.below(3) == 0).then_some([7; 64]);
    Code { patch, signature }
}

fn wrapped(text: &str, dice: &mut Dice, width: usize, between: impl Fn(&mut Dice) -> String) -> String {
    let mut out = String::new();
    for (number, c) in text.chars().enumerate() {
        if number > 0 && number.is_multiple_of(width) {
            out += &between(dice);
        }
        out.push(c);
    }
    out
}

/// A line that a chat puts before what somebody says.
fn header(dice: &mut Dice) -> String {
    let name =
        ["王姐", "张三（樾檀山）", "Wang Li", "Tom", "骑手小李123", "Chen Xiaoming 2026"][dice.below(6)];
    match dice.below(5) {
        0 => format!("{name} 10:{:02}", dice.below(60)),
        1 => format!("2026-11-24 10:32:{:02} {name}", dice.below(60)),
        2 => format!("[{name}]: 2026/11/24 上午 9:05"),
        3 => "—————— 11月24日 ——————".to_owned(),
        _ => format!("{name}  昨天 21:{:02}", dice.below(60)),
    }
}

fn mangle(text: &str, how: usize, dice: &mut Dice) -> String {
    match how {
        0 => {
            let width = 1 + dice.below(40);
            wrapped(text, dice, width, |_| "\n".into())
        }
        1 => {
            let width = 1 + dice.below(9);
            wrapped(text, dice, width, |dice| {
                ["\u{200b}", "\u{feff}", "\u{200d}", "\u{2060}", "\u{ad}"][dice.below(5)].into()
            })
        }
        2 => {
            let all = dice.below(2) == 0;
            let wide = |c: char| {
                if all || c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }
            };
            text.chars().map(wide).collect()
        }
        3 => {
            let alike = |c: char, dice: &mut Dice| match (c, dice.below(3)) {
                ('0', 0) => 'o',
                ('0', 1) => 'O',
                ('1', 0) => 'l',
                ('1', 1) => 'I',
                (c, 0) => c.to_ascii_lowercase(),
                (c, _) => c,
            };
            text.chars().map(|c| alike(c, dice)).collect()
        }
        4 => {
            let (width, mark) = (12 + dice.below(30), ["> ", "＞", "| ", "  > > "][dice.below(4)]);
            format!("「{mark}{}」\n- - - - - -\n收到", wrapped(text, dice, width, |_| format!("\n{mark}")))
        }
        5 => {
            let width = 20 + dice.below(30);
            wrapped(text, dice, width, |dice| format!("\n\n{}\n", header(dice)))
        }
        6 => {
            let (width, space) = (3 + dice.below(8), [" ", "\u{3000}", "\u{a0}", "\t"][dice.below(4)]);
            wrapped(text, dice, width, |_| space.into())
        }
        7 => {
            ["大家好", "改好了：", "帮忙合并一下 @所有人 ", "（"][dice.below(4)].to_owned()
                + text
                + ["谢谢", "。收到请回复", "）", " 👌"][dice.below(4)]
        }
        8 => text.replace('.', ["。", "．", "·", "｡"][dice.below(4)]),
        _ => {
            let text = mangle(text, 3, dice);
            let text = mangle(&text, 1, dice);
            let text = text.replace('.', "。");
            mangle(&text, 5, dice)
        }
    }
}

/// What breaks a code.
fn damage(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = 4 + dice.below(chars.len() - 4);
    match dice.below(4) {
        0 => chars.truncate(at),
        1 => drop(chars.remove(at)),
        2 => chars[at] = if chars[at] == 'Z' { 'Y' } else { 'Z' },
        _ => {
            let other = 4 + dice.below(chars.len() - 4);
            chars.swap(at, other);
        }
    }
    chars.into_iter().collect()
}

#[test]
fn every_code_is_read_exactly_or_refused() {
    let mut told: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let (mut codes, mut wrong, mut lost, mut copies) = (0, 0, 0, 0);
    for seed in 0..DUMPS {
        let dice = &mut Dice::new(seed);
        let (mut dump, mut expected, mut broken) = (String::new(), Vec::new(), 0);
        for _ in 0..=dice.below(4) {
            let code = code(dice);
            let text = code.text().unwrap();
            writeln!(dump, "{}\n樾檀山社区驿站：饮水坏了，24小时改成 08:30-17:00，RS 1 号", header(dice))
                .unwrap();
            let how = (usize::try_from(seed).unwrap() + dice.below(2)) % (HARMLESS.len() + 1);
            if let Some(name) = HARMLESS.get(how) {
                dump += &mangle(&text, how, dice);
                expected.push((*name, code));
            } else {
                let bad = damage(&text, dice);
                broken += u32::from(symbols(&bad) != symbols(&text));
                if symbols(&bad) == symbols(&text) {
                    expected.push(("harmless after all", code.clone()));
                }
                dump += &bad;
            }
            dump += ["\n", "\n\n", "\n[图片]\n", " "][dice.below(4)];
            if dice.below(4) == 0 {
                // Quoted by another, cut as chats do, which says nothing new where the whole is there.
                let cut: String = text.chars().take(60).collect();
                writeln!(dump, "「王姐：{cut}…」\n收到").unwrap();
                copies += 1;
            }
        }
        let scan = scan(&dump);
        let mut read: Vec<&Code> = scan.found.iter().filter_map(|found| found.code.as_ref().ok()).collect();
        let refused = scan.found.len() - read.len();
        codes += expected.len() + usize::try_from(broken).unwrap();
        for (name, code) in &expected {
            let entry = told.entry(name).or_default();
            entry.0 += 1;
            if let Some(at) = read.iter().position(|one| *one == code) {
                read.remove(at);
                entry.1 += 1;
            }
        }
        wrong += read.len();
        // What was not read must have been refused.
        let unread = expected
            .iter()
            .filter(|(_, code)| !scan.found.iter().any(|found| found.code.as_ref() == Ok(code)))
            .count();
        lost += (unread + usize::try_from(broken).unwrap()).saturating_sub(refused);
    }
    for (name, (all, read)) in &told {
        println!("{name}: {read} of {all} read exactly");
    }
    println!("{DUMPS} chats, {codes} codes, {copies} cut copies: {wrong} read wrongly, {lost} passed over");
    assert_eq!((wrong, lost), (0, 0));
    assert!(told.values().all(|(all, read)| read == all), "{told:?}");
}

fn symbols(text: &str) -> Vec<u8> {
    text.chars().filter_map(domain::patch::symbol).collect()
}

#[test]
fn what_is_no_code_is_said_to_be_none() {
    let code = code(&mut Dice::new(1)).text().unwrap();
    assert!(scan("").found.is_empty());
    assert!(scan("RS1 号驿站，12:30 见。骑手 RSS1，S1.0").found.is_empty());
    let damage = |text: &str| {
        scan(text).found.into_iter().map(|found| (found.line, found.code.err())).collect::<Vec<_>>()
    };
    let half = code.chars().take(40).collect::<String>();
    assert!(matches!(damage(&format!("甲\n\n{half}…"))[..], [(3, Some(Damage::Cut { have: 36, .. }))]));
    assert!(matches!(damage(&code.replace("RS1.", "RS2."))[..], [(1, Some(Damage::Newer))]));
    assert!(matches!(damage(&code.replace("RS1.0", "RS1.Z"))[..], [(1, Some(Damage::Altered))]));
    let two = scan(&format!("{code}\n{code} {half}…"));
    assert_eq!((two.found.len(), two.cut_copies), (2, 1));
    assert_eq!(two.found[1].line, 2);
}

/// A chat made to cost time.
#[test]
fn a_hostile_chat_ends() {
    let many = "RS1.0120098 A B C D E F G H\n".repeat(300);
    assert_eq!(scan(&many).found.len(), 300);
    let long = "RS1.0120098 ".to_owned() + &"A 1:2\n".repeat(20_000);
    assert_eq!(scan(&long).found.len(), 1);
    assert!(scan(&"R".repeat(200_000)).found.is_empty());
    assert!(scan(&format!("R{}", " ".repeat(200_000)).repeat(3)).found.is_empty());
}
