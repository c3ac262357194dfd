//! Cells as text and what is found in each: what is shared, and what is kept apart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use pygloss_catalog::{Catalog, Folder};

use super::*;
use crate::{Change, Document, Encoding};

const SYLLABUS: &str = r#"
[[phase]]
number = 1
title = "All"

[[day]]
number = 1
phase = 1
slug = "one"
title = "One"
"#;

const RULES: &str = r#"
([(identifier) (attribute)] @partial (#resolves? @partial "functools.partial"))
((identifier) @isinstance (#resolves? @isinstance "builtins.isinstance"))
(lambda) @lambda
(call) @call
(assignment left: (identifier) @named right: (integer))
(module (pass_statement) @pair . (pass_statement) @pair)
(module (pass_statement) @broken-off.before . (break_statement) @broken-off)
"#;

fn glossary() -> &'static Glossary {
    static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
        let ids = ["partial", "isinstance", "lambda", "call", "named", "pair", "broken-off"];
        let sections = ids.map(|id| format!("## {id} {{#{id}}}\n\nA gloss.\n\n"));
        let page = format!("---\nrelated: []\n---\n\nIntroduction.\n\n{}", sections.concat());
        let files = [("syllabus.toml", SYLLABUS), ("01-one/topic.md", &page), ("01-one/detect.scm", RULES)];
        let files: BTreeMap<_, _> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let (catalog, problems) = Catalog::load(&[Folder { path: "t".to_owned(), from_user: false, files }]);
        assert_eq!(problems, []);
        let (glossary, problems) = Glossary::new(catalog);
        assert_eq!(problems, []);
        glossary
    });
    &GLOSSARY
}

/// What is found in each cell, as `concept text`, a stale one with a `~` before it.
fn found(documents: &[Document]) -> Vec<Vec<String>> {
    let notebook = Arc::new(Notebook::new(documents.iter().map(Document::snapshot).collect()));
    let of_cell = |index| {
        let analysis = notebook.cell(index).expect("a cell").analysis(glossary());
        let said = |finding: &Finding| {
            let (mark, id) = (if finding.stale { "~" } else { "" }, &glossary().catalog.concept(finding.concept).id);
            format!("{mark}{id} {}", finding.span.of(&analysis.text))
        };
        analysis.findings.iter().map(said).collect()
    };
    (0..documents.len()).map(of_cell).collect()
}

fn open(cells: &[&str]) -> Vec<Document> {
    cells.iter().map(|text| Document::new(text, 1)).collect()
}

/// Replace a cell's text from line and column on, and let the others be analysed anew.
fn edit(documents: &mut [Document], cell: usize, (line, column, count): (u32, u32, u32), text: &str) {
    documents.iter_mut().for_each(Document::renew);
    let place = |column| crate::Position { line, column };
    let change = Change { range: Some((place(column), place(column + count))), text: text.to_owned() };
    documents[cell].apply(&[change], 2, Encoding::Utf8);
}

#[test]
fn cells_share_names_and_nothing_else() {
    let cases: &[(&[&str], &[&[&str]])] = &[
        // Names of earlier and later cells, unless shadowed.
        (&["import functools as ft", "ft.partial"], &[&[], &["partial partial"]]),
        (&["partial", "from functools import partial"], &[&["partial partial"], &[]]),
        (&["isinstance"], &[&["isinstance isinstance"]]),
        (&["isinstance", "isinstance = None"], &[&[], &[]]),
        (&["def f():\n    isinstance = None", "isinstance"], &[&[], &["isinstance isinstance"]]),
        // A cell ends what it opened.
        (&["x = y + \\", "lambda: 0"], &[&[], &["lambda lambda: 0"]]),
        (&["x = (", "lambda: 0"], &[&[], &["lambda lambda: 0"]]),
        (&["s = '''", "lambda: 0", "'''"], &[&[], &["lambda lambda: 0"], &[]]),
        (&["def f():\n    x = y", "    isinstance = None", "isinstance"], &[&[], &[], &[]]),
        (&["if x:", "    lambda: 0"], &[&[], &["lambda lambda: 0"]]),
        (&["x = y # a", "f()"], &[&[], &["call f()"]]),
        (&["\u{1f40d} = (", "", "'\u{e9}'; lambda: '\u{1f40d}'"], &[&[], &[], &["lambda lambda: '\u{1f40d}'"]]),
        // A finding lies in one cell.
        (&["pass\npass", "x"], &[&["pair pass\npass"], &[]]),
        (&["pass", "pass"], &[&[], &[]]),
        // Magics.
        (&["%time f()\nf()", "x = !g()\nlambda: 0"], &[&["call f()"], &["lambda lambda: 0"]]),
        (&["import functools\n%load_ext x", "functools.partial"], &[&[], &["partial partial"]]),
        (&["%%bash\nfrom functools import partial\nf()", "partial"], &[&[], &[]]),
        (&["%%time\nfrom functools import partial", "partial"], &[&[], &["partial partial"]]),
        (&["x = !ls", "f(x?\n)", "f?"], &[&[], &[], &[]]),
        (&[], &[]),
    ];
    for (cells, expected) in cases {
        let expected: Vec<Vec<String>> =
            expected.iter().map(|found| found.iter().map(|it| (*it).to_owned()).collect()).collect();
        assert_eq!(found(&open(cells)), expected, "{cells:?}");
    }
}

#[test]
fn a_broken_cell_disturbs_no_other_and_keeps_what_was_found() {
    let mut cells = open(&["import functools", "x = a\nf = 0", "functools.partial"]);
    let whole = [vec![], vec!["named f"], vec!["partial partial"]];
    assert_eq!(found(&cells), whole);
    edit(&mut cells, 1, (0, 4, 0), "[");
    let broken = [vec![], vec!["~named f"], vec!["partial partial"]];
    assert_eq!(found(&cells), broken);
    edit(&mut cells, 1, (0, 4, 1), "");
    assert_eq!(found(&cells), whole);
}

#[test]
fn a_magic_that_comes_or_goes_leaves_no_trace_in_the_tree() {
    let mut cells = open(&["lambda: 0\nf()\n", "x"]);
    let whole = [vec!["lambda lambda: 0", "call f()"], vec![]];
    assert_eq!(found(&cells), whole);
    for (place, text, expected) in [
        ((0, 0, 0), "%%bash\n", vec![]),
        ((0, 0, 2), "", vec!["lambda lambda: 0", "call f()"]),
        ((0, 0, 0), "!", vec!["lambda lambda: 0", "call f()"]),
        ((1, 0, 0), "!", vec!["call f()"]),
        ((1, 0, 1), "", vec!["lambda lambda: 0", "call f()"]),
        ((0, 0, 5), "", vec!["lambda lambda: 0", "call f()"]),
    ] {
        edit(&mut cells, 0, place, text);
        assert_eq!(found(&cells)[0], expected, "{text:?}");
    }
}

#[test]
fn a_role_in_another_cell_is_left_out() {
    let cells = ["pass\nbreak", "pass", "break"].map(|text| Document::new(text, 1).snapshot());
    let notebook = Arc::new(Notebook::new(cells.into()));
    let roles = |index| {
        let analysis = notebook.cell(index).expect("a cell").analysis(glossary());
        analysis.findings.iter().map(|finding| finding.roles.len()).collect::<Vec<_>>()
    };
    assert_eq!([roles(0), roles(1), roles(2)], [vec![1], vec![], vec![0]]);
}

#[test]
fn a_cell_is_a_file_again_when_it_leaves_its_notebook() {
    let mut cells = open(&["from functools import partial", "partial"]);
    assert_eq!(found(&cells)[1], ["partial partial"]);
    cells.iter_mut().for_each(Document::renew);
    assert!(cells[1].snapshot().analysis(glossary()).findings.is_empty());
    assert!(Arc::new(Notebook::new(Vec::new())).cell(0).is_none());
}

/// What is typed into cells, in ASCII: whole lines, magics, and what breaks a cell or mends it.
const TYPED: [&str; 14] = [
    "",
    "(",
    ")",
    "%",
    "!",
    "?",
    "\n",
    "    ",
    "\'\'\'",
    "%%time\n",
    "%%bash\n",
    "x = !ls\n",
    "functools.partial\nlambda: f()\n",
    "import functools\n",
];

proptest! {
    #[test]
    fn cells_after_any_edits_have_the_findings_of_fresh_ones(
        edits in prop::collection::vec(
            (0..3_usize, any::<prop::sample::Index>(), 0..4_usize, prop::sample::select(&TYPED[..]), any::<bool>()), 1..30,
        ),
    ) {
        let mut texts = [const { String::new() }; 3];
        let mut documents = open(&["", "", ""]);
        for (cell, place, count, typed, asks) in edits {
            let start = place.index(texts[cell].len() + 1);
            let end = (start + count).min(texts[cell].len());
            let position = |byte| documents[cell].snapshot().position(byte as u32, Encoding::Utf8);
            let change = Change { range: Some((position(start), position(end))), text: typed.to_owned() };
            texts[cell].replace_range(start..end, typed);
            documents.iter_mut().for_each(Document::renew);
            documents[cell].apply(&[change], 1, Encoding::Utf8);
            if !asks {
                continue;
            }
            let is_whole = |text: &String| !crate::parse(&mask(text).text, None).root_node().has_error();
            let found = found(&documents);
            if texts.iter().all(is_whole) {
                prop_assert_eq!(found, self::found(&open(&texts.each_ref().map(String::as_str))), "{:?}", texts);
            } else {
                let is_stale = |found: &Vec<String>| found.iter().any(|it| it.starts_with('~'));
                prop_assert!(texts.iter().zip(&found).all(|(text, found)| !is_whole(text) || !is_stale(found)));
            }
        }
    }
}
