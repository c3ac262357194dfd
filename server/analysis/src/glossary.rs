//! The catalogue together with its compiled rules: all that detection and explanation need to know.

use pygloss_catalog::{Catalog, ConceptIndex, Problem};

use crate::finders;
use crate::rules::RuleSet;

/// What the words mean and how to recognise them. Immutable, cheap to share behind an `Arc`.
pub struct Glossary {
    /// Pages and concepts.
    pub catalog: Catalog,
    pub(crate) rules: RuleSet,
}

impl Glossary {
    /// Compile the rules of a catalogue. A broken rule is left out and reported; the rest works.
    pub fn new(catalog: Catalog) -> (Self, Vec<Problem>) {
        let (rules, problems) = RuleSet::compile(&catalog);
        (Self { catalog, rules }, problems)
    }

    /// Whether a rule or a finder looks for the concept.
    pub fn detects(&self, concept: ConceptIndex) -> bool {
        let id = self.catalog.concept(concept).id.as_str();
        finders::all_concepts().any(|found| found == id)
            || self.rules.rules().iter().any(|rule| rule.concepts().any(|found| found == concept))
    }
}
