use super::{ErrorKind, ParseError};
use onrecord_model::Span;
use onrecord_text::tokens;

/// Tells whether `c` may stand for letters.
pub(super) const fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Cuts a text into tokens in which `*` and `?` stand for letters, where they touch some.
///
/// A `?` behind the last letter of a word is punctuation, not a wildcard.
pub(super) fn tokens_with_wildcards(written: &str) -> Box<[Span]> {
    if !written.contains(is_wildcard) {
        return tokens(written).collect();
    }
    // A letter of one byte in the place of each wildcard leaves all offsets as they are.
    let mut letters = written.as_bytes().to_vec();
    for run in Runs::of(written) {
        for at in run.active() {
            letters[at] = b'x';
        }
    }
    String::from_utf8(letters).map_or_else(|_| Box::default(), |text| tokens(&text).collect())
}

/// Refuses wildcards that stand for no letters where a reader would think that they do. In a
/// phrase, a `?` at the end of a word is punctuation.
pub(super) fn check_wildcards(written: &str, at: usize, in_phrase: bool) -> Result<(), ParseError> {
    for run in Runs::of(written) {
        let active = run.active();
        let pointed = |place: usize, kind| {
            let span = Span::from_range(at + place..at + place + 1);
            Err(ParseError { span, kind })
        };
        if active.is_empty() && run.has_star {
            return pointed(run.start, ErrorKind::LoneWildcard);
        }
        if !in_phrase && active.end < run.end {
            return pointed(active.end.max(run.start), ErrorKind::TrailingMark);
        }
    }
    Ok(())
}

/// A run of `*` and `?`.
struct Run {
    start: usize,
    end: usize,
    has_star: bool,
    /// Where its last `*` ends.
    star_end: usize,
    follows_letter: bool,
    precedes_letter: bool,
}

impl Run {
    const fn new(start: usize) -> Self {
        Self {
            start,
            end: start,
            has_star: false,
            star_end: start,
            follows_letter: false,
            precedes_letter: false,
        }
    }

    /// Returns the part of it that stands for letters.
    fn active(&self) -> std::ops::Range<usize> {
        if self.precedes_letter {
            self.start..self.end
        } else if self.follows_letter && self.has_star {
            self.start..self.star_end
        } else {
            self.start..self.start
        }
    }
}

struct Runs;

impl Runs {
    fn of(written: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let characters: Vec<(usize, char)> = written.char_indices().collect();
        let character = |at: Option<usize>| at.and_then(|at| characters.get(at)).map(|(_, c)| *c);
        // An apostrophe inside a word belongs to it.
        let is_letter = |at: Option<usize>, beyond: Option<usize>| match character(at) {
            Some('\'' | '’') => character(beyond).is_some_and(char::is_alphanumeric),
            c => c.is_some_and(char::is_alphanumeric),
        };
        for (n, (at, c)) in characters.iter().copied().enumerate() {
            if !is_wildcard(c) {
                continue;
            }
            let goes_on = character(n.checked_sub(1)).is_some_and(is_wildcard);
            if !goes_on {
                let follows_letter = is_letter(n.checked_sub(1), n.checked_sub(2));
                runs.push(Run { follows_letter, ..Run::new(at) });
            }
            if let Some(run) = runs.last_mut() {
                run.end = at + 1;
                run.precedes_letter = is_letter(Some(n + 1), Some(n + 2));
                if c == '*' {
                    run.has_star = true;
                    run.star_end = at + 1;
                }
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_belong_to_words_that_they_touch() {
        for (written, expected, word_refused, phrase_refused) in [
            ("secur* norms", vec!["secur*", "norms"], None, None),
            ("wo?d", vec!["wo?d"], None, None),
            ("cyber-*ity", vec!["cyber", "*ity"], None, None),
            ("don*’t ?ord", vec!["don*’t", "?ord"], None, None),
            ("a?*", vec!["a?*"], None, None),
            ("the?’re they'*", vec!["the?’re", "they'*"], None, None),
            ("a*?", vec!["a*"], Some(2), None),
            ("why?", vec!["why"], Some(3), None),
            ("why ? so", vec!["why", "so"], Some(4), None),
            ("a * b", vec!["a", "b"], Some(2), Some(2)),
            ("*", vec![], Some(0), Some(0)),
            ("é*", vec!["é*"], None, None),
        ] {
            let cut: Vec<&str> = tokens_with_wildcards(written)
                .iter()
                .filter_map(|span| written.get(span.range()))
                .collect();
            assert_eq!(cut, expected, "{written}");
            for (in_phrase, refused) in [(false, word_refused), (true, phrase_refused)] {
                let error = check_wildcards(written, 0, in_phrase).err();
                assert_eq!(error.map(|error| error.span.range().start), refused, "{written}");
            }
        }
    }
}
