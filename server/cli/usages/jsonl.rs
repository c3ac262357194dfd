//! Usages as JSON, one object a line.

use pygloss_catalog::Catalog;
use pygloss_library::{Answer, Usage};
use serde::Serialize;

use crate::cli::source::Source;

/// The keys and their order are a contract: fields may be added at the end.
#[derive(Serialize)]
struct Record<'a> {
    concept: &'a str,
    day: u16,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start_byte: u32,
    end_byte: u32,
    package: &'a str,
    version: Option<&'a str>,
    module: &'a str,
    symbol: String,
    kind: &'static str,
    block: Block<'a>,
    level: &'static str,
    score: i32,
    pinned: bool,
    aspects: Vec<&'static str>,
    concepts: Vec<&'a str>,
    snippet: String,
}

#[derive(Serialize)]
struct Block<'a> {
    line: u32,
    end_line: u32,
    documented: bool,
    name: &'a str,
}

/// All usages of an answer.
pub(super) fn report(answer: &Answer, catalog: &Catalog) -> anyhow::Result<String> {
    let mut lines = String::new();
    for usage in &answer.usages {
        let source = Source::of_text(&usage.path, &usage.text);
        lines.push_str(&serde_json::to_string(&record(usage, &source, catalog))?);
        lines.push('\n');
    }
    Ok(lines)
}

fn record<'a>(usage: &'a Usage, source: &'a Source, catalog: &'a Catalog) -> Record<'a> {
    let concept = catalog.concept(usage.concept);
    let (line, column) = source.line_column(usage.span.start);
    let (end_line, end_column) = source.line_column(usage.span.end);
    let block = &usage.block;
    Record {
        concept: &concept.id,
        day: concept.day,
        path: &source.path,
        line,
        column,
        end_line,
        end_column,
        start_byte: usage.span.start,
        end_byte: usage.span.end,
        package: &usage.package,
        version: usage.version.as_deref(),
        module: &usage.module,
        symbol: usage.symbol(),
        kind: block.kind.name(),
        block: Block {
            line: block.line + 1,
            end_line: block.line + block.lines,
            documented: block.is_documented,
            name: &block.name,
        },
        level: usage.level.name(),
        score: usage.score,
        pinned: usage.why.is_some(),
        aspects: usage.file.aspects.iter().map(|aspect| aspect.name()).collect(),
        concepts: block.concepts.iter().map(|concept| catalog.concept(*concept).id.as_str()).collect(),
        snippet: usage.excerpt.text(),
    }
}
