use onrecord_people::is_title_word;
use unicode_normalization::UnicodeNormalization as _;

/// Words that belong to the family name behind them.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "von", "van", "der", "den", "de", "del", "della", "da", "das", "di", "do", "dos", "du", "la",
    "le", "bin", "bint", "ibn", "al", "el", "ter", "ten", "zu", "zur", "af", "av",
];

const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Chinese and Korean family names that are no given names elsewhere: they come first.
#[rustfmt::skip]
const FIRST_FAMILIES: &[&str] = &[
    "ban", "chen", "deng", "hu", "huang", "jiang", "liu", "mao", "wang", "wen", "xi", "xu", "yang",
    "zhang", "zhao", "zhou", "zhu", "roh",
];

/// The author of a work, in the parts that styles put in different orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A person whose family name is known from the form of the name.
    Person { given: String, family: String, suffix: Option<String>, is_family_first: bool },
    /// A body, or a name that is kept as it is written.
    Literal(String),
}

impl Name {
    /// Takes apart the name of a person; one that may not be safe to be turned round is kept.
    pub(super) fn of_person(name: &str) -> Self {
        let literal = || Self::Literal(name.trim().to_owned());
        let (main, comma_suffix) = name.split_once(',').unwrap_or((name, ""));
        let mut words: Vec<&str> = main.split_whitespace().collect();
        let bare = |word: &str| word.trim_end_matches('.').to_lowercase();
        let is_one_of = |word: &str, list: &[&str]| list.contains(&&*bare(word));
        let mut suffix = Some(comma_suffix.trim()).filter(|suffix| !suffix.is_empty());
        if suffix.is_some_and(|suffix| !is_one_of(suffix, SUFFIXES)) {
            return literal();
        }
        if words.len() > 2 && words.last().is_some_and(|last| is_one_of(last, SUFFIXES)) {
            suffix = words.pop();
        }
        let is_plain = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "'’.-‑".contains(c));
        let [first, middle @ .., _] = &*words else { return literal() };
        // What stands behind `Mr.` is mostly a family name alone.
        if is_title_word(&bare(first)) || !words.iter().all(is_plain) {
            return literal();
        }
        let is_family_first = suffix.is_none() && comes_first(first, &words);
        let n_particles = middle.iter().rev().take_while(|word| is_one_of(word, PARTICLES)).count();
        let (front, back) = match is_family_first {
            true => words.split_at(1),
            false => words.split_at(words.len() - 1 - n_particles),
        };
        let (front, back) = (front.join(" "), back.join(" "));
        let (family, given) = if is_family_first { (front, back) } else { (back, front) };
        Self::Person { given, family, suffix: suffix.map(str::to_owned), is_family_first }
    }

    /// Makes the names of the bodies that a field lists, parted by semicolons.
    pub(super) fn of_bodies(names: &str) -> Vec<Self> {
        let names = names.split(';').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| Self::Literal(name.to_owned())).collect()
    }

    /// Writes it in running order: `Ada Vale Jr.`
    pub(super) fn full(&self) -> String {
        match self {
            Self::Literal(name) => name.clone(),
            Self::Person { given, family, suffix, is_family_first } => {
                let (first, last) =
                    if *is_family_first { (family, given) } else { (given, family) };
                let suffix = suffix.as_ref().map(|suffix| format!(" {suffix}"));
                format!("{first} {last}{}", suffix.unwrap_or_default())
            }
        }
    }

    /// Writes it for a list in order of family names: `Vale, Ada, Jr.`
    pub(super) fn inverted(&self) -> String {
        match self {
            Self::Person { given, family, suffix, is_family_first: false } => {
                let suffix = suffix.as_ref().map(|suffix| format!(", {suffix}"));
                format!("{family}, {given}{}", suffix.unwrap_or_default())
            }
            // Names that begin with the family name are not turned round (CMOS 16.76).
            Self::Person { .. } | Self::Literal(_) => self.full(),
        }
    }

    /// Writes it as APA does, given names by their initials: `Vale, A. B.`
    pub(super) fn with_initials(&self) -> String {
        match self {
            Self::Literal(name) => name.clone(),
            Self::Person { given, family, suffix, .. } => {
                let suffix = suffix.as_ref().map(|suffix| format!(", {suffix}"));
                format!("{family}, {}{}", initials(given), suffix.unwrap_or_default())
            }
        }
    }

    /// Writes the part that stands in a running text: the family name, or all of a literal one.
    pub(super) fn short(&self) -> &str {
        match self {
            Self::Literal(name) => name,
            Self::Person { family, .. } => family,
        }
    }
}

/// Tells whether the family name comes first: one that is known to, before one given name, or
/// one with a hyphen and a small letter behind it (`Ban Ki-moon`).
fn comes_first(first: &str, words: &[&str]) -> bool {
    let [_, given] = words else { return false };
    let is_hyphenated =
        given.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
    is_hyphenated || FIRST_FAMILIES.contains(&&*first.to_lowercase())
}

fn initials(given: &str) -> String {
    let initial = |part: &str| -> Option<String> {
        let first = part.chars().next()?;
        Some(format!("{}.", first.to_uppercase()))
    };
    let of_word = |word: &str| -> String {
        word.split(['-', '‑']).filter_map(initial).collect::<Vec<_>>().join("-")
    };
    given.split_whitespace().map(of_word).collect::<Vec<_>>().join(" ")
}

/// Writes a text in ASCII letters and digits of lower case, without accents, for keys.
pub(super) fn plain_letters(text: &str) -> String {
    // Letters that no accent makes of others.
    let plain = |c: char| match c {
        'ł' | 'Ł' => 'l',
        'ø' | 'Ø' => 'o',
        'đ' | 'Đ' => 'd',
        c => c.to_ascii_lowercase(),
    };
    text.nfd().map(plain).filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (name, inverted, initials) in [
            ("Ada Vale", "Vale, Ada", "Vale, A."),
            ("Ada B. Vale", "Vale, Ada B.", "Vale, A. B."),
            ("Ben Moss Jr.", "Moss, Ben, Jr.", "Moss, B., Jr."),
            ("Ben Moss, III", "Moss, Ben, III", "Moss, B., III"),
            ("Jean-Luc de la Tour", "de la Tour, Jean-Luc", "de la Tour, J.-L."),
            ("Pak Ki-moon", "Pak Ki-moon", "Pak, K.-M."),
            ("Zhou Anning", "Zhou Anning", "Zhou, A."),
            ("Émile Oré", "Oré, Émile", "Oré, É."),
            ("Mr. Moss", "Mr. Moss", "Mr. Moss"),
            ("Sir Ben Moss", "Sir Ben Moss", "Sir Ben Moss"),
            ("Vale", "Vale", "Vale"),
            ("Ministry of Rivers, Tresk", "Ministry of Rivers, Tresk", "Ministry of Rivers, Tresk"),
            ("Speaker 2 of all", "Speaker 2 of all", "Speaker 2 of all"),
        ] {
            let found = Name::of_person(name);
            assert_eq!(
                (&*found.inverted(), &*found.with_initials()),
                (inverted, initials),
                "{name}"
            );
        }
    }

    #[test]
    fn running_order_is_what_was_given() {
        for name in ["Ada Vale", "Ben Moss Jr.", "Pak Ki-moon", "Jean-Luc de la Tour", "Mr. Moss"] {
            assert_eq!(Name::of_person(name).full(), name);
        }
    }
}
