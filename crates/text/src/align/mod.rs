//! Alignment of a line, such as a remembered or quoted one, with the stretch of a longer text that
//! it is nearest to.

mod diff;
mod grid;
mod likeness;
mod moved;
mod verbatim;

pub use diff::{DiffPart, DiffPartKind, diff, format_diff};
pub use likeness::Likeness;
pub use verbatim::find_verbatim;

use crate::lexicon::Lexicon;
use crate::words::WordsIn;
use grid::Step;
use likeness::Likenesses;
use onrecord_model::Span;

/// The longest line that is aligned, in words: what a page or four holds.
pub const MAX_LINE_WORDS: usize = 2_048;

/// The stretch of a text that a line is nearest to, and how the two differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// How alike the words are, 0 (none in common) to 1 (the same words in the same order): the
    /// credit of the pairs of words, divided by the words of the longer of the two. A kept word
    /// has the credit 1, see [`Edit::credit`] for the others.
    pub similarity: f32,
    /// From the first to the last word of the stretch; empty where no word was found.
    pub window: Span,
    /// What makes the stretch of the line: every word of both, in order, is in one of them.
    pub edits: Vec<Edit>,
}

/// What became of a word; spans are in bytes of the line and of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The same word, folded.
    Kept {
        /// In the line.
        line: Span,
        /// In the source.
        source: Span,
    },
    /// Another word in its place.
    Changed {
        /// In the line.
        line: Span,
        /// In the source.
        source: Span,
        /// What the two have in common.
        likeness: Likeness,
    },
    /// A word of the line that the source does not have in this place.
    Dropped {
        /// In the line.
        line: Span,
        /// Whether the source has it in another place, where it is `Added`.
        moved: bool,
    },
    /// A word of the source that the line does not have in this place.
    Added {
        /// In the source.
        source: Span,
        /// Whether the line has it in another place, where it is `Dropped`.
        moved: bool,
    },
}

impl Edit {
    /// Returns where the word stands in the line, if it does.
    pub const fn line(&self) -> Option<Span> {
        match *self {
            Self::Kept { line, .. } | Self::Changed { line, .. } | Self::Dropped { line, .. } => {
                Some(line)
            }
            Self::Added { .. } => None,
        }
    }

    /// Returns where the word stands in the source, if it does.
    pub const fn source(&self) -> Option<Span> {
        match *self {
            Self::Kept { source, .. }
            | Self::Changed { source, .. }
            | Self::Added { source, .. } => Some(source),
            Self::Dropped { .. } => None,
        }
    }

    /// Tells whether the word is the same in both.
    pub const fn is_kept(&self) -> bool {
        matches!(self, Self::Kept { .. })
    }

    /// Returns what a word of the line counts for in the similarity, 0 to 1.
    ///
    /// The values are of our own choosing: another form of a word keeps most of what was said, a
    /// word in another place keeps the word.
    pub const fn credit(&self) -> f32 {
        match self {
            Self::Kept { .. } => 1.0,
            Self::Changed { likeness: Likeness::Stem, .. } => 0.8,
            Self::Changed { likeness: Likeness::Typo, .. } => 0.7,
            Self::Dropped { moved: true, .. } => 0.7,
            Self::Changed { likeness: Likeness::Other, .. }
            | Self::Dropped { moved: false, .. }
            | Self::Added { .. } => 0.0,
        }
    }
}

/// Aligns the words of a line with the stretch of a source that they are nearest to.
///
/// Words are compared folded; another form of a word, a slip of the pen, and a word or a run of
/// words in another place count in part. The line is used whole; what the source has before and
/// behind the stretch costs nothing, and a run of words that one of them lacks costs less than as
/// many words here and there. Of equally near stretches it is the first.
///
/// Both are cut by the same lexicon. Time grows with the product of the lengths up to a bound,
/// past which only the surroundings of the diagonal are looked at on which the two have most
/// words in common. None where the line has no words, or more than [`MAX_LINE_WORDS`].
pub fn align(line: WordsIn<'_>, source: WordsIn<'_>, lexicon: &Lexicon) -> Option<Alignment> {
    if line.ids.is_empty() || line.ids.len() > MAX_LINE_WORDS {
        return None;
    }
    let likenesses = Likenesses::of(line.ids, source.ids, lexicon);
    let band = grid::Band::around(&likenesses);
    let mut steps = grid::best_path(&likenesses, &band);
    let core = moved::core(&steps, &likenesses);
    moved::take_in_flanks(&mut steps, &likenesses);
    let aligned = |steps: &[Step]| {
        let moves = moved::find(steps, &likenesses);
        summarize(edits_of(steps, &moves, &likenesses, line, source))
    };
    let whole = aligned(&steps);
    if let Some(mut core) = core
        && moved::take_in_flanks(&mut core, &likenesses)
    {
        let nearer = aligned(&core);
        if nearer.similarity > whole.similarity {
            return Some(nearer);
        }
    }
    Some(whole)
}

/// Writes the steps out as edits; what moved is taken away at one place and put in at the other.
fn edits_of(
    steps: &[Step],
    moves: &moved::Moves,
    likenesses: &Likenesses,
    line: WordsIn<'_>,
    source: WordsIn<'_>,
) -> Vec<Edit> {
    let dropped =
        |at: usize| Edit::Dropped { line: line.spans[at], moved: moves.line.contains(&at) };
    let added =
        |at: usize| Edit::Added { source: source.spans[at], moved: moves.source.contains(&at) };
    let mut edits = Vec::with_capacity(steps.len());
    for &step in steps {
        match step {
            Step::Pair(at, of) => {
                let (in_line, in_source) = (line.spans[at], source.spans[of]);
                match likenesses.between(at, of) {
                    None => edits.push(Edit::Kept { line: in_line, source: in_source }),
                    Some(_) if moves.line.contains(&at) || moves.source.contains(&of) => {
                        edits.extend([dropped(at), added(of)]);
                    }
                    Some(likeness) => {
                        edits.push(Edit::Changed { line: in_line, source: in_source, likeness });
                    }
                }
            }
            Step::Drop(at) => edits.push(dropped(at)),
            Step::Add(of) => edits.push(added(of)),
        }
    }
    edits
}

fn summarize(edits: Vec<Edit>) -> Alignment {
    let credit: f32 = edits.iter().map(Edit::credit).sum();
    let n_line = edits.iter().filter(|edit| edit.line().is_some()).count();
    let n_source = edits.iter().filter(|edit| edit.source().is_some()).count();
    let first = edits.iter().find_map(Edit::source);
    let last = edits.iter().rev().find_map(Edit::source);
    let window = match (first, last) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        (Some(_) | None, _) => Span::new(0, 0),
    };
    let similarity = (credit / n_line.max(n_source).max(1) as f32).clamp(0.0, 1.0);
    Alignment { similarity, window, edits }
}

#[cfg(test)]
mod tests;
