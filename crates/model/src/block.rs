use crate::Span;
use serde::{Deserialize, Serialize};

/// The place of a speaker turn among a document's turns, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TurnId(pub u32);

/// What a block of text is in its document's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// Lines that describe the document before its body starts: issuer, date, place, "For
    /// Immediate Release".
    Header,
    /// A heading of the given level, 1 the highest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A set-off quotation.
    Quotation,
    /// A table, one row a line.
    Table,
    /// A stage direction, footnote or editorial remark.
    Note,
}

impl BlockKind {
    /// Tells whether words of such a block were said or stated, and so count as words of speech.
    pub const fn is_speech(self) -> bool {
        match self {
            Self::Paragraph | Self::ListItem | Self::Quotation | Self::Table => true,
            Self::Header | Self::Heading(_) | Self::Note => false,
        }
    }

    /// Returns the name used in outputs, lower case, without a heading's level.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list-item",
            Self::Quotation => "quotation",
            Self::Table => "table",
            Self::Note => "note",
        }
    }
}

/// A stretch of a document's text that its layout sets apart.
///
/// The blocks of a document are in order, disjoint, start and end on visible characters, and
/// together hold every visible character of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where the block stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The turn that it belongs to, where turns were read.
    pub turn: Option<TurnId>,
    /// The page it starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
}

impl Block {
    /// Makes a block outside any turn or page.
    pub const fn new(span: Span, kind: BlockKind) -> Self {
        Self { span, kind, turn: None, page: None }
    }
}
