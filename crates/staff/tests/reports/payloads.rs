//! Texts that hope to be taken for something else: script, addresses, terminal orders, turned and invisible characters.

/// More than 300 of them.
pub fn payloads() -> Vec<String> {
    let run = "window.hurt=1";
    let mut all = Vec::new();
    let tags = [
        "script", "img", "svg", "iframe", "object", "embed", "video", "audio", "body", "details", "input",
        "math", "style", "link", "meta", "base", "form", "button", "a", "template",
    ];
    let events = ["onerror", "onload", "onclick", "onfocus autofocus", "ontoggle open", "onmouseover"];
    for tag in tags {
        for event in events {
            all.push(format!("<{tag} src=x {event}={run}>"));
        }
        all.push(format!("\"><{tag}>{run}</{tag}>"));
        all.push(format!("</title></textarea></noscript><{tag} style='background:url(javascript:{run})'>"));
    }
    let schemes = [
        "javascript",
        "JaVaScRiPt",
        "java\tscript",
        "data",
        "vbscript",
        "file",
        "tel",
        "sms",
        "geo",
        "weixin",
    ];
    let after = [":window.hurt=1", ":text/html,<script>window.hurt=1</script>", "://evil.example/?"];
    for scheme in schemes {
        all.extend(after.iter().map(|after| format!("{scheme}{after}")));
        all.push(format!("[点我]({scheme}:{run})"));
    }
    let quotes = [
        "'",
        "\"",
        "`",
        "\\",
        "'-",
        "\"+",
        "${",
        "{{",
        "<!--",
        "]]>",
        "*/",
        "--%>",
        "&lt;script&gt;",
        "%3Cscript%3E",
    ];
    for quote in quotes {
        all.extend([format!("{quote}{run}"), format!("{quote};alert(1)//"), format!("{quote}\u{2028}{run}")]);
    }
    let hidden = [
        '\u{0}',
        '\u{7}',
        '\u{8}',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{ad}',
        '\u{61c}',
        '\u{200b}',
        '\u{200d}',
        '\u{200f}',
        '\u{2028}',
        '\u{202a}',
        '\u{202e}',
        '\u{2066}',
        '\u{2069}',
        '\u{feff}',
        '\u{fff9}',
        '\u{e0041}',
    ];
    for c in hidden {
        all.extend([format!("关门{c}了"), format!("{c}[2J{c}]0;改标题\u{7}"), format!("txt.exe{c}gpj.{c}")]);
    }
    let sheets = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "=HYPERLINK(\"http://evil.example\")"];
    all.extend(sheets.iter().map(|text| (*text).to_owned()));
    let odd = ["uuid=1&station=x", "\r\nSet-Cookie: a=b", "../../etc/passwd", "%00%0d%0a", "🧨👨‍👩‍👧‍👦🏳️‍🌈", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞a̴͝lgo"];
    all.extend(odd.iter().map(|text| (*text).to_owned()));
    all.push("长".repeat(5_000));
    all
}
