//! Where findings stand, as `concept@block+depth`.

use std::sync::LazyLock;

use pygloss_catalog::Folder;

use super::*;

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| Glossary::load(&[Folder::built_in()]).0);

/// Each finding as `concept@block+depth`.
fn places_in(text: &str) -> Vec<String> {
    let survey = survey(text, &GLOSSARY);
    let shown = survey.findings.iter().zip(&survey.places).map(|(finding, place)| {
        let concept = &GLOSSARY.catalog.concept(finding.concept).id;
        let block = &survey.blocks[place.block];
        let name = if block.kind == BlockKind::Statement { "-" } else { &block.name };
        format!("{concept}@{name}+{}", place.depth)
    });
    shown.collect()
}

/// The function or class that a text defines under a qualified name; the last, if there are several.
fn definition(text: &str, name: &str) -> Option<Block> {
    let (blocks, _) = outline(text, &Tree::new(&crate::parse(text, None)));
    blocks.into_iter().rev().find(|block| block.name == name)
}

fn block_of(text: &str, name: &str) -> Block {
    definition(text, name).unwrap_or_else(|| panic!("{name} is defined"))
}

#[test]
fn a_finding_stands_in_the_innermost_definition() {
    let text =
        "class A:\n    def walk(self):\n        def inner():\n            yield from self\n        return inner\n";
    assert!(places_in(text).contains(&"yield-from@A.walk.inner+0".to_owned()), "{:?}", places_in(text));
}

#[test]
fn what_belongs_to_a_header_stands_in_its_definition() {
    let text = "class M(type):\n    pass\n\nclass A(metaclass=M):\n    pass\n";
    assert!(places_in(text).contains(&"metaclass-keyword@A+0".to_owned()), "{:?}", places_in(text));
    let text = "class A:\n    @property\n    def g(self):\n        yield from self\n";
    for place in ["property-decorator@A.g+0", "yield-from@A.g+0"] {
        assert!(places_in(text).contains(&place.to_owned()), "{:?}", places_in(text));
    }
}

#[test]
fn what_decorates_a_local_function_stands_in_the_function_around_it() {
    let text = "import functools\n\ndef d(f):\n    @functools.wraps(f)\n    def g(): ...\n    return g\n";
    assert!(places_in(text).contains(&"functools-wraps@d+0".to_owned()), "{:?}", places_in(text));
    assert_eq!(block_of(text, "d.g").span.of(text), "def g(): ...");
}

#[test]
fn depth_counts_control_statements_of_the_block_only() {
    let text = "\
if __debug__:
    def f(xs):
        for x in xs:
            if x:
                yield from x
";
    assert!(places_in(text).contains(&"yield-from@f+2".to_owned()), "{:?}", places_in(text));
}

#[test]
fn a_statement_is_not_nested_in_itself() {
    let text = "def f(x):\n    match x:\n        case 1:\n            pass\n";
    assert!(places_in(text).contains(&"structural-pattern-matching@f+0".to_owned()), "{:?}", places_in(text));
}

#[test]
fn outside_of_definitions_the_statement_is_the_block() {
    let text = "x = 1\nif (n := x) is None:\n    pass\n";
    let survey = survey(text, &GLOSSARY);
    assert!(!survey.findings.is_empty());
    assert!(survey.blocks.iter().all(|block| block.kind == BlockKind::Statement && block.name.is_empty()));
    assert_eq!(survey.blocks.len(), 1, "the first statement holds nothing");
}

#[test]
fn findings_are_those_of_a_search() {
    let text = GLOSSARY.catalog.topics().iter().filter_map(|topic| topic.practice.as_deref()).collect::<String>();
    let survey = survey(&text, &GLOSSARY);
    assert_eq!(survey.findings, crate::find(&text, &GLOSSARY));
    assert_eq!(survey.places.len(), survey.findings.len());
}

#[test]
fn a_block_reaches_from_its_first_decorator_to_its_end() {
    let text = "@d\n@e\ndef f():\n    pass\nx = 1\n";
    assert_eq!(block_of(text, "f").span.of(text), "@d\n@e\ndef f():\n    pass");
}

#[test]
fn docstrings_are_plain_strings_that_come_first() {
    let cases = [
        ("def f():\n    'one'\n", Some("'one'")),
        ("def f():\n    # why\n    r'''two'''\n", Some("r'''two'''")),
        ("def f():\n    'a' 'b'\n", Some("'a' 'b'")),
        ("def f():\n    f'{f}'\n", None),
        ("def f():\n    b'bytes'\n", None),
        ("def f():\n    pass\n    'late'\n", None),
        ("def f():\n    x = 'value'\n", None),
    ];
    for (text, expected) in cases {
        assert_eq!(block_of(text, "f").docstring.map(|span| span.of(text)), expected, "{text}");
    }
}

#[test]
fn branches_count_for_all_blocks_around_them() {
    let text = "\
class A:
    def f(self, xs):
        if xs and self:
            return [x for x in xs if x]
        elif self:
            return 1 if xs else 2
        return 3
";
    assert_eq!(block_of(text, "A.f").branches, 6);
    assert_eq!(block_of(text, "A").branches, 6);
}

#[test]
fn of_two_definitions_the_last_is_in_force() {
    let text = "def f():\n    'first'\n\ndef f():\n    pass\n";
    assert_eq!(block_of(text, "f").docstring, None);
    assert_eq!(definition(text, "g"), None);
}
