//! `pygloss/findings`.

use serde_json::{Value, json};

use super::client::Client;
use super::{SAMPLE, URI, capabilities, position, range};

async fn findings(client: &mut Client, uri: &str) -> Value {
    client.ask("pygloss/findings", json!({ "textDocument": { "uri": uri } })).await
}

fn sample_findings(version: i32) -> Value {
    json!({ "version": version, "findings": [
        { "concept": "walrus", "day": 1, "kind": "construct", "range": range(0, 4, 15) },
        { "concept": "lambda-name", "day": 2, "kind": "pitfall", "range": range(1, 4, 5) },
        { "concept": "lambda-expression", "day": 2, "kind": "construct", "range": range(1, 8, 17) },
    ] })
}

#[tokio::test]
async fn all_findings_come_in_order_with_their_version() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(findings(&mut client, URI).await, sample_findings(1));
}

#[tokio::test]
async fn a_uri_is_a_key_whatever_it_looks_like() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for uri in ["untitled:Untitled-1", "file:///c%3A/a b/x.py", "vscode-notebook-cell:/n.ipynb#W0", "not a uri"] {
        client.open(uri, SAMPLE).await;
        assert_eq!(findings(&mut client, uri).await, sample_findings(1), "{uri}");
    }
    assert_eq!(unknown(&mut client, "file:///C%3A/a b/x.py").await, -32602);
}

async fn unknown(client: &mut Client, uri: &str) -> i64 {
    let (code, message) = client.refused("pygloss/findings", json!({ "textDocument": { "uri": uri } })).await;
    assert!(message.contains(uri), "{message}");
    code
}

#[tokio::test]
async fn a_file_that_is_not_open_is_named() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(unknown(&mut client, "file:///other.py").await, -32602);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } })).await;
    assert_eq!(unknown(&mut client, URI).await, -32602);
}

#[tokio::test]
async fn files_of_other_languages_are_not_followed() {
    let mut client = Client::with(capabilities("utf-8")).await;
    let document = json!({ "uri": URI, "languageId": "rust", "version": 1, "text": SAMPLE });
    client.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    assert_eq!(unknown(&mut client, URI).await, -32602);
}

#[tokio::test]
async fn while_a_line_is_broken_the_others_keep_what_was_found() {
    let mut client = Client::with_file(SAMPLE).await;
    findings(&mut client, URI).await;
    let broken = json!([{ "range": { "start": position(3, 4), "end": position(3, 4) }, "text": "f([" }]);
    client.change(URI, 2, broken).await;
    let now = findings(&mut client, URI).await;
    let place = |finding: &Value| (finding["concept"].clone(), finding["range"].clone());
    let places = |of: &Value| of["findings"].as_array().expect("a list").iter().map(place).collect::<Vec<_>>();
    assert_eq!(places(&now), places(&sample_findings(1)));
    client.change(URI, 3, json!([{ "text": SAMPLE }])).await;
    assert_eq!(findings(&mut client, URI).await, sample_findings(3));
}

#[tokio::test]
async fn a_finding_that_only_memory_holds_is_marked() {
    let mut client = Client::with_file("x = 1\nf = lambda: 0\n").await;
    let before = findings(&mut client, URI).await["findings"][0].clone();
    assert_eq!(before["concept"], "lambda-name");
    // An open bracket turns the next line's assignment into something else.
    let bracket = json!([{ "range": { "start": position(0, 4), "end": position(0, 4) }, "text": "[" }]);
    client.change(URI, 2, bracket).await;
    let mut stale = before;
    stale["stale"] = json!(true);
    assert_eq!(findings(&mut client, URI).await["findings"][0], stale);
}
