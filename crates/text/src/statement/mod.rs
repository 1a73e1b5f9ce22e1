//! What a sentence states of how many, how surely, and whether: numbers, modals, negations, and
//! the words by which a claim goes for all or for the first.
//!
//! Words of English are known, of no other language. Nothing is parsed: which words a modal or a
//! negation governs is told by the words between, and where that cannot be told nothing is said.

mod absolute;
mod line;
mod modal;
mod negator;
mod number;
mod number_forms;
mod number_unit;
mod number_words;
mod period;
mod predicate;
mod read_number;
mod superlative;
mod supposition;

pub use absolute::{Absolute, AbsoluteKind, absolutes};
pub use modal::Modal;
pub use negator::denials;
pub use number::{Extent, Number, NumberUnit};
pub use number_forms::number_forms;
pub use period::periods;
pub use predicate::{Person, Predicate, predicates};
pub use read_number::numbers;
pub use supposition::suppositions;

use number_words::{is_magnitude, vague_of, word_value};

/// Words beside numbers, modals and negators that say how much, how surely or whether; folded, in
/// alphabetical order.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "almost", "always", "approximately", "around", "can", "can't", "cannot", "could", "couldn't",
    "didn't", "doesn't", "dollar", "dollars", "don't", "dozen", "every", "fewer", "going", "gonna",
    "hasn't", "haven't", "isn't", "least", "less", "may", "might", "must", "nearly", "neither",
    "never", "no", "nobody", "none", "nor", "not", "nothing", "ought", "per", "percent",
    "percentage", "roughly", "shall", "should", "shouldn't", "wasn't", "weren't", "will",
    "without", "won't", "would", "wouldn't",
];

/// Tells whether a folded word says how many, how surely or whether, and nothing of what a
/// sentence is about: a number, a modal or a negator.
pub fn is_qualifier(folded: &str) -> bool {
    QUALIFIERS.binary_search(&folded).is_ok()
        || folded.starts_with(|c: char| c.is_ascii_digit())
        || word_value(folded).is_some()
        || is_magnitude(folded)
        || vague_of(folded).is_some()
        || folded.ends_with("'ll")
}

#[cfg(test)]
mod tests;
