//! What a comparison overlooked.

use super::matching::{Match, PartMatch};
use super::source::SourceText;
use onrecord_model::Span;
use onrecord_text::inline_notes;
use serde::Serialize;
use std::collections::BTreeSet;

/// A difference between a quote and its source that changes no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Folding {
    /// The first letter is a capital in one of them only.
    FirstLetter,
    /// Other letters are capitals in one of them only.
    Case,
    /// Quotation marks or apostrophes have another shape.
    QuotationMarks,
    /// Dashes or hyphens have another length.
    Dashes,
    /// Blanks differ.
    Spaces,
    /// Ligatures, or characters that are not seen.
    Characters,
    /// Numbers are grouped otherwise: `57,000`.
    DigitGrouping,
    /// The mark at the end differs: a full stop for a comma.
    ClosingPunctuation,
    /// Marks inside differ that change no sentence: commas, dashes, brackets.
    Punctuation,
    /// The source has a stage direction between the words.
    StageDirections,
    /// The source has the end of a paragraph between the words.
    ParagraphBreak,
}

impl Folding {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstLetter => "first-letter",
            Self::Case => "case",
            Self::QuotationMarks => "quotation-marks",
            Self::Dashes => "dashes",
            Self::Spaces => "spaces",
            Self::Characters => "characters",
            Self::DigitGrouping => "digit-grouping",
            Self::ClosingPunctuation => "closing-punctuation",
            Self::Punctuation => "punctuation",
            Self::StageDirections => "stage-directions",
            Self::ParagraphBreak => "paragraph-break",
        }
    }
}

/// What of a quote and its source differs though all words are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Overlooked {
    /// The foldings, in the order of [`Folding`].
    pub(crate) foldings: BTreeSet<Folding>,
    /// Marks that part sentences in one of them only: the words around, of the source.
    pub(crate) sentence_marks: Vec<Span>,
}

/// Compares a quote with its source mark by mark.
pub(crate) fn overlooked(quote: &str, found: &Match, source: &SourceText) -> Overlooked {
    let mut overlooked = Overlooked::default();
    for (at, part) in found.parts.iter().enumerate() {
        compare_words(quote, part, source, at == 0, &mut overlooked);
        compare_between(quote, part, source, &mut overlooked);
    }
    compare_end(quote, found, source, &mut overlooked);
    overlooked
}

fn compare_words(
    quote: &str,
    part: &PartMatch,
    source: &SourceText,
    is_first_part: bool,
    overlooked: &mut Overlooked,
) {
    for (at, (span, word)) in part.pairs.iter().enumerate() {
        let is_edited = part.edits.iter().any(|edit| edit.quote.contains(*span));
        let ours = quote.get(span.range()).unwrap_or_default();
        let theirs = source.spans.get(*word).map(|span| source.slice(*span)).unwrap_or_default();
        if ours == theirs || is_edited {
            continue;
        }
        let straight = |text: &str| text.replace(['’', '‘', 'ʼ'], "'");
        let (ours_straight, theirs_straight) = (straight(ours), straight(theirs));
        if marks_in(ours) != marks_in(theirs) {
            overlooked.foldings.insert(Folding::QuotationMarks);
        }
        if ours_straight == theirs_straight {
            continue;
        }
        let folding = if ours_straight.to_lowercase() != theirs_straight.to_lowercase() {
            if ours.contains(',') != theirs.contains(',') {
                Folding::DigitGrouping
            } else {
                Folding::Characters
            }
        } else if at == 0 && is_first_part && tail(&ours_straight) == tail(&theirs_straight) {
            Folding::FirstLetter
        } else {
            Folding::Case
        };
        overlooked.foldings.insert(folding);
    }
}

fn marks_in(word: &str) -> Vec<char> {
    word.chars().filter(|c| matches!(c, '’' | '‘' | 'ʼ' | '\'')).collect()
}

/// Returns a word without its first letter.
fn tail(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next();
    letters.as_str()
}

fn compare_between(
    quote: &str,
    part: &PartMatch,
    source: &SourceText,
    overlooked: &mut Overlooked,
) {
    for pair in part.pairs.windows(2) {
        let [(before, first), (behind, second)] = pair else { continue };
        let is_edited = part.edits.iter().any(|edit| {
            !edit.is_part && edit.quote.start >= before.end && edit.quote.end <= behind.start
        });
        let (Some(a), Some(b)) = (source.spans.get(*first), source.spans.get(*second)) else {
            continue;
        };
        let span = Span::new(a.end, b.start.max(a.end));
        let ours = quote.get(before.end as usize..behind.start as usize).unwrap_or_default();
        if !is_edited && second - first == 1 {
            compare_gap(ours, source, span, overlooked);
        }
    }
}

/// Compares what stands between two words, in the quote and at a place of the source.
fn compare_gap(ours: &str, source: &SourceText, span: Span, overlooked: &mut Overlooked) {
    let theirs = source.slice(span);
    if ours == theirs {
        return;
    }
    let foldings = &mut overlooked.foldings;
    let (ours_said, ours_has_note) = without_notes(ours);
    let (theirs_said, theirs_has_note) = without_notes(theirs);
    if ours_has_note != theirs_has_note {
        foldings.insert(Folding::StageDirections);
    }
    let is_broken = theirs.contains("\n\n") != ours.contains("\n\n");
    if is_broken {
        foldings.insert(Folding::ParagraphBreak);
    }
    let (a, b) = (Gap::of(&ours_said), Gap::of(&theirs_said));
    if a.quotation_marks != b.quotation_marks {
        foldings.insert(Folding::QuotationMarks);
    }
    if a.marks == b.marks {
        if a.dashes != b.dashes {
            foldings.insert(Folding::Dashes);
        } else if a.has_blank != b.has_blank
            || (a == b && !is_broken && ours_has_note == theirs_has_note)
        {
            foldings.insert(Folding::Spaces);
        }
    } else if a.sentence_marks() == b.sentence_marks() {
        foldings.insert(Folding::Punctuation);
    } else {
        overlooked.sentence_marks.push(span);
    }
}

fn without_notes(text: &str) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for note in inline_notes(text) {
        kept.push_str(text.get(from..note.start as usize).unwrap_or_default());
        from = note.end as usize;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    (kept, from > 0)
}

/// What stands between two words.
#[derive(Debug, PartialEq, Eq)]
struct Gap {
    /// Marks but for blanks and quotation marks; each dash is `-`.
    marks: String,
    dashes: String,
    quotation_marks: String,
    has_blank: bool,
}

impl Gap {
    fn of(text: &str) -> Self {
        let mut gap = Self {
            marks: String::new(),
            dashes: String::new(),
            quotation_marks: String::new(),
            has_blank: false,
        };
        for c in text.chars() {
            match c {
                c if c.is_whitespace() => gap.has_blank = true,
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {
                    gap.dashes.push(c);
                    if !gap.marks.ends_with('-') {
                        gap.marks.push('-');
                    }
                }
                '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\'' | '‘' | '’' | '‹' | '›' =>
                {
                    gap.quotation_marks.push(c);
                }
                '…' => gap.marks.push_str("..."),
                // What stands before a mark that markup would take as its own.
                '\\' => {}
                c => gap.marks.push(c),
            }
        }
        gap
    }

    /// Returns the marks that part sentences or say what kind they are.
    fn sentence_marks(&self) -> String {
        self.marks.chars().filter(|c| matches!(c, '.' | '?' | '!' | ';' | ':')).collect()
    }
}

/// Compares the marks behind the last word.
fn compare_end(quote: &str, found: &Match, source: &SourceText, overlooked: &mut Overlooked) {
    let Some((last, word)) = found.parts.last().and_then(|part| part.pairs.last()) else { return };
    let Some(span) = source.spans.get(*word) else { return };
    let closing = |text: &str| -> String {
        let marks = text.chars().take_while(|c| !c.is_alphanumeric() && *c != '[');
        marks.filter(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?')).take(1).collect()
    };
    let ours = closing(quote.get(last.end as usize..).unwrap_or_default());
    let theirs = closing(source.text.get(span.end as usize..).unwrap_or_default());
    if ours == theirs {
        return;
    }
    let is_kind = |mark: &str| matches!(mark, "?" | "!");
    if is_kind(&ours) {
        overlooked.sentence_marks.push(*span);
    } else if !ours.is_empty() {
        overlooked.foldings.insert(Folding::ClosingPunctuation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::matching::number;
    use crate::check::pattern::read_pattern;
    use crate::check::source::Forms;

    #[test]
    fn what_differs_is_named() {
        let speech = "We won't sell -- not now. (Laughter.) The Council, of 57,000, waits: long.";
        let mut forms = Forms::default();
        let source = SourceText::of(&[(None, speech), (None, "Will it hold?")], &mut forms);
        for (quote, expected) in [
            ("We won't sell -- not now.", ""),
            ("we won't sell -- not now", "first-letter"),
            ("We won’t sell—not now,", "quotation-marks dashes closing-punctuation"),
            ("WE won't sell --  not now.", "case spaces"),
            ("now. The Council, of 57000,", "digit-grouping stage-directions"),
            ("The Council of 57,000, waits: long.", "punctuation"),
            ("57,000, waits. Long.", "case !"),
            ("waits: long. Will it hold?", "paragraph-break"),
            ("Will it hold", ""),
            ("Will it hold,", "closing-punctuation"),
            ("The Council, of 57,000!", "!"),
        ] {
            let found = number(&read_pattern(quote), &mut forms).find(&source);
            let overlooked = overlooked(quote, found.first().expect(quote), &source);
            let mut names: Vec<&str> =
                overlooked.foldings.iter().map(|folding| folding.name()).collect();
            names.extend(overlooked.sentence_marks.iter().map(|_| "!"));
            assert_eq!(names.join(" "), expected, "{quote}");
        }
    }
}
