//! What a person means who names a day or a concept: `17`, `slots`, `yield-from`, `walrus`.

use anyhow::bail;
use pygloss_catalog::{Catalog, Concept, Topic};

use super::suggest::nearest;

/// A page or a concept of it.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    /// A day of the curriculum.
    Day(&'a Topic),
    /// A construct, a trap or an idea.
    Concept(&'a Concept),
}

/// What a name means: exactly, else as a part of an id or slug, else as a part of what people read.
pub(crate) fn find<'a>(catalog: &'a Catalog, name: &str) -> anyhow::Result<Target<'a>> {
    let number = name.parse::<u16>().ok();
    let wanted = plain(name);
    let days = || catalog.topics().iter().map(Target::Day);
    let all = || days().chain(catalog.concepts().iter().map(Target::Concept));
    let attempts: [Vec<Target>; 4] = [
        days().filter(|day| number.is_some() && day.number() == number).collect(),
        all().filter(|target| target.key() == wanted).collect(),
        all().filter(|target| target.key().contains(&wanted)).collect(),
        all().filter(|target| plain(target.name()).contains(&wanted)).collect(),
    ];
    if wanted.is_empty() || number.is_some() && attempts[0].is_empty() {
        bail!("no day has the number {name:?}; `pygloss topics` lists them");
    }
    match attempts.into_iter().find(|found| !found.is_empty()).as_deref() {
        Some([target]) => Ok(*target),
        Some(several) => bail!("{name:?} may mean several things:\n{}", listed(several)),
        None => bail!("nothing is called {name:?}{}", hint(catalog, &wanted)),
    }
}

impl<'a> Target<'a> {
    fn number(self) -> Option<u16> {
        if let Self::Day(topic) = self { Some(topic.day) } else { None }
    }

    fn key(self) -> &'a str {
        match self {
            Self::Day(topic) => &topic.slug,
            Self::Concept(concept) => &concept.id,
        }
    }

    fn name(self) -> &'a str {
        match self {
            Self::Day(topic) => &topic.title,
            Self::Concept(concept) => &concept.name,
        }
    }
}

/// As people type a name: without Markdown's marks and capitals.
fn plain(name: &str) -> String {
    name.replace('`', "").trim().to_lowercase()
}

fn listed(targets: &[Target]) -> String {
    let width = targets.iter().map(|target| target.key().len()).max().unwrap_or(0);
    let line = |target: &Target| {
        let day = target.number().map(|day| format!("day {day}, ")).unwrap_or_default();
        format!("  {:width$}  {day}{}", target.key(), target.name())
    };
    targets.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn hint(catalog: &Catalog, name: &str) -> String {
    let slugs = catalog.topics().iter().map(|topic| topic.slug.as_str());
    let near = nearest(slugs.chain(catalog.concepts().iter().map(|concept| concept.id.as_str())), name);
    if near.is_empty() {
        "; `pygloss topics` lists the days".to_owned()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    }
}
