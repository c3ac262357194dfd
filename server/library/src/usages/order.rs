//! Which usages come first.
//!
//! Texts are stored with the score of their best usage, so only those that can be shown are unpacked.

use std::cmp::Reverse;

use pygloss_catalog::ConceptIndex;
use rustc_hash::FxHashMap;

use super::view::View;
use super::{Query, are_together};
use crate::facts::UsageFacts;
use crate::rank::Level;
use crate::store::{Posting, Reader, StoreError};

/// Copies of an example, and files that were changed since, are passed over: so many more are kept than are asked for.
const SPARE: usize = 20;

/// A usage that may be shown.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) concept: ConceptIndex,
    pub(super) content: i64,
    pub(super) file: usize,
    pub(super) usage: UsageFacts,
    /// Points of the block and of the file.
    pub(super) score: i32,
    /// Which of the places that the topic's page names it is.
    pub(super) pinned: Option<usize>,
}

/// How many usages of a concept there are, and enough of them to fill the answer in any order of packages.
pub(super) fn candidates(
    reader: &Reader,
    view: &View,
    concept: ConceptIndex,
    query: &Query,
) -> Result<(usize, Vec<Candidate>), StoreError> {
    let mut postings = reader.postings(concept)?;
    let is_wanted = |posting: &Posting| query.level.is_none_or(|level| posting.has(level));
    let except: Vec<usize> = query.except.iter().filter_map(|path| view.of_path(path)).collect();
    let packages = view.of_packages(|package| query.takes(&package.name));
    let is_in = |file: usize| packages[view.file(file).package] && !except.contains(&file);
    postings.retain(|posting| is_wanted(posting) && view.of_content(posting.content).is_some_and(is_in));
    let with = match query.with {
        Some(with) => Some(blocks_with(reader, with, &mut postings)?),
        None => None,
    };
    // Counting what a filter leaves needs every usage; otherwise the postings know.
    if with.is_none() && query.level.is_none() {
        let total = postings.iter().map(|posting| posting.count as usize).sum();
        return Ok((total, best_of_each(view, concept, postings, query.limit)));
    }
    let mut all = Vec::new();
    for posting in &postings {
        let usages = match &with {
            Some(with) => paired(reader, posting, with)?,
            None => posting.usages(),
        };
        all.extend(unpacked(view, concept, posting.content, usages, query.level));
    }
    Ok((all.len(), all))
}

/// Put candidates into the order in which they are shown.
pub(super) fn sort(candidates: &mut Vec<Candidate>, view: &View) {
    let is_apart = |it: &Candidate| view.file(it.file).is_apart;
    candidates
        .sort_by_key(|it| (it.pinned.is_none(), it.pinned, is_apart(it), Reverse(it.score), it.file, it.usage.start));
    let mut rounds: FxHashMap<usize, usize> = FxHashMap::default();
    let mut keyed: Vec<_> = candidates
        .drain(..)
        .map(|candidate| {
            let round = rounds.entry(view.file(candidate.file).package).or_default();
            *round += 1;
            (candidate, *round)
        })
        .collect();
    keyed.sort_by_key(|(it, round)| {
        (it.pinned.is_none(), it.pinned, is_apart(it), *round, it.usage.level, Reverse(it.score))
    });
    candidates.extend(keyed.into_iter().map(|(candidate, _)| candidate));
}

/// Of each package, the texts whose best usages are the best; unpacked.
fn best_of_each(view: &View, concept: ConceptIndex, mut postings: Vec<Posting>, limit: usize) -> Vec<Candidate> {
    let points = |posting: &Posting| {
        let file = view.of_content(posting.content).map_or(0, |file| view.file(file).points);
        i32::from(posting.best) + file
    };
    postings.sort_by_cached_key(|posting| (Reverse(points(posting)), posting.content));
    let mut taken = view.of_packages(|_| 0);
    let mut all = Vec::new();
    for posting in &postings {
        let Some(file) = view.of_content(posting.content) else { continue };
        let count = &mut taken[view.file(file).package];
        if *count < limit + SPARE {
            let usages = unpacked(view, concept, posting.content, posting.usages(), None);
            *count += usages.len();
            all.extend(usages);
        }
    }
    all
}

fn unpacked(
    view: &View,
    concept: ConceptIndex,
    content: i64,
    usages: Vec<UsageFacts>,
    level: Option<Level>,
) -> Vec<Candidate> {
    let Some(file) = view.of_content(content) else { return Vec::new() };
    let points = view.file(file).points;
    let is_wanted = |usage: &UsageFacts| level.is_none_or(|level| usage.level == level);
    let candidate = |usage: UsageFacts| Candidate {
        concept,
        content,
        file,
        usage,
        score: i32::from(usage.score) + points,
        pinned: None,
    };
    usages.into_iter().filter(is_wanted).map(candidate).collect()
}

/// Where the other concept stands, text by text; postings of texts without it are dropped.
fn blocks_with(
    reader: &Reader,
    with: ConceptIndex,
    postings: &mut Vec<Posting>,
) -> Result<FxHashMap<i64, Vec<UsageFacts>>, StoreError> {
    let others: FxHashMap<i64, Posting> = reader.postings(with)?.into_iter().map(|it| (it.content, it)).collect();
    postings.retain(|posting| others.contains_key(&posting.content));
    Ok(postings.iter().map(|posting| (posting.content, others[&posting.content].usages())).collect())
}

/// The usages whose block holds the other concept, or that stand in a block of the other one's.
fn paired(
    reader: &Reader,
    posting: &Posting,
    with: &FxHashMap<i64, Vec<UsageFacts>>,
) -> Result<Vec<UsageFacts>, StoreError> {
    let Some(others) = with.get(&posting.content) else { return Ok(Vec::new()) };
    let Some(content) = reader.content(posting.content)? else { return Ok(Vec::new()) };
    let mut usages = posting.usages();
    usages.retain(|usage| others.iter().any(|other| are_together(&content.blocks, usage, other)));
    Ok(usages)
}
