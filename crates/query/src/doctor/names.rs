//! Names that may be those of one person.

use onrecord_indexing::Address;
use onrecord_people::is_title_word;
use std::collections::{BTreeMap, BTreeSet};

/// Words behind a name that tell bearers of it apart.
const SUFFIXES: [&str; 7] = ["jr", "sr", "i", "ii", "iii", "iv", "v"];

/// Where a document stands: its file, its line in it, and the index.
type Place = (String, Option<u64>, Address);

/// The names of speakers.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<Box<str>, Bearer>);

/// The documents of a name.
#[derive(Debug)]
struct Bearer {
    first: Place,
    n_documents: u64,
}

/// A name that is like others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) name: Box<str>,
    /// The head of the first document that has it, by path and line.
    pub(super) first: Address,
    pub(super) n_documents: u64,
    /// The names that it is like, sorted.
    pub(super) others: Vec<Box<str>>,
}

impl Names {
    /// Adds a document's speaker; documents may come in any order.
    pub(super) fn add(&mut self, name: &str, place: &Place) {
        let new = || Bearer { first: place.clone(), n_documents: 0 };
        let bearer = self.0.entry(name.into()).or_insert_with(new);
        if *place < bearer.first {
            bearer.first = place.clone();
        }
        bearer.n_documents += 1;
    }

    /// Returns the names that may be another's too, sorted. Two of the `persons`, whom a roster
    /// tells apart, are two people.
    pub(super) fn alike(self, persons: &BTreeSet<Box<str>>) -> Vec<Alike> {
        let mut families: BTreeMap<String, Vec<(&Box<str>, Parts)>> = BTreeMap::new();
        for name in self.0.keys() {
            if let Some((family, parts)) = parts_of(name) {
                families.entry(family).or_default().push((name, parts));
            }
        }
        let mut others: BTreeMap<&str, BTreeSet<Box<str>>> = BTreeMap::new();
        for bearers in families.values() {
            for (name, parts) in bearers {
                let is_person = persons.contains(*name);
                let like = bearers.iter().filter(|(other, of)| {
                    other != name && !(is_person && persons.contains(*other)) && parts.may_be(of)
                });
                let like: BTreeSet<Box<str>> = like.map(|(other, _)| (*other).clone()).collect();
                others.insert(name, like);
            }
        }
        let alike = self.0.iter().filter_map(|(name, bearer)| {
            let others: Vec<Box<str>> = others.get(&**name)?.iter().cloned().collect();
            let (first, n_documents) = (bearer.first.2, bearer.n_documents);
            (!others.is_empty()).then(|| Alike { name: name.clone(), first, n_documents, others })
        });
        alike.collect()
    }
}

/// What stands before and behind a family name.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    /// The first given name, in lower case: perhaps its first letter alone.
    given: Option<String>,
    suffix: Option<String>,
}

impl Parts {
    /// Tells whether two bearers of a family name may be one: none has a given name, an initial or
    /// a suffix that contradicts the other's.
    fn may_be(&self, other: &Self) -> bool {
        let agree = match (&self.given, &other.given) {
            (Some(one), Some(other)) => one == other || is_initial_of(one, other),
            (None, _) | (_, None) => true,
        };
        agree && (self.suffix.is_none() || other.suffix.is_none() || self.suffix == other.suffix)
    }
}

/// Tells whether one of two given names is the other's first letter.
fn is_initial_of(one: &str, other: &str) -> bool {
    let begins = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    begins(one, other) || begins(other, one)
}

/// Takes a name apart: the family name in lower case, and the rest.
fn parts_of(name: &str) -> Option<(String, Parts)> {
    let mut words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | ','))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let suffix = words.pop_if(|last| SUFFIXES.contains(&last.as_str()));
    let family = words.pop()?;
    // A single letter before a longer word is an initial: "H. Vale" is nobody's excellency.
    let n_honorifics = words
        .iter()
        .take_while(|word| is_title_word(word) && (word.len() > 1 || is_excellency(&words)))
        .count();
    let given = words.get(n_honorifics).cloned();
    Some((family, Parts { given, suffix }))
}

/// Tells whether words begin with "H.E.".
fn is_excellency(words: &[String]) -> bool {
    matches!(words, [h, e, ..] if h == "h" && e == "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names_and_initials() {
        for (name, family, given, suffix) in [
            ("Ada Orr", "orr", Some("ada"), None),
            ("ADA M. ORR", "orr", Some("ada"), None),
            ("H. Vale", "vale", Some("h"), None),
            ("H.E. Mr. Hugo Vale", "vale", Some("hugo"), None),
            ("Secretary Clinton", "clinton", None, None),
            ("The Honorable John Dingell, Jr.", "dingell", Some("john"), Some("jr")),
            ("Élodie Roux", "roux", Some("élodie"), None),
        ] {
            let (found, parts) = parts_of(name).unwrap();
            assert_eq!(
                (&*found, parts.given.as_deref(), parts.suffix.as_deref()),
                (family, given, suffix),
                "{name}"
            );
        }
        assert!(parts_of(" . ").is_none());
    }

    #[test]
    fn only_what_does_not_contradict_is_alike() {
        let may_be = |one: &str, other: &str| {
            let (a, b) = (parts_of(one).unwrap(), parts_of(other).unwrap());
            a.0 == b.0 && a.1.may_be(&b.1)
        };
        for (one, other, expected) in [
            ("Ada Orr", "ADA ORR", true),
            ("Ada Orr", "Ada M. Orr", true),
            ("Ada Orr", "A. Orr", true),
            ("Ada Orr", "Mayor Orr", true),
            ("Ada Orr", "Ben Orr", false),
            ("Ada Orr", "Ada Moss", false),
            ("Joe Vale", "Jill Vale", false),
            ("Joe Vale", "J. Vale", true),
            ("John Dingell", "John Dingell, Jr.", true),
            ("John Dingell Sr.", "John Dingell, Jr.", false),
        ] {
            assert_eq!(may_be(one, other), expected, "{one} and {other}");
            assert_eq!(may_be(other, one), expected, "{other} and {one}");
        }
    }
}
