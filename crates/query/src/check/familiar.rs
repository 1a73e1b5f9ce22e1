//! Names that are short for others: initials and pet names.

/// Pet names and the names that they are short for, folded; a pet name may be short for several.
#[rustfmt::skip]
const PET_NAMES: [(&str, &str); 47] = [
    ("abe", "abraham"), ("al", "albert"), ("andy", "andrew"), ("ben", "benjamin"),
    ("bernie", "bernard"), ("beth", "elizabeth"), ("betty", "elizabeth"), ("bill", "william"),
    ("bob", "robert"), ("bobby", "robert"), ("cal", "calvin"), ("charlie", "charles"),
    ("chuck", "charles"), ("dan", "daniel"), ("dave", "david"), ("dick", "richard"),
    ("don", "donald"), ("ed", "edward"), ("frank", "franklin"), ("fred", "frederick"),
    ("gerry", "gerald"), ("hank", "henry"), ("harry", "harold"), ("ike", "dwight"),
    ("jack", "john"), ("jerry", "gerald"), ("jim", "james"), ("jimmy", "james"),
    ("joe", "joseph"), ("johnny", "john"), ("kate", "katherine"), ("kathy", "kathleen"),
    ("larry", "lawrence"), ("liz", "elizabeth"), ("maggie", "margaret"), ("mike", "michael"),
    ("nick", "nicholas"), ("rick", "richard"), ("ron", "ronald"), ("ronnie", "ronald"),
    ("sam", "samuel"), ("ted", "edward"), ("ted", "theodore"), ("teddy", "edward"),
    ("teddy", "theodore"), ("tom", "thomas"), ("tony", "anthony"),
];

/// Tells whether letters are the initials of a name: `A. B. V.` of Ada Beth Vale. Two letters
/// at least.
pub(crate) fn are_initials(written: &str, name: &[String]) -> bool {
    let letters: Vec<char> = written.chars().filter(|c| c.is_alphabetic()).collect();
    let is_short = (2..=4).contains(&letters.len());
    let is_large = letters.iter().all(|c| c.is_uppercase());
    let has_only = written.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ' '));
    let initials = name.iter().filter_map(|word| word.chars().next());
    is_short
        && is_large
        && has_only
        && letters.into_iter().flat_map(char::to_lowercase).eq(initials)
}

/// Tells whether a name is another one with a pet name in the place of the first: `Teddy Vale` of
/// Theodore B. Vale.
pub(crate) fn is_pet_name(named_as: &[String], name: &[String]) -> bool {
    let [pet, .., family] = named_as else { return false };
    let [first, .., last] = name else { return false };
    family == last
        && (PET_NAMES.contains(&(pet.as_str(), first.as_str()))
            || PET_NAMES.contains(&(first.as_str(), pet.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::claim::folded_words;

    #[test]
    fn short_names() {
        for (written, name, expected) in [
            ("TBV", "Theodore B. Vale", true),
            ("T.B.V.", "Theodore Beth Vale", true),
            ("TV", "Theodore B. Vale", false),
            ("V", "Vale", false),
            ("tbv", "Theodore B. Vale", false),
        ] {
            assert_eq!(are_initials(written, &folded_words(name)), expected, "{written}");
        }
        for (written, name, expected) in [
            ("Teddy Vale", "Theodore B. Vale", true),
            ("Ted Vale", "Edward Vale", true),
            ("Edward Vale", "Ted Vale", true),
            ("Ted Vale", "Robert Vale", false),
            ("Teddy Moss", "Theodore Vale", false),
            ("Teddy", "Theodore Vale", false),
        ] {
            let words = folded_words(written);
            assert_eq!(is_pet_name(&words, &folded_words(name)), expected, "{written}");
        }
    }
}
