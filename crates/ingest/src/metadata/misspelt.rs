//! Keys that are close to the name of a field and are none.

use onrecord_model::Field;

/// Finds the field that a key misspells by one letter that is other, missing, added or swapped
/// with its neighbour; none for a key that names a field.
pub(super) fn misspelt_field(key: &str) -> Option<Field> {
    let key = key.trim().to_lowercase();
    if super::field_named(&key.replace([' ', '-'], "_")).is_some() {
        return None;
    }
    Field::ALL.into_iter().find(|field| is_one_slip_away(&key, field.name()))
}

/// Tells whether two words differ in one place.
fn is_one_slip_away(word: &str, other: &str) -> bool {
    let (word, other): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let n_same = word.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (word, other) = (word.get(n_same..), other.get(n_same..));
    match (word.unwrap_or_default(), other.unwrap_or_default()) {
        ([], []) => false,
        ([a, b, word @ ..], [c, d, other @ ..]) if (a, b) == (d, c) && word == other => true,
        ([_, word @ ..], [_, other @ ..]) if word == other => true,
        ([_, rest @ ..], same) if rest == same => true,
        (same, [_, rest @ ..]) => rest == same,
        (_, []) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_seen() {
        for (key, expected) in [
            ("titel", Some(Field::Title)),
            ("Speeker", Some(Field::Speaker)),
            ("dates", Some(Field::Date)),
            ("ofice", Some(Field::Office)),
            ("title", None),
            ("author", None),
            ("subtitle", None),
            ("url", None),
            ("tilte of it", None),
            ("", None),
        ] {
            assert_eq!(misspelt_field(key), expected, "{key}");
        }
    }
}
