//! The places that a topic's page names by symbol, found in what is installed today.
//!
//! A symbol is looked up where its module is: `email.message.Message.walk` in `email/message.py`, as the block
//! `Message.walk`. A module may only pass a name on (`from ._local import *`); then the other modules of its package are tried, and
//! the private twin that much of the standard library has.

use pygloss_analysis::Glossary;
use pygloss_catalog::{ConceptIndex, LibraryPlace};

use super::Query;
use super::order::Candidate;
use super::view::View;
use crate::facts::UsageFacts;
use crate::store::{Reader, StoreError};

/// Put the usages that the pages name among the candidates, or mark them there.
pub(super) fn mark(
    reader: &Reader,
    view: &View,
    glossary: &Glossary,
    query: &Query,
    candidates: &mut Vec<Candidate>,
) -> Result<(), StoreError> {
    for concept in &query.concepts {
        for (number, place) in places(glossary, *concept).enumerate() {
            let Some((file, usage)) = find(reader, view, *concept, &place.symbol)? else { continue };
            let content = view.file(file).content;
            let is_it =
                |it: &&mut Candidate| (it.concept, it.content, it.usage.start) == (*concept, content, usage.start);
            match candidates.iter_mut().find(is_it) {
                Some(candidate) => candidate.pinned = Some(number),
                None if query.is_open() => {
                    let score = i32::from(usage.score) + view.file(file).points;
                    candidates.push(Candidate { concept: *concept, content, file, usage, score, pinned: Some(number) });
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// What the page says of the place.
pub(super) fn why(glossary: &Glossary, concept: ConceptIndex, number: usize) -> &str {
    places(glossary, concept).nth(number).map_or("", |place| &place.why)
}

fn places(glossary: &Glossary, concept: ConceptIndex) -> impl Iterator<Item = &LibraryPlace> {
    let concept = glossary.catalog.concept(concept);
    let places = &glossary.catalog.topic(concept.topic).library;
    places.iter().filter(|place| place.concept == concept.id)
}

/// The file that defines a symbol, and the concept's first usage in it.
fn find(
    reader: &Reader,
    view: &View,
    concept: ConceptIndex,
    symbol: &str,
) -> Result<Option<(usize, UsageFacts)>, StoreError> {
    for (module, name) in splits(symbol) {
        for file in files_of(view, module) {
            if let Some(usage) = usage_in(reader, view.file(file).content, concept, name)? {
                return Ok(Some((file, usage)));
            }
        }
    }
    Ok(None)
}

/// Where the module may end and the name begin, the longest module first.
fn splits(symbol: &str) -> impl Iterator<Item = (&str, &str)> {
    symbol.rmatch_indices('.').map(|(dot, _)| (&symbol[..dot], &symbol[dot + 1..]))
}

/// The file of a module, then those that it may take its names from.
fn files_of(view: &View, module: &str) -> impl Iterator<Item = usize> {
    let path = module.replace('.', "/");
    let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    let twins = [
        format!("{path}.py"),
        format!("{path}/__init__.py"),
        format!("{folder}/_{name}.py"),
        format!("_{}.py", path.replace('/', "_")),
    ];
    let own = twins.into_iter().filter_map(|path| view.at(path.trim_start_matches('/')));
    own.chain(std::iter::once(path).flat_map(|path| view.package_modules(path)))
}

/// The first usage in the block of a name, or in a block within it.
fn usage_in(
    reader: &Reader,
    content: i64,
    concept: ConceptIndex,
    name: &str,
) -> Result<Option<UsageFacts>, StoreError> {
    let usages = reader.posting(concept, content)?;
    if usages.is_empty() {
        return Ok(None);
    }
    let blocks = reader.content(content)?.map(|content| content.blocks).unwrap_or_default();
    let is_named = |block: u32| {
        let rest = blocks.get(block as usize).and_then(|block| block.name.strip_prefix(name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let exact = |usage: &&UsageFacts| blocks.get(usage.block as usize).is_some_and(|block| block.name == name);
    let found = usages.iter().find(exact).or_else(|| usages.iter().find(|usage| is_named(usage.block)));
    Ok(found.copied())
}
