//! Glyphs to words, and words to rows.

use super::content::Glyph;
use super::geometry::Area;

/// A gap between two letters, in parts of their size, beyond which they may be of two words: what
/// poppler takes.
const WORD_GAP: f32 = 0.1;

/// How far back a letter may lie behind the one before it, in parts of their size.
const MAX_OVERLAP: f32 = 0.5;

/// How far baselines may lie apart, in parts of the size, to be of one row.
const SAME_BASELINE: f32 = 0.2;

/// The size of a raised or lowered letter, in parts of the size of the text it belongs to.
const SCRIPT_SIZE: f32 = 0.85;

/// How far such a letter is raised or lowered, in the same parts: farther off is another line.
const SCRIPT_SHIFT: std::ops::Range<f32> = -0.5..0.3;

/// Words of a row that are compared with those of the rows around it.
const MAX_COMPARED: usize = 400;

/// A word on a page, y growing downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// Whether a blank follows, whatever the gap.
    pub(super) blank_after: bool,
}

impl Word {
    /// Returns the area of the letters, by the usual share of those that reach below the line.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.baseline - 0.8 * self.size,
            right: self.right,
            bottom: self.baseline + 0.2 * self.size,
        }
    }
}

/// Words of one baseline, from left to right.
pub(super) type Row = Vec<Word>;

/// Puts words together of glyphs that lie one behind the other, all on horizontal baselines.
pub(super) fn words_of(glyphs: Vec<Glyph>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<(Word, Glyph)> = None;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            if let Some((mut word, _)) = open.take() {
                word.blank_after = true;
                words.push(word);
            }
            continue;
        }
        match &mut open {
            Some((_, last)) if is_repeated(last, &glyph) => continue,
            Some((word, last)) if goes_on(last, &glyph) => {
                word.text.push_str(&glyph.text);
                word.right = word.right.max(glyph.end.0);
                *last = glyph;
            }
            Some(_) | None => words.extend(open.replace((begin(&glyph), glyph)).map(|(w, _)| w)),
        }
    }
    words.extend(open.map(|(word, _)| word));
    words
}

fn begin(glyph: &Glyph) -> Word {
    Word {
        text: glyph.text.to_string(),
        left: glyph.start.0,
        right: glyph.end.0,
        baseline: glyph.start.1,
        size: glyph.size,
        is_bold: glyph.is_bold,
        blank_after: false,
    }
}

/// Tells whether a letter is drawn a second time at its place, to look bold.
fn is_repeated(last: &Glyph, glyph: &Glyph) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 0.1 * glyph.size;
    last.text == glyph.text
        && near(last.start.0, glyph.start.0)
        && near(last.start.1, glyph.start.1)
}

fn goes_on(last: &Glyph, glyph: &Glyph) -> bool {
    let size = last.size.max(glyph.size);
    let gap = (glyph.start.0 - last.end.0) / size;
    let is_level = (glyph.start.1 - last.start.1).abs() < 0.02 * size;
    let is_alike = (glyph.size - last.size).abs() < 0.05 * size;
    is_level && is_alike && (-MAX_OVERLAP..=WORD_GAP).contains(&gap)
}

/// Sorts words into rows, from the top down.
pub(super) fn rows_of(mut words: Vec<Word>) -> Vec<Row> {
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Row> = Vec::new();
    for word in words {
        match rows
            .last_mut()
            .and_then(|row| row.last().map(|last| last.baseline))
            .zip(rows.last_mut())
        {
            Some((baseline, row)) if word.baseline - baseline < SAME_BASELINE * word.size => {
                row.push(word);
            }
            Some(_) | None => rows.push(vec![word]),
        }
    }
    rows.iter_mut().for_each(sort_row);
    attach_scripts(&mut rows);
    rows.retain(|row| !row.is_empty());
    rows
}

/// Orders a row from left to right, and drops words that are drawn twice.
fn sort_row(row: &mut Row) {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    row.dedup_by(|second, first| {
        second.text == first.text && (second.left - first.left).abs() < 0.2 * first.size
    });
}

/// Moves raised and lowered small words, such as the `th` of `27th`, into the rows that they
/// touch.
fn attach_scripts(rows: &mut [Row]) {
    for at in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(at);
        let Some((row, after)) = rest.split_first_mut() else { continue };
        let mut kept = Vec::with_capacity(row.len());
        for word in row.drain(..) {
            let neighbours = after.first_mut().into_iter().chain(before.last_mut());
            match neighbours.into_iter().find(|other| touches(&word, other)) {
                Some(other) => {
                    other.push(word);
                    sort_row(other);
                }
                None => kept.push(word),
            }
        }
        *row = kept;
    }
}

/// Tells whether a small word stands directly at a word of another row.
fn touches(word: &Word, row: &Row) -> bool {
    row.iter().take(MAX_COMPARED).any(|other| {
        let gap = (word.left - other.right).max(other.left - word.right) / other.size;
        word.size <= SCRIPT_SIZE * other.size
            && SCRIPT_SHIFT.contains(&((word.baseline - other.baseline) / other.size))
            && (-0.2..0.3).contains(&gap)
    })
}

/// Writes words of a row, parted by blanks where gaps or blanks part them.
pub(super) fn text_of(words: &[Word]) -> String {
    join(words, least_gap(words))
}

/// Writes words of a row whose letters are set apart, if they are: most words have one letter,
/// and some gaps are much wider than the middle one.
pub(super) fn respaced_text_of(words: &[Word]) -> Option<String> {
    /// Words of one letter, in percent.
    const MIN_SHARE: usize = 60;
    /// The widest gap, in parts of the middle one.
    const MIN_RATIO: f32 = 2.0;
    let n_letters = words.iter().filter(|word| word.text.chars().nth(1).is_none()).count();
    if words.len() < 6 || n_letters * 100 < words.len() * MIN_SHARE {
        return None;
    }
    let mut gaps: Vec<f32> = words
        .windows(2)
        .filter_map(|pair| match pair {
            [word, next] => Some(gap(word, next)),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    let widest = gaps.last().copied().unwrap_or_default().min(1.0);
    (widest >= MIN_RATIO * middle).then(|| join(words, (middle + widest) / 2.0))
}

fn join(words: &[Word], least: f32) -> String {
    let mut text = String::new();
    let mut last: Option<&Word> = None;
    for word in words {
        let is_parted = |last: &Word| {
            let gap = gap(last, word);
            gap >= least || last.blank_after && least <= MAX_USUAL
        };
        if last.is_some_and(is_parted) {
            text.push(' ');
        }
        text.push_str(&word.text);
        last = Some(word);
    }
    text
}

/// Blanks part words where the least gap is at most this: beyond it, letters are set apart, and
/// gaps alone tell.
const MAX_USUAL: f32 = 0.15;

/// Returns the gap between words, in parts of the size of their letters.
fn gap(word: &Word, next: &Word) -> f32 {
    (next.left - word.right) / word.size.min(next.size)
}

/// Decides how wide the gap between words of a row is at least, so that letters set apart stay
/// one word; the bounds are those of poppler.
fn least_gap(words: &[Word]) -> f32 {
    /// Gaps that differ by less are all the same.
    const UNIFORM: f32 = 0.07;
    /// Wider ones are no gap between words of one sentence.
    const MAX_GAP: f32 = 1.5;
    let gaps = words.windows(2).filter_map(|pair| match pair {
        [word, next] => Some(gap(word, next)).filter(|gap| *gap < MAX_GAP),
        _ => None,
    });
    let (min, max) = gaps.fold((f32::MAX, 0.0_f32), |(min, max), gap| (min.min(gap), max.max(gap)));
    if min > max {
        return MAX_USUAL;
    }
    let are_letters = words.iter().all(|word| word.text.chars().nth(1).is_none());
    match max - min {
        _ if !are_letters || min <= 0.0 => WORD_GAP,
        range if range < UNIFORM && words.len() > 2 => MAX_GAP,
        range if range < MAX_USUAL => (min + max) / 2.0,
        _ => MAX_USUAL,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Glyphs half as wide as high that show a text, every one beside the other.
    pub(in super::super) fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let place = |at: usize| (x + at as f32 * size / 2.0, y);
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string().into(),
            start: place(at),
            end: place(at + 1),
            size,
            is_bold: false,
            is_visible: true,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn rows(parts: &[(&str, f32, f32, f32)]) -> Vec<String> {
        let glyphs = parts.iter().flat_map(|(t, x, y, s)| glyphs(t, *x, *y, *s)).collect();
        rows_of(words_of(glyphs)).iter().map(|row| text_of(row)).collect()
    }

    #[test]
    fn words_are_parted_by_blanks_and_gaps() {
        for (parts, expected) in [
            (&[("a b", 0.0, 0.0, 10.0)][..], vec!["a b"]),
            (&[("ab", 0.0, 0.0, 10.0), ("cd", 10.5, 0.0, 10.0)], vec!["abcd"]),
            (&[("ab", 0.0, 0.0, 10.0), ("cd", 12.0, 0.0, 10.0)], vec!["ab cd"]),
            (&[("a", 0.0, 0.0, 10.0), ("b", 6.2, 0.0, 10.0), ("c", 15.0, 0.0, 10.0)], vec!["ab c"]),
            (&[("a", 0.0, 0.0, 10.0), ("b", 7.0, 0.0, 10.0), ("c", 14.0, 0.0, 10.0)], vec!["abc"]),
            (&[("cd", 12.0, 0.0, 10.0), ("ab", 0.0, 0.4, 10.0)], vec!["ab cd"]),
            (&[("low", 0.0, 30.0, 10.0), ("high", 0.0, 10.0, 10.0)], vec!["high", "low"]),
            (
                &[("27", 0.0, 10.0, 10.0), ("th", 10.0, 6.0, 6.0), ("x", 20.0, 10.0, 10.0)],
                vec!["27th x"],
            ),
            (&[("H", 0.0, 10.0, 10.0), ("2", 5.0, 12.5, 6.0), ("O", 8.0, 10.0, 10.0)], vec!["H2O"]),
            (&[("Head", 0.0, 20.0, 20.0), ("text", 41.0, 32.0, 10.0)], vec!["Head", "text"]),
            (&[("bold", 0.0, 0.0, 10.0), ("bold", 0.3, 0.0, 10.0)], vec!["bold"]),
        ] {
            assert_eq!(rows(parts), expected);
        }
    }
}
