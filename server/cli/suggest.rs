//! What somebody may have meant who typed a concept's id that doesn't exist.

use pygloss_catalog::{Catalog, ConceptIndex};

/// How much two names must have in common, from 0 to 1, for one to be a slip for the other.
const LIKENESS: f64 = 0.8;

/// The concept with this id, or an error that names the nearest ids.
pub(crate) fn find_concept(catalog: &Catalog, id: &str) -> anyhow::Result<ConceptIndex> {
    catalog.find(id).ok_or_else(|| anyhow::anyhow!("no concept has the id {id:?}{}", hint(catalog, id)))
}

fn hint(catalog: &Catalog, id: &str) -> String {
    let near = nearest(catalog.concepts().iter().map(|concept| concept.id.as_str()), id);
    if near.is_empty() {
        "; `pygloss topics --format json` lists them".to_owned()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    }
}

/// At most three names, the likeliest first: those that hold the wanted one as a part count as near.
pub(crate) fn nearest<'a>(names: impl Iterator<Item = &'a str>, wanted: &str) -> Vec<&'a str> {
    let score = |name: &str| {
        let part = if !wanted.is_empty() && name.contains(wanted) { 1.0 } else { 0.0 };
        strsim::jaro_winkler(name, wanted) + part
    };
    let mut scored: Vec<_> = names.map(|name| (score(name), name)).filter(|(score, _)| *score > LIKENESS).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_and_a_part_lead_to_the_name() {
        let names = ["walrus-operator", "slots-empty", "yield-from"];
        assert_eq!(nearest(names.into_iter(), "yeild-from"), ["yield-from"]);
        assert_eq!(nearest(names.into_iter(), "walrus"), ["walrus-operator"]);
        assert!(nearest(names.into_iter(), "qqq").is_empty());
    }
}
