//! The configuration in force: the settings and the glossary that they ask for, as one immutable value.
//!
//! A request takes the value once, together with its snapshot, and keeps it to its end; a change swaps the whole.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use pygloss_analysis::{Finding, Glossary};
use pygloss_catalog::{Catalog, Concept, ConceptIndex};

use crate::settings::{Name, Settings};

/// What holds for a request.
pub(crate) struct Config {
    pub(crate) settings: Settings,
    pub(crate) glossary: Arc<Glossary>,
    /// Concepts of which hovers and actions say nothing.
    silenced: HashSet<ConceptIndex>,
}

impl Config {
    /// Settings applied to a glossary.
    pub(crate) fn new(settings: Settings, glossary: Arc<Glossary>) -> Self {
        let catalog = &glossary.catalog;
        let silenced =
            catalog.indices().filter(|index| is_silenced(&settings, catalog, catalog.concept(*index))).collect();
        Self { settings, glossary, silenced }
    }

    /// The findings of which something may be said.
    pub(crate) fn said<'f>(&self, findings: &'f [Finding]) -> Cow<'f, [Finding]> {
        let is_said = |finding: &&Finding| !self.silenced.contains(&finding.concept);
        if self.silenced.is_empty() {
            Cow::Borrowed(findings)
        } else {
            Cow::Owned(findings.iter().filter(is_said).cloned().collect())
        }
    }
}

fn is_silenced(settings: &Settings, catalog: &Catalog, concept: &Concept) -> bool {
    let slug = &catalog.topic(concept.topic).slug;
    let names_topic = |name: &Name| match name {
        Name::Day(day) => *day == concept.day,
        Name::Id(id) => id == slug,
    };
    let names_concept = |name: &Name| matches!(name, Name::Id(id) if *id == concept.id);
    let is_learned = |name: &Name| names_topic(name) || names_concept(name);
    settings.topics_muted.iter().any(names_topic)
        || settings.concepts_muted.contains(&concept.id)
        || (settings.hide_learned && settings.learned.iter().any(is_learned))
}
