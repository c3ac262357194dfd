//! `textDocument/hover`.

use serde_json::{Value, json};

use super::client::Client;
use super::{SAMPLE, URI, capabilities, position, range};

async fn hover(client: &mut Client, line: u32, character: u32) -> Value {
    let params = json!({ "textDocument": { "uri": URI }, "position": position(line, character) });
    client.ask("textDocument/hover", params).await
}

#[tokio::test]
async fn a_hover_explains_the_construct_under_the_cursor() {
    let mut client = Client::with_file(SAMPLE).await;
    let hover = hover(&mut client, 0, 6).await;
    assert_eq!(hover["range"], range(0, 4, 15));
    assert_eq!(hover["contents"]["kind"], "markdown");
    let text = hover["contents"]["value"].as_str().expect("text");
    assert!(text.contains("`:=` gives a value its name") && text.contains("inside an expression"), "{text}");
}

#[tokio::test]
async fn a_hover_is_null_where_nothing_stands() {
    let mut client = Client::with_file(SAMPLE).await;
    for (line, character) in [(0, 0), (2, 5), (3, 8), (99, 0)] {
        assert_eq!(hover(&mut client, line, character).await, Value::Null, "{line}:{character}");
    }
}

#[tokio::test]
async fn a_hover_is_plain_text_for_a_client_that_wants_it() {
    for formats in [json!(["plaintext", "markdown"]), json!(["plaintext"]), json!(null)] {
        let mut client = Client::with(json!({ "textDocument": { "hover": { "contentFormat": formats } } })).await;
        client.open(URI, SAMPLE).await;
        let hover = hover(&mut client, 0, 6).await;
        assert_eq!(hover["contents"]["kind"], "plaintext");
        let text = hover["contents"]["value"].as_str().expect("text");
        assert!(text.starts_with("`:=` gives a value its name · Day 1") && !text.contains("**"), "{hover}");
    }
}

#[tokio::test]
async fn columns_count_in_the_encoding_that_was_agreed_on() {
    for (encoding, start) in [("utf-8", 15), ("utf-16", 12), ("utf-32", 11)] {
        let mut client = Client::with(capabilities(encoding)).await;
        client.open(URI, "x = '\u{1f40d}\u{e9}'; (n := 1)\n").await;
        let hover = hover(&mut client, 0, start).await;
        assert_eq!(hover["range"], range(0, start, start + 6), "{encoding}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_open_has_no_hover() {
    let mut client = Client::with(capabilities("utf-8")).await;
    assert_eq!(hover(&mut client, 0, 6).await, Value::Null);
}
