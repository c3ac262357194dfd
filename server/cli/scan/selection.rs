//! Which findings a scan reports, and on which it fails.

use pygloss_analysis::Finding;
use pygloss_catalog::{Catalog, Concept, ConceptIndex, Kind};

use super::Args;
use crate::cli::suggest::find_concept;

/// The concepts that were asked for. Each list has a place for each concept of the catalogue.
pub(super) struct Selection {
    reported: Vec<bool>,
    /// Never hidden in text: the user named it.
    named: Vec<bool>,
    failing: Vec<bool>,
    shows_all: bool,
}

impl Selection {
    /// What the arguments select; an error if they name something that isn't there.
    pub(super) fn new(args: &Args, catalog: &Catalog) -> anyhow::Result<Self> {
        let mut selection = Self {
            reported: vec![false; catalog.concepts().len()],
            named: vec![false; catalog.concepts().len()],
            failing: vec![false; catalog.concepts().len()],
            shows_all: args.all,
        };
        selection.report(args, catalog)?;
        selection.fail(args, catalog)?;
        Ok(selection)
    }

    fn report(&mut self, args: &Args, catalog: &Catalog) -> anyhow::Result<()> {
        let all = args.topic.is_empty() && args.concept.is_empty();
        let days = args.topic.iter().map(|name| written_day(catalog, name)).collect::<Result<Vec<_>, _>>()?;
        for (reported, concept) in self.reported.iter_mut().zip(catalog.concepts()) {
            *reported = all || days.contains(&concept.day);
        }
        for id in &args.concept {
            let index = place(find_concept(catalog, id)?);
            self.reported[index] = true;
            self.named[index] = true;
        }
        for (reported, concept) in self.reported.iter_mut().zip(catalog.concepts()) {
            *reported &= !args.pitfalls || is_pitfall(concept);
        }
        Ok(())
    }

    fn fail(&mut self, args: &Args, catalog: &Catalog) -> anyhow::Result<()> {
        for id in &args.fail_on {
            if id == "pitfall" {
                for (failing, concept) in self.failing.iter_mut().zip(catalog.concepts()) {
                    *failing |= is_pitfall(concept);
                }
            } else {
                self.failing[place(find_concept(catalog, id)?)] = true;
            }
        }
        Ok(())
    }

    /// The findings that are reported.
    pub(super) fn of(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain(|finding| self.reported[place(finding.concept)]);
        findings
    }

    /// Whether the run fails on one of these.
    pub(super) fn is_failing(&self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| self.failing[place(finding.concept)])
    }

    /// Those of the reported findings that a person wants to see: not what is everywhere, nor what another at the place
    /// says better. What was named or makes the run fail is never hidden.
    pub(super) fn for_people<'a>(&self, findings: &'a [Finding], catalog: &Catalog) -> Vec<&'a Finding> {
        if self.shows_all {
            return findings.iter().collect();
        }
        let covered = covered(findings, catalog);
        let is_shown = |(finding, covered): &(&Finding, bool)| {
            let index = place(finding.concept);
            self.named[index] || self.failing[index] || !(*covered || catalog.concept(finding.concept).common)
        };
        findings.iter().zip(covered).filter(is_shown).map(|(finding, _)| finding).collect()
    }
}

/// For each finding, whether a more specific concept stands at an overlapping place. Findings come sorted by their
/// start, so that only those that are still open can overlap the next.
fn covered(findings: &[Finding], catalog: &Catalog) -> Vec<bool> {
    let mut covered = vec![false; findings.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        open.retain(|other| findings[*other].span.end > finding.span.start);
        for other in &open {
            covered[index] |= catalog.is_over(findings[*other].concept, finding.concept);
            covered[*other] |= catalog.is_over(finding.concept, findings[*other].concept);
        }
        open.push(index);
    }
    covered
}

fn is_pitfall(concept: &Concept) -> bool {
    concept.kind == Kind::Pitfall
}

fn place(concept: ConceptIndex) -> usize {
    usize::from(concept.0)
}

fn written_day(catalog: &Catalog, name: &str) -> anyhow::Result<u16> {
    let number = name.parse::<u16>().ok();
    let topic = catalog.topics().iter().find(|topic| number == Some(topic.day) || topic.slug == name);
    match topic {
        Some(topic) if topic.is_written() => Ok(topic.day),
        Some(topic) => anyhow::bail!("day {} ({}) is not written yet", topic.day, topic.title),
        None => anyhow::bail!("no day has the number or slug {name:?}; `pygloss topics` lists them"),
    }
}
