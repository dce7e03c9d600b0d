//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};
use domain::time::Date;

use crate::words::Lang;

const EXIT_CODES: &str = "退出码 / exit codes:
  0  成功 / done
  1  数据有错，什么也没写 / the data has errors; nothing was written
  2  命令写错了 / wrong usage
  3  文件或网络出错 / a file or the network failed";

const OPTIONS: &str = "选项 / Options";
const TEMPLATE: &str = "\
{about}

用法 / Usage: {usage}

{all-args}{after-help}";

/// 检查驿站数据、生成网站、提供网站
/// Checks station data, builds the site, serves it
#[derive(Debug, Parser)]
#[command(
    name = "staff",
    version,
    verbatim_doc_comment,
    after_help = EXIT_CODES,
    help_template = TEMPLATE,
    subcommand_help_heading = "命令 / Commands",
    next_help_heading = OPTIONS,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub struct Cli {
    /// 显示帮助 / print help
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// 显示版本 / print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// 输出的语言 / language of the output
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "zh|en|both"
    )]
    pub lang: Lang,
    /// 做什么 / what to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查数据，一次列出全部问题 / check the data; all problems at once
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Check {
        /// 源文件夹 / source folder
        #[arg(long, value_name = "DIR", default_value = "public")]
        source: PathBuf,
        /// 以这一天为今天，如 2026-11-20；默认取系统日期 / take this day for today; default: the system's date
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
        /// 输出 JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// 生成发布用的数据，并补全 index.html；数据有错就什么也不写 / make the published data and complete index.html
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Build {
        /// 源文件夹 / source folder
        #[arg(long, value_name = "DIR", default_value = "public")]
        source: PathBuf,
        /// 网站文件夹，其中已有 index.html / the site's folder, with its index.html
        #[arg(long, value_name = "DIR", env = "TRUNK_STAGING_DIR", default_value = "dist")]
        out: PathBuf,
        /// 现已发布的网站，序号接着它往上数；默认同 --out / the site published now, whose number is followed; default: --out
        #[arg(long, value_name = "DIR", env = "TRUNK_DIST_DIR")]
        previous: Option<PathBuf>,
        /// 不生成 .br 和 .gz / no .br and .gz files
        #[arg(long)]
        no_pack: bool,
        /// 以这一天为今天 / take this day for today
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
        /// 输出 JSON / print JSON
        #[arg(long)]
        json: bool,
    },
    /// 在本机提供生成好的网站 / serve the built site
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Serve {
        /// 网站文件夹 / the site's folder
        #[arg(long, value_name = "DIR", default_value = "dist")]
        dist: PathBuf,
        /// 地址和端口；端口 0 为任选 / address and port; port 0: any free one
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
}

fn day(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).ok_or("应写作 2026-11-20 / write it like 2026-11-20")
}
