//! Words with what stands between them.

use crate::token::tokens;
use onrecord_model::Span;

/// A word of a stretch of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near<'a> {
    pub(crate) span: Span,
    pub(crate) word: &'a str,
    /// What stands between the word before, or the start of the stretch, and this one.
    pub(crate) gap: &'a str,
}

impl Near<'_> {
    /// Tells whether it is that word, written in lower case with straight apostrophes.
    pub(crate) fn is(&self, word: &str) -> bool {
        let fold = |c: char| if c == '’' { '\'' } else { c.to_ascii_lowercase() };
        self.word.chars().map(fold).eq(word.chars())
    }

    /// Tells whether it is one of those words.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// Tells whether it ends in `n't`.
    pub(crate) fn is_contracted_not(&self) -> bool {
        let mut ending = self.word.chars().rev();
        matches!(ending.next(), Some('t' | 'T'))
            && matches!(ending.next(), Some('\'' | '’'))
            && matches!(ending.next(), Some('n' | 'N'))
    }

    /// Tells whether a mark that parts clauses stands before it.
    pub(crate) fn is_parted(&self) -> bool {
        self.gap.contains([',', ';', ':', '—', '–', '(']) || self.gap.contains("--")
    }
}

/// Finds the words of a stretch of a text, in order.
pub(crate) fn words_in(text: &str, stretch: Span) -> Vec<Near<'_>> {
    let within = text.get(stretch.range()).unwrap_or_default();
    let mut end = 0;
    tokens(within)
        .map(|token| {
            let gap = within.get(end..token.start as usize).unwrap_or_default();
            end = token.end as usize;
            let word = within.get(token.range()).unwrap_or_default();
            Near { span: token.shifted(stretch.start), word, gap }
        })
        .collect()
}

/// Finds where some words stand one behind the other, from a place on.
pub(crate) fn find_run(words: &[Near<'_>], run: &[&str]) -> Option<Span> {
    words.windows(run.len()).find(|window| matches(window, run)).and_then(covering)
}

/// Tells whether words begin with some others.
pub(crate) fn starts(words: &[Near<'_>], run: &[&str]) -> bool {
    words.get(..run.len()).is_some_and(|window| matches(window, run))
}

fn matches(window: &[Near<'_>], run: &[&str]) -> bool {
    window.iter().zip(run).all(|(near, word)| near.is(word))
}

/// Returns the span from the first to the last of some words.
pub(crate) fn covering(words: &[Near<'_>]) -> Option<Span> {
    Some(Span::new(words.first()?.span.start, words.last()?.span.end))
}
