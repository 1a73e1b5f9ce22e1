//! Tells by brute force how nearly a line was said, without what is measured.

use std::collections::HashMap;

/// The speech of an index, word by word.
#[derive(Default)]
pub struct Speech {
    numbers: HashMap<String, u32>,
    /// The numbers of the words, passage by passage, with [`END`] behind each.
    words: Vec<u32>,
}

/// Stands behind the words of a passage.
const END: u32 = u32::MAX;

impl Speech {
    /// Adds a passage, given by its words in matching form; its paragraph may go on in the next.
    pub fn add(&mut self, words: &str, continues: bool) {
        for word in words.split(' ') {
            let next = self.numbers.len() as u32;
            let number = *self.numbers.entry(word.to_owned()).or_insert(next);
            self.words.push(number);
        }
        if !continues {
            self.words.push(END);
        }
    }

    /// Returns how many words of a line have to be changed, dropped or put in so that it stands in
    /// a passage; `line` in matching form.
    pub fn distance(&self, line: &str) -> usize {
        assert_short(line);
        let line: Vec<u32> =
            line.split(' ').map(|word| *self.numbers.get(word).unwrap_or(&(END - 1))).collect();
        let mut places = vec![0u64; self.numbers.len()];
        for (at, number) in line.iter().enumerate() {
            if let Some(place) = places.get_mut(*number as usize) {
                *place |= 1 << at;
            }
        }
        distance(line.len(), self.words.iter().map(|word| places.get(*word as usize).copied()))
    }
}

/// The same of two lines.
pub fn distance_of(line: &str, text: &str) -> usize {
    assert_short(line);
    let line: Vec<&str> = line.split(' ').collect();
    let places = text.split(' ').map(|word| {
        let of_word = line.iter().enumerate().filter(|(_, other)| **other == word);
        Some(of_word.map(|(at, _)| 1u64 << at).sum())
    });
    distance(line.len(), places)
}

/// Returns the least number of edits, by the bits of Myers, *A fast bit-vector algorithm for
/// approximate string matching based on dynamic programming* (1999); `places` has for each word of
/// the text the places in the line where it stands, and none where a passage ends.
fn distance(n_words: usize, places: impl Iterator<Item = Option<u64>>) -> usize {
    let last = 1u64 << (n_words.max(1) - 1);
    let (mut more, mut less, mut edits) = (u64::MAX, 0u64, n_words);
    let mut least = n_words;
    for places in places {
        let Some(same) = places else {
            (more, less, edits) = (u64::MAX, 0, n_words);
            continue;
        };
        let down = same | less;
        let across = ((same & more).wrapping_add(more) ^ more) | same;
        let (rises, falls) = (less | !(across | more), more & across);
        edits = edits + usize::from(rises & last != 0) - usize::from(falls & last != 0);
        least = least.min(edits);
        let (rises, falls) = (rises << 1, falls << 1);
        (more, less) = (falls | !(down | rises), rises & down);
    }
    least
}

fn assert_short(line: &str) {
    assert!(line.split(' ').count() <= 64, "a line of more words than a number has bits");
}
