//! Bytes → everything that is shown of them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (text, written) = cable_lsp::decode(bytes.to_vec());
    if let Ok(written) = written {
        assert!(written == bytes, "a file is written as it was read");
    }
    cable_fuzz::everything::look(&text);
});
