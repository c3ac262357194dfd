//! Needs, anchors and glances only spare work: where they let a rule be tried, it matches at all the nodes at which it would
//! match if it were tried everywhere.

use std::collections::BTreeSet;

use pygloss_catalog::{Catalog, Folder};

use super::oracle::sources;
use super::tests::glossary;
use super::{Context, RuleId, RuleSet, match_at};
use crate::file::File;
use crate::names::Names;
use crate::tree::{Node, Tree};

/// The nodes at which rules match, with the rule, when all are tried everywhere; it is checked that places give the same.
fn matches(rules: &RuleSet, text: &str) -> BTreeSet<(Node, RuleId)> {
    let tree = Tree::new(&crate::parse(text, None));
    let names = Names::new(text, &tree);
    let file = File { text, tree: &tree, names: &names };
    let context = Context { file, rules, raw: false };
    let does_match = |node: Node, id: RuleId| {
        let mut found = false;
        match_at(&context, rules.rule(id), node, &mut |_| {
            found = true;
            false
        });
        found
    };
    let mut places = rules.places(&file);
    let (mut everywhere, mut at_places) = (BTreeSet::new(), BTreeSet::new());
    for node in tree.nodes() {
        let public = (0..).zip(rules.rules()).filter(|(_, rule)| rule.definition.is_none());
        let beginning = public.filter(|(_, rule)| rule.may_begin_at(&tree, node)).map(|(id, _)| id);
        everywhere.extend(beginning.filter(|id| does_match(node, *id)).map(|id| (node, id)));
        at_places.extend(places.rules_at(node).iter().filter(|id| does_match(node, **id)).map(|id| (node, *id)));
    }
    let spelled = |(node, id): &(Node, RuleId)| (rules.rule(*id).line, tree.span(*node).of(text));
    let missed: Vec<_> = everywhere.difference(&at_places).map(spelled).take(3).collect();
    assert!(missed.is_empty(), "not tried, by the rule's line: {missed:#?}");
    assert_eq!(everywhere, at_places);
    everywhere
}

/// Rules, and the least text in which the last of them matches, at a place that a careless shortcut would pass over.
const CASES: &[(&str, &str)] = &[
    (r#"((_) @example (#resolves? @example "p.Point"))"#, "from p import Point as Q\nQ"),
    (r#"((_) @example (#resolves? @example "p.Point"))"#, "from p import Point as Q\nmatch x:\n    case Q(): pass"),
    (r#"((_) @example (#resolves? @example "p.Point"))"#, "import p as q\nmatch x:\n    case q.Point(): pass"),
    (r#"((_) @example (#resolves? @example "p.*"))"#, "from p import line as q\nq"),
    (r#"((_) @example (#resolves? @example "p.*"))"#, "import p\nf(p.other.part)"),
    (r#"((_) @example (#resolves? @example "p.q.*"))"#, "from p import q\nq.r"),
    (r#"([((none) @example . (identifier) @_f)] (#eq? @_f "f"))"#, "g(None, f)"),
    (r#"((_) @example (#resolves? @example "builtins.int"))"#, "match x:\n    case int(): pass"),
    (
        r#"((call function: (attribute object: (_) @_object)) @example (#resolves? @_object "p.line"))"#,
        "from p import line\n(  # why\n    (line).send)()",
    ),
    (
        r#"((call function: [(identifier) @example (attribute attribute: (identifier) @example)]) (#eq? @example "f"))"#,
        "((a.f))(((1)))",
    ),
    (r#"((call [(identifier) @_f (attribute (_) (identifier) @_f)]) @example (#eq? @_f "f"))"#, "a.b.f()"),
    (r#"((expression_statement) . (expression_statement (identifier) @example) (#eq? @example "f"))"#, "a\nf"),
    (r"([((yield) . (integer)) ((identifier) @example . (none))])", "f(x, None)"),
    (
        r#"([(raise_statement (identifier) @_stop) (raise_statement (call (identifier) @_stop))] @example
            (#resolves? @_stop "builtins.StopIteration"))"#,
        "raise ((StopIteration)(2))",
    ),
    (r#"((call (identifier)? @_f (argument_list (integer)) @example) (#eq? @_f "f"))"#, "a.b(1)"),
    (r#"((call (identifier)? @_f (argument_list (integer))) @example (#resolves? @_f "p.f"))"#, "a.b(1)"),
    (r"(call (yield)? (argument_list (integer)) @example)", "f(1)"),
    (r#"(comparison_operator [((yield) . "is" . (none)) ((none) . "==" @example . (_))])"#, "None == a"),
    (r"(call [(yield) (_)] (argument_list) @example)", "f()"),
    (r"(assignment right: (integer) @example)", "x = ((1))"),
    (r#"((parenthesized_expression (identifier) @example) (#eq? @example "f"))"#, "(f)"),
    (r#"((call (parenthesized_expression (identifier) @example)) (#eq? @example "f"))"#, "(f)()"),
    (r"(_ (integer) @example)", "x[(1)]"),
    (r"(ERROR) @example", "x = = 2"),
    (r#"(yield) @_y ((yield) @example (#not-has? @example "_y"))"#, "yield"),
    (r#"(none) @_y ((call) @example (#not-has? @example "_y"))"#, "f()"),
    (r#"(none) @_v ((call (identifier) @_f (_)) @example (#matches? @example "_v")) (call) @_v"#, "f()"),
    (r#"(none) @_v ((call (identifier) @_f (_)) @example (#has? @example "_v")) (integer) @_v"#, "f(1)"),
    (r#"(none) @_v (integer) @_v ((call) @example (#has? @example "_v"))"#, "f(((1)))"),
    (r#"(none) @_v (integer) @_w ((call) @example (#has? @example "_v" "_w"))"#, "f(1)"),
    (
        r#"((yield) @_y (#scope? @_y "function")) ((function_definition) @_g (#has-own? @_g "_y"))
            ((call (identifier) @example) (#defined-by? @example "_g"))"#,
        "def g():\n    (yield)\ng()",
    ),
    (
        r#"((class_definition) @example (#subclasses? @example "p.Point"))"#,
        "import p as q\nclass A(q.Point[int]): pass",
    ),
    (
        r#"((function_definition) @example (#decorated-by? @example "p.f"))"#,
        "from p import f as g\n@(g(1))\ndef h(): pass",
    ),
    (r#"((attribute object: (_) @_o) @example (#made-by? @_o "p.Point"))"#, "from p import Point as Q\na = Q()\na.b"),
];

#[test]
fn a_rule_matches_where_it_would_if_it_were_tried_everywhere() {
    for (rules, text) in CASES {
        let (glossary, problems) = glossary("", rules);
        assert!(problems.is_empty(), "{rules}: {problems:?}");
        assert!(!matches(&glossary.rules, text).is_empty(), "{rules} matches nowhere in {text}");
    }
}

#[test]
fn the_rules_of_the_topics_match_where_they_would_if_they_were_tried_everywhere() {
    let (catalog, _) = Catalog::load(&[Folder::built_in()]);
    let (rules, _) = RuleSet::compile(&catalog);
    let texts = sources().into_iter().step_by(4).filter_map(|path| std::fs::read_to_string(path).ok());
    assert!(texts.map(|text| matches(&rules, &text).len()).sum::<usize>() > 100);
}
