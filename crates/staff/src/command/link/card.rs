//! A card to be printed: the link as a QR code, and what to type where it does not open.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use qrcodegen::{QrCode, QrCodeEcc};

/// What stands on the card.
pub(super) struct Card<'a> {
    /// The station's name.
    pub(super) station: &'a str,
    /// Whose it is.
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) code: &'a str,
    pub(super) until: &'a str,
    /// The site's address.
    pub(super) site: &'a str,
}

/// A file that a card can be written to.
pub(super) fn file(text: &str) -> Result<PathBuf, &'static str> {
    let path = PathBuf::from(text);
    let fits = path.extension().is_some_and(|it| it == "svg" || it == "html");
    if fits { Ok(path) } else { Err("应是 .svg 或 .html 文件 / a .svg or .html file") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Card<'_> {
    /// Writes it; nobody but its owner may read the file.
    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        let svg = self.svg()?;
        let text = if file.extension().is_some_and(|it| it == "html") {
            format!(
                "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n\
                 <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>@page{{size:A6;margin:6mm}}body{{margin:0}}svg{{width:100%;max-width:105mm}}</style>\n\
                 </head>\n<body>\n{svg}</body>\n</html>\n",
                escaped(self.station)
            )
        } else {
            svg
        };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        io::Write::write_all(&mut options.open(file)?, text.as_bytes())
    }

    fn svg(&self) -> io::Result<String> {
        let code = QrCode::encode_text(self.url, QrCodeEcc::Medium).map_err(io::Error::other)?;
        let (size, mut path) = (code.size(), String::new());
        for y in 0..size {
            for x in (0..size).filter(|&x| code.get_module(x, y)) {
                // Writing to a String does not fail.
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
        let [station, name, typed, until, address] =
            [self.station, self.name, self.code, self.until, self.site].map(escaped);
        let scale = 240.0 / f64::from(size);
        let line = |y: u32, size: u32, text: String| {
            format!("<text x=\"160\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\">{text}</text>\n")
        };
        let lines = [
            line(36, 20, station),
            line(62, 14, format!("{name} · 扫码更新本站信息")),
            line(338, 13, format!("打不开时，到 {address} 输入短码")),
            line(364, 22, typed),
            line(388, 12, format!("到 {until} 有效 · 只给本人使用，不要转发到群里")),
        ]
        .concat();
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 400\" font-family=\"sans-serif\" role=\"img\">\n\
             <rect width=\"320\" height=\"400\" fill=\"#fff\"/>\n\
             <path transform=\"translate(40 76) scale({scale:.4})\" d=\"{path}\" shape-rendering=\"crispEdges\"/>\n{lines}</svg>\n"
        ))
    }
}
