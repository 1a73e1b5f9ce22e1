//! How well labels agree with those that people gave.

use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet};

/// The labels that two sides gave a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Those that count as right.
    pub gold: BTreeSet<String>,
    /// Those that are measured.
    pub found: BTreeSet<String>,
    /// What the text is a part of: texts of one source are drawn together. Empty for one that
    /// stands for itself.
    pub source: String,
}

/// How often a label was given rightly, wrongly, and not though it should have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By both sides.
    pub right: usize,
    /// By the measured side alone.
    pub wrong: usize,
    /// By the gold side alone.
    pub missed: usize,
}

impl Counts {
    /// Returns right / (right + wrong): 0 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// Returns right / (right + missed): 0 where there was nothing to find.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// Returns the harmonic mean of precision and recall: 0 where both are.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A figure with the interval that it lies in for 95 of 100 draws of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Of all texts.
    pub value: f64,
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

/// What is measured of one priority.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityScore {
    /// Its id.
    pub id: String,
    /// How often it was given rightly, wrongly and not.
    pub counts: Counts,
    /// Of these.
    pub f1: Estimate,
    /// How far the two sides agree beyond chance, see [`cohen_kappa`].
    pub kappa: Option<f64>,
    /// The same by another measure, see [`krippendorff_alpha`].
    pub alpha: Option<f64>,
}

/// What is measured of labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// How many texts were judged.
    pub n_texts: usize,
    /// For each priority, in the order asked for.
    pub priorities: Vec<PriorityScore>,
    /// Of all labels together.
    pub all: Counts,
    /// The mean of the F1 of the priorities.
    pub macro_f1: Estimate,
    /// The F1 of all labels together.
    pub micro_f1: Estimate,
    /// The texts with exactly the labels that they should have.
    pub n_exact: usize,
    /// How far the two sides agree on whole sets of labels, see [`krippendorff_alpha`].
    pub sets_alpha: Option<f64>,
    /// The texts that should have no label, and those of them that have none.
    pub n_none: usize,
    /// See [`n_none`](Self::n_none).
    pub n_clean: usize,
    /// How often a label was given in the place of another, by row and column: rows are the
    /// priorities of the gold side and last none, columns those found and last none. A label of
    /// both sides is on the diagonal; one that was missed is counted with each that was wrong in
    /// the same text, with none where nothing was; a wrong one in whose text nothing was missed
    /// stands in the last row.
    pub confusion: Vec<Vec<usize>>,
}

/// How many times the texts are drawn anew for the intervals.
const N_DRAWS: usize = 1_000;

/// Where the draws begin; any number would do.
const SEED: u64 = 1;

/// Measures labels, for the priorities named, in that order.
///
/// Intervals are percentiles of the bootstrap (B. Efron, "Bootstrap methods", 1979): the sources
/// of the texts are drawn anew, with repetition, by a fixed seed.
pub fn evaluate(texts: &[Judged], priorities: &[String]) -> Evaluation {
    let sources = counts_by_source(texts, priorities);
    let counts = sum(sources.iter(), priorities.len());
    let mut draws: Vec<Vec<f64>> = vec![Vec::with_capacity(N_DRAWS); priorities.len() + 2];
    let mut random = Random(SEED);
    for _ in 0..N_DRAWS {
        let drawn = (0..sources.len()).map(|_| &sources[random.below(sources.len())]);
        let counts = sum(drawn, priorities.len());
        let figures = figures(&counts);
        draws.iter_mut().zip(figures).for_each(|(draws, figure)| draws.push(figure));
    }
    let mut estimates: Vec<Estimate> = figures(&counts)
        .into_iter()
        .zip(draws)
        .map(|(value, draws)| estimate(value, draws))
        .collect();
    let micro_f1 = estimates.pop().unwrap_or_default();
    let macro_f1 = estimates.pop().unwrap_or_default();
    let mut all = Counts::default();
    counts.iter().for_each(|counts| all.add(*counts));
    let none: Vec<&Judged> = texts.iter().filter(|text| text.gold.is_empty()).collect();
    Evaluation {
        n_texts: texts.len(),
        priorities: priorities
            .iter()
            .zip(counts)
            .zip(estimates)
            .map(|((id, counts), f1)| {
                let (kappa, alpha) = agreement(texts, id);
                PriorityScore { id: id.clone(), counts, f1, kappa, alpha }
            })
            .collect(),
        all,
        macro_f1,
        micro_f1,
        n_exact: texts.iter().filter(|text| text.gold == text.found).count(),
        sets_alpha: krippendorff_alpha(
            &texts.iter().map(|text| vec![&text.gold, &text.found]).collect::<Vec<_>>(),
        ),
        n_none: none.len(),
        n_clean: none.iter().filter(|text| text.found.is_empty()).count(),
        confusion: confusion(texts, priorities),
    }
}

/// Counts by source, so that a draw takes the texts of one together.
fn counts_by_source(texts: &[Judged], priorities: &[String]) -> Vec<Vec<Counts>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sources: Vec<Vec<Counts>> = Vec::new();
    for text in texts {
        let new = sources.len();
        let place =
            if text.source.is_empty() { new } else { *places.entry(&text.source).or_insert(new) };
        if place == new {
            sources.push(vec![Counts::default(); priorities.len()]);
        }
        for (counts, priority) in sources[place].iter_mut().zip(priorities) {
            let (gold, found) = (text.gold.contains(priority), text.found.contains(priority));
            counts.add(Counts {
                right: usize::from(gold && found),
                wrong: usize::from(!gold && found),
                missed: usize::from(gold && !found),
            });
        }
    }
    sources
}

fn sum<'a>(sources: impl Iterator<Item = &'a Vec<Counts>>, n_priorities: usize) -> Vec<Counts> {
    let mut sum = vec![Counts::default(); n_priorities];
    for source in sources {
        sum.iter_mut().zip(source).for_each(|(sum, counts)| sum.add(*counts));
    }
    sum
}

/// Returns the F1 of each priority, their mean, and that of all labels together.
fn figures(counts: &[Counts]) -> Vec<f64> {
    let mut all = Counts::default();
    counts.iter().for_each(|counts| all.add(*counts));
    let mut figures: Vec<f64> = counts.iter().map(|counts| counts.f1()).collect();
    let mean = figures.iter().sum::<f64>() / figures.len().max(1) as f64;
    figures.extend([mean, all.f1()]);
    figures
}

/// Returns by how much the F1 of all labels together is higher on one side than on another that
/// judged the same texts, in the same order: the sources of both are drawn together.
pub fn gain(texts: &[Judged], others: &[Judged], priorities: &[String]) -> Estimate {
    let sides = [texts, others].map(|texts| counts_by_source(texts, priorities));
    let n_sources = sides[0].len().min(sides[1].len());
    let gain = |places: &[usize]| {
        let [one, other] = [&sides[0], &sides[1]].map(|sources| {
            let counts = sum(places.iter().map(|place| &sources[*place]), priorities.len());
            figures(&counts).last().copied().unwrap_or_default()
        });
        one - other
    };
    let mut random = Random(SEED);
    let draw = |_| gain(&(0..n_sources).map(|_| random.below(n_sources)).collect::<Vec<_>>());
    let draws = (0..N_DRAWS).map(draw).collect();
    estimate(gain(&(0..n_sources).collect::<Vec<_>>()), draws)
}

fn estimate(value: f64, mut draws: Vec<f64>) -> Estimate {
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| draws[((N_DRAWS - 1) as f64 * share).round() as usize];
    Estimate { value, low: at(0.025), high: at(0.975) }
}

fn confusion(texts: &[Judged], priorities: &[String]) -> Vec<Vec<usize>> {
    let none = priorities.len();
    let mut table = vec![vec![0; none + 1]; none + 1];
    for text in texts {
        let only = |has: fn(&Judged, &String) -> bool| -> Vec<usize> {
            (0..none).filter(|&at| has(text, &priorities[at])).collect()
        };
        let both = only(|text, id| text.gold.contains(id) && text.found.contains(id));
        let missed = only(|text, id| text.gold.contains(id) && !text.found.contains(id));
        let wrong = only(|text, id| !text.gold.contains(id) && text.found.contains(id));
        for at in both {
            table[at][at] += 1;
        }
        let or_none = |places: Vec<usize>| if places.is_empty() { vec![none] } else { places };
        let (missed, wrong) = (or_none(missed), or_none(wrong));
        for &row in &missed {
            for &column in &wrong {
                table[row][column] += usize::from(row != none || column != none);
            }
        }
    }
    table
}

/// Returns kappa and alpha of one priority.
fn agreement(texts: &[Judged], id: &str) -> (Option<f64>, Option<f64>) {
    let pairs: Vec<(bool, bool)> =
        texts.iter().map(|text| (text.gold.contains(id), text.found.contains(id))).collect();
    let units: Vec<Vec<bool>> = pairs.iter().map(|&(one, other)| vec![one, other]).collect();
    (cohen_kappa(&pairs), krippendorff_alpha(&units))
}

/// Returns how far two annotators agree on one label beyond chance: Cohen's kappa, (o − e) /
/// (1 − e) with o the share of texts on which they agree and e the one to be expected of two who
/// give the label as often as each of them (J. Cohen, "A coefficient of agreement for nominal
/// scales", 1960). None where both gave all texts the label, or both none, or there are no texts.
pub fn cohen_kappa(pairs: &[(bool, bool)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let share =
        |is: fn(&(bool, bool)) -> bool| pairs.iter().filter(|pair| is(pair)).count() as f64 / n;
    let (one, other) = (share(|pair| pair.0), share(|pair| pair.1));
    let expected = one * other + (1.0 - one) * (1.0 - other);
    let observed = share(|pair| pair.0 == pair.1);
    (!pairs.is_empty() && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Returns how far annotators agree beyond chance on values without order: Krippendorff's alpha,
/// 1 − observed / expected disagreement (K. Krippendorff, *Content Analysis*, 2004). A unit holds
/// the values that it was given, by whomever; one with fewer than two tells nothing. None where
/// only one value occurs.
pub fn krippendorff_alpha<T: Ord>(units: &[Vec<T>]) -> Option<f64> {
    let pairable: Vec<&Vec<T>> = units.iter().filter(|unit| unit.len() > 1).collect();
    let mut totals: BTreeMap<&T, f64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in &pairable {
        let mut counts: BTreeMap<&T, f64> = BTreeMap::new();
        for value in *unit {
            *counts.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        let n = unit.len() as f64;
        let same: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
        observed += (n * (n - 1.0) - same) / (n - 1.0);
    }
    let n: f64 = totals.values().sum();
    let same: f64 = totals.values().map(|count| count * (count - 1.0)).sum();
    let expected = (n * (n - 1.0) - same) / (n - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests;
