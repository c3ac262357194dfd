//! `pygloss usages`: what is found, how it is shown, and what is said where nothing is.

#![cfg(unix)]

use std::fs;

use serde_json::Value;

use super::libraries::{PACKAGES, Running, aged, environment, large_environment, lock_all, package, pygloss, redacted};
use super::{Folder, Run};

/// Run in an environment that is indexed.
fn usages(folder: &Folder, args: &str) -> Run {
    pygloss(folder, "index");
    let run = pygloss(folder, &format!("usages {args}"));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    run
}

/// `symbol level` of each usage, in order.
fn symbols(folder: &Folder, args: &str) -> Vec<String> {
    let found = usages(folder, &format!("{args} --format jsonl")).findings();
    found.iter().map(|it| format!("{} {}", text_of(it, "symbol"), text_of(it, "level"))).collect()
}

fn text_of<'a>(usage: &'a Value, key: &str) -> &'a str {
    usage[key].as_str().unwrap()
}

#[test]
fn text_shows_place_package_code_and_underline() {
    let folder = environment();
    insta::assert_snapshot!(redacted(&folder, &usages(&folder, "yield-from").out));
}

#[test]
fn in_colour_the_syntax_is_seen_and_places_are_links() {
    let folder = environment();
    let run = usages(&folder, "yield-from --package one --limit 1 --color always");
    insta::assert_snapshot!(redacted(&folder, &run.out).replace('\u{1b}', "␛"));
}

#[test]
fn points_are_explained_to_those_who_ask() {
    let folder = environment();
    insta::assert_snapshot!(redacted(&folder, &usages(&folder, "yield-from --package one --limit 1 --why").out));
}

#[test]
fn what_the_page_says_of_a_place_comes_with_it() {
    let folder = environment();
    insta::assert_snapshot!(redacted(&folder, &usages(&folder, "init-subclass").out));
}

#[test]
fn a_day_is_all_of_its_concepts_and_each_usage_says_which() {
    let folder = environment();
    let run = usages(&folder, "3");
    assert!(run.out.starts_with("Generators & `yield` (Day 3): 28 usages in "), "{}", run.out);
    for concept in
        ["Generator function (Day 3, generator-function)", "Delegating with `yield from` (Day 3, yield-from)"]
    {
        assert!(run.out.contains(&format!(": {concept}\n")), "{concept}: {}", run.out);
    }
}

#[test]
fn what_of_a_day_is_everywhere_is_for_programs() {
    let folder = package(environment(), "five", "__init__.py", "def five(x) -> int:\n    return (x := 5)\n");
    let concept = "pep484-function-annotation";
    assert!(!usages(&folder, "62 --limit 100").out.contains(concept));
    assert!(usages(&folder, "62 --limit 100 --format jsonl").out.contains(concept));
    assert!(usages(&folder, concept).out.contains("1 usage in "), "it was named");
}

#[test]
fn json_has_the_promised_keys_in_order() {
    let folder = environment();
    let run = usages(&folder, "yield-from --package one --limit 1 --format jsonl");
    insta::assert_snapshot!(redacted(&folder, &run.out));
}

#[test]
fn options_narrow_what_is_shown() {
    let folder = environment();
    let all = symbols(&folder, "yield-from --limit 4");
    assert_eq!(all[..2], ["one.tree.Tree.__iter__ simple", "os.walk simple"], "{all:?}");
    assert_eq!(symbols(&folder, "yield-from --level gnarly --limit 1"), ["two.flat gnarly"]);
    assert_eq!(symbols(&folder, "yield-from --level simple --package Python"), ["os.walk simple"]);
    assert_eq!(symbols(&folder, "yield-from --with walrus --limit 1"), ["one.tree.Tree.__iter__ simple"]);
    assert_eq!(symbols(&folder, "yield-from --package ONE --limit 1").len(), 1);
}

#[test]
fn the_headline_counts_all_and_says_how_many_are_shown() {
    let folder = environment();
    let first = |args: &str| usages(&folder, args).out.lines().next().unwrap().to_owned();
    let name = "Delegating with `yield from` (Day 3, yield-from)";
    assert_eq!(
        first("yield-from --limit 2"),
        format!("{name}: 24 usages in the standard library and 3 packages; the first 2:")
    );
    assert_eq!(
        first("yield-from --package two --limit 1"),
        format!("{name}: 20 usages in the package two; the first:")
    );
    let narrow = "yield-from --level simple --with walrus";
    let expected = "2 usages in the standard library and 3 packages, beside walrus-operator, simple ones; 1 shown:";
    assert_eq!(first(narrow), format!("{name}: {expected}"));
}

#[test]
fn the_first_question_indexes_and_the_next_is_answered_at_once() {
    let folder = environment();
    let first = pygloss(&folder, "usages yield-from");
    let path = folder.path().canonicalize().unwrap();
    assert_eq!(first.err, format!("note: indexing Python 3.11.7 in {}/.venv, once\n", path.display()));
    let second = pygloss(&folder, "usages yield-from");
    assert_eq!((second.err.as_str(), second.out), ("", first.out));
}

#[test]
fn what_was_installed_since_is_found() {
    let folder = environment();
    usages(&folder, "yield-from");
    let folder = package(folder, "four", "__init__.py", "def four(x):\n    yield from x\n");
    let run = pygloss(&folder, "usages yield-from --package four");
    assert!(run.out.contains("four 1.0 · four.four · simple\n"), "{}{}", run.out, run.err);
}

#[test]
fn a_file_that_was_changed_since_is_not_shown_until_it_is_read_again() {
    let folder = environment();
    assert!(usages(&folder, "yield-from --package one").out.contains("one/tree.py:13:13"));
    let folder = folder.and(&format!("{PACKAGES}/one/tree.py"), "\n\ndef walk(x):\n    yield from x\n");
    let stale = pygloss(&folder, "usages yield-from --package one");
    assert!(!stale.out.contains("one/tree.py"), "{}", stale.out);
    assert!(
        stale.out.contains("2 usages stood in files that were changed since: `pygloss index` reads"),
        "{}",
        stale.out
    );
    assert!(usages(&folder, "yield-from --package one").out.contains("one/tree.py:4:5"));
}

#[test]
fn the_workspace_is_apart_from_the_libraries() {
    let folder = environment().and("src/own.py", "def own(x):\n    yield from x\n");
    let own = |args: &str| pygloss(&folder, &format!("usages yield-from {args}")).out;
    let found = own("--workspace");
    assert!(found.contains("\nsrc/own.py:2:5\n") && !found.contains(".venv"), "{found}");
    let found = own("--limit 100");
    assert!(found.contains("one/tree.py:13:13\n") && !found.contains("own.py"), "{found}");
    fs::write(folder.path().join("src/own.py"), "\ndef own(x):\n    yield from x\n").unwrap();
    assert!(own("--workspace").contains("src/own.py:3:5\n"), "an edit is seen at once");
    pygloss(&folder, "usages yield-from --workspace --env .venv").assert_refused("cannot be used with");
}

#[test]
fn an_environment_is_named_as_for_index() {
    let folder = environment();
    let run = pygloss(&folder, "usages yield-from --env base");
    assert!(run.out.contains("base/lib/python3.11/os.py:2:5\n") && !run.out.contains("tree.py"), "{}", run.out);
    pygloss(&folder, "usages yield-from --env nowhere").assert_refused("isn't there (--env)");
    pygloss(&Folder::new(), "usages yield-from").assert_refused("no Python environment found");
}

#[test]
fn a_name_that_means_nothing_is_refused_with_what_is_near() {
    let folder = environment();
    pygloss(&folder, "usages yeild-from").assert_refused("nothing is called \"yeild-from\"; did you mean yield-from?");
    pygloss(&folder, "usages metaclass").assert_refused("may mean several things:\n");
    pygloss(&folder, "usages 1").assert_refused("is not written yet");
    pygloss(&folder, "usages 71").assert_refused("no day has the number");
    pygloss(&folder, "usages yield-from --with 17").assert_refused("--with takes a concept, and \"17\" is day 17");
    pygloss(&folder, "usages yield-from --with qqqq").assert_refused("nothing is called \"qqqq\"");
    pygloss(&folder, "usages yield-from --level hard").assert_refused("[possible values: simple, typical, gnarly]");
    pygloss(&folder, "usages yield-from --limit 0").assert_refused("invalid value");
}

#[test]
fn an_idea_is_not_looked_for() {
    let folder = Folder::new();
    let run = pygloss(&folder, "usages slots-memory");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn where_nothing_is_found_the_options_that_hide_something_are_named() {
    let folder = environment();
    let found = ["slots-dict-entry", "yield-from --level simple --package one", "yield-from --package onee"]
        .map(|args| usages(&folder, args).out);
    insta::assert_snapshot!(found.join("\n"));
    assert_eq!(usages(&folder, "slots-dict-entry --format jsonl").out, "");
}

#[test]
fn an_environment_where_nothing_is_installed_has_no_usages() {
    let folder = Folder::with(".venv/pyvenv.cfg", "version = 3.11.7\n").and(&format!("{PACKAGES}/readme.txt"), "");
    let run = usages(&folder, "yield-from");
    assert!(run.out.contains("no usages in an environment without packages.\n"), "{}", run.out);
}

#[test]
fn text_of_a_library_steers_no_terminal() {
    let hostile = "\u{1b}]0;title\u{7}\u{202e}";
    let text = format!("def f(x):\n    '{hostile}'\n    yield from (x, '{hostile}')  # {hostile}\n");
    let folder = package(environment(), "bad", "__init__.py", &text);
    fs::write(folder.path().join(PACKAGES).join("bad/\u{1b}[2J.py"), text.replace("def f", "def g")).unwrap();
    for color in ["always", "never"] {
        let run = usages(&folder, &format!("yield-from --package bad --color {color}"));
        assert!(run.out.contains("␛]0;title␇\u{fffd}") && run.out.contains("bad/␛[2J.py:3:5"), "{}", run.out);
        for steering in ["\u{1b}]0", "\u{7}", "\u{202e}", "\u{1b}[2J"] {
            assert!(!run.out.contains(steering), "{steering:?}: {}", run.out);
        }
    }
}

#[test]
fn lines_are_cut_around_the_usage_and_widths_are_kept() {
    let long = format!("def f(x):\n    y = [{}], (yield from x), [{}]\n", "1, ".repeat(90), "2, ".repeat(90));
    let wide = "def g(x):\n\ty = '漢字', (yield from x)\n";
    let folder = package(environment(), "long", "__init__.py", &long);
    let folder = package(folder, "wide", "__init__.py", wide);
    let shown = |name: &str| redacted(&folder, &usages(&folder, &format!("yield-from --package {name}")).out);
    insta::assert_snapshot!(shown("long") + &shown("wide"));
}

#[test]
fn columns_and_bytes_are_those_of_the_decoded_text() {
    let latin: &[u8] = b"# coding: latin-1\r\nx = '\xfc'; f = lambda: (yield from x)\r\n";
    let bom = "\u{feff}f = lambda: (yield from x)\n";
    let folder =
        environment().and(&format!("{PACKAGES}/one/latin.py"), latin).and(&format!("{PACKAGES}/one/bom.py"), bom);
    let found = usages(&folder, "yield-from --package one --format jsonl").findings();
    let place = |name: &str| {
        let usage = found.iter().find(|usage| text_of(usage, "path").ends_with(name)).unwrap();
        ["line", "column", "end_column", "start_byte", "end_byte"].map(|key| usage[key].as_u64().unwrap())
    };
    assert_eq!(place("latin.py"), [2, 23, 33, 42, 52]);
    assert_eq!(place("bom.py"), [1, 14, 24, 16, 26]);
    for color in ["always", "never"] {
        let run = usages(&folder, &format!("yield-from --package one --color {color}"));
        assert!(run.out.contains("one/latin.py:2:23") && run.out.contains("one/bom.py:1:14"), "{}", run.out);
    }
}

#[test]
fn an_interrupt_of_the_first_indexing_shows_what_is_there() {
    let folder = large_environment();
    let running = Running::until_it_says(&folder, "usages yield-from --format jsonl", "indexing ");
    running.interrupt();
    let run = running.wait();
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("note: stopped; this is what is known so far"), "{}", run.err);
    assert!(run.out.lines().count() <= 5, "{}", run.out);
    let next = pygloss(&folder, "usages yield-from --package one --format jsonl");
    assert!(next.err.starts_with("note: indexing "), "it goes on: {}", next.err);
    assert_eq!(next.out.lines().count(), 5);
}

#[test]
fn while_another_process_indexes_what_is_known_is_shown() {
    let folder = environment();
    usages(&folder, "yield-from");
    let folder = package(folder, "four", "__init__.py", "def four(x):\n    yield from x\n");
    let _locks = lock_all(&folder);
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, "note: another pygloss is indexing at the moment; this is what is known so far\n");
    assert!(run.out.contains("one/tree.py") && !run.out.contains("four"), "{}", run.out);
}

#[test]
fn an_index_that_cannot_be_kept_still_answers() {
    let folder = aged(environment().and("cache", "a file"));
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0));
    assert!(run.err.starts_with("warning: ") && run.out.contains("one/tree.py:13:13"), "{}{}", run.err, run.out);
}
