//! The name of a post as it is searched, however it is written.

/// The bytes of a post's name that count: upper case, without spaces and punctuation.
pub(crate) fn folded_name(name: &str) -> impl Iterator<Item = u8> + Clone {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase())
}
