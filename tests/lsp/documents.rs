//! Edits: their order, their size, their number.

use serde_json::{Value, json};

use super::client::Client;
use super::{SAMPLE, URI, position, range};

async fn findings(client: &mut Client) -> Value {
    client.ask("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await
}

fn insert(line: u32, character: u32, text: &str) -> Value {
    json!({ "range": { "start": position(line, character), "end": position(line, character) }, "text": text })
}

#[tokio::test]
async fn edits_between_requests_are_applied_in_order() {
    const EDITS: i32 = 500;
    let mut client = Client::with_file("").await;
    let mut lines: Vec<usize> = Vec::new();
    let mut hovers = Vec::new();
    for version in 2..EDITS + 2 {
        let number = usize::try_from(version).expect("positive");
        let (line, width) = (number * 7 % (lines.len() + 1), number % 11 + 1);
        lines.insert(line, width);
        let text = format!("({} := 1)\n", "n".repeat(width));
        client.change(URI, version, json!([insert(u32::try_from(line).expect("small"), 0, &text)])).await;
        let params = json!({ "textDocument": { "uri": URI }, "position": position(0, 1) });
        hovers.push((client.request("textDocument/hover", params).await, lines[0]));
    }
    for (hover, width) in hovers {
        let end = &client.answer(hover).await["result"]["range"]["end"];
        assert_eq!(end["character"], width + 6, "a hover sees the text of its own moment");
    }
    let found = findings(&mut client).await;
    assert_eq!(found["version"], EDITS + 1);
    let ends = found["findings"].as_array().expect("a list").iter().map(|it| &it["range"]["end"]);
    let widths: Vec<_> = ends.map(|end| end["character"].as_u64().expect("a number") - 6).collect();
    assert_eq!(widths, lines.iter().map(|width| *width as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_edits_of_one_notification_are_applied_in_order() {
    let mut client = Client::with_file("").await;
    client.change(URI, 2, json!([insert(0, 0, "(n = 1)"), insert(0, 3, ":"), { "text": "x" }])).await;
    assert_eq!(findings(&mut client).await["findings"], json!([]));
    client.change(URI, 3, json!([{ "text": "x" }, insert(0, 0, "(n = 1)\n"), insert(0, 3, ":")])).await;
    assert_eq!(findings(&mut client).await["findings"][0]["range"], range(0, 1, 7));
}

#[tokio::test]
async fn reversed_and_far_ranges_are_put_right() {
    let mut client = Client::with_file(SAMPLE).await;
    let reversed = json!({ "start": position(99, 99), "end": position(0, 0) });
    client.change(URI, 2, json!([{ "range": reversed, "text": "(n := 1)" }])).await;
    assert_eq!(findings(&mut client).await["findings"][0]["range"], range(0, 1, 7));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_once_and_recovers() {
    let mut client = Client::with_file(&format!("(n := 1)\n{}", "# x\n".repeat(500_000))).await;
    let message = client.expect("window/logMessage", json!(null)).await;
    assert!(message["message"].as_str().is_some_and(|it| it.contains(URI) && it.contains("2 MB")), "{message}");
    client.change(URI, 2, json!([insert(0, 0, "\n")])).await;
    assert_eq!(findings(&mut client).await, json!({ "version": 2, "findings": [] }));
    let all_but_one_line = json!({ "start": position(2, 0), "end": position(600_000, 0) });
    client.change(URI, 3, json!([{ "range": all_but_one_line, "text": "" }])).await;
    assert_eq!(findings(&mut client).await["findings"][0]["range"], range(1, 1, 7));
    assert!(client.unread().is_empty(), "{:?}", client.unread());
}

#[tokio::test]
async fn a_flood_of_commands_and_edits_ends_in_answers() {
    let mut client = Client::with_file(SAMPLE).await;
    let mut asked = Vec::new();
    for version in 2..200 {
        client.change(URI, version, json!([insert(0, 0, "#\n")])).await;
        let command = json!({ "command": "pygloss.showTopic", "arguments": [1] });
        asked.push(client.request("workspace/executeCommand", command).await);
    }
    for id in asked {
        assert_eq!(client.answer(id).await["result"], Value::Null);
    }
    assert_eq!(findings(&mut client).await["version"], 199);
}

#[tokio::test]
async fn a_cancelled_request_is_answered() {
    let mut client = Client::with_file(SAMPLE).await;
    let id = client.request("pygloss/findings", json!({ "textDocument": { "uri": URI } })).await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    let answer = client.answer(id).await;
    assert!(answer["error"]["code"] == -32800 || answer["result"]["version"] == 1, "{answer}");
}
