/// A name that may stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Speaker,
    Quoted,
    Priority,
    Kind,
    Date,
    Title,
    Issuer,
    Place,
    Event,
    Language,
    Source,
    Document,
    In,
}

impl Field {
    const ALL: [Self; 13] = [
        Self::Speaker,
        Self::Quoted,
        Self::Priority,
        Self::Kind,
        Self::Date,
        Self::Title,
        Self::Issuer,
        Self::Place,
        Self::Event,
        Self::Language,
        Self::Source,
        Self::Document,
        Self::In,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Quoted => "quoted",
            Self::Priority => "priority",
            Self::Kind => "kind",
            Self::Date => "date",
            Self::Title => "title",
            Self::Issuer => "issuer",
            Self::Place => "place",
            Self::Event => "event",
            Self::Language => "lang",
            Self::Source => "source",
            Self::Document => "doc",
            Self::In => "in",
        }
    }

    /// Finds the field of that name, whatever its case.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Tells whether its values are words, which may be asked for exactly.
    pub(super) const fn holds_words(self) -> bool {
        match self {
            Self::Title | Self::Issuer | Self::Place | Self::Event => true,
            Self::Speaker
            | Self::Quoted
            | Self::Priority
            | Self::Kind
            | Self::Date
            | Self::Language
            | Self::Source
            | Self::Document
            | Self::In => false,
        }
    }
}

/// Names of other tools' fields, and the field that answers the same.
const OTHER_NAMES: [(&str, Field); 14] = [
    ("author", Field::Speaker),
    ("by", Field::Speaker),
    ("document", Field::Document),
    ("file", Field::Source),
    ("from", Field::Issuer),
    ("id", Field::Document),
    ("language", Field::Language),
    ("location", Field::Place),
    ("month", Field::Date),
    ("path", Field::Source),
    ("tag", Field::Priority),
    ("topic", Field::Priority),
    ("type", Field::Kind),
    ("year", Field::Date),
];

/// Finds the field that an unknown name most likely means.
pub(super) fn suggest_field(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    other
        .map(|(_, field)| field.name())
        .or_else(|| suggest(&name, Field::ALL.into_iter().map(Field::name)))
}

/// Finds the choice nearest to a name, the first of several: one edit away, or two where the name
/// has five letters or more.
pub(super) fn suggest(
    name: &str,
    choices: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    let name: Vec<char> = name.chars().take(32).collect();
    let limit = if name.len() < 5 { 1 } else { 2 };
    choices
        .map(|choice| (edit_distance(&name, choice), choice))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, choice)| choice)
}

/// Counts the letters to insert, delete, replace or swap with their neighbour to make `b` of `a`
/// (optimal string alignment).
fn edit_distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, distance) in [
            ("", "", 0),
            ("", "in", 2),
            ("dtae", "date", 1),
            ("speeker", "speaker", 1),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(edit_distance(&a.chars().collect::<Vec<_>>(), b), distance, "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_field_is_suggested() {
        for (name, field) in [
            ("speeker", Some("speaker")),
            ("spaeker", Some("speaker")),
            ("dates", Some("date")),
            ("language", Some("lang")),
            ("Path", Some("source")),
            ("http", None),
            ("x", None),
        ] {
            assert_eq!(suggest_field(name), field, "{name}");
        }
    }
}
