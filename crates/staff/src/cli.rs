//! The command line.

use clap::{ArgAction, Parser};
use domain::time::Date;

use crate::command::Command;
use crate::words::Lang;

/// What the exit code means, at the end of every help.
pub const EXIT_CODES: &str = "退出码 / exit codes:
  0  成功 / done
  1  数据有错，什么也没写 / the data has errors; nothing was written
  2  命令写错了 / wrong usage
  3  文件或网络出错 / a file or the network failed";

/// What they mean after a check, and what its three levels are.
pub const CHECK_EXIT_CODES: &str = "级别 / levels:
  error    错误：改好之前不能发布 / nothing is published until it is mended
  warning  警告：照样发布，但会误导人 / published all the same; it misleads people
  advice   建议：可以更好 / could be better

退出码 / exit codes:
  0  没有 --fail-on 级别的问题 / nothing of the level of --fail-on
  1  有 --fail-on 级别或更重的问题 / problems of that level or worse
  2  命令写错了 / wrong usage
  3  文件出错 / a file failed";

/// What they mean after an import, which takes the good rows where others are bad.
pub const IMPORT_EXIT_CODES: &str = "退出码 / exit codes:
  0  全部导入 / every row is in
  1  有行被拒，其余已导入；或文件读不懂，什么也没写 / some rows were refused, the others are in; or a file makes no sense and nothing was written
  2  命令写错了 / wrong usage
  3  文件出错 / a file failed";

/// What they mean after a merge, which takes the good codes where others are bad.
pub const MERGE_EXIT_CODES: &str = "退出码 / exit codes:
  0  都有了结果：合并、不要、以前决定过 / everything is decided: merged, declined, or decided before
  1  有编码被拒或等着决定，其余已合并 / some codes were refused or wait for a decision, the others are merged
  2  命令写错了 / wrong usage
  3  文件出错 / a file failed";

/// The heading over the options in a help.
pub const OPTIONS: &str = "选项 / Options";
/// The heading over the commands in a help.
pub const COMMANDS: &str = "命令 / Commands";
/// The order of a help.
pub const TEMPLATE: &str = "\
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
    subcommand_help_heading = COMMANDS,
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

/// A day on the command line.
pub fn day(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).ok_or("应写作 2026-11-20 / write it like 2026-11-20")
}
