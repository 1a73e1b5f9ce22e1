use super::{Alignment, Edit};
use onrecord_model::Span;

/// A piece of a word diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffPart<'a> {
    /// Whose words they are.
    pub kind: DiffPartKind,
    /// The words as written; of kept ones as the source writes them, with what stands between.
    pub text: &'a str,
}

/// Whose words a piece of a word diff holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffPartKind {
    /// Of both.
    Kept,
    /// Of the line alone.
    Dropped,
    /// Of the source alone.
    Added,
}

impl DiffPartKind {
    /// Returns its name, as outputs write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dropped => "dropped",
            Self::Added => "added",
        }
    }
}

/// Writes an alignment out as pieces of text: without the dropped ones they are the stretch of
/// the source, letter by letter.
///
/// `line` and `source` are the texts that were aligned.
pub fn diff<'a>(alignment: &Alignment, line: &'a str, source: &'a str) -> Vec<DiffPart<'a>> {
    let mut pieces = Pieces { line, source, at: alignment.window.start, parts: Vec::new() };
    let edits = &alignment.edits;
    for (place, edit) in edits.iter().enumerate() {
        match *edit {
            Edit::Kept { source, .. } => pieces.push_source(DiffPartKind::Kept, source),
            Edit::Changed { line, source, .. } => {
                pieces.push_gap(source.start);
                pieces.push_line(line);
                pieces.push_source(DiffPartKind::Added, source);
            }
            Edit::Dropped { line, .. } => {
                // Before the next word of the source, behind what stands between the two.
                if let Some(next) = edits.get(place..).and_then(|e| e.iter().find_map(Edit::source))
                {
                    pieces.push_gap(next.start);
                }
                pieces.push_line(line);
            }
            Edit::Added { source, .. } => pieces.push_source(DiffPartKind::Added, source),
        }
    }
    pieces.finish()
}

/// Writes a word diff in one line: `We will [-fight-]{+act+} now`.
pub fn format_diff(parts: &[DiffPart<'_>]) -> String {
    let mut written = String::new();
    for (place, part) in parts.iter().enumerate() {
        let follows_dropped =
            place > 0 && parts[place - 1].kind == DiffPartKind::Dropped && !written.ends_with(' ');
        match part.kind {
            DiffPartKind::Kept => {
                if follows_dropped && !part.text.starts_with(char::is_whitespace) {
                    written.push(' ');
                }
                written.push_str(part.text);
            }
            DiffPartKind::Dropped => {
                if !written.is_empty() && !written.ends_with(char::is_whitespace) {
                    written.push(' ');
                }
                written.push_str("[-");
                written.push_str(part.text);
                written.push_str("-]");
            }
            DiffPartKind::Added => {
                written.push_str("{+");
                written.push_str(part.text);
                written.push_str("+}");
            }
        }
    }
    written
}

/// Pieces, each with its place in its text.
struct Pieces<'a> {
    line: &'a str,
    source: &'a str,
    /// Up to where the source is written.
    at: u32,
    parts: Vec<(DiffPartKind, Span)>,
}

impl<'a> Pieces<'a> {
    /// Appends what the source has between words.
    fn push_gap(&mut self, until: u32) {
        if self.at < until {
            self.push(DiffPartKind::Kept, Span::new(self.at, until));
            self.at = until;
        }
    }

    fn push_source(&mut self, kind: DiffPartKind, word: Span) {
        // Between two added words it is added with them.
        let is_run = self.parts.last().is_some_and(|(last, _)| *last == kind);
        let start = if is_run { self.at.min(word.start) } else { word.start };
        self.push_gap(start);
        self.push(kind, Span::new(start, word.end));
        self.at = word.end;
    }

    fn push_line(&mut self, word: Span) {
        match self.parts.last_mut() {
            // Words that follow each other in the line do so here.
            Some((DiffPartKind::Dropped, span)) => span.end = word.end,
            Some(_) | None => self.parts.push((DiffPartKind::Dropped, word)),
        }
    }

    fn push(&mut self, kind: DiffPartKind, piece: Span) {
        match self.parts.last_mut() {
            Some((last, span)) if *last == kind && span.end == piece.start => span.end = piece.end,
            Some(_) | None => self.parts.push((kind, piece)),
        }
    }

    fn finish(self) -> Vec<DiffPart<'a>> {
        let (line, source) = (self.line, self.source);
        let text = |kind, span: Span| match kind {
            DiffPartKind::Dropped => line.get(span.range()),
            DiffPartKind::Kept | DiffPartKind::Added => source.get(span.range()),
        };
        self.parts
            .into_iter()
            .map(|(kind, span)| DiffPart { kind, text: text(kind, span).unwrap_or_default() })
            .collect()
    }
}
