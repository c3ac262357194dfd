//! Edits as clients send them, against a model of the client that knows nothing of ropes: text, trees and findings.

use proptest::prelude::*;
use pygloss_catalog::Folder;
use tree_sitter::Node;

use super::*;

/// What a client types: Python whole and broken, all kinds of line ends, characters of one to four bytes.
const TYPED: [&str; 24] = [
    "",
    "x",
    "(",
    ")",
    "'",
    ":",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "# \u{1f40d}\u{e9}",
    "\u{1f40d}",
    "'\u{4e2d}'",
    "\u{2028}",
    "def f(a):\n    return a\n",
    "x = [y for y in 'ab']\r\n",
    "try:\r    pass\rfinally:\r    pass\r",
    "__slots__ = 'a',",
    "class A:\n    __slots__ = ('a',)\n",
    "x is 'a'\n",
    "f(",
    "import a\r\n",
    "f\"{x!r}\"",
];

/// An edit before its offsets are known: two fractions of the text, what is typed, and how the client behaves.
#[derive(Clone, Debug)]
struct Typing {
    between: (prop::sample::Index, prop::sample::Index),
    text: &'static str,
    manner: Manner,
}

#[derive(Clone, Copy, Debug)]
enum Manner {
    Replace,
    Insert,
    PastTheLineEnd,
    WholeText,
}

fn typing() -> impl Strategy<Value = Typing> {
    let manner = prop_oneof![
        4 => Just(Manner::Replace), 8 => Just(Manner::Insert), 1 => Just(Manner::PastTheLineEnd), 1 => Just(Manner::WholeText),
    ];
    (any::<(prop::sample::Index, prop::sample::Index)>(), prop::sample::select(&TYPED[..]), manner)
        .prop_map(|(between, text, manner)| Typing { between, text, manner })
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32])
}

/// Every place of a text where a client can put its cursor, as byte and position, told by looking at each character.
fn places(text: &str, encoding: Encoding) -> Vec<(usize, Position)> {
    let mut position = Position { line: 0, column: 0 };
    let mut places = vec![(0, position)];
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let is_before_lf = text[end..].starts_with('\n');
        match character {
            '\r' if is_before_lf => continue,
            '\r' | '\n' => position = Position { line: position.line + 1, column: 0 },
            _ => position.column += width(character, encoding),
        }
        places.push((end, position));
    }
    places
}

fn width(character: char, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Utf8 => character.len_utf8() as u32,
        Encoding::Utf16 => character.len_utf16() as u32,
        Encoding::Utf32 => 1,
    }
}

/// Edit the client's text and give what it sends.
fn edit(client: &mut String, typing: &Typing, encoding: Encoding) -> Change {
    let places = places(client, encoding);
    let place = |index: &prop::sample::Index| *index.get(&places);
    let (mut start, mut end) = (place(&typing.between.0), place(&typing.between.1));
    match typing.manner {
        Manner::WholeText => {
            client.replace_range(.., typing.text);
            return Change { range: None, text: typing.text.to_owned() };
        }
        Manner::Insert => end = start,
        Manner::PastTheLineEnd => {
            let on_line = |place: &&(usize, Position)| place.1.line == start.1.line;
            start = *places.iter().rfind(on_line).unwrap_or(&start);
            start.1.column += 1000;
            end = start;
        }
        Manner::Replace => {}
    }
    client.replace_range(start.0.min(end.0)..start.0.max(end.0), typing.text);
    Change { range: Some((start.1, end.1)), text: typing.text.to_owned() }
}

fn text(document: &Document) -> String {
    document.newest.rope.to_string()
}

fn glossary() -> &'static Glossary {
    static GLOSSARY: std::sync::LazyLock<Glossary> =
        std::sync::LazyLock::new(|| Glossary::load(&[Folder::built_in()]).0);
    &GLOSSARY
}

fn nodes(node: Node<'_>) -> Vec<(u16, usize, usize)> {
    let mut cursor = node.walk();
    let children: Vec<_> = node.children(&mut cursor).flat_map(nodes).collect();
    [vec![(node.kind_id(), node.start_byte(), node.end_byte())], children].concat()
}

proptest! {
    #[test]
    fn the_text_is_the_clients_after_any_edits(
        edits in prop::collection::vec(prop::collection::vec(typing(), 1..4), 1..20), encoding in encoding(),
    ) {
        let mut client = String::new();
        let mut document = Document::new("", 0);
        for (version, edits) in (1..).zip(&edits) {
            let changes: Vec<_> = edits.iter().map(|typing| edit(&mut client, typing, encoding)).collect();
            document.apply(&changes, version, encoding);
            prop_assert_eq!(&text(&document), &client);
            prop_assert_eq!(document.version(), version);
        }
        for (byte, position) in places(&client, encoding) {
            prop_assert_eq!(document.snapshot().position(byte as u32, encoding), position);
            prop_assert_eq!(document.snapshot().byte(position, encoding) as usize, byte);
        }
    }

    #[test]
    fn an_incremental_tree_without_errors_is_a_fresh_parses(edits in prop::collection::vec(typing(), 1..20)) {
        let mut client = String::new();
        let mut document = Document::new("", 0);
        for typing in &edits {
            let change = edit(&mut client, typing, Encoding::Utf16);
            document.apply(&[change], 1, Encoding::Utf16);
            let tree = crate::parse(&client, document.newest.old_tree.as_ref());
            let fresh = crate::parse(&client, None);
            if !fresh.root_node().has_error() {
                prop_assert_eq!(nodes(tree.root_node()), nodes(fresh.root_node()), "{:?}", client);
            }
            document.newest.old_tree = Some(tree);
        }
    }

    #[test]
    fn findings_of_a_whole_text_are_fresh_and_stale_ones_stood_in_the_last_whole_text(
        edits in prop::collection::vec((typing(), any::<bool>()), 1..20), encoding in encoding(),
    ) {
        let mut client = String::new();
        let mut document = Document::new("", 0);
        let mut last_whole = Vec::new();
        for (typing, asks) in &edits {
            let change = edit(&mut client, typing, encoding);
            document.apply(&[change], 1, encoding);
            if !asks {
                continue;
            }
            let found = document.snapshot().analysis(glossary());
            prop_assert_eq!(&*found.text, client.as_str());
            let words = |finding: &Finding| (finding.concept, finding.span.of(&client).to_owned());
            if crate::parse(&client, None).root_node().has_error() {
                let mut stale = found.findings.iter().filter(|finding| finding.stale);
                prop_assert!(stale.all(|finding| last_whole.contains(&words(finding))), "{:?}", client);
            } else {
                prop_assert_eq!(&found.findings, &crate::find(&client, glossary()), "{:?}", client);
                last_whole = found.findings.iter().map(words).collect();
            }
        }
    }
}

#[test]
fn positions_that_no_text_has_are_survived() {
    let far = Position { line: u32::MAX, column: u32::MAX };
    let start = Position { line: 0, column: 0 };
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let mut document = Document::new("a\u{1f40d}\r\nb", 1);
        document.apply(&[Change { range: Some((far, far)), text: "!".to_owned() }], 2, encoding);
        assert_eq!(text(&document), "a\u{1f40d}\r\nb!");
        document.apply(&[Change { range: Some((far, start)), text: String::new() }], 3, encoding);
        assert_eq!(text(&document), "");
    }
}

#[test]
fn a_snapshot_keeps_its_version() {
    let mut document = Document::new("x", 1);
    let before = document.snapshot();
    document.apply(&[Change { range: None, text: "yy".to_owned() }], 2, Encoding::Utf8);
    assert_eq!((before.version(), before.rope.to_string()), (1, "x".to_owned()));
    assert_eq!((document.snapshot().version(), document.len_bytes()), (2, 2));
}

#[test]
fn a_version_is_analysed_once() {
    let document = Document::new("x = 1\n", 1);
    let first = document.snapshot().analysis(glossary());
    assert!(Arc::ptr_eq(&first, &document.snapshot().analysis(glossary())));
}

#[test]
fn a_broken_line_leaves_what_was_found_elsewhere() {
    let mut document = Document::new("class A:\n    __slots__ = ('a',)\n\nx = 1\n", 1);
    let whole = document.snapshot().analysis(glossary()).findings.clone();
    let at = Position { line: 3, column: 5 };
    document.apply(&[Change { range: Some((at, at)), text: " + f(a, [".to_owned() }], 2, Encoding::Utf16);
    let broken = document.snapshot().analysis(glossary()).findings.clone();
    let place = |it: &Finding| (it.span, it.concept);
    let on_top = whole.iter().filter(|finding| finding.span.end < 32).map(place);
    assert!(on_top.clone().all(|it| broken.iter().map(place).any(|other| other == it)));
    document.apply(&[Change { range: None, text: "f(a,\n".to_owned() }], 3, Encoding::Utf16);
    assert!(document.snapshot().analysis(glossary()).findings.iter().all(|finding| !finding.stale));
}
