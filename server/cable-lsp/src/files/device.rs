//! Names that the system gives to what a program has open, such as `/dev/stdin`: no files, though they may lead to one.

use std::fs::Metadata;
use std::path::{Component, Path};

/// The names of standard input. It is read as it is open, for it may be what has no name to open.
const STANDARD_INPUT: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// Whether a path is such a name.
pub(crate) fn is_device(path: &Path) -> bool {
    const NAMES: [&str; 5] = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    // A walk asks of every file, and hardly any is in one of these folders.
    let mut above = path.components().skip_while(|part| *part == Component::RootDir);
    let may_be = above.next().is_some_and(|part| part.as_os_str() == "dev" || part.as_os_str() == "proc");
    cfg!(unix) && may_be && NAMES.iter().any(|name| path.starts_with(name))
}

/// Whether a path is standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    cfg!(unix) && STANDARD_INPUT.iter().any(|name| path == Path::new(name))
}

/// Whether something is a pipe that has a name: who opens it waits until somebody writes.
#[cfg(unix)]
pub(crate) fn is_pipe(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
pub(crate) fn is_pipe(_: &Metadata) -> bool {
    false
}
