//! The piece for Caddy, to be imported into a site.

use std::fmt::Write as _;

use super::Headers;
use super::cache::{ASK, ASKED, CONTENT_NAMED, FOREVER, SHORT};
use crate::media;

const HEAD: &str = "\
# 由 staff build 生成，请勿手改。放在站点里：
# Made by `staff build`; do not edit. For the inside of a site:
#
#   example.org {
#       root * /srv/love-stations/dist
#       import /srv/love-stations/dist/.deploy/Caddyfile
#   }
#
# 改了底图（site.json 的 tiles）后执行 caddy reload：安全策略里有底图的域名。
# After a change of the tiles in site.json: caddy reload, since the policy names their hosts.

";

const TAIL: &str = "\
# 隐藏文件和发布用的文件不对外。
# Hidden files, and what is meant for hosts, are nobody's business.
@love_private path_regexp /\\.|^/_(headers|redirects)$
handle @love_private {
	error 404
}

# 应用的页面：有单独网页的用它，没有的用总页。
# Pages of the app: one of their own where there is one, the app's otherwise.
@love_pages path_regexp page ^(/about|/s/[a-z0-9-]{1,40})/?$
handle @love_pages {
	try_files {re.page.1}/index.html /index.html
	file_server {
		precompressed br gzip
	}
}
# 站长改信息的页面，每个站点同一个。
# The hosts' page, the same for every station.
@love_edit path_regexp edit ^(/s/[a-z0-9-]{1,40}/edit)/?$
handle @love_edit {
	try_files {re.edit.1}/index.html /edit.html /index.html
	file_server {
		precompressed br gzip
	}
}
# 聊天软件会在链接后面粘上文字，由应用去认。
# Chats glue sentences to a station's address; the app finds the station in it.
@love_glued path_regexp ^/s/.*[^A-Za-z0-9/._~-]
handle @love_glued {
	rewrite * /index.html
	file_server {
		precompressed br gzip
	}
}

# 其余是文件：没有就是真正的 404。
# Everything else is a file, or a real 404.
handle {
	file_server {
		precompressed br gzip
	}
}
handle_errors {
	header Cache-Control no-cache
";

const END: &str = "\
	@love_missing expression {err.status_code} == 404
	handle @love_missing {
		rewrite * /404.html
		file_server
	}
}
";

/// Types that Caddy does not know of itself.
const TYPES: [&str; 3] = ["bin", "geojson", "webmanifest"];

/// The piece.
pub(super) fn text(headers: &Headers) -> String {
    let mut text = HEAD.to_owned();
    security(&mut text, headers, "");
    // Writing to a String does not fail.
    for extension in TYPES {
        let kind = media::content_type(&format!(".{extension}"));
        let _ = writeln!(text, "@love_{extension} path *.{extension}");
        let _ = writeln!(text, "header @love_{extension} Content-Type \"{kind}\"");
    }
    let _ = write!(
        text,
        "@love_named path_regexp {CONTENT_NAMED}\n\
         @love_ask path_regexp (\\.html|/|/[^/.]*)$|{ASKED}|^/s/\n\
         @love_rest not path_regexp (\\.html|/|/[^/.]*)$|{ASKED}|^/s/|{CONTENT_NAMED}\n\
         header @love_named Cache-Control \"{FOREVER}\"\n\
         header @love_ask Cache-Control {ASK}\n\
         header @love_rest Cache-Control \"{SHORT}\"\n\n"
    );
    text += TAIL;
    // What stands outside does not hold for errors.
    security(&mut text, headers, "\t");
    text + END
}

fn security(text: &mut String, headers: &Headers, indent: &str) {
    let _ = writeln!(text, "{indent}header {{");
    for (name, value) in headers.security() {
        let _ = writeln!(text, "{indent}\t{name} \"{value}\"");
    }
    let _ = writeln!(text, "{indent}\t-Server\n{indent}}}");
}
