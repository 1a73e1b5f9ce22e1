use onrecord_model::Span;
use onrecord_text::{Caution, cautions, neighbours, sentences};
use serde::Serialize;

/// What stands around words that may be quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Surroundings {
    /// The sentence before those that they stand in.
    pub before: Option<String>,
    /// The sentences that they stand in.
    pub sentence: String,
    /// The sentence behind.
    pub after: Option<String>,
    /// What should be read before they are quoted.
    pub cautions: Vec<ShownCaution>,
}

/// A reason to look at the context of words, see [`Caution`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownCaution {
    /// What sort of reason.
    pub kind: &'static str,
    /// `risk`, or `note` where it is only worth a look.
    pub weight: &'static str,
    /// The words that tell it.
    pub trigger: String,
}

impl Surroundings {
    /// Lists the cautions in one line: `risk conditional: if; note contrasted: But`.
    pub fn joined_cautions(&self) -> String {
        let written = |caution: &ShownCaution| {
            format!("{} {}: {}", caution.weight, caution.kind, caution.trigger)
        };
        self.cautions.iter().map(written).collect::<Vec<_>>().join("; ")
    }

    /// Looks around the words at a place of a text.
    pub(crate) fn of(text: &str, words: Span) -> Self {
        let sentences = sentences(text, Span::from_range(0..text.len()));
        let around = neighbours(&sentences, words);
        let cut = |span: Span| text.get(span.range()).unwrap_or_default().to_owned();
        let touched = match around.touched {
            [] => words,
            [only] => *only,
            [first, .., last] => Span::new(first.start, last.end),
        };
        let shown = |caution: Caution| ShownCaution {
            kind: caution.kind.name(),
            weight: caution.weight.name(),
            trigger: cut(caution.trigger),
        };
        Self {
            before: around.before.map(cut),
            sentence: cut(touched),
            after: around.after.map(cut),
            cautions: cautions(text, &sentences, words).into_iter().map(shown).collect(),
        }
    }
}
