//! A recorded session: about a minute of editing as Neovim sent it. `replay/record.py` records another.

use std::sync::Arc;

use pygloss_analysis::{Encoding, Glossary, byte_to_position, find};
use pygloss_catalog::{Catalog, Folder};
use pygloss_lsp::Topics;
use serde_json::{Value, json};

use super::client::Client;

const MESSAGES: &str = include_str!("replay/editing.jsonl");
const TEXT_AT_THE_END: &str = include_str!("replay/editing.py");
const URI: &str = "file:///project/sample.py";

fn topics() -> Topics {
    let folders = vec![Folder::built_in()];
    let (catalog, _) = Catalog::load(&folders);
    let (glossary, _) = Glossary::new(catalog);
    Topics { glossary: Arc::new(glossary), folders }
}

/// Send a session up to its end, and give the answers.
async fn play(client: &mut Client, messages: &[Value]) -> Vec<Value> {
    let mut asked = Vec::new();
    let mut answers = Vec::new();
    for message in messages {
        client.send(message).await;
        match (message["method"].as_str(), message["id"].as_i64()) {
            // The protocol wants a client to wait for this one.
            (Some("initialize"), Some(id)) => answers.push(client.answer(id).await),
            (_, Some(id)) => asked.push(id),
            _ => {}
        }
    }
    for id in asked {
        answers.push(client.answer(id).await);
    }
    answers
}

#[tokio::test]
async fn a_recorded_session_has_no_error_and_ends_with_the_findings_of_its_text() {
    let messages: Vec<Value> = MESSAGES.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |method: &str| messages.iter().filter(|message| message["method"] == method).count();
    assert!(of("textDocument/didChange") > 50 && of("textDocument/hover") > 5, "the recording is a session");
    let to_end: Vec<Value> = messages.iter().take_while(|it| it["method"] != "shutdown").cloned().collect();

    let topics = topics();
    let glossary = Arc::clone(&topics.glossary);
    let mut client = Client::connect_with(topics);
    for answer in play(&mut client, &to_end).await {
        assert!(answer.get("error").is_none() || answer["error"]["code"] == -32800, "{answer}");
    }
    let found = client.request("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    let found = client.answer(found).await["result"]["findings"].clone();
    assert_eq!(found, fresh(&glossary));
    assert!(found.as_array().is_some_and(|found| !found.is_empty()), "the text has something to find");
}

/// What a search of the text finds that knows of no edit; columns are bytes, as the server and Neovim agree on.
fn fresh(glossary: &Glossary) -> Value {
    let rope = ropey::Rope::from_str(TEXT_AT_THE_END);
    let place = |byte: u32| {
        let place = byte_to_position(&rope, byte as usize, Encoding::Utf8);
        json!({ "line": place.line, "character": place.column })
    };
    let found = find(TEXT_AT_THE_END, glossary);
    let entry = |finding: &pygloss_analysis::Finding| {
        let concept = glossary.catalog.concept(finding.concept);
        let kind = if concept.kind == pygloss_catalog::Kind::Pitfall { "pitfall" } else { "construct" };
        let range = json!({ "start": place(finding.span.start), "end": place(finding.span.end) });
        json!({ "concept": concept.id, "day": concept.day, "kind": kind, "range": range })
    };
    found.iter().map(entry).collect()
}
