//! How a file is known to be the one that was read.

/// Size and last change of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// The last change, in nanoseconds since 1970.
    pub mtime_ns: i64,
}
