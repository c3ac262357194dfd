//! Checking topics: the built-in ones, a checkout's, a user's own.

use std::path::Path;

use super::Folder;

#[test]
fn the_topics_of_this_checkout_are_sound() {
    let topics = Path::new(env!("CARGO_MANIFEST_DIR")).join("topics");
    for args in ["check".to_owned(), format!("check {}", topics.display())] {
        let run = Folder::new().run(&args);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        assert!(run.out.contains(" concepts checked: 0 errors, "), "{}", run.out);
    }
}

const SYLLABUS: &str = r#"
[[phase]]
number = 90
title = "Ours"

[[day]]
number = 901
phase = 90
slug = "house-style"
title = "House style"
"#;

const PAGE: &str = "\
---
related: []
docs: []
---

What we agreed on.

## `print` is for programs {#house-print}

Use the log.

```python no-run
print(1)
# <~5 house-print
x = 1
# <- !house-print
```
";

const RULES: &str = "((identifier) @house-print (#resolves? @house-print \"builtins.print\"))\n";

fn own(page: &str, rules: &str) -> Folder {
    Folder::with("own/syllabus.toml", SYLLABUS)
        .and("own/901-house-style/topic.md", page)
        .and("own/901-house-style/detect.scm", rules)
}

#[test]
fn a_users_topics_work_beside_the_built_in_ones() {
    let folder = own(PAGE, RULES).and("a.py", "print(1 == None)\n");
    let run = folder.run("scan --topics own --format jsonl a.py");
    let concepts: Vec<_> = run.findings().iter().map(|found| found["concept"].clone()).collect();
    assert_eq!(concepts, ["house-print", "eq-none"]);
    assert!(folder.run("topic house-style --topics own").out.starts_with("# "));
}

#[test]
fn errors_name_file_line_and_column_and_fail_the_check() {
    let run = own(PAGE, "\n(no_such_node) @house-print\n").run("check own");
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    let line = run.out.lines().find(|line| line.contains("no_such_node")).unwrap_or_else(|| panic!("{}", run.out));
    assert!(line.starts_with("own/901-house-style/detect.scm:2:1: error: "), "{line}");
}

#[test]
fn a_broken_folder_is_a_warning_elsewhere() {
    let folder = own(PAGE, "(no_such_node) @house-print\n").and("a.py", "x == None\n");
    for topics in ["own", "nowhere"] {
        let run = folder.run(&format!("scan --topics {topics} a.py"));
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.err.starts_with("warning: ") && run.err.contains(topics), "{}", run.err);
        assert!(run.out.contains("eq-none"), "{}", run.out);
    }
}

#[test]
fn what_only_an_author_wants_to_know_is_said_by_check_alone() {
    let early = PAGE.replace("{#house-print}", "{#house-print over=house-log}");
    let folder = own(&early, RULES).and("a.py", "print(1)\n");
    let message = "`over=house-log`";
    assert!(folder.run("check own").out.contains(message));
    assert_eq!(folder.run("scan --topics own a.py").err, "");
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    Folder::new().run("check nowhere").assert_refused("can't read the topics in nowhere");
}
