//! Hold the rules against the pages: the checks that need detection.

use pygloss_catalog::Problem;

use crate::Glossary;

/// Carets hold, every detectable section has a rule or finder, every rule matches in at least one example of its own section.
pub fn check_rules(glossary: &Glossary) -> Vec<Problem> {
    let _ = glossary;
    todo!()
}
