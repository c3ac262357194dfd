//! `textDocument/hover`: what to say about a place. `null` where there is nothing, so that other servers' hovers stand alone.

use std::sync::Arc;

use pygloss_analysis::{Glossary, Snapshot, hover as gloss_at};
use tower_lsp::gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind, Position};
use tower_lsp::jsonrpc::Result;

use super::blocking;
use crate::capabilities::ClientCapabilities;
use crate::convert;
use crate::documents::Reading;
use crate::state::State;

pub(crate) async fn hover(state: &State, params: HoverParams) -> Result<Option<Hover>> {
    let place = params.text_document_position_params;
    let Reading::Ready(snapshot) = state.read(&place.text_document.uri) else {
        return Ok(None);
    };
    let (glossary, client) = (Arc::clone(&state.glossary), state.client_capabilities());
    blocking(move || answer(&glossary, &snapshot, place.position, client)).await
}

fn answer(glossary: &Glossary, snapshot: &Snapshot, place: Position, client: ClientCapabilities) -> Option<Hover> {
    let analysis = snapshot.analysis(glossary);
    let offset = convert::byte(snapshot, place, client.encoding);
    let hover = gloss_at(glossary, &analysis.text, &analysis.findings, offset)?;
    let content = if client.shows_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(glossary) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.plain_text(glossary) }
    };
    Some(Hover { contents: content.into(), range: Some(convert::range(snapshot, hover.span, client.encoding)) })
}
