//! What the tool itself finds, in words.

use std::io::ErrorKind;

use domain::hours::HoursError;

use super::{Said, lint, problem, visible};
use crate::source::JsonError;
use crate::trouble::{PhotoTrouble, Trouble};

/// What a trouble says.
pub(super) fn say(trouble: &Trouble) -> Said {
    match trouble {
        Trouble::Unreadable(kind) => unreadable(*kind),
        Trouble::Json(error) => json(error),
        Trouble::RepeatedKey => Said::new("同一处写了两次", "this key stands twice here"),
        Trouble::Field(problem) => problem::say(problem),
        Trouble::Photo { file, trouble } => {
            let (file, Said { zh, en }) = (visible(file), say_photo(*trouble));
            Said::new(format!("{file}：{zh}"), format!("{file}: {en}"))
        }
        Trouble::Basemap => Said::new(
            "内置地图读不懂，请用 cargo xtask basemap 重新生成",
            "the embedded map makes no sense; make it anew with cargo xtask basemap",
        ),
        Trouble::NoBasemap => Said::new(
            "没有内置地图，网页上只有列表和图块",
            "no embedded map: the page has the list and tiles alone",
        ),
        Trouble::UnknownKey { meant: Some(meant) } => {
            Said::new(format!("没有这一项，是不是 {meant}？"), format!("unknown key; was {meant} meant?"))
        }
        Trouble::UnknownKey { meant: None } => {
            Said::new("没有这一项，不会显示", "unknown key, not shown anywhere")
        }
        Trouble::UnreviewedBoundaries => Said::new(
            "地图显示行政区界线，但没有审图号；公开发布前请送审，或设 \"boundaries\": false",
            "the map shows boundaries but has no review number; have it reviewed, or set \"boundaries\": false",
        ),
        Trouble::NoSiteUrl => Said::new(
            "没有写网址：分享出去的链接没有预览图，搜索引擎也得不到网站地图",
            "the site's address is missing: shared links have no preview image, search engines no sitemap",
        ),
        Trouble::Undrawable { characters } => {
            let list: Vec<String> = characters.iter().map(|c| visible(&c.to_string())).collect();
            Said::new(
                format!("预览图的字库里没有“{}”，图上文字以〓代替，符号略去", list.join("、")),
                format!(
                    "the preview image's font lacks {}: a letter is drawn as 〓, a sign left out",
                    list.join(" ")
                ),
            )
        }
        Trouble::UnclearHours { text, error } => hours(text, *error),
        Trouble::HolidaysEnd { through } => Said::new(
            format!("节假日表只到 {through}，请补充下一年的安排"),
            format!("the holiday table ends on {through}; add the next year"),
        ),
        Trouble::Over { until } => {
            Said::new(format!("已于 {} 过期", visible(until)), format!("over since {}", visible(until)))
        }
        Trouble::EventOver { .. }
        | Trouble::NoContact
        | Trouble::NeverVerified
        | Trouble::Stale { .. }
        | Trouble::Future { .. }
        | Trouble::Elsewhere { .. }
        | Trouble::Close { .. }
        | Trouble::NoStation { .. }
        | Trouble::Undialable(_)
        | Trouble::Masked(_)
        | Trouble::Untranslated { .. } => lint::say(trouble),
    }
}

/// Line, and column where there is one.
pub(super) fn place(error: &JsonError) -> (usize, Option<usize>) {
    match error {
        JsonError::NotUtf8 { line } => (*line, None),
        JsonError::Syntax { line, column, .. } => (*line, Some(*column)),
    }
}

fn unreadable(kind: ErrorKind) -> Said {
    match kind {
        ErrorKind::NotFound => Said::new("没有这个文件", "no such file"),
        ErrorKind::PermissionDenied => Said::new("没有读取权限", "not allowed to read it"),
        other => Said::new(format!("读不出来（{other}）"), format!("cannot be read ({other})")),
    }
}

fn json(error: &JsonError) -> Said {
    match error {
        JsonError::NotUtf8 { .. } => {
            Said::new("不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8; save it as UTF-8")
        }
        JsonError::Syntax { said, .. } => Said::new(
            format!("不是正确的 JSON（{}）", visible(said)),
            format!("not JSON ({})", visible(said)),
        ),
    }
}

fn say_photo(photo: PhotoTrouble) -> Said {
    match photo {
        PhotoTrouble::Elsewhere => Said::new("照片要放在 photos/ 里", "photos belong below photos/"),
        PhotoTrouble::NotAPicture => {
            Said::new("照片只能是 .webp .jpg .png", "a photo may be .webp .jpg .png")
        }
        PhotoTrouble::Missing => Said::new("没有这张照片", "no such photo"),
        PhotoTrouble::NotAPlainFile => Said::new(
            "照片须是普通文件，不能是链接或文件夹",
            "a photo must be a plain file, no link and no folder",
        ),
        PhotoTrouble::Unreadable(kind) => unreadable(kind),
        PhotoTrouble::TooHeavy => {
            Said::new("照片超过 20 MB，请缩小", "the photo has more than 20 MB; make it smaller")
        }
        PhotoTrouble::TooManyPixels { width, height } => Said::new(
            format!("照片太大（{width}×{height}，超过 5000 万像素），请缩小"),
            format!("the photo is too large ({width}×{height}, more than 50 megapixels); make it smaller"),
        ),
        PhotoTrouble::Disguised => Said::new(
            "照片的内容和扩展名不符，请用看图软件另存为 .jpg",
            "the photo is not of the kind its name says; save it as .jpg with a picture viewer",
        ),
        PhotoTrouble::Broken => {
            Said::new("照片损坏或不是图片，请换一张", "the photo is broken or no picture; take another one")
        }
    }
}

fn hours(text: &str, error: HoursError) -> Said {
    // Shown up to the place where it stops making sense.
    let (good, bad) = text.split_at_checked(error.at).unwrap_or((text, ""));
    let text = visible(&format!("{good}▸{bad}"));
    Said::new(
        format!("开放时间“{text}”从 ▸ 起读不懂，将按原文显示，不参与“正在开放”"),
        format!("opening hours \"{text}\" make no sense from ▸ on; shown as written, never as open"),
    )
}
