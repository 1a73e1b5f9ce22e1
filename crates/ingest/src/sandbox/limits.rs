//! What a reader may use.

use std::time::Duration;

/// Memory of a reader, in bytes of address space: 1 GiB.
pub(crate) const MEMORY: u64 = 1 << 30;

/// Processor time for one document, or for each of its hundreds of pages.
pub(crate) const TIME: Duration = Duration::from_secs(10);

/// Time by the clock for as much: a reader that waits, or a machine that is busy with other work,
/// may need longer than it works.
pub(crate) const CLOCK: Duration = Duration::from_secs(20);

/// Pages after which a reader gets as much time again.
pub(crate) const PAGES_PER_TIME: u32 = 100;

/// Files and pipes that a reader may hold open.
pub(crate) const OPEN_FILES: u64 = 64;

/// The longest answer of a reader, in bytes: what a document of 64 MiB may become where every
/// character is escaped, and far more than any text is.
pub(crate) const OUTPUT: usize = 256 << 20;
