//! A text by itself, without a file or a layout.

use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Span};

/// The longest line of a text that was wrapped by hand, in characters. Typewriters and mail wrap
/// at some 80.
const MAX_WRAPPED: usize = 110;
/// The shortest that is no line of a verse, a list or an address.
const MIN_WRAPPED: usize = 40;

/// Makes a document of a text by itself: its paragraphs are what blank lines part, and each line
/// where lines are not wrapped.
///
/// The text stays as it is, so that every span of the document is one of the text.
///
/// ```
/// use onrecord_quotes::{document_of, extract};
///
/// let document = document_of("The Mayor said, “Ports must stay open.”");
/// let found = extract(&document, &[], &|_, _| None);
/// assert_eq!(document.slice(found.quotes[0].content[0]), "Ports must stay open.");
/// ```
pub fn document_of(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut chunk: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let visible = line.trim();
        let from = at + line.len() - line.trim_start().len();
        if visible.is_empty() {
            push_chunk(text, &mut chunk, &mut blocks);
        } else {
            chunk.push(Span::from_range(from..from + visible.len()));
        }
        at += line.len();
    }
    push_chunk(text, &mut chunk, &mut blocks);
    let id = DocumentId::new("", "", None);
    Document::new(id, Metadata::default(), text.into(), blocks)
}

/// Makes blocks of lines that stand together.
fn push_chunk(text: &str, chunk: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    let lines = std::mem::take(chunk);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    if is_wrapped(text, &lines) {
        let span = Span::new(first.start, last.end);
        return blocks.push(Block::new(span, BlockKind::Paragraph));
    }
    for line in lines {
        let starts_item = text.get(line.range()).is_some_and(|line| {
            line.starts_with(['•', '◦', '▪', '·'])
                || line.starts_with("* ")
                || line.starts_with("- ")
        });
        let kind = if starts_item { BlockKind::ListItem } else { BlockKind::Paragraph };
        blocks.push(Block::new(line, kind));
    }
}

/// Tells whether lines are those of one paragraph: short, and most end inside a sentence.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let Some((_, inner)) = lines.split_last() else { return false };
    let written = |line: &Span| text.get(line.range()).unwrap_or_default();
    let is_short = lines.iter().all(|line| written(line).chars().count() <= MAX_WRAPPED);
    let is_full = |line: &&Span| {
        let line = written(line);
        line.chars().count() >= MIN_WRAPPED && !line.ends_with(['.', '!', '?', ':', ';', '”', '"'])
    };
    !inner.is_empty() && is_short && inner.iter().filter(is_full).count() * 2 > inner.len()
}
