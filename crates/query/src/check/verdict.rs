//! What is said of a quote.

use super::folding::Folding;
use onrecord_model::CivilDate;
use onrecord_text::CautionKind;
use serde::{Serialize, Serializer};

/// How a quote stands to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Word for word.
    Exact,
    /// Word for word but for what an ellipsis marks as left out.
    ExactElided,
    /// Word for word but for what brackets mark as changed.
    ExactBracketed,
    /// Words differ that nothing marks.
    Altered,
    /// The words were said, by another or on another date.
    Misattributed,
    /// Nothing in the index is near.
    NotFound,
    /// It cannot be told.
    NotCheckable,
}

impl Verdict {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ExactElided => "exact-elided",
            Self::ExactBracketed => "exact-bracketed",
            Self::Altered => "altered",
            Self::Misattributed => "misattributed",
            Self::NotFound => "not-found",
            Self::NotCheckable => "not-checkable",
        }
    }

    /// Tells whether it is one of the three exact ones.
    pub const fn is_exact(self) -> bool {
        match self {
            Self::Exact | Self::ExactElided | Self::ExactBracketed => true,
            Self::Altered | Self::Misattributed | Self::NotFound | Self::NotCheckable => false,
        }
    }
}

/// Why words that are right may mislead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskKind {
    /// What is left out holds a negation.
    OmitsNegation,
    /// What is left out holds a condition.
    OmitsCondition,
    /// Sentences far from one another are joined.
    DistantParts,
    /// Another speaks between the parts.
    CrossesSpeakers,
    /// A bracket adds, or stands for, a negation.
    BracketNegation,
    /// A bracket adds, or stands for, a number.
    BracketNumber,
    /// A bracket puts other words of content in the place of the source's, or stands for many.
    BracketClause,
    /// Sentences are parted otherwise than in the source.
    SentenceMarks,
    /// The sentence that it is cut from is negated.
    Negated,
    /// The sentence that it is cut from is conditional.
    Conditional,
    /// The sentence that it is cut from is hypothetical.
    Hypothetical,
    /// The sentence that it is cut from goes on with a `but`.
    Contrasted,
    /// It is cut from a question.
    Question,
    /// The speaker quotes someone else.
    QuotesAnother,
    /// So short that many say it.
    CommonWords,
    /// It cannot be told whether the one whom the draft names said it.
    SpeakerUnknown,
}

impl RiskKind {
    /// Returns the risk that a caution tells of.
    pub(crate) const fn of_caution(kind: CautionKind) -> Self {
        match kind {
            CautionKind::Conditional => Self::Conditional,
            CautionKind::Negated => Self::Negated,
            CautionKind::Hypothetical => Self::Hypothetical,
            CautionKind::Contrasted => Self::Contrasted,
            CautionKind::Quoted => Self::QuotesAnother,
            CautionKind::Question => Self::Question,
        }
    }

    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OmitsNegation => "omits-negation",
            Self::OmitsCondition => "omits-condition",
            Self::DistantParts => "distant-parts",
            Self::CrossesSpeakers => "crosses-speakers",
            Self::BracketNegation => "bracket-negation",
            Self::BracketNumber => "bracket-number",
            Self::BracketClause => "bracket-clause",
            Self::SentenceMarks => "sentence-marks",
            Self::Negated => "negated",
            Self::Conditional => "conditional",
            Self::Hypothetical => "hypothetical",
            Self::Contrasted => "contrasted",
            Self::Question => "question",
            Self::QuotesAnother => "quotes-another",
            Self::CommonWords => "common-words",
            Self::SpeakerUnknown => "speaker-unknown",
        }
    }
}

impl Serialize for RiskKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A reason to look again before a quote is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Risk {
    /// What the risk is.
    pub risk: RiskKind,
    /// The words that show it, of the source where they are its.
    pub words: String,
}

/// Whose words a draft says that a quote is, and when they were said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The speaker, as the draft writes the name; none makes no claim.
    pub speaker: Option<&'a str>,
    /// The date, as precise as the draft gives it.
    pub date: Option<CivilDate>,
}

/// What was found of a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The quote as the draft has it, without the marks around it.
    pub text: String,
    /// How it stands to the record.
    pub verdict: Verdict,
    /// Why the verdict is no better, in a few words.
    pub reason: Option<String>,
    /// Reasons to look again, in the order of [`RiskKind`].
    pub risks: Vec<Risk>,
    /// What else around the words is worth reading.
    pub notes: Vec<Risk>,
    /// The speaker that the draft names.
    pub claimed_speaker: Option<String>,
    /// The date that the draft names.
    pub claimed_date: Option<String>,
    /// Where the words, or the nearest ones, stand.
    pub source: Option<SourceQuote>,
    /// The word diff of an altered quote, its own words in `[-…-]`, the source's in `{+…+}`.
    pub diff: Option<String>,
    /// How near an altered quote is to its source, 0 to 1.
    pub similarity: Option<f32>,
    /// What each ellipsis leaves out.
    pub omitted: Vec<String>,
    /// What each bracket changes.
    pub bracketed: Vec<Bracketed>,
    /// What differs though no word does.
    pub foldings: Vec<Folding>,
}

impl Finding {
    /// Tells whether the quote can be used as it is: exact, and without risks.
    pub fn is_safe(&self) -> bool {
        self.verdict.is_exact() && self.risks.is_empty()
    }
}

/// What a bracket changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bracketed {
    /// The bracket, or the word that it changes.
    pub quote: String,
    /// The words in its place; empty where it was put in.
    pub source: String,
}

/// A place of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceQuote {
    /// The id of the document.
    pub document: String,
    /// Its file, from the corpus's folder.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Who said the words, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The date of the document.
    pub date: Option<String>,
    /// Where the words start in the document's text, in bytes.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// The words from the first to the last, as they were said.
    pub text: String,
    /// The sentence before, and what of its own sentence stands before the quote.
    pub before: String,
    /// What of its own sentence stands behind the quote, and the sentence behind it.
    pub after: String,
    /// The source as a note cites it.
    pub citation: String,
}
