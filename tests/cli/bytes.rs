//! Places in files of any encoding and with any line ends: `concept line:column-line:column bytes`.

use super::Folder;

fn places(content: impl AsRef<[u8]>) -> Vec<String> {
    Folder::with("a.py", content).run("scan --format jsonl a.py").places()
}

#[test]
fn columns_count_characters() {
    assert_eq!(places("s = 'ü𝒳' == None\n"), ["eq-none 1:10-1:12 13-15"]);
}

#[test]
fn a_byte_order_mark_counts_as_bytes_only() {
    assert_eq!(places("\u{feff}x == None\ny == None\n"), ["eq-none 1:3-1:5 5-7", "eq-none 2:3-2:5 15-17"]);
}

#[test]
fn lines_end_as_python_says() {
    for end in ["\n", "\r\n"] {
        let width = end.len() + 9;
        let expected = format!("eq-none 2:3-2:5 {}-{}", width + 2, width + 4);
        assert_eq!(places(format!("x is None{end}y == None{end}")), [expected]);
    }
}

#[test]
fn lines_that_end_in_a_carriage_return_alone_are_survived() {
    Folder::with("a.py", "x = 1\ry == None\r").run("scan --format jsonl").findings();
}

#[test]
fn a_declared_encoding_is_read() {
    let latin = b"# -*- coding: latin-1 -*-\ns = '\xfc' == None\n";
    assert_eq!(places(latin), ["eq-none 2:9-2:11 35-37"]);
}

#[test]
fn an_unfinished_last_line_is_read() {
    assert_eq!(places("x == None"), ["eq-none 1:3-1:5 2-4"]);
}
