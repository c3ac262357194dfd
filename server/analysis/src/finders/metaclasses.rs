//! Day 21: bases whose metaclasses don't go together.

use std::collections::HashMap;

use super::{Finder, Report, Reporter};
use crate::classes::{self, ancestors_of_this_file, bases, class_of_this_file};
use crate::grammar::{Field, Kind};
use crate::rules::Context;
use crate::tree::Node;

/// Bases are followed this far.
const MOST_STEPS: u32 = 64;

pub(super) const FINDER: Finder =
    Finder { concepts: &[("metaclass-conflict", &["class", "one", "other", "first", "second"])], find };

fn find(context: &Context<'_>, report: Reporter<'_>) {
    if !context.text.contains("metaclass") {
        return;
    }
    let tree = context.tree;
    let mut known = HashMap::new();
    for class in tree.nodes().filter(|node| tree.kind(*node) == Kind::ClassDefinition) {
        let may_name_its_own = classes::keyword(context, class, "metaclass").is_some()
            || classes::arguments(tree, class).any(|argument| tree.kind(argument) == Kind::DictionarySplat);
        if may_name_its_own {
            continue;
        }
        if let (Metaclass::Conflict(one, other), Some(name)) =
            (metaclass(context, class, &mut known, MOST_STEPS), tree.child(class, Field::Name))
        {
            let mut roles = vec![("class", name)];
            roles.extend(tree.child(one, Field::Name).map(|name| ("one", name)));
            roles.extend(tree.child(other, Field::Name).map(|name| ("other", name)));
            let mut arguments = classes::arguments(tree, class);
            if let (Some(first), Some(second), None) = (arguments.next(), arguments.next(), arguments.next()) {
                roles.extend([("first", first), ("second", second)]);
            }
            report(Report { concept: "metaclass-conflict", at: name, roles: &roles });
        }
    }
}

/// What this file says about a class's metaclass.
#[derive(Clone, Copy)]
enum Metaclass {
    /// Nothing, or something that leads out of this file.
    Unknown,
    /// A class of this file.
    Is(Node),
    /// Two classes of this file of which neither inherits from the other: there is no such class.
    Conflict(Node, Node),
}

/// As the class statement determines it: the one that is named, then that of each base in turn, as long as each pair is in
/// line.
fn metaclass(context: &Context<'_>, class: Node, known: &mut HashMap<Node, Metaclass>, steps: u32) -> Metaclass {
    if let Some(found) = known.get(&class) {
        return *found;
    }
    // For a cycle of names.
    known.insert(class, Metaclass::Unknown);
    let found = if steps == 0 { Metaclass::Unknown } else { determine(context, class, known, steps) };
    known.insert(class, found);
    found
}

fn determine(context: &Context<'_>, class: Node, known: &mut HashMap<Node, Metaclass>, steps: u32) -> Metaclass {
    let mut winner = None;
    if let Some(named) = classes::keyword(context, class, "metaclass") {
        winner = class_of_this_file(context, named);
        if winner.is_none() {
            return Metaclass::Unknown;
        }
    }
    for base in bases(context.tree, class).filter_map(|base| class_of_this_file(context, base)) {
        // A base that is in conflict itself is never there to inherit from.
        let Metaclass::Is(next) = metaclass(context, base, known, steps - 1) else {
            continue;
        };
        winner = match winner {
            None => Some(next),
            Some(best) if inherits(context, best, next) => Some(best),
            Some(best) if inherits(context, next, best) => Some(next),
            Some(best) => return Metaclass::Conflict(best, next),
        };
    }
    winner.map_or(Metaclass::Unknown, Metaclass::Is)
}

fn inherits(context: &Context<'_>, class: Node, from: Node) -> bool {
    class == from || ancestors_of_this_file(context, class).contains(&from)
}
