//! `textDocument/codeAction`.

use serde_json::{Value, json};

use super::client::Client;
use super::{SAMPLE, URI, capabilities, position, range};

async fn actions(client: &mut Client, range: Value, mut context: Value) -> Value {
    context["diagnostics"] = json!([]);
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.ask("textDocument/codeAction", params).await
}

fn titles(actions: &Value) -> Vec<&str> {
    actions.as_array().into_iter().flatten().filter_map(|action| action["title"].as_str()).collect()
}

#[tokio::test]
async fn an_action_shows_the_page_of_what_is_selected() {
    let mut client = Client::with_file(SAMPLE).await;
    let action = |title: &str, command: &str| {
        let command = json!({ "title": title, "command": command, "arguments": [{ "concept": "walrus" }] });
        json!({ "title": title, "kind": "source.doc.pygloss", "command": command })
    };
    let expected = [
        action("Show topic: Day 1 · Assignment with :=", "pygloss.showTopic"),
        action("Find real-world usages: := gives a value its name", "pygloss.findUsages"),
    ];
    assert_eq!(actions(&mut client, range(0, 6, 6), json!({})).await, json!(expected));
}

#[tokio::test]
async fn no_usages_are_offered_where_the_setting_forbids_them() {
    let mut client = Client::with_options(capabilities("utf-16"), json!({ "usages": { "enabled": false } })).await;
    client.open(URI, SAMPLE).await;
    let offered = actions(&mut client, range(0, 6, 6), json!({})).await;
    assert_eq!(titles(&offered), ["Show topic: Day 1 · Assignment with :="]);
}

#[tokio::test]
async fn a_client_that_takes_only_commands_gets_commands() {
    let mut client = Client::with(json!({})).await;
    client.open(URI, SAMPLE).await;
    let actions = actions(&mut client, range(0, 6, 6), json!({})).await;
    assert_eq!(actions[0]["command"], "pygloss.showTopic");
    assert_eq!(actions[0]["arguments"], json!([{ "concept": "walrus" }]));
}

#[tokio::test]
async fn a_selection_offers_each_day_and_each_concept_once() {
    let mut client = Client::with_file(SAMPLE).await;
    let all = json!({ "start": position(0, 0), "end": position(4, 0) });
    let reversed = json!({ "start": position(4, 0), "end": position(0, 0) });
    for selection in [all, reversed] {
        let actions = actions(&mut client, selection, json!({ "triggerKind": 1 })).await;
        let mut titles = titles(&actions);
        titles.sort_unstable();
        let expected = [
            "Find real-world usages: := gives a value its name",
            "Find real-world usages: A function in an expression",
            "Find real-world usages: A name for a lambda",
            "Show topic: Day 1 · Assignment with :=",
            "Show topic: Day 2 · Lambda",
        ];
        assert_eq!(titles, expected);
    }
}

#[tokio::test]
async fn kinds_are_filtered_as_a_tree() {
    let mut client = Client::with_file(SAMPLE).await;
    for (only, is_offered) in [
        (json!(["source"]), true),
        (json!(["source.doc"]), true),
        (json!(["source.doc.pygloss"]), true),
        (json!([""]), true),
        (json!(["quickfix", "source"]), true),
        (json!(["source.do"]), false),
        (json!(["source.doc.pygloss.more"]), false),
        (json!(["quickfix", "refactor", "source.organizeImports"]), false),
        (json!([]), false),
    ] {
        let actions = actions(&mut client, range(0, 6, 6), json!({ "only": only })).await;
        assert_eq!(!titles(&actions).is_empty(), is_offered, "{only}");
    }
}

#[tokio::test]
async fn nothing_is_offered_when_the_editor_asks_of_its_own_accord() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(actions(&mut client, range(0, 6, 6), json!({ "triggerKind": 2 })).await, Value::Null);
    let asked_for = json!({ "triggerKind": 2, "only": ["source.doc.pygloss"] });
    assert_eq!(titles(&actions(&mut client, range(0, 6, 6), asked_for).await).len(), 2);
}

#[tokio::test]
async fn where_nothing_stands_there_is_no_action() {
    let mut client = Client::with_file(SAMPLE).await;
    assert_eq!(actions(&mut client, range(2, 3, 3), json!({})).await, Value::Null);
}

#[tokio::test]
async fn usages_of_three_concepts_are_offered_at_most() {
    let mut client = Client::with_file("import functools\nf = lambda: (n := functools.partial(print))\n").await;
    let offered = actions(&mut client, json!({ "start": position(0, 0), "end": position(2, 0) }), json!({})).await;
    let of_usages = titles(&offered).into_iter().filter(|title| title.starts_with("Find"));
    assert_eq!(of_usages.count(), 3, "{offered}");
}
