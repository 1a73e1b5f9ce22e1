//! Logistic regression on sparse features.

use crate::random::Random;

/// A row of a sparse matrix: features by number, ascending, with their values.
pub(crate) type Row = Vec<(u32, f64)>;

/// How often all rows are gone through at most.
const MAX_ROUNDS: usize = 300;

/// The change of a dual variable, as a share of the penalty, below which nothing moves any more.
const TOLERANCE: f64 = 1e-3;

/// Where the draws begin; any number would do.
const SEED: u64 = 1;

/// Steps of Newton's method for one dual variable; it converges in a few.
const MAX_STEPS: usize = 50;

/// Returns the weights of features by which rows are told that are `true`.
///
/// Minimizes ½‖w‖² + `penalty` · Σ ln(1 + exp(−y w·x)) with y = ±1 by coordinate descent in the
/// dual (H.-F. Yu, F.-L. Huang, C.-J. Lin, "Dual coordinate descent methods for logistic regression
/// and maximum entropy models", 2011), rows in an order that a fixed seed draws anew each round,
/// which takes fewer rounds: the same rows give the same weights.
/// One dual variable α lies between 0 and the penalty C; written as C / (1 + exp(−t)), its best
/// value is where t + b + a (C / (1 + exp(−t)) − α) = 0, which grows with t.
pub(crate) fn fit(rows: &[Row], is_true: &[bool], n_features: usize, penalty: f64) -> Vec<f64> {
    let mut weights = vec![0.0; n_features];
    // The middle of its range is where a dual variable of a row without features ends.
    let mut alphas = vec![penalty / 2.0; rows.len()];
    let sign = |is_true: bool| if is_true { 1.0 } else { -1.0 };
    for (row, &is_true) in rows.iter().zip(is_true) {
        add(&mut weights, row, sign(is_true) * penalty / 2.0);
    }
    let squares: Vec<f64> =
        rows.iter().map(|row| row.iter().map(|(_, value)| value * value).sum()).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random(SEED);
    for _ in 0..MAX_ROUNDS {
        random.shuffle(&mut order);
        let mut most = 0.0_f64;
        for &at in &order {
            let row = &rows[at];
            let sign = sign(is_true[at]);
            let alpha = best_alpha(alphas[at], sign * dot(&weights, row), squares[at], penalty);
            let change = alpha - alphas[at];
            add(&mut weights, row, sign * change);
            alphas[at] = alpha;
            most = most.max(change.abs());
        }
        if most < TOLERANCE * penalty {
            break;
        }
    }
    weights
}

/// Returns the best value of one dual variable, the others held.
///
/// Newton's method would leap to and fro where the share is all but 0 or 1; what it leaps out of is
/// halved instead.
fn best_alpha(alpha: f64, margin: f64, square: f64, penalty: f64) -> f64 {
    let share = |t: f64| 1.0 / (1.0 + (-t).exp());
    let (mut low, mut high) = (-margin - square * (penalty - alpha), -margin + square * alpha);
    let mut t = (alpha / (penalty - alpha)).ln().clamp(low, high);
    for _ in 0..MAX_STEPS {
        let part = share(t);
        let value = t + margin + square * (penalty * part - alpha);
        if value > 0.0 {
            high = t
        } else {
            low = t
        }
        let next = t - value / (1.0 + square * penalty * part * (1.0 - part));
        let next = if next > low && next < high { next } else { (low + high) / 2.0 };
        let step = (next - t).abs();
        t = next;
        if step < 1e-9 {
            break;
        }
    }
    penalty * share(t)
}

pub(crate) fn dot(weights: &[f64], row: &Row) -> f64 {
    row.iter().map(|&(feature, value)| weights[feature as usize] * value).sum()
}

fn add(weights: &mut [f64], row: &Row, times: f64) {
    for &(feature, value) in row {
        weights[feature as usize] += times * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Measures how far the weights are from where the gradient of what is minimized is 0.
    fn gradient(weights: &[f64], rows: &[Row], is_true: &[bool], penalty: f64) -> f64 {
        let mut gradient = weights.to_vec();
        for (row, &is_true) in rows.iter().zip(is_true) {
            let sign = if is_true { 1.0 } else { -1.0 };
            let times = -penalty * sign / (1.0 + (sign * dot(weights, row)).exp());
            add(&mut gradient, row, times);
        }
        gradient.iter().fold(0.0, |most, part| most.max(part.abs()))
    }

    /// Two rows, one feature: w = C / (1 + exp(w)) · 2, worked out by bisection.
    #[test]
    fn a_worked_example() {
        let rows = [vec![(0, 1.0)], vec![(0, -1.0)]];
        let weights = fit(&rows, &[true, false], 1, 1.0);
        assert!((weights[0] - 0.674_831_614_342_399).abs() < 0.02, "{weights:?}");
    }

    proptest! {
        #[test]
        fn the_gradient_vanishes(
            values in proptest::collection::vec((proptest::collection::vec(-2.0..2.0f64, 3), any::<bool>()), 1..20),
            penalty in 0.1..10.0f64,
        ) {
            let rows: Vec<Row> =
                values.iter().map(|(row, _)| (0..).zip(row.iter().copied()).collect()).collect();
            let is_true: Vec<bool> = values.iter().map(|(_, is_true)| *is_true).collect();
            let weights = fit(&rows, &is_true, 3, penalty);
            let rest = gradient(&weights, &rows, &is_true, penalty);
            // Each dual variable may be off by some steps of the tolerance.
            prop_assert!(rest < 20.0 * TOLERANCE * penalty.max(1.0) * rows.len() as f64, "{}", rest);
        }
    }
}
