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

/// A line with one finding, all of it but the parentheses.
fn line(width: usize) -> String {
    format!("({} := 1)\n", "n".repeat(width))
}

/// The edit of a version: a line comes, and one goes where there are enough. `lines` are the widths of the names.
fn edit(lines: &mut Vec<usize>, version: usize) -> Value {
    let at = version * 7 % (lines.len() + 1);
    let gone = usize::from(lines.len() > 7 && at < lines.len());
    let width = version % 11 + 1;
    lines.splice(at..at + gone, [width]);
    let place = |line: usize| position(u32::try_from(line).expect("small"), 0);
    json!([{ "range": { "start": place(at), "end": place(at + gone) }, "text": line(width) }])
}

#[tokio::test]
async fn every_answer_is_of_the_text_at_the_time_of_its_request() {
    const EDITS: i32 = 2_000;
    let mut client = Client::with_file("").await;
    let mut texts: Vec<Vec<usize>> = vec![Vec::new(); 2];
    let mut asked = Vec::new();
    for version in 2..EDITS + 2 {
        let mut lines = texts.last().expect("a version").clone();
        let changes = edit(&mut lines, texts.len());
        texts.push(lines);
        client.change(URI, version, changes).await;
        let document = json!({ "uri": URI });
        let (method, params) = match version % 2 {
            0 => ("textDocument/hover", json!({ "textDocument": document, "position": position(0, 1) })),
            _ => ("pygloss/findings", json!({ "textDocument": document })),
        };
        asked.push((texts.len() - 1, method, client.request(method, params).await));
    }
    for (version, method, id) in asked {
        let ranges: Vec<_> = (0..).zip(&texts[version]).map(|(line, width)| range_of(line, *width)).collect();
        let result = &client.answer(id).await["result"];
        if method == "textDocument/hover" {
            assert_eq!(result["range"], ranges[0], "hover in version {version}");
        } else {
            let found = result["findings"].as_array().expect("a list").iter().map(|it| &it["range"]);
            assert_eq!(result["version"], version);
            assert!(found.eq(&ranges), "findings of version {version}: {result}");
        }
    }
}

fn range_of(line: u32, width: usize) -> Value {
    range(line, 1, u32::try_from(width + 6).expect("small"))
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
