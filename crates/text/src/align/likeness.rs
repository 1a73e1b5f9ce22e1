use crate::lexicon::{Lexicon, WordId};
use rustc_hash::FxHashMap;

/// What two different words have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The stem: another form of the word.
    Stem,
    /// All but a letter or two: a slip of the pen.
    Typo,
    /// Nothing that counts.
    Other,
}

/// How each distinct word of a line is like each of a source.
pub(super) struct Likenesses {
    /// The number of the word at each place of the line, words that fold alike having one.
    pub(super) line: Vec<u32>,
    /// The same of the source, numbered for itself.
    pub(super) source: Vec<u32>,
    /// For each word of the line, in the order of the source's words.
    table: Vec<Cell>,
    n_source_words: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Same,
    Alike(Likeness),
}

/// The most pairs of distinct words that are compared letter by letter; past it a slip of the pen
/// is a word of its own. That of two thousand words with ten thousand.
const MAX_COMPARED: usize = 20_000_000;

impl Likenesses {
    pub(super) fn of(line: &[WordId], source: &[WordId], lexicon: &Lexicon) -> Self {
        let (line, line_words) = number(line, lexicon);
        let (source, source_words) = number(source, lexicon);
        let n_source_words = source_words.len();
        let mut table = Vec::new();
        if line_words.len().saturating_mul(n_source_words) <= MAX_COMPARED {
            table.reserve_exact(line_words.len() * n_source_words);
            for one in &line_words {
                table.extend(source_words.iter().map(|other| compare(*one, *other)));
            }
            return Self { line, source, table, n_source_words };
        }
        // Too many to compare: the source's words take the numbers that the line's have, so that
        // at least the same ones are found.
        let known: FxHashMap<&str, u32> =
            (0..).zip(&line_words).map(|(number, word)| (word.folded, number)).collect();
        let renumbered: Vec<u32> = source_words
            .iter()
            .map(|word| known.get(word.folded).copied().unwrap_or(u32::MAX))
            .collect();
        let source = source.iter().map(|&word| renumbered[word as usize]).collect();
        Self { line, source, table, n_source_words: 0 }
    }

    fn cell(&self, line: usize, source: usize) -> Cell {
        let (word, other) = (self.line[line], self.source[source]);
        if self.n_source_words == 0 {
            return if word == other { Cell::Same } else { Cell::Alike(Likeness::Other) };
        }
        self.table[word as usize * self.n_source_words + other as usize]
    }

    /// Tells what the words at two places have in common; none where they are the same.
    pub(super) fn between(&self, line: usize, source: usize) -> Option<Likeness> {
        match self.cell(line, source) {
            Cell::Same => None,
            Cell::Alike(likeness) => Some(likeness),
        }
    }

    pub(super) fn is_same(&self, line: usize, source: usize) -> bool {
        self.cell(line, source) == Cell::Same
    }

    /// Returns, for each word of the source, the number of the line's word that is the same.
    pub(super) fn counterparts(&self) -> Vec<Option<u32>> {
        if self.n_source_words == 0 {
            return self.source.iter().map(|&word| (word != u32::MAX).then_some(word)).collect();
        }
        let mut of_word = vec![None; self.n_source_words];
        for (word, row) in (0..).zip(self.table.chunks_exact(self.n_source_words)) {
            if let Some(place) = row.iter().position(|cell| *cell == Cell::Same) {
                of_word[place] = Some(word);
            }
        }
        self.source.iter().map(|&word| of_word[word as usize]).collect()
    }
}

/// The forms of a word that comparing takes, and how many letters it has.
#[derive(Clone, Copy)]
struct Form<'a> {
    folded: &'a str,
    stem: &'a str,
    is_function_word: bool,
}

/// Numbers the distinct words, in the order of their first places.
fn number<'a>(ids: &[WordId], lexicon: &'a Lexicon) -> (Vec<u32>, Vec<Form<'a>>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut words = Vec::new();
    let places = ids
        .iter()
        .map(|&id| {
            let forms = lexicon.forms(id);
            *numbers.entry(forms.folded).or_insert_with(|| {
                let is_function_word = lexicon.stem_hash(id).is_none();
                words.push(Form { folded: forms.folded, stem: forms.stem, is_function_word });
                words.len() as u32 - 1
            })
        })
        .collect();
    (places, words)
}

fn compare(one: Form<'_>, other: Form<'_>) -> Cell {
    if one.folded == other.folded {
        Cell::Same
    } else if one.stem == other.stem {
        Cell::Alike(Likeness::Stem)
    } else if !are_other_function_words(one, other) && is_typo(one.folded, other.folded) {
        Cell::Alike(Likeness::Typo)
    } else {
        Cell::Alike(Likeness::Other)
    }
}

/// Tells whether both are function words, and not one with its apostrophe lost: `they` and `them`,
/// `where` and `there` are a letter apart, and each is what was meant.
fn are_other_function_words(one: Form<'_>, other: Form<'_>) -> bool {
    one.is_function_word && other.is_function_word && !letters(one).eq(letters(other))
}

fn letters(form: Form<'_>) -> impl Iterator<Item = u8> {
    form.folded.bytes().filter(|byte| *byte != b'\'')
}

/// Prefixes that turn a word into its opposite, which is no slip of the pen.
const NEGATIONS: [&str; 8] = ["un", "in", "im", "ir", "il", "non", "dis", "mis"];

/// Tells whether one word may be the other with a slip of the pen: one letter too many, too few,
/// wrong, or two exchanged; two such slips from eight letters on. In words of three letters only
/// an exchange, in shorter ones none. Numbers are never slips of each other.
fn is_typo(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // No word that long is one in which a slip would be noticed.
    if short.len() < 3 || long.len() > 64 || long.len() - short.len() > 2 {
        return false;
    }
    let allowed = if short.len() >= 8 { 2 } else { 1 };
    if long.len() - short.len() > allowed || differ_in_more_letters(short, long, allowed) {
        return false;
    }
    if short.bytes().chain(long.bytes()).any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let is_negated = |prefix: &&str| long.strip_prefix(*prefix) == Some(short);
    if NEGATIONS.iter().any(is_negated) {
        return false;
    }
    if short.len() == 3 {
        return long.len() == 3 && is_exchange(short.as_bytes(), long.as_bytes());
    }
    distance(short.as_bytes(), long.as_bytes(), allowed) <= allowed
}

/// Tells in passing of most pairs that they are too far apart: each slip leaves at most two
/// letters without a partner.
fn differ_in_more_letters(one: &str, other: &str, allowed: usize) -> bool {
    let set = |word: &str| word.bytes().fold(0u32, |set, byte| set | 1 << (byte & 31));
    (set(one) ^ set(other)).count_ones() as usize > 2 * allowed
}

fn is_exchange(one: &[u8], other: &[u8]) -> bool {
    distance(one, other, 1) == 1 && {
        let mut letters = [one.to_vec(), other.to_vec()];
        letters.iter_mut().for_each(|word| word.sort_unstable());
        letters[0] == letters[1]
    }
}

/// Returns the optimal string alignment distance, where it is not above a limit: insertions,
/// deletions, substitutions and exchanges of neighbours, no letter twice.
fn distance(one: &[u8], other: &[u8], limit: usize) -> usize {
    let mut rows = [[0usize; 66]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    let mut n = 0;
    for (i, &letter) in one.iter().enumerate() {
        let [before, last, next] = [(n + 2) % 3, n, (n + 1) % 3];
        rows[next][0] = i + 1;
        let mut least = i + 1;
        for (j, &of_other) in other.iter().enumerate() {
            let substituted = rows[last][j] + usize::from(letter != of_other);
            let mut cell = substituted.min(rows[last][j + 1] + 1).min(rows[next][j] + 1);
            if i > 0 && j > 0 && letter == other[j - 1] && one[i - 1] == of_other {
                cell = cell.min(rows[before][j - 1] + 1);
            }
            rows[next][j + 1] = cell;
            least = least.min(cell);
        }
        if least > limit {
            return least;
        }
        n = next;
    }
    rows[n][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        for (one, other, expected) in [
            ("freedom", "fredom", true),
            ("freedom", "freedon", true),
            ("government", "goverment", true),
            ("government", "govenrmnet", true),
            ("teh", "the", true),
            ("the", "tie", false),
            ("them", "then", true),
            ("certain", "uncertain", false),
            ("important", "unimportant", false),
            ("1990", "1991", false),
            ("5th", "6th", false),
            ("is", "as", false),
            ("nation", "station", false),
            ("liberty", "property", false),
            ("café", "cafe", false),
        ] {
            assert_eq!(is_typo(one, other), expected, "{one} {other}");
            assert_eq!(is_typo(other, one), expected, "{other} {one}");
        }
    }
}
