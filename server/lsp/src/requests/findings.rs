//! `pygloss/findings`: everything that was found in exactly the newest version of a file, by position; what is muted, too.

use pygloss_analysis::{Encoding, Finding, Glossary, Snapshot};
use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{Range, TextDocumentIdentifier};
use tower_lsp::jsonrpc::{Error, Result};

use super::blocking;
use crate::convert;
use crate::documents::Reading;
use crate::state::State;

/// The file that is asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FindingsParams {
    text_document: TextDocumentIdentifier,
}

/// What was found in a version. Fields may be added, not changed: editors/README.md documents them.
#[derive(Serialize)]
pub(crate) struct Findings {
    version: i32,
    findings: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    concept: String,
    day: u16,
    kind: &'static str,
    range: Range,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
}

pub(crate) async fn findings(state: &State, params: FindingsParams) -> Result<Findings> {
    let uri = params.text_document.uri;
    let (config, reading) = state.read(&uri);
    let snapshot = match reading {
        Reading::Ready(snapshot) => snapshot,
        Reading::TooLarge(version) => {
            return Ok(Findings { version, findings: Vec::new() });
        }
        Reading::Lost => {
            return Err(Error::invalid_params(format!("the text of {uri} was lost; close and open the file again")));
        }
        Reading::Unknown => return Err(Error::invalid_params(format!("{uri} is not an open Python file"))),
    };
    let encoding = state.encoding();
    blocking(move || answer(&config.glossary, &snapshot, encoding)).await
}

fn answer(glossary: &Glossary, snapshot: &Snapshot, encoding: Encoding) -> Findings {
    let analysis = snapshot.analysis(glossary);
    let findings = analysis.findings.iter().map(|it| found(glossary, snapshot, it, encoding)).collect();
    Findings { version: snapshot.version(), findings }
}

fn found(glossary: &Glossary, snapshot: &Snapshot, finding: &Finding, encoding: Encoding) -> Found {
    let concept = glossary.catalog.concept(finding.concept);
    Found {
        concept: concept.id.clone(),
        day: concept.day,
        kind: concept.kind.name(),
        range: convert::range(snapshot, finding.span, encoding),
        stale: finding.stale,
    }
}
