//! Start, end and misuse of a session.

use serde_json::json;

use super::client::Client;
use super::{SAMPLE, URI, capabilities, position};

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let answer = Client::connect().initialize(capabilities("utf-8")).await;
    assert_eq!(answer["serverInfo"]["name"], "pygloss");
    assert_eq!(answer["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    let expected = json!({
        "positionEncoding": "utf-8",
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "notebookDocumentSync": {
            "notebookSelector": [{ "notebook": "jupyter-notebook", "cells": [{ "language": "python" }] }],
        },
        "hoverProvider": true,
        "codeActionProvider": { "codeActionKinds": ["source.doc.pygloss"] },
        "executeCommandProvider": { "commands": ["pygloss.showTopic", "pygloss.findUsages"] },
        "workspaceSymbolProvider": true,
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    assert_eq!(answer["capabilities"], expected);
}

#[tokio::test]
async fn the_encoding_is_the_best_that_the_client_offers() {
    let cases = [
        (json!(["utf-16", "utf-32", "utf-8"]), "utf-8"),
        (json!(["utf-16", "utf-32"]), "utf-32"),
        (json!(["utf-7"]), "utf-16"),
        (json!([]), "utf-16"),
    ];
    for (offered, chosen) in cases {
        let offer = json!({ "general": { "positionEncodings": offered } });
        let answer = Client::connect().initialize(offer).await;
        assert_eq!(answer["capabilities"]["positionEncoding"], chosen);
    }
    let answer = Client::connect().initialize(json!({})).await;
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
}

#[tokio::test]
async fn exit_after_shutdown_is_success_though_stdin_stays_open() {
    let mut client = Client::with(json!({})).await;
    client.ask("shutdown", json!(null)).await;
    client.notify("exit", json!(null)).await;
    assert_eq!(client.exit_code().await, 0);
}

#[tokio::test]
async fn exit_without_shutdown_is_failure() {
    let mut client = Client::with(json!({})).await;
    client.notify("exit", json!(null)).await;
    assert_eq!(client.exit_code().await, 1);
    let mut client = Client::connect();
    client.notify("exit", json!(null)).await;
    assert_eq!(client.exit_code().await, 1);
}

#[tokio::test]
async fn a_closed_stdin_ends_the_server() {
    assert_eq!(Client::with(json!({})).await.hang_up().await, 1);
    let mut client = Client::with(json!({})).await;
    client.ask("shutdown", json!(null)).await;
    assert_eq!(client.hang_up().await, 0);
}

#[tokio::test]
async fn a_request_before_initialize_is_refused() {
    let mut client = Client::connect();
    let params = json!({ "textDocument": { "uri": URI }, "position": position(0, 0) });
    assert_eq!(client.refused("textDocument/hover", params).await.0, -32002);
    client.initialize(json!({})).await;
}

#[tokio::test]
async fn before_initialize_nothing_but_initialize_counts() {
    let mut client = Client::connect();
    client.open(URI, SAMPLE).await;
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "pygloss": { "hoover": 1 } } })).await;
    for (method, params) in [
        ("shutdown", json!(null)),
        ("pygloss/topics", json!(null)),
        ("pygloss/topic", json!({ "day": 1 })),
        ("pygloss/findings", json!({ "textDocument": { "uri": URI } })),
        ("workspace/executeCommand", json!({ "command": "pygloss.showTopic", "arguments": [1] })),
    ] {
        assert_eq!(client.refused(method, params).await.0, -32002, "{method}");
    }
    assert_eq!(client.refused("initialize", json!({ "capabilities": 5 })).await.0, -32602);
    client.initialize(json!({})).await;
    assert_eq!(client.refused("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await.0, -32602);
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn a_second_initialize_is_refused() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(client.refused("initialize", json!({ "capabilities": {} })).await.0, -32600);
    assert_eq!(client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await["version"], 1);
}

#[tokio::test]
async fn a_file_that_is_not_open_has_nothing() {
    let mut client = Client::with(capabilities("utf-8")).await;
    let nowhere = json!({ "start": position(0, 0), "end": position(0, 0) });
    let action = json!({ "textDocument": { "uri": URI }, "range": nowhere, "context": { "diagnostics": [] } });
    assert_eq!(client.ask("textDocument/codeAction", action).await, json!(null));
    client.change(URI, 2, json!([{ "text": SAMPLE }])).await;
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(client.refused("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await.0, -32602);
}

#[tokio::test]
async fn a_request_after_shutdown_is_refused() {
    let mut client = Client::with_file(SAMPLE).await;
    client.ask("shutdown", json!(null)).await;
    let params = json!({ "textDocument": { "uri": URI } });
    assert_eq!(client.refused("pygloss/findings", params).await.0, -32600);
}

#[tokio::test]
async fn malformed_params_cost_one_request() {
    let mut client = Client::with_file(SAMPLE).await;
    for (method, params) in [
        ("textDocument/hover", json!({ "textDocument": 5 })),
        ("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": { "line": -1, "character": 0 } })),
        ("textDocument/codeAction", json!([])),
        ("pygloss/findings", json!({ "uri": URI })),
        ("pygloss/topic", json!([1])),
        ("workspace/executeCommand", json!(null)),
    ] {
        assert_eq!(client.refused(method, params).await.0, -32602, "{method}");
    }
    client.notify("textDocument/didChange", json!({ "textDocument": { "uri": 7 } })).await;
    assert_eq!(client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await["version"], 1);
}

#[tokio::test]
async fn unknown_methods_are_refused_and_unknown_notifications_ignored() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(client.refused("pygloss/nothing", json!({})).await.0, -32601);
    assert_eq!(client.refused("$/nothing", json!({})).await.0, -32601);
    client.notify("$/nothing", json!({})).await;
    client.notify("pygloss/nothing", json!({})).await;
    assert_eq!(client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await["version"], 1);
}

#[tokio::test]
async fn nothing_is_published_unasked() {
    let mut client = Client::with_file(SAMPLE).await;
    client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    client.ask("shutdown", json!(null)).await;
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn a_message_that_cannot_be_read_costs_no_more_than_itself() {
    let mut client = Client::with_file(SAMPLE).await;
    let half_a_pair = br#"{"jsonrpc":"2.0","method":"x","params":["\ud83d"]}"#;
    for garbage in [b"{\"jsonrpc\"".as_slice(), b"\xff\xfe", b"[]", b"", half_a_pair] {
        client.send_bytes(garbage).await;
    }
    assert_eq!(client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await["version"], 1);
}
