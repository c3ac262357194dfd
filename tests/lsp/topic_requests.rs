//! `pygloss/topics` and `pygloss/topic`.

use serde_json::{Value, json};

use super::capabilities;
use super::client::Client;

#[tokio::test]
async fn the_curriculum_lists_phases_days_and_concepts() {
    let mut client = Client::with(capabilities("utf-8")).await;
    let days = json!([
        { "day": 1, "slug": "walrus", "title": "Assignment with `:=`", "written": true, "concepts": [
            { "id": "walrus", "name": "`:=` gives a value its name", "kind": "construct" },
        ] },
        { "day": 2, "slug": "lambda", "title": "Lambda", "written": true, "concepts": [
            { "id": "lambda-expression", "name": "A function in an expression", "kind": "construct" },
            { "id": "lambda-name", "name": "A name for a lambda", "kind": "pitfall" },
            { "id": "partial", "name": "`partial`", "kind": "construct" },
        ] },
        { "day": 3, "slug": "later", "title": "Not written", "written": false, "concepts": [] },
    ]);
    let expected = json!({ "phases": [{ "phase": 1, "title": "All", "days": days }] });
    assert_eq!(client.ask("pygloss/topics", Value::Null).await, expected);
}

#[tokio::test]
async fn a_page_comes_as_text_and_as_a_file() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for (params, heading) in
        [(json!({ "day": 2 }), "# Day 2"), (json!({ "concept": "lambda-name" }), "## A name for a lambda")]
    {
        let page = client.ask("pygloss/topic", params).await;
        assert_eq!((&page["day"], &page["slug"], &page["title"]), (&json!(2), &json!("lambda"), &json!("Lambda")));
        let text = page["markdown"].as_str().expect("text");
        let line = usize::try_from(page["line"].as_u64().expect("a line")).expect("small");
        assert!(text.lines().nth(line).is_some_and(|line| line.starts_with(heading)), "{page}");
        let path = page["uri"].as_str().and_then(|uri| uri.strip_prefix("file://")).expect("a file");
        assert_eq!(std::fs::read_to_string(path).expect("the file"), text);
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_written_comes_as_text_alone() {
    let mut client = Client::with(capabilities("utf-8")).await;
    std::fs::write(client.cache.path().join("pages"), "in the way").expect("a file");
    let page = client.ask("pygloss/topic", json!({ "day": 1 })).await;
    assert_eq!(page["uri"], Value::Null);
    assert!(page["markdown"].as_str().is_some_and(|it| it.contains("(02-lambda.md#lambda-expression)")), "{page}");
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let mut client = Client::with(capabilities("utf-8")).await;
    for (params, named) in [
        (json!({ "concept": "walruss" }), "\"walruss\""),
        (json!({ "day": 99 }), "no day 99"),
        (json!({ "day": 3 }), "day 3 has no page yet"),
        (json!({ "topic": 1 }), "pygloss/topic takes one argument"),
        (json!(null), "pygloss/topic takes one argument"),
    ] {
        let (code, message) = client.refused("pygloss/topic", params).await;
        assert!(code == -32602 && message.contains(named), "{code} {message}");
    }
}
