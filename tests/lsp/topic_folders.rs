//! The setting `topicFolders`: loaded at the start and on change, shown as progress, cancelled by the user.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;
use super::{SAMPLE, URI, capabilities, range};

const SYLLABUS: &str = "[[day]]\nnumber = 4\nphase = 1\nslug = \"own\"\ntitle = \"Own\"\n";

const PAGE: &str = "---\nrelated: [1]\n---\n\nOne's own.\n\n## A name of the module {#own-global}\n\nIt is rebound.\n
```python\nglobal x\n# <-~6 own-global\n```\n";

const TEXT: &str = "def f():\n    global x\n    (n := 1)\n";

fn folder(rules: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("04-own")).expect("a folder");
    for (name, text) in [("syllabus.toml", SYLLABUS), ("04-own/topic.md", PAGE), ("04-own/detect.scm", rules)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// A client that shows progress, told of these folders from the start.
async fn with_folders(folders: &[&Path]) -> Client {
    let mut capabilities = capabilities("utf-16");
    capabilities["window"]["workDoneProgress"] = json!(true);
    let mut client = Client::with_options(capabilities, json!({ "topicFolders": folders })).await;
    client.open(URI, TEXT).await;
    client
}

async fn push(client: &mut Client, folders: &[&Path]) {
    let settings = json!({ "pygloss": { "topicFolders": folders } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings })).await;
}

/// Let a load be shown, and give what was told of it to its end.
async fn progress(client: &mut Client) -> Vec<Value> {
    let token = client.expect("window/workDoneProgress/create", Value::Null).await["token"].clone();
    to_end(client, &token).await
}

async fn to_end(client: &mut Client, token: &Value) -> Vec<Value> {
    let mut told: Vec<Value> = Vec::new();
    while told.last().is_none_or(|value| value["kind"] != "end") {
        let params = client.expect("$/progress", Value::Null).await;
        assert_eq!(params["token"], *token);
        told.push(params["value"].clone());
    }
    told
}

async fn concepts(client: &mut Client) -> Vec<String> {
    let found = client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    let found = found["findings"].as_array().expect("a list").clone();
    found.iter().map(|it| it["concept"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn folders_are_loaded_at_the_start_and_unloaded_with_the_setting() {
    let own = folder("(global_statement) @own-global\n");
    let mut client = with_folders(&[own.path()]).await;
    let told = progress(&mut client).await;
    assert_eq!(told[0]["kind"], "begin");
    assert_eq!((&told[0]["title"], &told[0]["cancellable"]), (&json!("pygloss: loading topics"), &json!(true)));
    assert_eq!(told[1]["message"], own.path().display().to_string());
    assert_eq!(told.last().expect("the end")["message"], "done");
    assert_eq!(concepts(&mut client).await, ["own-global", "walrus"]);
    let page = client.ask("pygloss/topic", json!({ "concept": "own-global" })).await;
    assert!(page["uri"].as_str().is_some_and(|uri| uri.contains("/user-") && uri.ends_with("/04-own.md")), "{page}");

    push(&mut client, &[]).await;
    // No progress tells of what takes no time: ask until it has come.
    while concepts(&mut client).await != ["walrus"] {}
    push(&mut client, &[own.path()]).await;
    progress(&mut client).await;
    assert_eq!(concepts(&mut client).await, ["own-global", "walrus"]);
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn what_was_kept_of_a_broken_file_goes_with_the_topics_that_found_it() {
    let own = folder("(global_statement) @own-global\n");
    let mut client = with_folders(&[own.path()]).await;
    progress(&mut client).await;
    assert_eq!(concepts(&mut client).await.len(), 2);
    let end = json!({ "line": 3, "character": 0 });
    let broken = json!([{ "range": { "start": end, "end": end }, "text": "x = [(\n" }]);
    client.change(URI, 2, broken).await;
    assert_eq!(concepts(&mut client).await.len(), 2);
    push(&mut client, &[]).await;
    while concepts(&mut client).await != ["walrus"] {}
}

#[tokio::test]
async fn the_cells_of_a_notebook_follow_the_topics_too() {
    let own = folder("(global_statement) @own-global\n");
    let mut client = with_folders(&[own.path()]).await;
    progress(&mut client).await;
    let cell = json!({ "uri": "cell:1", "languageId": "python", "version": 1, "text": TEXT });
    let cells = json!([{ "kind": 2, "document": "cell:1" }]);
    let notebook =
        json!({ "uri": "file:///n.ipynb", "notebookType": "jupyter-notebook", "version": 1, "cells": cells });
    let params = json!({ "notebookDocument": notebook, "cellTextDocuments": [cell] });
    client.notify("notebookDocument/didOpen", params).await;
    let findings = json!({ "textDocument": { "uri": "cell:1" } });
    let count = |found: &Value| found["findings"].as_array().map(Vec::len);
    assert_eq!(count(&client.ask("pygloss/findings", findings.clone()).await), Some(2));
    push(&mut client, &[]).await;
    while count(&client.ask("pygloss/findings", findings.clone()).await) != Some(1) {}
}

#[tokio::test]
async fn a_broken_folder_is_told_once_and_the_rest_works() {
    let (own, broken) = (folder("(global_statement) @own-global\n"), folder("(nothing) @own-global\n(((\n"));
    let missing = broken.path().join("missing");
    let mut client = with_folders(&[&missing, broken.path()]).await;
    progress(&mut client).await;
    let mut told = Vec::new();
    for _ in 0..2 {
        told.push(client.expect("window/showMessage", Value::Null).await["message"].as_str().expect("text").to_owned());
    }
    assert!(told[0].contains(&missing.display().to_string()) && told[0].contains("can't read"), "{told:?}");
    assert!(told[1].contains("04-own/detect.scm:") && told[1].contains("error: "), "{told:?}");
    assert_eq!(concepts(&mut client).await, ["walrus"]);

    push(&mut client, &[&missing, own.path()]).await;
    progress(&mut client).await;
    assert_eq!(concepts(&mut client).await, ["own-global", "walrus"]);
    assert!(client.unread().is_empty(), "told once, and no diagnostics: {:?}", client.unread());
}

#[tokio::test]
async fn a_cancelled_load_changes_nothing() {
    let own = folder("(global_statement) @own-global\n");
    let mut client = with_folders(&[own.path()]).await;
    let created = client.wait_for(|it| it["method"] == "window/workDoneProgress/create").await;
    let token = created["params"]["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token })).await;
    client.notify("window/workDoneProgress/cancel", json!({ "token": "of nobody" })).await;
    // Whatever is answered behind the notifications was handled behind them.
    assert_eq!(concepts(&mut client).await, ["walrus"]);
    client.send(&json!({ "jsonrpc": "2.0", "id": created["id"], "result": null })).await;
    assert_eq!(to_end(&mut client, &token).await.last().expect("the end")["message"], "cancelled");
    assert_eq!(concepts(&mut client).await, ["walrus"]);
}

#[tokio::test]
async fn a_client_that_shows_no_progress_is_not_asked_to() {
    let own = folder("(global_statement) @own-global\n");
    let options = json!({ "topicFolders": [own.path().file_name().expect("a name").to_str()] });
    let root = format!("file://{}", own.path().parent().expect("a folder").display());
    let mut client = Client::connect();
    let params = json!({ "capabilities": {}, "rootUri": root, "initializationOptions": options });
    client.initialize_with(params).await;
    client.open(URI, TEXT).await;
    while concepts(&mut client).await != ["own-global", "walrus"] {}
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn a_client_that_refuses_progress_gets_the_topics_all_the_same() {
    let own = folder("(global_statement) @own-global\n");
    let mut client = with_folders(&[own.path()]).await;
    let created = client.wait_for(|it| it["method"] == "window/workDoneProgress/create").await;
    let error = json!({ "code": -32603, "message": "no" });
    client.send(&json!({ "jsonrpc": "2.0", "id": created["id"], "error": error })).await;
    while concepts(&mut client).await != ["own-global", "walrus"] {}
    client.change(URI, 2, json!([{ "text": SAMPLE }])).await;
    let found = client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(found["findings"][0]["range"], range(0, 4, 15));
}
