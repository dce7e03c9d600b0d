//! What a page says of itself to search engines and chats.
//!
//! `DingTalk` and others read Open Graph, QQ reads `itemprop`, `WeChat` the title and, of late, Open Graph: all are there.
//! Addresses are whole ones, as chats want them; where nobody said where the site is published, there are none.

use std::fmt;

use domain::site::Site;
use domain::text::Lang;
use preview::SIZES;

use super::html::Escaped;

/// What a page's head says beside its title and description.
pub(super) struct Meta<'a> {
    /// The site's settings.
    pub(super) site: &'a Site,
    /// What the page is called.
    pub(super) title: &'a str,
    /// What it says of itself.
    pub(super) description: &'a str,
    /// Its address on the site, with the slash at its front.
    pub(super) path: &'a str,
    /// The image that stands for it.
    pub(super) image: Option<Image<'a>>,
}

/// A preview image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Image<'a> {
    /// Its files, relative to the site, without the endings of [`SIZES`].
    pub(super) base: &'a str,
    /// What it shows.
    pub(super) alt: &'a str,
}

impl Image<'_> {
    /// The addresses of its files, in the order of [`SIZES`], and what those are.
    pub(super) fn urls(self, origin: &str) -> [(String, preview::Size); 2] {
        SIZES.map(|size| (format!("{origin}/{}{}", self.base, size.ending), size))
    }
}

impl fmt::Display for Meta<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { site, title, description, path, image } = self;
        let (name, title, description) =
            (Escaped(site.title.get(Lang::Zh)), Escaped(title), Escaped(description));
        let origin = site.site_url.get();
        if let Some(origin) = origin {
            write!(f, "<link rel=\"canonical\" href=\"{}{path}\">", Escaped(origin))?;
        }
        let mut property = |name: &str, content: Escaped<'_>| {
            write!(f, "<meta property=\"og:{name}\" content=\"{content}\">")
        };
        property("type", Escaped("website"))?;
        property("site_name", name)?;
        property("locale", Escaped("zh_CN"))?;
        property("title", title)?;
        property("description", description)?;
        let (Some(origin), Some(image)) = (origin, image) else {
            return write_items(f, title, description, None);
        };
        property("url", Escaped(&format!("{origin}{path}")))?;
        let images = image.urls(origin);
        for (url, size) in &images {
            property("image", Escaped(url))?;
            property("image:width", Escaped(&size.width.to_string()))?;
            property("image:height", Escaped(&size.height.to_string()))?;
            property("image:alt", Escaped(image.alt))?;
        }
        f.write_str("<meta name=\"twitter:card\" content=\"summary_large_image\">")?;
        // QQ shows a square.
        write_items(f, title, description, Some(&images[1].0))
    }
}

fn write_items(
    f: &mut fmt::Formatter<'_>,
    title: Escaped<'_>,
    description: Escaped<'_>,
    image: Option<&str>,
) -> fmt::Result {
    write!(f, "<meta itemprop=\"name\" content=\"{title}\">")?;
    write!(f, "<meta itemprop=\"description\" content=\"{description}\">")?;
    image.map_or(Ok(()), |url| write!(f, "<meta itemprop=\"image\" content=\"{}\">", Escaped(url)))
}
