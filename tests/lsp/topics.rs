//! The topics of these tests: two written days and one that isn't.

use std::sync::{Arc, LazyLock};

use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, Folder};
use pygloss_lsp::Topics;

const SYLLABUS: &str = r#"
[[phase]]
number = 1
title = "All"

[[day]]
number = 1
phase = 1
slug = "walrus"
title = "Assignment with `:=`"

[[day]]
number = 2
phase = 1
slug = "lambda"
title = "Lambda"

[[day]]
number = 3
phase = 1
slug = "later"
title = "Not written"
"#;

const WALRUS: &str = "---
related: [2]
---

Compare [lambda](../02-lambda/topic.md#lambda-expression).

## `:=` gives a value its name {#walrus}

It binds a name inside an expression.

```python
(n := 1)
#^^^^^^ walrus
n = 1
```
";

const LAMBDA: &str = "---
related: [1]
---

A function without a name.

## A function in an expression {#lambda-expression}

It is made anew each time.

```python
f = lambda: 0
#   ^^^^^^^^^ lambda-expression
```

## A name for a lambda {#lambda-name .pitfall}

Write `def` instead.

```python
f = lambda: 0
#   ^^^^^^^^^ lambda-expression
# <- lambda-name
```

## `partial` {#partial}

It fixes arguments.

```python
import functools

functools.partial(print)
#         ^^^^^^^ partial
```
";

const LAMBDA_RULES: &str = "(lambda) @lambda-expression

(assignment left: (identifier) @lambda-name right: (lambda))

([(identifier) (attribute)] @partial (#resolves? @partial \"functools.partial\"))
";

/// The topics, compiled once.
pub(crate) fn topics() -> Topics {
    Topics { glossary: glossary(), folders: vec![folder()] }
}

fn glossary() -> Arc<Glossary> {
    static GLOSSARY: LazyLock<Arc<Glossary>> = LazyLock::new(|| {
        let (catalog, problems) = Catalog::load(&[folder()]);
        assert_eq!(problems, []);
        let (glossary, problems) = Glossary::new(catalog);
        assert_eq!(problems, []);
        Arc::new(glossary)
    });
    Arc::clone(&GLOSSARY)
}

fn folder() -> Folder {
    let files = [
        ("syllabus.toml", SYLLABUS),
        ("01-walrus/topic.md", WALRUS),
        ("01-walrus/detect.scm", "(named_expression) @walrus\n"),
        ("02-lambda/topic.md", LAMBDA),
        ("02-lambda/detect.scm", LAMBDA_RULES),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Folder { path: "topics".to_owned(), from_user: false, files: files.into() }
}
