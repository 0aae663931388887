//! Names that the system gives to what a program has open, such as `/dev/stdin`: no files, though they may lead to one.

use std::path::Path;

/// The names of standard input. It is read as it is open, for it may be what has no name to open.
const STANDARD_INPUT: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// Whether a path is such a name.
pub(crate) fn is_device(path: &Path) -> bool {
    let names = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    cfg!(unix) && names.iter().any(|name| path.starts_with(name))
}

/// Whether a path is standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    cfg!(unix) && STANDARD_INPUT.iter().any(|name| path == Path::new(name))
}
