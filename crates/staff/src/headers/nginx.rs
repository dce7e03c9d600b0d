//! The piece for nginx, to be included in a `server` block that says where it listens and where the site lies.

use std::fmt::Write as _;

use super::Headers;
use super::cache::{ASK, ASKED, CONTENT_NAMED, FOREVER, SHORT};
use crate::media;

const HEAD: &str = "\
# 由 staff build 生成，请勿手改。放在 server { } 里：
# Made by `staff build`; do not edit. For the inside of a server block:
#
#   server {
#       listen 80;
#       server_name example.org;
#       root /srv/love-stations/dist;
#       include /srv/love-stations/dist/.deploy/nginx.conf;
#   }
#
# 改了底图（site.json 的 tiles）后执行 nginx -s reload：安全策略里有底图的域名。
# After a change of the tiles in site.json: nginx -s reload, since the policy names their hosts.
#
# add_header 的陷阱：location 里只要写了一个 add_header，外层的全部失效。因此本文件只在 server 一级写，
# 请不要在 location 里另加。
# The trap of add_header: a single one in a location takes away all those around it. Here they all stand at the
# level of the server, and what differs by path is a variable. Do not put any into a location.

server_tokens off;
default_type application/octet-stream;
";

const TAIL: &str = "\
error_page 404 /404.html;

# 使用旁边已压缩好的 .gz。要用更小的 .br，装 brotli 模块（Debian：libnginx-mod-http-brotli-static），
# 再在 server { } 里写 brotli_static on;
# The .gz beside each file. For the smaller .br: install the brotli module, and write `brotli_static on;` into the
# server block.
gzip_static on;
gzip_vary on;

# 隐藏文件和发布用的文件不对外。
# Hidden files, and what is meant for hosts, are nobody's business.
location ~ \"/\\.|^/_(headers|redirects)$\" { return 404; }

# 应用的页面：有单独网页的用它，没有的用总页。
# Pages of the app: one of their own where there is one, the app's otherwise.
location = / { try_files /index.html =404; }
location ~ \"^(?<love_page>/about|/s/[a-z0-9-]{1,40})/?$\" {
    try_files $love_page/index.html /index.html =404;
}
# 站长改信息的页面，每个站点同一个。
# The hosts' page, the same for every station.
location ~ \"^(?<love_edit>/s/[a-z0-9-]{1,40}/edit)/?$\" {
    try_files $love_edit/index.html /edit.html /index.html =404;
}
# 聊天软件会在链接后面粘上文字，由应用去认。
# Chats glue sentences to a station's address; the app finds the station in it.
location ~ \"^/s/.*[^A-Za-z0-9/._~-]\" { try_files /index.html =404; }

# 按城市和区县的文字页。
# The pages by place.
location ~ \"^(?<love_place>/list(?:/[a-z0-9-]{1,40}){0,3})/?$\" { try_files $love_place/index.html =404; }

# 其余是文件：没有就是真正的 404。
# Everything else is a file, or a real 404.
location / { try_files $uri =404; }
";

/// The piece.
pub(super) fn text(headers: &Headers) -> String {
    let mut text = HEAD.to_owned();
    // Writing to a String does not fail.
    let _ = writeln!(text, "types {{");
    for (kind, extensions) in media::TYPES {
        let kind = kind.split(';').next().unwrap_or(kind);
        let _ = writeln!(text, "    {kind} {};", extensions.join(" "));
    }
    let utf8 = media::TYPES.iter().filter_map(|(kind, _)| kind.strip_suffix("; charset=utf-8"));
    // text/html is always among them, and nginx warns of those named twice.
    let utf8: Vec<&str> = utf8.filter(|kind| *kind != "text/html").collect();
    let _ = writeln!(text, "}}\ncharset utf-8;\ncharset_types {};\n", utf8.join(" "));
    for (name, value) in headers.security() {
        let _ = writeln!(text, "add_header {name} \"{value}\" always;");
    }
    let _ = write!(
        text,
        "\nset $love_cache \"{SHORT}\";\n\
         if ($uri ~ \"\\.html$|/$|/[^/.]*$|{ASKED}\") {{ set $love_cache \"{ASK}\"; }}\n\
         if ($uri ~ \"{CONTENT_NAMED}\") {{ set $love_cache \"{FOREVER}\"; }}\n\
         if ($uri ~ \"^/s/\") {{ set $love_cache \"{ASK}\"; }}\n\
         add_header Cache-Control $love_cache always;\n\n"
    );
    text + TAIL
}
