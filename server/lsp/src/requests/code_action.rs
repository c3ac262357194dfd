//! `textDocument/codeAction`: open the page of what is selected, or find usages of it.
//!
//! The actions have a kind of their own below `source`, are never quick fixes nor preferred, and are not offered when
//! an editor asks of its own accord, so that no lightbulb appears on every line.

use pygloss_analysis::{Encoding, Glossary, Snapshot, actions};
use pygloss_catalog::Concept;
use serde_json::json;
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionParams, CodeActionResponse, CodeActionTriggerKind,
    Command, Range,
};
use tower_lsp::jsonrpc::Result;

use super::blocking;
use super::find_usages::FIND_USAGES;
use super::show_topic::SHOW_TOPIC;
use crate::config::Config;
use crate::convert;
use crate::documents::Reading;
use crate::pages;
use crate::state::State;

/// A selection of many constructs offers the usages of the first few.
const MOST_USAGES: usize = 3;

/// The kind of all our actions.
pub(crate) const KIND: &str = "source.doc.pygloss";

pub(crate) async fn code_action(state: &State, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
    if !is_asked_for(&params.context) {
        return Ok(None);
    }
    let (config, reading) = state.read(&params.text_document.uri);
    let Reading::Ready(snapshot) = reading else {
        return Ok(None);
    };
    let client = state.client_capabilities();
    let commands = blocking(move || commands(&config, &snapshot, params.range, client.encoding)).await?;
    let respond = |command| {
        if client.takes_code_actions { action(command).into() } else { command.into() }
    };
    Ok(Some(commands.into_iter().map(respond).collect()).filter(|actions: &Vec<_>| !actions.is_empty()))
}

/// Kinds form a tree: who asks for `source` or `source.doc` asks for ours too.
fn is_asked_for(context: &CodeActionContext) -> bool {
    let Some(only) = &context.only else {
        return context.trigger_kind != Some(CodeActionTriggerKind::Automatic);
    };
    only.iter().any(|kind| {
        let kind = kind.to_string();
        let below = KIND.strip_prefix(&kind);
        kind.is_empty() || below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
    })
}

fn commands(config: &Config, snapshot: &Snapshot, range: Range, encoding: Encoding) -> Vec<Command> {
    let glossary = &config.glossary;
    let analysis = snapshot.analysis(glossary);
    let selection = convert::span(snapshot, range, encoding);
    let said = config.said(&analysis.findings);
    let of_days = actions::topics_at(glossary, &said, selection);
    let topics = of_days.into_iter().map(|index| show_topic(glossary, glossary.catalog.concept(index)));
    let mut concepts = actions::concepts_at(glossary, &said, selection);
    concepts.truncate(if config.settings.usages_enabled { MOST_USAGES } else { 0 });
    let usages = concepts.into_iter().map(|index| find_usages(glossary.catalog.concept(index)));
    topics.chain(usages).collect()
}

fn find_usages(concept: &Concept) -> Command {
    Command {
        title: format!("Find real-world usages: {}", concept.name.replace('`', "")),
        command: FIND_USAGES.to_owned(),
        arguments: Some(vec![json!({ "concept": concept.id })]),
        tooltip: None,
    }
}

fn show_topic(glossary: &Glossary, concept: &Concept) -> Command {
    let topic = glossary.catalog.topic(concept.topic);
    Command {
        title: format!("Show topic: {}", pages::title(topic)),
        command: SHOW_TOPIC.to_owned(),
        arguments: Some(vec![json!({ "concept": concept.id })]),
        tooltip: None,
    }
}

fn action(command: Command) -> CodeAction {
    CodeAction {
        title: command.title.clone(),
        kind: Some(CodeActionKind::new(KIND)),
        command: Some(command),
        ..CodeAction::default()
    }
}
