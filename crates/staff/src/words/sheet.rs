//! Why a spreadsheet could not be read, in words.

use super::{Said, visible};
use crate::sheet::{Format, NotASheet, SheetError, TooMuch, column_name};

/// What is wrong with a file.
pub fn say(error: &SheetError) -> Said {
    match error {
        SheetError::Missing => Said::new("没有这个文件", "no such file"),
        SheetError::Disk(said) => {
            Said::new(format!("读不出来（{}）", visible(said)), format!("cannot be read ({})", visible(said)))
        }
        SheetError::Link => Said::new(
            "是个链接，不读；请给出文件本身",
            "is a link, which is not followed; name the file itself",
        ),
        SheetError::NotAFile => Said::new("不是普通文件", "is no plain file"),
        SheetError::Empty => Said::new("是空的", "is empty"),
        SheetError::NotASheet(what) => not_a_sheet(*what),
        SheetError::Encrypted => Said::new(
            "工作簿有密码；请在 Excel 里取消密码后另存",
            "the workbook has a password; save it without one",
        ),
        SheetError::TooMuch { what, limit, at } => too_much(*what, *limit, *at),
        SheetError::Bomb { part } => {
            let part = visible(part);
            Said::new(
                format!("里面的 {part} 解压后大得不正常，像是有意捣乱；不读"),
                format!("{part} inside unpacks to far more than any sheet does; not read"),
            )
        }
        SheetError::Lie { part } => {
            let part = visible(part);
            Said::new(
                format!("里面的 {part} 自称的大小与内容不符；不读"),
                format!("{part} inside claims a size that it does not have; not read"),
            )
        }
        SheetError::Declaration { part } => {
            let part = visible(part);
            Said::new(
                format!("里面的 {part} 带有 XML 声明（DOCTYPE 或实体），正常的工作簿没有；不读"),
                format!(
                    "{part} inside declares a document type or entities, which no workbook does; not read"
                ),
            )
        }
        SheetError::Escape { part } => {
            let part = visible(part);
            Said::new(
                format!("里面的 {part} 想跑到工作簿外面去；不读"),
                format!("{part} inside leads out of the workbook; not read"),
            )
        }
        SheetError::Broken(said) => {
            let said = visible(said);
            Said::new(
                format!("工作簿不完整或已损坏（{said}）；请在 Excel 里打开后另存"),
                format!("the workbook is not whole ({said}); open it in Excel and save it again"),
            )
        }
        SheetError::Time => Said::new(
            "5 秒内没能读完；请拆成小一点的文件",
            "not read within 5 seconds; split it into smaller files",
        ),
        SheetError::Memory => Said::new(
            "读它要用的内存太多（超过 256 MB）；请拆成小一点的文件",
            "reading it takes too much memory (over 256 MB); split it into smaller files",
        ),
        SheetError::Crashed => Said::new(
            "读不下去，文件多半已损坏；请在 Excel 里打开后另存",
            "reading failed, the file is probably damaged; open it in Excel and save it again",
        ),
        SheetError::NoWorker(said) => {
            let said = visible(said);
            Said::new(
                format!("无法启动读表的进程（{said}）"),
                format!("the process that reads sheets could not be started ({said})"),
            )
        }
        SheetError::Write(said) => Said::new(
            format!("写不成（{}）", visible(said)),
            format!("cannot be written ({})", visible(said)),
        ),
        SheetError::Encoding { .. }
        | SheetError::Nul { .. }
        | SheetError::OpenQuote { .. }
        | SheetError::Json { .. }
        | SheetError::NotRecords { .. } => text(error),
    }
}

fn text(error: &SheetError) -> Said {
    match error {
        SheetError::Encoding { line } => Said::new(
            format!("第 {line} 行起既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”"),
            format!("neither UTF-8 nor GB18030 from line {line} on; save it as CSV UTF-8"),
        ),
        SheetError::Nul { line } => Said::new(
            format!("第 {line} 行有 NUL 字符，不是文本，或已损坏"),
            format!("line {line} has a NUL character: this is no text, or it is damaged"),
        ),
        SheetError::OpenQuote { line } => Said::new(
            format!("第 {line} 行的双引号没有配对，后面的行会并进一个单元格"),
            format!("a quotation mark on line {line} is never closed: the rows after it would be one cell"),
        ),
        SheetError::Json { line, column, said } => {
            let said = visible(said);
            Said::new(
                format!("第 {line} 行第 {column} 列起不是 JSON（{said}）"),
                format!("not JSON from line {line}, column {column} on ({said})"),
            )
        }
        SheetError::NotRecords { item: Some(item) } => {
            Said::new(format!("第 {item} 项不是对象"), format!("entry {item} is no object"))
        }
        _ => Said::new(
            "JSON 里没有对象的列表，也不是 GeoJSON 的 FeatureCollection",
            "the JSON holds no list of objects and is no FeatureCollection",
        ),
    }
}

fn not_a_sheet(what: NotASheet) -> Said {
    let (zh, en) = match what {
        NotASheet::Html => (
            "是网页，不是工作簿；请用 Excel 打开，另存为 .xlsx",
            "is a web page, no workbook; open it in Excel and save it as .xlsx",
        ),
        NotASheet::Xml => (
            "是 XML，不是工作簿；请用 Excel 打开，另存为 .xlsx",
            "is XML, no workbook; open it in Excel and save it as .xlsx",
        ),
        NotASheet::Pdf => {
            ("是 PDF，不是表格；请要一份 Excel 文件", "is a PDF, no sheet; ask for an Excel file")
        }
        NotASheet::Picture => ("是图片，不是表格", "is a picture, no sheet"),
        NotASheet::Archive => {
            ("是压缩包，里面不是工作簿；请先解压", "is an archive that is no workbook; unpack it first")
        }
        NotASheet::Xlsb => ("是 .xlsb；请用 Excel 另存为 .xlsx", "is an .xlsb; save it as .xlsx"),
        NotASheet::Ods => ("是 .ods；请另存为 .xlsx", "is an .ods; save it as .xlsx"),
        NotASheet::Office => {
            ("是 Word 或别的 Office 文件，不是工作簿", "is another Office file, no workbook")
        }
        NotASheet::Binary => ("不是表格", "is no sheet"),
    };
    Said::new(zh, en)
}

fn too_much(what: TooMuch, limit: u64, at: Option<(u32, usize)>) -> Said {
    let megabytes = limit >> 20;
    let (zh, en) = match what {
        TooMuch::File => (format!("超过 {megabytes} MB"), format!("is larger than {megabytes} MB")),
        TooMuch::Entries => {
            (format!("里面的文件超过 {limit} 个"), format!("has more than {limit} files inside"))
        }
        TooMuch::Unpacked => {
            (format!("解压后超过 {megabytes} MB"), format!("unpacks to more than {megabytes} MB"))
        }
        TooMuch::Tables => (format!("工作表超过 {limit} 个"), format!("has more than {limit} sheets")),
        TooMuch::Rows => (format!("超过 {limit} 行"), format!("has more than {limit} rows")),
        TooMuch::Columns => (format!("超过 {limit} 列"), format!("has more than {limit} columns")),
        TooMuch::Cells => (format!("单元格超过 {limit} 个"), format!("has more than {limit} cells")),
        TooMuch::Cell => {
            (format!("单元格里超过 {limit} 个字"), format!("has a cell of more than {limit} characters"))
        }
        TooMuch::Text => {
            (format!("文字超过 {megabytes} MB"), format!("has more than {megabytes} MB of text"))
        }
    };
    match at {
        None => Said::new(zh, en),
        Some((row, column)) => {
            let place = format!("{}{row}", column_name(column));
            Said::new(format!("{zh}（在 {place}）"), format!("{en} (at {place})"))
        }
    }
}

/// What a format is called.
pub const fn format(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "xlsx",
        Format::Xls => "xls",
        Format::CsvUtf8 => "CSV (UTF-8)",
        Format::CsvGb18030 => "CSV (GB18030)",
        Format::GeoJson => "GeoJSON",
        Format::Json => "JSON",
    }
}
