use onrecord_model::Span;
use onrecord_text::{Alignment, Edit, Lexicon, Likeness, Words, align};

/// Words of a text that stand one behind the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording<'a> {
    pub(super) text: &'a str,
    /// Where the words stand in the text, those that were said.
    pub(super) words: &'a [Span],
}

/// Takes off what is not of the line at the ends of the stretch of a text that it is nearest to:
/// words that it does not have, and those paired with a word that they have nothing in common with
/// where a sentence ends between them and the rest. An alignment meets them where a word or a
/// clause of the line is missing.
pub(super) fn trimmed(mut alignment: Alignment, text: &str) -> Alignment {
    trim_start(&mut alignment.edits, |next, word| ends_sentence(text, word.end, next.start));
    alignment.edits.reverse();
    trim_start(&mut alignment.edits, |last, word| ends_sentence(text, last.end, word.start));
    alignment.edits.reverse();
    let edits = &alignment.edits;
    let first = edits.iter().find_map(Edit::source);
    let last = edits.iter().rev().find_map(Edit::source);
    let window = first.zip(last).map(|(first, last)| Span::new(first.start, last.end));
    let n_line = edits.iter().filter(|edit| edit.line().is_some()).count();
    let n_source = edits.iter().filter(|edit| edit.source().is_some()).count();
    let credit: f32 = edits.iter().map(Edit::credit).sum();
    alignment.window = window.unwrap_or(Span::new(0, 0));
    alignment.similarity = (credit / n_line.max(n_source).max(1) as f32).clamp(0.0, 1.0);
    alignment
}

/// Takes words of the source off that stand first; `is_apart` tells of the next word and the first
/// whether a sentence ends between them.
fn trim_start(edits: &mut Vec<Edit>, is_apart: impl Fn(Span, Span) -> bool) {
    while let Some(first) = edits.iter().position(|edit| edit.source().is_some()) {
        let next = edits.iter().skip(first + 1).find_map(Edit::source);
        match edits[first] {
            Edit::Added { moved: false, .. } => {
                edits.remove(first);
            }
            Edit::Changed { line, source, likeness: Likeness::Other }
                if next.is_some_and(|next| is_apart(next, source)) =>
            {
                edits[first] = Edit::Dropped { line, moved: false };
            }
            Edit::Kept { .. }
            | Edit::Changed { .. }
            | Edit::Dropped { .. }
            | Edit::Added { moved: true, .. } => return,
        }
    }
}

/// Tells whether a sentence ends between two places of a text.
fn ends_sentence(text: &str, from: u32, to: u32) -> bool {
    let between = text.get(from as usize..to as usize).unwrap_or_default();
    between.contains(['.', '!', '?', '\n'])
}

/// Aligns two wordings from the first to the last word of both: an alignment of a line leaves out
/// what the longer text has at its ends. None where one has no word, or too many to be aligned.
///
/// The similarity is the credit of the words of both, divided by the words of either: one that was
/// put in and one that was taken out are two differences, one that was exchanged is one, and words
/// that moved together lose as much as one word that moved.
pub(super) fn align_whole(
    earlier: Wording<'_>,
    later: Wording<'_>,
    lexicon: &mut Lexicon,
) -> Option<Alignment> {
    let line = Words::of_tokens(earlier.text, earlier.words.to_vec(), lexicon);
    let source = Words::of_tokens(later.text, later.words.to_vec(), lexicon);
    let mut found = align(line.all(), source.all(), lexicon)?;
    let added = |word: &Span| Edit::Added { source: *word, moved: false };
    let is_empty = found.window.is_empty();
    let before = later.words.iter().filter(|word| !is_empty && word.end <= found.window.start);
    let behind = later.words.iter().filter(|word| is_empty || word.start >= found.window.end);
    let edits: Vec<Edit> =
        before.map(added).chain(found.edits.iter().copied()).chain(behind.map(added)).collect();
    let is_moved = |edit: &Edit| matches!(edit, Edit::Dropped { moved: true, .. });
    let credit_of = |run: &[Edit]| match run {
        [first, rest @ ..] if is_moved(first) => first.credit() + rest.len() as f32,
        _ => run.iter().map(Edit::credit).sum(),
    };
    let of_line: Vec<Edit> = edits.iter().filter(|edit| edit.line().is_some()).copied().collect();
    let runs = of_line.chunk_by(|one, other| is_moved(one) && is_moved(other));
    let credit: f32 = runs.map(credit_of).sum();
    // A word that moved is among the edits twice.
    let is_once = |edit: &&Edit| !matches!(edit, Edit::Added { moved: true, .. });
    let n_either = edits.iter().filter(is_once).count().max(1);
    found.similarity = (credit / n_either as f32).clamp(0.0, 1.0);
    found.window = Span::new(later.words.first()?.start, later.words.last()?.end);
    found.edits = edits;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::{diff, format_diff, tokens};

    #[test]
    fn both_count_whole() {
        let mut lexicon = Lexicon::new();
        for (earlier, later, similarity, expected) in [
            ("we act now", "we act now", 1.0, "we act now"),
            ("act now", "so we act now, all", 0.4, "{+so we+} act now, {+all+}"),
            ("so we act now", "act now", 0.5, "[-so we-] act now"),
            ("we act", "they sleep", 0.0, "[-we-]{+they+} [-act-]{+sleep+}"),
            // A clause moved: as much as one word.
            (
                "if we act now they will rest",
                "they will rest if we act now",
                6.7 / 7.0,
                "{+they will rest+} if we act now [-they will rest-]",
            ),
            // One word put in and one taken out.
            (
                "we shall act at once",
                "we act at once now",
                4.0 / 6.0,
                "we [-shall-] act at once {+now+}",
            ),
        ] {
            let (of_earlier, of_later): (Vec<Span>, Vec<Span>) =
                (tokens(earlier).collect(), tokens(later).collect());
            let one = Wording { text: earlier, words: &of_earlier };
            let other = Wording { text: later, words: &of_later };
            let found = align_whole(one, other, &mut lexicon).unwrap();
            assert!((found.similarity - similarity).abs() < 1e-6, "{earlier}: {found:?}");
            let written = format_diff(&diff(&found, earlier, later));
            let plain = |text: &str| text.replace(' ', "");
            assert_eq!(plain(&written), plain(expected), "{earlier}");
        }
    }

    #[test]
    fn a_stretch_ends_with_words_of_the_line() {
        let mut lexicon = Lexicon::new();
        let line = "when the walls fall silent, the daughters of the valley carry stones";
        for (text, expected) in [
            (
                "So: the daughters of the valley carry stones when the walls fall silent. Nobody knew",
                "the daughters of the valley carry stones when the walls fall silent",
            ),
            (
                "when the walls fall silent, the daughters of the city carry bread.",
                "when the walls fall silent, the daughters of the city carry bread",
            ),
            (
                "Nobody knew. The walls fall silent, the daughters of the valley carry. So",
                "The walls fall silent, the daughters of the valley carry",
            ),
        ] {
            let of_line = Words::of_text(line, &mut lexicon);
            let of_text = Words::of_text(text, &mut lexicon);
            let found = trimmed(align(of_line.all(), of_text.all(), &lexicon).unwrap(), text);
            assert_eq!(text.get(found.window.range()), Some(expected));
        }
    }
}
