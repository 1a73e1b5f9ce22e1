use super::{Chart, Point};

/// The most steps of a scale.
const MOST_STEPS: f64 = 6.0;

/// From zero to a round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The distance of its marks: 1, 2 or 5 times a power of ten.
    step: f64,
    n_steps: usize,
}

impl Scale {
    /// Makes the scale that all series of a chart share.
    ///
    /// It reaches every value that is not doubtful, and their intervals as far as twice the
    /// highest: a group of a few passages would else press all others flat. What reaches beyond
    /// is drawn as cut off.
    pub(crate) fn of(chart: &Chart) -> Self {
        let points = || chart.series.iter().flat_map(|series| &series.points);
        let most = |doubtful: bool| {
            let counted = points().filter(|point| doubtful || !point.is_doubtful);
            counted.fold((0.0_f64, 0.0_f64), |(most, high), point| {
                let value = point.value.unwrap_or(0.0);
                (most.max(value), high.max(chart.reach(point).unwrap_or(0.0)))
            })
        };
        let ends = [most(false), most(true)]
            .map(|(value, high)| if value > 0.0 { high.clamp(value, 2.0 * value) } else { high });
        Self::to(ends.into_iter().find(|end| *end > 0.0).unwrap_or(0.0))
    }

    /// Makes the scale that reaches a value.
    fn to(most: f64) -> Self {
        let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
        let power = 10_f64.powf((most / MOST_STEPS).log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
        let fits = |step: &f64| (most / step - 1e-9).ceil() <= MOST_STEPS;
        let step = steps.into_iter().find(fits).unwrap_or(most);
        Self { step, n_steps: ((most / step - 1e-9).ceil() as usize).max(1) }
    }

    /// Returns its end.
    pub(crate) fn top(self) -> f64 {
        self.step * self.n_steps as f64
    }

    /// Returns where a value lies, 0 to 1; what lies beyond, at 1.
    pub(crate) fn share(self, value: f64) -> f64 {
        (value / self.top()).clamp(0.0, 1.0)
    }

    /// Tells whether a value lies beyond the end.
    pub(crate) fn is_beyond(self, value: f64) -> bool {
        value > self.top() * (1.0 + 1e-9)
    }

    /// Tells whether a point of a chart reaches beyond the end.
    pub(crate) fn is_exceeded_by(self, point: &Point, chart: &Chart) -> bool {
        chart.reach(point).is_some_and(|reach| self.is_beyond(reach))
    }

    /// Lists its marks, with zero and its end.
    pub(crate) fn marks(self) -> impl Iterator<Item = (f64, String)> {
        let places = (-self.step.log10().floor()).max(0.0) as usize;
        (0..=self.n_steps).map(move |n| {
            let value = self.step * n as f64;
            (value, if n == 0 { "0".to_owned() } else { format!("{value:.places$}") })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::chart;
    use super::super::{Axis, Point};
    use super::*;

    #[test]
    fn scales_are_round_and_begin_at_zero() {
        for (most, marks) in [
            (0.0, vec!["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (1.0, vec!["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (6.0, vec!["0", "1", "2", "3", "4", "5", "6"]),
            (6.1, vec!["0", "2", "4", "6", "8"]),
            (100.0, vec!["0", "20", "40", "60", "80", "100"]),
            (0.0123, vec!["0", "0.005", "0.010", "0.015"]),
        ] {
            let scale = Scale::to(most);
            let found: Vec<String> = scale.marks().map(|(_, mark)| mark).collect();
            assert_eq!(found, marks, "{most}");
            assert!(scale.top() >= most);
        }
        let scale = Scale::to(6.0);
        assert_eq!((scale.share(3.0), scale.share(9.0)), (0.5, 1.0));
        assert!(scale.is_beyond(6.1) && !scale.is_beyond(6.0));
    }

    #[test]
    fn wide_intervals_and_doubtful_values_do_not_press_others_flat() {
        let mut chart = chart(Axis::Time { a_year: 1 }, 0, 1);
        let mut top = |points: &[(f64, f64, bool)]| {
            let point = |(value, high, is_doubtful): &(f64, f64, bool)| Point {
                value: Some(*value),
                interval: Some((0.0, *high)),
                is_doubtful: *is_doubtful,
                detail: String::new(),
            };
            chart.series[0].points = points.iter().map(point).collect();
            Scale::of(&chart).top()
        };
        assert_eq!(top(&[(2.0, 3.0, false), (1.0, 2.0, false)]), 3.0);
        assert_eq!(top(&[(2.0, 3.0, false), (0.0, 60.0, false)]), 3.0, "a zero has no whisker");
        assert_eq!(top(&[(2.0, 3.0, false), (1.0, 60.0, false)]), 4.0);
        assert_eq!(top(&[(2.0, 3.0, false), (50.0, 90.0, true)]), 3.0);
        assert_eq!(top(&[(0.0, 3.0, false), (0.0, 20.0, true)]), 1.0);
        assert_eq!(top(&[(50.0, 90.0, true)]), 100.0);
        assert_eq!(top(&[]), 1.0);
    }
}
