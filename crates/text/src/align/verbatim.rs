use crate::lexicon::Lexicon;
use crate::words::WordsIn;
use onrecord_model::Span;

/// Finds the first stretch of a source that has the very words of a line, folded, in their order
/// and without others in between.
///
/// Both are cut by the same lexicon. Linear in both (Knuth, Morris and Pratt). None for a line
/// without words.
pub fn find_verbatim(line: WordsIn<'_>, source: WordsIn<'_>, lexicon: &Lexicon) -> Option<Span> {
    let folded = |ids: WordsIn<'_>, at: usize| lexicon.forms(ids.ids[at]).folded;
    let n = line.ids.len();
    if n == 0 {
        return None;
    }
    let mut borders = vec![0; n];
    for at in 1..n {
        let mut border = borders[at - 1];
        while border > 0 && folded(line, at) != folded(line, border) {
            border = borders[border - 1];
        }
        borders[at] = border + usize::from(folded(line, at) == folded(line, border));
    }
    let mut matched = 0;
    for at in 0..source.ids.len() {
        while matched > 0 && folded(source, at) != folded(line, matched) {
            matched = borders[matched - 1];
        }
        matched += usize::from(folded(source, at) == folded(line, matched));
        if matched == n {
            return Some(Span::new(source.spans[at + 1 - n].start, source.spans[at].end));
        }
    }
    None
}
