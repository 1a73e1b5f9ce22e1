//! Learned weights: how likely a passage speaks of each priority.

use crate::features::Features;
use crate::linear::{Row, dot};
use onrecord_text::folded_tokens;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use thiserror::Error;

/// The first line of a file of weights.
const FORMAT: &str = "onrecord-weights/2";

/// The weights that come with the built-in taxonomy.
const SHIPPED: &str = include_str!("../taxonomies/international-cyber-policy.weights");

/// What the values of rules are multiplied with: those of words are divided among all words of a
/// passage, which makes them small. Chosen by cross-validation, as `docs/evaluation.md` says.
const RULE_SCALE: f64 = 0.5;

/// The rarity that a word counts 1 with in a passage of that word: that of most words.
const USUAL_RARITY: f64 = 4.0;

/// Weights for the priorities of one taxonomy.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The BLAKE3 hash of the text that the weights were read from.
    pub(crate) hash: [u8; 32],
    /// The hash of the taxonomy, in hexadecimal digits.
    pub(crate) taxonomy: String,
    pub(crate) vocabulary: Vocabulary,
    /// The texts that the weights were learned from, by their hashes: each with the priorities, by
    /// number, that weights gave it which were learned without its source.
    pub(crate) learned: BTreeMap<u64, Vec<usize>>,
    /// By priority, in the order of the taxonomy; none for one that had too few examples, which
    /// the rules alone decide.
    pub(crate) outputs: Vec<Option<Output>>,
}

/// The words that have weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vocabulary {
    /// Stems and pairs of them, and their numbers.
    pub(crate) numbers: BTreeMap<String, u32>,
    /// By number: how telling a word is by being rare.
    pub(crate) rarity: Vec<f64>,
}

/// What decides about one priority.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Output {
    /// By number of feature: those of the rules, one that is always 1, then the words.
    pub(crate) weights: Vec<f64>,
    /// What the sum of weights is multiplied with to be a likelihood's logit, and what is added.
    pub(crate) calibration: [f64; 2],
    /// The likelihood that gives the label.
    pub(crate) threshold: f64,
}

/// Why a file of weights was refused.
#[derive(Debug, Error)]
#[error("{name}:{line}: {reason}\nmake the file again: onrecord train LABELS.csv --output {name}")]
pub struct ModelError {
    name: String,
    line: usize,
    reason: String,
}

impl Vocabulary {
    /// Takes the words that stand in two passages or more, numbered in alphabetical order, with the
    /// smoothed inverse document frequency ln((1 + n) / (1 + passages)) + 1 as their rarity (K.
    /// Spärck Jones, "A statistical interpretation of term specificity", 1972).
    pub(crate) fn of<'a>(passages: impl Iterator<Item = &'a Features>) -> Self {
        let mut n_passages = 0;
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for features in passages {
            n_passages += 1;
            for word in features.views.iter().flatten() {
                let (count, last) = counts.entry(word).or_default();
                if *last != n_passages {
                    (*count, *last) = (*count + 1, n_passages);
                }
            }
        }
        let mut vocabulary = Self::default();
        for (word, (count, _)) in counts.into_iter().filter(|(_, (count, _))| *count > 1) {
            let number = vocabulary.rarity.len() as u32;
            vocabulary.numbers.insert(word.to_owned(), number);
            vocabulary.rarity.push(((1 + n_passages) as f64 / (1 + count) as f64).ln() + 1.0);
        }
        vocabulary
    }

    /// Makes the row of a passage: in each view a word counts 1 + ln of how often it is there, times
    /// its rarity, divided by the root of how many distinct words and pairs the view has, known or
    /// not: so it counts the same whichever others have weights.
    pub(crate) fn row(&self, features: &Features) -> Row {
        let n_rules = features.rules.len() as u32;
        let rules = features.rules.iter().map(|value| f64::from(*value) * RULE_SCALE);
        let mut row: Row = (0..).zip(rules).filter(|(_, value)| *value > 0.0).collect();
        row.push((n_rules, 1.0));
        let mut of_words: Row = Vec::new();
        for view in &features.views {
            let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
            for number in view.iter().filter_map(|word| self.numbers.get(word)) {
                *counts.entry(*number).or_default() += 1.0;
            }
            let distinct: BTreeSet<&String> = view.iter().collect();
            let norm = USUAL_RARITY * (distinct.len() as f64).sqrt();
            of_words.extend(counts.into_iter().map(|(number, count)| {
                let value = (1.0 + count.ln()) * self.rarity[number as usize] / norm;
                (n_rules + 1 + number, value)
            }));
        }
        of_words.sort_unstable_by_key(|(feature, _)| *feature);
        row.extend(of_words);
        row
    }
}

impl Output {
    /// Returns the likelihood, 0 to 1, for a row of features.
    pub(crate) fn likelihood(&self, row: &Row) -> f64 {
        likelihood(self.calibration, dot(&self.weights, row))
    }
}

/// Returns the likelihood that a sum of weights means.
pub(crate) fn likelihood([slope, offset]: [f64; 2], sum: f64) -> f64 {
    1.0 / (1.0 + (-(slope * sum + offset)).exp())
}

impl Model {
    /// Returns the weights that come with the built-in taxonomy.
    ///
    /// # Panics
    /// Never: a test reads them.
    pub fn shipped() -> Self {
        Self::read(SHIPPED, "international-cyber-policy.weights")
            .expect("the weights that are shipped are well formed")
    }

    /// Returns the hash of the taxonomy that the weights are for, in hexadecimal digits.
    pub fn taxonomy_hash(&self) -> &str {
        &self.taxonomy
    }

    /// Writes the weights as the text of a file: the same weights give the same bytes.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FORMAT}\ntaxonomy\t{}\n", self.taxonomy);
        let n_rules = 2 * self.outputs.len();
        for output in &self.outputs {
            let line = output.as_ref().map_or_else(String::new, |output| {
                let [slope, offset] = output.calibration;
                format!("\t{:.2}\t{slope:.4}\t{offset:.4}", output.threshold)
            });
            writeln!(text, "priority{line}").expect("a string takes all");
        }
        for (hash, places) in &self.learned {
            let places: Vec<String> = places.iter().map(usize::to_string).collect();
            writeln!(text, "text\t{hash:016x}\t{}", places.join(" ")).expect("a string takes all");
        }
        let mut write_row = |name: &str, rarity: Option<f64>, feature: usize| {
            write!(text, "{name}").expect("a string takes all");
            if let Some(rarity) = rarity {
                write!(text, "\t{rarity:.3}").expect("a string takes all");
            }
            for output in &self.outputs {
                let weight = output.as_ref().map_or(0.0, |output| output.weights[feature]);
                let written = if weight == 0.0 { String::new() } else { format!("{weight:.3}") };
                write!(text, "\t{written}").expect("a string takes all");
            }
            text.push('\n');
        };
        for feature in 0..=n_rules {
            write_row("rule", None, feature);
        }
        for (word, &number) in &self.vocabulary.numbers {
            let rarity = self.vocabulary.rarity[number as usize];
            write_row(&format!("word\t{word}"), Some(rarity), n_rules + 1 + number as usize);
        }
        text
    }

    /// Reads the text of a file; `name` is the file's, for messages.
    ///
    /// # Errors
    /// When the text is not what [`to_text`](Self::to_text) writes; the first such line is named.
    pub fn read(text: &str, name: &str) -> Result<Self, ModelError> {
        let refuse = |line: usize, reason: &str| ModelError {
            name: name.to_owned(),
            line: line + 1,
            reason: reason.to_owned(),
        };
        let mut lines = text.lines().enumerate().peekable();
        if lines.next().is_none_or(|(_, line)| line != FORMAT) {
            return Err(refuse(0, &format!("the first line is not `{FORMAT}`")));
        }
        let taxonomy = lines.next().and_then(|(_, line)| line.strip_prefix("taxonomy\t"));
        let taxonomy = taxonomy.ok_or_else(|| refuse(1, "the taxonomy is not named"))?.to_owned();
        let mut outputs: Vec<Option<Output>> = Vec::new();
        while let Some((at, line)) = lines.next_if(|(_, line)| line.starts_with("priority")) {
            let numbers = numbers(line.split('\t').skip(1))
                .ok_or_else(|| refuse(at, "a cell is no number"))?;
            outputs.push(match numbers[..] {
                [] => None,
                [threshold, slope, offset] => {
                    Some(Output { weights: Vec::new(), calibration: [slope, offset], threshold })
                }
                _ => return Err(refuse(at, "a priority has three numbers or none")),
            });
        }
        let mut learned = BTreeMap::new();
        while let Some((at, line)) = lines.next_if(|(_, line)| line.starts_with("text\t")) {
            let places = learned_text(line, outputs.len());
            let (hash, places) =
                places.ok_or_else(|| refuse(at, "a text has a hash and labels"))?;
            learned.insert(hash, places);
        }
        let mut vocabulary = Vocabulary::default();
        let mut n_rules = 0;
        for (at, line) in lines {
            let mut cells = line.split('\t');
            let is_word = cells.next() == Some("word");
            let word = if is_word { cells.next().unwrap_or_default() } else { "" };
            let mut numbers = numbers(cells).ok_or_else(|| refuse(at, "a cell is no number"))?;
            if !is_word && line.starts_with("rule\t") && vocabulary.rarity.is_empty() {
                n_rules += 1;
            } else if is_word && n_rules == 2 * outputs.len() + 1 && !numbers.is_empty() {
                let number = vocabulary.rarity.len() as u32;
                vocabulary.rarity.push(numbers.remove(0));
                if vocabulary.numbers.insert(word.to_owned(), number).is_some() {
                    return Err(refuse(at, &format!("`{word}` stands in two lines")));
                }
            } else {
                return Err(refuse(at, "this is neither a rule nor, behind all rules, a word"));
            }
            if numbers.len() != outputs.len() {
                return Err(refuse(at, "there is not one weight for each priority"));
            }
            for (output, weight) in outputs.iter_mut().zip(numbers) {
                output.iter_mut().for_each(|output| output.weights.push(weight));
            }
        }
        if n_rules != 2 * outputs.len() + 1 {
            return Err(refuse(text.lines().count(), "weights of rules are missing"));
        }
        let hash = *blake3::hash(text.as_bytes()).as_bytes();
        Ok(Self { hash, taxonomy, vocabulary, learned, outputs })
    }
}

/// Returns what a text is known by: the same for the same words in matching form, whatever stands
/// between them.
pub(crate) fn hash_of(text: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for word in folded_tokens(text) {
        hasher.update(word.as_bytes()).update(b" ");
    }
    let mut hash = [0; 8];
    hasher.finalize_xof().fill(&mut hash);
    u64::from_be_bytes(hash)
}

/// Reads a line of a text that was learned from.
fn learned_text(line: &str, n_priorities: usize) -> Option<(u64, Vec<usize>)> {
    let mut cells = line.split('\t').skip(1);
    let hash = u64::from_str_radix(cells.next()?, 16).ok()?;
    let places = cells.next()?.split(' ').filter(|place| !place.is_empty());
    let places: Vec<usize> = places.map(|place| place.parse().ok()).collect::<Option<_>>()?;
    places.iter().all(|place| *place < n_priorities).then_some((hash, places))
}

/// Reads cells as numbers, an empty one as 0; none where one is no finite number.
fn numbers<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Vec<f64>> {
    let number = |cell: &str| {
        let number = if cell.is_empty() { 0.0 } else { cell.parse::<f64>().ok()? };
        number.is_finite().then_some(number)
    };
    cells.map(number).collect()
}
