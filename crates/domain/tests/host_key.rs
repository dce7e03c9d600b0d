//! Hosts' keys as lines: what is written is read, what is altered is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::patch::{CodeError, HostKey};
use proptest::prelude::*;

/// Keys lie in chats and files for years: this one must read for ever.
#[test]
fn an_old_key_is_read_for_ever() {
    let key = HostKey(core::array::from_fn(|at| u8::try_from(at * 7).unwrap()));
    let text = "RK1.003GW58W4CN32E1Z8S6N8PV2D5R7EZM5HJ9SN8D8NYVBVH6BTBCG.E2CTWGXCCK8D41PT";
    assert_eq!(key.text(), text);
    assert_eq!(HostKey::parse(text), Ok(key));
    assert_eq!(key.check().replace('-', ""), text.rsplit_once('.').unwrap().1);
    assert_eq!(key.check().split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
}

#[test]
fn what_is_no_key_is_refused() {
    let text = HostKey([7; 32]).text();
    let check = |line: &str, expected| assert_eq!(HostKey::parse(line), Err(expected), "{line}");
    check("", CodeError::NoPrefix);
    check("RK", CodeError::NoPrefix);
    check(&text.replacen("RK1", "RS1", 1), CodeError::NoPrefix);
    check("RK1", CodeError::Length { have: 0, want: 68 });
    check(&text[..text.len() - 1], CodeError::Length { have: 67, want: 68 });
    check(&(text.clone() + "0"), CodeError::Length { have: 69, want: 68 });
    check(&(text + "U"), CodeError::Foreign('U'));
}

proptest! {
    #[test]
    fn what_is_written_is_read_whatever_a_chat_does(key in any::<[u8; 32]>()) {
        let key = HostKey(key);
        let text = key.text();
        let wide: String = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        let broken = text.replace('A', "A\u{200b}\n ").replace('.', "。");
        for text in [text.to_lowercase(), text, wide, broken] {
            prop_assert_eq!(HostKey::parse(&text), Ok(key));
        }
    }

    #[test]
    fn an_altered_letter_is_seen(key in any::<[u8; 32]>(), at in 4..72_usize, other in "[0-9A-HJKMNP-TV-Z]") {
        let text = HostKey(key).text();
        prop_assume!(text[at..=at] != other && &text[at..=at] != ".");
        let altered = [&text[..at], &other, &text[at + 1..]].concat();
        prop_assert_eq!(HostKey::parse(&altered), Err(CodeError::Checksum));
    }
}
