//! `workspace/executeCommand` with `pygloss.showTopic`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::client::Client;
use super::{capabilities, range};

fn show(argument: &Value) -> Value {
    json!({ "command": "pygloss.showTopic", "arguments": [argument] })
}

fn page(client: &Client, name: &str) -> PathBuf {
    client.cache.path().join("pages").join(env!("CARGO_PKG_VERSION")).join(name)
}

#[tokio::test]
async fn a_page_is_opened_at_the_concepts_line() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for argument in [json!({ "concept": "lambda-name" }), json!("lambda-name")] {
        assert_eq!(client.ask("workspace/executeCommand", show(&argument)).await, Value::Null);
        let request = client.expect("window/showDocument", json!({ "success": true })).await;
        let path = page(&client, "02-lambda.md");
        assert_eq!(request["uri"], format!("file://{}", path.display()));
        assert_eq!((&request["takeFocus"], &request["external"]), (&json!(true), &json!(false)));
        let text = std::fs::read_to_string(path).expect("the page is there");
        let heading = text.lines().position(|line| line == "## A name for a lambda").expect("the heading");
        assert_eq!(request["selection"], range(u32::try_from(heading).expect("small"), 0, 0));
    }
}

#[tokio::test]
async fn a_day_is_opened_at_its_title() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for argument in [json!({ "day": 1 }), json!(1)] {
        client.ask("workspace/executeCommand", show(&argument)).await;
        let request = client.expect("window/showDocument", json!({ "success": true })).await;
        assert_eq!(request["selection"], range(0, 0, 0));
    }
    let text = std::fs::read_to_string(page(&client, "01-walrus.md")).expect("the page is there");
    assert!(text.starts_with("# Day 1"), "{text}");
    assert!(text.contains("[lambda](02-lambda.md#lambda-expression)"), "{text}");
}

#[tokio::test]
async fn a_client_that_opens_no_documents_is_told_the_file() {
    let mut client = Client::with(json!({})).await;
    client.ask("workspace/executeCommand", show(&json!({ "concept": "walrus" }))).await;
    assert_told(&mut client).await;
}

#[tokio::test]
async fn a_client_that_fails_to_open_the_document_is_told_the_file() {
    let mut client = Client::with(capabilities("utf-8")).await;
    client.ask("workspace/executeCommand", show(&json!({ "concept": "walrus" }))).await;
    client.expect("window/showDocument", json!({ "success": false })).await;
    assert_told(&mut client).await;
}

async fn assert_told(client: &mut Client) {
    let message = client.expect("window/showMessage", json!(null)).await;
    let text = message["message"].as_str().expect("text");
    let path = page(client, "01-walrus.md");
    assert!(text.starts_with("Day 1 · Assignment with :=: ") && text.contains(&path.display().to_string()), "{text}");
    assert_eq!(message["type"], 3);
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for (argument, named) in [
        (json!({ "concept": "walruss" }), "\"walruss\""),
        (json!({ "day": 99 }), "no day 99"),
        (json!({ "day": 3 }), "day 3 has no page yet"),
        (json!({ "topic": 3 }), "pygloss.showTopic takes one argument"),
        (json!(null), "pygloss.showTopic takes one argument"),
    ] {
        let (code, message) = client.refused("workspace/executeCommand", show(&argument)).await;
        assert!(code == -32602 && message.contains(named), "{code} {message}");
    }
    let (code, message) = client.refused("workspace/executeCommand", json!({ "command": "pygloss.hide" })).await;
    assert!(code == -32602 && message.contains("pygloss.hide"), "{code} {message}");
}

#[tokio::test]
async fn a_page_that_cannot_be_written_is_named() {
    let mut client = Client::with(capabilities("utf-8")).await;
    std::fs::write(client.cache.path().join("pages"), "in the way").expect("a file");
    let (code, message) = client.refused("workspace/executeCommand", show(&json!(1))).await;
    assert!(code == -32603 && message.contains("01-walrus.md"), "{code} {message}");
}
