//! The predicates that every tree-sitter tool knows.

use super::{Argument, Question};

/// `#eq?`: the capture's text is the other capture's text, or the text.
pub(super) fn eq(question: &Question<'_>) -> bool {
    match question.arguments.first() {
        Some(Argument::Text(text)) => question.text() == &**text,
        _ => question.other().is_none_or(|other| question.text() == question.text_of(other)),
    }
}

/// `#any-of?`: the capture's text is one of the texts.
pub(super) fn any_of(question: &Question<'_>) -> bool {
    question.texts().any(|text| text == question.text())
}

/// `#match?`: the regular expression is found in the capture's text.
pub(super) fn matches(question: &Question<'_>) -> bool {
    matches!(question.arguments.first(), Some(Argument::Pattern(pattern)) if pattern.is_match(question.text()))
}
