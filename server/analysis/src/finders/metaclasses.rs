//! Day 21: bases whose metaclasses don't go together.

use std::collections::HashMap;

use super::{Finder, Report, Reporter};
use crate::classes::{self, ancestors_of_this_file, bases, class_of_this_file};
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::tree::Node;

/// Bases are followed this far.
const MOST_STEPS: u32 = 64;

pub(super) const FINDER: Finder =
    Finder { concepts: &[("metaclass-conflict", &["class", "one", "other", "first", "second"])], find };

fn find(file: &File<'_>, report: Reporter<'_>) {
    if !file.text.contains("metaclass") {
        return;
    }
    let tree = file.tree;
    let mut known = HashMap::new();
    for class in tree.nodes().filter(|node| tree.kind(*node) == Kind::ClassDefinition) {
        let may_name_its_own = classes::keyword(file, class, "metaclass").is_some()
            || classes::arguments(tree, class).any(|argument| tree.kind(argument) == Kind::DictionarySplat);
        if may_name_its_own {
            continue;
        }
        if let (Metaclass::Conflict(one, other), Some(name)) =
            (metaclass(file, class, &mut known, MOST_STEPS), tree.child(class, Field::Name))
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
fn metaclass(file: &File<'_>, class: Node, known: &mut HashMap<Node, Metaclass>, steps: u32) -> Metaclass {
    if let Some(found) = known.get(&class) {
        return *found;
    }
    // For a cycle of names.
    known.insert(class, Metaclass::Unknown);
    let found = if steps == 0 { Metaclass::Unknown } else { determine(file, class, known, steps) };
    known.insert(class, found);
    found
}

fn determine(file: &File<'_>, class: Node, known: &mut HashMap<Node, Metaclass>, steps: u32) -> Metaclass {
    let mut winner = None;
    if let Some(named) = classes::keyword(file, class, "metaclass") {
        winner = class_of_this_file(file, named);
        if winner.is_none() {
            return Metaclass::Unknown;
        }
    }
    for base in bases(file.tree, class).filter_map(|base| class_of_this_file(file, base)) {
        // A base that is in conflict itself is never there to inherit from.
        let Metaclass::Is(next) = metaclass(file, base, known, steps - 1) else {
            continue;
        };
        winner = match winner {
            None => Some(next),
            Some(best) if inherits(file, best, next) => Some(best),
            Some(best) if inherits(file, next, best) => Some(next),
            Some(best) => return Metaclass::Conflict(best, next),
        };
    }
    winner.map_or(Metaclass::Unknown, Metaclass::Is)
}

fn inherits(file: &File<'_>, class: Node, from: Node) -> bool {
    class == from || ancestors_of_this_file(file, class).contains(&from)
}
