use crate::{Span, Speaker};
use serde::{Deserialize, Serialize};

/// How a quotation is set into the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// At least one full clause in marks, with a verb of speech, a colon or another attribution.
    Direct,
    /// A fragment, or a clause woven into the sentence that reports it.
    Mixed,
    /// A set-off block, or a whole paragraph in marks.
    Block,
    /// A set-off quotation with no more than a name beside it.
    Epigraph,
}

impl QuoteKind {
    /// All kinds, in the order of declaration.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Block, Self::Epigraph];

    /// Returns the name used in outputs and queries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Block => "block",
            Self::Epigraph => "epigraph",
        }
    }

    /// Finds the kind of that [`name`](Self::name), whatever its case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// The rule by which a quotation was given to someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionRule {
    /// A dash and a name behind it: `“…” — Ada Vale`.
    Dash,
    /// A name and a colon before it, and nothing else: `Ada Vale: “…”`.
    Label,
    /// The sentence that introduces a block, mostly with a colon.
    LeadIn,
    /// A line that says whose desk it comes from.
    SignOff,
    /// A verb of speech before it: `Ada Vale said, “…”`.
    CueBefore,
    /// A verb of speech behind it: `“…,” said Ada Vale`.
    CueAfter,
    /// A verb that names what is spoken of: `Ada Vale called it “…”`.
    Naming,
    /// A noun that stands for the words: `in the words of Ada Vale`, `according to Ada Vale`.
    WordsOf,
    /// It shares the attribution of the quotation that it is listed with: `“…”, “…” and “…”`.
    Coordination,
    /// It goes on with the words of the quotation before it.
    Continuation,
    /// It answers the quotation before it, in an exchange of two.
    Alternation,
    /// A pronoun, led back to the one person it can mean.
    Antecedent,
}

impl AttributionRule {
    /// All rules, in the order of declaration.
    pub const ALL: [Self; 12] = [
        Self::Dash,
        Self::Label,
        Self::LeadIn,
        Self::SignOff,
        Self::CueBefore,
        Self::CueAfter,
        Self::Naming,
        Self::WordsOf,
        Self::Coordination,
        Self::Continuation,
        Self::Alternation,
        Self::Antecedent,
    ];

    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dash => "dash",
            Self::Label => "label",
            Self::LeadIn => "lead-in",
            Self::SignOff => "sign-off",
            Self::CueBefore => "cue-before",
            Self::CueAfter => "cue-after",
            Self::Naming => "naming",
            Self::WordsOf => "words-of",
            Self::Coordination => "coordination",
            Self::Continuation => "continuation",
            Self::Alternation => "alternation",
            Self::Antecedent => "antecedent",
        }
    }
}

/// Whose words a quotation presents, and how that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The person or body, where the name stands for one.
    pub speaker: Option<Speaker>,
    /// The source as the text names it, such as `Secretary Vale`, `the Charter` or `she`.
    pub named_as: String,
    /// How sure the rule is that the source is the right one, 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: AttributionRule,
}

/// Words that a text presents as those of someone.
///
/// Marks that quote nobody (titles, terms, slogans, words as words) are not quotations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Place among the document's quotations, counted from 0, in the order of the text.
    pub ordinal: u32,
    /// The ordinal of the passage in which its first part starts.
    pub passage: u32,
    /// What is quoted, without the marks: one span a part, in order and disjoint, at least one.
    pub content: Vec<Span>,
    /// The words that report it, such as `has said`.
    pub cue: Option<Span>,
    /// Where the source is named.
    pub source: Option<Span>,
    /// How it is set into the text.
    pub kind: QuoteKind,
    /// Whose words they are; none where that is not beyond doubt.
    pub attribution: Option<Attribution>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_their_names() {
        for kind in QuoteKind::ALL {
            assert_eq!(QuoteKind::from_name(&kind.name().to_uppercase()), Some(kind));
        }
        assert_eq!(QuoteKind::from_name("indirect"), None);
    }
}
