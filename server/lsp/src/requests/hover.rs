//! `textDocument/hover`: what to say about a place. `null` where there is nothing, so that other servers' hovers stand alone.

use pygloss_analysis::{Snapshot, hover as gloss_at};
use tower_lsp::gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind, Position};
use tower_lsp::jsonrpc::Result;

use super::blocking;
use crate::capabilities::ClientCapabilities;
use crate::config::Config;
use crate::convert;
use crate::documents::Reading;
use crate::settings::Detail;
use crate::state::State;

pub(crate) async fn hover(state: &State, params: HoverParams) -> Result<Option<Hover>> {
    let place = params.text_document_position_params;
    let (config, reading) = state.read(&place.text_document.uri);
    let (Reading::Ready(snapshot), true) = (reading, config.settings.hover_enabled) else {
        return Ok(None);
    };
    let client = state.client_capabilities();
    blocking(move || answer(&config, &snapshot, place.position, client)).await
}

fn answer(config: &Config, snapshot: &Snapshot, place: Position, client: ClientCapabilities) -> Option<Hover> {
    let glossary = &config.glossary;
    let analysis = snapshot.analysis(glossary);
    let offset = convert::byte(snapshot, place, client.encoding);
    let hover = gloss_at(glossary, &analysis.text, &config.said(&analysis.findings), offset)?;
    let hover = if config.settings.hover_detail == Detail::Brief { hover.brief() } else { hover };
    let content = if client.shows_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(glossary) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.plain_text(glossary) }
    };
    Some(Hover { contents: content.into(), range: Some(convert::range(snapshot, hover.span, client.encoding)) })
}
