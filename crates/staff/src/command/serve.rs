//! `staff serve`: the built site, over HTTP.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::{GOOD, fail, print};
use crate::serve::{self, ServeError};
use crate::words::{Lang, Said};

/// What to serve, and where.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 网站文件夹 / the site's folder
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// 地址和端口；端口 0 为任选 / address and port; port 0: any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Serves until somebody stops it.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let started = |address| {
        let said = Said::new(
            format!("网站在 http://{address}/ ，按 Ctrl+C 停止"),
            format!("serving at http://{address}/ until Ctrl+C"),
        );
        print(&said.get(lang));
    };
    match serve::serve(&args.dist, args.listen, started) {
        Ok(()) => Ok(GOOD),
        Err(error) => fail(&serve_error(&error), lang),
    }
}

fn serve_error(error: &ServeError) -> Said {
    match error {
        ServeError::NotBuilt(path) => {
            let path = path.display();
            Said::new(
                format!("{path} 里没有 index.html，请先生成网站"),
                format!("{path} has no index.html: build first"),
            )
        }
        ServeError::Listen(address, error) => {
            let zh = format!("无法监听 {address}：{error}；可用 --listen 换一个");
            Said::new(zh, format!("cannot listen at {address}: {error}; choose another with --listen"))
        }
        ServeError::Runtime(error) => {
            Said::new(format!("系统出错：{error}"), format!("the system failed: {error}"))
        }
    }
}
