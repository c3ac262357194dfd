//! `__editable___foo_1_0_finder.py`, which setuptools writes where a package is installed by reference and a folder
//! won't do: a module that holds `MAPPING: dict[str, str] = {'foo': '/home/me/foo/src/foo'}` (setuptools'
//! `command/editable_wheel.py`).
//!
//! The literal is read, never run.

use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

use crate::environment::reading::{METADATA_LIMIT, Notes};
use crate::environment::remote;

/// Each mapped package's dotted name and folder.
pub(super) fn read(file: &Path, notes: &mut Notes) -> Vec<(String, PathBuf)> {
    let Some(text) = notes.read(file, METADATA_LIMIT) else { return Vec::new() };
    let Some(pairs) = mapping(&text) else {
        notes.add(file, "has no mapping that can be read without running it");
        return Vec::new();
    };
    let mut folders = Vec::new();
    for (module, path) in pairs {
        let path = PathBuf::from(path);
        if !path.is_absolute() || remote::is_remote(&path) {
            notes.add(file, "maps to a folder that isn't on this machine");
        } else if path.with_extension("py").is_file() && !path.is_dir() {
            notes.add(&path.with_extension("py"), "is a single module installed by reference, which is not read");
        } else {
            folders.push((module, path));
        }
    }
    folders
}

/// The pairs of the dictionary that `MAPPING` is assigned; `None` if it is anything but a literal.
fn mapping(text: &str) -> Option<Vec<(String, String)>> {
    let line = text.lines().find(|line| line.starts_with("MAPPING"))?;
    let (_, literal) = line.split_once('=')?;
    let mut letters = literal.trim().strip_prefix('{')?.chars().peekable();
    let mut pairs = Vec::new();
    loop {
        skip_spaces(&mut letters);
        if letters.next_if_eq(&'}').is_some() {
            return Some(pairs);
        }
        let key = string(&mut letters)?;
        skip_spaces(&mut letters);
        letters.next_if_eq(&':')?;
        skip_spaces(&mut letters);
        pairs.push((key, string(&mut letters)?));
        skip_spaces(&mut letters);
        if letters.next_if_eq(&',').is_none() && letters.peek() != Some(&'}') {
            return None;
        }
    }
}

fn skip_spaces(letters: &mut Peekable<Chars<'_>>) {
    while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
}

/// A string as `repr` writes it.
fn string(letters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let quote = letters.next_if(|letter| matches!(letter, '\'' | '"'))?;
    let mut text = String::new();
    loop {
        match letters.next()? {
            letter if letter == quote => return Some(text),
            '\\' => text.push(escaped(letters)?),
            letter => text.push(letter),
        }
    }
}

/// What stands behind a backslash.
fn escaped(letters: &mut Peekable<Chars<'_>>) -> Option<char> {
    let digits = match letters.next()? {
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        letter @ ('\\' | '\'' | '"') => return Some(letter),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let code = letters.take(digits).collect::<String>();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}
