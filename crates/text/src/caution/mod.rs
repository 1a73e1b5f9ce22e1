//! What around a quote makes it unsafe on its own.

mod conditional;
mod context;
mod contrast;
mod hypothetical;
mod marks;
mod negation;
mod question;
mod reported;

pub use context::{Neighbours, neighbours};

use context::Context;
use onrecord_model::Span;

/// Why words cut from their context may say something else than they did there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CautionKind {
    /// They hold on a condition that was left out: `if`, `unless`, `were we to`.
    Conditional,
    /// They are denied from outside: `it is not true that`, `nobody believes`, `never`.
    Negated,
    /// They are tried out, not said: `suppose`, `what if`, `some would say`.
    Hypothetical,
    /// They are qualified by what follows: `but`, `although`, or a next sentence with `however`.
    Contrasted,
    /// They are another's words: `he told me`, or marks of quotation around them.
    Quoted,
    /// They are part of a question.
    Question,
}

impl CautionKind {
    /// All kinds, in the order of declaration.
    pub const ALL: [Self; 6] = [
        Self::Conditional,
        Self::Negated,
        Self::Hypothetical,
        Self::Contrasted,
        Self::Quoted,
        Self::Question,
    ];

    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conditional => "conditional",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
            Self::Contrasted => "contrasted",
            Self::Quoted => "quoted",
            Self::Question => "question",
        }
    }
}

/// How much a caution says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CautionWeight {
    /// The words govern the quote: without them it misleads.
    Risk,
    /// Worth reading before quoting; most quotes with it are sound. A next sentence with `but`
    /// is one: every twentieth sentence of a speech has it.
    Note,
}

impl CautionWeight {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Note => "note",
        }
    }
}

/// One reason to look at the context before quoting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caution {
    /// What sort of reason.
    pub kind: CautionKind,
    /// Whether to warn, or only to show it.
    pub weight: CautionWeight,
    /// The words that tell it, outside the quote.
    pub trigger: Span,
}

impl Caution {
    const fn risk(kind: CautionKind, trigger: Span) -> Self {
        Self { kind, weight: CautionWeight::Risk, trigger }
    }

    const fn note(kind: CautionKind, trigger: Span) -> Self {
        Self { kind, weight: CautionWeight::Note, trigger }
    }
}

/// Finds what makes a quote unsafe on its own, at most one caution of each kind, in the order of
/// [`CautionKind`].
///
/// `text` is a paragraph or more, `sentences` its sentences in order, as [`sentences`] finds them,
/// and `quote` the span of the words quoted from it. Only what stands outside the quote and
/// governs it counts: a conditional sentence that is quoted whole, with its `if`, is sound. Words
/// are looked at within 600 bytes of the quote, marks of quotation within 4,000. Words of English
/// are known, of no other language.
///
/// [`sentences`]: crate::sentences()
///
/// ```
/// use onrecord_model::Span;
/// use onrecord_text::{CautionKind, cautions, sentences};
///
/// let text = "If the council agrees, we will close the harbour.";
/// let sentences = sentences(text, Span::new(0, 49));
/// let found = cautions(text, &sentences, Span::new(23, 48));
/// assert_eq!((found[0].kind, found[0].trigger), (CautionKind::Conditional, Span::new(0, 2)));
/// assert!(cautions(text, &sentences, Span::new(0, 49)).is_empty());
/// ```
pub fn cautions(text: &str, sentences: &[Span], quote: Span) -> Vec<Caution> {
    let Some(context) = Context::around(text, sentences, quote) else { return Vec::new() };
    [
        conditional::find(&context),
        negation::find(&context),
        hypothetical::find(&context),
        contrast::find(&context),
        marks::find(text, quote).or_else(|| reported::find(&context)),
        question::find(&context),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests;
