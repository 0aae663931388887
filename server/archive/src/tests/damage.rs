//! Files that are no index, or no whole one.

use std::fs;

use super::{Archive, cable, dump};
use crate::{Error, Index};

fn archive() -> Archive {
    let files: Vec<(String, String)> =
        (1..300).map(|serial| (format!("{serial}.txt"), cable("ASTANA", serial, Some(2006), &["ASTANA 7"]))).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    Archive::of(&files)
}

#[test]
fn a_file_that_is_something_else_is_refused_and_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("index.sqlite");
    fs::write(&file, "a letter of some length, to be sure").expect("a file can be written");
    assert!(matches!(Index::read(&file), Err(Error::NotAnIndex)));
    assert!(matches!(Index::create(&file, true), Err(Error::NotAnIndex)));
    assert_eq!(fs::read(&file).expect("it is there").len(), 35);
    let other = rusqlite::Connection::open(folder.path().join("other.sqlite")).expect("a database");
    other.execute_batch("CREATE TABLE x(y)").expect("a table");
    drop(other);
    assert!(matches!(Index::create(&folder.path().join("other.sqlite"), true), Err(Error::NotAnIndex)));
    assert!(Index::read(&folder.path().join("none.sqlite")).is_err());
}

#[test]
fn another_schema_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("index.sqlite");
    let mut index = Index::create(&file, false).expect("it can be made");
    archive().refresh(&mut index);
    index.connection.execute_batch("PRAGMA user_version = 99").expect("a number");
    index.close().expect("it ends");
    assert!(matches!(Index::read(&file), Err(Error::Newer { found: 99, .. })));
    assert!(
        matches!(Index::create(&file, true), Err(Error::Newer { found: 99, .. })),
        "a newer one is nobody's to remove"
    );
    let connection = rusqlite::Connection::open(&file).expect("a database");
    connection.execute_batch("PRAGMA user_version = 0").expect("a number");
    drop(connection);
    assert!(matches!(Index::read(&file), Err(Error::Older(0))));
    let mut index = Index::create(&file, false).expect("an older one is made again");
    assert_eq!(archive().refresh(&mut index).read, 299);
}

#[test]
fn a_torn_file_is_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.sqlite");
    let mut index = Index::create(&whole, false).expect("it can be made");
    archive().refresh(&mut index);
    let expected = dump(&index);
    index.close().expect("it ends");
    let bytes = fs::read(&whole).expect("it is there");
    let file = folder.path().join("torn.sqlite");
    for part in 0..20 {
        fs::write(&file, &bytes[..bytes.len() * part / 20]).expect("a file can be written");
        let mut index = Index::create(&file, false).unwrap_or_else(|error| panic!("{part}: {error}"));
        archive().refresh(&mut index);
        assert_eq!(dump(&index), expected, "{part}");
    }
    for page in [1, 2, 7, bytes.len() / 4096 - 2] {
        let mut garbled = bytes.clone();
        garbled[page * 4096..(page + 1) * 4096].iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 131) as u8);
        fs::write(&file, garbled).expect("a file can be written");
        let mut index = Index::create(&file, false).unwrap_or_else(|error| panic!("{page}: {error}"));
        archive().refresh(&mut index);
        assert_eq!(dump(&index), expected, "{page}");
    }
}
