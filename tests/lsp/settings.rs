//! Settings: where they come from, what they change, and what is said of wrong ones.

use serde_json::{Value, json};

use super::client::Client;
use super::{SAMPLE, URI, capabilities, range};

/// Columns of `SAMPLE`'s first two lines where something stands.
const WALRUS: (u32, u32) = (0, 6);
const LAMBDA: (u32, u32) = (1, 10);

async fn hover(client: &mut Client, (line, character): (u32, u32)) -> Value {
    let params = json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } });
    client.ask("textDocument/hover", params).await
}

async fn actions(client: &mut Client) -> usize {
    let everywhere = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": URI }, "range": everywhere, "context": { "diagnostics": [] } });
    let offered = client.ask("textDocument/codeAction", params).await;
    let is_topic = |action: &&Value| action["command"]["command"] == "pygloss.showTopic";
    offered.as_array().map_or(0, |actions| actions.iter().filter(is_topic).count())
}

async fn findings(client: &mut Client) -> usize {
    let found = client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    found["findings"].as_array().expect("a list").len()
}

/// Whether there is a hover at the walrus and at the lambda, how many actions, how many findings.
async fn said(client: &mut Client) -> (bool, bool, usize, usize) {
    let (walrus, lambda) = (hover(client, WALRUS).await, hover(client, LAMBDA).await);
    (!walrus.is_null(), !lambda.is_null(), actions(client).await, findings(client).await)
}

async fn with_options(options: Value) -> Client {
    let mut client = Client::with_options(capabilities("utf-16"), options).await;
    client.open(URI, SAMPLE).await;
    client
}

/// What a client offers that answers `workspace/configuration`.
fn configurable() -> Value {
    let mut capabilities = capabilities("utf-16");
    capabilities["workspace"] = json!({ "configuration": true });
    capabilities
}

async fn push(client: &mut Client, settings: Value) {
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings })).await;
}

#[tokio::test]
async fn what_is_muted_is_silent_but_found() {
    for (options, expected) in [
        (json!({}), (true, true, 2, 3)),
        (json!({ "hover": { "enabled": false } }), (false, false, 2, 3)),
        (json!({ "topics": { "muted": [1] } }), (false, true, 1, 3)),
        (json!({ "topics": { "muted": ["lambda"] } }), (true, false, 1, 3)),
        (json!({ "concepts.muted": ["walrus"] }), (false, true, 1, 3)),
        (json!({ "concepts.muted": ["lambda-name"] }), (true, true, 2, 3)),
        (json!({ "learned": [1, "lambda-expression"] }), (true, true, 2, 3)),
        (json!({ "learned": [1, "lambda-expression"], "hideLearned": true }), (false, false, 1, 3)),
        (json!({ "pygloss": { "topics": { "muted": [1, 2] } } }), (false, false, 0, 3)),
    ] {
        let mut client = with_options(options.clone()).await;
        assert_eq!(said(&mut client).await, expected, "{options}");
        assert!(client.unread().is_empty(), "{:?}", client.unread());
    }
}

#[tokio::test]
async fn a_brief_hover_is_heading_and_gloss() {
    let mut client = with_options(json!({ "hover": { "detail": "brief" } })).await;
    let brief = hover(&mut client, WALRUS).await["contents"]["value"].as_str().expect("text").to_owned();
    assert!(brief.ends_with("It binds a name inside an expression."), "{brief}");
}

#[tokio::test]
async fn the_client_is_asked_only_if_it_answers() {
    let mut client = Client::with_file(SAMPLE).await;
    push(&mut client, json!(null)).await;
    assert_eq!(said(&mut client).await, (true, true, 2, 3));
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn the_answer_of_the_client_comes_into_force() {
    let mut client = Client::with_options(configurable(), json!({ "topics": { "muted": [1] } })).await;
    client.open(URI, SAMPLE).await;
    assert_eq!(said(&mut client).await, (false, true, 1, 3));
    for (answer, expected, complaint) in [
        (json!({ "topics": { "muted": [2] }, "step": 1 }), (true, false, 1, 3), "pygloss.step"),
        (json!({ "hover": { "enabled": false }, "step2": 1 }), (false, false, 1, 3), "pygloss.step2"),
        (json!({ "topics.muted": [], "step3": 1 }), (true, true, 2, 3), "pygloss.step3"),
    ] {
        let asked = client.expect("workspace/configuration", json!([answer])).await;
        assert_eq!(asked, json!({ "items": [{ "section": "pygloss" }] }));
        let told = client.expect("window/logMessage", Value::Null).await;
        assert!(told["message"].as_str().is_some_and(|it| it.contains(complaint)), "{told}");
        assert_eq!(said(&mut client).await, expected, "{answer}");
        push(&mut client, json!(null)).await;
    }
}

#[tokio::test]
async fn the_server_registers_for_changes_where_the_client_waits_for_that() {
    let workspace = json!({ "didChangeConfiguration": { "dynamicRegistration": true } });
    let mut client = Client::with(json!({ "workspace": workspace })).await;
    let registered = client.expect("client/registerCapability", Value::Null).await;
    let registration = &registered["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeConfiguration");
    assert_eq!(registration["registerOptions"], json!({ "section": "pygloss" }));
}

#[tokio::test]
async fn pushed_settings_count_at_once() {
    let mut client = with_options(json!({ "topics": { "muted": [1] } })).await;
    push(&mut client, json!({ "pygloss": { "topics": { "muted": [2] } }, "editor": { "font": 5 } })).await;
    assert_eq!(said(&mut client).await, (true, false, 1, 3));
    push(&mut client, json!({ "editor": { "font": 6 } })).await;
    assert_eq!(said(&mut client).await, (true, false, 1, 3), "what is said of others changes nothing");
    push(&mut client, json!({ "pygloss": null })).await;
    assert_eq!(said(&mut client).await, (false, true, 1, 3), "the options of the start are in force again");
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn the_size_limit_follows_the_setting() {
    let mut client = with_options(json!({ "maxFileSize": 20 })).await;
    let told = client.expect("window/logMessage", Value::Null).await;
    assert!(told["message"].as_str().is_some_and(|it| it.contains("larger than 20 bytes")), "{told}");
    assert_eq!(said(&mut client).await, (false, false, 0, 0));
    push(&mut client, json!({ "pygloss": { "maxFileSize": 2000 } })).await;
    assert_eq!(said(&mut client).await, (true, true, 2, 3));
}

#[tokio::test]
async fn a_mistake_is_told_once() {
    let wrong = json!({ "hover": { "enabled": "no" }, "hoover": 1 });
    let mut client = with_options(wrong.clone()).await;
    for mistake in ["pygloss.hover.enabled is \"no\"", "no setting pygloss.hoover"] {
        let told = client.wait_for(|it| it["params"]["message"].as_str().is_some_and(|it| it.contains(mistake))).await;
        assert_eq!((&told["method"], &told["params"]["type"]), (&json!("window/logMessage"), &json!(2)));
    }
    for _ in 0..3 {
        push(&mut client, json!({ "pygloss": wrong })).await;
    }
    assert_eq!(hover(&mut client, WALRUS).await["range"], range(0, 4, 15));
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}
