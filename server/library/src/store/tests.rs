//! What happens to an index that is broken, foreign, read-only or nowhere: there is always one that answers.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::sync::Barrier;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::forgotten::FORGOTTEN;
use super::*;

const CONCEPTS: [&str; 2] = ["one", "two"];

fn open(folder: &Path) -> Store {
    Store::open(Some(folder), 1, &CONCEPTS)
}

/// An index with a root in it, closed.
fn filled(folder: &Path) -> PathBuf {
    let store = open(folder);
    assert_eq!(store.notice(), None);
    add_root(&store, "/filled");
    store.path().unwrap().to_owned()
}

/// Add a root, once more if the file was replaced meanwhile, as [`crate::Library`] does it.
fn add_root(store: &Store, path: &str) {
    match try_to_add_root(store, path) {
        Err(StoreError::Replaced(_)) => try_to_add_root(store, path).unwrap(),
        added => added.unwrap(),
    }
}

fn try_to_add_root(store: &Store, path: &str) -> Result<(), StoreError> {
    let mut writer = store.writer()?;
    let batch = writer.begin()?;
    batch.root(path, "workspace", "")?;
    batch.commit()
}

fn roots(store: &Store) -> Vec<String> {
    store.reader().unwrap().roots().unwrap().into_iter().map(|root| root.path).collect()
}

#[test]
fn what_is_written_is_there_the_next_time() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    let again = open(folder.path());
    assert_eq!((again.notice(), roots(&again)), (None, vec!["/filled".to_owned()]));
}

#[test]
fn a_file_that_is_no_database_is_set_aside() {
    let folder = TempDir::new().unwrap();
    let path = filled(folder.path());
    remove_companions(&path).unwrap();
    fs::write(&path, "anything but a database, and long enough to be read as one".repeat(100)).unwrap();
    let store = open(folder.path());
    assert!(store.notice().unwrap().contains("set aside"), "{:?}", store.notice());
    assert!(path.with_extension("broken").exists());
    add_root(&store, "/new");
    assert_eq!(roots(&open(folder.path())), ["/new"]);
}

#[test]
fn a_truncated_file_is_begun_anew() {
    for length in [10, 100, 4096, 9000] {
        let folder = TempDir::new().unwrap();
        let path = filled(folder.path());
        remove_companions(&path).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
        let store = open(folder.path());
        add_root(&store, "/new");
        assert_eq!(roots(&store), ["/new"], "{length} bytes: {:?}", store.notice());
    }
}

#[test]
fn damage_that_shows_later_is_an_error_that_mends() {
    let folder = TempDir::new().unwrap();
    let path = filled(folder.path());
    let store = open(folder.path());
    drop(store.reader().unwrap());
    let size = fs::metadata(&path).unwrap().len();
    let mut file = fs::File::options().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(4096)).unwrap();
    file.write_all(&vec![0xff; usize::try_from(size).unwrap() - 4096]).unwrap();
    let error = store.reader().and_then(|reader| reader.roots()).unwrap_err();
    assert!(matches!(error, StoreError::Broken(_)), "{error}");
    let mended = store.mended(&error, &CONCEPTS).unwrap();
    assert_eq!(roots(&mended), Vec::<String>::new());
}

#[test]
fn a_file_of_a_later_schema_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = filled(folder.path());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA + 1).unwrap();
    let store = open(folder.path());
    assert!(store.notice().unwrap().contains("schema"), "{:?}", store.notice());
    assert_eq!(store.path(), None);
    add_root(&store, "/in memory");
    assert_eq!(roots(&store), ["/in memory"]);
    assert_eq!(version(&Connection::open(&path).unwrap()).unwrap(), SCHEMA + 1);
}

#[test]
fn without_a_folder_the_index_is_in_memory() {
    let store = Store::open(None, 1, &CONCEPTS);
    assert!(store.notice().unwrap().contains("memory"));
    add_root(&store, "/a");
    assert_eq!(roots(&store), ["/a"]);
    assert_eq!(roots(&Store::open(None, 1, &CONCEPTS)), Vec::<String>::new(), "each has its own");
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let store = Store::open(Some(&file.join("below")), 1, &CONCEPTS);
    assert!(store.notice().unwrap().contains("can't be made"), "{:?}", store.notice());
    add_root(&store, "/a");
}

#[test]
fn rules_have_an_index_of_their_own() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    assert_eq!(roots(&Store::open(Some(folder.path()), 2, &CONCEPTS)), Vec::<String>::new());
    assert_eq!(roots(&open(folder.path())), ["/filled"]);
}

#[test]
fn indexes_that_nobody_used_for_long_are_deleted() {
    let folder = TempDir::new().unwrap();
    let old = filled(folder.path());
    let current = Store::open(Some(folder.path()), 2, &CONCEPTS);
    delete_forgotten(current.path().unwrap());
    assert!(old.exists());
    let long_ago = SystemTime::now() - FORGOTTEN - Duration::from_secs(1);
    fs::File::options().append(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    delete_forgotten(current.path().unwrap());
    assert!(!old.exists() && current.path().unwrap().exists());
}

#[test]
fn many_may_make_the_same_index_at_once() {
    for _ in 0..20 {
        let folder = TempDir::new().unwrap();
        let begin = Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (path, begin) = (folder.path(), &begin);
                scope.spawn(move || {
                    begin.wait();
                    let store = open(path);
                    assert_eq!(store.notice(), None);
                    add_root(&store, &format!("/{number}"));
                });
            }
        });
        assert_eq!(roots(&open(folder.path())).len(), 8);
    }
}

#[test]
fn many_may_find_the_same_index_broken_at_once() {
    for _ in 0..20 {
        let folder = TempDir::new().unwrap();
        let path = filled(folder.path());
        fs::write(&path, vec![0x5a; 20_000]).unwrap();
        let told = Mutex::new(Vec::new());
        // Who writes while others still look at the broken file may be refused, and has to come again.
        let opened = Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (path, told, opened) = (folder.path(), &told, &opened);
                scope.spawn(move || {
                    let store = open(path);
                    told.lock().extend(store.notice().map(str::to_owned));
                    opened.wait();
                    add_root(&store, &format!("/{number}"));
                });
            }
        });
        let told = told.into_inner();
        assert_eq!(told.len(), 1, "one sets it aside, the others take what that one began: {told:?}");
        assert_eq!(roots(&open(folder.path())).len(), 8);
    }
}

#[test]
fn an_error_that_another_has_mended_costs_nothing() {
    let folder = TempDir::new().unwrap();
    let path = filled(folder.path());
    let store = open(folder.path());
    let error = StoreError::Broken("as it was before".to_owned());
    let mended = store.mended(&error, &CONCEPTS).unwrap();
    assert_eq!((mended.notice(), roots(&mended)), (None, vec!["/filled".to_owned()]));
    assert!(!path.with_extension("broken").exists());
}

#[test]
fn an_index_that_nobody_can_write_is_read_whatever_its_path() {
    for name in ["plain", "a b", "100%25", "what?", "c#", "\u{fc}"] {
        let folder = TempDir::new().unwrap();
        let path = filled(&folder.path().join(name));
        let connection = connect(&path, Access::Frozen).unwrap();
        let count: u32 = connection.query_row("SELECT count(*) FROM root", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1, "{name}");
        assert!(connection.execute("DELETE FROM root", []).is_err());
        assert!(!companion(&path, "-shm").exists());
        fs::write(companion(&path, "-wal"), "something").unwrap();
        assert!(connect(&path, Access::Frozen).is_err(), "what the log holds would be missing");
    }
}
