use crate::QueryError;
use onrecord_indexing::Reader;
use onrecord_text::{Lexicon, Words, tokens};
use std::collections::BTreeSet;

/// The letters that a slip of the pen may have lost or spoilt.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz'";

/// Words of fewer letters have too many neighbours.
const MIN_LETTERS: usize = 3;

/// The longest word that is repaired, in letters, and how many of a line are.
const MAX_LETTERS: usize = 24;
const MAX_REPAIRED: usize = 6;

/// How many words a misspelt one may stand for.
const MAX_MEANT: usize = 3;

/// Returns the stems of what words that no passage has may be with a slip of the pen: a letter too
/// many, too few or wrong, or two exchanged; for each word the commonest few.
pub(super) fn meant(
    reader: &Reader,
    line: &Words,
    lexicon: &mut Lexicon,
) -> Result<Vec<String>, QueryError> {
    let mut stems = Vec::new();
    let mut n_repaired = 0;
    for &id in line.all().ids {
        let word = lexicon.forms(id).folded.to_owned();
        let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
        let fits = (MIN_LETTERS..=MAX_LETTERS).contains(&word.len());
        if !is_plain || !fits || n_repaired == MAX_REPAIRED || reader.n_passages_of_word(&word)? > 0
        {
            continue;
        }
        n_repaired += 1;
        let mut meant = Vec::new();
        for slip in slips(&word) {
            let n_passages = reader.n_passages_of_word(&slip)?;
            if n_passages > 0 {
                meant.push((n_passages, slip));
            }
        }
        meant.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let stem_of = |(_, word): &(u64, String)| lexicon.word(word).stem.to_owned();
        stems.extend(meant.iter().take(MAX_MEANT).map(stem_of));
    }
    Ok(stems)
}

/// Lists the words that a plain one may be with a slip of the pen, each once.
fn slips(word: &str) -> Vec<String> {
    let letters = word.as_bytes();
    let mut found = BTreeSet::new();
    let mut add = |bytes: Vec<u8>| {
        if let Ok(slip) = String::from_utf8(bytes)
            && tokens(&slip).any(|token| token.range() == (0..slip.len()))
        {
            found.insert(slip);
        }
    };
    for at in 0..=letters.len() {
        let (before, behind) = letters.split_at(at);
        for letter in LETTERS.bytes() {
            add([before, &[letter], behind].concat());
            if let Some((_, rest)) = behind.split_first() {
                add([before, &[letter], rest].concat());
            }
        }
        if let Some((first, rest)) = behind.split_first() {
            add([before, rest].concat());
            if let Some((second, rest)) = rest.split_first() {
                add([before, &[*second, *first], rest].concat());
            }
        }
    }
    found.remove(word);
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_pen() {
        let found = slips("tdoay");
        for word in ["today", "doay", "tdoays", "tdray"] {
            assert!(found.contains(&word.to_owned()), "{word}");
        }
        assert!(!found.contains(&"tdoay".to_owned()));
        assert!(!found.contains(&"tday's".to_owned()));
    }
}
