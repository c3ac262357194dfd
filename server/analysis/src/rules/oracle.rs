//! tree-sitter's own `Query` as the oracle of the matcher.
//!
//! Every pattern runs both ways over real files, ours in raw mode: without leniency about parentheses and comments, and
//! with the standard predicates only. The sets of captured spans must be the same.

use std::collections::BTreeSet;
use std::path::PathBuf;

use pygloss_catalog::{Catalog, Folder};
use tree_sitter::{Query, QueryCursor, StreamingIterator as _};

use super::pattern::Rule;
use super::{Context, RuleSet, match_at};
use crate::file::File;
use crate::grammar::language;
use crate::names::Names;
use crate::tree::Tree;

/// A capture's name, and where it stands.
type Captures = BTreeSet<(String, usize, usize)>;

#[test]
fn every_rule_captures_what_tree_sitter_captures() {
    let (catalog, _) = Catalog::load(&[Folder::built_in()]);
    let (rules, problems) = RuleSet::compile(&catalog);
    assert!(problems.is_empty(), "{problems:?}");
    let queries: Vec<Query> = rules.rules().iter().map(|rule| query(&catalog, rule)).collect();
    let files = sources();
    assert!(!files.is_empty(), "no Python standard library was found");
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let parsed = crate::parse(&text, None);
        let tree = Tree::new(&parsed);
        let names = Names::new(&text, &tree);
        let file = File { text: &text, tree: &tree, names: &names };
        let context = Context { file, rules: &rules, raw: true };
        for (rule, query) in rules.rules().iter().zip(&queries) {
            let ours = our_captures(&context, rule);
            let theirs = their_captures(query, &parsed, &text);
            let only = |a: &Captures, b: &Captures| {
                a.difference(b)
                    .map(|(id, start, end)| format!("{id}: {:?}", &text[*start..*end]))
                    .take(3)
                    .collect::<Vec<_>>()
            };
            assert!(
                ours == theirs,
                "{}, rule at {}:{}\n only ours: {:?}\n only theirs: {:?}",
                path.display(),
                rule.path,
                rule.line,
                only(&ours, &theirs),
                only(&theirs, &ours)
            );
        }
    }
}

/// The rule's text with our own predicates left out, as tree-sitter's query.
fn query(catalog: &Catalog, rule: &Rule) -> Query {
    let source =
        catalog.topics().iter().filter_map(|topic| topic.rules.as_ref()).find(|rules| *rules.path == *rule.path);
    let mut text = source.expect("the rule's file").text[rule.place.clone()].to_owned();
    for place in rule.own_predicates.iter().rev() {
        text.replace_range(place.start - rule.place.start..place.end - rule.place.start, "");
    }
    Query::new(language(), &text).unwrap_or_else(|error| panic!("{}:{}: {error}\n{text}", rule.path, rule.line))
}

fn our_captures(context: &Context<'_>, rule: &Rule) -> Captures {
    let mut found = Captures::new();
    for node in context.file.tree.nodes().filter(|node| rule.may_begin_at(context.file.tree, *node)) {
        match_at(context, rule, node, &mut |captured| {
            found.extend(captured.iter().map(|(id, node)| {
                let span = context.file.tree.span(*node);
                (rule.capture_names[usize::from(*id)].clone(), span.start as usize, span.end as usize)
            }));
            true
        });
    }
    found
}

fn their_captures(query: &Query, tree: &tree_sitter::Tree, text: &str) -> Captures {
    let mut found = Captures::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(query, tree.root_node(), text.as_bytes());
    while let Some(one) = matches.next() {
        let name = |index: u32| query.capture_names()[index as usize].to_owned();
        found.extend(one.captures().iter().map(|c| (name(c.index), c.node.start_byte(), c.node.end_byte())));
    }
    assert!(!cursor.did_exceed_match_limit());
    found
}

/// Every sixteenth file of the machine's standard library: some hundred, the same ones each time.
pub(super) fn sources() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["/usr/lib", "/usr/local/lib"].iter().map(PathBuf::from).collect();
    if let Ok(python) = std::process::Command::new("python3").args(["-c", "import os; print(os.__file__)"]).output() {
        let file = PathBuf::from(String::from_utf8_lossy(&python.stdout).trim());
        folders.extend(file.parent().map(PathBuf::from));
    }
    let library = folders.iter().rev().flat_map(|folder| {
        let below = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        std::iter::once(folder.clone()).chain(below)
    });
    let Some(library) = library.into_iter().find(|folder| folder.join("dataclasses.py").is_file()) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut pending = vec![library];
    while let Some(folder) = pending.pop() {
        for entry in
            std::fs::read_dir(folder).into_iter().flatten().flatten().filter(|e| e.file_name() != "site-packages")
        {
            let path = entry.path();
            match path.extension().is_some_and(|extension| extension == "py") {
                true => files.push(path),
                false if entry.file_type().is_ok_and(|kind| kind.is_dir()) => pending.push(path),
                false => {}
            }
        }
    }
    files.sort();
    files.into_iter().step_by(16).collect()
}
