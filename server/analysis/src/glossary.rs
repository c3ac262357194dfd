//! The catalogue together with its compiled rules: all that detection and explanation need to know.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pygloss_catalog::{Catalog, ConceptIndex, Folder, Problem};
use rustc_hash::FxHashMap;

use crate::finders;
use crate::rules::{Rule, RuleSet};

/// What the words mean and how to recognise them. Immutable, cheap to share behind an `Arc`.
pub struct Glossary {
    /// Pages and concepts.
    pub catalog: Catalog,
    pub(crate) rules: RuleSet,
    roles: FxHashMap<ConceptIndex, Vec<Arc<str>>>,
}

impl Glossary {
    /// Load folders and compile their rules: [`Catalog::load`] and [`Glossary::new`] with the problems of both, sorted.
    pub fn load(folders: &[Folder]) -> (Self, Vec<Problem>) {
        let (catalog, mut problems) = Catalog::load(folders);
        let (glossary, of_rules) = Self::new(catalog);
        problems.extend(of_rules);
        problems.sort();
        (glossary, problems)
    }

    /// Compile the rules of a catalogue. A broken rule is left out and reported; the rest works.
    pub fn new(catalog: Catalog) -> (Self, Vec<Problem>) {
        let (rules, problems) = RuleSet::compile(&catalog);
        let mut roles: FxHashMap<ConceptIndex, Vec<Arc<str>>> = FxHashMap::default();
        let of_finders = finders::all_roles().filter_map(|(id, role)| Some((catalog.find(id)?, role.into())));
        for (concept, role) in rules.rules().iter().flat_map(Rule::roles).chain(of_finders) {
            roles.entry(concept).or_default().push(role);
        }
        (Self { catalog, rules, roles }, problems)
    }

    /// Whether a rule or finder hands over a part of the construct by this name: then `{name}` in a longhand stands for it.
    pub(crate) fn has_role(&self, concept: ConceptIndex, name: &str) -> bool {
        self.roles.get(&concept).is_some_and(|roles| roles.iter().any(|role| **role == *name))
    }

    /// Changes whenever a text might have other findings, or other ones that are common: with the rules, with the concepts, with
    /// the code of this crate and with the grammar. What was found is worth keeping under this number only.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        env!("PYGLOSS_ANALYSIS_SOURCES").hash(&mut hasher);
        for concept in self.catalog.concepts() {
            (&concept.id, concept.common).hash(&mut hasher);
        }
        for rules in self.catalog.topics().iter().filter_map(|topic| topic.rules.as_ref()) {
            rules.text.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Whether a rule or a finder looks for the concept.
    pub fn detects(&self, concept: ConceptIndex) -> bool {
        let id = self.catalog.concept(concept).id.as_str();
        finders::all_concepts().any(|found| found == id)
            || self.rules.rules().iter().any(|rule| rule.concepts().any(|found| found == concept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "{#yield-from also=44}";

    /// The fingerprint of the built-in topics after a change of one page.
    fn fingerprint(from: &str, to: &str) -> u64 {
        let mut folder = Folder::built_in();
        let page = folder.files.get_mut("03-generators/topic.md").expect("the page");
        assert!(page.contains(from), "{from}");
        *page = page.replace(from, to);
        Glossary::load(&[folder]).0.fingerprint()
    }

    #[test]
    fn the_fingerprint_changes_with_what_is_found_and_what_is_common() {
        let before = fingerprint(ID, ID);
        assert_ne!(before, fingerprint(ID, "{#yield-from .common}"));
        assert_ne!(before, fingerprint(ID, "{#yield-all-of}"));
        assert_eq!(before, fingerprint("Delegating with", "Handing on by"), "prose changes nothing");
    }
}
