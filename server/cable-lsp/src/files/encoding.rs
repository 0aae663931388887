//! How a file's bytes stand for its text, and back again without loss.

use std::io;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding, and whether a byte order mark is before the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoded {
    encoding: &'static Encoding,
    has_mark: bool,
    /// Some bytes were no character, so the text does not stand for them.
    is_lossy: bool,
}

impl Encoded {
    /// UTF-8 as it is; what bears another byte order mark by that; everything else as Windows-1252, which reads any
    /// bytes.
    pub(crate) fn decode(bytes: Vec<u8>) -> (String, Self) {
        if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
            let (text, is_lossy) = encoding.decode_without_bom_handling(&bytes[length..]);
            return (text.into_owned(), Self { encoding, has_mark: true, is_lossy });
        }
        match String::from_utf8(bytes) {
            Ok(text) => (text, Self { encoding: UTF_8, has_mark: false, is_lossy: false }),
            Err(error) => {
                let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
                (text.into_owned(), Self { encoding: WINDOWS_1252, has_mark: false, is_lossy: false })
            }
        }
    }

    /// The bytes of a text.
    ///
    /// # Errors
    ///
    /// When the encoding lacks one of its characters, or when reading has lost some bytes.
    pub(crate) fn encode(self, text: &str) -> io::Result<Vec<u8>> {
        let fault =
            |fault: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{} {fault}", self.encoding.name()));
        if self.is_lossy {
            return Err(fault("does not explain some of its bytes"));
        }
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let units = || mark.encode_utf16().chain(text.encode_utf16());
        if self.encoding == UTF_16LE {
            return Ok(units().flat_map(u16::to_le_bytes).collect());
        }
        if self.encoding == UTF_16BE {
            return Ok(units().flat_map(u16::to_be_bytes).collect());
        }
        let (bytes, _, lacks_some) = self.encoding.encode(text);
        if lacks_some { Err(fault("lacks a character of the repair")) } else { Ok([mark.as_bytes(), &bytes].concat()) }
    }

    pub(crate) fn encoding(self) -> &'static Encoding {
        self.encoding
    }

    /// Whether a byte order mark says that every second byte may well be NUL.
    pub(crate) fn is_wide(bytes: &[u8]) -> bool {
        Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_archives_hold_and_writes_it_back() {
        let cases: [(&[u8], &str, &Encoding); 6] = [
            ("¶1. (U)".as_bytes(), "¶1. (U)", UTF_8),
            (b"\xef\xbb\xbfUNCLAS", "UNCLAS", UTF_8),
            (b"\xff\xfeU\0\xb6\0", "U¶", UTF_16LE),
            (b"\xfe\xff\0U\0\xb6", "U¶", UTF_16BE),
            (b"caf\xe9 \x93said\x94 \x81", "café “said” \u{81}", WINDOWS_1252),
            (b"", "", UTF_8),
        ];
        for (bytes, text, encoding) in cases {
            let (decoded, encoded) = Encoded::decode(bytes.to_vec());
            assert_eq!((decoded.as_str(), encoded.encoding()), (text, encoding));
            assert_eq!(encoded.encode(&decoded).expect("nothing is lost"), bytes, "{text}");
        }
    }

    #[test]
    fn says_when_a_character_has_no_bytes() {
        let (_, latin) = Encoded::decode(b"\xe9".to_vec());
        assert_eq!(latin.encode("¶1.").expect("it has one"), b"\xb61.");
        assert!(latin.encode("Ж").is_err());
        let (_, half) = Encoded::decode(b"\xff\xfeU\0\xb6".to_vec());
        assert!(half.encode("U").is_err());
    }

    #[test]
    fn any_byte_of_windows_1252_is_kept() {
        let bytes: Vec<u8> = (0..=255).collect();
        let (text, encoded) = Encoded::decode(bytes.clone());
        assert_eq!((encoded.encoding(), encoded.encode(&text).expect("nothing is lost")), (WINDOWS_1252, bytes));
    }
}
