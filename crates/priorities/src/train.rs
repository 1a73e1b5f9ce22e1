//! Learns weights from labelled texts, and says how good they are.

use crate::evaluate::Judged;
use crate::features::Features;
use crate::linear::{Row, dot, fit};
use crate::model::{Model, Output, Vocabulary, hash_of, likelihood};
use crate::random::Random;
use crate::{Classifier, Taxonomy, TextClassifier};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// What wrong labels cost against large weights. Chosen, as the least weight and the scale of the
/// rules are, by cross-validation: `docs/evaluation.md`.
const PENALTY: f64 = 20.0;

/// Weights below this are taken for none.
const MIN_WEIGHT: f64 = 0.2;

/// In how many parts the sources are dealt for cross-validation.
const N_FOLDS: usize = 10;

/// Where the dealing begins; any number would do.
const SEED: u64 = 1;

/// The fewest texts with a priority from which it is learned.
const MIN_EXAMPLES: usize = 8;

/// The thresholds that are tried, in hundredths.
const THRESHOLDS: std::ops::Range<u32> = 10..80;

/// The share of the best F1 that a threshold must reach.
const NEAR_BEST: f64 = 0.99;

/// A text with the labels that a person gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The ids of its priorities.
    pub labels: BTreeSet<String>,
    /// What it is a part of: texts of one source stay together in cross-validation. Empty for one
    /// that stands for itself.
    pub source: String,
}

/// Weights, and how the labels that they give compare with those of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// The weights, learned from all examples.
    pub model: Model,
    /// The labels of each example by weights that were learned without its source, in order.
    pub by_weights: Vec<Judged>,
    /// Its labels by the rules alone.
    pub by_rules: Vec<Judged>,
    /// The priorities with too few examples to be learned: the rules decide about them.
    pub too_few: Vec<String>,
}

/// Why nothing could be learned.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TrainError {
    /// A label is no priority.
    #[error(
        "text {number} has the label `{label}`, which the taxonomy does not have\nname its taxonomy: --taxonomy FILE"
    )]
    UnknownLabel {
        /// The text, counted from 1.
        number: usize,
        /// The label.
        label: String,
    },
    /// There are too few sources to hold some out.
    #[error(
        "the texts are of {n_sources} sources, and {N_FOLDS} are needed to hold some out\nlabel texts of more documents, and name these in the column of sources"
    )]
    TooFewSources {
        /// How many there are.
        n_sources: usize,
    },
    /// There is too little to learn from.
    #[error("no priority has {MIN_EXAMPLES} texts or more to learn from\nlabel more texts")]
    TooFew,
}

/// An example as it is learned from.
struct Case<'a> {
    example: &'a Example,
    features: Features,
    /// Whether it may have a label at all.
    passes: bool,
    by_rules: BTreeSet<String>,
    fold: usize,
}

/// Learns weights for a taxonomy; the same examples in the same order give the same weights.
///
/// # Errors
/// When a label is none of the taxonomy's, or there is too little to learn from.
pub fn train(taxonomy: &Taxonomy, examples: &[Example]) -> Result<Trained, TrainError> {
    let ids: Vec<&str> =
        taxonomy.priorities().iter().map(|priority| priority.id.as_str()).collect();
    for (number, example) in (1..).zip(examples) {
        if let Some(label) = example.labels.iter().find(|label| !ids.contains(&label.as_str())) {
            return Err(TrainError::UnknownLabel { number, label: label.clone() });
        }
    }
    let cases = cases_of(taxonomy, examples);
    let n_folds = cases.iter().map(|case| case.fold + 1).max().unwrap_or(0);
    let is_learned: Vec<bool> = ids
        .iter()
        .map(|id| cases.iter().filter(|case| case.example.labels.contains(*id)).count())
        .map(|n_examples| n_examples >= MIN_EXAMPLES)
        .collect();
    if n_folds < N_FOLDS {
        return Err(TrainError::TooFewSources { n_sources: n_folds });
    }
    if !is_learned.contains(&true) {
        return Err(TrainError::TooFew);
    }
    let sums = held_out_sums(&cases, &ids, &is_learned);
    let decide = |place: usize, is_of: &dyn Fn(&Case<'_>) -> bool| {
        decision(&cases, &sums[place], ids[place], is_of)
    };
    let by_weights = judge(&cases, &ids, &is_learned, &sums, decide);
    let all: Vec<&Case<'_>> = cases.iter().collect();
    let (vocabulary, mut outputs) = learn(&all, &ids, &is_learned);
    for (place, output) in outputs.iter_mut().enumerate() {
        if let Some(output) = output {
            (output.calibration, output.threshold) = decide(place, &|_| true);
        }
    }
    let taxonomy = blake3::Hash::from_bytes(taxonomy.hash()).to_hex().to_string();
    let learned = learned(&cases, &by_weights, &ids);
    let model = prune(Model { hash: [0; 32], taxonomy, vocabulary, learned, outputs });
    let judged = |case: &Case<'_>| Judged {
        gold: case.example.labels.clone(),
        found: case.by_rules.clone(),
        source: case.example.source.clone(),
    };
    let too_few = ids.iter().zip(&is_learned).filter(|(_, is_learned)| !**is_learned);
    Ok(Trained {
        // What is written and read again is what is used.
        model: Model::read(&model.to_text(), "weights").expect("what was written can be read"),
        by_weights,
        by_rules: cases.iter().map(judged).collect(),
        too_few: too_few.map(|(id, _)| (*id).to_owned()).collect(),
    })
}

/// Looks at the examples.
fn cases_of<'a>(taxonomy: &Taxonomy, examples: &'a [Example]) -> Vec<Case<'a>> {
    let mut classifier = TextClassifier::new(Classifier::new(taxonomy));
    let look = |(example, fold): (&'a Example, usize)| {
        let (features, passes) = classifier.see(&example.text);
        let by_rules = classifier.label(&example.text);
        let by_rules = by_rules.iter().map(|label| label.priority.to_string()).collect();
        Case { example, features, passes, by_rules, fold }
    };
    examples.iter().zip(folds_of(examples)).map(look).collect()
}

/// Deals the sources of examples into folds; the same text is in one fold, whatever its source.
fn folds_of(examples: &[Example]) -> Vec<usize> {
    let mut n_sources = 0;
    let mut by_source: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_text: BTreeMap<u64, usize> = BTreeMap::new();
    let mut places = Vec::with_capacity(examples.len());
    for example in examples {
        let known = by_source.get(example.source.as_str()).filter(|_| !example.source.is_empty());
        let place = *by_text.entry(hash_of(&example.text)).or_insert(*known.unwrap_or(&n_sources));
        if place == n_sources {
            n_sources += 1;
        }
        by_source.entry(&example.source).or_insert(place);
        places.push(place);
    }
    let mut order: Vec<usize> = (0..n_sources).collect();
    Random(SEED).shuffle(&mut order);
    let mut folds = vec![0; n_sources];
    for (dealt, place) in order.into_iter().enumerate() {
        folds[place] = dealt % N_FOLDS;
    }
    places.into_iter().map(|place| folds[place]).collect()
}

/// Learns from some cases; calibration and thresholds are left open.
fn learn(
    cases: &[&Case<'_>],
    ids: &[&str],
    is_learned: &[bool],
) -> (Vocabulary, Vec<Option<Output>>) {
    let vocabulary = Vocabulary::of(cases.iter().map(|case| &case.features));
    let rows: Vec<Row> = cases.iter().map(|case| vocabulary.row(&case.features)).collect();
    let n_features = 2 * ids.len() + 1 + vocabulary.rarity.len();
    let output = |(id, is_learned): (&&str, &bool)| {
        is_learned.then(|| {
            let is_true: Vec<bool> =
                cases.iter().map(|case| case.example.labels.contains(*id)).collect();
            let mut weights = fit(&rows, &is_true, n_features, PENALTY);
            for weight in weights.iter_mut().skip(2 * ids.len() + 1) {
                if weight.abs() < MIN_WEIGHT {
                    *weight = 0.0;
                }
            }
            Output { weights, calibration: [1.0, 0.0], threshold: 0.5 }
        })
    };
    let outputs = ids.iter().zip(is_learned).map(output).collect();
    (vocabulary, outputs)
}

/// Returns for each priority, and in it for each case, the sum of weights that were learned
/// without its fold.
fn held_out_sums(cases: &[Case<'_>], ids: &[&str], is_learned: &[bool]) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; cases.len()]; ids.len()];
    for fold in 0..N_FOLDS {
        let others: Vec<&Case<'_>> = cases.iter().filter(|case| case.fold != fold).collect();
        let (vocabulary, outputs) = learn(&others, ids, is_learned);
        for (at, case) in cases.iter().enumerate().filter(|(_, case)| case.fold == fold) {
            let row = vocabulary.row(&case.features);
            for (sums, output) in sums.iter_mut().zip(&outputs) {
                sums[at] = output.as_ref().map_or(0.0, |output| dot(&output.weights, &row));
            }
        }
    }
    sums
}

/// Chooses, on some of the cases, what sums of weights mean (J. Platt, "Probabilistic outputs for
/// support vector machines", 1999) and the threshold: the highest with an F1 near the best, as a
/// wrong label is worse than a missing one.
fn decision(
    cases: &[Case<'_>],
    sums: &[f64],
    id: &str,
    is_of: &dyn Fn(&Case<'_>) -> bool,
) -> ([f64; 2], f64) {
    let chosen: Vec<(f64, bool, bool)> = cases
        .iter()
        .zip(sums)
        .filter(|(case, _)| is_of(case))
        .map(|(case, sum)| (*sum, case.example.labels.contains(id), case.passes))
        .collect();
    // What does not pass has no score that could be sure or not.
    let passing = || chosen.iter().filter(|(.., passes)| *passes);
    let rows: Vec<Row> = passing().map(|(sum, ..)| vec![(0, *sum), (1, 1.0)]).collect();
    let is_true: Vec<bool> = passing().map(|(_, is_true, _)| *is_true).collect();
    let weights = fit(&rows, &is_true, 2, 1.0);
    let calibration = [weights[0], weights[1]];
    let n_true = chosen.iter().filter(|(_, is_true, _)| *is_true).count();
    let f1 = |threshold: f64| {
        let is_found = |(sum, _, passes): &(f64, bool, bool)| {
            *passes && likelihood(calibration, *sum) >= threshold
        };
        let n_found = chosen.iter().filter(|case| is_found(case)).count();
        let n_right = chosen.iter().filter(|case| case.1 && is_found(case)).count();
        2.0 * n_right as f64 / (n_found + n_true).max(1) as f64
    };
    let tried: Vec<(f64, f64)> = THRESHOLDS
        .map(|n| f64::from(n) / 100.0)
        .map(|threshold| (threshold, f1(threshold)))
        .collect();
    let best = tried.iter().fold(0.0_f64, |best, (_, f1)| best.max(*f1));
    let near = tried.iter().rev().find(|(_, f1)| *f1 >= NEAR_BEST * best);
    (calibration, near.map_or(0.5, |(threshold, _)| *threshold))
}

/// Labels each case by weights that were learned without its fold, and calibration and thresholds
/// that were chosen on the others.
fn judge(
    cases: &[Case<'_>],
    ids: &[&str],
    is_learned: &[bool],
    sums: &[Vec<f64>],
    decide: impl Fn(usize, &dyn Fn(&Case<'_>) -> bool) -> ([f64; 2], f64),
) -> Vec<Judged> {
    let decisions: Vec<Vec<([f64; 2], f64)>> = (0..N_FOLDS)
        .map(|fold| (0..ids.len()).map(|place| decide(place, &|case| case.fold != fold)).collect())
        .collect();
    let judge = |(at, case): (usize, &Case<'_>)| {
        let is_found = |place: usize| {
            let (calibration, threshold) = decisions[case.fold][place];
            if is_learned[place] {
                case.passes && likelihood(calibration, sums[place][at]) >= threshold
            } else {
                case.by_rules.contains(ids[place])
            }
        };
        let found = (0..ids.len()).filter(|place| is_found(*place));
        Judged {
            gold: case.example.labels.clone(),
            found: found.map(|place| ids[place].to_owned()).collect(),
            source: case.example.source.clone(),
        }
    };
    cases.iter().enumerate().map(judge).collect()
}

/// Lists the texts that are learned from, with the labels that they have without themselves.
fn learned(cases: &[Case<'_>], by_weights: &[Judged], ids: &[&str]) -> BTreeMap<u64, Vec<usize>> {
    let places = |judged: &Judged| {
        (0..ids.len()).filter(|place| judged.found.contains(ids[*place])).collect()
    };
    let texts = cases.iter().zip(by_weights);
    texts.map(|(case, judged)| (hash_of(&case.example.text), places(judged))).collect()
}

/// Leaves out the words without any weight.
fn prune(model: Model) -> Model {
    let n_rules = 2 * model.outputs.len() + 1;
    let has_weight = |number: u32| {
        let of = |output: &Output| output.weights[n_rules + number as usize] != 0.0;
        model.outputs.iter().flatten().any(of)
    };
    let mut vocabulary = Vocabulary::default();
    let mut kept: Vec<usize> = (0..n_rules).collect();
    for (word, &number) in &model.vocabulary.numbers {
        if has_weight(number) {
            vocabulary.numbers.insert(word.clone(), vocabulary.rarity.len() as u32);
            vocabulary.rarity.push(model.vocabulary.rarity[number as usize]);
            kept.push(n_rules + number as usize);
        }
    }
    let keep = |output: &Output| Output {
        weights: kept.iter().map(|&at| output.weights[at]).collect(),
        ..output.clone()
    };
    let outputs = model.outputs.iter().map(|output| output.as_ref().map(keep)).collect();
    Model { vocabulary, outputs, ..model }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taxonomy() -> Taxonomy {
        let text = "name = 'n'\nversion = '1'\n[[priority]]\nid = 'fish'\nlabel = 'F'\n\
            definition = 'd'\n[[priority.terms]]\nphrases = ['fishing']";
        Taxonomy::from_toml(text, "t.toml").unwrap()
    }

    fn examples() -> Vec<Example> {
        let example = |number: usize| Example {
            text: match number % 3 {
                0 => format!("The herring nets of boat {number} are torn"),
                1 => format!("We let the fishing boats out at {number}"),
                _ => format!("The town hall has roof {number}"),
            },
            labels: (number % 3 < 2).then(|| "fish".to_owned()).into_iter().collect(),
            source: format!("s{}", number / 2),
        };
        (0..60).map(example).collect()
    }

    #[test]
    fn what_is_written_says_what_was_learned() {
        let (taxonomy, examples) = (taxonomy(), examples());
        let trained = train(&taxonomy, &examples).unwrap();
        let cases = cases_of(&taxonomy, &examples);
        let all: Vec<&Case<'_>> = cases.iter().collect();
        let (vocabulary, outputs) = learn(&all, &["fish"], &[true]);
        let (learned, written) =
            (outputs[0].as_ref().unwrap(), trained.model.outputs[0].as_ref().unwrap());
        for case in &cases {
            let sums = [(&vocabulary, learned), (&trained.model.vocabulary, written)].map(
                |(words, output)| crate::linear::dot(&output.weights, &words.row(&case.features)),
            );
            assert!((sums[0] - sums[1]).abs() < 0.02, "{sums:?}: {}", case.example.text);
        }
        assert_eq!(trained.by_weights.iter().filter(|one| one.gold != one.found).count(), 0);
    }

    #[test]
    fn the_same_text_is_in_one_fold_whatever_its_source() {
        let mut examples = examples();
        for number in 0..20 {
            let copy = Example { source: format!("copy {number}"), ..examples[number].clone() };
            examples.push(copy);
        }
        let folds = folds_of(&examples);
        assert!((0..20).all(|number| folds[number] == folds[60 + number]));
        assert!((0..30).all(|pair| folds[2 * pair] == folds[2 * pair + 1]));
    }

    #[test]
    fn the_shipped_weights_are_of_the_built_in_taxonomy() {
        let model = Model::shipped();
        let hash = blake3::Hash::from_bytes(Taxonomy::default_taxonomy().hash()).to_hex();
        assert_eq!(model.taxonomy_hash(), hash.as_str());
        assert_eq!(Model::read(&model.to_text(), "w").unwrap(), model);
        for (broken, line) in [
            (model.to_text().replacen("rule\t", "rool\t", 1), "neither a rule"),
            (model.to_text().replace("\nword\t0\t", "\nword\t0\tx\t"), "no number"),
            ("onrecord-weights/1\n".to_owned(), "the first line"),
        ] {
            let error = Model::read(&broken, "w").unwrap_err().to_string();
            assert!(error.contains(line), "{error}");
        }
    }
}
