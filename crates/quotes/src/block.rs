//! What paragraphs around a block say of whose words it is.

use crate::before::cue_before;
use crate::finding::{Asked, Finding};
use crate::label::{label_name, sign_off, signature};
use crate::reason::is_clause;
use crate::source::Phrase;
use crate::words::{Piece, Token, tokenize};
use onrecord_model::{AttributionRule, Block, BlockKind, Span};

/// The longest line that may be a signature, in bytes.
const MAX_SIGNATURE: u32 = 240;
/// How much of the end of a paragraph may introduce the next one, in bytes.
const MAX_LEAD_IN: u32 = 600;
/// The most tokens between a verb of speech and the colon behind it.
const MAX_TO_COLON: usize = 12;
/// What stands in for a block when its lead-in is read: any whole sentence.
const ANY_SENTENCE: &str = "Any sentence is here.";

/// Whose words they are, in places of the text.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) rule: AttributionRule,
    pub(crate) source: Span,
    pub(crate) cue: Option<Span>,
    /// 0 to 1.
    pub(crate) confidence: f32,
}

fn span_of(tokens: &[Token<'_>], phrase: &Phrase) -> Option<Span> {
    let last = tokens.get(phrase.end.checked_sub(1)?)?;
    Some(Span::new(tokens.get(phrase.start)?.span.start, last.span.end))
}

/// Tells whether a block begins as a signature does, with a dash.
pub(crate) fn is_signature(text: &str, block: &Block) -> bool {
    let line = text.get(block.span.range()).unwrap_or_default();
    line.starts_with(['—', '―', '–']) || line.starts_with("--") || line.starts_with("- ")
}

/// Reads a block that is a dash and a name.
pub(crate) fn signature_in(text: &str, block: &Block) -> Option<Given> {
    if !is_signature(text, block) || block.span.len() > MAX_SIGNATURE {
        return None;
    }
    let tokens = tokenize(text, block.span, &[]);
    if tokens.first()?.piece != Piece::Dash {
        return None;
    }
    let name = signature(&tokens, 1)?;
    let source = span_of(&tokens, &name)?;
    Some(Given { rule: AttributionRule::Dash, source, cue: None, confidence: 0.93 })
}

/// Reads a block that says whose desk the words around it come from.
pub(crate) fn sign_off_in(text: &str, block: &Block) -> Option<Given> {
    let line = text.get(block.span.range())?;
    let head = line.get(..13.min(line.len()))?;
    if !head.eq_ignore_ascii_case("from the desk") || block.span.len() > MAX_SIGNATURE {
        return None;
    }
    let tokens = tokenize(text, block.span, &[]);
    let source = span_of(&tokens, &sign_off(&tokens, 0)?.source?)?;
    Some(Given { rule: AttributionRule::SignOff, source, cue: None, confidence: 0.9 })
}

/// Tells whether a block without marks may be a quotation behind a lead-in: a sentence, and no
/// item of what the speaker lists.
pub(crate) fn may_be_quoted(text: &str, block: &Block) -> bool {
    let words = text.get(block.span.range()).unwrap_or_default();
    words.starts_with(char::is_uppercase) && is_clause(words)
}

/// Tells whether the report at the end of a paragraph introduces the next one: someone else says
/// it, and right before the colon.
fn introduces(tokens: &[Token<'_>], finding: &Finding) -> bool {
    let is_own = finding
        .source
        .as_ref()
        .and_then(|source| tokens.get(source.start))
        .is_none_or(|token| token.is_any(&["i", "we", "you", "many", "some"]));
    let is_near = finding.cue.as_ref().is_some_and(|cue| tokens.len() - cue.end <= MAX_TO_COLON);
    let reports = matches!(finding.rule, AttributionRule::CueBefore | AttributionRule::WordsOf);
    // `Remarks of Ada Vale on Ports:` is a title.
    let is_title = tokens.iter().any(|token| token.is_any(&["remarks"]));
    reports && is_near && !is_own && !is_title
}

/// Reads the end of a paragraph that introduces the next one: `And from Mayor Vale:`.
pub(crate) fn lead_in(text: &str, block: &Block) -> Option<Given> {
    let is_prose = match block.kind {
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading(_) => true,
        BlockKind::Header | BlockKind::Quotation | BlockKind::Table | BlockKind::Note => false,
    };
    let paragraph = text.get(block.span.range())?;
    if !is_prose || !paragraph.ends_with(':') {
        return None;
    }
    let from = paragraph.len().saturating_sub(MAX_LEAD_IN as usize);
    let from = paragraph.ceil_char_boundary(from);
    let start = block.span.start + Span::from_range(0..from).end;
    let tokens = tokenize(text, Span::new(start, block.span.end), &[]);
    let asked = Asked { tokens: &tokens, at: tokens.len(), words: ANY_SENTENCE, first_word: 0 };
    let start = asked.sentence_start();
    let opener = tokens.get(start..start + 2);
    let is_from = opener.is_some_and(|words| words.iter().any(|token| token.is_any(&["from"])));
    let name = is_from.then(|| label_name(&tokens, start, tokens.len() - 1)).flatten();
    let (phrase, cue, confidence) = match name {
        Some(name) => (name, None, 0.9),
        None => {
            let finding = cue_before(&asked).filter(|finding| introduces(&tokens, finding))?;
            (finding.source?, finding.cue, finding.confidence * 0.95)
        }
    };
    let cue = cue.and_then(|cue| span_of(&tokens, &cue));
    let source = span_of(&tokens, &phrase)?;
    Some(Given { rule: AttributionRule::LeadIn, source, cue, confidence })
}
