//! How much a file may take.

use std::time::Duration;

/// The largest file, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;
/// The memory of the process that parses, in bytes.
pub const MEMORY_LIMIT: u64 = 256 << 20;
/// How long parsing may take, in time of a processor where the system counts it ([`lower`]).
pub const TIME_LIMIT: Duration = Duration::from_secs(5);
/// How long the parent waits. A machine with more to do gives the parser a part of its time only, and a good file must not
/// be refused for that; where the system does not count, there is only the clock.
pub const PATIENCE: Duration = if cfg!(unix) { Duration::from_secs(20) } else { TIME_LIMIT };

/// Files inside a workbook.
pub(super) const ENTRIES: u64 = 4_000;
/// What a workbook's files may unpack to altogether, in bytes.
pub(super) const UNPACKED: u64 = 256 << 20;
/// How many times its packed size a file may be, once it is larger than [`RATIO_FROM`]. Real sheets are 5 to 40 times.
pub(super) const RATIO: u64 = 200;
/// Smaller files may be as repetitive as they like.
pub(super) const RATIO_FROM: u64 = 4 << 20;

/// Sheets in a workbook.
pub(super) const TABLES: u64 = 256;
/// Rows with something in them, over all sheets.
pub(super) const ROWS: u64 = 300_000;
/// Columns.
pub(super) const COLUMNS: u64 = 1_000;
/// Cells up to the last one of each row, over all sheets.
pub(super) const CELLS: u64 = 4_000_000;
/// Characters in a cell; Excel's own limit.
pub(super) const CELL: u64 = 32_767;
/// Text over all cells, in bytes.
pub(super) const TEXT: u64 = 96 << 20;
/// Cells of the rectangle around a sheet of an old workbook, which its parser keeps whole.
pub(super) const AREA: u64 = 2_000_000;

/// Lowers what this process may take, before it opens what may be made to harm. Nothing on systems without such
/// limits; the parent's clock holds there too.
#[cfg(unix)]
pub(super) fn lower() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MEMORY_LIMIT),
        (Resource::Cpu, TIME_LIMIT.as_secs()),
        // Neither a file nor a memory dump is written.
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ];
    for (resource, limit) in limits {
        // Where the system refuses, the clock and the counting still hold.
        let _ = setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) });
    }
}

#[cfg(not(unix))]
pub(super) fn lower() {}
