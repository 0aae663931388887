//! `check --fix` on real files: whole or not at all, and not a byte more than the repair.

#[cfg(unix)]
mod ended;
#[cfg(unix)]
mod kept;

use std::fs;

use cable_tests::command::{CLEAN, Folder, slips};

/// How a text is written as bytes.
type Way<'a> = &'a dyn Fn(String) -> Vec<u8>;

const FIX: &str = "check --select TXT001 --fix --format concise";

#[test]
fn what_is_fixed_is_no_longer_reported() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("b.cable", CLEAN);
    let ran = folder.run(FIX);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.contains("Fixed 3 problems in 1 file"), "{}", ran.err);
    assert_eq!(folder.read("a.cable"), CLEAN.as_bytes());
    let again = folder.run(FIX);
    assert_eq!((again.code, again.err.as_str()), (Some(0), ""));
    // What no fix changes remains, and counts.
    folder.write("a.cable", slips().replace("141130Z", "141130"));
    let ran = folder.run("check --select TXT001,ENV012 --fix --format concise");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 1), "{}", ran.out);
    assert!(ran.out.starts_with("a.cable:5:"), "{}", ran.out);
}

#[test]
fn a_person_decides_on_unsafe_fixes() {
    let folder = Folder::new();
    let text = CLEAN.replace("KDEM", "KDME");
    folder.write("a.cable", &text);
    let offered = folder.run("check --select HDR009 --format jsonl").rows();
    assert_eq!(offered[0]["fix"]["safe"], false, "{offered:?}");
    assert_eq!(folder.run("check --select HDR009 --fix").code, Some(1));
    assert_eq!(folder.read("a.cable"), text.as_bytes());
    assert_eq!(folder.run("check --select HDR009 --fix --unsafe-fixes").code, Some(0));
    assert_ne!(folder.read("a.cable"), text.as_bytes());
}

#[test]
fn encoding_mark_and_line_ends_stay() {
    let folder = Folder::new();
    let latin = |text: String| {
        text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect::<Vec<u8>>()
    };
    let wide = |text: String, order: fn(u16) -> [u8; 2]| {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect::<Vec<u8>>()
    };
    let ways: [(&str, Way<'_>); 9] = [
        ("as it is", &String::into_bytes),
        ("CR LF", &|text| text.replace('\n', "\r\n").into_bytes()),
        ("CR", &|text| text.replace('\n', "\r").into_bytes()),
        ("mixed", &|text| text.replacen('\n', "\r\n", 9).into_bytes()),
        ("no last line end", &|text| text.trim_end().to_owned().into_bytes()),
        ("mark", &|text| format!("\u{feff}{text}").into_bytes()),
        ("Windows-1252", &|text| {
            latin(text.replace('𐍈', "").replace('\n', "\r\n").replace("noon", "noon \u{81}\u{93}\u{ff}"))
        }),
        ("UTF-16LE", &|text| wide(text, u16::to_le_bytes)),
        ("UTF-16BE", &|text| wide(text.replace('\n', "\r\n") + "𐍈 \t \u{c}", u16::to_be_bytes)),
    ];
    for (name, way) in ways {
        folder.write("a.cable", way(slips()));
        let ran = folder.run(FIX);
        assert_eq!(ran.code, Some(0), "{name}: {}{}", ran.out, ran.err);
        assert!(folder.read("a.cable") == way(CLEAN.to_owned()), "{name}");
        let ran = folder.run_with(&format!("{FIX} -"), way(slips()));
        assert!(ran.bytes == way(CLEAN.to_owned()), "{name} on standard input");
    }
}

#[test]
fn bytes_that_are_no_character_are_not_lost() {
    let folder = Folder::new();
    let mut bytes: Vec<u8> = std::iter::once(0xfeff).chain(slips().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    // Half a pair: reading can only put a sign in its place.
    bytes.extend([0x00, 0xd8, b'\n', 0]);
    folder.write("a.cable", &bytes);
    let ran = folder.run(FIX);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 3), "{}", ran.err);
    assert!(ran.err.contains("a.cable: not repaired: UTF-16LE does not explain some of its bytes"), "{}", ran.err);
    assert_eq!(folder.read("a.cable"), bytes);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::new();
    let ran =
        folder.run_with("check --select TXT001,ENV012 --fix --format concise -", slips().replace("141130Z", "141130"));
    assert_eq!((ran.code, ran.out), (Some(1), CLEAN.replace("141130Z", "141130")));
    assert!(ran.err.contains("-:5:") && ran.err.contains("Fixed 3 problems"), "{}", ran.err);
    let clean = folder.run_with(&format!("{FIX} -"), CLEAN);
    assert_eq!((clean.code, clean.out.as_str(), clean.err.as_str()), (Some(0), CLEAN, ""));
}

#[test]
#[cfg(unix)]
fn permissions_stay_and_links_are_followed() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = Folder::new();
    folder.write("real/a.data", slips());
    fs::set_permissions(folder.path("real/a.data"), fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real/a.data", folder.path("one.cable")).expect("a link");
    symlink("one.cable", folder.path("two.cable")).expect("a link");
    let owner = fs::metadata(folder.path("real/a.data")).expect("it is there").uid();
    assert_eq!(folder.run(FIX).code, Some(0));
    let after = fs::metadata(folder.path("real/a.data")).expect("it is there");
    assert_eq!((after.mode() & 0o7777, after.uid()), (0o640, owner));
    assert!(folder.path("one.cable").is_symlink() && folder.path("two.cable").is_symlink());
    assert_eq!(folder.read("real/a.data"), CLEAN.as_bytes());
    assert_eq!(fs::read_dir(folder.path("real")).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn a_file_that_may_not_be_written_is_left() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("b.cable", slips());
    let mut permissions = fs::metadata(folder.path("a.cable")).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path("a.cable"), permissions).expect("permissions");
    let ran = folder.run(FIX);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 3), "{}", ran.err);
    assert!(ran.err.contains("a.cable: not repaired: the file is read-only"), "{}", ran.err);
    assert_eq!(folder.read("a.cable"), slips().as_bytes());
    assert_eq!(folder.read("b.cable"), CLEAN.as_bytes());
}
