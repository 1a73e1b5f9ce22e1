//! Words for numbers, folded.

/// Words below twenty, by value.
#[rustfmt::skip]
const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
];

/// Tens, from twenty on.
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Ordinals below twenty, from the first.
#[rustfmt::skip]
const ORDINALS: [&str; 19] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
];

/// Ordinals of tens, from the twentieth.
const ORDINAL_TENS: [&str; 8] = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
];

/// What a number before is multiplied with.
const MAGNITUDES: [(&str, f64); 9] = [
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("mn", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
];

/// Plurals that stand for no number in particular, with the least and the most that they may mean.
const VAGUE: [(&str, f64, f64); 7] = [
    ("dozens", 24.0, 100.0),
    ("scores", 40.0, 200.0),
    ("hundreds", 200.0, 1e3),
    ("thousands", 2e3, 1e6),
    ("millions", 2e6, 1e9),
    ("billions", 2e9, 1e12),
    ("trillions", 2e12, 1e15),
];

/// Denominators of fractions.
const DENOMINATORS: [(&str, f64); 8] = [
    ("half", 2.0),
    ("third", 3.0),
    ("quarter", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("eighth", 8.0),
    ("tenth", 10.0),
    ("twentieth", 20.0),
];

fn place(words: &[&str], word: &str) -> Option<f64> {
    words.iter().position(|known| *known == word).map(|at| at as f64)
}

/// Returns the value of a word below a hundred, tens included.
pub(super) fn word_value(word: &str) -> Option<f64> {
    place(&SMALL, word).or_else(|| tens_value(word))
}

/// Returns the value of a word for tens, from twenty on.
pub(super) fn tens_value(word: &str) -> Option<f64> {
    place(&TENS, word).map(|at| (at + 2.0) * 10.0)
}

/// Returns the value of an ordinal word below a hundred that is one word.
pub(super) fn ordinal_value(word: &str) -> Option<f64> {
    let small = place(&ORDINALS, word).map(|at| at + 1.0);
    small.or_else(|| place(&ORDINAL_TENS, word).map(|at| (at + 2.0) * 10.0))
}

/// Returns what a number before the word is multiplied with.
pub(super) fn magnitude(word: &str) -> Option<f64> {
    MAGNITUDES.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// Tells whether a word multiplies the number before it.
pub(super) fn is_magnitude(word: &str) -> bool {
    magnitude(word).is_some()
}

/// Returns the least and the most that a vague plural may mean.
pub(super) fn vague_of(word: &str) -> Option<(f64, f64)> {
    VAGUE.iter().find(|(known, ..)| *known == word).map(|(_, low, high)| (*low, *high))
}

/// Returns the denominator that a word of a fraction stands for.
pub(super) fn denominator(word: &str) -> Option<f64> {
    let singular = if word == "halves" { "half" } else { word.strip_suffix('s').unwrap_or(word) };
    DENOMINATORS.iter().find(|(known, _)| *known == singular).map(|(_, value)| *value)
}

/// Writes a whole number below a hundred in words.
pub(super) fn in_words(number: u64) -> Option<String> {
    let at = usize::try_from(number).ok()?;
    if let Some(small) = SMALL.get(at) {
        return Some((*small).to_owned());
    }
    let tens = TENS.get((at / 10).checked_sub(2)?)?;
    Some(match at % 10 {
        0 => (*tens).to_owned(),
        unit => format!("{tens} {}", SMALL.get(unit)?),
    })
}
