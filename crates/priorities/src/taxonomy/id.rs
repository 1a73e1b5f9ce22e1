//! Ids of priorities, made of names.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Ids that were given, each to one.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// The number that the next one of a name gets.
    next: HashMap<String, usize>,
}

impl Ids {
    /// Makes an id of a name that no one has: the name's letters and digits, with a number behind it
    /// if others have it. `otherwise` is the id of names without a Latin letter or digit.
    pub(crate) fn give(&mut self, name: &str, otherwise: &str) -> String {
        let slug = slug(name);
        let id = if slug.is_empty() { otherwise.to_owned() } else { slug };
        let mut given = id.clone();
        while self.next.contains_key(&given) {
            let number = self.next.entry(id.clone()).or_insert(2);
            given = format!("{id}-{number}");
            *number += 1;
        }
        self.next.insert(given.clone(), 2);
        given
    }
}

/// Makes an id of a name: its letters without accents and its digits, single hyphens for what is
/// between them.
pub(crate) fn slug(name: &str) -> String {
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    let plain: String = name
        .nfkd()
        .filter(|c| !is_mark(c))
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Lists the first of some names for a person.
pub(crate) fn shown(names: &[&str]) -> String {
    /// How many are named.
    const SHOWN: usize = 5;
    let first: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    first.join(", ") + &rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_names() {
        let mut ids = Ids::default();
        for (name, id) in [
            ("Sea Law", "sea-law"),
            ("sea  law!", "sea-law-2"),
            ("Pêche côtière", "peche-cotiere"),
            ("sea law 2", "sea-law-2-2"),
            ("SEA LAW", "sea-law-3"),
            ("海", "concept"),
            ("洋", "concept-2"),
        ] {
            assert_eq!(ids.give(name, "concept"), id, "{name}");
        }
    }
}
