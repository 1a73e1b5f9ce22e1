use crate::{PriorityId, Span};

/// What gave a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Terms of the taxonomy.
    Rules,
    /// Learned weights alone.
    Model,
    /// Both.
    Both,
}

impl Method {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Model => "model",
            Self::Both => "both",
        }
    }
}

/// One occurrence of a term that counted for a label: a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where the term stands in the document's text.
    pub span: Span,
    /// The term as the taxonomy writes it, the name of the rule.
    pub rule: Box<str>,
    /// What it added to the score before squashing.
    pub weight: f32,
}

/// A priority that a passage speaks of, with the reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The ordinal of the passage.
    pub passage: u32,
    /// The priority.
    pub priority: PriorityId,
    /// Strength, 0 to 1.
    pub score: f32,
    /// The mentions, in text order; empty where the model alone gave the label.
    pub evidence: Vec<Evidence>,
    /// What gave it.
    pub method: Method,
}
