//! Notebooks: cells that share their names, come, go, move and break.

use serde_json::{Value, json};

use super::client::Client;
use super::{position, range};

const NOTEBOOK: &str = "file:///home/me/n.ipynb";

/// A cell's URI, as VS Code makes it.
fn uri(cell: &str) -> String {
    format!("vscode-notebook-cell:/home/me/n.ipynb#{cell}")
}

fn code(cell: &str) -> Value {
    json!({ "kind": 2, "document": uri(cell) })
}

fn markdown(cell: &str) -> Value {
    json!({ "kind": 1, "document": uri(cell) })
}

fn text(cell: &str, text: &str) -> Value {
    json!({ "uri": uri(cell), "languageId": "python", "version": 1, "text": text })
}

/// A client with a notebook of these cells of code: names and texts.
async fn with_notebook(cells: &[(&str, &str)]) -> Client {
    let mut client = Client::with(super::capabilities("utf-16")).await;
    open(&mut client, cells.iter().map(|(cell, _)| code(cell)).collect(), cells).await;
    client
}

async fn open(client: &mut Client, cells: Vec<Value>, texts: &[(&str, &str)]) {
    let notebook = json!({ "uri": NOTEBOOK, "notebookType": "jupyter-notebook", "version": 1, "cells": cells });
    let texts: Vec<_> = texts.iter().map(|(cell, content)| text(cell, content)).collect();
    let params = json!({ "notebookDocument": notebook, "cellTextDocuments": texts });
    client.notify("notebookDocument/didOpen", params).await;
}

/// `notebookDocument/didChange` with what happened to cells.
async fn change(client: &mut Client, cells: Value) {
    let params = json!({ "notebookDocument": { "uri": NOTEBOOK, "version": 2 }, "change": { "cells": cells } });
    client.notify("notebookDocument/didChange", params).await;
}

async fn change_text(client: &mut Client, cell: &str, version: i32, changes: Value) {
    let edited = json!({ "document": { "uri": uri(cell), "version": version }, "changes": changes });
    change(client, json!({ "textContent": [edited] })).await;
}

async fn findings(client: &mut Client, cell: &str) -> Value {
    client.ask("pygloss/findings", json!({ "textDocument": { "uri": uri(cell) } })).await
}

/// The ids of what is found in a cell.
async fn concepts(client: &mut Client, cell: &str) -> Vec<String> {
    let found = findings(client, cell).await;
    let id = |finding: &Value| finding["concept"].as_str().expect("an id").to_owned();
    found["findings"].as_array().expect("a list").iter().map(id).collect()
}

async fn hover(client: &mut Client, cell: &str, line: u32, character: u32) -> Value {
    let params = json!({ "textDocument": { "uri": uri(cell) }, "position": position(line, character) });
    client.ask("textDocument/hover", params).await
}

#[tokio::test]
async fn a_cell_knows_what_an_earlier_one_imports() {
    let mut client = with_notebook(&[("a", "import functools as ft\n"), ("b", "'\u{1f40d}'; x = ft.partial(f)")]).await;
    let partial = json!({ "concept": "partial", "day": 2, "kind": "construct", "range": range(0, 13, 20) });
    assert_eq!(findings(&mut client, "b").await, json!({ "version": 1, "findings": [partial] }));
    let hovered = hover(&mut client, "b", 0, 14).await;
    assert_eq!(hovered["range"], range(0, 13, 20));
    assert!(hovered["contents"]["value"].as_str().is_some_and(|it| it.contains("It fixes arguments")), "{hovered}");
    let only = json!({ "diagnostics": [], "only": ["source.doc"] });
    let params = json!({ "textDocument": { "uri": uri("b") }, "range": range(0, 15, 15), "context": only });
    let actions = client.ask("textDocument/codeAction", params).await;
    assert_eq!(actions[0]["command"]["arguments"][0], json!({ "concept": "partial" }));
}

#[tokio::test]
async fn an_import_that_is_edited_away_is_gone_for_all_cells() {
    let mut client = with_notebook(&[("a", "import functools as ft"), ("b", "ft.partial"), ("c", "ft.partial")]).await;
    assert_eq!(concepts(&mut client, "c").await, ["partial"]);
    let name = json!([{ "range": range(0, 7, 16), "text": "itertools" }]);
    change_text(&mut client, "a", 2, name).await;
    for (cell, version) in [("a", 2), ("b", 1), ("c", 1)] {
        assert_eq!(findings(&mut client, cell).await, json!({ "version": version, "findings": [] }));
        assert_eq!(hover(&mut client, cell, 0, 4).await, Value::Null);
    }
    change_text(&mut client, "a", 3, json!([{ "range": range(0, 7, 16), "text": "functools" }])).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
}

#[tokio::test]
async fn cells_come_and_go() {
    let mut client = with_notebook(&[("b", "ft.partial")]).await;
    assert_eq!(concepts(&mut client, "b").await, [""; 0]);
    let array = json!({ "start": 0, "deleteCount": 0, "cells": [code("a")] });
    let opened = json!([text("a", "import functools as ft")]);
    change(&mut client, json!({ "structure": { "array": array, "didOpen": opened } })).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    let array = json!({ "start": 0, "deleteCount": 1 });
    let closed = json!([{ "uri": uri("a") }]);
    change(&mut client, json!({ "structure": { "array": array, "didClose": closed } })).await;
    assert_eq!(concepts(&mut client, "b").await, [""; 0]);
    let params = json!({ "textDocument": { "uri": uri("a") } });
    assert_eq!(client.refused("pygloss/findings", params).await.0, -32602);
}

#[tokio::test]
async fn cells_move_without_being_opened_again() {
    let cells = [("a", "f = lambda: 0"), ("b", "(n := 1)"), ("c", "import functools")];
    let mut client = with_notebook(&cells).await;
    let array = json!({ "start": 0, "deleteCount": 3, "cells": [code("c"), code("a"), code("b")] });
    change(&mut client, json!({ "structure": { "array": array } })).await;
    assert_eq!(concepts(&mut client, "a").await, ["lambda-name", "lambda-expression"]);
    assert_eq!(findings(&mut client, "b").await["findings"][0]["range"], range(0, 1, 7));
    // Texts are followed where they are now.
    change_text(&mut client, "b", 2, json!([{ "range": range(0, 0, 0), "text": "functools.partial" }])).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial", "walrus"]);
}

#[tokio::test]
async fn a_structure_and_its_texts_come_in_one_change() {
    let mut client = with_notebook(&[("a", "x")]).await;
    let array = json!({ "start": 1, "deleteCount": 0, "cells": [code("b")] });
    let structure = json!({ "array": array, "didOpen": [text("b", "partial")] });
    let document = json!({ "uri": uri("a"), "version": 5 });
    let texts = json!([{ "document": document, "changes": [{ "text": "from functools import partial" }] }]);
    change(&mut client, json!({ "structure": structure, "textContent": texts })).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    assert_eq!(findings(&mut client, "a").await["version"], 5);
}

#[tokio::test]
async fn magics_disturb_nothing_beside_them() {
    let first = "%load_ext x\n!ls (\nfrom functools import partial\nfiles = !ls\npartial\npartial?";
    let cells = [("a", first), ("b", "%%time\npartial"), ("c", "%%bash\npartial (n := 1)"), ("d", "partial")];
    let mut client = with_notebook(&cells).await;
    assert_eq!(findings(&mut client, "a").await["findings"][0]["range"], range(4, 0, 7));
    assert_eq!(findings(&mut client, "b").await["findings"][0]["range"], range(1, 0, 7));
    assert_eq!(concepts(&mut client, "c").await, [""; 0]);
    assert_eq!(concepts(&mut client, "d").await, ["partial"]);
}

#[tokio::test]
async fn cells_of_text_are_no_code() {
    let mut client = Client::with(super::capabilities("utf-16")).await;
    let cells = vec![code("a"), markdown("text"), code("shell"), code("b")];
    open(&mut client, cells, &[("a", "from functools import partial"), ("b", "partial")]).await;
    let other = json!({ "uri": uri("shell"), "languageId": "shellscript", "version": 1, "text": "(n := 1)" });
    let array = json!({ "start": 2, "deleteCount": 1, "cells": [code("shell")] });
    change(&mut client, json!({ "structure": { "array": array, "didOpen": [other] } })).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    for cell in ["text", "shell"] {
        let params = json!({ "textDocument": { "uri": uri(cell) } });
        assert_eq!(client.refused("pygloss/findings", params).await.0, -32602, "{cell}");
    }
    change(&mut client, json!({ "data": [markdown("a")] })).await;
    assert_eq!(concepts(&mut client, "b").await, [""; 0]);
    change(&mut client, json!({ "data": [code("a")] })).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
}

#[tokio::test]
async fn a_broken_cell_disturbs_no_other() {
    let cells = [("a", "import functools"), ("b", "x = 1\nf = lambda: 0"), ("c", "functools.partial")];
    let mut client = with_notebook(&cells).await;
    let whole = concepts(&mut client, "b").await;
    change_text(&mut client, "b", 2, json!([{ "range": range(0, 4, 4), "text": "[" }])).await;
    assert_eq!(concepts(&mut client, "c").await, ["partial"]);
    assert_eq!(concepts(&mut client, "b").await, whole);
    assert_eq!(findings(&mut client, "b").await["findings"][0]["stale"], true);
}

#[tokio::test]
async fn a_cell_without_a_notebook_is_a_file() {
    let mut client = Client::with(super::capabilities("utf-16")).await;
    client.open(&uri("a"), "from functools import partial\n").await;
    client.open(&uri("b"), "partial\n(n := 1)\n").await;
    assert_eq!(concepts(&mut client, "b").await, ["walrus"]);
}

#[tokio::test]
async fn texts_may_be_sent_as_those_of_files() {
    let mut client = Client::with(super::capabilities("utf-16")).await;
    open(&mut client, vec![code("a"), code("b")], &[]).await;
    client.open(&uri("a"), "import functools as ft").await;
    client.open(&uri("b"), "ft.partial").await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    client.change(&uri("a"), 2, json!([{ "text": "ft = 1" }])).await;
    assert_eq!(concepts(&mut client, "b").await, [""; 0]);
    client.change(&uri("a"), 3, json!([{ "text": "import functools as ft" }])).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri("a") } })).await;
    assert_eq!(concepts(&mut client, "b").await, [""; 0]);
}

#[tokio::test]
async fn a_closed_notebook_is_forgotten_with_its_cells() {
    let mut client = with_notebook(&[("a", "import functools"), ("b", "functools.partial")]).await;
    assert_eq!(concepts(&mut client, "b").await, ["partial"]);
    let params = json!({ "notebookDocument": { "uri": NOTEBOOK }, "cellTextDocuments": [{ "uri": uri("a") }] });
    client.notify("notebookDocument/didClose", params).await;
    for cell in ["a", "b"] {
        let params = json!({ "textDocument": { "uri": uri(cell) } });
        assert_eq!(client.refused("pygloss/findings", params).await.0, -32602);
    }
}

#[tokio::test]
async fn changes_that_fit_no_notebook_are_survived() {
    let mut client = with_notebook(&[("a", "(n := 1)")]).await;
    let array = json!({ "start": 7, "deleteCount": 4_294_967_295_u32, "cells": [code("nowhere")] });
    change(&mut client, json!({ "structure": { "array": array } })).await;
    change_text(&mut client, "nowhere", 2, json!([{ "text": "x" }])).await;
    change(&mut client, json!({ "data": [code("elsewhere")] })).await;
    let unknown = json!({ "notebookDocument": { "uri": "file:///other.ipynb", "version": 2 }, "change": {} });
    client.notify("notebookDocument/didChange", unknown).await;
    client.notify("notebookDocument/didSave", json!({ "notebookDocument": { "uri": NOTEBOOK } })).await;
    assert_eq!(concepts(&mut client, "a").await, ["walrus"]);
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn edits_of_cells_are_applied_in_order_between_requests() {
    const EDITS: i32 = 100;
    let mut client = with_notebook(&[("a", ""), ("b", "(n := 1)")]).await;
    let mut asked = Vec::new();
    for version in 2..EDITS + 2 {
        let cell = if version % 3 == 0 { "b" } else { "a" };
        change_text(&mut client, cell, version, json!([{ "range": range(0, 0, 0), "text": "(n := 1)\n" }])).await;
        let params = json!({ "textDocument": { "uri": uri(cell) } });
        asked.push((client.request("pygloss/findings", params).await, version, cell));
    }
    let mut counts = std::collections::HashMap::from([("a", 0), ("b", 1)]);
    for (id, version, cell) in asked {
        let answer = client.answer(id).await["result"].clone();
        *counts.get_mut(cell).expect("a cell") += 1;
        assert_eq!(answer["version"], version);
        assert_eq!(answer["findings"].as_array().expect("a list").len(), counts[cell], "{cell} in version {version}");
    }
}

#[tokio::test]
async fn a_notebook_that_is_too_large_is_told_once_and_recovers() {
    let large = "# x\n".repeat(300_000);
    let mut client = with_notebook(&[("a", &large), ("b", &large), ("c", "(n := 1)")]).await;
    let message = client.expect("window/logMessage", json!(null)).await;
    assert!(message["message"].as_str().is_some_and(|it| it.contains(NOTEBOOK) && it.contains("2 MB")), "{message}");
    change_text(&mut client, "c", 2, json!([{ "range": range(0, 0, 0), "text": "x\n" }])).await;
    assert_eq!(findings(&mut client, "c").await, json!({ "version": 2, "findings": [] }));
    assert_eq!(hover(&mut client, "c", 1, 2).await, Value::Null);
    let array = json!({ "start": 0, "deleteCount": 2 });
    let closed = json!([{ "uri": uri("a") }, { "uri": uri("b") }]);
    change(&mut client, json!({ "structure": { "array": array, "didClose": closed } })).await;
    assert_eq!(concepts(&mut client, "c").await, ["walrus"]);
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}
