//! `textDocument/hover`: what to say about a place. `null` where there is nothing, so that other servers' hovers stand alone.

use pygloss_analysis::{Hover as Gloss, Snapshot, hover as gloss_at};
use pygloss_library::grouped;
use tower_lsp::gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind, Position};
use tower_lsp::jsonrpc::Result;

use super::blocking;
use crate::capabilities::ClientCapabilities;
use crate::config::Config;
use crate::convert;
use crate::documents::Reading;
use crate::libraries::Opened;
use crate::settings::Detail;
use crate::state::State;

pub(crate) async fn hover(state: &State, params: HoverParams) -> Result<Option<Hover>> {
    let place = params.text_document_position_params;
    let (config, reading) = state.read(&place.text_document.uri);
    let (Reading::Ready(snapshot), true) = (reading, config.settings.hover_enabled) else {
        return Ok(None);
    };
    let client = state.client_capabilities();
    let libraries = config.settings.usages_enabled.then(|| state.libraries.if_opened(&config)).flatten();
    blocking(move || answer(&config, &snapshot, libraries.as_deref(), place.position, client)).await
}

fn answer(
    config: &Config,
    snapshot: &Snapshot,
    libraries: Option<&Opened>,
    place: Position,
    client: ClientCapabilities,
) -> Option<Hover> {
    let glossary = &config.glossary;
    let analysis = snapshot.analysis(glossary);
    let offset = convert::byte(snapshot, place, client.encoding);
    let hover = gloss_at(glossary, &analysis.text, &config.said(&analysis.findings), offset)?;
    let is_brief = config.settings.hover_detail == Detail::Brief;
    let hover = if is_brief { hover.brief() } else { hover };
    let mut content = if client.shows_markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(glossary) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.plain_text(glossary) }
    };
    if let Some(counted) = libraries.filter(|_| !is_brief).and_then(|it| usages(it, &hover)) {
        content.value.truncate(content.value.trim_end().len());
        content.value.extend(["\n\n", &counted]);
    }
    Some(Hover { contents: content.into(), range: Some(convert::range(snapshot, hover.span, client.encoding)) })
}

/// How often the first concept is used in the libraries; nothing before they are indexed, and nothing of none.
fn usages(libraries: &Opened, hover: &Gloss) -> Option<String> {
    let count = libraries.count(hover.glosses.first()?.concept)?;
    match count {
        0 => None,
        1 => Some("1 usage in your libraries".to_owned()),
        _ => Some(format!("{} usages in your libraries", grouped(count))),
    }
}
