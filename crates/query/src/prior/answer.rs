use crate::cited::CitedWords;
use serde::Serialize;

/// What was said before on what a draft says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorResponse {
    /// Whose statements were looked for, of sentences; none for everybody's. The sources of claims
    /// may be anyone's.
    pub speaker: Option<String>,
    /// The day, month or year before which a statement had to be made, where there is one: as asked
    /// for, else the date of the draft.
    pub before: Option<String>,
    /// Whether only statements that differ are among those of the sentences.
    pub only_differing: bool,
    /// How many documents have no date, and so were left out where one had to be before another.
    pub n_undated: u64,
    /// How many documents may be of that day or later, or of an earlier one, since their date is
    /// known to the year or the month only; they were left out.
    pub n_imprecise: u64,
    /// The ids of documents that are versions of the draft itself, and were left out; sorted.
    pub versions: Vec<String>,
    /// The sentences of the draft, in order, those without an earlier statement too.
    pub sentences: Vec<PriorSentence>,
    /// The claims of the draft that want a source, in order.
    pub claims: Vec<PriorClaim>,
}

/// Where words stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The first byte.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// The first character.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
}

/// A sentence of a draft with what was said before on the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorSentence {
    /// Its place among the sentences of the draft, counted from 0.
    pub sentence: usize,
    /// Its words.
    pub text: String,
    /// Where it stands in the draft's text.
    #[serde(flatten)]
    pub place: Place,
    /// Whose sentence it is, where the draft tells.
    pub speaker: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// How many statements on its subject were looked at: the nearest, 40 or as many as are asked
    /// for.
    pub n_statements: usize,
    /// How many of these differ.
    pub n_differing: usize,
    /// Those of them that are listed: by the draft's own speaker first, then the nearest.
    pub statements: Vec<PriorStatement>,
}

/// Whether something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Something was found.
    Found,
    /// Nothing was found.
    None,
    /// Nothing was found in the passages that were read, the nearest; there are more.
    NoneAmongNearest,
    /// Too few words tell what it is about.
    CannotTell,
}

impl Outcome {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::None => "none",
            Self::NoneAmongNearest => "none-among-nearest",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// A sentence of the index, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorStatement {
    /// How much of what the draft's sentence is about it shares, 0 to 1; see `docs/prior.md`.
    pub similarity: f32,
    /// Whether it is by the speaker of the draft's sentence; none where either is not known.
    pub same_speaker: Option<bool>,
    /// What differs, in the order of the draft's sentence.
    pub differences: Vec<Difference>,
    /// In how many other places the same words were read.
    pub n_repeats: usize,
    /// Its words, and where they stand.
    #[serde(flatten)]
    pub cited: CitedWords,
}

/// What two statements differ in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What sort of words differ.
    pub kind: DifferenceKind,
    /// The words of the draft.
    pub draft: String,
    /// Where they stand in the draft's text.
    pub draft_place: Place,
    /// The words of the earlier statement.
    pub statement: String,
    /// Where they stand in its document's text.
    pub statement_place: Place,
}

/// What sort of words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// Numbers of one thing that cannot be the same.
    Number,
    /// One is denied, the other not.
    Negation,
    /// `Will` and `may` of one verb.
    Modal,
}

impl DifferenceKind {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Negation => "negation",
            Self::Modal => "modal",
        }
    }
}

/// A number of a draft, or a claim that goes for all or for the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorClaim {
    /// The place of its sentence among the sentences of the draft, counted from 0.
    pub sentence: usize,
    /// What sort of claim: `number`, `superlative`, `always`, `never`, `first`, `only`, `every`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
    /// Where it stands in the draft's text.
    #[serde(flatten)]
    pub place: Place,
    /// Of a number: its unit.
    pub unit: Option<&'static str>,
    /// Of a number: its value in that unit.
    pub value: Option<f64>,
    /// Whether some sentence holds the same number or word.
    pub outcome: Outcome,
    /// How many passages have its words and some of its sentence, so that a source may be in them.
    pub n_passages: u64,
    /// How many of them were read, the nearest first: all, or as many as found a source.
    pub n_read: u64,
    /// How many sentences were found that share its subject and hold the same number or word; the
    /// same words in several places count once.
    pub n_sources: usize,
    /// Those of them that are listed, the nearest first. They may say something else of it.
    pub sources: Vec<PriorStatement>,
}
