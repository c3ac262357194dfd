//! `pygloss/topics`: the curriculum.

use pygloss_catalog::{Catalog, Concept, Phase, Topic};
use serde::Serialize;
use tower_lsp::jsonrpc::Result;

use super::blocking;
use crate::state::State;

/// The answer. Fields may be added, not changed: editors/README.md documents them.
#[derive(Serialize)]
pub(crate) struct Topics {
    phases: Vec<PhaseEntry>,
}

#[derive(Serialize)]
struct PhaseEntry {
    phase: u8,
    title: String,
    days: Vec<DayEntry>,
}

#[derive(Serialize)]
struct DayEntry {
    day: u16,
    slug: String,
    title: String,
    /// Whether the day has a page.
    written: bool,
    concepts: Vec<ConceptEntry>,
}

#[derive(Serialize)]
struct ConceptEntry {
    id: String,
    name: String,
    kind: &'static str,
}

pub(crate) async fn topics(state: &State) -> Result<Topics> {
    let config = state.configuration.current();
    blocking(move || curriculum(&config.glossary.catalog)).await
}

fn curriculum(catalog: &Catalog) -> Topics {
    Topics { phases: catalog.phases().iter().map(|phase| phase_entry(catalog, phase)).collect() }
}

fn phase_entry(catalog: &Catalog, phase: &Phase) -> PhaseEntry {
    let days = catalog.topics().iter().filter(|topic| topic.phase == phase.number);
    PhaseEntry {
        phase: phase.number,
        title: phase.title.clone(),
        days: days.map(|topic| day_entry(catalog, topic)).collect(),
    }
}

fn day_entry(catalog: &Catalog, topic: &Topic) -> DayEntry {
    DayEntry {
        day: topic.day,
        slug: topic.slug.clone(),
        title: topic.title.clone(),
        written: topic.is_written(),
        concepts: topic.concepts.iter().map(|index| concept_entry(catalog.concept(*index))).collect(),
    }
}

fn concept_entry(concept: &Concept) -> ConceptEntry {
    ConceptEntry { id: concept.id.clone(), name: concept.name.clone(), kind: concept.kind.name() }
}
