//! Findings as JSON, one object a line.

use pygloss_analysis::Finding;
use pygloss_catalog::Catalog;
use serde::Serialize;

use super::Report;
use crate::cli::source::Source;

/// Every reported finding, in order.
pub(super) struct Jsonl<'a> {
    /// What the concepts are called.
    pub(super) catalog: &'a Catalog,
}

/// The keys and their order are a contract: fields may be added at the end.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    concept: &'a str,
    day: u16,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start_byte: u32,
    end_byte: u32,
}

impl Report for Jsonl<'_> {
    fn file(&mut self, source: &Source, findings: &[Finding]) -> anyhow::Result<String> {
        let mut lines = String::new();
        for finding in findings {
            lines.push_str(&serde_json::to_string(&record(self.catalog, source, finding))?);
            lines.push('\n');
        }
        Ok(lines)
    }

    fn end(&mut self, _files: usize) -> anyhow::Result<String> {
        Ok(String::new())
    }
}

fn record<'a>(catalog: &'a Catalog, source: &'a Source, finding: &Finding) -> Record<'a> {
    let concept = catalog.concept(finding.concept);
    let (line, column) = source.line_column(finding.span.start);
    let (end_line, end_column) = source.line_column(finding.span.end);
    Record {
        path: &source.path,
        concept: &concept.id,
        day: concept.day,
        line,
        column,
        end_line,
        end_column,
        start_byte: finding.span.start,
        end_byte: finding.span.end,
    }
}
