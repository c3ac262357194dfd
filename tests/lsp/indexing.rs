//! Passes over the files: how they are shown, what ends them, and who has to wait for more.

use serde_json::{Value, json};

use super::client::Client;
use super::usages::{WALK, Workspace, able, finish, settled, symbols};

/// So many files that a pass can be cancelled before its end.
const MANY: usize = 1_500;

fn large() -> Workspace {
    let workspace = Workspace::new();
    for number in 0..MANY {
        let path = format!(".venv/lib/python3.11/site-packages/many/m{number}.py");
        workspace.write(&path, &format!("{WALK}# {number}\n"));
    }
    workspace
}

/// Cancel the pass that begins, and wait until it is over.
async fn cancel(client: &mut Client) -> Value {
    let token = client.expect("window/workDoneProgress/create", Value::Null).await["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token })).await;
    loop {
        let value = client.expect("$/progress", Value::Null).await["value"].clone();
        if value["kind"] == "end" {
            return value;
        }
    }
}

#[tokio::test]
async fn what_is_shown_says_how_many_files_there_are() {
    let workspace = large();
    let mut client = workspace.client().await;
    client.ask("pygloss/usages", json!({ "concept": "walrus" })).await;
    let told = finish(&mut client).await;
    let of_all = told.iter().filter_map(|value| value["message"].as_str()).find(|it| it.contains(" of "));
    assert!(of_all.is_some_and(|message| message.ends_with(" of 1,502 files")), "{told:?}");
}

#[tokio::test]
async fn a_cancelled_pass_is_not_begun_again_for_who_asked_before() {
    let workspace = large();
    let mut client = workspace.client().await;
    let question = json!({ "concept": "walrus" });
    for _ in 0..3 {
        client.ask("pygloss/usages", question.clone()).await;
    }
    assert_eq!(cancel(&mut client).await["message"], "cancelled");
    let looked = json!({ "concept": "walrus", "start": false });
    assert_eq!(client.ask("pygloss/usages", looked.clone()).await["indexing"], false);
    // Passes are made one after the other, so that another one of the libraries would be seen before this.
    client.ask("pygloss/usages", json!({ "concept": "walrus", "scope": "workspace" })).await;
    let told = finish(&mut client).await;
    assert_eq!(told[0]["title"], "pygloss: indexing the workspace");
    let answer = settled(&mut client, json!({ "concept": "walrus", "limit": 1 })).await;
    assert_eq!(answer["total"], MANY + 2, "who asks again has it go on");
}

#[tokio::test]
async fn the_page_of_a_cancelled_pass_says_that_it_is_not_all() {
    let workspace = large();
    let mut client = workspace.client().await;
    let command = json!({ "command": "pygloss.findUsages", "arguments": [{ "concept": "lambda-expression" }] });
    client.ask("workspace/executeCommand", command).await;
    cancel(&mut client).await;
    let shown = client.expect("window/showDocument", json!({ "success": true })).await;
    let path = url::Url::parse(shown["uri"].as_str().expect("a URI")).expect("a URI").to_file_path().expect("a file");
    let text = std::fs::read_to_string(path).expect("the page");
    assert!(text.contains("Not all libraries are indexed") && !text.contains("There is no usage"), "{text}");
}

#[tokio::test]
async fn a_client_that_watches_nothing_is_told_when_there_is_no_more_to_come() {
    let workspace = Workspace::new();
    let mut capabilities = able();
    capabilities["workspace"] = json!({});
    let mut client = workspace.client_of(capabilities, &[""], json!({})).await;
    let question = json!({ "concept": "walrus", "scope": "workspace" });
    client.ask("pygloss/usages", question.clone()).await;
    finish(&mut client).await;
    let mut answers = Vec::new();
    while answers.last().is_none_or(|answer: &Value| answer["indexing"] == true) {
        assert!(answers.len() < 1_000, "it is never told");
        answers.push(client.ask("pygloss/usages", question.clone()).await);
    }
    assert_eq!(symbols(answers.last().expect("an answer")), ["app"]);
}
