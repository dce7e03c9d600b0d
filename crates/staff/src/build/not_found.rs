//! `404.html`: the page behind a wrong link. It stands by itself and needs no script and no style.

use domain::site::Site;
use domain::text::Lang;

use super::html::Escaped;

/// The page.
pub(super) fn page(site: &Site) -> String {
    let title = Escaped(site.title.get(Lang::Zh));
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">\n<title>找不到页面 - {title}</title>\n</head>\n<body>\n<main>\n<h1>找不到页面</h1>\n\
         <p>这个链接不对，或页面已经不在了。</p>\n<p><a href=\"/\">打开{title}</a></p>\n\
         <p lang=\"en\">There is no such page. <a href=\"/\">Open the map of stations</a></p>\n\
         </main>\n</body>\n</html>\n"
    )
}
