use super::count::PartTotal;
use super::speech::{Speech, Spoken};
use super::vocabulary::{Numbered, Vocabulary};
use super::{Counting, MAX_GRAM_WORDS};
use crate::QueryError;

/// The words of an n-gram by their numbers, and nothing behind them.
pub(crate) type Gram = [u32; MAX_GRAM_WORDS];

/// No word.
const NONE: u32 = u32::MAX;

/// A place where a word or an n-gram that may be counted stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GramPlace {
    /// 0 in passages that are marked, 1 in others.
    pub(crate) part: usize,
    /// The document, counted from 0.
    pub(crate) document: u32,
    /// What stands there; none where it is left out because of its function words.
    pub(crate) gram: Option<Gram>,
}

/// Visits every place where there are as many words one behind the other as one thing has.
///
/// An n-gram runs over the end of a sentence, over stage directions, and over the place where a
/// long paragraph is cut if both pieces are counted in one part; never over the end of a paragraph.
///
/// Returns how many passages each part has, and of how many documents they are.
///
/// # Errors
/// When what is stored is not what was written, or `visit` fails.
pub(crate) fn for_each_place(
    speech: &Speech<'_>,
    counting: &Counting,
    vocabulary: &mut Vocabulary,
    mut visit: impl FnMut(GramPlace) -> Result<(), QueryError>,
) -> Result<[PartTotal; 2], QueryError> {
    let n = counting.n_words.clamp(1, MAX_GRAM_WORDS);
    let mut words: Vec<Numbered> = Vec::new();
    let mut last_part = None;
    let (mut totals, mut last_document) = ([PartTotal::default(); 2], [None; 2]);
    speech.for_each(|spoken| {
        let part = part_of(spoken);
        let kept = if spoken.goes_on && last_part == Some(part) { n - 1 } else { 0 };
        words.drain(..words.len().saturating_sub(kept));
        last_part = Some(part);
        totals[part].passages += 1;
        if last_document[part].replace(spoken.document) != Some(spoken.document) {
            totals[part].documents += 1;
        }
        vocabulary.number(&spoken.passage.text, spoken.tokens, &mut words);
        for window in words.windows(n) {
            let gram = gram_of(window, counting.content_only);
            visit(GramPlace { part, document: spoken.document, gram })?;
        }
        Ok(())
    })?;
    Ok(totals)
}

/// Returns which part a passage is of: 0 where it is marked, else 1.
fn part_of(spoken: &Spoken<'_>) -> usize {
    usize::from(!spoken.is_marked)
}

fn gram_of(window: &[Numbered], content_only: bool) -> Option<Gram> {
    let ends = window.first().zip(window.last())?;
    if content_only && !(ends.0.is_content && ends.1.is_content) {
        return None;
    }
    let mut gram = [NONE; MAX_GRAM_WORDS];
    for (slot, numbered) in gram.iter_mut().zip(window) {
        *slot = numbered.word;
    }
    Some(gram)
}

/// Makes the n-gram of a single word.
pub(super) fn gram_of_word(word: u32) -> Gram {
    let mut gram = [NONE; MAX_GRAM_WORDS];
    gram[0] = word;
    gram
}

/// Lists the numbers of an n-gram's words.
pub(crate) fn words_of(gram: &Gram) -> impl Iterator<Item = u32> + '_ {
    gram.iter().copied().take_while(|&word| word != NONE)
}
