use crate::{Span, Speaker};
use serde::{Deserialize, Serialize};

/// What one person says until the next speaks.
///
/// The blocks of a turn carry its [`TurnId`](crate::TurnId).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Where the text names the one who speaks, such as `THE PRESIDENT:`; none where only markup
    /// does. It lies at the start of the turn's first block, behind a mark such as `*` or `12.` at
    /// most, and is no word of the speech.
    pub label: Option<Span>,
    /// The one who speaks, as the text or its markup names them.
    pub named_as: Option<Box<str>>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<Speaker>,
}
