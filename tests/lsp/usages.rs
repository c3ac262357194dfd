//! `pygloss/usages`, the command `pygloss.findUsages` and the symbols, over an environment that each test makes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use super::client::Client;
use super::{capabilities, position};

/// A workspace with a virtual environment that holds two packages.
pub(super) struct Workspace {
    _folder: TempDir,
    pub(super) path: PathBuf,
}

pub(super) const WALK: &str =
    "def walk(items):\n    \"\"\"Print the length.\"\"\"\n    if (n := len(items)) > 1:\n        print(n)\n";
const HARD: &str = "def walk(items):\n    for item in items:\n        while item:\n            if (m := item.next):\n                print(m)\n";

impl Workspace {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().canonicalize().expect("its path").join("work");
        let workspace = Self { _folder: folder, path };
        workspace.write(".venv/pyvenv.cfg", "version = 3.11.7\n");
        workspace.install("easy", "1.0", "easy.py", WALK);
        workspace.install("hard", "2.5", "hard/inner.py", HARD);
        workspace.write("app.py", "if (own := 1):\n    print(own)\n");
        workspace
    }

    pub(super) fn packages(&self) -> PathBuf {
        self.path.join(".venv/lib/python3.11/site-packages")
    }

    pub(super) fn install(&self, name: &str, version: &str, file: &str, text: &str) {
        let packages = ".venv/lib/python3.11/site-packages";
        self.write(&format!("{packages}/{file}"), text);
        let info = format!("{packages}/{name}-{version}.dist-info");
        self.write(&format!("{info}/METADATA"), &format!("Name: {name}\nVersion: {version}\n"));
        self.write(&format!("{info}/RECORD"), &format!("{file},,\n"));
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    pub(super) fn uri(&self, name: &str) -> String {
        uri(&self.path.join(name))
    }

    /// A client in this workspace that can do everything.
    pub(super) async fn client(&self) -> Client {
        // The machine's own environments must not be taken for this one's.
        self.client_of(able(), &[""], json!({ "environment": self.path.join(".venv") })).await
    }

    /// A client with these capabilities in some folders of this workspace, with `initializationOptions`.
    pub(super) async fn client_of(&self, capabilities: Value, folders: &[&str], options: Value) -> Client {
        let mut client = Client::connect();
        let is_watching = capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == true;
        let folders: Vec<_> = folders.iter().map(|name| json!({ "uri": self.uri(name), "name": name })).collect();
        let params =
            json!({ "capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": options });
        client.initialize_with(params).await;
        if is_watching {
            client.expect("client/registerCapability", Value::Null).await;
        }
        client
    }
}

/// What a client can do that can do everything.
pub(super) fn able() -> Value {
    let mut capabilities = capabilities("utf-16");
    capabilities["window"]["workDoneProgress"] = json!(true);
    capabilities["workspace"]["didChangeWatchedFiles"] =
        json!({ "dynamicRegistration": true, "relativePatternSupport": true });
    capabilities
}

pub(super) fn uri(path: &Path) -> String {
    Url::from_file_path(path).expect("an absolute path").into()
}

/// Ask, and let the pass that follows be shown to its end, if there is one.
pub(super) async fn settled(client: &mut Client, question: Value) -> Value {
    let answer = client.ask("pygloss/usages", question.clone()).await;
    if answer["indexing"] == false {
        return answer;
    }
    finish(client).await;
    loop {
        let answer = client.ask("pygloss/usages", question.clone()).await;
        if answer["indexing"] == false {
            return answer;
        }
    }
}

/// Let a pass be shown, and give what was told of it to its end.
pub(super) async fn finish(client: &mut Client) -> Vec<Value> {
    let token = client.expect("window/workDoneProgress/create", Value::Null).await["token"].clone();
    let mut told: Vec<Value> = Vec::new();
    while told.last().is_none_or(|value| value["kind"] != "end") {
        let params = client.expect("$/progress", Value::Null).await;
        assert_eq!(params["token"], token);
        told.push(params["value"].clone());
    }
    told
}

pub(super) fn symbols(answer: &Value) -> Vec<&str> {
    answer["usages"].as_array().into_iter().flatten().filter_map(|usage| usage["symbol"].as_str()).collect()
}

#[tokio::test]
async fn the_first_question_indexes_and_the_next_is_answered() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    let first = client.ask("pygloss/usages", json!({ "concept": "walrus" })).await;
    assert_eq!(first["indexing"], true);
    let told = finish(&mut client).await;
    assert_eq!(told[0]["title"], "pygloss: indexing libraries");
    assert_eq!(told.last().expect("the end")["message"], "done");
    let answer = settled(&mut client, json!({ "concept": "walrus" })).await;
    assert_eq!((&answer["total"], &answer["indexing"]), (&json!(2), &json!(false)));
    assert_eq!(
        symbols(&answer),
        ["easy.walk", "hard.inner.walk"],
        "the simple one comes first, the workspace's not at all"
    );
    let usage = &answer["usages"][0];
    assert_eq!((&usage["package"], &usage["version"]), (&json!("easy"), &json!("1.0")));
    assert_eq!((&usage["level"], &usage["documented"]), (&json!("simple"), &json!(true)));
    assert_eq!(usage["location"]["uri"], uri(&workspace.packages().join("easy.py")));
    assert_eq!(usage["location"]["range"], json!({ "start": position(2, 8), "end": position(2, 23) }));
    assert_eq!(usage["block"], json!({ "start": position(0, 0), "end": position(4, 0) }));
    assert_eq!(usage["snippet"], WALK);
}

#[tokio::test]
async fn a_pass_that_is_cancelled_goes_on_with_the_next_question() {
    let workspace = Workspace::new();
    for number in 0..300 {
        workspace
            .write(&format!(".venv/lib/python3.11/site-packages/many/m{number}.py"), &format!("{WALK}# {number}\n"));
    }
    let mut client = workspace.client().await;
    client.ask("pygloss/usages", json!({ "concept": "walrus" })).await;
    let token = client.expect("window/workDoneProgress/create", Value::Null).await["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token })).await;
    let mut last = Value::Null;
    while last["kind"] != "end" {
        last = client.expect("$/progress", Value::Null).await["value"].clone();
    }
    let mut answer = client.ask("pygloss/usages", json!({ "concept": "walrus", "limit": 500 })).await;
    while answer["indexing"] == true {
        answer = client.ask("pygloss/usages", json!({ "concept": "walrus", "limit": 500 })).await;
        let create = |message: &Value| message["method"] == "window/workDoneProgress/create";
        if client.unread().iter().any(create) {
            client.expect("window/workDoneProgress/create", Value::Null).await;
        }
    }
    assert_eq!(answer["total"], 302);
}

#[tokio::test]
async fn questions_are_narrowed() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    settled(&mut client, json!({ "concept": "walrus" })).await;
    for (question, expected) in [
        (json!({ "concept": "walrus", "package": "HARD" }), vec!["hard.inner.walk"]),
        (json!({ "concept": "walrus", "level": "simple" }), vec!["easy.walk"]),
        (json!({ "concept": "walrus", "limit": 1 }), vec!["easy.walk"]),
        (json!({ "day": 1 }), vec!["easy.walk", "hard.inner.walk"]),
        (json!({ "concept": "lambda-expression" }), vec![]),
        (json!({ "concept": "walrus", "with": "lambda-expression" }), vec![]),
    ] {
        let answer = settled(&mut client, question.clone()).await;
        assert_eq!(symbols(&answer), expected, "{question}");
    }
}

#[tokio::test]
async fn what_does_not_exist_is_named() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    for (question, named) in [
        (json!({ "concept": "walross" }), "no concept \"walross\""),
        (json!({ "concept": "walrus", "with": "x" }), "no concept \"x\""),
        (json!({ "concept": "walrus", "level": "hard" }), "no level \"hard\""),
        (json!({ "concept": "walrus", "scope": "all" }), "no scope \"all\""),
        (json!({ "day": 99 }), "no day 99"),
        (json!({}), "one argument"),
        (json!({ "concept": 5 }), "one argument"),
    ] {
        let (code, message) = client.refused("pygloss/usages", question).await;
        assert_eq!(code, -32602);
        assert!(message.contains(named), "{message}");
    }
}

#[tokio::test]
async fn the_workspace_answers_from_its_files_and_from_what_is_typed() {
    let workspace = Workspace::new();
    workspace.write("pkg/other.py", "print(m := 2)\n");
    let mut client = workspace.client().await;
    let question = json!({ "concept": "walrus", "scope": "workspace" });
    let answer = settled(&mut client, question.clone()).await;
    assert_eq!(symbols(&answer), ["app", "pkg.other"]);
    let app = workspace.uri("app.py");
    client.open(&app, "def typed():\n    return (own := 1), (more := 2)\n").await;
    let answer = settled(&mut client, question.clone()).await;
    assert_eq!(symbols(&answer), ["app.typed", "app.typed", "pkg.other"], "the file on disk isn't what its user sees");
    assert_eq!(answer["total"], 3);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": app } })).await;
    assert_eq!(symbols(&settled(&mut client, question).await), ["app", "pkg.other"]);
}

#[tokio::test]
async fn the_command_opens_a_page_when_there_is_something_on_it() {
    let workspace = Workspace::new();
    workspace.install(
        "hostile",
        "1",
        "hostile.py",
        "def f(x):\n    s = '''\n```\n# [click](command:x)\n'''\n    return (y := x)\n",
    );
    let mut client = workspace.client().await;
    let command = json!({ "command": "pygloss.findUsages", "arguments": [{ "concept": "walrus" }] });
    assert_eq!(client.ask("workspace/executeCommand", command).await, Value::Null);
    finish(&mut client).await;
    let shown = client.expect("window/showDocument", json!({ "success": true })).await;
    let path = Url::parse(shown["uri"].as_str().expect("a URI")).expect("a URI").to_file_path().expect("a file");
    assert!(path.starts_with(client.cache.path()) && path.ends_with("usages/walrus.md"), "{}", path.display());
    // What is shown may be written once more.
    settled(&mut client, json!({ "concept": "walrus" })).await;
    let text = loop {
        let text = fs::read_to_string(&path).expect("the page");
        if !text.contains("still being indexed") {
            break text;
        }
        tokio::task::yield_now().await;
    };
    assert!(text.starts_with("# Real-world usages: `:=` gives a value its name\n"), "{text}");
    assert!(text.contains("3 usages in Python 3.11.7 in `"), "{text}");
    assert!(text.contains("## `easy.walk` · easy 1.0 · simple"), "{text}");
    assert!(text.contains("easy.py:3`](<file://") && text.contains("#L3>)"), "{text}");
    assert!(text.contains("\n````python\n"), "a fence that the code can't close: {text}");
}

#[tokio::test]
async fn usages_are_symbols_of_the_workspace_first() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    settled(&mut client, json!({ "concept": "walrus", "scope": "workspace" })).await;
    settled(&mut client, json!({ "concept": "walrus" })).await;
    for query in ["#walrus", "#WAL", "#day1", " #walrus"] {
        let answer = client.ask("workspace/symbol", json!({ "query": query })).await;
        let found = answer.as_array().expect("symbols");
        let containers: Vec<_> = found.iter().filter_map(|it| it["containerName"].as_str()).collect();
        assert_eq!(containers, ["workspace", "easy 1.0 · simple", "hard 2.5 · typical"], "{query}");
        assert!(found[1]["name"].as_str().is_some_and(|name| name.starts_with("#walrus easy.walk")), "{answer}");
    }
    for query in ["", "walrus", "#", "#w", "#no-such", "#day99"] {
        assert_eq!(client.ask("workspace/symbol", json!({ "query": query })).await, Value::Null, "{query}");
    }
}

#[tokio::test]
async fn hovers_count_once_the_libraries_are_indexed() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    client.open(&workspace.uri("app.py"), "(own := 1)\n").await;
    let hover = json!({ "textDocument": { "uri": workspace.uri("app.py") }, "position": position(0, 2) });
    let before = client.ask("textDocument/hover", hover.clone()).await;
    assert!(!before["contents"]["value"].as_str().expect("text").contains("usages"), "{before}");
    settled(&mut client, json!({ "concept": "walrus" })).await;
    let after = client.ask("textDocument/hover", hover).await;
    let text = after["contents"]["value"].as_str().expect("text");
    assert!(text.ends_with("\n\n2 usages in your libraries"), "{text}");
}

#[tokio::test]
async fn the_page_says_what_was_asked() {
    let workspace = Workspace::new();
    let mut client = workspace.client().await;
    settled(&mut client, json!({ "concept": "walrus" })).await;
    let question = json!({ "concept": "walrus", "with": "lambda-name", "package": "a[b](c)", "level": "simple" });
    let command = json!({ "command": "pygloss.findUsages", "arguments": [question] });
    client.ask("workspace/executeCommand", command).await;
    let shown = client.expect("window/showDocument", json!({ "success": true })).await;
    let path = Url::parse(shown["uri"].as_str().expect("a URI")).expect("a URI").to_file_path().expect("a file");
    let text = fs::read_to_string(path).expect("the page");
    let title =
        "# Real-world usages: `:=` gives a value its name, with A name for a lambda, in `a[b](c)`, simple ones\n";
    assert!(text.starts_with(title), "{text}");
}
