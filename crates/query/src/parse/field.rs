use onrecord_text::edit_distance;

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

    /// Tells whether its values are words, which patterns may stand for.
    pub(super) const fn takes_patterns(self) -> bool {
        matches!(self, Self::Speaker | Self::Quoted) || self.holds_words()
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
    let limit = if name.chars().take(5).count() < 5 { 1 } else { 2 };
    choices
        .filter_map(|choice| Some((edit_distance(name, choice, limit)?, choice)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, choice)| choice)
}

#[cfg(test)]
mod tests {
    use super::*;

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
