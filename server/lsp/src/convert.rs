//! Between the protocol's positions and ours.

use pygloss_analysis::{Change, Encoding, Position, Snapshot, Span};
use tower_lsp::gen_lsp_types::{self as lsp, TextDocumentContentChangeEvent as Event};

/// An edit from the client.
pub(crate) fn change(event: Event) -> Change {
    match event {
        Event::TextDocumentContentChangePartial(part) => {
            Change { range: Some((position(part.range.start), position(part.range.end))), text: part.text }
        }
        Event::TextDocumentContentChangeWholeDocument(whole) => Change { range: None, text: whole.text },
    }
}

/// The byte offset of a client's position.
pub(crate) fn byte(snapshot: &Snapshot, place: lsp::Position, encoding: Encoding) -> u32 {
    snapshot.byte(position(place), encoding)
}

/// The bytes of a client's range, which may be reversed.
pub(crate) fn span(snapshot: &Snapshot, range: lsp::Range, encoding: Encoding) -> Span {
    let (start, end) = (byte(snapshot, range.start, encoding), byte(snapshot, range.end, encoding));
    Span { start: start.min(end), end: start.max(end) }
}

/// A range for the client.
pub(crate) fn range(snapshot: &Snapshot, span: Span, encoding: Encoding) -> lsp::Range {
    let place = |byte| {
        let Position { line, column } = snapshot.position(byte, encoding);
        lsp::Position { line, character: column }
    };
    lsp::Range { start: place(span.start), end: place(span.end) }
}

fn position(place: lsp::Position) -> Position {
    Position { line: place.line, column: place.character }
}
