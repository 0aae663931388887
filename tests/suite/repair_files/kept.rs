//! What a file has in addition to its text: mode, attributes, access lists, other names.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Stdio;

use cable_tests::command::{CLEAN, Folder, slips};

use super::FIX;

/// The bytes of an access list: who may do what, in the form in which Linux keeps it.
fn access_list(entries: [(u16, u16, u32); 5]) -> Vec<u8> {
    let entries = entries.iter().flat_map(|(tag, rights, id)| {
        [tag.to_le_bytes().as_slice(), &rights.to_le_bytes(), &id.to_le_bytes()].concat()
    });
    2_u32.to_le_bytes().into_iter().chain(entries).collect()
}

const NOBODY: u32 = u32::MAX;

#[test]
fn attributes_and_access_lists_stay() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    let file = folder.path("a.cable");
    let list = access_list([(1, 6, NOBODY), (2, 4, 12345), (4, 4, NOBODY), (16, 4, NOBODY), (32, 0, NOBODY)]);
    let given = [("user.origin", b"box 7 \0 reel 2".to_vec()), ("system.posix_acl_access", list)];
    for (attribute, value) in &given {
        if let Err(error) = xattr::set(&file, attribute, value) {
            eprintln!("skipped: the temporary folder keeps no {attribute}: {error}");
            return;
        }
    }
    assert_eq!(folder.run(FIX).code, Some(0));
    assert_eq!(folder.read("a.cable"), CLEAN.as_bytes());
    for (attribute, value) in given {
        assert_eq!(xattr::get(&file, attribute).expect("it can be asked"), Some(value), "{attribute}");
    }
    assert_eq!(fs::metadata(&file).expect("it is there").mode() & 0o777, 0o640);
}

#[test]
fn a_file_gets_no_access_list_that_it_had_not() {
    let folder = Folder::new();
    folder.write("in/a.cable", slips());
    let file = folder.path("in/a.cable");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    let list = access_list([(1, 7, NOBODY), (2, 7, 12345), (4, 7, NOBODY), (16, 7, NOBODY), (32, 7, NOBODY)]);
    if let Err(error) = xattr::set(folder.path("in"), "system.posix_acl_default", &list) {
        eprintln!("skipped: the temporary folder keeps no access lists: {error}");
        return;
    }
    assert_eq!(folder.run(FIX).code, Some(0));
    assert_eq!(xattr::get(&file, "system.posix_acl_access").expect("it can be asked"), None);
    assert_eq!(fs::metadata(&file).expect("it is there").mode() & 0o777, 0o640);
}

#[test]
fn the_temporary_file_is_never_open_to_more() {
    let folder = Folder::new();
    for index in 0..200 {
        folder.write(&format!("{index}.cable"), slips());
        let path = folder.path(&format!("{index}.cable"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("permissions");
    }
    let mut command = folder.command(FIX);
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let is_temporary = |path: &Path| path.extension().is_some_and(|extension| extension == "tmp");
    let mut seen = 0;
    while process.try_wait().expect("it was started").is_none() {
        for entry in
            fs::read_dir(folder.path("")).expect("a folder").flatten().filter(|entry| is_temporary(&entry.path()))
        {
            if let Ok(metadata) = entry.metadata() {
                assert_eq!(metadata.mode() & 0o777, 0o600);
                seen += 1;
            }
        }
    }
    eprintln!("{seen} temporary files seen");
    assert_eq!(folder.read("199.cable"), CLEAN.as_bytes());
}

#[test]
fn a_file_of_several_names_is_left_alone() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("c.cable", slips());
    fs::hard_link(folder.path("a.cable"), folder.path("b.txt")).expect("a link");
    let ran = folder.run(&format!("{FIX} a.cable c.cable"));
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 3), "{}", ran.err);
    assert!(ran.err.contains("a.cable: not repaired: the file has 2 names"), "{}", ran.err);
    assert_eq!((folder.read("a.cable"), folder.read("b.txt")), (slips().into_bytes(), slips().into_bytes()));
    assert_eq!(folder.read("c.cable"), CLEAN.as_bytes());
}

#[test]
fn an_output_that_is_no_file_is_written_into() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    let baseline = |output: &str| folder.run(&format!("check --select TXT001 a.cable --write-baseline {output}"));
    assert_eq!(baseline("/dev/null").code, Some(0));
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
    let shown = baseline("/dev/stdout");
    assert!(shown.code == Some(0) && shown.json()["files"].is_object(), "{}{}", shown.out, shown.err);
    let pipe = folder.path("pipe");
    if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: pipes cannot be made");
        return;
    }
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe)
    });
    assert_eq!(baseline("pipe").code, Some(0));
    let read = reader.join().expect("it reads").expect("text");
    assert_eq!(read, shown.out);
    assert!(!fs::metadata(&pipe).expect("it is there").is_file());
    // A link to a device is one, too.
    std::os::unix::fs::symlink("/dev/null", folder.path("link.json")).expect("a link");
    assert_eq!(baseline("link.json").code, Some(0));
    assert!(folder.path("link.json").is_symlink());
    // So is a link to a file that is still to come.
    std::os::unix::fs::symlink("known.json", folder.path("to-come.json")).expect("a link");
    assert_eq!(baseline("to-come.json").code, Some(0));
    assert!(folder.path("to-come.json").is_symlink() && folder.read("known.json") == shown.bytes);
    let usual = baseline("known.json");
    assert!(usual.code == Some(0) && folder.read("known.json") == shown.bytes);
}
