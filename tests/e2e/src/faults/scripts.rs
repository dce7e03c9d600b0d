//! What makes a phone odd, as scripts that run before a page's own.

use super::case::What;

/// The scripts of a case.
pub fn of(what: &What) -> Vec<String> {
    match what {
        What::Clock(_, days) => vec![clock(*days)],
        What::NoWorker(_) => vec![
            "delete Navigator.prototype.serviceWorker; Object.defineProperty(navigator, 'serviceWorker', { value: undefined })"
                .to_owned(),
        ],
        _ => Vec::new(),
    }
}

/// The clock is wrong by so many days.
fn clock(days: i64) -> String {
    format!(
        "(() => {{
            const Right = Date;
            const wrong = {days} * 864e5;
            globalThis.Date = class Date extends Right {{
                constructor(...args) {{ if (args.length === 0) super(Right.now() + wrong); else super(...args); }}
                static now() {{ return Right.now() + wrong; }}
            }};
        }})()"
    )
}

/// Fills what the browser keeps for this page until so many bytes are left.
pub fn fill(left: u32) -> String {
    format!(
        "(() => {{
            // Two bytes a character; from the largest piece to the smallest.
            let number = 0;
            for (let piece = 1 << 22; piece >= 1; piece >>= 1) {{
                try {{ for (;;) {{ localStorage.setItem('fill.' + number, 'x'.repeat(piece)); number += 1; }} }} catch {{}}
            }}
            let free = {left} / 2;
            for (let n = 0; n < number && free > 0; n += 1) {{
                const piece = localStorage.getItem('fill.' + n);
                localStorage.setItem('fill.' + n, piece.slice(Math.min(free, piece.length)));
                free -= Math.min(free, piece.length);
            }}
            return true;
        }})()"
    )
}
