//! `staff serve`: the built site, over HTTP.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::{GOOD, fail, print};
use crate::serve::{self, LogForm, Options, ServeError};
use crate::trouble::Item;
use crate::words::{Lang, Said};

/// What to serve, and where.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 网站文件夹 / the site's folder
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// 源文件夹：收站长的改动和骑友的反馈，并从它生成网站 / the source folder: take hosts' changes and riders' reports, and build the site from it
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// 不生成 .br、.gz 和 sw.js / no .br and .gz files and no sw.js
    #[arg(long, requires = "data")]
    no_pack: bool,
    /// 前面有反向代理：对方的地址看 X-Forwarded-For 的最后一个 / a proxy stands before it: whose request it is says the last of X-Forwarded-For
    #[arg(long)]
    proxied: bool,
    /// 地址和端口；端口 0 为任选 / address and port; port 0: any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 访问日志：text 文字、json、off 不记；地址只记网段 / access log; of addresses only the network is written
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json|off")]
    log: LogForm,
    /// 同时保持的连接数 / connections held at once
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = at_least_one)]
    connections: usize,
    /// 每个地址同时的连接数；放在反向代理后面时与 --connections 相同 / connections from one address; behind a proxy: as many as --connections
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = at_least_one)]
    per_address: usize,
    /// 对方不发请求头或不收数据时，最多等几秒 / longest wait for a silent client, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    patience: u64,
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    // Tokio counts places in fewer bits than a usize has; no machine has a million connections to give.
    let count = text.parse().ok().filter(|count| (1..=1_000_000).contains(count));
    count.ok_or("应为 1 到 1000000 / 1 to 1000000")
}

/// Serves until somebody stops it.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let started = |address, stalled: &[Item]| {
        let said = Said::new(
            format!("网站在 http://{address}/ ，按 Ctrl+C 停止"),
            format!("serving at http://{address}/ until Ctrl+C"),
        );
        print(&said.get(lang));
        if !stalled.is_empty() {
            print(&crate::words::journal::stalled(stalled).get(lang));
        }
    };
    let Args { dist, data, no_pack, proxied, listen, log, connections, per_address, patience } = args;
    let options = Options {
        dist: dist.clone(),
        listen: *listen,
        connections: *connections,
        per_address: *per_address,
        patience: Duration::from_secs(*patience),
        log: *log,
        data: data.clone(),
        packed: !no_pack,
        proxied: *proxied,
    };
    match serve::serve(&options, started) {
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
        ServeError::Live(error) => crate::words::journal::live(error),
        ServeError::Runtime(error) => {
            Said::new(format!("系统出错：{error}"), format!("the system failed: {error}"))
        }
    }
}
